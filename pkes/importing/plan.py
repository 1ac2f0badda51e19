"""What an import would make of a registry: the registry with its records, and the rows that cannot be taken."""

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple, TypeAlias

from msgspec.structs import replace

from pkes.checks import run
from pkes.checks.findings import Finding
from pkes.formats.rows import Row
from pkes.importing.columns import Columns
from pkes.importing.matching import match
from pkes.importing.rows import BadRow, Entry, RowFault, RowPlace, read_rows, reader, text_of
from pkes.model.names import member_id
from pkes.model.records import Inquiry, Kind, Member, Record, Registry, fields, records
from pkes.registry import inquiries, near_misses
from pkes.registry.changes import compare
from pkes.registry.near_misses import NearMiss

DEFAULTS: Mapping[str, Mapping[str, str]] = {
    "member": {},
    "inquiry": {"channel": "email", "topic": "join", "status": "new"},
}
"""What a new record has where its row says nothing, by kind: of an inquiry what `inquiry add` gives it."""

_MOST_A_DAY = len(inquiries.ALPHABET) ** 3 // 2
"""The most inquiries of one day: with more, drawing a free id would take ever longer."""


def new(kind: Kind, entry: Entry, id: str | None) -> tuple[Record, list[RowFault]]:
    """Return the new record that a row makes, and what is wrong with the row; without an id its id is ""."""
    return kind.struct(id=id or "", **{**DEFAULTS[kind.name], **entry.values}), list(entry.faults)


def changed(record: Record, entry: Entry) -> tuple[Record, list[RowFault]]:
    """Return a record with the values of a row, and what is wrong with the row.

    A cell that is written as the record's own value is, right or wrong, says nothing new. What only a command may set
    cannot be changed.
    """
    known = fields(type(record))
    values: dict[str, Any] = {}
    same = {name for name, text in entry.texts.items() if name in known and text == text_of(getattr(record, name))}
    faults = [fault for fault in entry.faults if fault.field not in same]
    for name, value in entry.values.items():
        if name in same or value == getattr(record, name):
            continue
        if known[name].by_command:
            faults.append(RowFault("by-command", name))
        else:
            values[name] = value
    return replace(record, **values) if values else record, faults


def without_id(record: Record) -> RowFault:
    """Return why a new record could not be given an id."""
    return RowFault("required", "name") if isinstance(record, Member) and not record.name else RowFault("no-id")


