"""Names of members: the id that is made from a name, and names without their legal form."""

import re

from pkes.text.collation import fold

# Each form as its folded words (longer ones first) and as it is written. Full forms come before or after a name,
# abbreviations only after it: "SC Rzeszów" does not begin with a legal form.
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
_WORD = re.compile(r"[^\W_]+")
_BEFORE = tuple(f" {form} " for form in _WORDS)
_BEHIND = (*_BEFORE, *(f" {form} " for form in _SHORT))


ID_MAX = 40
"""The maximum length of an id made from a name: ids are typed, and shown in columns."""


def slug(text: str) -> str:
    """Return a text as an id: `a-z0-9-`, Polish letters folded; "" if nothing is left."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")


def bare_name(name: str) -> str:
    """Return the folded words of a name without the legal form before or after it, joined by spaces.

    Names that differ only in case, diacritics, punctuation, spaces or legal form give the same result. A name that is
    nothing but a legal form keeps it.
    """
    words = _words(name)
    rest = f" {words} "
    while rest.startswith(_BEFORE):
        rest = rest[len(next(filter(rest.startswith, _BEFORE))) - 1 :]
    while rest.endswith(_BEHIND):
        rest = rest[: 1 - len(next(filter(rest.endswith, _BEHIND)))]
    return rest.strip() or words


def legal_form(name: str) -> str | None:
    """Return the legal form before or after a name, as it is written, or None."""
    padded = f" {_words(name)} "
    found = next((form for form in _BEFORE if padded.startswith(form)), None)
    found = found or next((form for form in _BEHIND if padded.endswith(form)), None)
    return None if found is None else (_WORDS | _SHORT)[found.strip()]


def _words(name: str) -> str:
    return " ".join(_WORD.findall(fold(name)))


def member_id(name: str) -> str:
    """Return the id made from a member's name: "4HC Sp. z o.o." gives `4hc`; "" if no usable character is left.

    It is cut at the end of a word to at most `ID_MAX` characters; only a longer first word is cut inside.
    """
    whole = slug(bare_name(name))
    if len(whole) <= ID_MAX:
        return whole
    # The character after the last one shows whether a word ends there.
    words, dash, _rest = whole[: ID_MAX + 1].rpartition("-")
    return words if dash else whole[:ID_MAX]
