"""The commands that show changes of the registry: between two versions, and in git's history."""

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer
from msgspec.structs import replace

from pkes.cli import intake, options
from pkes.cli.state import State
from pkes.cli.terminal import output
from pkes.cli.write import print_changes
from pkes.errors import NoRegistry, UnknownName, Unreadable, gathered
from pkes.git import comparing, versions
from pkes.git import history as past
from pkes.git.history import History, Step
from pkes.git.repository import Repository
from pkes.git.versions import Version
from pkes.i18n import _
from pkes.model.records import KIND, KINDS, KindName, Member, Registry, fields, records
from pkes.model.values import read
from pkes.registry.changes import change_as_json, compare
from pkes.registry.selection import known_field
from pkes.storage import store

if TYPE_CHECKING:
    from pkes.model.dates import PartialDate

app = typer.Typer()

_REVIEW = _("Review")
_OLD = _(
    "A revision of git, or a file (HEAD). A name that holds a slash or ends in .toml is a file where there is one; any "
    "other is a revision where git knows it, else a file. ./NAME is always a file, - is stdin. A...B is the merge "
    "base of A with B."
)


@app.command("diff", help=_("What changed, record by record and field by field."), rich_help_panel=_REVIEW)
def diff(
    context: typer.Context,
    old: Annotated[str | None, typer.Argument(metavar=_("OLD"), help=_OLD)] = None,
    new: Annotated[str | None, typer.Argument(metavar=_("NEW"), help=_("The same (the file of the registry)."))] = None,
    as_json: options.Json = False,
    as_markdown: Annotated[bool, typer.Option("--markdown", help=_("Print Markdown, for a pull request."))] = False,
    exit_code: Annotated[bool, typer.Option("--exit-code", help=_("Exit with 1 where something changed."))] = False,
) -> None:
    """Compare two versions of the registry."""
    options.refuse_together({"--markdown": as_markdown, "--json": as_json}, [("--markdown", "--json")])
    state: State = context.obj
    intake.require_stdin_once([old, new])
    new = new or _end(old)
    after = versions.read(state.path) if new is None else _version(new, state)
    before = versions.at(_repository(state), "HEAD") if old is None else _version(old, state)
    changes = compare(before.registry, after.registry)
    if as_markdown:
        from pkes.cli.views import changes_markdown

        sides = changes_markdown.Sides(before.registry, after.registry, state.language)
        output.lines(changes_markdown.page(changes, sides, is_same_text=before.text == after.text))
    else:
        print_changes(changes, before.registry, after.registry, as_json=as_json)
        if not changes and not as_json and output.on_terminal():
            is_same = before.text == after.text
            output.hint(_("nothing changed") if is_same else _("nothing changed but comments or layout"))
    if exit_code and changes:
        raise typer.Exit(1)


_Record = Annotated[
    str | None,
    typer.Argument(
        metavar=_("RECORD"),
        help=_(
            "Only this one: an id, now or once; cluster; policy; else the name or a part of an id or a name of a "
            "member, then of an inquiry, then of a member that is gone. Renames are followed."
        ),
    ),
]
_Span = Annotated[
    str | None,
    typer.Argument(
        metavar="A..B", help=_("Only the commits of B that A has not; A...B begins at the merge base of the two.")
    ),
]
_Since = Annotated[
    str | None,
    typer.Option("--since", metavar=_("DATE"), help=_("Only what was committed on this day, month or year, or later.")),
]
_Field = Annotated[
    str | None, typer.Option("--field", metavar=_("FIELD"), help=_("Only what changed this field, by key or title."))
]


@app.command("history", help=_("What changed, commit by commit, the newest first."), rich_help_panel=_REVIEW)
def history(
    context: typer.Context,
    record: _Record = None,
    span: _Span = None,
    since: _Since = None,
    field: _Field = None,
    limit: options.Limit = None,
    as_json: options.Json = False,
) -> None:
    """Show the changes of the commits up to HEAD."""
    state: State = context.obj
    record, span = _record_and_span(record, span)
    first = None
    with gathered() as tried:
        with tried():
            first = _first_day(since)
        if since and not first and field is not None:  # then the history is not searched for keys
            with tried():
                _fields_named(field, ())
    repository = _repository(state)
    if not repository.is_whole():
        said = _('this clone has only the newest part of the history: "{command}" fetches the rest')
        output.warn(said.format(command=comparing.whole(repository)))
    with past.opened(repository, span) as found:
        steps = _steps(found, record, field, _now(state))
        if first:
            steps = (step for step in steps if step.revision.date >= first)
        shown = islice(steps, limit)
        if as_json:
            output.array(map(_as_json, shown))
        elif not _show(shown, state) and limit != 0:
            output.hint(
                _("no commit has changed it") if not (span or first) else _("no commit among them has changed it")
            )
    if not (as_json or record or span or first or field) and (now := _now(state)):
        from pkes.cli import saving

        if said := saving.line(state, now):
            output.hint(said)


