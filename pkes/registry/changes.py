"""What changed between two registries, field by field, and applying the same changes to a text.

Every write works with changes: it prints them, a dry run shows them, and a merge is made of them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from pkes.model.records import (
    KIND,
    KINDS,
    Kind,
    KindName,
    Record,
    Registry,
    Sector,
    as_json,
    field_path,
    fields,
    records,
    table_path,
    toml_items,
    toml_value,
    values_of,
)
from pkes.toml.edit import Document, Edited, Goes
from pkes.toml.placing import Beside
from pkes.toml.reading import same

Action = Literal["added", "removed", "changed", "renamed"]
Key = tuple[KindName, str | None]
"""A record's kind and id; the id is None for the file, the cluster and the policy."""

TABLES = tuple(kind.table for kind in KINDS)


class Change(NamedTuple):
    """One difference between two registries.

    `id` is None for the file, the cluster and the policy. If a record was added or removed, `new` or `old` is the
    record and `field` is None. If it was renamed, `field` is "id", `id` is the new id, and `old` and `new` are the two
    ids. Otherwise `old` and `new` are a field's TOML values; None means an absent field.
    """

    kind: KindName
    id: str | None
    action: Action
    field: str | None
    old: Any
    new: Any


class Pasted(NamedTuple):
    """A new record as written in another version of the text, with LF as line end, and its neighbours there."""

    text: str | None
    beside: Beside | None


def compare(before: Registry, after: Registry, *, find_renames: bool = True) -> tuple[Change, ...]:
    """Return the changes, sorted by kind, id, and field in the model's order.

    Without `find_renames`, a renamed record counts as one removed and one added.
    """
    changes = [*_file(before, after)]
    for kind in KINDS:
        old, new = records(before, kind), records(after, kind)
        if old is not new:
            found = _compare_kind(kind, old, new, find_renames=find_renames)
            changes += sorted(found, key=lambda change: change.id or "")
    return tuple(changes)


def same_changes(some: tuple[Change, ...], others: tuple[Change, ...]) -> bool:
    """Return whether changes are exactly the same; `nan` equals `nan`."""
    return repr(some) == repr(others)


def _file(before: Registry, after: Registry) -> Iterator[Change]:
    if before.format != after.format:
        yield Change("file", None, "changed", "format", before.format, after.format)
    yield from _differing("file", None, before.extra, after.extra)


def _differing(kind: KindName, id: str | None, old: dict[str, Any], new: dict[str, Any]) -> Iterator[Change]:
    for key in dict.fromkeys([*old, *new]):
        if not same(old.get(key), new.get(key)):
            yield Change(kind, id, "changed", key, old.get(key), new.get(key))


def _compare_kind(
    kind: Kind, old: dict[str, Record], new: dict[str, Record], *, find_renames: bool
) -> Iterator[Change]:
    if old == new and not any(record.extra for record in (*old.values(), *new.values())):  # the usual case
        return
    removed = {id: record for id, record in old.items() if id not in new}
    added = {id: record for id, record in new.items() if id not in old}
    for was, now in (_renames(kind, removed, added) if find_renames else {}).items():
        yield Change(kind.name, now, "renamed", "id", was, now)
        yield from _compare_record(kind, removed.pop(was), added.pop(now))
    for id, record in removed.items():
        yield Change(kind.name, id, "removed", None, record, None)
    for id, record in added.items():
        yield Change(kind.name, id, "added", None, None, record)
    for id, record in new.items():
        before = old.get(id)
        # `==` is fast, but 1, 1.0 and true are equal; that does not matter for known fields, which have one type each.
        if before is not None and before is not record and (before.extra or record.extra or before != record):
            yield from _compare_record(kind, before, record)


def _compare_record(kind: Kind, old: Record, new: Record) -> Iterator[Change]:
    return _differing(kind.name, new.id if kind.keyed else None, _values(old), _values(new))


def _values(record: Record) -> dict[str, Any]:
    """Return every field in the model's order (absent ones as None), then the unknown keys."""
    known = {field.name: toml_value(value) for field, value in values_of(record)}
    return known | record.extra


def _renames(kind: Kind, removed: dict[str, Record], added: dict[str, Record]) -> dict[str, str]:
    """Return the new ids of renamed records by old id: pairs that share a key with nobody else."""
    if not removed or not added:
        return {}
    by_key = defaultdict(list)
    for id, record in added.items():
        for key in _keys(kind, record):
            by_key[key].append(id)
    new_of = {id: {new for key in _keys(kind, record) for new in by_key[key]} for id, record in removed.items()}
    old_of = defaultdict(set)
    for old, news in new_of.items():
        for new in news:
            old_of[new].add(old)
    return {old: new for old, news in new_of.items() if len(news) == 1 for new in news if len(old_of[new]) == 1}


