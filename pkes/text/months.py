"""Months by their names, Polish and English."""

import re

from pkes.text.collation import fold

_NAMES = {
    "pl": ("styczeń", "luty", "marzec", "kwiecień", "maj", "czerwiec", "lipiec", "sierpień", "wrzesień", "październik",
           "listopad", "grudzień"),
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December"),
}  # fmt: skip
"""The names of months as used with only a year, by language."""
_WITH_A_DAY = {
    "pl": ("stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca", "lipca", "sierpnia", "września",
           "października", "listopada", "grudnia"),
    "en": _NAMES["en"],
}  # fmt: skip
_FOLDED = tuple(tuple(map(fold, names)) for names in zip(*_NAMES.values(), *_WITH_A_DAY.values(), strict=True))
_SHORTEST = 3


def month(name: str) -> int | None:
    """Return the number of a month, from 1, by its name, possibly shortened to at least three letters; or None.

    Case and diacritics are ignored. A Polish name can be in the nominative or, as in dates, in the genitive.
    """
    folded = fold(name)
    if len(folded) < _SHORTEST:
        return None
    found = [number for number, names in enumerate(_FOLDED, 1) if any(one.startswith(folded) for one in names)]
    return found[0] if len(found) == 1 else None


def by_name(date: str, language: str) -> str:
    """Return `2014-10-01` or `2014-10` with the name of the month in a language, and anything else unchanged."""
    found = re.fullmatch("([0-9]{4})-(0[1-9]|1[0-2])(?:-([0-9]{2}))?", date)
    if not found or language not in _NAMES:
        return date
    year, number, day = found.groups()
    names = _WITH_A_DAY if day else _NAMES
    return " ".join([*([str(int(day))] if day else []), names[language][int(number) - 1], year])
