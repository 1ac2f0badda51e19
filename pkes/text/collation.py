"""Comparing words: without case and diacritics, in Polish alphabetical order, and by similarity."""

import codecs
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

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
    quick = _map_chars(text, _fold_any)
    return _fold_any(text) if quick is None else quick


def collation_key(text: str) -> str:
    """Return a key that sorts texts in Polish alphabetical order: a ą b c ć d e ę … z ź ż.

    Spaces and punctuation come before digits, digits before letters, other scripts last. Case (small letters first),
    foreign diacritics and the kind of punctuation only break ties.
    """
    composed = unicodedata.normalize("NFC", text)
    lower = composed.lower()
    quick = _map_chars(lower, _weigh)
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


# Windows-1250 covers usual Polish text with one byte per character: mapping through it is many times faster than
# `str.translate`. Tables are made when they are first needed: a list sorts, but need not fold.

_UNDEFINED = "\ufffe"
"""Stands in a table for a character that does not become exactly one; `codecs.charmap_decode` fails at it."""


@cache
def _tables(meaning: Callable[[str], str]) -> tuple[Any, str]:
    """Return what encodes Windows-1250, and what each of its bytes means."""
    from encodings.cp1250 import decoding_table, encoding_table

    meanings = map(meaning, decoding_table)
    return encoding_table, "".join(means if len(means) == 1 else _UNDEFINED for means in meanings)


def _map_chars(text: str, meaning: Callable[[str], str]) -> str | None:
    """Return a text with what each character means, or None if the tables do not have all of them."""
    encoding, means = _tables(meaning)
    try:
        return codecs.charmap_decode(codecs.charmap_encode(text, "strict", encoding)[0], "strict", means)[0]
    except UnicodeError:
        return None
