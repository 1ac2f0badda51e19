"""The sheet of a workbook, opened with care: what it may unpack to is judged before openpyxl sees it.

Only `xlsx.read` imports this, and only where openpyxl is installed.
"""

import datetime
import math
import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import repeat
from typing import Any, NamedTuple

from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.utils import range_boundaries
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


MOST_BYTES = 256_000_000
"""The most that a workbook may unpack to: a hundred thousand members take about that."""
MOST_TIMES = 100
"""How many times its size a workbook may unpack to, where that is more than HARMLESS_BYTES."""
HARMLESS_BYTES = 16_000_000
MOST_LINES = 1_048_576
"""The lines of a sheet. A file can number its own as high as it likes."""

_OLE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument.spreadsheet"
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\s[^>]*?\bref=["']([A-Z]{1,3}[0-9]+:[A-Z]{1,3}[0-9]+)["']""")


class Sheet(NamedTuple):
    """A sheet: its title, its lines from the first one on, empty ones too, and its merged cells."""

    title: str
    lines: list[Line]
    merged: list[Range]


def open_sheet(data: bytes) -> Sheet:
    """Return the sheet that was left open or, where nothing is in it, the first in which there is something.

    Raises `NotTable`: `spreadsheet`, `old-spreadsheet`, `open-document`, `encrypted`, `too-big`, `empty`.
    """
    _ensure_harmless(data)
    with warnings.catch_warnings():
        # What openpyxl leaves out, styles and extensions, is nothing that is read here.
        warnings.simplefilter("ignore")
        try:
            found = next((sheet for sheet in _sheets(data) if any(is_filled(line.cells) for line in sheet.lines)), None)
        except NotTable:
            raise
        except Exception:
            # It stumbles over damaged files in many ways.
            raise NotTable("spreadsheet") from None
    if found is None:
        raise NotTable("empty")
    return found


def _ensure_harmless(data: bytes) -> None:
    if data.startswith(_OLE):
        raise NotTable("encrypted" if _ENCRYPTED in data else "old-spreadsheet")
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
            unpacked = sum(part.file_size for part in parts)
            if unpacked > MOST_BYTES or unpacked > max(HARMLESS_BYTES, len(data) * MOST_TIMES):
                raise NotTable("too-big")
            if any(part.flag_bits & 1 for part in parts):
                raise NotTable("encrypted")
            if "mimetype" in archive.namelist() and archive.read("mimetype").startswith(_OPEN_DOCUMENT):
                raise NotTable("open-document")
    except NotTable:
        raise
    except Exception:
        raise NotTable("spreadsheet") from None


def _sheets(data: bytes) -> Iterator[Sheet]:
    """Yield the sheets of a workbook, the one that was left open first."""
    reader = _Reader(data, data_only=True)
    parts = reader.parts()
    if not reader.wb.worksheets:
        raise NotTable("spreadsheet")
    left_open = reader.left_open()
    for title in sorted((sheet.title for sheet in reader.wb.worksheets), key=lambda title: title != left_open):
        source = reader.archive.read(parts[title])
        formulas = _cells(_Reader(data, data_only=False), title) if _FORMULA.search(source) else repeat(())
        merged = [Range(*range_boundaries(found[1].decode())) for found in _MERGED.finditer(source)]
        yield Sheet(title, list(_lines(_cells(reader, title), formulas)), merged)


class _Reader(ExcelReader):
    """A workbook of which nothing is read but the cells: what else is in it cannot be wrong then.

    `data_only` gives the values of formulas, without it they are the formulas.
    """

    def __init__(self, data: bytes, *, data_only: bool) -> None:
        super().__init__(BytesIO(data), read_only=True, data_only=data_only, keep_links=False)
        self.read_manifest()
        self.read_strings()
        self.read_workbook()
        apply_stylesheet(self.archive, self.wb)
        self.read_worksheets()

    def read_chartsheet(self, *_: Any) -> None:
        """Leave a sheet out that has no cells."""

    def parts(self) -> dict[str, str]:
        """Return the part of the file that each sheet stands in, by its title."""
        return {sheet.name: part.target for sheet, part in self.parser.find_sheets()}

    def left_open(self) -> str:
        """Return the title of the sheet that was left open, "" where that is none."""
        number = next((view.activeTab for view in self.wb.views if view.activeTab), 0)
        return dict(enumerate(self.parts())).get(number, "")


def _cells(reader: _Reader, title: str) -> Iterator[Any]:
    sheet: Any = reader.wb[title]
    # They need not be true, and openpyxl would fill a sheet up to them.
    sheet.reset_dimensions()
    return iter(sheet.iter_rows())


def _lines(rows: Iterator[Any], formulas: Iterator[Any]) -> Iterator[Line]:
    for number, (row, with_formulas) in enumerate(zip(rows, formulas), 1):  # noqa: B905 – one may be without end
        if number > MOST_LINES:
            raise NotTable("too-big")
        cells: list[Cell] = list(map(as_text, row))
        for column, cell in enumerate(with_formulas):
            if cell.data_type == "f" and row[column].value is None:
                cells[column] = BadCell("formula")
        while cells and cells[-1] == "":
            cells.pop()
        yield Line(number, cells)
