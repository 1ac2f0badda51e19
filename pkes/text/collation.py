"""How words compare: without case and diacritics, in Polish alphabetical order, or nearly."""

import unicodedata
from collections.abc import Callable, Iterable

_ALPHABET = "aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż"
_WEIGHTS = {letter: chr(ord("A") + place) for place, letter in enumerate(_ALPHABET)}
# Letters that Unicode does not take apart into a base letter and a mark.
_WHOLE = str.maketrans({"ł": "l", "đ": "d", "ð": "d", "ø": "o", "ħ": "h", "ı": "i", "ŧ": "t", "æ": "ae", "œ": "oe"})


def fold(text: str) -> str:
    """Return a text without case and diacritics, `ł` too: what compares equal to the reader is equal then.

    Composed and decomposed forms agree, as do ligatures, full-width letters and the like (NFKD).
    """
    if text.isascii():
        return text.lower()
    quick = _map_bytes(text, _FOLDED)
    return _fold_any(text) if quick is None else quick


def collation_key(text: str) -> str:
    """Return a key that sorts texts in Polish alphabetical order: a ą b c ć d e ę … z ź ż.

    Spaces and signs come before digits, digits before letters, other scripts last. Case (small first), foreign
    diacritics and which sign it is only break ties.
    """
    composed = unicodedata.normalize("NFC", text)
    lower = composed.lower()
    quick = _map_bytes(lower, _WEIGHED)
    weights = "".join(map(_weigh, lower)) if quick is None else quick
    return f"{weights}\0{lower}\0{composed.swapcase()}"


def nearest(word: str, known: Iterable[str], n: int = 3) -> list[str]:
    """Return the at most `n` known words that are nearest to a word, the nearest first."""
    from difflib import get_close_matches

    by_fold: dict[str, str] = {}
    for one in known:
        by_fold.setdefault(fold(one), one)
    return [by_fold[match] for match in get_close_matches(fold(word), by_fold, n)]


def _fold_any(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    # Folding the case may bring composed letters back.
    marked = unicodedata.normalize("NFKD", decomposed)
    return "".join(char for char in marked if not unicodedata.combining(char)).translate(_WHOLE)


def _weigh(char: str) -> str:
    """Return what a small letter, or any other character, weighs in the alphabet: mostly one character."""
    return _WEIGHTS.get(char) or "".join(map(_weigh_plain, fold(char)))


def _weigh_plain(char: str) -> str:
    if char.isalnum():
        return _WEIGHTS.get(char, char)
    return " " if char.isspace() else "!"


# Windows-1250 holds all that is usual in Polish text, one byte a character: a table of 256 bytes is many times faster
# than `str.translate`.

_ELSE = 0xFF
"""Stands for what one byte cannot say; its own character, the dot above, is folded to a space."""


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


_FOLDED = _table(_fold_any)
_WEIGHED = _table(_weigh)
