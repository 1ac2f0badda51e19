"""How a member is called: the id that its name gives, and its name without its legal form."""

import re

from pkes.text.collation import fold

# Each form as its folded words, the longer ones first, and as it is written. Those of whole words stand before or
# behind a name, short ones behind it only: "SC Rzeszów" begins with no legal form.
_WORDS = {
    "spoldzielnia socjalna": "spółdzielnia socjalna",
    "spoldzielnia pracy": "spółdzielnia pracy",
    "spoldzielnia": "spółdzielnia",
    "fundacja": "fundacja",
    "stowarzyszenie": "stowarzyszenie",
    "spolka z ograniczona odpowiedzialnoscia": "spółka z o.o.",
    "spolka z o o": "spółka z o.o.",
    "spolka z oo": "spółka z o.o.",
    "sp z o o": "spółka z o.o.",
    "sp z oo": "spółka z o.o.",
    "prosta spolka akcyjna": "prosta spółka akcyjna",
    "spolka akcyjna": "spółka akcyjna",
    "spolka jawna": "spółka jawna",
    "spolka komandytowa": "spółka komandytowa",
    "spolka cywilna": "spółka cywilna",
}
_SHORT = {
    "p s a": "prosta spółka akcyjna",
    "psa": "prosta spółka akcyjna",
    "s a": "spółka akcyjna",
    "sa": "spółka akcyjna",
    "sp j": "spółka jawna",
    "sp k": "spółka komandytowa",
    "s c": "spółka cywilna",
    "sc": "spółka cywilna",
}
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
    words = _words(name)
    rest = f" {words} "
    while form := next((form for form in _BEFORE if rest.startswith(form)), None):
        rest = rest[len(form) - 1 :]
    while form := next((form for form in _BEHIND if rest.endswith(form)), None):
        rest = rest[: 1 - len(form)]
    return rest.strip() or words


def legal_form(name: str) -> str | None:
    """Return the legal form, in words, that stands before or behind a name; None where there is none."""
    padded = f" {_words(name)} "
    found = next((form for form in _BEFORE if padded.startswith(form)), None)
    found = found or next((form for form in _BEHIND if padded.endswith(form)), None)
    return None if found is None else (_WORDS | _SHORT)[found.strip()]


def _words(name: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", fold(name)))


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
