"""Rows of one table that mean the same record: nobody knows which of them is right."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from pkes.importing import marks
from pkes.importing.entries import Entry
from pkes.importing.marks import Mark
from pkes.model.records import Kind, Record


class Claim(NamedTuple):
    """What a row means: the id of a record, None for a new one that has none yet, and the ids it could mean."""

    id: str | None
    fits: Sequence[str] = ()


def rivals(
    kind: Kind, records: Mapping[str, Record], entries: Sequence[Entry], claims: Sequence[Claim]
) -> list[int | None]:
    """Return for each row the number of another one that means the same record, None where there is none.

    They are the same by an id, and by a mark of what they will have become, where the next import would find one row by
    it in the record of the other: a row without an id is found by any mark, one whose id is not on record by a number,
    unless it has become a record of that id.
    """
    is_nameless = [entry.id is None for entry in entries]
    is_strange = [entry.id is not None and entry.id not in records for entry in entries]
    is_found = [strange and claim.id in records for strange, claim in zip(is_strange, claims, strict=True)]
    others: list[int | None] = [None] * len(entries)
    for key, rows in _by_key(kind, records, entries, claims).items():
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
    kind: Kind, records: Mapping[str, Record], entries: Sequence[Entry], claims: Sequence[Claim]
) -> Mapping[Mark, Sequence[int]]:
    found: dict[Mark, list[int]] = defaultdict(list)
    for number, (entry, claim) in enumerate(zip(entries, claims, strict=True)):
        for key in dict.fromkeys(_keys(kind, records, entry, claim)):
            found[key].append(number)
    return found


def _keys(kind: Kind, records: Mapping[str, Record], entry: Entry, claim: Claim) -> Iterator[Mark]:
    """Yield what the record of a row is known by, and will be: ids and marks."""
    yield from (("id", id) for id in (entry.id, claim.id, *claim.fits) if id is not None)
    yield from marks.of_record(kind, records.get(claim.id or ""), entry.values)
