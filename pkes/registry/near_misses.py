"""Near misses: values that no other record has, although another spelling is in use.

Two spellings are near if they differ only by case, diacritics and spaces (a clear case), or by one or two letters.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import product
from typing import Any

from msgspec import Struct

from pkes.model.records import KIND, Member, Record, Registry, fields, records
from pkes.text.collation import fold
from pkes.text.distance import distance

FIELDS = tuple(name for name, field in fields(Member).items() if field.shared)
"""The fields of members that should be spelled consistently. Inquiries have some of them."""

_MOST_COMPARED = 100_000
"""With more pairs of values, only clear cases are looked for: an import would take too long."""
_ONE_LETTER, _TWO_LETTERS = 4, 6
"""The shortest words in which one or two wrong letters may be typing errors; shorter ones would be different words."""


class NearMiss(Struct, frozen=True):
    """A record with a value (or list item, at an index) where `other` is the spelling in use."""

    record: Record
    field: str
    item: int | None
    value: str
    other: str


def in_use(members: Iterable[Member], field: str) -> Counter[str]:
    """Return how many members have each value of a field."""
    held = filter(None, (getattr(member, field) for member in members))
    if fields(Member)[field].type == "list":
        return Counter(value for items in held for value in dict.fromkeys(items))
    return Counter(held)


def values(record: Record, field: str) -> list[str]:
    """Return the values that a record has in a field; at most one unless it is a list."""
    held: Any = getattr(record, field)
    return list(held or ()) if isinstance(held, list) else [held] if held else []


def meant(value: str, used: Mapping[str, int]) -> str | None:
    """Return the value in use that an unused one probably stands for, the nearest and most frequent; or None."""
    return _all_meant([value], used).get(value)


def _all_meant(new: Collection[str], used: Mapping[str, int]) -> dict[str, str]:
    """Return for several values the values in use that they probably stand for, as far as there are any."""
    keys = {one: _key(one) for one in used}
    clear: dict[str, str] = {}
    for one in sorted(used, key=lambda one: (-used[one], one)):
        clear.setdefault(keys[one], one)
    found = {value: clear[key] for value in new if value not in used and (key := _key(value)) in clear}
    if len(new) * len(used) <= _MOST_COMPARED:
        for value in new:
            if value not in used and value not in found:
                key = _key(value)
                near = [(far, -used[one], one) for one in used if (far := _slips(key, keys[one]))]
                found.update({value: min(near)[2]} if near else {})
    return found


def added(before: Registry, after: Registry) -> Iterator[NearMiss]:
    """Yield the near misses among the values that a change adds to members and inquiries.

    They are compared with the values of members that the change does not touch.
    """
    new: dict[str, list[tuple[Record, int, str]]] = {}
    for kind in (KIND["member"], KIND["inquiry"]):
        old = records(before, kind)
        changed = (record for id, record in records(after, kind).items() if old.get(id) is not record)
        for record, field in product(changed, [name for name in FIELDS if name in fields(kind.struct)]):
            had = values(old[record.id], field) if record.id in old else []
            brought = ((record, number, value) for number, value in enumerate(values(record, field)))
            new.setdefault(field, []).extend(one for one in brought if one[2] not in had)
    new = {field: brought for field, brought in new.items() if brought}
    others = [held for id, held in before.members.items() if after.members.get(id) is held] if new else []
    for field, brought_in in new.items():
        found = _all_meant({value for _record, _number, value in brought_in}, in_use(others, field))
        for record, number, value in brought_in:
            if value in found:
                yield _miss(record, field, number, value, found[value])


def named_nearly(registry: Registry, name: str) -> list[Member]:
    """Return the members, current and former, whose names differ by one letter, by spaces or by x for ks.

    Legal forms are left out of account. Those of the very same name, as `members.named_alike` has it, are not returned.
    """
    from pkes.model.names import bare_name

    bare = bare_name(name)
    key = _spoken(bare)
    others = ((member, bare_name(member.name or "")) for member in registry.members.values())
    return [
        member
        for member, other in others
        if other != bare and ((spoken := _spoken(other)) == key or _slips(key, spoken) == 1)
    ]


def _spoken(bare: str) -> str:
    # Polish writes the same sound either way: Feniks, Fenix.
    return "".join(bare.split()).replace("x", "ks")


def clear(members: Mapping[str, Member]) -> Iterator[NearMiss]:
    """Yield the near misses among members that differ only by case, diacritics and spaces.

    The spelling that more members have is taken as right; in a tie, the first one.
    """
    for field in FIELDS:
        used = in_use(members.values(), field)
        by_key: dict[str, list[str]] = {}
        for value in used:
            by_key.setdefault(_key(value), []).append(value)
        right = {
            value: best
            for spellings in by_key.values()
            if len(spellings) > 1
            for best in [max(spellings, key=lambda one: used[one])]
            for value in spellings
            if value != best and used[value] == 1
        }
        for member in members.values() if right else ():
            for number, value in enumerate(values(member, field)):
                if value in right:
                    yield _miss(member, field, number, value, right[value])


def _miss(record: Record, field: str, number: int, value: str, other: str) -> NearMiss:
    return NearMiss(record, field, number if fields(type(record))[field].type == "list" else None, value, other)


def _key(value: str) -> str:
    """Return a value without case, diacritics and spaces."""
    return "".join(fold(value).split())


def _slips(key: str, other: str) -> int:
    """Return by how many letters two keys differ; 0 if they are different words, as with different numbers in them."""
    # Nearly all pairs are different words, so the cheapest test comes first.
    if abs(len(key) - len(other)) > 2 or len(set(key) ^ set(other)) > 4:
        return 0
    letters = sum(char.isalpha() for char in min(key, other, key=len))
    most = 2 if letters >= _TWO_LETTERS else 1 if letters >= _ONE_LETTER else 0
    if _digits(key) != _digits(other):
        return 0
    found = distance(key, other, most)
    return 0 if found is None else found


def _digits(key: str) -> str:
    return "".join(filter(str.isdigit, key))
