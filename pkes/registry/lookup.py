"""Which record somebody means: the one with this id, else with this name, else with this part of an id or a name.

Case and diacritics never count.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from pkes.errors import Ambiguous, NotFound
from pkes.model.names import bare_name
from pkes.model.records import Inquiry, Member, Record, Registry
from pkes.registry.selection import known
from pkes.text.collation import fold, nearest

R = TypeVar("R", bound=Record)


def find_member(registry: Registry, wanted: str) -> Member:
    """Return the member, current or former, that an id, a name or short name, or a part of one of these means.

    Raises NotFound with the nearest ids, and Ambiguous with the id and name of each candidate, by id.
    """
    found = _find(registry.members, wanted, _member_names)
    if not found:
        raise NotFound("member", wanted, _nearest_ids(registry.members, wanted, _member_names))
    if len(found) > 1:
        raise Ambiguous("member", wanted, [(member.id, member.name or "") for member in found])
    return found[0]


def find_inquiry(registry: Registry, wanted: str) -> Inquiry:
    """Return the inquiry that an id, the name of the organisation or person, or a part of one of these means.

    Raises NotFound with the nearest ids, and Ambiguous with the id, topic and town of each candidate, by id: what
    is shown where several people could be meant names none of them.
    """
    found = _find(registry.inquiries, wanted, _inquiry_names)
    if not found:
        raise NotFound("inquiry", wanted, _nearest_ids(registry.inquiries, wanted, _inquiry_names))
    if len(found) > 1:
        candidates = [(inquiry.id, inquiry.topic or "", inquiry.town or "") for inquiry in found]
        raise Ambiguous("inquiry", wanted, candidates)
    return found[0]


def find_sector(registry: Registry, wanted: str) -> str:
    """Return the id of the sector that an id, else a label means. Raises UnknownName with the nearest ids."""
    if wanted in registry.sectors:
        return wanted
    if folded := next((id for id in registry.sectors if fold(id) == fold(wanted.strip())), None):
        return folded
    by_label = {fold(label): id for id, one in registry.sectors.items() for label in (one.pl, one.en) if label}
    return by_label.get(fold(wanted.strip())) or known("sector", wanted, registry.sectors)


def _member_names(member: Member) -> tuple[str, ...]:
    return member.name or "", member.short_name or ""


def _inquiry_names(inquiry: Inquiry) -> tuple[str, ...]:
    return inquiry.name or "", inquiry.person or ""


def _find(records: Mapping[str, R], wanted: str, names: Callable[[R], Iterable[str]]) -> list[R]:
    """Return the records of the first stage that finds any, by id."""
    if exact := records.get(wanted.strip()):
        return [exact]
    wanted = fold(wanted.strip())
    if not wanted:
        return []
    folded = [(record, (fold(record.id), *map(fold, names(record)))) for record in records.values()]
    stages: tuple[Callable[[tuple[str, ...]], bool], ...] = (
        lambda texts: wanted == texts[0],
        lambda texts: wanted in texts,
        lambda texts: any(wanted in text for text in texts),
    )
    for meets in stages:
        if found := [record for record, texts in folded if meets(texts)]:
            return sorted(found, key=lambda record: record.id)
    return []


def _nearest_ids(records: Mapping[str, R], wanted: str, names: Callable[[R], Iterable[str]]) -> list[str]:
    """Return the ids that are nearest to what was wanted, be it by the id, a name or one word of a name."""
    ids: dict[str, list[str]] = {}
    for record in sorted(records.values(), key=lambda record: record.id):
        bare = [bare_name(name) for name in names(record) if name]
        words = [word for name in bare for word in name.split() if len(word) > 3]
        for text in dict.fromkeys((fold(record.id), *bare, *words)):
            ids.setdefault(text, []).append(record.id)
    near = nearest(wanted.strip(), ids)
    return list(dict.fromkeys(id for text in near for id in ids[text]))[:3]
