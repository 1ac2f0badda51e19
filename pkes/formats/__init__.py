"""The formats of exports and imports: one module for each, found by its name or by a file's suffix.

The module of a format has `write(export: Export) -> Iterator[bytes]`. A format that can also be imported has
`read(data: bytes) -> Rows`. No module is imported before it is used.
"""

import codecs
import importlib
import os
from collections.abc import Iterator
from typing import NamedTuple, cast

from pkes.formats.records import Export
from pkes.formats.rows import Choose, Rows, first


class Format(NamedTuple):
    """A format: its name (also that of its module), the suffixes of its files, and whether it can be read."""

    name: str
    suffixes: tuple[str, ...]
    is_read: bool = False


FORMATS = (
    Format("csv", (".csv",), is_read=True),
    Format("json", (".json",), is_read=True),
    Format("ndjson", (".ndjson",), is_read=True),
    Format("jsonld", ()),
    Format("vcard", (".vcf",)),
    Format("markdown", (".md",)),
    Format("xlsx", (".xlsx",), is_read=True),
    Format("sqlite", (".sqlite", ".db")),
)
"""What `export -f` takes, in the order of its help."""

EXCEL = "excel"
"""The name of the csv that Excel opens: `csv` under `export --excel`, and no format of its own."""

# How the files of spreadsheet programs begin: a zip, or an OLE file (older programs, or with a password).
_SPREADSHEET = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


def by_suffix(path: str) -> Format | None:
    """Return the format that belongs to the suffix of a file, or None."""
    suffix = os.path.splitext(path)[1].lower()
    return next((format for format in FORMATS if suffix in format.suffixes), None)


def of_content(path: str, data: bytes) -> Format:
    """Return the format of a file: a spreadsheet is recognised by its content, others by suffix, then by content."""
    if data.startswith(_SPREADSHEET):
        return _named("xlsx")
    known = by_suffix(path)
    if known and known.is_read:
        return known
    begins = data.removeprefix(codecs.BOM_UTF8).lstrip()[:1]
    return _named({b"[": "json", b"{": "ndjson"}.get(begins, "csv"))


def write(name: str, export: Export) -> Iterator[bytes]:
    """Yield an export as the bytes of a file, in the format of a name (`EXCEL` is one, too).

    Raises `MissingExtra` and `TooLong` (xlsx only) when the first bytes are asked for.
    """
    return cast("Iterator[bytes]", importlib.import_module(f"pkes.formats.{name}").write(export))


def read(name: str, data: bytes, choose: Choose = first) -> Rows:
    """Return the rows in the bytes of a file, in a format that can be read; of several sheets, those of the chosen one.

    Raises `NotTable` if there is no table in it, and `MissingExtra` (xlsx only).
    """
    module = importlib.import_module(f"pkes.formats.{name}")
    return cast("Rows", module.read(data, choose) if name == "xlsx" else module.read(data))


def _named(name: str) -> Format:
    return next(format for format in FORMATS if format.name == name)
