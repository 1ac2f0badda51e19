"""The command that reports what is wrong with the registry."""

import os
import re
import sys
from collections import Counter
from collections.abc import Sequence
from contextlib import nullcontext, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer
from msgspec.structs import replace

from pkes.checks import inspection
from pkes.checks.findings import WouldBreak
from pkes.checks.inspection import MostRemoved
from pkes.cli import options
from pkes.cli.intake import STDIN, read_bytes, require_stdin_once
from pkes.cli.messages.findings import Checked, annotation, counted, in_words, line
from pkes.cli.messages.values import way_out
from pkes.cli.state import State
from pkes.cli.terminal import output
from pkes.errors import CannotEdit, CannotRead, GitFailed, Malformed, NoRepository, Unwritable
from pkes.i18n import N_, _, ngettext
from pkes.storage import sources
from pkes.text.characters import safe
from pkes.toml import reading

if TYPE_CHECKING:
    from pkes.registry.changes import Change

app = typer.Typer()

_SINCE = _(
    "Only what is new since the merge base of this revision with HEAD, where the branch began; of A...B since theirs."
)


class _Source(NamedTuple):
    """What is checked: a file (a pipe, too, if it was named), or stdin."""

    path: Path
    pipes: bool
    is_stdin: bool

    def read(self) -> bytes:
        """Return its content. Raises `CannotRead` and `Malformed`."""
        return read_bytes(STDIN) if self.is_stdin else sources.read(self.path, pipes=self.pipes)


class _Past(NamedTuple):
    """What the registry is compared with: a git revision, and how many members may have been removed since."""

    revision: str
    most_removed: MostRemoved | None


def _most_removed(text: str) -> MostRemoved:
    if not (found := re.fullmatch("([0-9]{1,9})(%?)", text)):
        raise typer.BadParameter(_("a whole number from 0 is expected, or one with %"))
    return MostRemoved(int(found[1]), bool(found[2]))


_MaxRemoved = Annotated[
    MostRemoved | None,
    typer.Option(
        "--max-removed",
        metavar="N",
        parser=_most_removed,
        help=_("With --since: an error where more members were removed than N, or N% of them."),
    ),
]
_Fix = Annotated[
    bool,
    typer.Option(
        "--fix", help=_("Mend what has only one mend, and print the changes; then what is left, but not with --json.")
    ),
]
_APART = (
    ("--github", "--json"), ("--fix", "--github"), ("--fix", "--since"), ("--explain", N_("FILE")),
    ("--explain", "--json"), ("--explain", "--github"), ("--explain", "--strict"), ("--explain", "--since"),
    ("--explain", "--fix"), ("--explain", "--max-removed"),
)  # fmt: skip
"""Options that cannot be combined."""


@app.command("check", help=_("What is wrong with the registry, and where."), rich_help_panel=_("Review"))
def check(
    context: typer.Context,
    files: Annotated[
        list[str] | None,
        typer.Argument(metavar=_("FILE …"), help=_("These in place of the registry; - is stdin.")),
    ] = None,
    as_json: options.Json = False,
    github: Annotated[bool, typer.Option("--github", help=_("Print annotations for a workflow of GitHub."))] = False,
    strict: Annotated[bool, typer.Option("--strict", help=_("Exit with 1 where there is a warning, too."))] = False,
    since: Annotated[str | None, typer.Option("--since", metavar=_("REV"), help=_SINCE)] = None,
    max_removed: _MaxRemoved = None,
    fix: _Fix = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=_("With --fix: write nothing."))] = False,
    explain: Annotated[
        str | None, typer.Option("--explain", metavar=_("CODE"), help=_("Say what a code means, and how to mend it."))
    ] = None,
) -> None:
    """Print every finding; exit with 1 if any is an error."""
    given = {"FILE": files, "--json": as_json, "--github": github, "--strict": strict, "--fix": fix}
    with_values = {"--since": since, "--explain": explain, "--max-removed": max_removed}
    _refuse({**given, **{name: value is not None for name, value in with_values.items()}, "--dry-run": dry_run})
    if fix and STDIN in (files or []):
        raise typer.BadParameter(_("stdin cannot be mended"), param_hint="--fix")
    if explain is not None:
        _explain(explain)
        return
    state: State = context.obj
    read, status = _sources(files, state), 0
    if fix:
        read, status = _mend(replace(state, dry_run=dry_run, as_json=as_json), read)
    past = None if since is None else _Past(since, max_removed)
    checked, failed = _check(state, read, past, mended=dry_run)
    if checked and fix and as_json:
        output.hint(_count(checked))
    elif checked:
        _show(checked, as_json=as_json, github=github)
    status = max(status, failed) or _status(checked, strict=strict)
    if status:
        raise typer.Exit(status)


def _refuse(given: dict[str, object]) -> None:
    options.refuse_together(given, _APART)
    for name, other in (("--dry-run", "--fix"), ("--max-removed", "--since")):
        if given[name] and not given[other]:
            raise typer.BadParameter(_("only with {other}").format(other=other), param_hint=name)


def _sources(files: Sequence[str] | None, state: State) -> list[_Source]:
    if not files:
        return [_Source(state.path, pipes=False, is_stdin=False)]
    require_stdin_once(files)
    return [_Source(Path(name), pipes=True, is_stdin=name == STDIN) for name in files]


def _explain(code: str) -> None:
    from pkes.checks.codes import CODES
    from pkes.cli.views.findings import explanation_page
    from pkes.registry.selection import known

    output.show(explanation_page(known("code", code, CODES)))


