"""xlsx: one sheet under a line of headers, in which text stays text; and what is read of any spreadsheet."""

import datetime
import re
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

from pkes.errors import MissingExtra, TooLong
from pkes.formats.records import Export, texts, values
from pkes.formats.rows import Rows, assemble, is_filled
from pkes.model.records import Field, fields, toml_value

LONGEST = 32_767
"""The most characters of a cell, counted in UTF-16, each that XML has no way to write as seven."""

# XML has no way to write these, takes CR for LF, and an escape that is meant literally has to be one itself.
_ESCAPED = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_LONGEST_ESCAPE = len("_x000D_")

# Spreadsheets count in days from 1900, and take that for a leap year.
_FIRST_DAY = datetime.date(1900, 3, 1)


def write(export: Export) -> Iterator[bytes]:
    """Yield a workbook whole: dates are dates, booleans booleans, all else is text and never a formula.

    Raises `TooLong` where a text does not fit in a cell, and `MissingExtra` where XlsxWriter is not installed.
    """
    _ensure_fitting(export)
    try:
        from xlsxwriter import Workbook
    except ImportError:
        raise MissingExtra("excel") from None

    file = BytesIO()
    # In memory: what is written of people is not left in a temporary file.
    with Workbook(file, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet(export.kind.table)
        sheet.freeze_panes(1, 0)
        for column, name in enumerate(export.columns):
            sheet.write_string(0, column, name)
        put = _cells_of(workbook, sheet, export)
        for row, (held, shown) in enumerate(zip(values(export), texts(export), strict=True), 1):
            for column, (value, text) in enumerate(zip(held, shown, strict=True)):
                put[column](row, column, value, text)
    yield file.getvalue()


def read(data: bytes) -> Rows:
    """Return the rows of the sheet that was left open, or of the first one that is not empty.

    It may be xlsx, xlsm, xlsb, xls or ods. Of a formula it is the value that was saved with it. A number has the digits
    that its format shows. Each of the cells that are merged in one column has the value of all. Raises `MissingExtra`,
    and `NotTable`: `spreadsheet`, `encrypted`, `too-big`, `empty`, and `merged` where the headers are.
    """
    try:
        from pkes.formats.workbook import open_sheet
    except ImportError:
        raise MissingExtra("excel") from None
    from pkes.formats.sheet import without_merges

    sheet = open_sheet(data)
    lines = iter(sheet.lines)
    header = next(line for line in lines if is_filled(line.cells))
    body = without_merges(header, lines, sheet.merged)
    headers, rows = assemble([cell if isinstance(cell, str) else "" for cell in header.cells], body)
    return Rows(headers, rows, sheet=sheet.title)


def _ensure_fitting(export: Export) -> None:
    # XlsxWriter would leave the cell empty, and say so by a number that it returns.
    for record, cells in zip(export.records, texts(export), strict=True):
        for name, cell in zip(export.columns, cells, strict=True):
            if len(cell) * _LONGEST_ESCAPE > LONGEST and _length(cell) > LONGEST:
                raise TooLong(record.id, name, LONGEST)


def _length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2 + len(_ESCAPED.findall(text)) * (_LONGEST_ESCAPE - 1)


def _cells_of(workbook: Any, sheet: Any, export: Export) -> list[Callable[[int, int, Any, str], None]]:
    """Return for each column what writes a cell of it: row and column from 0, the value, and its text."""
    known = fields(export.kind.struct)
    as_day = workbook.add_format({"num_format": "yyyy-mm-dd"})
    as_text = workbook.add_format({"num_format": "@"})

    def put_text(row: int, column: int, _value: Any, text: str) -> None:
        if text:
            sheet.write_string(row, column, text)

    def put_digits(row: int, column: int, _value: Any, text: str) -> None:
        # An empty cell is one that somebody may write such a number in.
        if text:
            sheet.write_string(row, column, text, as_text)
        else:
            sheet.write_blank(row, column, None, as_text)

    def put_value(row: int, column: int, value: Any, text: str) -> None:
        value = toml_value(value)
        if isinstance(value, bool):
            sheet.write_boolean(row, column, value)
        elif isinstance(value, datetime.date) and value >= _FIRST_DAY:
            sheet.write_datetime(row, column, value, as_day)
        elif column in numberlike:
            put_digits(row, column, value, text)
        else:
            put_text(row, column, value, text)

    held = [known.get(name) for name in export.columns]
    numberlike = {number for number, field in enumerate(held) if field and _is_numberlike(field)}
    return [
        put_value if field and field.type in ("bool", "date", "partial-date")
        else put_digits if number in numberlike else put_text
        for number, field in enumerate(held)
    ]  # fmt: skip


def _is_numberlike(field: Field) -> bool:
    """Return whether a program makes a number or a day of such a text as soon as somebody edits it."""
    return field.type == "partial-date" or field.form in ("phone", "postal-code", "krs", "nip", "regon")
