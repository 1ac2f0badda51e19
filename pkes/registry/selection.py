"""Selecting, sorting and finding records. Case and diacritics never count."""

import datetime
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from operator import attrgetter, itemgetter
from types import MappingProxyType
from typing import Any, TypeVar

from msgspec import Struct

from pkes.errors import Ambiguous, NotFound, UnknownName
from pkes.i18n import N_
from pkes.model.dates import PartialDate
from pkes.model.records import STATUSES, Inquiry, KindName, Member, Record, Registry, fields, kind_of
from pkes.text.characters import strip
from pkes.text.collation import collation_key, fold, nearest
from pkes.text.items import join

R = TypeVar("R", bound=Record)

MEMBER_STATUSES = (N_("current"), N_("former"), N_("all"))
INQUIRY_STATUSES = (N_("open"), N_("all"), *STATUSES)
OPEN = ("new", "answered")
"""The statuses of open inquiries."""


class Filters(Struct, frozen=True):
    """Conditions that a record has to fulfil, all of them.

    `equals` holds the accepted values by field (an empty collection accepts any value, "" an absent one); in a list
    field, any item may match. `search` is a part of any text field. `status` is one of MEMBER_STATUSES or
    INQUIRY_STATUSES. The fields in `present` must have a value, those in `absent` none; an empty value counts as none.
    """

    equals: Mapping[str, Collection[str]] = MappingProxyType({})
    search: str = ""
    status: str = "all"
    present: Collection[str] = ()
    absent: Collection[str] = ()


def select(records: Iterable[R], filters: Filters, today: datetime.date) -> list[R]:
    """Return the records, all of one kind, that pass the filters on a day, in the order they came in.

    Raises UnknownName if `status` is not one of the kind; the fields in `equals` must be fields of the kind.
    """
    found = list(records)
    status = _known_status(found, filters.status)
    for field, wanted in filters.equals.items():
        if wanted:
            found = _equal(found, field, {fold(one.strip()) for one in wanted})
    for fields_named, is_wanted in ((filters.present, True), (filters.absent, False)):
        for field in fields_named:
            found = [record for record in found if (getattr(record, field) not in (None, "", [])) == is_wanted]
    if part := fold(filters.search.strip()):
        found = [record for record in found if part in fold(_all_text(record))]
    if status != "all":
        found = [record for record in found if _has_status(record, status, today)]
    return found


def is_current(member: Member, today: datetime.date) -> bool:
    """Return whether a member has not left: the last day that `left` can mean is after today.

    A member whose `left` is not a date has left, on an unknown day.
    """
    if member.left is None or not strip(str(member.left)):
        return True
    last = member.left.last
    return last is not None and last > today


def sort(records: Iterable[R], field: str, descending: bool = False) -> list[R]:
    """Return the records, all of one kind, sorted by a field of the kind or by `id`.

    Text sorts in Polish alphabetical order, a list as the text of its cell, false before true. A record without the
    field comes last in both directions; equal records are sorted by id, ascending.
    """
    present: list[tuple[Any, R]] = []
    absent: list[R] = []
    for record in sorted(records, key=attrgetter("id")):
        key = _sort_key(getattr(record, field))
        if key is None:
            absent.append(record)
        else:
            present.append((key, record))
    present.sort(key=itemgetter(0), reverse=descending)
    return [record for _, record in present] + absent


def known(what: str, wanted: str, words: Iterable[str]) -> str:
    """Return the word of a vocabulary that is meant: given as such, as its label in any language, or abbreviated.

    `what` names the vocabulary: `status`, `format`. Raises UnknownName with the nearest words and all words.
    """
    words = tuple(words)
    if wanted in words:
        return wanted
    from pkes.model.vocabulary import meant, spellings, suggestions

    if found := meant(wanted, spellings(words)):
        return found
    raise UnknownName(what, wanted, suggestions(wanted, spellings(words)), {word: word for word in words})


