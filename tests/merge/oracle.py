"""What a three-way merge must say, told a second time: from the rules alone, on plain data, without the package.

All three versions are brought into one space of ids: each record stands under its final id, and references follow the
other side's renames. Then records and fields are merged plainly.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

KEYED = {"sector": "sectors", "member": "members", "inquiry": "inquiries"}
SINGLE = ("cluster", "policy")
REFERENCES = {
    ("cluster", "coordinator"): "member",
    ("member", "sector"): "sector",
    ("member", "inquiry"): "inquiry",
    ("inquiry", "sector"): "sector",
    ("inquiry", "member"): "member",
}
MARKS = ("name", "nip", "krs")

Key = tuple[str, str | None]
"""A record's kind and id; of the file, the cluster and the policy the id is None."""
Records = dict[Key, dict[str, Any]]
Conflict = tuple[str, str | None, str | None]
"""Kind, id and field; the field is None where the whole record is in conflict."""
CLASH = object()


class Expected(NamedTuple):
    """What the merge must be: with ours' value at every conflict, with theirs' value, and the conflicts.

    Two records that came to one id are a conflict of that id; what stands in `unsure` records then, no rule says. Nor
    does one say which of two equal items of a list goes: the order of those `in_any_order` is open.
    """

    ours: Records
    theirs: Records
    conflicts: set[Conflict]
    unsure: set[Key]
    in_any_order: set[tuple[Key, str]]


class Side(NamedTuple):
    """A version in the common space of ids: its records by final id, and by final id whence each comes.

    A record comes from one of the base or not, and had an id there or here.
    """

    records: Records
    origins: dict[Key, set[tuple[bool, Key]]]


def expect(base: dict[str, Any], ours: dict[str, Any], theirs: dict[str, Any]) -> Expected:
    """Return what the merge of three registries, as tomllib reads them, must be."""
    versions = [flatten(data) for data in (base, ours, theirs)]
    renamed = [renames(versions[0], side) for side in versions[1:]]
    sides = [_moved(side, version, versions[0], renamed) for side, version in enumerate(versions)]
    expected = Expected({}, {}, set(), set(), set())
    for key in dict.fromkeys(key for side in sides for key in side.records):
        if len(set().union(*(side.origins.get(key, ()) for side in sides))) > 1:
            _collide(key, sides, renamed, expected)
        else:
            _merge_record(key, [side.records.get(key) for side in sides], renamed, expected)
    _watch_new_ids(renamed, sides, expected)
    return expected


def flatten(data: dict[str, Any]) -> Records:
    """Return the records of a registry by kind and id; what stands outside of them is the file's own."""
    tables = {*SINGLE, *KEYED.values()}
    found: Records = {("file", None): {key: value for key, value in data.items() if key not in tables}}
    found |= {(kind, None): data.get(kind, {}) for kind in SINGLE}
    for kind, table in KEYED.items():
        found |= {(kind, id): record for id, record in data.get(table, {}).items()}
    return found


def frozen(value: Any) -> str:
    """Return a value as a text that only the same value has: type and digits count, the order of keys does not."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key!r}: {frozen(value[key])}" for key in sorted(value)) + "}"
    return "[" + ", ".join(map(frozen, value)) + "]" if isinstance(value, list) else repr(value)


def same(one: Any, other: Any) -> bool:
    """Whether two values, None for an absent one, are the same."""
    return frozen(one) == frozen(other)


def renames(base: Records, side: Records) -> dict[Key, str]:
    """Return the new ids of one side by kind and old id: pairs of one gone and one come that know only each other."""
    found: dict[Key, str] = {}
    for kind in KEYED:
        gone = [key for key in base if key[0] == kind and key not in side]
        come = [key for key in side if key[0] == kind and key not in base]
        news = {old: [new for new in come if _akin(kind, base[old], side[new])] for old in gone}
        olds = Counter(new for known in news.values() for new in known)
        found |= {old: str(new[0][1]) for old, new in news.items() if len(new) == 1 and olds[new[0]] == 1}
    return found


def _akin(kind: str, old: dict[str, Any], new: dict[str, Any]) -> bool:
    one, other = ({key: held for key, held in record.items() if held not in ("", [])} for record in (old, new))
    if kind == "member":
        return any(mark in one and mark in other and same(one[mark], other[mark]) for mark in MARKS)
    if kind == "sector":
        return all(label in one and label in other and same(one[label], other[label]) for label in ("pl", "en"))
    return bool(one) and same(one, other)


def _moved(side: int, version: Records, base: Records, renamed: list[dict[Key, str]]) -> Side:
    """Return a version (0: base, 1: ours, 2: theirs) under final ids."""
    ours, theirs = renamed
    final = {**theirs, **ours}
    own = renamed[side - 1] if side else {}
    came_from = {(kind, new): (kind, old) for (kind, old), new in own.items()}
    records: Records = {}
    origins: dict[Key, set[tuple[bool, Key]]] = defaultdict(set)
    for key, record in version.items():
        source = came_from.get(key, key)
        known = source in base
        target = (key[0], final.get(source, source[1])) if known else key
        records[target] = _following(key[0], record, _references(side, renamed))
        origins[target].add((known, source))
    return Side(records, origins)


def _references(side: int, renamed: list[dict[Key, str]]) -> dict[Key, str]:
    """Return where the references of a version lead: after the other side's renames, and to ours where both renamed."""
    ours, theirs = renamed
    final = {**theirs, **ours}
    if side == 0:
        return final
    if side == 1:
        return {old: final[old] for old in theirs}
    return ours | {(old[0], theirs[old]): new for old, new in ours.items() if old in theirs}


