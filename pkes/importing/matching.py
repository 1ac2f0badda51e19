"""Which record a row refers to: an existing one, or a new one.

A row with an id refers to the record with that id. If there is none, it refers to the record with the same numbers
(unless another row names that one), or else to a new record. A row without an id refers to the record that has one of
its keys, or to a new one; by its bare name only to a member that may be the same organisation. No two rows may refer to
the same record.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from functools import cache
from itertools import chain, islice
from typing import Any, NamedTuple, TypeAlias

from pkes.importing.identity import FIELDS, Identity, identity, is_correction, may_be_same
from pkes.importing.rows import Entry, RowFault
from pkes.model.names import bare_name
from pkes.model.records import Kind, Member, Record, is_id
from pkes.model.spelling import CANONICAL
from pkes.text.characters import strip

Key: TypeAlias = tuple[Any, ...]
"""The name of a field, and what is found by it."""

_FIELDS = {"member": FIELDS, "inquiry": ("received", "email", "phone")}
_NUMBERS = ("nip", "krs")
_MOST = 10
"""So many records of one key are enough to be too many."""


def of_values(kind: Kind, values: Mapping[str, Any]) -> list[Key]:
    """Return the keys of a record with these values; numbers and addresses are in canonical spelling."""
    if kind.name == "member":
        keys: list[Key] = [(name, values[name]) for name in _NUMBERS if values.get(name)]
        if name := bare_name(values.get("name") or ""):
            keys.append(("name", name))
        return keys
    if not (received := values.get("received")):
        return []
    return [(name, received, values[name].casefold()) for name in ("email", "phone") if values.get(name)]


def to_set(record: Record, entry: Entry) -> Mapping[str, Any]:
    """Return the values that a row sets in its record: all but a name that is no correction."""
    held, name = getattr(record, "name", None), entry.values.get("name")
    if entry.id is not None or name == held or not (isinstance(record, Member) and held and name):
        return entry.values
    has_number = any(entry.values.get(field) for field in _NUMBERS)
    if is_correction(name, held, has_number=has_number):
        return entry.values
    return {field: value for field, value in entry.values.items() if field != "name"}


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
                # Of those of one name, some may be other organisations.
                if key in wanted and (key[0] == "name" or len(found[key]) < _MOST):
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
    who = cache(lambda id: identity(_values(records[id], FIELDS)))
    named = {entry.id for entry in entries}
    found = [_fits(entry, own, known, who) for entry, own in zip(entries, wanted, strict=True)]
    claims = [_claim(entry, fits, named) for entry, fits in zip(entries, found, strict=True)]
    matches = []
    others = duplicates(kind, records, entries, claims)
    for entry, own, claim, other in zip(entries, keys, claims, others, strict=True):
        faults = [*_faults(kind, entry, own, claim, records)]
        if other is not None:
            faults.append(RowFault("same-row", detail={"place": entries[other].place, "kind": kind.name}))
        matches.append(RowMatch(claim.id, faults))
    return matches


def _looked_for(entry: Entry, keys: Sequence[Key], records: Mapping[str, Record]) -> Sequence[Key]:
    """Return the keys by which a row may be matched to a record."""
    if entry.id in records:
        return []
    return [key for key in keys if entry.id is None or key[0] != "name"]


def _fits(
    entry: Entry, keys: Sequence[Key], known: Mapping[Key, Sequence[str]], who: Callable[[str], Identity]
) -> Sequence[str]:
    """Return the ids of the records that a row may refer to by its keys, up to a maximum for each."""
    own = cache(lambda: identity(entry.values))
    fits: dict[str, None] = {}
    for key in keys:
        held = known.get(key, ())
        same = (id for id in held if key[0] != "name" or may_be_same(own(), who(id)))
        fits.update(dict.fromkeys(islice(same, _MOST)))
    return tuple(fits)


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
    after = [_after(kind, records, entry, claim) for entry, claim in zip(entries, claims, strict=True)]
    others: list[int | None] = [None] * len(entries)
    for key, rows in _by_key(kind, entries, claims, after).items():
        if len(rows) == 1:
            continue
        if key[0] == "name":
            namesakes = {number: _Namesake.of(entries[number], after[number]) for number in rows}
            for number, other in _alike(namesakes):
                others[number] = other if others[number] is None else others[number]
            continue
        if key[0] == "id" or any(is_nameless[number] for number in rows):
            same = rows
        elif any(is_found[number] for number in rows):
            same = [number for number in rows if is_strange[number]]
        else:
            continue
        if len(same) > 1:
            for number in same:
                others[number] = same[1] if number == same[0] else same[0]
    return others


class _Namesake(NamedTuple):
    """A row of a name: who it says that it is, None if it cannot be matched by that, and who its record will be."""

    said: Identity | None
    nip: str | None
    record: Identity

    @classmethod
    def of(cls, entry: Entry, after: Mapping[str, Any]) -> "_Namesake":
        can_match = entry.id is None and entry.values.get("name")
        return cls(identity(entry.values) if can_match else None, entry.values.get("nip"), identity(after))

    def may_mean(self, other: "_Namesake") -> bool:
        """Return whether the next import could match this row to the record of the other one."""
        return self.said is not None and may_be_same(self.said, other.record)


def _alike(rows: Mapping[int, _Namesake]) -> Iterator[tuple[int, int]]:
    """Yield each of the rows of one bare name with another one that may be of the same record, if there is one."""
    if all(own.said is None for own in rows.values()):
        return
    # Rows that say the same are compared once, and rows with a NIP only with those that may have the same: a file may
    # have thousands of rows of one name.
    numbers: dict[_Namesake, list[int]] = defaultdict(list)
    by_nip: dict[str | None, list[_Namesake]] = defaultdict(list)
    for number, own in rows.items():
        numbers[own].append(number)
    for own in numbers:
        by_nip[own.nip].append(own)
    for own, same in numbers.items():
        near = numbers if own.nip is None else chain(by_nip[own.nip], by_nip[None])
        fitting = (one for one in near if own.may_mean(one) or one.may_mean(own))
        found = list(islice((number for one in fitting for number in numbers[one]), 2))
        for number in same:
            if others := [other for other in found if other != number]:
                yield number, others[0]


def _after(kind: Kind, records: Mapping[str, Record], entry: Entry, claim: Claim) -> Mapping[str, Any]:
    """Return the values of the fields that keys are made of, as the record of a row will have them."""
    record = None if claim.id is None else records.get(claim.id)
    return {**_values(record, _FIELDS[kind.name]), **to_set(record, entry)} if record else entry.values


def _by_key(
    kind: Kind, entries: Sequence[Entry], claims: Sequence[Claim], after: Sequence[Mapping[str, Any]]
) -> Mapping[Key, Sequence[int]]:
    """Return the numbers of the rows by every id and key that their records have now or will have."""
    found: dict[Key, list[int]] = defaultdict(list)
    for number, (entry, claim, values) in enumerate(zip(entries, claims, after, strict=True)):
        ids = [("id", id) for id in (entry.id, claim.id, *claim.fits) if id is not None]
        for key in dict.fromkeys([*ids, *of_values(kind, values)]):
            found[key].append(number)
    return found
