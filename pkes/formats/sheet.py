"""The cells of a spreadsheet as text: numbers and days as they are shown there, and merged cells taken apart.

Only `workbook` and `xlsx.read` import this, and only where openpyxl is installed.
"""

import datetime
import math
import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from openpyxl.utils.escape import unescape

from pkes.errors import NotTable
from pkes.formats.rows import BadCell, Cell, Line, is_filled

_MOST = 10**15
"""Spreadsheets keep fifteen digits of a number."""
_FILLED_UP = re.compile(r"[0 ()/+-]*0[0 ()/+-]*")
_LITERAL = re.compile(r"\[[^\]]*\]|\"[^\"]*\"|\\.|_.")


class Range(NamedTuple):
    """Cells that are merged into one: where they begin and end, columns and lines from 1."""

    first_column: int
    first_line: int
    last_column: int
    last_line: int


def as_text(cell: Any) -> Cell:
    """Return the value of a cell of openpyxl as text; of a formula the value that was saved with it."""
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "e":
        return BadCell("error")
    if isinstance(value, str):
        return unescape(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return _number(value, cell.number_format)
    if isinstance(value, datetime.date):
        return _day(value, cell.number_format)
    return str(value)


def without_merges(header: Line, lines: Iterator[Line], merged: Sequence[Range]) -> Iterator[Line]:
    """Yield the lines below the header, each of the cells that are merged in one column with the value of all.

    What is merged across columns belongs to none of them. Raises `NotTable`: `merged`, where it is the header.
    """
    coming = sorted(
        (one for one in merged if one.last_line >= header.number), key=lambda one: one.first_line, reverse=True
    )
    if coming and coming[-1].first_line <= header.number:
        raise NotTable("merged", header.number)
    here: list[Range] = []
    values: dict[Range, Cell] = {}
    for line in lines:
        here = [one for one in here if one.last_line >= line.number]
        while coming and coming[-1].first_line <= line.number:
            here.append(coming.pop())
        # A line with nothing of its own is only what merging left.
        yield _apart(line, here, values, len(header.cells)) if here and is_filled(line.cells) else line


def _apart(line: Line, here: Sequence[Range], values: dict[Range, Cell], width: int) -> Line:
    cells = [*line.cells, *[""] * (width - len(line.cells))]
    for one in here:
        column = one.first_column - 1
        if one.first_column == one.last_column:
            cells += [""] * (column + 1 - len(cells))
            cells[column] = values.setdefault(one, cells[column])
        else:
            for number in range(column, min(one.last_column, len(cells))):
                cells[number] = BadCell("merged")
    return line._replace(cells=cells)


def _number(value: float, number_format: str) -> Cell:
    """Return a number as it was typed, with the zeros before it and the signs in it that its format shows."""
    if not math.isfinite(value):
        return BadCell("error")
    if abs(value) >= _MOST:
        return BadCell("digits")
    if value != int(value):
        return format(value, ".15g")
    digits = str(int(value))
    shape = re.sub(r"[\\\"]", "", number_format.partition(";")[0])
    return _filled_up(digits, shape) if digits.isdigit() and _FILLED_UP.fullmatch(shape) else digits


def _filled_up(digits: str, shape: str) -> str:
    """Return digits put in the places of the zeros of a shape, from the right: 5260 in 00-000 is 05-260."""
    places = shape.count("0")
    digits = digits.zfill(places)
    first, rest = digits[: len(digits) - places], iter(digits[len(digits) - places :])
    return first + "".join(next(rest) if sign == "0" else sign for sign in shape)


def _day(value: datetime.date, number_format: str) -> str:
    """Return a day, or the month or the year where the format shows no more; with its time where it has one."""
    if isinstance(value, datetime.datetime):
        if value.time() != datetime.time():
            return value.isoformat(" ", "seconds")
        value = value.date()
    shown = _LITERAL.sub("", number_format.partition(";")[0]).lower()
    if "d" in shown or "y" not in shown:
        return value.isoformat()
    return value.isoformat()[: len("2014-10") if "m" in shown else len("2014")]
