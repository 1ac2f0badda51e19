"""JSON, a record a line: it can be read and written as it comes, cut and searched by line."""

from collections.abc import Iterator
from typing import Any

from pkes.errors import NotTable
from pkes.formats.json import NOT_JSON, Scan, decoded, objects, table
from pkes.formats.records import Export
from pkes.formats.rows import Rows


def write(export: Export) -> Iterator[bytes]:
    """Yield a line for each record, which is the object that `json` writes."""
    import msgspec

    for record in objects(export):
        yield msgspec.json.encode(record) + b"\n"


def read(data: bytes) -> Rows:
    """Return a row for each line that is not blank; what is no object makes a bad row.

    Raises `NotTable`: `encoding`, at a line.
    """
    return table(_values(decoded(data)))


def _values(text: str) -> Iterator[tuple[int, Any]]:
    # In JSON only LF ends a line: str.splitlines knows more, which may stand in a string.
    for number, line in enumerate(text.split("\n"), 1):
        scan = Scan(line)
        try:
            value = scan.value()
            scan.end()
        except NotTable:
            if line.strip():
                yield number, NOT_JSON
        else:
            yield number, value
