"""JSON: an array of records as `--json` shows them, without unknown keys."""

import json
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from pkes.errors import NotTable
from pkes.formats.records import Export, values
from pkes.formats.rows import BadCell, Cell, Row, Rows, is_filled
from pkes.model.records import fields, toml_value
from pkes.text.items import join

_BATCH = 1_000
"""How many records are written at once, as one piece."""

NOT_JSON = object()
"""What stands for a line that is not JSON."""
TWICE = object()
"""What stands for an object with a key that stands in it twice: nobody knows which value is meant."""


def write(export: Export) -> Iterator[bytes]:
    """Yield one array with one record per line: absent fields null, lists `[]`, dates `YYYY-MM-DD`."""
    import msgspec

    before = b"["
    # With the same spaces as `--json`.
    lines = (msgspec.json.format(msgspec.json.encode(record), indent=0) for record in objects(export))
    while some := b",\n ".join(islice(lines, _BATCH)):
        yield before + some
        before = b",\n "
    yield b"[]\n" if before == b"[" else b"]\n"


def objects(export: Export) -> Iterator[dict[str, Any]]:
    """Yield each record as one flat object."""
    known = {name: field.type for name, field in fields(export.kind.struct).items() if name in export.columns}
    lists = [name for name, type in known.items() if type == "list"]
    partial_dates = [name for name, type in known.items() if type == "partial-date"]
    for held in values(export):
        shown = dict(zip(export.columns, held, strict=True))
        for name in lists:
            if shown[name] is None:
                shown[name] = []
        for name in partial_dates:
            shown[name] = toml_value(shown[name])
        yield shown


def read(data: bytes) -> Rows:
    """Return a row for each object of an array, or for a single object, numbered from 1.

    Raises `NotTable`: `empty`, `encoding` or `json`, with the line if it is known.
    """
    text = decoded(data)
    if not text.strip():
        raise NotTable("empty")
    held = parsed(text)
    return table(enumerate(held if isinstance(held, list) else [held], 1))


def decoded(data: bytes) -> str:
    """Return bytes as text; JSON is always UTF-8. Raises `NotTable`."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotTable("encoding", data.count(b"\n", 0, error.start) + 1) from None


def parsed(text: str) -> Any:
    """Return the value of a JSON text, numbers as text. Raises `NotTable`: `json`, with the line if it is known."""
    try:
        return json.loads(text, parse_int=str, parse_float=_digits, parse_constant=_refuse, object_pairs_hook=_object)
    except json.JSONDecodeError as error:
        raise NotTable("json", error.lineno) from None
    except (ValueError, RecursionError):  # an invalid number; nested too deeply
        raise NotTable("json") from None


def table(numbered: Iterable[tuple[int, Any]]) -> Rows:
    """Return the rows of numbered values, some of which may be `NOT_JSON` or `TWICE`."""
    found = list(numbered)
    headers = tuple(dict.fromkeys(key for _, value in found if isinstance(value, dict) for key in value))
    rows = []
    for number, value in found:
        if isinstance(value, dict):
            cells = {header: _cell(value.get(header)) for header in headers}
            if is_filled(cells.values()):
                rows.append(Row(number, cells, is_record=True))
        else:
            fault = "json" if value is NOT_JSON else "key-twice" if value is TWICE else "object"
            rows.append(Row(number, {}, fault, is_record=True))
    return Rows(headers, rows, "utf-8")


def _cell(value: Any) -> Cell:
    if isinstance(value, list):
        items = [_cell(item) for item in value]
        texts = [item for item in items if isinstance(item, str)]
        is_flat = len(texts) == len(items) and not any(isinstance(item, list) for item in value)
        return join(texts) if is_flat else BadCell("nested")
    if isinstance(value, dict) or value is TWICE:
        return BadCell("nested")
    if isinstance(value, bool):
        return "true" if value else "false"
    return value or ""  # null and text: numbers came as text


def _object(pairs: list[tuple[str, Any]]) -> Any:
    held = dict(pairs)
    return held if len(held) == len(pairs) else TWICE


def _digits(number: str) -> str:
    """Return a number as text, without the zero fraction that some programs add to whole numbers."""
    return re.sub(r"\.0+$", "", number)


def _refuse(name: str) -> None:
    raise ValueError(name)
