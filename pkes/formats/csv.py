"""csv: writes RFC 4180 in UTF-8, and reads whatever spreadsheet programs save."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice

from pkes.errors import NotTable
from pkes.formats.records import Export, headers, texts
from pkes.formats.rows import Line, Rows, assemble, is_filled
from pkes.text.charsets import MARKS_OF_UTF_16, decode

DELIMITERS = ",;\t|"

# For a file of one column: a delimiter that occurs in no cell, so that commas are text.
_NO_DELIMITER = "\x1f"
_TRIED = 20
"""How many rows have a say in what the delimiter is."""


def write(export: Export) -> Iterator[bytes]:
    """Yield the header and one row for each record; only the difference between absent and empty is lost."""
    return encode(headers(export), texts(export), delimiter=",")


def encode(header: Iterable[str], rows: Iterator[list[str]], *, delimiter: str) -> Iterator[bytes]:
    """Yield a header and rows of texts as csv, in chunks."""
    page = io.StringIO(newline="")
    writer = csv.writer(page, delimiter=delimiter)
    writer.writerow(header)
    while True:
        yield page.getvalue().encode()
        page.seek(0)
        page.truncate()
        writer.writerows(islice(rows, 1000))
        if not page.tell():
            return


def read(data: bytes) -> Rows:
    """Return the rows below the first line that is not empty.

    Raises `NotTable`: `empty`, `binary`, `encoding`, or `quote` at the line with the opening quote of a cell that is
    never closed.
    """
    text, encoding = _decoded(data)
    # By default, the library rejects cells above 128 KB.
    longest = csv.field_size_limit(max(len(text), csv.field_size_limit()))
    try:
        return _read(text, encoding, _lost_letters(data, text, encoding))
    finally:
        csv.field_size_limit(longest)


def _read(text: str, encoding: str, lost_letters: bool) -> Rows:
    directive = re.match(r"sep=(.)\r?\n", text)  # how Excel is told the delimiter
    delimiter = directive[1] if directive else _delimiter(text)
    lines = _lines(text, delimiter)
    if directive:
        next(lines)
    header = next((line for line in lines if line.fault or is_filled(line.cells)), None)
    if header is None:
        raise NotTable("empty")
    if header.fault:
        raise NotTable(header.fault, header.number)
    names = [str(cell) for cell in header.cells]
    headers, rows = assemble(names, (_judged(line, len(names), lost_letters) for line in lines))
    return Rows(headers, rows, encoding, delimiter)


def _decoded(data: bytes) -> tuple[str, str]:
    """Return bytes as text, and their encoding as it was detected."""
    if data.startswith(MARKS_OF_UTF_16):
        try:
            return data.decode("utf-16"), "utf-16"
        except UnicodeDecodeError:
            raise NotTable("encoding") from None
    if b"\0" in data:
        raise NotTable("binary")
    text, guessed = decode(data, None)
    return text, guessed or "utf-8"


def _lost_letters(data: bytes, text: str, encoding: str) -> bool:
    """Return whether some bytes are invalid in the encoding, so that their letters are lost."""
    if "\ufffd" not in text or encoding == "utf-16":
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return True
    return False  # the text itself contains that character


def _delimiter(text: str) -> str | None:
    """Return the delimiter with which most of the first rows look right, or None if the header has one column."""
    judged = {delimiter: _look(text, delimiter) for delimiter in DELIMITERS}
    best = max(judged, key=lambda delimiter: judged[delimiter])
    return best if judged[best][1] > 1 else None


def _look(text: str, delimiter: str) -> tuple[int, int]:
    """Return how many of the first rows look right (-1 if the header has one column), and its number of columns."""
    lines: list[Line] = []
    # With a wrong delimiter, quotation marks end up in odd places.
    with suppress(NotTable):
        for line in islice(_lines(text, delimiter), _TRIED):
            if is_filled(line.cells):
                lines.append(line)
    width = len(lines[0].cells) if lines else 0
    return (sum(len(line.cells) == width and _looks_right(line) for line in lines) if width > 1 else -1), width


def _looks_right(line: Line) -> bool:
    """Return whether no cell begins with a space (as after a comma in a text) or has an unpaired quotation mark."""
    cells = [str(cell) for cell in line.cells]
    return not any(cell.startswith(" ") or cell.count('"') % 2 for cell in cells)


def _lines(text: str, delimiter: str | None) -> Iterator[Line]:
    """Yield the lines of a csv; a cell with line ends joins several into one."""
    # Only CR and LF end a line here; str.splitlines splits at other characters, too.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter or _NO_DELIMITER, strict=True)
    while True:
        number = reader.line_num + 1
        try:
            yield Line(number, next(reader))
        except StopIteration:
            return
        except csv.Error:
            if reader.line_num > number:
                # It cannot be known which of these lines belong to the cell.
                raise NotTable("quote", number) from None
            yield Line(number, (), "quote")


def _judged(line: Line, width: int, lost_letters: bool) -> Line:
    """Return a line, or its fault instead of its cells."""
    if is_filled(line.cells[width:]):
        return Line(line.number, (), "too-many-cells")
    if lost_letters and any("\ufffd" in cell for cell in line.cells):
        return Line(line.number, (), "encoding")
    return line
