"""What every import format reads: rows of cells as text, by the header of their column."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from pkes.text.unique_names import distinct


class BadCell(NamedTuple):
    """A cell without a usable value.

    `code` is one of `nested` (an object, or a list that contains one), `formula` (its value was not saved), `error`
    (#N/A and the like), `digits` (a number that lost digits in a spreadsheet), `merged` (one cell across columns).
    """

    code: str


Cell: TypeAlias = str | BadCell
"""A cell as text, for `values.read` or, where the field is a list, `values.read_list`; "" where it is empty.

A boolean is `true` or `false`, a date `YYYY-MM-DD`, a list is joined by `items.join`. Texts are as they are written,
spaces and line ends at their ends too.
"""


class Line(NamedTuple):
    """One line of a table: its number from 1, and its cells by position; a line with a fault has no cells."""

    number: int
    cells: Sequence[Cell]
    fault: str | None = None


class Row(NamedTuple):
    """A row that is not empty: its number, and a cell for each header.

    The number counts from 1. It is that of the row's first line or, in JSON, of the record, because lines mean nothing
    there. A bad row has a `fault` and no cells: `too-many-cells` (more than headers), `quote` (a quotation mark inside
    a cell that is not doubled), `encoding` (bytes that are not text), `json` (not JSON), `object` (JSON, but not an
    object), `key-twice` (an object with a duplicate key).
    """

    number: int
    cells: Mapping[str, Cell]
    fault: str | None = None
    is_record: bool = False


class Rows(NamedTuple):
    """The rows of a file, and what was detected about it.

    Headers are single lines and unique: a second "Telefon" becomes "Telefon (2)". A column without a header is named by
    its letter, or left out if it has no cells. `encoding` is `utf-8` or one of `charsets.NAMES`, `delimiter` is that of
    a csv (None if it has one column), `sheet` is the title of the sheet, `left_out` are those of the other sheets that
    are not empty.
    """

    headers: tuple[str, ...]
    rows: list[Row]
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    left_out: tuple[str, ...] = ()


class Heading(NamedTuple):
    """What tells what a sheet holds: its title, and the texts of its first line that is not empty."""

    title: str
    headers: tuple[str, ...]


Choose: TypeAlias = Callable[[Sequence[Heading]], int]
"""Returns the position of the sheet to read among those that are not empty; the one that was left open is the first."""


def first(_headings: Sequence[Heading]) -> int:
    """Choose the first sheet."""
    return 0


def is_filled(cells: Iterable[Cell]) -> bool:
    """Return whether any of the cells is not empty."""
    return any(isinstance(cell, BadCell) or cell.strip() for cell in cells)


def assemble(header: Sequence[str], lines: Iterable[Line]) -> tuple[tuple[str, ...], list[Row]]:
    """Return the headers and the rows of a table, from its header and the lines below it.

    A line may be shorter than the header; the extra cells of a longer one belong to columns without a header.
    """
    kept = [line for line in lines if line.fault or is_filled(line.cells)]
    width = max([len(header), *(len(line.cells) for line in kept)])
    given = [" ".join(name.split()) for name in header] + [""] * (width - len(header))
    named = distinct([name or _letters(number) for number, name in enumerate(given)], "{name} ({number})")
    names = {
        number: name
        for number, name in enumerate(named)
        if given[number] or any(is_filled(line.cells[number : number + 1]) for line in kept)
    }
    return tuple(names.values()), [_row(line, names) for line in kept]


def _row(line: Line, names: Mapping[int, str]) -> Row:
    if line.fault:
        return Row(line.number, {}, line.fault)
    cells = line.cells
    return Row(line.number, {name: cells[number] if number < len(cells) else "" for number, name in names.items()})


def _letters(number: int) -> str:
    """Return the letters of a spreadsheet column, numbered from 0: A to Z, then AA."""
    before, last = divmod(number, 26)
    return (_letters(before - 1) if before else "") + chr(ord("A") + last)
