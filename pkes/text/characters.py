"""Which characters are not text: control, bidirectional, zero-width, line-separator and surrogate characters.

They can control a terminal, reverse a line or hide in a name. They are escaped in output (`safe`), forbidden in typed
input (`forbidden`), and removed from the content of files and pipes (`clean`).
"""

import re
import unicodedata
from functools import cache

SPACES = " \t\n\r\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
"""What is stripped from the ends of a text. `str.strip` would silently remove control characters, too."""

_MULTILINE = "\n\t"
# Variation selectors are text: they choose the appearance of the character before them, as in most emoji.
_NOT_TEXT = (
    "["
    r"\x00-\x1f\x7f-\x9f"  # control: C0, DEL, C1
    r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # bidirectional
    r"\xad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200d\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0"  # zero-width
    r"\ufff9-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e007f"  # zero-width: annotations, tags
    r"\u2028\u2029"  # line and paragraph separator
    r"\ud800-\udfff"  # surrogates: half a character, or a byte of an argument that is not UTF-8
    "]"
)

_UNSEEN = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")
"""Those of them that Python considers printable."""


def safe(text: str, keep: str = "") -> str:
    r"""Return a text with every character that is not text as a visible escape: `\n`, `\x1b`, `\u202e`.

    The characters of `keep` stay.
    """
    # Fast path for nearly every text: it takes a tenth of the time.
    if _is_line(text):
        return text
    return _not_text().sub(lambda found: found[0] if found[0] in keep else _escape(found[0]), text)


def is_tidy(text: str) -> bool:
    """Return whether a text is one line in NFC without spaces at its ends, valid for every field."""
    # This is the only printable space.
    has_ends = text != "" and text[0] != " " and text[-1] != " "
    return has_ends and _is_line(text) and unicodedata.is_normalized("NFC", text)


def forbidden(text: str, *, multiline: bool) -> str | None:
    """Return the first character that a field does not allow, or None. A `multiline` field allows LF and TAB."""
    allowed = _MULTILINE if multiline else ""
    return next((found[0] for found in _not_text().finditer(text) if found[0] not in allowed), None)


def clean(text: str) -> tuple[str, bool]:
    """Return a text as a multi-line field accepts it, and whether characters were lost.

    CRLF and CR become LF, and spaces and line ends at the ends are stripped; neither counts as a loss. Characters that
    are not text are removed.
    """
    kept, lost = clean_lines(text)
    return strip(kept), lost


def clean_lines(text: str) -> tuple[str, bool]:
    """Return a text cleaned as by `clean`, but without stripping its ends."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = _not_text().sub(lambda found: found[0] if found[0] in _MULTILINE else "", lines)
    return kept, kept != lines


def strip(text: str) -> str:
    """Return a text without spaces, tabs and line ends at its ends."""
    return text.strip(SPACES)


def _is_line(text: str) -> bool:
    """Return whether a text contains no tab, no line end and no character that is not text."""
    return text.isprintable() and (text.isascii() or _UNSEEN.isdisjoint(text))


@cache
def _not_text() -> re.Pattern[str]:
    # To compile it takes 1 ms, and most commands meet no such character.
    return re.compile(_NOT_TEXT)


def _escape(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")
