"""Near misses: a value that no other record has, while another spelling of it is in use.

It is near where the two differ only by case, diacritics and spaces (the clear case), or by one or two letters.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import product
from typing import Any, NamedTuple

from pkes.model.records import KIND, Member, Record, Registry, fields, records
from pkes.text.collation import fold
from pkes.text.distance import distance

FIELDS = tuple(name for name, field in fields(Member).items() if field.shared)
"""The fields of a member whose values are to be spelled alike. Inquiries have some of them."""

_MOST_COMPARED = 100_000
"""Beyond so many pairs of values only the clear case is looked for: an import would take long."""
_ONE_LETTER, _TWO_LETTERS = 4, 6
"""So many letters a word has in which one of them, or two, may be a slip: in a shorter one they make another word."""


class NearMiss(NamedTuple):
    """A record that has a value, of a list the item of an index, in place of the `other` that is in use."""

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
    """Return the values that a record has in a field, none or one where it is no list."""
    held: Any = getattr(record, field)
    return list(held or ()) if isinstance(held, list) else [held] if held else []


def meant(value: str, used: Mapping[str, int]) -> str | None:
    """Return the value in use that may be meant by one that is not, the nearest and most usual; None where none is."""
    return _all_meant([value], used).get(value)


def _all_meant(new: Collection[str], used: Mapping[str, int]) -> dict[str, str]:
    """Return what may be meant by each of several values for which there is anything."""
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
    """Yield the near misses among the values that a change brings into members and inquiries.

    What they miss are the values of members that the change does not touch.
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


def clear(members: Mapping[str, Member]) -> Iterator[NearMiss]:
    """Yield the near misses among members that differ only by case, diacritics and spaces.

    Of two spellings, the one that more members have is right, or else the one that comes first.
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
    """Return what is left of a value without case, diacritics and spaces."""
    return "".join(fold(value).split())


def _slips(key: str, other: str) -> int:
    """Return how many letters two keys differ by, 0 where they are different words: so are those of other numbers."""
    # Nearly all are other words: the cheapest look goes first.
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
