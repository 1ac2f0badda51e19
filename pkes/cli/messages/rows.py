"""Why rows of a table, or the whole table, cannot be imported. A value is never quoted: it may be personal."""

from collections.abc import Iterator, Sequence
from typing import Any

from pkes.cli.messages import values
from pkes.cli.terminal.output import MOST_LISTED
from pkes.i18n import N_, _
from pkes.importing.rows import BadRow, RowFault, RowPlace

MOST_WORDS = 5
"""The maximum number of records named in one line."""
LONGEST = 60
"""The maximum number of characters shown of a header: a file can have anything there."""

_WHY = {
    "too-many-cells": N_("it has more cells than there are headers"),
    "quote": N_("a quotation mark inside a cell is not written twice"),
    "encoding": N_("some of its bytes are no text"),
    "json": N_("it is not JSON"),
    "object": N_("it is no object of JSON"),
    "key-twice": N_("a key stands in it twice"),
    "nested": N_("neither one value nor a list of values"),
    "formula": N_("a formula without a value"),
    "error": N_("an error of the spreadsheet"),
    "digits": N_("the spreadsheet has lost digits of this number"),
    "merged": N_("merged cells"),
    "unknown-sector": N_("no such sector"),
    "unknown-member": N_("no such member is on record"),
    "unknown-inquiry": N_("no such inquiry is on record"),
    "several": N_("it could be any of these: {ids}"),
    "no-id": N_('no id can be made for it; a column "id" can give one'),
}
_NO_KEY = {
    "member": N_("without an id it needs a name, NIP or KRS to be found by"),
    "inquiry": N_("without an id it needs the day it was received, and an e-mail address or a phone number"),
}
_SAME_ROW = {
    "member": N_("it is the same record as {place}; if they are two, each needs its own id or NIP"),
    "inquiry": N_("it is the same record as {place}; if they are two, each needs its own id"),
}
_BY_COMMAND = {
    "status": N_('a step changes it: "pkes inquiry answer", accept, close, decline, withdraw, reopen'),
    "member": N_('"pkes inquiry accept" sets it'),
    "inquiry": N_('"pkes inquiry accept" sets it'),
    "erased": N_('"pkes privacy erase" sets it'),
}


def listed(rows: Sequence[BadRow]) -> Iterator[str]:
    """Yield a line for each bad row, up to a maximum: its place, its columns, and what is wrong there."""
    for row in rows[:MOST_LISTED]:
        what = "; ".join(_in_words(column, fault) for column, fault in row.faults)
        yield f"  {place(row.place)}: {what}"
    if len(rows) > MOST_LISTED:
        yield "  " + _("… and {count} more").format(count=len(rows) - MOST_LISTED)


def place(at: RowPlace) -> str:
    """Return the place of a row in words."""
    if at.is_record:
        return _("record {number}").format(number=at.number)
    return _("line {line}").format(line=at.number)


def headers(names: Sequence[str]) -> str:
    """Return the headers of columns in quotation marks, up to a maximum."""
    shown = ", ".join(values.quoted(short(name)) for name in names[:MOST_LISTED])
    if len(names) > MOST_LISTED:
        shown += " " + _("… and {count} more").format(count=len(names) - MOST_LISTED)
    return shown


def _in_words(column: str | None, fault: RowFault) -> str:
    what = _why(fault)
    name = values.field_name(fault.field) if column is None and fault.field else column
    return what if name is None else _("{column}: {what}").format(column=short(name), what=what)


def _why(fault: RowFault) -> str:
    detail = {name: _shown(held) for name, held in fault.detail.items()}
    if fault.code == "by-command":
        return _(_BY_COMMAND[fault.field or ""])
    if by_kind := {"no-key": _NO_KEY, "same-row": _SAME_ROW}.get(fault.code):
        return _(by_kind[detail["kind"]]).format(**detail)
    if words := _WHY.get(fault.code):
        return _(words).format(**detail) + values.did_you_mean(fault.detail.get("suggestions", ()))
    return values.wrong_value(fault.code, fault.detail, fault.field)


def _shown(held: Any) -> Any:
    if isinstance(held, RowPlace):
        return place(held)
    if isinstance(held, tuple):
        return ", ".join(held[:MOST_WORDS]) + (" …" if len(held) > MOST_WORDS else "")
    return held


def short(header: str) -> str:
    return header if len(header) <= LONGEST else f"{header[:LONGEST]}…"
