"""JSON with one record per line: it can be streamed, cut and searched by line."""

from collections.abc import Iterator
from typing import Any

from pkes.errors import NotTable
from pkes.formats.json import NOT_JSON, decoded, objects, parsed, table
from pkes.formats.records import Export
from pkes.formats.rows import Rows


def write(export: Export) -> Iterator[bytes]:
    """Yield a line for each record: the same object that `json` writes."""
    import msgspec

    for record in objects(export):
        yield msgspec.json.encode(record) + b"\n"


def read(data: bytes) -> Rows:
    """Return a row for each line that is not blank, numbered from 1; anything but an object becomes a bad row.

    Raises `NotTable`: `encoding`, at a line.
    """
    # Only LF ends a line here; str.splitlines also splits at characters that may occur inside a JSON string.
    lines = filter(str.strip, decoded(data).split("\n"))
    return table(enumerate(map(_value, lines), 1))


def _value(line: str) -> Any:
    try:
        return parsed(line)
    except NotTable:
        return NOT_JSON
