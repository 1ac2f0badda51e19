"""The record that a row makes: one on record with other values, or a new one, and the id that it is given."""

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from msgspec.structs import replace

from pkes.importing.entries import Entry, Fault
from pkes.importing.rows import text_of
from pkes.model.names import member_id
from pkes.model.records import Inquiry, Kind, Member, Record, fields
from pkes.registry import inquiries

DEFAULTS: Mapping[str, Mapping[str, str]] = {
    "member": {},
    "inquiry": {"channel": "email", "topic": "join", "status": "new"},
}
"""What a new record has where its row says nothing, by kind: of an inquiry what `inquiry add` gives it."""

_MOST_A_DAY = len(inquiries.ALPHABET) ** 3 // 2
"""The most inquiries of one day: with more, drawing a free id would take ever longer."""


def new(kind: Kind, entry: Entry, id: str | None) -> tuple[Record, list[Fault]]:
    """Return the new record that a row makes, and what is wrong with the row; without an id its id is ""."""
    return kind.struct(id=id or "", **{**DEFAULTS[kind.name], **entry.values}), list(entry.faults)


def changed(record: Record, entry: Entry) -> tuple[Record, list[Fault]]:
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
            faults.append(Fault("by-command", name))
        else:
            values[name] = value
    return replace(record, **values) if values else record, faults


def without_id(record: Record) -> Fault:
    """Return why a new record could not be given an id."""
    return Fault("required", "name") if isinstance(record, Member) and not record.name else Fault("no-id")


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
