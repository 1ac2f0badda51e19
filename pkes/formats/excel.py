"""csv that a Polish Excel opens correctly: `;`, a BOM, and no cell that runs as a formula.

It is for reading only, because a cell that was made harmless has changed. Excel reads digits as numbers and drops their
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
    """Yield the header and one row for each record."""
    yield codecs.BOM_UTF8
    yield from encode(headers(export), ([harmless(cell) for cell in cells] for cells in texts(export)), delimiter=";")


def harmless(text: str) -> str:
    """Return the text of a cell, with a `'` in front if it would run as a formula.

    Leading spaces and invisible characters make no difference, because programs drop them. A phone number (`+`, digits
    and spaces) is left as it is.
    """
    if not text or (text[0].isalnum() and text[0] not in _STARTS) or _DIALLED.fullmatch(text):
        return text
    seen = next((char for char in text if char in _STARTS or (char.isprintable() and not char.isspace())), "")
    return f"'{text}" if seen and seen in _STARTS else text
