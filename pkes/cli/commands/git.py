"""The commands for git: the one that sets up the drivers, and the one that git calls to merge."""

import os
import sys
from codecs import BOM_UTF8
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pkes import errors
from pkes.cli.messages import foreign
from pkes.cli.messages.errors import words
from pkes.cli.messages.values import dotted, field_name, malformed, named, record
from pkes.cli.state import State, today
from pkes.cli.terminal import output
from pkes.i18n import _, ngettext
from pkes.storage import sources, store

if TYPE_CHECKING:
    from pkes.git.drivers import SetUp
    from pkes.git.running import TextMerge
    from pkes.merge.text import Merged

app = typer.Typer()

_REVIEW = _("Review")


@app.command("setup", help=_("Let git merge and show the registry by its records."), rich_help_panel=_REVIEW)
def setup(context: typer.Context) -> None:
    """Set up the drivers in this clone, and say what was written."""
    from pkes.git import drivers
    from pkes.git.repository import Repository

    state: State = context.obj
    store.read_text(state.path)  # a typing error in -r would set up nothing
    repository = Repository.require(state.path)
    done = drivers.set_up(repository, sys.executable)
    attributes = os.path.relpath(done.attributes)
    output.lines(_written(done, attributes))
    if done.line is not None:
        output.hint(_('commit {path}, and run "pkes git setup" once in every other clone').format(path=attributes))
    elif not (done.settings or done.excluded):
        output.hint(_("all of it is there already"))
    for attribute, value in done.others.items():
        said = _('{attribute}: git has "{value}" for the registry, and so not pkes; it was left so')
        output.warn(said.format(attribute=attribute, value=value))


def _written(done: "SetUp", attributes: str) -> Iterator[str]:
    if done.line is not None:
        yield _("{path}: added: {line}").format(path=attributes, line=done.line)
    for name, old, _new in done.settings:
        said = _("git config: added: {name}") if old is None else _("git config: changed: {name}")
        yield said.format(name=name)
    if any(setting.name.endswith(".driver") for setting in done.settings):
        yield _("git merges by this Python: {path}").format(path=sys.executable)


@app.command("merge", help=_("Merge two versions field by field; git calls it."), rich_help_panel=_REVIEW)
def merge(
    base: Annotated[
        Path,
        typer.Argument(
            metavar=_("BASE"), readable=False, help=_("What both began with; empty where there was nothing.")
        ),
    ],
    ours: Annotated[
        Path, typer.Argument(metavar=_("OURS"), readable=False, help=_("One side; the result is written to it."))
    ],
    theirs: Annotated[Path, typer.Argument(metavar=_("THEIRS"), readable=False, help=_("The other side."))],
    path: Annotated[
        str | None, typer.Argument(metavar=_("PATH"), help=_("What the file is called in messages."))
    ] = None,
) -> None:
    """Write the merge to OURS; exit with 1 if there is a conflict, or the result may be wrong."""
    try:
        is_clean = _merge(base, ours, theirs, path or os.fspath(ours))
    except KeyboardInterrupt:
        # git would take 130 for a crash.
        output.fail(_("interrupted; what git merged by lines stands"))
        is_clean = False
    if not is_clean:
        raise typer.Exit(1)


def _merge(base: Path, ours: Path, theirs: Path, name: str) -> bool:
    """Write git's own merge to OURS, then the merge of the records over it; return whether the result is clean."""
    from pkes.storage.files import replace_file

    versions = {"base": _read(_("BASE"), base), "ours": _read(_("OURS"), ours), "theirs": _read(_("THEIRS"), theirs)}
    by_lines = _merge_by_lines(base, ours, theirs, name)
    stands = versions["ours"] if by_lines is None else by_lines.data
    is_clean = by_lines is not None and not by_lines.conflicts
    if stands != versions["ours"]:
        replace_file(ours, stands)
    # From here on, OURS has git's merge, whatever happens.
    try:
        merged = _merge_by_records(versions, stands if is_clean else None)
        data = (BOM_UTF8 if versions["ours"].startswith(BOM_UTF8) else b"") + merged.text.encode()
        if data != stands:
            replace_file(ours, data)
        errors_left = 0 if merged.conflicts else _new_errors(merged)
    except Exception as error:
        output.warn(
            _("{path}: merged by lines, as git does: {reason}").format(path=name, reason=_reason(error, versions))
        )
        # If a version is not a registry, git's merge is the best result. Otherwise it may be wrong.
        return is_clean and isinstance(error, errors.Malformed)
    _say(merged, name, errors_left)
    return not merged.conflicts


