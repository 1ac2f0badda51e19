"""Bytes of an e-mail as text, in a charset that may be missing, unknown or wrong."""

import codecs
import re

from pkes.text import characters

# Codecs that are no charsets of a mail: some read escapes, some take a time that grows with the square of the text.
_NO_CHARSETS = {"ascii", "idna", "punycode", "raw-unicode-escape", "unicode-escape", "undefined"}

# The ISO charsets have control characters where Windows has „ ” – ś ź, and Windows' text often bears their name.
_WINDOWS = {"iso8859-1": "cp1252", "iso8859-2": "cp1250"}


def decode(data: bytes, charset: str | None) -> tuple[str, bool]:
    """Return bytes as text, and whether they had to be read as Windows-1250 without being declared so.

    A charset that Python does not know, or that the bytes belie, counts as none: UTF-8, else Windows-1250. A BOM goes.
    """
    codec = _codec(charset)
    if codec is None or (codec.startswith(("iso8859", "cp125")) and _is_utf8(data)):
        return _undeclared(data)
    if codec in _WINDOWS and re.search(rb"[\x80-\x9f]", data):
        codec = _WINDOWS[codec]
    try:
        return data.decode(codec).removeprefix("\ufeff"), codec == "cp1250" and _codec(charset) != codec
    except (LookupError, ValueError):
        return _undeclared(data)


def _codec(charset: str | None) -> str | None:
    """Return Python's own name of a charset, None where it has none."""
    if charset is None or not re.fullmatch(r"[\w.:-]{1,40}", charset, re.ASCII):
        return None
    try:
        name = codecs.lookup(charset).name
    except LookupError:
        return None
    return None if name in _NO_CHARSETS else name


def _is_utf8(data: bytes) -> bool:
    """Return whether bytes are UTF-8: by chance no text of a charset of one byte a letter is, but one in ASCII."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _undeclared(data: bytes) -> tuple[str, bool]:
    """Return bytes as UTF-8, else as Windows-1250; in UTF-8 a few wrong bytes are letters that were cut in two."""
    text = data.decode("utf-8-sig", errors="replace")
    right = len(re.findall("[^\0-\x7f\ufffd]", text))
    return (text, False) if right > text.count("\ufffd") else characters.decode(data)
