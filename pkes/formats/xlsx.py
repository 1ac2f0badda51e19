"""xlsx: a sheet a kind of record, in which text stays text; and what is read of any spreadsheet."""

import datetime
import re
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from typing import Any, NamedTuple

from pkes.errors import MissingExtra, TooLong
from pkes.formats.records import Export, headers, texts, values
from pkes.formats.rows import Rows, assemble, is_filled
from pkes.model.records import Field, fields, toml_value

LONGEST = 32_767
"""The most characters of a cell, counted in UTF-16, each that XML has no way to write as seven."""

# XML has no way to write these, takes CR for LF, and an escape that is meant literally has to be one itself.
_ESCAPED = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_LONGEST_ESCAPE = len("_x000D_")

# Spreadsheets count in days from 1900, and take that for a leap year.
_FIRST_DAY = datetime.date(1900, 3, 1)

_A4 = 9
_FILTER = 3
"""What the button of a filter takes of a header, in characters."""
_WIDEST = 40
"""The width, in characters, beyond which the lines of a column are wrapped."""
_PROSE = 100


def write(export: Export) -> Iterator[bytes]:
    """Yield a workbook whole, a sheet a kind, to be handed on: dates are dates, all else is text and never a formula.

    Booleans are booleans where they have no labels. Records stand under headers that stay in view, and are filtered
    there; of the cluster each field is a row. Raises `TooLong` where a text does not fit in a cell, and `MissingExtra`
    where XlsxWriter is not installed.
    """
    exports = [export, *export.others]
    widths = [_measured(one) for one in exports]
    try:
        from xlsxwriter import Workbook
    except ImportError:
        raise MissingExtra("excel") from None

    file = BytesIO()
    # In memory: what is written of people is not left in a temporary file.
    with Workbook(file, {"in_memory": True}) as workbook:
        looks = Looks(
            header=workbook.add_format({"bold": True, "bottom": 1, "valign": "top", "text_wrap": True}),
            text=workbook.add_format({"valign": "top", "text_wrap": True}),
            digits=workbook.add_format({"valign": "top", "num_format": "@"}),
            day=workbook.add_format({"valign": "top", "num_format": "yyyy-mm-dd"}),
        )
        for one, wide in zip(exports, widths, strict=True):
            sheet = workbook.add_worksheet(one.labels.sheet if one.labels else one.kind.table)
            _prepare_print(sheet)
            if one.kind.keyed:
                _fill_table(sheet, one, wide, looks)
            else:
                _fill_facts(sheet, one, looks)
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


class Looks(NamedTuple):
    """How cells look, as formats of a workbook: a header, and values of each kind."""

    header: Any
    text: Any
    digits: Any
    day: Any


def _measured(export: Export) -> list[int]:
    """Return the longest line of each column. Raises `TooLong`: XlsxWriter would leave such a cell empty."""
    wide = [0] * len(export.columns)
    for record, cells in zip(export.records, texts(export), strict=True):
        for column, cell in enumerate(cells):
            if len(cell) <= wide[column]:
                continue
            if len(cell) * _LONGEST_ESCAPE > LONGEST and _length(cell) > LONGEST:
                raise TooLong(record.id, export.columns[column], LONGEST)
            wide[column] = max(wide[column], *map(len, cell.splitlines()), 0)
    return wide


def _length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2 + len(_ESCAPED.findall(text)) * (_LONGEST_ESCAPE - 1)


def _prepare_print(sheet: Any) -> None:
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)


def _fill_table(sheet: Any, export: Export, wide: Sequence[int], looks: Looks) -> None:
    """Write records below their headers; `wide` is the longest line of each column."""
    titles = headers(export)
    for column, title in enumerate(titles):
        sheet.write_string(0, column, title, looks.header)
        sheet.set_column(column, column, min(max(wide[column], len(title) + _FILTER) + 1, _WIDEST))
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    put = _cells_of(sheet, export, looks)
    row = 0
    for row, (held, shown) in enumerate(zip(values(export), texts(export), strict=True), 1):
        for column, (value, text) in enumerate(zip(held, shown, strict=True)):
            put[column](row, column, value, text)
    sheet.autofilter(0, 0, row, len(titles) - 1)


def _fill_facts(sheet: Any, export: Export, looks: Looks) -> None:
    """Write what is known of the cluster, a field a row, and in one cell each item of a list on a line of its own."""
    titles = headers(export)
    sheet.set_column(0, 0, max(map(len, titles)) + 1)
    sheet.set_column(1, 1, _PROSE)
    row = 0
    for held, shown in zip(values(export), texts(export), strict=True):
        for title, value, text in zip(titles, held, shown, strict=True):
            if text:
                sheet.write_string(row, 0, title, looks.header)
                sheet.write_string(row, 1, "\n".join(value) if isinstance(value, list) else text, looks.text)
                row += 1


def _cells_of(sheet: Any, export: Export, looks: Looks) -> list[Callable[[int, int, Any, str], None]]:
    """Return for each column what writes a cell of it: row and column from 0, the value, and its text."""
    known = fields(export.kind.struct)
    labelled = export.labels.values if export.labels else {}

    def put_text(row: int, column: int, _value: Any, text: str) -> None:
        if text:
            sheet.write_string(row, column, text, looks.text)

    def put_digits(row: int, column: int, _value: Any, text: str) -> None:
        # An empty cell is one that somebody may write such a number in.
        if text:
            sheet.write_string(row, column, text, looks.digits)
        else:
            sheet.write_blank(row, column, None, looks.digits)

    def put_value(row: int, column: int, value: Any, text: str) -> None:
        value = toml_value(value)
        if isinstance(value, bool):
            sheet.write_boolean(row, column, value, looks.text)
        elif isinstance(value, datetime.date) and value >= _FIRST_DAY:
            sheet.write_datetime(row, column, value, looks.day)
        elif column in numberlike:
            put_digits(row, column, value, text)
        else:
            put_text(row, column, value, text)

    held = [known.get(name) for name in export.columns]
    numberlike = {number for number, field in enumerate(held) if field and _is_numberlike(field)}
    return [
        put_value if field and field.type in ("bool", "date", "partial-date") and field.name not in labelled
        else put_digits if number in numberlike else put_text
        for number, field in enumerate(held)
    ]  # fmt: skip


def _is_numberlike(field: Field) -> bool:
    """Return whether a program makes a number or a day of such a text as soon as somebody edits it."""
    return field.type == "partial-date" or field.form in ("phone", "postal-code", "krs", "nip", "regon")