class Ids:
    """The ids that records of a kind have, and those that new ones are given."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = dict.fromkeys(taken)
        self._numbers: Counter[str] = Counter()
        self._days = Counter(id[: len("YYYY-MM-DD")] for id in self._taken)

    def give(self, record: Record, before: str | None) -> str | None:
        """Return an id that no other record has, None where there is none for it.

        A member's is made of its name, with a number behind it where that is taken. That of an inquiry is the one it
        had `before`, where that is free, or is drawn.
        """
        id = None
        if isinstance(record, Member):
            id = self._made(member_id(record.name or ""))
        elif isinstance(record, Inquiry) and record.received:
            id = before if before and before not in self._taken else self._drawn(record.received)
        if id:
            self._taken[id] = None
        return id

    def _made(self, stem: str) -> str | None:
        id = stem
        while id and id in self._taken:
            # Counted on from the last one: there may be thousands.
            self._numbers[stem] += 1
            id = f"{stem}-{self._numbers[stem] + 1}"
        return id or None

    def _drawn(self, received: datetime.date) -> str | None:
        day = str(received)
        if self._days[day] >= _MOST_A_DAY:
            return None
        self._days[day] += 1
        return inquiries.draw_id(received, self._taken)


class Table(NamedTuple):
    """A table to be imported: the kind of its records, its columns and its rows."""

    kind: Kind
    columns: Columns
    rows: Sequence[Row]


class Plan(NamedTuple):
    """What an import would do: `registry` has the records of all rows but the `bad` ones.

    Of the other rows: `new` holds the ids of new records by the number of their row. `found` holds the place of each
    row whose id is not on record, and the id of the record that was found for it. `lost` are the places of rows of
    which characters that are not text were left out. `near` holds the place of each row with a near miss, and that.
    `findings` are those that the registry would have more.
    """

    registry: Registry
    bad: tuple[BadRow, ...]
    new: Mapping[int, str]
    found: tuple[tuple[RowPlace, str], ...]
    lost: tuple[RowPlace, ...]
    near: tuple[tuple[RowPlace, NearMiss], ...]
    findings: Sequence[Finding]


Records: TypeAlias = dict[int, Record]
"""Records as they are to be, by the number of their row."""
Faults: TypeAlias = dict[int, list[RowFault]]
"""What is wrong with rows, by their number."""


def nothing() -> None:
    """Do nothing where a row has been read."""


def plan(
    registry: Registry,
    table: Table,
    today: datetime.date,
    drawn: Mapping[int, str] = MappingProxyType({}),
    advance: Callable[[], object] = nothing,
) -> Plan:
    """Return what an import would make of a registry on a day.

    New inquiries are given the ids that were `drawn` for an earlier plan: its `new`. `advance` is called for each row.
    """
    kind, columns, rows = table
    held = records(registry, kind)
    entries = list(read_rows(kind, columns, rows, reader(registry), advance))
    made, faults = _made(kind, held, entries, drawn)
    findings = _refuse_errors(registry, kind, made, faults, today)
    good = [(entries[number], record) for number, record in made.items()]
    after = _with(registry, kind, made)
    places = {record.id: entry.place for entry, record in good}
    return Plan(
        registry=after,
        bad=tuple(_bad_row(columns, entries[number], faults[number]) for number in sorted(faults)),
        new={number: record.id for number, record in made.items() if record.id not in held},
        found=tuple((entry.place, record.id) for entry, record in good if entry.id not in (None, record.id)),
        lost=tuple(entry.place for entry, _ in good if entry.lost),
        near=tuple((places[miss.record.id], miss) for miss in near_misses.added(registry, after)),
        findings=findings,
    )


def _made(
    kind: Kind, held: Mapping[str, Record], entries: Sequence[Entry], drawn: Mapping[int, str]
) -> tuple[Records, Faults]:
    """Return the record that each row makes, and what is wrong with the others."""
    made: Records = {}
    faults: Faults = {}
    ids = Ids({*held, *(entry.id for entry in entries if entry.id is not None)})
    for number, (entry, found) in enumerate(zip(entries, match(kind, held, entries), strict=True)):
        known = held.get(found.id) if found.id is not None else None
        record, wrong = changed(known, entry) if known else new(kind, entry, found.id)
        wrong += found.faults
        if not wrong and found.id is None:
            id = ids.give(record, drawn.get(number))
            record, wrong = replace(record, id=id or ""), [] if id else [without_id(record)]
        if wrong:
            faults[number] = wrong
        else:
            made[number] = record
    return made, faults


def _refuse_errors(
    registry: Registry, kind: Kind, made: Records, faults: Faults, today: datetime.date
) -> Sequence[Finding]:
    """Take the rows out that would add an error to the registry, say why, and return the findings of the others.

    What one row takes back may be what another one needs: it ends when none is left to take out.
    """
    while True:
        after = _with(registry, kind, made)
        by_id = {record.id: number for number, record in made.items()}
        findings = run.added(registry, after, compare(registry, after), today)
        for finding in findings:
            if finding.severity == "error" and finding.kind == kind.name and finding.id in by_id:
                number = by_id[finding.id]
                faults.setdefault(number, []).append(RowFault(finding.code, finding.field, finding.detail))
                made.pop(number, None)
        if len(made) == len(by_id):
            return findings


def _with(registry: Registry, kind: Kind, made: Records) -> Registry:
    held = records(registry, kind) | {record.id: record for record in made.values()}
    return replace(registry, **{kind.table: held})


def _bad_row(columns: Columns, entry: Entry, faults: Sequence[RowFault]) -> BadRow:
    return BadRow(entry.place, tuple((columns.header(fault.field) or fault.field, fault) for fault in faults))
