"""What a cell means: what an office writes becomes what `values.read` takes, each by one rule.

- A line end in a field of one line is a space; in a list it divides items as `;` does.
- A date is read by `dates.usual`: `1.10.2014`, `2025/01/06 10:00:00 AM GMT+1`, `6 stycznia 2025`.
- `x`, 1, PRAWDA and the like are true, 0, FAŁSZ and the like false.
- What an identifier is called is left out before it: `NIP 526-025-02-74`.
- A sector is its id or a label, a choice its own word or a Polish one.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, NamedTuple

from pkes.errors import UnknownName, WrongInput, WrongValue
from pkes.formats.rows import BadCell, Row
from pkes.importing import dates
from pkes.importing.columns import Columns
from pkes.model.records import Field, Kind, Registry, fields
from pkes.model.values import join, read, split
from pkes.model.words import BOOLEANS
from pkes.registry.selection import find_sector
from pkes.text.characters import clean_lines, strip
from pkes.text.collation import fold

Reader = Callable[[Field, str], Any]
"""Makes a value of the text of a cell that is not empty. Raises `WrongValue`."""


def reader(registry: Registry) -> Reader:
    """Return what reads the cells of a table for a registry: its sectors are known by their labels, too."""
    sectors: dict[str, str | UnknownName] = {}

    def sector(text: str) -> str:
        if text not in sectors:
            try:
                sectors[text] = find_sector(registry, text)
            except UnknownName as error:
                sectors[text] = error
        found = sectors[text]
        if isinstance(found, UnknownName):
            raise WrongValue("sector", "unknown-sector", suggestions=found.suggestions)
        return found

    def value(field: Field, text: str) -> Any:
        if field.type == "list":
            return [str(read(field, item)) for line in text.split("\n") for item in split(line)] or None
        if field.form == "text":
            # A text may end with line ends.
            return str(read(field, text)) + _line_ends(text)
        usual = _USUAL.get(field.form) or _USUAL.get(field.type)
        line = " ".join(filter(None, map(strip, re.split("[\t\n]+", text))))
        found = read(field, usual(field, line) if usual else line)
        return sector(str(found)) if field.form == "sector" else found

    return value


def cleaned(text: str) -> tuple[str, bool]:
    """Return the text of a cell without what is not text, and whether it lost something.

    Spaces and line ends at its ends go, but for line ends behind it; "" is left where there is nothing else.
    """
    if text.isascii() and text.isprintable():
        return strip(text), False
    lines, lost = clean_lines(text)
    kept = strip(lines)
    return kept and kept + _line_ends(lines), lost


def _line_ends(text: str) -> str:
    return text[len(text.rstrip("\n")) :]


def text_of(value: Any) -> str:
    """Return the value of a field as the text of a cell, as exports write it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return join(value) if isinstance(value, list) else str(value)


def _boolean(_field: Field, text: str) -> str:
    folded = fold(text)
    return next((word for word, others in BOOLEANS.items() if folded in others), text)


def _without_label(_field: Field, text: str) -> str:
    return _LABEL.sub("", text)


def _date(_field: Field, text: str) -> str:
    return dates.usual(text)


_LABEL = re.compile(r"\A(?:nr )?(?:nip|krs|regon)[.:]* *(?=[0-9])", re.IGNORECASE)
_USUAL: Mapping[str, Callable[[Field, str], str]] = {
    "bool": _boolean, "date": _date, "partial-date": _date,
    "nip": _without_label, "krs": _without_label, "regon": _without_label,
}  # fmt: skip


class RowPlace(NamedTuple):
    """Where a row stands in its file: at a line or, where `is_record`, as a record; both counted from 1."""

    number: int
    is_record: bool = False


class RowFault(NamedTuple):
    """What is wrong with a row: a code, the field it is about, and the words that go with the code, never a value.

    Beside the codes of `values.read`, of `BadCell`, of `Row` and of findings there are `unknown-sector` (detail:
    `suggestions`), `by-command` (a field of a record that is on record, set only by a command of its own), `several`
    (detail: `ids` that the row could mean), `same-row` (detail: the `place` of one that means the same record),
    `no-key` (neither an id nor anything to find a record of the `kind` by), `no-id` (none that it could be given).
    """

    code: str
    field: str | None = None
    detail: Mapping[str, Any] = MappingProxyType({})


class BadRow(NamedTuple):
    """A row that cannot be taken: its place, and its faults, each with the header of the column where it has one."""

    place: RowPlace
    faults: tuple[tuple[str | None, RowFault], ...]


@dataclass(eq=False, repr=False)
class BadRows(WrongInput):
    """Rows of a table that is to be imported cannot be taken. `total` counts all rows there are."""

    rows: Sequence[BadRow]
    total: int


class Entry(NamedTuple):
    """What a row says: `values` are those of the cells that are not empty, `texts` these cells, both by field.

    Of a cell with a fault there is a text, but no value. `lost` says that a cell had what is not text.
    """

    place: RowPlace
    id: str | None
    values: Mapping[str, Any]
    texts: Mapping[str, str]
    faults: tuple[RowFault, ...] = ()
    lost: bool = False


def read_rows(
    kind: Kind, columns: Columns, rows: Sequence[Row], reader: Reader, advance: Callable[[], object]
) -> Iterator[Entry]:
    """Yield what each row says, but for those that say nothing; `advance` is called for each."""
    for row in rows:
        place = RowPlace(row.number, row.is_record)
        if row.fault:
            yield Entry(place, None, {}, {}, (RowFault(row.fault),))
        else:
            entry = _entry(place, kind, columns, row, reader)
            if entry.id is not None or entry.values or entry.faults:
                yield entry
        advance()


def _entry(place: RowPlace, kind: Kind, columns: Columns, row: Row, reader: Reader) -> Entry:
    known = fields(kind.struct)
    values: dict[str, Any] = {}
    texts: dict[str, str] = {}
    faults: list[RowFault] = []
    lost = False
    for header, name in columns.fields.items():
        cell = row.cells[header]
        if isinstance(cell, BadCell):
            faults.append(RowFault(cell.code, name))
            continue
        text, had_more = cleaned(cell)
        lost = lost or had_more
        if not text:
            continue
        texts[name] = cell
        try:
            value = text if name == "id" else reader(known[name], text)
        except WrongValue as error:
            faults.append(RowFault(error.code, name, error.detail))
        else:
            if value is not None:
                values[name] = value
    return Entry(place, values.pop("id", None), values, texts, tuple(faults), lost)