def _keys(kind: Kind, record: Record) -> list[tuple[str, Any]]:
    """Return the keys by which a record is recognised under another id."""
    values = {name: value for name, value in toml_items(record) if value not in ("", [])}
    if kind.name == "member":
        return [(name, values[name]) for name in ("name", "nip", "krs") if name in values]
    marked = fields(Sector) if kind.name == "sector" else values
    if not marked or not marked.keys() <= values.keys():
        return []
    return [("all", repr([(name, values[name]) for name in marked]))]


def apply(
    text: str,
    changes: Iterable[Change],
    after: Registry,
    without_comments: Mapping[Key, Goes] = MappingProxyType({}),
    pasted: Mapping[Key, Pasted] = MappingProxyType({}),
) -> Edited:
    """Return the text of a registry with changes applied, and the comments that were removed along with data.

    The records in `without_comments` lose the comments that its predicate selects. New records in `pasted` are inserted
    as another version of the text has them. `text` has no BOM and contains the registry before the changes; `after` is
    the registry after them. Raises `CannotEdit` for a layout that cannot be edited safely, and `NotVerified` if
    anything beyond the changes would be altered.
    """
    document = Document(text)
    for (kind, id), goes in without_comments.items():
        document.remove_comments(table_path(kind, id), goes)
    updates: dict[Key, list[Change]] = defaultdict(list)
    was: dict[Key, str] = {}
    added = []
    for change in changes:
        if change.action == "renamed":
            was[change.kind, change.id] = change.old
            document.rename((KIND[change.kind].table, change.old), (KIND[change.kind].table, change.new))
        elif change.action == "removed":
            document.remove(table_path(change.kind, change.id))
        elif change.action == "added":
            added.append(change)
        else:
            updates[change.kind, change.id].append(change)
    for (kind, id), changed in updates.items():
        _update(document, after, kind, was.get((kind, id), id), changed)
    for change in added:
        path = table_path(change.kind, change.id)
        held = pasted.get((change.kind, change.id), Pasted(None, None))
        document.insert(path, toml_items(change.new), TABLES, held.text, held.beside)
    return document.edited()


def _update(document: Document, after: Registry, kind: KindName, id: str | None, changes: Iterable[Change]) -> None:
    """Set the changed fields of one record to their values in `after`; `id` is its id in the document.

    A table is inserted with its first field; a table inside that of a record is removed with its last field.
    """
    updates: dict[tuple[str, ...], dict[str, Any]] = defaultdict(dict)
    for change in changes:
        place = field_path(kind, id, change.field)
        updates[place[:-1]][place[-1]] = change.new
    for path, values in updates.items():
        is_inner = path != table_path(kind, id)
        held = _held_at(path, after, kind, id) if is_inner or kind == "policy" else {}
        if held and not document.stands(path):
            document.insert(path, held.items(), TABLES)
        elif is_inner and not held:
            document.update(path[:-1], {path[-1]: None}, ())  # however it is written
        else:
            document.update(path, values, _order(path, kind, id))


def _held_at(path: tuple[str, ...], registry: Registry, kind: KindName, id: str | None) -> dict[str, Any]:
    """Return the TOML values in one of the tables of a record, by key."""
    items = toml_items(records(registry, KIND[kind])[id or ""])
    placed = ((field_path(kind, id, name), value) for name, value in items)
    return {place[-1]: value for place, value in placed if place[:-1] == path}


def _order(path: tuple[str, ...], kind: KindName, id: str | None) -> list[str]:
    """Return the keys of one of the tables of a record, in canonical order."""
    names = ("format",) if kind == "file" else fields(KIND[kind].struct)
    placed = (field_path(kind, id, name) for name in names)
    return [place[-1] for place in placed if place[:-1] == path]


def change_as_json(change: Change) -> dict[str, Any]:
    """Return a change as the object of `--json`; an absent list is `[]`, but null beside an empty or absent one."""
    shown = change._asdict()
    for side, other in (("old", change.new), ("new", change.old)):
        if isinstance(shown[side], Record):
            shown[side] = as_json(shown[side])
        elif shown[side] is None and other and _is_list(change):
            shown[side] = []
    return shown


def _is_list(change: Change) -> bool:
    if change.kind == "file" or change.field is None:
        return False
    field = fields(KIND[change.kind].struct).get(change.field)
    return field is not None and field.type == "list"
