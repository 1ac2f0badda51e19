"""Words as people type them: case, diacritics, spaces and punctuation are ignored, and a prefix may be enough."""

import re
from collections.abc import Iterable, Mapping
from functools import cache

from pkes.i18n import _, in_every_language
from pkes.model.records import KINDS, KindName, Record, fields
from pkes.model.words import CHOICES, HEADERS, HEADS
from pkes.text.collation import fold, nearest


def plain(text: str) -> str:
    """Return a text for comparison: its folded words, without punctuation."""
    return " ".join(re.findall(r"[^\W_]+", fold(text)))


def closed_up(text: str) -> str:
    """Return the same as `plain`, without spaces between words: `legalform`."""
    return plain(text).replace(" ", "")


def meant(wanted: str, words: Mapping[str, Iterable[str]]) -> str | None:
    """Return the word that is meant: given as such, in another spelling, or as a prefix of one of these.

    `words` holds the other spellings of each word. Returns None if no word matches, or several do.
    """
    if wanted in words:
        return wanted
    folded = closed_up(wanted)
    if not folded:
        return None
    spelt = {word: [closed_up(one) for one in (word, *others)] for word, others in words.items()}
    own = {names[0]: word for word, names in reversed(spelt.items())}
    other = called(wanted, words)
    begun = [word for word, names in spelt.items() if any(name.startswith(folded) for name in names)]
    return own.get(folded) or next((found[0] for found in (other, begun) if len(found) == 1), None)


def called(wanted: str, words: Mapping[str, Iterable[str]]) -> list[str]:
    """Return the words that are called so: `words` holds the other spellings of each."""
    folded = closed_up(wanted)
    return [word for word, others in words.items() if folded and folded in map(closed_up, (word, *others))]


@cache
def spellings(words: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    """Return the other spellings of each of the program's words: its label in every language, and synonyms."""
    usual = [held for by_choice in CHOICES.values() if set(words) & set(by_choice) for held in by_choice.items()]
    return {
        word: (*in_every_language(word), *(one for said, others in usual if said == word for one in others))
        for word in words
    }


def suggestions(wanted: str, words: Mapping[str, Iterable[str]]) -> list[str]:
    """Return at most three words nearest to a wanted one, compared directly or by another spelling."""
    if near := nearest(wanted.strip(), words):
        return near
    by_spelling = {one: word for word, others in words.items() for one in others}
    return list(dict.fromkeys(by_spelling[one] for one in nearest(wanted.strip(), by_spelling)))


def near_fields(struct: type[Record], wanted: str) -> list[str]:
    """Return what the nearest fields of a kind of record, at most three, are called: their names or else titles.

    Somebody who wrote a name is shown names; whoever wrote another word for a field is shown titles in their language,
    as is who wrote the head of a column that is made of fields.
    """
    names = fields(struct)
    for head, made_of in HEADS.get(_kind_of(struct), {}).items():
        if closed_up(wanted) in map(closed_up, in_every_language(head)):
            return [_(names[one].title) for one in made_of]
    folded = closed_up(wanted)
    least = _NEAR if len(folded) >= _SHORT else _NEAR_IF_SHORT
    if near := nearest(wanted.strip(), ("id", *names), least=least):
        return near
    words = field_words(struct)
    found = dict.fromkeys(words[one] for one in nearest(folded, words, least=least))
    return [_(names[one].title) if one in names else one for one in found]


_NEAR, _NEAR_IF_SHORT, _SHORT = 0.75, 0.65, 5
"""How similar a field has to be to be suggested; of a word of fewer than `_SHORT` letters, one may differ."""


@cache
def field_words(struct: type[Record]) -> Mapping[str, str]:
    """Return the field (or `id`) for each closed-up name, title or synonym of the fields of a kind of record."""
    own = [("id", "id")]
    for field in fields(struct).values():
        own += ((word, field.name) for word in (*in_every_language(field.title), field.name))
    other = ((word, field) for field, words in HEADERS.get(_kind_of(struct), {}).items() for word in words)
    return {closed_up(word): field for word, field in (*other, *own)}


def _kind_of(struct: type[Record]) -> KindName:
    return next(kind.name for kind in KINDS if kind.struct is struct)
