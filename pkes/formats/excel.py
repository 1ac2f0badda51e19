"""The csv that Excel opens as it is meant where its language is Polish: `;`, a BOM, and no cell that runs as a formula.

It is for people to look at: a cell made harmless is not the same cell. Excel takes digits for numbers and drops their
leading zeros; xlsx keeps them.
"""

import codecs
import re
from collections.abc import Iterator

from pkes.formats.csv import encode
from pkes.formats.records import Export, headers, texts

_STARTS = "=+-@\t\r\n＝＋－＠"
_DIALLED = re.compile(r"\+[0-9 ]+")


def write(export: Export) -> Iterator[bytes]:
    """Yield the header and the records, one a row."""
    yield codecs.BOM_UTF8
    yield from encode(headers(export), ([harmless(cell) for cell in cells] for cells in texts(export)), delimiter=";")


def harmless(text: str) -> str:
    """Return the text of a cell with a `'` before what would run as a formula.

    Spaces and unseen characters before it change nothing: programs drop them. A phone number of digits and spaces after
    `+` is left as it is.
    """
    if not text or (text[0].isalnum() and text[0] not in _STARTS) or _DIALLED.fullmatch(text):
        return text
    seen = next((char for char in text if char in _STARTS or (char.isprintable() and not char.isspace())), "")
    return f"'{text}" if seen and seen in _STARTS else text
