"""Editing one record (by assignments or as text) or several (chosen by names or by the filters of a list)."""

from collections.abc import Callable, Iterable, Sequence

import typer

from pkes.cli.listing import MEMBERS, ListKind, Wanted, option
from pkes.cli.spelling import write_as_meant
from pkes.cli.state import State
from pkes.cli.terminal import output
from pkes.cli.write import print_changes, write
from pkes.errors import Missing, gathered
from pkes.i18n import _, ngettext
from pkes.model.records import Inquiry, Kind, KindName, Member, Registry
from pkes.registry.assignments import assign, edit
from pkes.registry.selection import find_inquiry, find_member, select
from pkes.storage import store


def each(
    registry: Registry, kind: KindName, names: Iterable[str], step: Callable[[Registry, str], Registry]
) -> Registry:
    """Return a registry after a step of each of the members or inquiries that are named, one for each of them.

    Raises `NotFound`, `Ambiguous` and what the step does, `Several` of them.
    """
    find = _finder(kind)
    taken: set[str] = set()
    with gathered() as tried:
        for name in names:
            with tried():
                id = find(registry, name).id
                if id not in taken:
                    taken.add(id)
                    registry = step(registry, id)
    return registry


def remove_record(state: State, kind: KindName, name: str, remove: Callable[[Registry, str], Registry]) -> None:
    """Remove the member or inquiry that a name refers to, after confirmation.

    Raises `NotFound`, `Ambiguous`, `NotAllowed` if git does not know of its erasure yet, and what `write` raises.
    """
    find = _finder(kind)
    registry = store.load(state.path).registry
    held = find(registry, name)
    if held.erased:
        from pkes.cli import saving

        saving.require_erasure(state, registry, kind, held.id)
    write(state, lambda before: remove(before, find(before, name).id), lambda _preview, _warnings: _("Remove it?"))


def _finder(kind: KindName) -> Callable[[Registry, str], Member | Inquiry]:
    return find_member if kind == "member" else find_inquiry


def edit_record(
    state: State, kind: KindName, find: Callable[[Registry], str | None], assignments: Sequence[str] | None
) -> None:
    """Apply assignments to a record or, if there are none, let the user edit its text; `find` returns its id.

    Raises what `find`, `assign`, `write` and `editing.edit` raise.
    """
    if assignments:
        write_as_meant(state, lambda before: edit(before, kind, find(before), assignments))
    else:
        from pkes.cli import editing

        editing.edit(state, kind, find)


def edit_records(state: State, kind: ListKind, words: Sequence[str], wanted: Wanted) -> None:
    """Apply the same assignments to several records in one write; names come before assignments.

    Records chosen by filters are counted, and the user is asked. A single named record without assignments is edited as
    text. Raises `Missing` if there is neither a name nor a filter, and what `edit_record` raises.
    """
    names, assignments = _divided(words)
    filters = wanted.narrowing(kind)
    if names and filters:
        raise typer.BadParameter(_("not together with names"), param_hint=option(filters[0]))
    if not names and not filters:
        raise Missing(_("a name or a filter"))
    if len(names) == 1 and not assignments:
        find = find_member if kind == MEMBERS else find_inquiry
        edit_record(state, kind.kind.name, lambda before: find(before, names[0]).id, assignments)
        return
    if not assignments:
        raise Missing(_("FIELD=VALUE …"))

    def fitting(registry: Registry) -> list[str]:
        held = wanted.records(kind, registry, state.today)
        return [record.id for record in select(held, wanted.filters(kind, registry), state.today)]

    def command(before: Registry) -> Registry:
        return _edited(before, kind.kind, names or fitting(before), assignments)

    if names:
        write_as_meant(state, command)
    elif _count(kind, len(fitting(store.load(state.path).registry))):
        write_as_meant(state, command, lambda preview, _warnings: _question(kind, preview))
    elif state.as_json:
        print_changes([], as_json=True)


def _edited(registry: Registry, kind: Kind, names: Iterable[str], assignments: Sequence[str]) -> Registry:
    """Return a registry with the same assignments applied to each of the records that are named.

    What is wrong with the assignments is said once, beside the names that fit nothing.
    """
    ids: list[str] = []

    def note(held: Registry, id: str) -> Registry:
        ids.append(id)
        return held

    with gathered() as step:
        with step():
            each(registry, kind.name, names, note)
        with step():
            if not ids:
                assign(registry, kind.struct(), assignments)
            for id in ids:
                registry = edit(registry, kind.name, id, assignments)
    return registry


def _divided(words: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the names and the assignments; the first word with a `=` begins the assignments."""
    first = next((number for number, word in enumerate(words) if "=" in word), len(words))
    return list(words[:first]), list(words[first:])


def _count(kind: ListKind, count: int) -> int:
    """Report how many records match, and return the number."""
    if kind == MEMBERS:
        said = ngettext("{count} member fits", "{count} members fit", count) if count else _("no member fits")
    else:
        said = ngettext("{count} inquiry fits", "{count} inquiries fit", count) if count else _("no inquiry fits")
    output.hint(said.format(count=count))
    return count


def _question(kind: ListKind, preview: store.Written) -> str | None:
    count = len({change.id for change in preview.changes})
    if not count:
        return None
    if kind == MEMBERS:
        return ngettext("Change {count} member?", "Change {count} members?", count).format(count=count)
    return ngettext("Change {count} inquiry?", "Change {count} inquiries?", count).format(count=count)
