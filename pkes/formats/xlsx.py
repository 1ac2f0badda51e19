"""xlsx: writes a sheet for each kind of record, in which text stays text; and reads any kind of spreadsheet."""

import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from io import BytesIO
from typing import Any, NamedTuple

from pkes.errors import MissingExtra, TooLong
from pkes.formats.records import Export, headers, texts, values
from pkes.formats.rows import Choose, Heading, Line, Rows, assemble, first, is_filled
from pkes.model.records import Field, fields, toml_value

LONGEST = 32_767
"""The most characters of a cell, counted in UTF-16, each that XML has no way to write as seven."""

# XML cannot contain these characters and turns CR into LF; a literal escape has to be escaped itself.
_ESCAPED = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_LONGEST_ESCAPE = len("_x000D_")

# Spreadsheets count days from 1900, and wrongly treat it as a leap year.
_FIRST_DAY = datetime.date(1900, 3, 1)

_A4 = 9
_FILTER = 3
"""What the button of a filter takes of a header, in characters."""
_WIDEST = 40
"""The width, in characters, beyond which the lines of a column are wrapped."""
_PROSE = 100


def write(export: Export) -> Iterator[bytes]:
    """Yield a whole workbook with a sheet for each kind: dates are dates, all else is text and never a formula.

    Booleans without labels are booleans. Headers stay in view and have filters; the fields of the cluster are one row
    each. Raises `TooLong` if a text does not fit in a cell, and `MissingExtra` if XlsxWriter is not installed.
    """
    exports = [export, *export.others]
    widths = [_measured(one) for one in exports]
    try:
        from xlsxwriter import Workbook
    except ImportError:
        raise MissingExtra("excel") from None

    file = BytesIO()
    # In memory, so that no personal data is left in a temporary file.
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


def read(data: bytes, choose: Choose = first) -> Rows:
    """Return the rows of the sheet that is chosen: by default the one that was left open or, if it is empty, the first.

    It may be xlsx, xlsm, xlsb, xls or ods. A formula gives the value that was saved with it. A number has the digits
    that its format shows. All cells merged within one column get the value of the range. Raises `MissingExtra`, and
    `NotTable`: `spreadsheet`, `encrypted`, `too-big`, `empty`, and `merged` if the headers are merged.
    """
    try:
        from pkes.formats.workbook import open_sheets
    except ImportError:
        raise MissingExtra("excel") from None
    from pkes.formats.sheet import without_merges

    sheets = open_sheets(data)
    headings = [Heading(sheet.title, _header(next(_filled(sheet.lines)))) for sheet in sheets]
    chosen = choose(headings)
    sheet, left_out = sheets[chosen], (*headings[:chosen], *headings[chosen + 1 :])
    lines = iter(sheet.lines)
    body = without_merges(next(_filled(lines)), lines, sheet.merged)
    headers, rows = assemble(headings[chosen].headers, body)
    return Rows(headers, rows, sheet=sheet.title, left_out=tuple(one.title for one in left_out))


def _filled(lines: Iterable[Line]) -> Iterator[Line]:
    return (line for line in lines if is_filled(line.cells))


def _header(line: Line) -> tuple[str, ...]:
    return tuple(cell if isinstance(cell, str) else "" for cell in line.cells)


class Looks(NamedTuple):
    """The formats of cells: for a header, and for each kind of value."""

    header: Any
    text: Any
    digits: Any
    day: Any


def _measured(export: Export) -> list[int]:
    """Return the length of each column's longest line. Raises `TooLong`: XlsxWriter would leave such a cell empty."""
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
    """Write records below their headers; `wide` is the length of the longest line in each column."""
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
    """Write the cluster, one field per row; the items of a list share a cell, each on a line of its own."""
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
    """Return each column's function for writing a cell; it takes row and column from 0, the value, and its text."""
    known = fields(export.kind.struct)
    labelled = export.labels.values if export.labels else {}

    def put_text(row: int, column: int, _value: Any, text: str) -> None:
        if text:
            sheet.write_string(row, column, text, looks.text)

    def put_digits(row: int, column: int, _value: Any, text: str) -> None:
        # Somebody may later type such a number into an empty cell.
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
    """Return whether a spreadsheet program turns such a text into a number or a date when somebody edits it."""
    return field.type == "partial-date" or field.form in ("phone", "postal-code", "krs", "nip", "regon")
