"""Comparing words: without case and diacritics, in Polish alphabetical order, and by similarity."""

import unicodedata
from collections.abc import Callable, Iterable
from functools import cache

_ALPHABET = "aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż"
_WEIGHTS = {letter: chr(ord("A") + place) for place, letter in enumerate(_ALPHABET)}
# Letters that Unicode does not decompose into a base letter and a mark.
_WHOLE = str.maketrans({"ł": "l", "đ": "d", "ð": "d", "ø": "o", "ħ": "h", "ı": "i", "ŧ": "t", "æ": "ae", "œ": "oe"})


def fold(text: str) -> str:
    """Return a text without case and diacritics (including `ł`), so that texts are equal if readers consider them so.

    Composed and decomposed forms become equal, as do ligatures, full-width letters and the like (NFKD).
    """
    if text.isascii():
        return text.lower()
    quick = _map_bytes(text, _table(_fold_any))
    return _fold_any(text) if quick is None else quick


def collation_key(text: str) -> str:
    """Return a key that sorts texts in Polish alphabetical order: a ą b c ć d e ę … z ź ż.

    Spaces and punctuation come before digits, digits before letters, other scripts last. Case (small letters first),
    foreign diacritics and the kind of punctuation only break ties.
    """
    composed = unicodedata.normalize("NFC", text)
    lower = composed.lower()
    quick = _map_bytes(lower, _table(_weigh))
    weights = "".join(map(_weigh, lower)) if quick is None else quick
    return f"{weights}\0{lower}\0{composed.swapcase()}"


def nearest(word: str, known: Iterable[str], n: int = 3, least: float = 0.6) -> list[str]:
    """Return at most `n` known words nearest to a word, the nearest first; `least` of 1 would be the same word."""
    from difflib import get_close_matches

    by_fold: dict[str, str] = {}
    for one in known:
        by_fold.setdefault(fold(one), one)
    return [by_fold[match] for match in get_close_matches(fold(word), by_fold, n, least)]


def _fold_any(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    # Case folding may produce composed letters again.
    marked = unicodedata.normalize("NFKD", decomposed)
    return "".join(char for char in marked if not unicodedata.combining(char)).translate(_WHOLE)


def _weigh(char: str) -> str:
    """Return the sorting weight of a small letter or any other character, usually a single character."""
    return _WEIGHTS.get(char) or "".join(map(_weigh_plain, char if char.isascii() else _fold_any(char)))


def _weigh_plain(char: str) -> str:
    if char.isalnum():
        return _WEIGHTS.get(char, char)
    return " " if char.isspace() else "!"


# Windows-1250 covers usual Polish text with one byte per character: a table of 256 bytes is many times faster than
# `str.translate`. Each is made when it is first needed: a list sorts, but need not fold.

_ELSE = 0xFF
"""Stands for characters outside Windows-1250; its own character, the dot above, is folded to a space."""


@cache
def _table(meaning: Callable[[str], str]) -> bytes:
    meanings = map(meaning, bytes(range(256)).decode("cp1250", "replace"))
    encoded = (means.encode("cp1250", "xmlcharrefreplace") for means in meanings)
    return bytes(means[0] if len(means) == 1 else _ELSE for means in encoded)


def _map_bytes(text: str, table: bytes) -> str | None:
    try:
        mapped = text.encode("cp1250").translate(table)
    except UnicodeEncodeError:
        return None
    return None if _ELSE in mapped else mapped.decode("cp1250")
