"""What calamine does not report about the sheets of .ods, read from their XML.

Number formats are not looked up: a cell holds its displayed text beside its value, and the format is derived from that.
"""

import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from itertools import product
from typing import NamedTuple
from xml.etree import ElementTree

from pkes.errors import NotTable
from pkes.formats.rows import BadCell
from pkes.formats.sheet import CellPlace, Details, Range, ensure_bounded, is_telling

MAIN = "content.xml"

_FILLED_UP = re.compile("[( +]*0[0-9]|[0-9 (+]+[-/)]")
_YEAR = re.compile("[0-9]{4}")
_MONTH = re.compile(r"[0-9]{4}[-./][0-9]{1,2}|[0-9]{1,2}[-./][0-9]{4}|[^\W\d]+[ -][0-9]{2,4}")


class _Cell(NamedTuple):
    """A cell: its column from 1, in how many columns it is repeated, how far it spans, and what it holds."""

    column: int
    columns: int
    spans: tuple[int, int]
    is_filled: bool
    fault: str | None
    shape: str


def details(parts: Mapping[str, bytes]) -> dict[str, Details]:
    """Return the details of each sheet by title; the sheet that was left open comes first.

    Raises `NotTable`: `encrypted`, `too-big`, and what ElementTree raises for invalid XML.
    """
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise NotTable("encrypted")
    found = dict(_sheets(parts[MAIN]))
    settings = ElementTree.fromstring(parts["settings.xml"]).iter() if "settings.xml" in parts else ()
    left_open = [one.text for one in settings if _get(one, "name") == "ActiveTable"]
    return dict(sorted(found.items(), key=lambda entry: entry[0] not in left_open))


def _sheets(source: bytes) -> Iterator[tuple[str, Details]]:
    """Yield the title and the details of each sheet."""
    rows: list[tuple[int, list[_Cell]]] = []
    depth = 0
    for event, element in ElementTree.iterparse(BytesIO(source), ("start", "end")):
        tag = element.tag.rpartition("}")[2]
        if tag == "table":
            depth += 1 if event == "start" else -1
            if depth == 0:
                yield _get(element, "name"), _sheet(rows)
                rows = []
                element.clear()
        # Tables may be nested inside cells.
        elif event == "end" and tag == "table-row" and depth == 1:
            rows.append((int(_get(element, "number-rows-repeated") or 1), list(_cells(element))))
            element.clear()


def _sheet(rows: list[tuple[int, list[_Cell]]]) -> Details:
    bad: dict[CellPlace, BadCell] = {}
    shapes: dict[CellPlace, str] = {}
    merged: list[Range] = []
    line = 1
    for lines, cells in rows:
        filled = [cell for cell in cells if cell.is_filled]
        if filled:
            ensure_bounded(line + lines - 1, max(cell.column + cell.columns - 1 for cell in filled))
        for cell in filled:
            places = product(range(line, line + lines), range(cell.column, cell.column + cell.columns))
            if cell.fault:
                bad |= dict.fromkeys(places, BadCell(cell.fault))
            elif cell.shape:
                shapes |= dict.fromkeys(places, cell.shape)
        # Even without a value: cells merged across columns are one cell.
        for cell in cells:
            if cell.spans != (1, 1):
                merged.append(Range(cell.column, line, cell.column + cell.spans[0] - 1, line + cell.spans[1] - 1))
        line += lines
    return Details(bad, shapes, merged)


def _cells(row: ElementTree.Element) -> Iterator[_Cell]:
    column = 1
    for element in row:
        if not element.tag.endswith(("}table-cell", "}covered-table-cell")):
            continue
        columns = int(_get(element, "number-columns-repeated") or 1)
        spans = int(_get(element, "number-columns-spanned") or 1), int(_get(element, "number-rows-spanned") or 1)
        kind = next((value for name, value in element.items() if name.endswith("office:1.0}value-type")), "")
        shown = "\n".join("".join(text.itertext()) for text in element.iterfind("{*}p"))
        fault = _fault(element, kind, shown)
        yield _Cell(column, columns, spans, bool(kind or shown or fault), fault, _shape(kind, shown))
        column += columns


def _fault(cell: ElementTree.Element, kind: str, shown: str) -> str | None:
    """Return why a cell has no value, or None if it has one or is empty."""
    is_formula = bool(_get(cell, "formula"))
    # LibreOffice marks an error with an attribute of its own, other programs only by the displayed text.
    if any(name.endswith("}value-type") and value == "error" for name, value in cell.items()):
        return "error"
    if is_formula and kind in ("", "string") and re.fullmatch(r"#[A-Z/0!?]+|(Err|Błąd):[0-9]+", shown):
        return "error"
    return "formula" if is_formula and not kind else None


def _shape(kind: str, shown: str) -> str:
    """Return a number format that displays a number or a day as shown, or "" if it is not significant."""
    if kind == "float":
        # Spaces alone are separators of thousands.
        shape = re.sub("[0-9]", "0", shown) if _FILLED_UP.match(shown) else ""
    elif kind == "date":
        shape = "yyyy" if _YEAR.fullmatch(shown) else "yyyy-mm" if _MONTH.fullmatch(shown) else ""
    else:
        shape = ""
    return shape if is_telling(shape) else ""


def _get(element: ElementTree.Element, name: str) -> str:
    """Return an attribute by its name without the namespace, or "" if it is absent."""
    return next((value for full, value in element.items() if full.endswith(f"}}{name}")), "")