def _following(kind: str, record: dict[str, Any], lead: dict[Key, str]) -> dict[str, Any]:
    moved = dict(record)
    for (of, field), target in REFERENCES.items():
        if of == kind and isinstance(record.get(field), str):
            moved[field] = lead.get((target, record[field]), record[field])
    return moved


def _collide(key: Key, sides: list[Side], renamed: list[dict[Key, str]], expected: Expected) -> None:
    """Two records came to one id: that is all there is to be said, of them and of all the ids they have had."""
    expected.conflicts.add((*key, None))
    sources = {source for side in sides for _, source in side.origins.get(key, ())}
    targets = {(key[0], side[source]) for side in renamed for source in sources if source in side}
    expected.unsure.update({key}, sources, targets)


def _watch_new_ids(renamed: list[dict[Key, str]], sides: list[Side], expected: Expected) -> None:
    """Where both sides renamed a record and theirs' id is another's here, no rule says what theirs' side then holds."""
    ours, theirs = renamed
    for key, new in theirs.items():
        if key in ours and ours[key] != new and any((key[0], new) in side.records for side in sides):
            expected.unsure.update({key, (key[0], new), (key[0], ours[key])})


def _merge_record(key: Key, three: list[Any], renamed: list[dict[Key, str]], expected: Expected) -> None:
    base, ours, theirs = three
    by_ours, by_theirs = ({(kind, new): (kind, old) for (kind, old), new in side.items()} for side in renamed)
    old = by_ours.get(key) or by_theirs.get(key)
    if old in renamed[0] and key not in by_ours:
        old = None  # ours' id is another: here is a record of its own
    new = [side.get(old) if old else None for side in renamed]
    if all(new) and new[0] != new[1]:
        _take(key, ours, expected.ours)
        _take((key[0], new[1]), theirs, expected.theirs)
        expected.conflicts.add((*key, None))
    elif base is not None and (ours is None or theirs is None):
        left = theirs if ours is None else ours
        if left is not None and (any(new) or not same(left, base)):
            _take(key, ours, expected.ours)
            _take(key, theirs, expected.theirs)
            expected.conflicts.add((*key, None))
    elif ours is None or theirs is None:
        for side in (expected.ours, expected.theirs):
            _take(key, ours or theirs or {}, side)
    else:
        _merge_fields(key, base or {}, ours, theirs, expected)


def _take(key: Key, record: dict[str, Any] | None, side: Records) -> None:
    if record is not None:
        side[key] = record


def _merge_fields(key: Key, base: dict[str, Any], ours: dict[str, Any], theirs: dict[str, Any], to: Expected) -> None:
    to.ours[key], to.theirs[key] = {}, {}
    for field in dict.fromkeys([*base, *ours, *theirs]):
        merged = merge_value(base.get(field), ours.get(field), theirs.get(field))
        if merged is CLASH:
            to.conflicts.add((*key, field))
        elif is_list(merged) and any(_repeats(side.get(field)) for side in (base, ours, theirs)):
            to.in_any_order.add((key, field))
        for side, own in ((to.ours, ours), (to.theirs, theirs)):
            value = own.get(field) if merged is CLASH else merged
            if value is not None:
                side[key][field] = value


def merge_value(base: Any, ours: Any, theirs: Any) -> Any:
    """Return the merge of a field's values, None for an absent one, or CLASH."""
    if same(base, theirs) or same(ours, theirs):
        return ours
    if same(base, ours):
        return theirs
    held = [value for value in (base, ours, theirs) if value is not None]
    if all(is_list(value) for value in held):
        return _merge_lists(base or [], ours, theirs)
    if isinstance(ours, dict) and isinstance(theirs, dict) and (base is None or isinstance(base, dict)):
        return _merge_tables(base or {}, ours, theirs)
    return CLASH


def is_list(value: Any) -> bool:
    """Whether a value is an array of strings."""
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _repeats(value: Any) -> bool:
    return is_list(value) and len(set(value)) < len(value)


def _merge_lists(base: list[str], ours: list[str] | None, theirs: list[str] | None) -> list[str] | None:
    was, here, there = (Counter(items or []) for items in (base, ours, theirs))
    change = {item: merge_count(was[item], here[item], there[item]) - here[item] for item in was | here | there}
    result = list(ours or [])
    for item, count in change.items():
        for _ in range(-count):
            result.remove(item)
    result += _last(theirs or [], change)
    return None if not result and (ours is None or theirs is None) else result


def merge_count(base: int, ours: int, theirs: int) -> int:
    """Return how often a thing is there that was, is here and is there so often; the same on both sides is one."""
    here, there = ours - base, theirs - base
    if here * there < 0:
        return base + here + there
    return base + (max(here, there) if max(here, there) > 0 else min(here, there))


def _last(items: Iterable[str], wanted: dict[str, int]) -> list[str]:
    """Return the last so many of each item in their order."""
    left, found = dict(wanted), []
    for item in reversed(list(items)):
        if left[item] > 0:
            left[item] -= 1
            found.append(item)
    return found[::-1]


def _merge_tables(base: dict[str, Any], ours: dict[str, Any], theirs: dict[str, Any]) -> Any:
    merged = {key: merge_value(base.get(key), ours.get(key), theirs.get(key)) for key in [*base, *ours, *theirs]}
    if any(value is CLASH for value in merged.values()):
        return CLASH
    return {key: value for key, value in merged.items() if value is not None}
