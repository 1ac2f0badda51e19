"""How a member is called: the id that its name gives, and its name without its legal form."""

import re

from pkes.text.collation import fold

# Each form as its folded words, the longer ones first. Those of whole words stand before or behind a name, short ones
# behind it only: "SC Rzeszów" begins with no legal form.
_WORDS = (
    "spoldzielnia socjalna",
    "spoldzielnia pracy",
    "spoldzielnia",
    "fundacja",
    "stowarzyszenie",
    "spolka z ograniczona odpowiedzialnoscia",
    "spolka z o o",
    "spolka z oo",
    "sp z o o",
    "sp z oo",
    "prosta spolka akcyjna",
    "spolka akcyjna",
    "spolka jawna",
    "spolka komandytowa",
    "spolka cywilna",
)
_SHORT = ("p s a", "psa", "s a", "sa", "sp j", "sp k", "s c", "sc")
_BEFORE = tuple(f" {form} " for form in _WORDS)
_BEHIND = (*_BEFORE, *(f" {form} " for form in _SHORT))


ID_MAX = 40
"""So many characters has an id that is made of a name at most: it is typed, and stands in a column."""


def slug(text: str) -> str:
    """Return a text as an id: `a-z0-9-`, Polish letters folded; "" where nothing of it is left."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")


def bare_name(name: str) -> str:
    """Return the folded words of a name without the legal form before or behind it, joined by spaces.

    Two names that differ only in case, diacritics, signs, spaces or legal form give the same. A name that is nothing
    but a legal form keeps it.
    """
    words = " ".join(re.findall(r"[^\W_]+", fold(name)))
    rest = f" {words} "
    while form := next((form for form in _BEFORE if rest.startswith(form)), None):
        rest = rest[len(form) - 1 :]
    while form := next((form for form in _BEHIND if rest.endswith(form)), None):
        rest = rest[: 1 - len(form)]
    return rest.strip() or words


def member_id(name: str) -> str:
    """Return the id that a member's name gives: "4HC Sp. z o.o." is `4hc`; "" where the name has no letter for it.

    It ends with a word within `ID_MAX` characters; only a first word that is longer is cut.
    """
    whole = slug(bare_name(name))
    if len(whole) <= ID_MAX:
        return whole
    # The character behind the last one tells whether a word ends there.
    words, dash, _rest = whole[: ID_MAX + 1].rpartition("-")
    return words if dash else whole[:ID_MAX]
