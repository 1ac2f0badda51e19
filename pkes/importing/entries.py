"""The rows of a table as what they say of a record: its id, the values of its fields, and what is wrong with a row."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from pkes.errors import WrongInput, WrongValue
from pkes.formats.rows import BadCell, Row
from pkes.importing.columns import Columns
from pkes.importing.rows import Reader, cleaned
from pkes.model.records import Kind, fields


class Place(NamedTuple):
    """Where a row stands: its line and, where several are in one line as in JSON, its number; both from 1, or 0."""

    line: int
    number: int = 0


class Fault(NamedTuple):
    """What is wrong with a row: a code, the field it is about, and the words that go with the code, never a value.

    Beside the codes of `values.read`, of `BadCell`, of `Row` and of findings there are `unknown-sector` (detail:
    `suggestions`), `by-command` (a field of a record that is on record, set only by a command of its own), `several`
    (detail: `ids` that the row could mean), `same-row` (detail: the `place` of one that means the same record),
    `no-mark` (neither an id nor anything to find a record of the `kind` by), `no-id` (none that it could be given).
    """

    code: str
    field: str | None = None
    detail: Mapping[str, Any] = MappingProxyType({})


class BadRow(NamedTuple):
    """A row that cannot be taken: its place, and its faults, each with the header of the column where it has one."""

    place: Place
    faults: tuple[tuple[str | None, Fault], ...]


class BadRows(WrongInput):
    """Rows of a table that is to be imported cannot be taken. `total` counts all rows there are."""

    rows: Sequence[BadRow]
    total: int


class Entry(NamedTuple):
    """What a row says: `values` are those of the cells that are not empty, `texts` these cells, both by field.

    Of a cell with a fault there is a text, but no value. `lost` says that a cell had what is not text.
    """

    place: Place
    id: str | None
    values: Mapping[str, Any]
    texts: Mapping[str, str]
    faults: tuple[Fault, ...] = ()
    lost: bool = False


def read(
    kind: Kind, columns: Columns, rows: Sequence[Row], reader: Reader, advance: Callable[[], object]
) -> Iterator[Entry]:
    """Yield what each row says, but for those that say nothing; `advance` is called for each."""
    in_line = Counter(row.line for row in rows)
    for number, row in enumerate(rows, 1):
        place = Place(row.line, number if in_line[row.line] > 1 else 0)
        if row.fault:
            yield Entry(place, None, {}, {}, (Fault(row.fault),))
        else:
            entry = _entry(place, kind, columns, row, reader)
            if entry.id is not None or entry.values or entry.faults:
                yield entry
        advance()


def _entry(place: Place, kind: Kind, columns: Columns, row: Row, reader: Reader) -> Entry:
    known = fields(kind.struct)
    values: dict[str, Any] = {}
    texts: dict[str, str] = {}
    faults: list[Fault] = []
    lost = False
    for header, name in columns.fields.items():
        cell = row.cells[header]
        if isinstance(cell, BadCell):
            faults.append(Fault(cell.code, name))
            continue
        text, had_more = cleaned(cell)
        lost = lost or had_more
        if not text:
            continue
        texts[name] = cell
        try:
            value = text if name == "id" else reader(known[name], text)
        except WrongValue as error:
            faults.append(Fault(error.code, name, error.detail))
        else:
            if value is not None:
                values[name] = value
    return Entry(place, values.pop("id", None), values, texts, tuple(faults), lost)
