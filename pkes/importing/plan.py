"""The result of an import: the registry with its records, and the rows that cannot be imported."""

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
from pkes.importing.matching import match, to_set
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
    """Return the new record from a row, and the row's faults; without an id, the record's id is ""."""
    return kind.struct(id=id or "", **{**DEFAULTS[kind.name], **entry.values}), list(entry.faults)


def changed(record: Record, entry: Entry) -> tuple[Record, list[RowFault]]:
    """Return a record with the values of a row, and the row's faults.

    A cell equal to the record's own value, right or wrong, changes nothing. A field that only a command may set cannot
    be changed.
    """
    known = fields(type(record))
    values: dict[str, Any] = {}
    same = {name for name, text in entry.texts.items() if name in known and text == text_of(getattr(record, name))}
    faults = [fault for fault in entry.faults if fault.field not in same]
    for name, value in to_set(record, entry).items():
        if name in same or value == getattr(record, name):
            continue
        if known[name].by_command:
            faults.append(RowFault("by-command", name))
        else:
            values[name] = value
    return replace(record, **values) if values else record, faults


def without_id(record: Record) -> RowFault:
    """Return the fault of a new record for which no id could be made."""
    return RowFault("required", "name") if isinstance(record, Member) and not record.name else RowFault("no-id")


class Ids:
    """The ids of the existing records of a kind, and those given to new ones."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = dict.fromkeys(taken)
        self._numbers: Counter[str] = Counter()
        self._days = Counter(id[: len("YYYY-MM-DD")] for id in self._taken)

    def give(self, record: Record, before: str | None) -> str | None:
        """Return an id that no other record has, or None if none can be made.

        A member's id is made from its name, with a number appended if that id is taken. An inquiry keeps the id that it
        had `before` if that is free; otherwise a new one is drawn.
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
            # Continue from the last number: there may be thousands of such rows.
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
    """The result of an import: `registry` has the records of all rows except the `bad` ones.

    For the other rows: `new` maps row numbers to the ids of new records. `found` holds the place of each row with an
    unknown id, with the id of the record that it was matched to. `lost` lists the places of rows that lost characters
    that are not text, and `unsplit` those of rows with an address that is left out. `near` holds the place of each row
    with a near miss, with the miss. `findings` are the new findings in the registry.
    """

    registry: Registry
    bad: tuple[BadRow, ...]
    new: Mapping[int, str]
    found: tuple[tuple[RowPlace, str], ...]
    lost: tuple[RowPlace, ...]
    unsplit: tuple[RowPlace, ...]
    near: tuple[tuple[RowPlace, NearMiss], ...]
    findings: Sequence[Finding]


Records: TypeAlias = dict[int, Record]
"""Records as they are to be, by the number of their row."""
Faults: TypeAlias = dict[int, list[RowFault]]
"""What is wrong with rows, by their number."""


def nothing() -> None:
    """Do nothing: the default progress callback."""


def plan(
    registry: Registry,
    table: Table,
    today: datetime.date,
    drawn: Mapping[int, str] = MappingProxyType({}),
    advance: Callable[[], object] = nothing,
) -> Plan:
    """Return the result of importing a table into a registry on a day.

    New inquiries get the ids that were `drawn` for an earlier plan (its `new`). `advance` is called once per row.
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
        unsplit=tuple(entry.place for entry, record in good if entry.is_unsplit and not _has_address(record, entry)),
        near=tuple((places[miss.record.id], miss) for miss in near_misses.added(registry, after)),
        findings=findings,
    )


def _has_address(record: Record, entry: Entry) -> bool:
    """Return whether a record has the address of a row as it is."""
    return entry.texts["street"] == text_of(getattr(record, "street", None))


def _made(
    kind: Kind, held: Mapping[str, Record], entries: Sequence[Entry], drawn: Mapping[int, str]
) -> tuple[Records, Faults]:
    """Return the records made from the good rows, and the faults of the others."""
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
    """Move rows that would add an error to the registry from `made` to `faults`; return the findings of the others.

    A removed row may be one that another row refers to, so this repeats until no row has to be removed.
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
    return BadRow(entry.place, tuple((columns.header(fault.field), fault) for fault in faults))
