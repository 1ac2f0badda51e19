"""What changed along git's history, a revision at a time."""

from collections.abc import Iterator

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from pkes.cli.messages.values import malformed
from pkes.cli.views import cells
from pkes.cli.views import changes as views
from pkes.git.history import Step
from pkes.i18n import _
from pkes.text.characters import safe

SHORT = 10
"""So much of a hash is shown: git knows a commit by it."""

_INDENT = 2


def laid_out(step: Step) -> Iterator[RenderableType]:
    """Yield a revision, and below it what it changed."""
    yield _head(step)
    below = views.grouped(step.changes) if step.changes else [Text(_instead(step), style="dim")]
    yield from (Padding.indent(view, _INDENT) for view in below)


def lines(step: Step) -> Iterator[str]:
    """Yield the same as lines of text, none of them cut or wrapped."""
    yield _head(step).plain
    for line in views.lines(step.changes) if step.changes else [_instead(step)]:
        yield " " * _INDENT + line


def _head(step: Step) -> Text:
    hash, date, author, subject, *_others = step.revision
    about = f": {subject}" if subject else ""
    return Text.assemble((hash[:SHORT], "yellow"), f" {date} ", cells.text(author, "bold"), cells.text(about))


def _instead(step: Step) -> str:
    """Return why there are no changes to show."""
    if step.changes is not None:
        return _("no record changed")
    if step.problem is None:
        return _("cannot be read: this clone does not hold the file")
    place = "".join(f"{number}:" for number in (step.problem.line, step.problem.column) if number)
    what = malformed(step.problem.code, step.problem.detail)
    return safe(_("cannot be read: {what}").format(what=f"{place} {what}".strip()))