def _new_errors(merged: "Merged") -> int:
    """Return the number of errors in a merge that neither side has, such as two members with one number."""
    from pkes.checks import run
    from pkes.checks.findings import are_new
    from pkes.registry.changes import compare

    _, ours, theirs = merged.versions
    found = run.added(ours, merged.registry, compare(ours, merged.registry), today())
    new = [one for one in found if one.severity == "error"]
    if new:
        had = run.check(theirs, today())
        new = [one for one, is_new in zip(new, are_new(new, had, {}), strict=True) if is_new]
    return len(new)


def _read(argument: str, path: Path) -> bytes:
    try:
        return sources.read_any(path)
    except errors.CannotRead as error:
        raise typer.BadParameter(foreign.reason(error.reason), param_hint=argument) from None
    except errors.Malformed as error:
        raise typer.BadParameter(malformed(error.code, error.detail), param_hint=argument) from None


def _merge_by_lines(base: Path, ours: Path, theirs: Path, name: str) -> "TextMerge | None":
    from pkes.git.running import merge_file

    try:
        return merge_file(ours, base, theirs)
    except errors.GitFailed as error:
        output.warn(f"{name}: {words(error).what}")
        return None


def _merge_by_records(versions: Mapping[str, bytes], textual: bytes | None) -> "Merged":
    """Merge three versions; `textual` is git's own merge, if it was clean. Raises what the merge raises."""
    from pkes.git.running import shows_base
    from pkes.merge import text

    base, ours, theirs = (_decoded(data, label) for label, data in versions.items())
    by_lines = None if textual is None else _decoded(textual, "ours")
    return text.merge(base, ours, theirs, by_lines, with_base=shows_base())


def _decoded(data: bytes, label: str) -> str:
    """Return the text of a version without its byte order mark. Raises `Malformed`."""
    try:
        return data.removeprefix(BOM_UTF8).decode()
    except UnicodeDecodeError as error:
        raise errors.Malformed("encoding", data.count(b"\n", 0, error.start) + 1, path=label) from None


def _reason(error: Exception, versions: Mapping[str, bytes]) -> str:
    """Return why records could not be merged: without values, and with the version if known."""
    match error:
        case errors.Malformed():
            label = error.path or _unreadable(versions)
            place = ":".join(str(part) for part in (label, error.line, error.column) if part)
            return f"{place}: {malformed(error.code, error.detail)}"
        case errors.CannotEdit():
            what = _('ours:{line}: this layout cannot be edited safely ({what}); "pkes fmt" mends it')
            return what.format(line=error.line, what=dotted(error.what))
        case errors.CannotWrite():
            return foreign.reason(error.reason)
    return _("a fault of the program itself ({name})").format(name=type(error).__name__)


def _unreadable(versions: Mapping[str, bytes]) -> str:
    """Return the first version that is not a registry."""
    from pkes.registry.parsing import parse

    for label, data in versions.items():
        try:
            parse(_decoded(data, label))
        except errors.Malformed:
            if data or label != "base":
                return label
    return ""


def _say(merged: "Merged", name: str, new_errors: int) -> None:
    for conflict in merged.conflicts:
        parts = [
            record(conflict.kind, conflict.id),
            *([] if conflict.field is None else [field_name(named(conflict.field))]),
        ]
        about = ", ".join(parts)
        output.fail(_("{path}: conflict: {about}").format(path=name, about=about))
    for comment, side, line in merged.lost:
        # The text may be about a person, and output that is not a terminal may be public.
        shown = comment if output.is_terminal(sys.stderr) else "…"
        said = _("{path}: the comment in line {line} of {side} could not be kept: {comment}")
        output.warn(said.format(path=name, line=line, side=side, comment=shown))
    if merged.unformed:
        names = [record(kind, id) for kind, id in merged.unformed[: output.MOST_LISTED]]
        more = len(merged.unformed) - len(names)
        said = _("{path}: ours keeps its form; that of theirs was not taken: {records}")
        output.warn(said.format(path=name, records=", ".join(names) + (" …" if more else "")))
    if new_errors:
        said = ngettext(
            "{path}: the merge has an error that neither side has",
            "{path}: the merge has {count} errors that neither side has",
            new_errors,
        )
        output.warn(said.format(path=name, count=new_errors), _('"pkes check" shows them'))
