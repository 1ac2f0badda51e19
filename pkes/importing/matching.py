"""Which record a row refers to: an existing one, or a new one.

A row with an id refers to the record with that id. If there is none, it refers to the record with the same numbers
(unless another row names that one), or else to a new record. A row without an id refers to the record that has one of
its keys, or to a new one. No two rows may refer to the same record.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from typing import Any, NamedTuple, TypeAlias

from pkes.importing.rows import Entry, RowFault
from pkes.model.names import bare_name
from pkes.model.records import Kind, Record, is_id
from pkes.model.spelling import CANONICAL
from pkes.text.characters import strip

Key: TypeAlias = tuple[Any, ...]
"""The name of a field, and what is found by it."""

_FIELDS = {"member": ("nip", "krs", "name"), "inquiry": ("received", "email", "phone")}
_MOST = 10
"""So many records of one key are enough to be too many."""


def of_values(kind: Kind, values: Mapping[str, Any]) -> list[Key]:
    """Return the keys of a record with these values; numbers and addresses are in canonical spelling."""
    if kind.name == "member":
        keys: list[Key] = [(name, values[name]) for name in ("nip", "krs") if values.get(name)]
        if name := bare_name(values.get("name") or ""):
            keys.append(("name", name))
        return keys
    if not (received := values.get("received")):
        return []
    return [(name, received, values[name].casefold()) for name in ("email", "phone") if values.get(name)]


def of_record(kind: Kind, record: Record | None, values: Mapping[str, Any]) -> list[Key]:
    """Return the keys that a record (None: a new one) has after the given values are set."""
    held = _values(record, _FIELDS[kind.name]) if record else {}
    return of_values(kind, {**held, **values})


def ids(kind: Kind, records: Mapping[str, Record], wanted: Set[Key]) -> Mapping[Key, Sequence[str]]:
    """Return the ids of the existing records that have one of the keys, by key."""
    names = [name for name in _FIELDS[kind.name] if any(key[0] == name for key in wanted)]
    days = {key[1] for key in wanted}
    found: dict[Key, list[str]] = defaultdict(list)
    for id, record in records.items():
        received = getattr(record, "received", None)
        # Parsing phone numbers is slow: skip inquiries of other days.
        if kind.name == "member" or received in days:
            for key in of_values(kind, {**_values(record, names), "received": received}):
                if key in wanted and len(found[key]) < _MOST:
                    found[key].append(id)
    return found


def _values(record: Record, names: Sequence[str]) -> dict[str, Any]:
    return {name: _usual(name, getattr(record, name)) for name in names}


def _usual(name: str, value: Any) -> Any:
    """Return a value in canonical spelling, or unchanged if it has none."""
    if name not in CANONICAL or not value or value.isdigit():
        return value
    return CANONICAL[name](strip(value)) or value


class Claim(NamedTuple):
    """What a row refers to: the id of a record (None for a new one without an id), and all ids that it could mean."""

    id: str | None
    fits: Sequence[str] = ()


class RowMatch(NamedTuple):
    """The id of the record that a row refers to (None for a new one without an id), or why there is none."""

    id: str | None
    faults: Sequence[RowFault]


def match(kind: Kind, records: Mapping[str, Record], entries: Sequence[Entry]) -> list[RowMatch]:
    """Return which record of a kind each row refers to, existing or new."""
    keys = [of_values(kind, entry.values) for entry in entries]
    wanted = [_looked_for(entry, own, records) for entry, own in zip(entries, keys, strict=True)]
    known = ids(kind, records, {key for own in wanted for key in own})
    named = {entry.id for entry in entries}
    found = [tuple(dict.fromkeys(id for key in own for id in known.get(key, ()))) for own in wanted]
    claims = [_claim(entry, fits, named) for entry, fits in zip(entries, found, strict=True)]
    matches = []
    others = duplicates(kind, records, entries, keys, claims)
    for entry, own, claim, other in zip(entries, keys, claims, others, strict=True):
        faults = [*_faults(kind, entry, own, claim, records)]
        if other is not None:
            faults.append(RowFault("same-row", detail={"place": entries[other].place}))
        matches.append(RowMatch(claim.id, faults))
    return matches


def _looked_for(entry: Entry, keys: Sequence[Key], records: Mapping[str, Record]) -> Sequence[Key]:
    """Return the keys by which a row may be matched to a record."""
    if entry.id in records:
        return []
    return [key for key in keys if entry.id is None or key[0] != "name"]


def _claim(entry: Entry, fits: Sequence[str], named: Set[str | None]) -> Claim:
    if entry.id is None:
        return Claim(fits[0] if len(fits) == 1 else None, fits)
    free = [id for id in fits if id not in named]
    return Claim(free[0] if len(free) == 1 else entry.id, free)


def _faults(
    kind: Kind, entry: Entry, keys: Sequence[Key], claim: Claim, records: Mapping[str, Record]
) -> Sequence[RowFault]:
    """Return the faults because of which a row refers to no record."""
    if entry.id is not None:
        return [] if entry.id in records or is_id(entry.id) else [RowFault("id", "id")]
    if len(claim.fits) > 1:
        return [RowFault("several", detail={"ids": tuple(claim.fits)})]
    # If the row has no key, another of its faults may be the reason.
    if entry.faults or keys:
        return []
    return [RowFault("no-key", detail={"kind": kind.name})]


def duplicates(
    kind: Kind,
    records: Mapping[str, Record],
    entries: Sequence[Entry],
    keys: Sequence[Sequence[Key]],
    claims: Sequence[Claim],
) -> list[int | None]:
    """Return for each row the number of another row that refers to the same record, or None.

    Two rows refer to the same record if they have the same id, or if they share a key after the import and the next
    import would match one row to the other's record by that key. A row without an id is matched by any key. A row with
    an unknown id is matched by a number, unless it became a record with that id.
    """
    is_nameless = [entry.id is None for entry in entries]
    is_strange = [entry.id is not None and entry.id not in records for entry in entries]
    is_found = [strange and claim.id in records for strange, claim in zip(is_strange, claims, strict=True)]
    others: list[int | None] = [None] * len(entries)
    for key, rows in _by_key(kind, records, entries, keys, claims).items():
        if key[0] == "id" or any(is_nameless[number] for number in rows):
            same = rows
        elif key[0] != "name" and any(is_found[number] for number in rows):
            same = [number for number in rows if is_strange[number]]
        else:
            continue
        if len(same) > 1:
            for number in same:
                others[number] = same[1] if number == same[0] else same[0]
    return others


def _by_key(
    kind: Kind,
    records: Mapping[str, Record],
    entries: Sequence[Entry],
    keys: Sequence[Sequence[Key]],
    claims: Sequence[Claim],
) -> Mapping[Key, Sequence[int]]:
    """Return the numbers of the rows by every id and key that their records have now or will have."""
    found: dict[Key, list[int]] = defaultdict(list)
    for number, (entry, own, claim) in enumerate(zip(entries, keys, claims, strict=True)):
        record = None if claim.id is None else records.get(claim.id)
        ids = [("id", id) for id in (entry.id, claim.id, *claim.fits) if id is not None]
        for key in dict.fromkeys([*ids, *(of_record(kind, record, entry.values) if record else own)]):
            found[key].append(number)
    return found
