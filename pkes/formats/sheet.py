"""A sheet of a workbook: the text of its cells, and merged ranges."""

import datetime
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from pkes.errors import NotTable
from pkes.formats.rows import BadCell, Cell, Line, is_filled

_MOST = 10**15
"""Spreadsheets keep fifteen digits of a number."""
_FILLED_UP = re.compile(r"[0 ()/+-]*0[0 ()/+-]*")
_LITERAL = re.compile(r"\[[^\]]*\]|\"[^\"]*\"|\\.|_.")
_NO_CHARACTER = re.compile("_xFFF[EF]_", re.IGNORECASE)


class Range(NamedTuple):
    """A range of merged cells: its first and last column and line, from 1."""

    first_column: int
    first_line: int
    last_column: int
    last_line: int


MOST_CELLS = 10_000_000
"""The most that a sheet may reach over, empty ones too: calamine makes room for all of them.

A hundred thousand members take half of it. A file can number its lines as high as it likes.
"""

CellPlace = tuple[int, int]
"""Where a cell stands: its line and its column, both from 1."""


class Details(NamedTuple):
    """What calamine does not report about a sheet: cells without a value, significant number formats, merged ranges.

    Errors (`#N/A`) and formulas whose value was not saved are both empty cells to calamine. Only those formats are
    listed for which `is_telling` holds. `merged` are the merged ranges.
    """

    bad: Mapping[CellPlace, BadCell] = MappingProxyType({})
    shapes: Mapping[CellPlace, str] = MappingProxyType({})
    merged: Sequence[Range] = ()


def ensure_bounded(lines: int, columns: int) -> None:
    """Raise `NotTable`: `too-big`, if a sheet of this size has more than MOST_CELLS cells."""
    if lines * columns > MOST_CELLS:
        raise NotTable("too-big")


def is_telling(shape: str) -> bool:
    """Return whether a number format shows leading zeros, or only the month or the year of a day."""
    return _filler(shape) not in ("", "0") or _shown_of_day(shape) != _WHOLE_DAY


def as_text(value: Any, shape: str = "") -> Cell:
    """Return the value of a cell from calamine as text; `shape` is its number format if that is significant."""
    if isinstance(value, str):
        # An escape for a character that XML cannot contain; calamine does not decode it.
        return _NO_CHARACTER.sub(lambda found: chr(int(found[0][2:6], 16)), value) if "_x" in value else value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return _number(value, shape)
    if isinstance(value, datetime.date):
        return _day(value, shape)
    return str(value)


def without_merges(header: Line, lines: Iterator[Line], merged: Sequence[Range]) -> Iterator[Line]:
    """Yield the lines below the header; all cells merged within one column get the value of the range.

    A cell merged across columns belongs to none of them. Raises `NotTable`: `merged`, if it is in the header.
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
        # A line without cells of its own is only a remainder of the merge.
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


def _number(value: float, shape: str) -> Cell:
    """Return a number as it was typed, with the leading zeros and the separators that its format shows."""
    if not math.isfinite(value):
        return BadCell("error")
    if abs(value) >= _MOST:
        return BadCell("digits")
    if value != int(value):
        return format(value, ".15g")
    digits = str(int(value))
    filler = _filler(shape)
    return _filled_up(digits, filler) if digits.isdigit() and filler else digits


def _filler(shape: str) -> str:
    """Return a number format that pads digits with zeros, such as `00-000`, or "" for any other format."""
    filler = re.sub(r"[\\\"]", "", shape.partition(";")[0])
    return filler if _FILLED_UP.fullmatch(filler) else ""


def _filled_up(digits: str, filler: str) -> str:
    """Return digits filled into the zeros of a format, from the right: 5260 in 00-000 is 05-260."""
    places = filler.count("0")
    digits = digits.zfill(places)
    first, rest = digits[: len(digits) - places], iter(digits[len(digits) - places :])
    return first + "".join(next(rest) if sign == "0" else sign for sign in filler)


_WHOLE_DAY = len("2014-10-01")


def _day(value: datetime.date, shape: str) -> str:
    """Return a day, with its time if it has one, or only the month or the year if the format shows no more."""
    if isinstance(value, datetime.datetime):
        if value.time() != datetime.time():
            return value.isoformat(" ", "seconds")
        value = value.date()
    return value.isoformat()[: _shown_of_day(shape)]


def _shown_of_day(shape: str) -> int:
    """Return how many characters of YYYY-MM-DD a number format shows."""
    shown = _LITERAL.sub("", shape.partition(";")[0]).lower()
    if "d" in shown or "y" not in shown:
        return _WHOLE_DAY
    return len("2014-10") if "m" in shown else len("2014")
