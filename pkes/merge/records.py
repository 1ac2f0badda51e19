"""Three registries become one: the changes of both sides since the base, field by field."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple, TypeAlias, TypeVar, cast

from msgspec.structs import replace

from pkes.model.dates import PartialDate
from pkes.model.records import KIND, KINDS, Kind, KindName, Record, Registry, fields, records, toml_items, with_values
from pkes.registry.changes import apply, compare
from pkes.toml.reading import same

R = TypeVar("R", bound=Record)

Values: TypeAlias = dict[str, Any]
"""The fields that a record has, as TOML values, with its unknown keys."""

Renames: TypeAlias = dict[tuple[KindName, str], str]
"""New ids by kind and old id."""


class Conflict(NamedTuple):
    """What both sides changed, each in its own way: a field of a record, or the whole record where `field` is None.

    `id` is that of the merged record, None for the file, the cluster and the policy.
    """

    kind: KindName
    id: str | None
    field: str | None


class Clash(NamedTuple):
    """A conflict, and whether the base, ours and theirs have what it is about."""

    conflict: Conflict
    has: tuple[bool, ...]


class Combined(NamedTuple):
    """A merged registry. At a conflict it holds what ours has there, else what theirs has.

    `to_merged` gives the merged ids for those of the records of base, ours and theirs where they differ: in ours, these
    are the renames of theirs that it has yet to make. `from_merged` gives the ids back. `references` does for what the
    records refer to as `to_merged` does for the records.
    """

    registry: Registry
    clashes: tuple[Clash, ...]
    to_merged: tuple[Renames, ...]
    from_merged: tuple[Renames, ...]
    references: tuple[Renames, ...]

    def own_id(self, side: int, kind: KindName, id: str | None) -> str | None:
        """Return the id that a merged record has in the base (0), in ours (1) or in theirs (2)."""
        return id if id is None else self.from_merged[side].get((kind, id), id)


def combine(base: Registry, ours: Registry, theirs: Registry) -> Combined:
    """Merge what both sides changed since the base."""
    ids = _Ids(base, ours, theirs)
    merged: dict[str, Any] = {}
    clashes: list[Clash] = []
    for kind in KINDS:
        held = {}
        sides = [ids.records(kind, side, registry) for side, registry in enumerate((base, ours, theirs))]
        for id in sorted({id for side in sides for id in side}):
            three = [side.get(id) for side in sides]
            if three[1] is not None and _is_alike(three[0], three[2]) and (kind.name, id) not in ids.two_records:
                held[id] = three[1]
                continue
            versions = [None if record is None else dict(toml_items(record)) for record in three]
            values, conflicts = _merge_record(kind, id, ids, versions)
            if values is not None:
                held[id] = _record(kind, id, values)
            clashes += [_clash(kind, id, field, versions) for field in conflicts]
        merged[kind.table] = held if kind.keyed else held[""]
    top = [{"format": one.format, **one.extra} for one in (base, ours, theirs)]
    file, names = _merge_fields(*top)
    clashes += [Clash(Conflict("file", None, name), tuple(name in side for side in top)) for name in names]
    registry = Registry(**merged, format=file.pop("format"), extra=file)
    from_merged = tuple({(kind, new): old for (kind, old), new in renames.items()} for renames in ids.to_merged)
    return Combined(registry, tuple(clashes), ids.to_merged, from_merged, ids.references)


class _Ids:
    """The ids of all three versions, led to those of the merged registry: a rename takes the other side along."""

    def __init__(self, base: Registry, ours: Registry, theirs: Registry) -> None:
        mine, other = _renames(base, ours), _renames(base, theirs)
        taken = _taken(ours, other, mine) | _taken(theirs, mine, other)
        both = {key for key in mine.keys() & other.keys() if not {(key[0], mine[key]), (key[0], other[key])} & taken}
        kept = {key: new for key, new in mine.items() if (key[0], new) not in taken}
        to_make = {key: new for key, new in other.items() if key not in mine and (key[0], new) not in taken}
        leading = {(kind, other[kind, old]): mine[kind, old] for kind, old in both}
        self.references = (to_make | kept, to_make | {key: mine[key] for key in both}, kept | leading)
        self.to_merged = tuple(map(_held, (to_make | kept, to_make, kept | leading), (base, ours, theirs)))
        self.two_records = taken | {(key[0], mine[key]) for key in both if mine[key] != other[key]}
        """Ids that are no longer those of one and the same record on both sides."""
        self.renamed = {(kind, self.to_merged[0].get((kind, old), old)) for kind, old in mine.keys() | other.keys()}
        """The merged ids of what was renamed."""

    def records(self, kind: Kind, side: int, registry: Registry) -> dict[str, Record]:
        """Return the records of the base (0), of ours (1) or of theirs (2), and what they refer to, by merged ids."""
        to_merged, references = self.to_merged[side], self.references[side]
        held = records(registry, kind)
        if not references:
            return held
        led = ((to_merged.get((kind.name, id), id), referring(record, references)) for id, record in held.items())
        return {id: record if record.id == id else replace(record, id=id) for id, record in led}


def referring(record: R, final: Renames) -> R:
    """Return a record with what it refers to by other ids."""
    led = {
        name: final[key]
        for name, field in fields(type(record)).items()
        if field.form in KIND and (key := (cast(KindName, field.form), getattr(record, name))) in final
    }
    return replace(record, **led) if led else record


def _is_alike(one: Record | None, other: Record | None) -> bool:
    """Whether two records are certainly the same; equality alone takes 1, 1.0 and true for one in unknown keys."""
    return one is not None and other is not None and one == other and not (one.extra or other.extra)


def _renames(base: Registry, side: Registry) -> Renames:
    return {(one.kind, one.old): one.new for one in compare(base, side) if one.action == "renamed"}


def _held(renames: Renames, side: Registry) -> Renames:
    return {(kind, old): new for (kind, old), new in renames.items() if old in records(side, KIND[kind])}


def _taken(side: Registry, renames: Renames, own: Renames) -> set[tuple[KindName, str]]:
    """Return the ids that the other side's renames give to a record, and this side has given to another."""
    held = {kind.name: records(side, kind) for kind in KINDS}
    return {(kind, new) for (kind, old), new in renames.items() if new in held[kind] and own.get((kind, old)) != new}


