"""Which record a row means: one on record, or a new one.

A row with an id means that record; where there is none, the one that its numbers find and no other row names, or else a
new one. A row without an id means the one that it is found by, or a new one. No two rows may mean one record.
"""

from collections.abc import Mapping, Sequence, Set
from typing import NamedTuple

from pkes.importing import marks
from pkes.importing.entries import Entry, Fault
from pkes.importing.marks import Mark
from pkes.importing.rivals import Claim, rivals
from pkes.model.records import ID, Kind, Record


class Match(NamedTuple):
    """The id of the record that a row means, None for a new one that has none yet, or why it means none."""

    id: str | None
    faults: Sequence[Fault]


def match(kind: Kind, records: Mapping[str, Record], entries: Sequence[Entry]) -> list[Match]:
    """Return the record of a kind that each row means, among those on record and new ones."""
    wanted = [_looked_for(kind, entry, records) for entry in entries]
    ids = marks.ids(kind, records, {mark for own in wanted for mark in own})
    named = {entry.id for entry in entries}
    found = [tuple(dict.fromkeys(id for mark in own for id in ids.get(mark, ()))) for own in wanted]
    claims = [_claim(entry, fits, named) for entry, fits in zip(entries, found, strict=True)]
    matches = []
    for entry, claim, other in zip(entries, claims, rivals(kind, records, entries, claims), strict=True):
        faults = [*_faults(kind, entry, claim, records)]
        if other is not None:
            faults.append(Fault("same-row", detail={"place": entries[other].place}))
        matches.append(Match(claim.id, faults))
    return matches


def _looked_for(kind: Kind, entry: Entry, records: Mapping[str, Record]) -> Sequence[Mark]:
    """Return the marks that a row may be found by."""
    if entry.id in records:
        return []
    return [mark for mark in marks.of_values(kind, entry.values) if entry.id is None or mark[0] != "name"]


def _claim(entry: Entry, fits: Sequence[str], named: Set[str | None]) -> Claim:
    if entry.id is None:
        return Claim(fits[0] if len(fits) == 1 else None, fits)
    free = [id for id in fits if id not in named]
    return Claim(free[0] if len(free) == 1 else entry.id, free)


def _faults(kind: Kind, entry: Entry, claim: Claim, records: Mapping[str, Record]) -> Sequence[Fault]:
    """Return why a row means no record."""
    if entry.id is not None:
        return [] if entry.id in records or ID.fullmatch(entry.id) else [Fault("id", "id")]
    if len(claim.fits) > 1:
        return [Fault("several", detail={"ids": tuple(claim.fits)})]
    # Where there is nothing to find it by, another fault of the row may be the reason.
    if entry.faults or marks.of_values(kind, entry.values):
        return []
    return [Fault("no-mark", detail={"kind": kind.name})]