def _record_and_span(record: str | None, span: str | None) -> tuple[str | None, str | None]:
    """Return the two arguments of `history` in order: each may be given alone, and its form shows which one it is."""
    if record and ".." in record and (span is None or ".." not in span):
        record, span = span, record
    if span is not None and ".." not in span:
        raise typer.BadParameter(_("it has to be A..B"), param_hint="A..B")
    return record, span


def _first_day(since: str | None) -> str | None:
    """Return the first day of `--since` as YYYY-MM-DD. Raises `WrongValue`."""
    if since is None:
        return None
    partial = cast("PartialDate", read(replace(fields(Member)["joined"], name="--since"), since))
    return str(partial.first)


def _steps(found: History, record: str | None, field: str | None, now: Registry | None) -> Iterator[Step]:
    """Return the steps of a history, limited to one record or one field if these are given.

    Raises `NotFound`, `Ambiguous` and `UnknownName`.
    """
    now = now or found.newest()
    keys = found.keys_of(record, now) if record is not None else []
    steps = found.steps(keys, now) if keys else found.steps()
    if field is None:
        return steps
    kinds = [kind for kind, _id in keys]
    try:
        return past.of_fields(steps, _fields_named(field, kinds))
    except UnknownName:
        kinds = kinds or ["file", *KIND]
        steps, is_known = _until_changed(past.of_fields(steps, dict.fromkeys(kinds, field)))
        if not is_known and not _is_key(field, kinds, now):
            raise
        return steps


def _until_changed(steps: Iterator[Step]) -> tuple[Iterator[Step], bool]:
    """Return the same steps, and whether there is a change in any; no more are read than it takes to know."""
    seen: list[Step] = []
    for step in steps:
        seen.append(step)
        if step.changes:
            return chain(seen, steps), True
    return iter(seen), False


def _is_key(name: str, kinds: Sequence[KindName], registry: Registry) -> bool:
    """Return whether a record of one of the kinds, or the file, has an unknown key of that name."""
    held = (records(registry, KIND[kind]).values() if kind != "file" else [registry] for kind in kinds)
    return any(name in one.extra for of_kind in held for one in of_kind)


def _fields_named(wanted: str, kinds: Sequence[KindName]) -> dict[KindName, str]:
    """Return for each of the kinds (by default, all) the field that is meant. Raises `UnknownName`."""
    chosen = [kind for kind in KINDS if kind.name in kinds or not kinds]
    found: dict[KindName, str] = {}
    for kind in chosen:
        with suppress(UnknownName):
            found[kind.name] = known_field(kind.struct, wanted)
    if not found:
        known_field(Member if KIND["member"] in chosen else chosen[0].struct, wanted)
    return found


def _end(old: str | None) -> str | None:
    """Return B if OLD is `A...B`: without NEW, git compares with B. Otherwise return None."""
    is_range = old is not None and comparing.ends(old) and not os.path.lexists(old)
    return old.partition("...")[2] or None if old and is_range else None


def _version(name: str, state: State) -> Version:
    """Return the registry that OLD or NEW refers to. Raises what `intake.read_bytes` and `versions.load` raise."""
    if name == intake.STDIN:
        return versions.parsed(intake.read_bytes(name), name)
    return versions.load(name, _path(state))


def _repository(state: State) -> Repository:
    """Return the repository that contains the registry. Raises `NoRepository`."""
    return Repository.require(state.path)


def _path(state: State) -> Path | None:
    try:
        return state.path
    except NoRegistry:
        return None


def _now(state: State) -> Registry | None:
    """Return the current registry, or None if it cannot be read: its history is still of use then."""
    try:
        return store.load(state.path).registry
    except Unreadable:
        return None


def _show(steps: Iterable[Step], state: State) -> bool:
    """Print steps as they are found, and return whether there were any."""
    from pkes.cli.views import changes as views

    # Today's labels: for those of the time, the whole file would have to be parsed at each step.
    now = _now(state) if output.on_terminal() else None
    number = -1
    for number, step in enumerate(steps):
        if number:
            output.lines([""])
        if output.on_terminal():
            output.show(views.laid_out(step, [now] if now else []))
        else:
            output.lines(views.history_lines(step))
    return number >= 0


def _as_json(step: Step) -> dict[str, Any]:
    revision, changes, _problem = step
    return {
        "revision": revision.hash,
        "date": revision.date,
        "author": revision.author,
        "subject": revision.subject,
        "changes": None if changes is None else [change_as_json(change) for change in changes],
    }
