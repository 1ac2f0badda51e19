"""Whole addresses in one cell, split into street, postal code and town: `ul. Długa 1, 38-200 Jasło`."""

import re
from collections.abc import Mapping

from pkes.model.vocabulary import closed_up

_CODE = r"(?<![\w-])[0-9]{2}\s?[-‐‑–]\s?[0-9]{3}(?![\w-])"
_TOWN = r"[^\W\d_][^\d,;]*"
# A street has a number, or says what it is; a country or a voivodeship does neither.
_STREET = r"(?:(?=[^,;]*[0-9])|(?=(?:ul|al|aleja|pl|plac|os|rynek)\b))[^,;]+?"
_WHOLE = tuple(
    re.compile(shape, re.IGNORECASE)
    for shape in (
        rf"(?:(?P<street>{_STREET})\s*[,;\s]\s*)?(?P<postal_code>{_CODE})\s+(?P<town>{_TOWN})",
        rf"(?P<postal_code>{_CODE})\s+(?P<town>{_TOWN}),\s*(?P<street>{_STREET})",
    )
)
_STREET_ALONE = re.compile("[^,;]*[0-9][^,;]*")
_HEADERS = frozenset(map(closed_up, ("adres", "adres siedziby", "address")))


def is_whole(header: str) -> bool:
    """Return whether a column of this header holds whole addresses, by what offices call them."""
    return closed_up(header) in _HEADERS


def has_postal_code(text: str) -> bool:
    """Return whether a postal code stands in a text."""
    return re.search(_CODE, text) is not None


def split(text: str) -> Mapping[str, str] | None:
    """Return the street (unless there is none), postal code and town of an address; a street alone has a number.

    Returns None for any other text: it would have to be guessed which part is what.
    """
    codes = re.findall(_CODE, text)
    if not codes:
        return {"street": text} if _STREET_ALONE.fullmatch(text) else None
    for shape in _WHOLE if len(codes) == 1 else ():
        if found := shape.fullmatch(text):
            return {field: part.strip() for field, part in found.groupdict().items() if part}
    return None