def known_field(struct: type[Record], wanted: str) -> str:
    """Return the name of the field that is meant (or `id`), given by its name, its option or a title.

    Raises UnknownName with the nearest names or titles, and all names with their titles.
    """
    names = fields(struct)
    if wanted in names or wanted == "id":
        return wanted
    from pkes.model.vocabulary import closed_up, field_words, near_fields

    if found := field_words(struct).get(closed_up(wanted)):
        return found
    titles = {name: field.title for name, field in names.items()}
    raise UnknownName("field", wanted, near_fields(struct, wanted), titles)


def _known_status(records: Sequence[Record], status: str) -> str:
    """Return the status that is meant; that of no records may be any."""
    if not records:
        return "all"
    kind = type(records[0])
    statuses = MEMBER_STATUSES if kind is Member else INQUIRY_STATUSES if kind is Inquiry else ("all",)
    return known("status", status, statuses)


def _has_status(record: Record, status: str, today: datetime.date) -> bool:
    if isinstance(record, Member):
        return is_current(record, today) == (status == "current")
    held: str | None = record.status  # type: ignore[attr-defined]
    return held in OPEN if status == "open" else held == status


def _equal(records: list[R], field: str, wanted: set[str]) -> list[R]:
    """Return the records that have one of the wanted, folded values."""

    @cache  # many records share a value
    def passes(text: str) -> bool:
        return fold(text) in wanted

    def has(value: Any) -> bool:
        return passes(value) if isinstance(value, str) else any(map(passes, _texts(value)))

    return [record for record in records if has(getattr(record, field))]


def _texts(value: Any) -> Iterable[str]:
    """Return the texts of a value that is not a string, for comparison: each item of a list, "" if it is absent."""
    if isinstance(value, list):
        return value or ("",)
    if value is None:
        return ("",)
    return (str(value),)


def _all_text(record: Record) -> str:
    # NUL occurs in no text, so no match can span two fields.
    return "\0".join(_searched(record))


def _searched(record: Record) -> Iterator[str]:
    yield record.id
    for name in fields(type(record)):
        value = getattr(record, name)
        if isinstance(value, str):
            yield value
        elif isinstance(value, list):
            yield from value


def _sort_key(value: Any) -> Any:
    """Return the sort key of a value, None if it is absent. All values of a field have keys of one type."""
    if isinstance(value, str):
        return collation_key(value) if value else None
    if isinstance(value, list):
        return collation_key(join(value)) if value else None
    if isinstance(value, PartialDate):
        return str(value) or None
    return value


def find_member(registry: Registry, wanted: str) -> Member:
    """Return the member, current or former, that an id, a name, a short name or a part of one of these refers to.

    Raises NotFound with the nearest ids, and Ambiguous with the id and name of each candidate, by id.
    """
    found = _find(registry.members, wanted, _member_names)
    if not found:
        raise NotFound("member", wanted, _nearest_ids(registry.members, wanted, _member_names))
    if len(found) > 1:
        raise Ambiguous("member", wanted, [_about(member) for member in found])
    return found[0]


def find_inquiry(registry: Registry, wanted: str) -> Inquiry:
    """Return the inquiry that an id, the name of the organisation or person, or a part of one of these refers to.

    Raises NotFound with the nearest ids, and Ambiguous with the id, topic and town of each candidate, by id: if several
    people could be meant, none of them is named.
    """
    found = _find(registry.inquiries, wanted, _inquiry_names)
    if not found:
        raise NotFound("inquiry", wanted, _nearest_ids(registry.inquiries, wanted, _inquiry_names))
    if len(found) > 1:
        raise Ambiguous("inquiry", wanted, [*map(_about, found)], [*map(_about_with_name, found)])
    return found[0]