def _clash(kind: Kind, id: str, field: str | None, sides: Sequence[Values | None]) -> Clash:
    has = tuple(side is not None and (field is None or field in side) for side in sides)
    return Clash(Conflict(kind.name, id if kind.keyed else None, field), has)


def _merge_record(
    kind: Kind, id: str, ids: _Ids, sides: Sequence[Values | None]
) -> tuple[Values | None, Sequence[str | None]]:
    """Return a merged record, None where it goes, and the fields in conflict; a None among them is the whole record."""
    base, ours, theirs = sides
    if ours is not None and theirs is not None:
        if (kind.name, id) in ids.two_records:
            return ours, [None]
        return _merge_fields(base or {}, ours, theirs)
    left = ours if ours is not None else theirs
    if base is None or left is None:
        return left, []
    if (kind.name, id) in ids.renamed or not same(base, left):
        return left, [None]
    return None, []


def _record(kind: Kind, id: str, values: Values) -> Record:
    """Return a record of TOML values."""
    types = {name: field.type for name, field in fields(kind.struct).items()}
    known: Values = {
        name: PartialDate(value) if types[name] == "partial-date" else value
        for name, value in values.items()
        if name in types
    }
    extra = {name: value for name, value in values.items() if name not in types}
    return with_values(kind.struct(id=id, extra=extra), known)


def _merge_fields(base: Values, ours: Values, theirs: Values) -> tuple[Values, list[str]]:
    """Return the merged fields of a record, and the names of those in conflict."""
    merged, conflicts = {}, []
    for name in dict.fromkeys([*ours, *theirs]):
        value, is_conflict = _merge_value(base.get(name), ours.get(name), theirs.get(name))
        if is_conflict:
            conflicts.append(name)
        if value is not None:
            merged[name] = value
    return merged, conflicts


def _merge_value(base: Any, ours: Any, theirs: Any) -> tuple[Any, bool]:
    """Return the merged value, and whether there is a conflict; None is an absent value."""
    if same(ours, theirs) or same(base, theirs):
        return ours, False
    if same(base, ours):
        return theirs, False
    if all(value is None or _is_list(value) for value in (base, ours, theirs)):
        merged = _merge_list(base or [], ours or [], theirs or [])
        return merged or (None if ours is None or theirs is None else []), False
    before = {} if base is None else base
    if all(isinstance(value, dict) for value in (before, ours, theirs)):
        table, conflicts = _merge_fields(before, ours, theirs)
        return (ours, True) if conflicts else (table, False)
    return ours if ours is not None else theirs, True


def _merge_list(base: list[str], ours: list[str], theirs: list[str]) -> list[str]:
    """Return ours without what theirs took away, and behind it what theirs added; what both did counts once."""
    before, mine, other = Counter(base), Counter(ours), Counter(theirs)
    gone, come = (before - other) - (before - mine), (other - before) - (mine - before)
    return [*reversed(list(_split(reversed(ours), gone)[0])), *reversed(_split(reversed(theirs), come)[1])]


def _split(items: Iterable[str], wanted: Counter[str]) -> tuple[list[str], list[str]]:
    """Return the items that are not wanted, and those that are; of each the first so many."""
    others, found = [], []
    for item in items:
        if wanted[item] > 0:
            wanted[item] -= 1
            found.append(item)
        else:
            others.append(item)
    return others, found


def _is_list(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def renamed(registry: Registry, renames: Renames) -> Registry:
    """Return a registry with records renamed, and what refers to them left as it is."""
    for (kind, old), new in renames.items():
        held = dict(records(registry, KIND[kind]))
        held[new] = replace(held.pop(old), id=new)
        registry = replace(registry, **{KIND[kind].table: held})
    return registry


def following(text: str, registry: Registry, references: Renames) -> str:
    """Return theirs with its references led to the ids that ours gave."""
    led = registry
    for kind in KINDS if references else ():
        if kind.keyed:
            held = {id: referring(record, references) for id, record in records(registry, kind).items()}
            led = replace(led, **{kind.table: held})
    led = replace(led, cluster=referring(registry.cluster, references))
    found = compare(registry, led)
    return apply(text, found, led).text if found else text
