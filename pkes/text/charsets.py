"""Bytes as text, in a charset that may be missing, unknown or wrong.

Bytes that are not UTF-8 are read in the charset that puts Polish letters, and nothing else, inside words.
charset-normalizer 3.5 was tried on the texts in `tests/text/test_guessed_charsets.py`: it read 29 of 204 correctly, and
128 when limited to these three charsets. This module reads all of them, and any three words in a row.
"""

import codecs
import re
from collections import Counter
from itertools import islice

# Codecs that are not charsets of mails: some interpret escapes, some take quadratic time.
_NO_CHARSETS = {"ascii", "idna", "punycode", "raw-unicode-escape", "unicode-escape", "undefined"}

# The ISO charsets have control characters where Windows has „ ” – ś ź, and Windows text is often labelled as ISO.
_WINDOWS = {"iso8859-1": "cp1252", "iso8859-2": "cp1250"}

NAMES = {"windows-1250": "Windows-1250", "iso-8859-2": "ISO-8859-2", "cp852": "CP852", "utf-16": "UTF-16"}
"""The charsets that can be detected, with their names for users."""

# In a tie, the first one wins: most text that is not UTF-8 comes from Windows.
_CANDIDATES = {"windows-1250": "cp1250", "iso-8859-2": "iso8859-2", "cp852": "cp852"}

MARKS_OF_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SEEN_MAX = 20_000
"""This many letters are enough to detect the charset of any text."""

_POLISH = set("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ")
_AFTER_VOWELS = set("ńŃ")
_VOWELS = set("aeiouyóAEIOUYÓ")
# Punctuation that often occurs between two letters (d’Arc, Bielsko–Biała), and beside one („Igła”).
_BETWEEN_LETTERS = set("’‘–—…\u00a0\u00ad")
_BESIDE_LETTERS = _BETWEEN_LETTERS | set("„”“‚«»‹›®™°§€•")


def decode(data: bytes, charset: str | None) -> tuple[str, str | None]:
    """Return bytes as text, and the undeclared charset (of `NAMES`) in which they had to be read, or None.

    A charset that Python does not know, or that does not fit the bytes, is ignored. A BOM is removed.
    """
    codec = _codec(charset)
    if codec is None or (codec.startswith(("iso8859", "cp125")) and _is_utf8(data)):
        return _undeclared(data)
    if codec in _WINDOWS and re.search(rb"[\x80-\x9f]", data):
        codec = _WINDOWS[codec]
    try:
        guessed = "windows-1250" if codec == "cp1250" and _codec(charset) != codec else None
        return data.decode(codec).removeprefix("\ufeff"), guessed
    except (LookupError, ValueError):
        return _undeclared(data)


def undeclared(data: bytes) -> tuple[str, str | None]:
    """Return bytes as text, and the charset (of `NAMES`) in which they had to be read, or None for UTF-8.

    A BOM is removed. A byte that is undefined in the charset becomes U+FFFD.
    """
    if data.startswith(MARKS_OF_UTF_16):
        return data.decode("utf-16", errors="replace"), "utf-16"
    try:
        return data.decode("utf-8-sig"), None
    except UnicodeDecodeError:
        texts = {name: data.decode(codec, errors="replace") for name, codec in _CANDIDATES.items()}
        best = max(texts, key=lambda name: _score(texts[name]))
        return texts[best], best


def _codec(charset: str | None) -> str | None:
    """Return Python's own name for a charset, or None."""
    if charset is None or not re.fullmatch(r"[\w.:-]{1,40}", charset, re.ASCII):
        return None
    try:
        name = codecs.lookup(charset).name
    except LookupError:
        return None
    return None if name in _NO_CHARSETS else name


def _is_utf8(data: bytes) -> bool:
    """Return whether bytes are UTF-8: text in a single-byte charset is valid UTF-8 only if it is all ASCII."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _undeclared(data: bytes) -> tuple[str, str | None]:
    """Return bytes as UTF-8, or else in a guessed charset; a few invalid bytes in UTF-8 are letters cut in two."""
    text = data.decode("utf-8-sig", errors="replace")
    right = len(re.findall("[^\0-\x7f\ufffd]", text))
    return (text, None) if right > text.count("\ufffd") else undeclared(data)


def _score(text: str) -> int:
    """Return the number of Polish letters in plausible positions, minus the number of implausible characters."""
    seen = re.finditer(r"(?=((?:^|[\s\S])[^\0-\x7f](?:[\s\S]|$)))", "\n" + text + "\n")
    counted = Counter(found[1] for found in islice(seen, _SEEN_MAX))
    return sum(count * _fits(*around) for around, count in counted.items())


def _fits(before: str, char: str, after: str) -> int:
    """Return 1 for a Polish letter in a plausible position, -1 for an implausible character, 0 for all others."""
    if char == "\ufffd" or "\x80" <= char <= "\x9f" or "\u2500" <= char <= "\u259f":  # control, lines and blocks
        return -2
    if not char.isalpha():
        if before.isalpha() and after.isalpha():
            return 0 if char in _BETWEEN_LETTERS else -1
        return 0 if char in _BESIDE_LETTERS or not (before.isalpha() or after.isalpha()) else -1
    if before.isdigit() or after.isdigit() or not _case_fits(before, char, after):
        return -2
    stands_alone = not before.isalpha() and not after.isalpha()
    if char not in _POLISH or (stands_alone and not (char.isupper() and after == ".")):
        return -1
    return -1 if char in _AFTER_VOWELS and before not in _VOWELS else 1


def _case_fits(before: str, char: str, after: str) -> bool:
    """Return whether no capital comes after a small letter, nor between a capital and a small one."""
    if char.isupper():
        return not before.islower() and not (before.isupper() and after.islower())
    return not after.isupper()
