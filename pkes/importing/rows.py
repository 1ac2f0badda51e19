"""What a cell means: text as offices write it is converted to what `values.read` accepts, by these rules.

- A line end in a one-line field becomes a space; in a list it separates items, as `;` does.
- A date is read by `dates.usual`: `1.10.2014`, `2025/01/06 10:00:00 AM GMT+1`, `6 stycznia 2025`.
- `x`, 1, PRAWDA and the like are true, 0, FAŁSZ and the like false.
- A label before an identifier is dropped: `NIP 526-025-02-74`.
- A sector is given by id or label, a choice by its English or Polish word.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from types import MappingProxyType
from typing import Any, NamedTuple

from pkes.errors import UnknownName, WrongInput, WrongValue
from pkes.formats.rows import BadCell, Row
from pkes.importing import addresses, dates
from pkes.importing.columns import Columns
from pkes.model.records import Field, Kind, Registry, fields
from pkes.model.spelling import postal_code
from pkes.model.values import read
from pkes.model.words import BOOLEANS
from pkes.registry.selection import find_sector
from pkes.text.characters import clean_lines, strip
from pkes.text.collation import fold
from pkes.text.items import join, split

Reader = Callable[[Field, str], Any]
"""Makes a value of the text of a cell that is not empty. Raises `WrongValue`."""


def reader(registry: Registry) -> Reader:
    """Return a reader of cells for a registry: sectors are recognised by their labels, too."""

    def sector(text: str) -> str:
        try:
            return find_sector(registry, text)
        except UnknownName as error:
            raise WrongValue("sector", "unknown-sector", suggestions=error.suggestions) from None

    def value(field: Field, text: str) -> Any:
        if field.type == "list":
            return [str(read(field, item)) for line in text.split("\n") for item in split(line)] or None
        if field.form == "text":
            # A multi-line text may end with line ends.
            return str(read(field, text)) + _line_ends(text)
        usual = _USUAL.get(field.form) or _USUAL.get(field.type)
        line = text if text.isprintable() else " ".join(filter(None, map(strip, re.split("[\t\n]+", text))))
        found = read(field, usual(field, line) if usual else line)
        return sector(str(found)) if field.form == "sector" else found

    return value


def cleaned(text: str) -> tuple[str, bool]:
    """Return the text of a cell without characters that are not text, and whether any were removed.

    Spaces and line ends are stripped, except for line ends after the text; a cell of nothing else becomes "".
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


_KEPT = 1024
"""How many different cells of a column are remembered with their meaning."""


class RowPlace(NamedTuple):
    """Where a row is in its file: the number of its line or, if `is_record`, of its record; both counted from 1."""

    number: int
    is_record: bool = False


class RowFault(NamedTuple):
    """What is wrong with a row: a code, the field, and the parameters of the code's message, never a value.

    Besides the codes of `values.read`, `BadCell`, `Row` and of findings, there are `unknown-sector` (detail:
    `suggestions`), `by-command` (a field of an existing record that only a command of its own may set), `several`
    (detail: the `ids` that the row could mean), `same-row` (detail: the `place` of a row that refers to the same
    record, and the `kind`), `no-key` (neither an id nor another key to find a record of the `kind`
    by) and `no-id` (no id could be made).
    """

    code: str
    field: str | None = None
    detail: Mapping[str, Any] = MappingProxyType({})


class BadRow(NamedTuple):
    """A row that cannot be imported: its place, and its faults, each with the header of its column if it has one."""

    place: RowPlace
    faults: tuple[tuple[str | None, RowFault], ...]


class BadRows(WrongInput):
    """Some rows of a table cannot be imported. `total` is the number of all its rows."""

    def __init__(self, rows: Sequence[BadRow], total: int) -> None:
        self.rows, self.total = rows, total


class Entry(NamedTuple):
    """The content of a row: `values` and `texts` of the cells that are not empty, both by field.

    A cell with a fault has a text but no value. `lost` says that a cell contained characters that are not text, and
    `is_unsplit` that an address is left out because it could not be split.
    """

    place: RowPlace
    id: str | None
    values: Mapping[str, Any]
    texts: Mapping[str, str]
    faults: tuple[RowFault, ...] = ()
    lost: bool = False
    is_unsplit: bool = False


class _Meant(NamedTuple):
    """What a cell means: its `text`, cleaned, the `value` of that or its `fault`, and whether something was lost."""

    text: str
    value: Any = None
    fault: tuple[str, Mapping[str, Any]] | None = None
    lost: bool = False


def read_rows(
    kind: Kind, columns: Columns, rows: Sequence[Row], reader: Reader, advance: Callable[[], object]
) -> Iterator[Entry]:
    """Yield the content of each row that is not empty; `advance` is called once per row."""
    known = fields(kind.struct)
    # Towns, sectors and dates repeat. To read such a cell once halves the time that 10,000 rows take.
    meanings = {name: lru_cache(_KEPT)(partial(_meant, reader, known.get(name))) for name in columns.fields.values()}
    cells = [(header, name, meanings[name]) for header, name in columns.fields.items()]
    for row in rows:
        place = RowPlace(row.number, row.is_record)
        if row.fault:
            yield Entry(place, None, {}, {}, (RowFault(row.fault),))
        else:
            entry = _with_address(_entry(place, cells, row), is_whole=columns.has_addresses)
            if entry.id is not None or entry.values or entry.faults or entry.is_unsplit:
                yield entry
        advance()


def _entry(place: RowPlace, columns: Iterable[tuple[str, str, Callable[[str], _Meant]]], row: Row) -> Entry:
    """Return the content of a row; of each column there is the header, the field, and what its cells mean."""
    values: dict[str, Any] = {}
    texts: dict[str, str] = {}
    faults: list[RowFault] = []
    lost = False
    for header, name, meaning in columns:
        cell = row.cells[header]
        if not cell:
            continue
        if isinstance(cell, BadCell):
            faults.append(RowFault(cell.code, name))
            continue
        meant = meaning(cell)
        lost = lost or meant.lost
        if meant.text:
            texts[name] = cell
        if meant.fault:
            code, detail = meant.fault
            faults.append(RowFault(code, name, detail))
        elif meant.value is not None:
            values[name] = meant.value
    return Entry(place, values.pop("id", None), values, texts, tuple(faults), lost)


def _with_address(entry: Entry, *, is_whole: bool) -> Entry:
    """Return a row with the address in the cell of its street split, if that is a whole one.

    One that cannot be split, or of which another cell says otherwise, is left out.
    """
    street = entry.values.get("street")
    if street is None or not (is_whole or addresses.has_postal_code(street)):
        return entry
    parts = dict(addresses.split(street) or {})
    if parts == {"street": street}:
        return entry
    if code := parts.get("postal_code"):
        parts["postal_code"] = postal_code(code) or code
    others = {name: value for name, value in entry.values.items() if name != "street"}
    if not parts or any(fold(others.get(name, part)) != fold(part) for name, part in parts.items()):
        return entry._replace(values=others, is_unsplit=True)
    return entry._replace(values={**parts, **others})


def _meant(reader: Reader, field: Field | None, cell: str) -> _Meant:
    """Return what a cell means in the column of a field, or in that of the id, which is none."""
    text, lost = cleaned(cell)
    if not text or field is None:
        return _Meant(text, text or None, lost=lost)
    try:
        return _Meant(text, reader(field, text), lost=lost)
    except WrongValue as error:
        return _Meant(text, fault=(error.code, error.detail), lost=lost)
