"""What comes in from every format: rows of cells as text, by the header of their column."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from pkes.text.unique_names import distinct


class BadCell(NamedTuple):
    """A cell without a value that could be taken over.

    `code` is one of `nested` (an object, or a list with one in it), `formula` (its value was not saved), `error` (#N/A
    and the like), `digits` (a number of which a spreadsheet has lost digits), `merged` (one cell across columns).
    """

    code: str


Cell: TypeAlias = str | BadCell
"""A cell as text, for `values.read` or, where the field is a list, `values.read_list`; "" where it is empty.

A boolean is `true` or `false`, a date `YYYY-MM-DD`, a list is joined by `values.join`. Texts are as they are written,
spaces and line ends at their ends too.
"""


class Line(NamedTuple):
    """One line of a table, numbered from 1, by position; one with a fault has none."""

    number: int
    cells: Sequence[Cell]
    fault: str | None = None


class Row(NamedTuple):
    """A row that is not empty: its number, and its cells by header, each header among them.

    The number counts from 1, and is that of the line it begins at or, of JSON, where lines say nothing, of the record.
    A bad row has a `fault` and no cells: `too-many-cells` (more than headers), `quote` (a quotation mark inside a cell
    that is not doubled), `encoding` (bytes that are no text), `json` (not JSON), `object` (JSON, but no object),
    `key-twice` (an object in which a key stands twice).
    """

    number: int
    cells: Mapping[str, Cell]
    fault: str | None = None
    is_record: bool = False


class Rows(NamedTuple):
    """What a file holds, and what had to be found out of it.

    Headers are of one line, and no two are the same: a second "Telefon" is "Telefon (2)". A column without a header
    is named by its letter, and left out where it has no cells. `encoding` is `utf-8` or one of `charsets.NAMES`,
    `delimiter` that of a csv (None where it has one column), `sheet` the title of the sheet.
    """

    headers: tuple[str, ...]
    rows: list[Row]
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None


def is_filled(cells: Iterable[Cell]) -> bool:
    """Return whether any of the cells holds something."""
    return any(isinstance(cell, BadCell) or cell.strip() for cell in cells)


def assemble(header: Sequence[str], lines: Iterable[Line]) -> tuple[tuple[str, ...], list[Row]]:
    """Return the headers and the rows of a table, from its header and the lines below it.

    A line may be shorter than the header; what a longer one has is in columns without a header.
    """
    kept = [line for line in lines if line.fault or is_filled(line.cells)]
    width = max([len(header), *(len(line.cells) for line in kept)])
    given = [" ".join(name.split()) for name in header] + [""] * (width - len(header))
    filled = {number for line in kept for number, cell in enumerate(line.cells) if is_filled([cell])}
    named = distinct([name or _letters(number) for number, name in enumerate(given)], "{name} ({number})")
    names = {number: name for number, name in enumerate(named) if given[number] or number in filled}
    return tuple(names.values()), [_row(line, names) for line in kept]


def _row(line: Line, names: Mapping[int, str]) -> Row:
    if line.fault:
        return Row(line.number, {}, line.fault)
    cells = line.cells
    return Row(line.number, {name: cells[number] if number < len(cells) else "" for number, name in names.items()})


def _letters(number: int) -> str:
    """Return what a spreadsheet calls a column, numbered from 0: A to Z, then AA."""
    before, last = divmod(number, 26)
    return (_letters(before - 1) if before else "") + chr(ord("A") + last)
