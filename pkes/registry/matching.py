"""Which offers fit the needs of other members, by the words that they have in common.

Two words are the same if they are equal after folding, or if both have at least six letters and the same first six:
gastronomia and gastronomiczne, sprzątanie and sprzątania.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pkes.model.records import Member
from pkes.text.collation import collation_key, fold

STEM = 6
"""Longer words are the same if this many first letters are."""

_WORD = re.compile(r"[^\W_]+")


class Match(NamedTuple):
    """A member (by id) offers something that another one needs; both texts are as in the registry."""

    member: str
    offers: str
    needed_by: str
    need: str


def matches(members: Iterable[Member], about: str | None = None) -> Iterator[Match]:
    """Yield the matches between members' offers and needs; with `about`, only those of the member with this id.

    They are sorted by the name of the offering member, then in the order of its record, then by the name of the other
    member; names in Polish alphabetical order.
    """
    ordered = sorted(members, key=lambda member: (collation_key(member.name or ""), member.id))
    needs = [(member.id, need) for member in ordered for need in dict.fromkeys(member.needs or ())]
    all_needs = _by_stem(enumerate(needs))
    own_needs = _by_stem((number, need) for number, need in enumerate(needs) if need[0] == about)
    for member in ordered:
        wanted = all_needs if about in (None, member.id) else own_needs
        for offer in dict.fromkeys(member.offers or ()):
            numbers = {number for stem in stems(offer) for number in wanted.get(stem, ())}
            for other, need in (needs[number] for number in sorted(numbers)):
                if other != member.id:
                    yield Match(member.id, offer, other, need)


def stems(text: str) -> set[str]:
    """Return the words of a text for comparison: folded, at most six letters, without stop words."""
    words = (word[:STEM] for word in _WORD.findall(fold(text)) if not word.isdigit())
    return {word for word in words if word not in _STOP_WORDS}


def _by_stem(needs: Iterable[tuple[int, tuple[str, str]]]) -> dict[str, Sequence[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for number, (_id, need) in needs:
        for stem in stems(need):
            found[stem].append(number)
    return dict(found)


_STOP_WORDS = frozenset(
    word[:STEM]
    for word in _WORD.findall(
        fold(
            "a albo bez dla do i in itd itp lub m na nad np o od oraz po pod przez przy się też także u w we z za ze "
            "pomoc usługa usługi usług usługami usługowe wsparcie "
            "an and at by for from help of on or service support the to with"
        )
    )
)
"""Words that unrelated offers can have in common."""
