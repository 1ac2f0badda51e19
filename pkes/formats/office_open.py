"""What calamine does not report about the sheets of .xlsx and .xlsm, read from their XML."""

import posixpath
import re
from collections.abc import Mapping
from io import BytesIO
from xml.etree import ElementTree

from pkes.formats.rows import BadCell
from pkes.formats.sheet import CellPlace, Details, ensure_bounded, is_telling

MAIN, BINARY = "xl/workbook.xml", "xl/workbook.bin"

_MONTH_AND_YEAR = {"17": "mmm-yy"}
"""Of the formats that a file need not spell out, the one that is telling."""
_PLACE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]*)([0-9]+)["']""")
_ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")
_CELL_WITHOUT_VALUE = re.compile(rb"""<(?:\w+:)?f[\s/>]|\bt\s*=\s*["']e["']""")
"""A formula or an error."""


def details(parts: Mapping[str, bytes]) -> dict[str, Details]:
    """Return the details of each sheet by title; the sheet that was left open comes first.

    Raises `NotTable`: `too-big`, and what ElementTree raises for invalid XML.
    """
    book = ElementTree.fromstring(parts[MAIN])
    targets = {
        link.get("Id"): link.get("Target", "")
        for link in ElementTree.fromstring(parts["xl/_rels/workbook.xml.rels"])
        if link.get("Type", "").endswith("/worksheet")
    }
    shapes = _shapes(parts)
    left_open = next((int(view.get("activeTab", 0)) for view in book.iterfind("{*}bookViews/{*}workbookView")), 0)
    sheets = list(enumerate(book.iterfind("{*}sheets/{*}sheet")))
    found = {}
    for _, sheet in sorted(sheets, key=lambda numbered: numbered[0] != left_open):
        link = next((value for name, value in sheet.items() if name.endswith("}id")), None)
        if link in targets:  # else it is a chart
            source = parts[posixpath.normpath(posixpath.join("/xl", targets[link])).lstrip("/")]
            found[sheet.get("name", "")] = _sheet(source, shapes)
    return found


def _shapes(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Return the significant number formats (see `is_telling`), by the style that cells refer to."""
    if "xl/styles.xml" not in parts:
        return {}
    styles = ElementTree.fromstring(parts["xl/styles.xml"])
    codes = _MONTH_AND_YEAR | {
        one.get("numFmtId", ""): one.get("formatCode", "") for one in styles.iterfind("{*}numFmts/{*}numFmt")
    }
    used = enumerate(styles.iterfind("{*}cellXfs/{*}xf"))
    found = {str(number): codes.get(style.get("numFmtId", ""), "") for number, style in used}
    return {number: code for number, code in found.items() if is_telling(code)}


def _sheet(source: bytes, shapes: Mapping[str, str]) -> Details:
    _ensure_bounded(source)
    bad: dict[CellPlace, BadCell] = {}
    found: dict[CellPlace, str] = {}
    # Most sheets contain nothing of the kind, and parsing the XML takes ten times as long as calamine.
    if not shapes and not _CELL_WITHOUT_VALUE.search(source):
        return Details()
    place = (0, 0)
    for event, element in ElementTree.iterparse(BytesIO(source), ("start", "end")):
        tag = element.tag.rpartition("}")[2]
        if event == "start":
            if tag == "row":
                place = (int(element.get("r", place[0] + 1)), 0)
            elif tag == "c":
                place = _place(element.get("r", ""), place)
        elif tag == "c":
            if fault := _fault(element):
                bad[place] = BadCell(fault)
            elif (shape := shapes.get(element.get("s", ""))) and element.find("{*}v") is not None:
                found[place] = shape
            element.clear()
    return Details(bad, found)


def _ensure_bounded(source: bytes) -> None:
    """Raise `NotTable`: `too-big`, judging by the references of rows and cells; cells without one are counted."""
    places = _PLACE.findall(source)
    lines = {line for _, line in places}
    _, *rows = _ROW.split(source.rpartition(b"sheetData")[0])
    named = max(map(_number, {letters for letters, _ in places}), default=0)
    counted = max((row.count(b"<c") + row.count(b":c") for row in rows), default=0)
    ensure_bounded(max(len(rows), *map(int, lines)) if lines else len(rows), max(named, counted))


def _fault(cell: ElementTree.Element) -> str | None:
    """Return why a cell has no value, or None if it has one or is empty."""
    if cell.get("t") == "e":
        return "error"
    value = cell.find("{*}v")
    # The result of a formula may be an empty text.
    is_missing = value is None or (not value.text and cell.get("t") != "str")
    return "formula" if is_missing and cell.find("{*}f") is not None else None


def _place(name: str, before: CellPlace) -> CellPlace:
    """Return the position of a cell: from its reference, such as `B2`, or else next to the cell before it."""
    letters = name.rstrip("0123456789")
    return (int(name[len(letters) :]), _number(letters.encode())) if letters else (before[0], before[1] + 1)


def _number(letters: bytes) -> int:
    """Return the number of a column, from 1, by its letters."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number