def _mend(state: State, files: Sequence[_Source]) -> tuple[list[_Source], int]:
    """Mend files and print the changes; return the files that can be read, and the exit status."""
    from pkes.checks import mending
    from pkes.cli.messages.errors import report
    from pkes.cli.write import print_changes, write

    readable, status = [], 0
    changes: list[Change] = []
    for file in files:
        keep = partial(_keep, changes, file.path, among=len(files))
        try:
            write(replace(state, registry=file.path), mending.mend, report=keep)
        except CannotRead as error:
            status = max(status, report(error))
            continue
        except Malformed as error:
            output.warn(_("{path}: nothing was mended there: it is no registry as it is").format(path=error.path))
        except (Unwritable, WouldBreak) as error:
            status = max(status, report(error))
        readable.append(file)
    if readable:
        with nullcontext() if state.dry_run else output.after_saving():
            print_changes(changes, as_json=state.as_json)
    return readable, status


def _keep(changes: "list[Change]", path: Path, made: "Sequence[Change]", *_registries: object, among: int) -> None:
    """Store the changes made in a file in `made`, and print their number if there are several files."""
    changes += made
    if among > 1:
        said = ngettext("{path}: {count} change", "{path}: {count} changes", len(made))
        output.hint(said.format(path=path, count=len(made)))


def _check(state: State, files: Sequence[_Source], past: _Past | None, *, mended: bool) -> tuple[list[Checked], int]:
    """Check files; return their findings and the exit status. Unreadable files are reported on stderr.

    After a dry run of `--fix` (`mended`), files are checked as they would be. Raises git's errors about the past.
    """
    checked, status = [], 0
    for file in files:
        try:
            checked.append(_check_one(state, file, past, mended=mended))
        except CannotRead as error:
            from pkes.cli.messages.errors import report

            status = max(status, report(error))
    return checked, status


def _check_one(state: State, file: _Source, past: _Past | None, *, mended: bool) -> Checked:
    path, data = file.path, b""
    is_file = not file.is_stdin and path.is_file()
    try:
        data = file.read()
        # stdin contains another version of the registry.
        before = None if past is None else _text_at(state.path if file.is_stdin else path, past.revision)
        text = reading.decode(data)
    except Malformed as error:
        return Checked(path, data.decode("utf-8-sig", "backslashreplace"), [inspection.malformed(error)], is_file)
    if mended:
        text = _as_mended(text)
    found = inspection.inspect(text, state.today, before, past.most_removed if past else None)
    return Checked(path, text, found.found, is_file, found.ignored)


def _text_at(path: Path, revision: str) -> str | None:
    """Return the text of a file where HEAD and a revision diverged, or None. Raises `NoRepository` and git's errors."""
    from pkes.git import versions
    from pkes.git.repository import Repository

    repository = Repository.find(path)
    if repository is None:
        raise NoRepository(os.fspath(path))
    return versions.text_since(repository, revision)


def _as_mended(text: str) -> str:
    from pkes.checks import mending

    try:
        return mending.mend_text(text)
    except (Malformed, CannotEdit):  # reported before
        return text


def _show(checked: Sequence[Checked], *, as_json: bool, github: bool) -> None:
    every = [(one.path, placed) for one in checked for placed in one.found]
    if as_json:
        output.array(
            inspection.as_json(safe(os.fspath(path)), one, in_words(one.finding, for_programs=True))
            for path, one in every
        )
        return
    if github:
        output.lines(annotation(path, one) for path, one in every)
    elif output.on_terminal():
        _show_on_terminal(checked)
        return
    else:
        output.lines(line(path, one) for path, one in every)
    output.hint(_count(checked))


def _show_on_terminal(checked: Sequence[Checked]) -> None:
    from pkes.cli.messages import mends
    from pkes.cli.views.findings import page

    fixable, below = 0, []
    for one in filter(lambda one: one.found, checked):
        mendable = mends.mendable(one.text) if one.is_file else None
        output.show(page(one, mends.program(one.path), mendable, output.width()))
        if mendable is not None:
            fixable += sum(mends.is_fixable(placed.finding, mendable) for placed in one.found)
        elif one.is_file:
            said = _("{path}: no command can change it until it can be read as a registry again")
            below.append(said.format(path=one.path))
            below += dict.fromkeys(
                way for placed in one.found for way in way_out(placed.finding.code, placed.finding.detail)
            )
    if fixable:
        below.append(_("--fix mends {count} of them").format(count=fixable))
    if any(one.found for one in checked):
        below.append(_('"pkes check --explain CODE" says what a code means'))
    output.hint(_count(checked), *below)
    _mention_setup(checked[0].path)


def _mention_setup(path: Path) -> None:
    """Print a hint if git merges the registry without our driver; errors of git are ignored."""
    if not output.is_terminal(sys.stderr):
        return
    from pkes.git import drivers
    from pkes.git.repository import Repository

    with suppress(OSError, GitFailed):
        repository = Repository.find(path)
        if repository is not None and not drivers.is_set_up(repository):
            said = _("git merges the registry line by line in this clone")
            output.hint(said, _('"pkes git setup" lets it merge by records'))


def _counts(checked: Sequence[Checked]) -> Counter[str]:
    return Counter(placed.finding.severity for one in checked for placed in one.found)


def _count(checked: Sequence[Checked]) -> str:
    count = _counts(checked)
    said = counted(errors=count["error"], warnings=count["warning"], notes=count["note"])
    ignored = sum(one.ignored for one in checked)
    return f"{said}, {_('{count} ignored').format(count=ignored)}" if ignored else said


def _status(checked: Sequence[Checked], *, strict: bool) -> int:
    count = _counts(checked)
    return 1 if count["error"] or (strict and count["warning"]) else 0
