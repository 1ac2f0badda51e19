"""Months by their names, Polish and English."""

from pkes.text.collation import fold

_NAMES = (
    ("styczen", "stycznia", "january"), ("luty", "lutego", "february"), ("marzec", "marca", "march"),
    ("kwiecien", "kwietnia", "april"), ("maj", "maja", "may"), ("czerwiec", "czerwca", "june"),
    ("lipiec", "lipca", "july"), ("sierpien", "sierpnia", "august"), ("wrzesien", "wrzesnia", "september"),
    ("pazdziernik", "pazdziernika", "october"), ("listopad", "listopada", "november"),
    ("grudzien", "grudnia", "december"),
)  # fmt: skip
_SHORTEST = 3


def month(name: str) -> int | None:
    """Return the number of a month, from 1, by its name, whole or cut to three letters or more; else None.

    Case and diacritics do not count. In Polish it is the name in the nominative or, as dates have it, the genitive.
    """
    folded = fold(name)
    if len(folded) < _SHORTEST:
        return None
    found = [number for number, names in enumerate(_NAMES, 1) if any(one.startswith(folded) for one in names)]
    return found[0] if len(found) == 1 else None
