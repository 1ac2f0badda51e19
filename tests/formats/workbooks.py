"""Workbooks as offices and programs make them, for the tests of what is read of them."""

import re
import zipfile
from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import Any

from openpyxl import Workbook

SHEET = "xl/worksheets/sheet1.xml"


def workbook(rows: Iterable[Iterable[Any]], merged: Iterable[str] = (), **formats: str) -> bytes:
    """Return a workbook with rows in its one sheet, cells merged, and the number formats of some cells (`A2="0"`)."""
    book = Workbook()
    sheet: Any = book.active
    for row in rows:
        sheet.append(list(row))
    for cells in merged:
        sheet.merge_cells(cells)
    for cell, shape in formats.items():
        sheet[cell].number_format = shape
    return saved(book)


def saved(book: Workbook) -> bytes:
    """Return a workbook as the bytes of its file."""
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def edited(data: bytes, part: str, old: str, new: str) -> bytes:
    """Return a workbook with a piece of one of its parts, found by a regular expression, replaced."""
    parts = parts_of(data)
    text = parts[part].decode()
    assert re.search(old, text)
    return archive(parts | {part: re.sub(old, lambda _: new, text).encode()})


def with_shared_strings(data: bytes, *strings: str) -> bytes:
    """Return a workbook whose texts 0, 1 … are these, as XML, of the table that Excel keeps all texts in."""
    for number in range(len(strings)):
        data = edited(data, SHEET, f't="inlineStr"><is><t>{number}</t></is>', f't="s"><v>{number}</v>')
    table = f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{"".join(strings)}</sst>'
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    entry = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    return archive(
        parts_of(edited(data, "[Content_Types].xml", "</Types>", entry)) | {"xl/sharedStrings.xml": table.encode()}
    )


def archive(parts: Mapping[str, bytes]) -> bytes:
    """Return a zip file with parts of these names."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return file.getvalue()


def parts_of(data: bytes) -> dict[str, bytes]:
    """Return the parts of a zip file by name."""
    with zipfile.ZipFile(BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}