def find_record(registry: Registry, wanted: str) -> tuple[KindName, str]:
    """Return the kind and id of the member, or else of the inquiry, that is meant.

    Raises NotFound with the nearest ids of both, and Ambiguous.
    """
    try:
        return "member", find_member(registry, wanted).id
    except NotFound as error:
        nearest = error.suggestions
    try:
        return "inquiry", find_inquiry(registry, wanted).id
    except NotFound as error:
        raise NotFound("record", wanted, [*nearest, *error.suggestions]) from None


def find_person(registry: Registry, wanted: str) -> tuple[KindName, str]:
    """Return the kind and id of the member or inquiry that is meant, for a request about personal data.

    A word that finds both kinds is ambiguous, unless it is an id. Raises NotFound with the nearest ids of both, and
    Ambiguous, which says no more about a candidate than `find_member` and `find_inquiry` do.
    """
    folded = fold(wanted.strip())
    kinds: list[tuple[Mapping[str, Record], Callable[[Registry, str], Member | Inquiry]]]
    kinds = [(registry.members, find_member), (registry.inquiries, find_inquiry)]
    found: list[Member | Inquiry] = []
    nearest: list[str] = []
    for _held, find in [kind for kind in kinds if folded in map(fold, kind[0])] or kinds:
        try:
            found.append(find(registry, wanted))
        except NotFound as error:
            nearest += error.suggestions
    if not found:
        raise NotFound("member-or-inquiry", wanted, nearest)
    if len(found) > 1:
        raise Ambiguous("record", wanted, [*map(_about, found)], [*map(_about_with_name, found)])
    return kind_of(found[0]).name, found[0].id


def _about_with_name(record: Member | Inquiry) -> tuple[str, ...]:
    """Return how to show an ambiguous record to the user, including its name or person."""
    if isinstance(record, Member):
        return _about(record)
    return record.id, record.name or record.person or "", record.topic or ""


def _about(record: Member | Inquiry) -> tuple[str, ...]:
    """Return how to show an ambiguous record anywhere: without the person of an inquiry."""
    if isinstance(record, Member):
        return record.id, record.name or ""
    return record.id, record.topic or "", record.town or ""


def find_sector(registry: Registry, wanted: str) -> str:
    """Return the id of the sector that is meant: given by id, by label, or by a unique beginning of these.

    Raises UnknownName with the nearest ids, and all ids with their labels: of `sector-label` where several have it.
    """
    if wanted in registry.sectors:
        return wanted
    from pkes.i18n import language_in_use
    from pkes.model.vocabulary import called, meant, suggestions

    labels = {id: tuple(one.labels.values()) for id, one in registry.sectors.items()}
    if found := meant(wanted, labels):
        return found
    shown = {id: one.label(language_in_use()) for id, one in registry.sectors.items()}
    if same := called(wanted, labels):
        raise UnknownName("sector-label", wanted, same, shown)
    raise UnknownName("sector", wanted, suggestions(wanted, labels), shown)


def _member_names(member: Member) -> tuple[str, ...]:
    return member.name or "", member.short_name or ""


def _inquiry_names(inquiry: Inquiry) -> tuple[str, ...]:
    return inquiry.name or "", inquiry.person or ""


def _find(records: Mapping[str, R], wanted: str, names: Callable[[R], Iterable[str]]) -> list[R]:
    """Return the records found by the first stage that finds any, by id."""
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
    """Return the ids nearest to what was wanted, comparing ids, names and single words of names."""
    from pkes.model.names import bare_name

    ids: dict[str, list[str]] = {}
    for record in sorted(records.values(), key=lambda record: record.id):
        bare = [bare_name(name) for name in names(record) if name]
        words = [word for name in bare for word in name.split() if len(word) > 3]
        for text in dict.fromkeys((fold(record.id), *bare, *words)):
            ids.setdefault(text, []).append(record.id)
    near = nearest(wanted.strip(), ids)
    return list(dict.fromkeys(id for text in near for id in ids[text]))[:3]
