"""xlsx: one sheet under a line of headers, in which text stays text."""

import datetime
import re
from collections.abc import Callable, Iterator
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING, Any

from pkes.errors import MissingExtra, TooLong
from pkes.formats.records import Export, texts, values
from pkes.formats.rows import Rows, assemble, is_filled
from pkes.model.records import Field, fields, toml_value

if TYPE_CHECKING:
    from openpyxl.cell import Cell

LONGEST = 32_767
"""The most characters of a cell, counted in UTF-16."""

# XML has no way to write these, takes CR for LF, and an escape that is meant literally has to be one itself.
_ESCAPED = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_LONGEST_ESCAPE = 7

# Spreadsheets count in days from 1900, and take that for a leap year.
_FIRST_DAY = datetime.date(1900, 3, 1)


def write(export: Export) -> Iterator[bytes]:
    """Yield a workbook whole: dates are dates, booleans booleans, all else is text and never a formula.

    Raises `TooLong` where a text does not fit in a cell, and `MissingExtra` where openpyxl is not installed.
    """
    _ensure_fitting(export)
    ensure_installed()
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(export.kind.table)
    sheet.freeze_panes = "A2"
    sheet.append(list(export.columns))
    known = fields(export.kind.struct)
    numberlike = [name in known and _is_numberlike(known[name]) for name in export.columns]
    for held, shown in zip(values(export), texts(export), strict=True):
        row = zip(map(toml_value, held), shown, numberlike, strict=True)
        sheet.append([_cell(*parts, partial(WriteOnlyCell, sheet)) for parts in row])
    file = BytesIO()
    workbook.save(file)
    yield file.getvalue()


def read(data: bytes) -> Rows:
    """Return the rows of the sheet that was left open, or of the first one that is not empty.

    Of a formula it is the value that was saved with it. A number has the digits that its format shows. Each of the
    cells that are merged in one column has the value of all. Raises `MissingExtra`, and `NotTable`: `spreadsheet`,
    `old-spreadsheet`, `open-document`, `encrypted`, `too-big`, `empty`, and `merged` where the headers are.
    """
    ensure_installed()
    from pkes.formats.workbook import open_sheet, without_merges

    sheet = open_sheet(data)
    lines = iter(sheet.lines)
    header = next(line for line in lines if is_filled(line.cells))
    body = without_merges(header, lines, sheet.merged)
    headers, rows = assemble([cell if isinstance(cell, str) else "" for cell in header.cells], body)
    return Rows(headers, rows, sheet=sheet.title)


def ensure_installed() -> None:
    """Raise `MissingExtra` where openpyxl is not installed."""
    try:
        import openpyxl  # noqa: F401
    except ImportError:
        raise MissingExtra("excel") from None


def escaped(text: str) -> str:
    """Return a text as a workbook holds it, in which `_xHHHH_` stands for what XML cannot write."""
    text = _ESCAPED.sub(lambda found: _escape(found[0]), text)
    # Of a text of spaces alone, openpyxl does not say that they count.
    return _escape(text[0]) + text[1:] if text.isspace() else text


def _escape(char: str) -> str:
    return f"_x{ord(char):04X}_"


def _ensure_fitting(export: Export) -> None:
    # openpyxl would cut the text short, without a word.
    for record, cells in zip(export.records, texts(export), strict=True):
        for name, cell in zip(export.columns, cells, strict=True):
            if len(cell) * _LONGEST_ESCAPE > LONGEST and len(escaped(cell).encode("utf-16-le")) > 2 * LONGEST:
                raise TooLong(record.id, name, LONGEST)


def _is_numberlike(field: Field) -> bool:
    """Return whether a program makes a number or a day of such a text as soon as somebody edits it."""
    return field.type == "partial-date" or field.form in ("phone", "postal-code", "krs", "nip", "regon")


def _cell(value: Any, text: str, is_numberlike: bool, new_cell: Callable[[str | None], "Cell"]) -> Any:
    """Return the value of a field as openpyxl takes it; `text` is that of its cell."""
    if isinstance(value, bool) or (isinstance(value, datetime.date) and value >= _FIRST_DAY):
        return value
    # "=" would begin a formula, "#N/A" be an error.
    if not is_numberlike and not text.startswith(("=", "#")):
        return escaped(text) or None
    # An empty cell is one that somebody may write such a number in.
    cell = new_cell(escaped(text) or None)
    if text:
        cell.data_type = "s"
    if is_numberlike:
        cell.number_format = "@"
    return cell
