"""What another version of the text says of new records: how they are written there, and beside which others."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from pkes.model.records import KIND, KindName, table_path
from pkes.registry.changes import Change, Pasted
from pkes.toml import tree
from pkes.toml.placing import Beside, groups
from pkes.toml.scan import Path
from pkes.toml.tree import Layout, layout_of


def pasted(
    version: str,
    changes: Iterable[Change],
    id_there: Callable[[KindName, str | None], str | None],
    known: Callable[[KindName], Mapping[str | None, str]],
) -> dict[tuple[KindName, str | None], Pasted]:
    """Return what a version of the text has of the records that changes add to another one.

    `id_there` gives the id that such a record has in the version. `known` gives for the ids of a kind in the version
    those of the text that is to be edited.
    """
    added = [(change.kind, change.id) for change in changes if change.action == "added"]
    if not added:
        return {}
    layout = layout_of(version)
    beside = {kind: dict(_beside(layout, kind, known(kind))) for kind in {kind for kind, _ in added}}
    found = {}
    for kind, id in added:
        there = id_there(kind, id)
        span = tree.table(layout, table_path(kind, id)) if there == id else None
        text = layout.text[span.start : span.end].replace("\r\n", "\n") if span else None
        found[kind, id] = Pasted(text, beside[kind].get(there))
    return found


def _beside(layout: Layout, kind: KindName, known: Mapping[str | None, str]) -> Iterator[tuple[str | None, Beside]]:
    """Yield the ids of a version with the records that are in their group, where free comments make groups."""
    found = groups(layout, KIND[kind].table)
    before: tuple[Path, ...] = ()
    for number, group in enumerate(found if len(found) > 1 else ()):
        held = tuple(table_path(kind, known[table.path[1]]) for table in group if table.path[1] in known)
        for table in group if held or before else ():
            yield table.path[1], Beside(held or before, not held, number)
        before = held or before
