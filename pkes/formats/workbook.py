"""A workbook, opened with care: the size that it unpacks to is checked before calamine sees it.

Only `xlsx.read` imports this, and only where calamine is installed.
"""

import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from typing import Any, NamedTuple

import python_calamine as calamine

from pkes.errors import NotTable
from pkes.formats import office_open, open_document
from pkes.formats.rows import Cell, Line, is_filled
from pkes.formats.sheet import Details, Range, as_text

MOST_BYTES = 256_000_000
"""The most that a workbook may unpack to: a hundred thousand members take about that."""
MOST_TIMES = 100
"""How many times its size a workbook may unpack to, where that is more than HARMLESS_BYTES."""
HARMLESS_BYTES = 16_000_000

_OLE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_READ = (".xml", ".rels", ".bin", "mimetype")
"""How the names of the parts end that have a say in what a cell holds: pictures have none."""


_TRIAL = """\
import io, sys
import python_calamine as calamine
book = calamine.load_workbook(io.BytesIO(sys.stdin.buffer.read()))
for name in book.sheet_names:
    book.get_sheet_by_name(name).to_python(skip_empty_area=False)
"""


class Sheet(NamedTuple):
    """A sheet: its title, all its lines from the first one, including empty ones, and its details."""

    title: str
    lines: list[Line]
    merged: list[Range]


def open_sheets(data: bytes) -> list[Sheet]:
    """Return the sheets that are not empty, at least one; the one that was left open comes first.

    Only xlsx, xlsm and ods tell which one was left open. Raises `NotTable`: `spreadsheet`, `encrypted`, `too-big`,
    `empty`.
    """
    try:
        with _without_panic():
            found = [sheet for sheet in _sheets(data) if any(is_filled(line.cells) for line in sheet.lines)]
    except (NotTable, KeyboardInterrupt):
        raise
    except calamine.PasswordError:
        raise NotTable("encrypted") from None
    except BaseException:
        # Damaged files fail in many ways, and a panic in Rust is no `Exception`.
        raise NotTable("spreadsheet") from None
    if not found:
        raise NotTable("empty")
    return found


@contextmanager
def _without_panic() -> Iterator[None]:
    """Keep Rust's panic message off stderr: the exception is enough, and the message can quote the text of cells."""
    try:
        kept = os.dup(2)
    except OSError:
        # There is no stderr.
        yield
        return
    with open(os.devnull, "wb") as nowhere:
        os.dup2(nowhere.fileno(), 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


def _sheets(data: bytes) -> Iterator[Sheet]:
    """Yield the sheets of a workbook, the one that was left open first."""
    if len(data) > MOST_BYTES:
        raise NotTable("too-big")
    details: Mapping[str, Details] = {}
    parts: Mapping[str, bytes] = {}
    if not data.startswith(_OLE):
        parts = _unpacked(data)
        details = _details(parts)
        data = _packed(parts)
    elif _ENCRYPTED in data:
        raise NotTable("encrypted")
    if (data.startswith(_OLE) or office_open.BINARY in parts) and not _survives(data):
        raise NotTable("spreadsheet")
    book = calamine.load_workbook(BytesIO(data))
    cells = [sheet.name for sheet in book.sheets_metadata if sheet.typ == calamine.SheetTypeEnum.WorkSheet]
    if not cells:
        raise NotTable("spreadsheet")
    order = {title: number for number, title in enumerate(details)}
    for title in sorted(cells, key=lambda title: order.get(title, len(order))):
        yield _sheet(book.get_sheet_by_name(title), details.get(title, Details()))


def _survives(data: bytes) -> bool:
    """Return whether calamine survives reading a workbook with binary parts; it is tried in a separate process.

    Such a sheet declares its own size, and calamine allocates memory for it. If a damaged sheet declares too much, the
    system kills the process. Ordinary exceptions are handled where the sheet is read.
    """
    command = [sys.executable, "-P", "-c", _TRIAL]
    tried = subprocess.run(command, input=data, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return tried.returncode >= 0


def _unpacked(data: bytes) -> dict[str, bytes]:
    """Return the parts of a zip file that are needed, by name."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = archive.infolist()
        unpacked = sum(part.file_size for part in parts)
        if unpacked > MOST_BYTES or unpacked > max(HARMLESS_BYTES, len(data) * MOST_TIMES):
            raise NotTable("too-big")
        if any(part.flag_bits & 1 for part in parts):
            raise NotTable("encrypted")
        # Some Windows programs use a backslash as separator.
        read = {part.filename.replace("\\", "/"): archive.read(part) for part in parts if part.filename.endswith(_READ)}
    if any(b"<!ENTITY" in part for part in read.values()):
        # No spreadsheet program writes it, and calamine would silently ignore what it stands for.
        raise NotTable("spreadsheet")
    return read


def _packed(parts: Mapping[str, bytes]) -> bytes:
    """Return the parts as an uncompressed zip file: calamine unpacks nothing, whatever sizes were claimed."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return file.getvalue()


def _details(parts: Mapping[str, bytes]) -> Mapping[str, Details]:
    """Return the details of the sheets by title; the sheet that was left open comes first."""
    if office_open.MAIN in parts:
        return office_open.details(parts)
    if open_document.MAIN in parts:
        return open_document.details(parts)
    return {}


def _sheet(sheet: calamine.CalamineSheet, details: Details) -> Sheet:
    rows: list[list[Any]] = sheet.to_python(skip_empty_area=False)
    cells: list[list[Cell]] = [list(map(as_text, row)) for row in rows]
    for (line, column), shape in details.shapes.items():
        cells[line - 1][column - 1] = as_text(rows[line - 1][column - 1], shape)
    for (line, column), bad in details.bad.items():
        # To calamine they are empty, and it leaves out empty cells at the edges.
        cells += [[] for _ in range(line - len(cells))]
        cells[line - 1] += [""] * (column - len(cells[line - 1]))
        cells[line - 1][column - 1] = bad
    for row in cells:
        while row and row[-1] == "":
            row.pop()
    merged = [
        Range(column + 1, line + 1, last_column + 1, last_line + 1)
        for (line, column), (last_line, last_column) in sheet.merged_cell_ranges or ()
    ]
    return Sheet(sheet.name, [Line(*numbered) for numbered in enumerate(cells, 1)], [*merged, *details.merged])
