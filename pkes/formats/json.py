"""JSON: an array of records as `--json` shows them, without unknown keys."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from pkes.errors import NotTable
from pkes.formats.records import Export, values
from pkes.formats.rows import BadCell, Cell, Row, Rows, is_filled
from pkes.model.records import fields, toml_value
from pkes.model.values import join

_SPACE = re.compile(r"[ \t\r\n]*")

NOT_JSON = object()
"""What stands for a line that is not JSON."""


def write(export: Export) -> Iterator[bytes]:
    """Yield one array with a record a line: absent fields null, lists `[]`, dates `YYYY-MM-DD`."""
    import msgspec

    before = b"["
    for record in objects(export):
        # With the spaces that `--json` has.
        yield before + msgspec.json.format(msgspec.json.encode(record), indent=0)
        before = b",\n "
    yield b"[]\n" if before == b"[" else b"]\n"


def objects(export: Export) -> Iterator[dict[str, Any]]:
    """Yield each record as one flat object."""
    known = fields(export.kind.struct)
    lists = {name for name, field in known.items() if field.type == "list"}
    for held in values(export):
        yield {
            name: [] if value is None and name in lists else toml_value(value)
            for name, value in zip(export.columns, held, strict=True)
        }


def read(data: bytes) -> Rows:
    """Return a row for each object of an array, or for the one object there is.

    Raises `NotTable`: `empty`, `encoding` or `json`, at a line.
    """
    text = decoded(data)
    if not text.strip():
        raise NotTable("empty")
    return table(_values(Scan(text)))


def decoded(data: bytes) -> str:
    """Return bytes as text, which JSON has in UTF-8 only. Raises `NotTable`."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotTable("encoding", data.count(b"\n", 0, error.start) + 1) from None


def table(lines: Iterable[tuple[int, Any]]) -> Rows:
    """Return the rows of values, each with its line, `NOT_JSON` among them."""
    found = list(lines)
    headers = tuple(dict.fromkeys(key for _, value in found if isinstance(value, dict) for key in value))
    rows = []
    for number, value in found:
        if isinstance(value, dict):
            cells = {header: _cell(value.get(header)) for header in headers}
            if is_filled(cells.values()):
                rows.append(Row(number, cells))
        else:
            rows.append(Row(number, {}, "json" if value is NOT_JSON else "object"))
    return Rows(headers, rows, "utf-8")


def _cell(value: Any) -> Cell:
    if isinstance(value, list):
        items = [_cell(item) for item in value]
        texts = [item for item in items if isinstance(item, str)]
        is_flat = len(texts) == len(items) and not any(isinstance(item, list) for item in value)
        return join(texts) if is_flat else BadCell("nested")
    if isinstance(value, dict):
        return BadCell("nested")
    if isinstance(value, bool):
        return "true" if value else "false"
    return value or ""  # null and text: numbers came as text


def _values(scan: "Scan") -> Iterator[tuple[int, Any]]:
    """Yield the items of an array, or the one value that is none, each with the line it begins at."""
    if not scan.takes("["):
        yield scan.line, scan.value()
    elif not scan.takes("]"):
        yield scan.line, scan.value()
        while scan.takes(","):
            yield scan.line, scan.value()
        scan.expect("]")
    scan.end()


class Scan:
    """A walk through a JSON text: it stands before what is no space, at a line counted from 1."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.line = 1
        self._place = 0
        self._go(0)

    def takes(self, sign: str) -> bool:
        """Go past a sign, and return whether it stood here."""
        stands = self.text.startswith(sign, self._place)
        if stands:
            self._go(self._place + 1)
        return stands

    def expect(self, sign: str) -> None:
        """Go past a sign. Raises `NotTable` where something else stands here."""
        if not self.takes(sign):
            raise NotTable("json", self.line)

    def end(self) -> None:
        """Raise `NotTable` where something stands here."""
        if self._place < len(self.text):
            raise NotTable("json", self.line)

    def value(self) -> Any:
        """Go past a value and return it, numbers as text. Raises `NotTable` where none stands here."""
        try:
            value, end = _DECODER.raw_decode(self.text, self._place)
        except json.JSONDecodeError as error:
            raise NotTable("json", error.lineno) from None
        except (ValueError, RecursionError):  # a number that is none of JSON; nested too deeply
            raise NotTable("json", self.line) from None
        self._go(end)
        return value

    def _go(self, place: int) -> None:
        spaces = _SPACE.match(self.text, place)
        end = spaces.end() if spaces else place
        self.line += self.text.count("\n", self._place, end)
        self._place = end


def _digits(number: str) -> str:
    """Return a number as text: without a fraction that is nothing, which some programs add to whole numbers."""
    return re.sub(r"\.0+$", "", number)


def _refuse(name: str) -> None:
    raise ValueError(name)


_DECODER = json.JSONDecoder(parse_int=str, parse_float=_digits, parse_constant=_refuse)
