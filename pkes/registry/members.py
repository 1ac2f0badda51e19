"""Changes to the roster: each function takes a registry and returns the changed one."""

import datetime
from collections import Counter
from collections.abc import Container, Mapping
from typing import Any, TypeVar

import msgspec
from msgspec.structs import replace

from pkes.errors import NotAllowed, SectorInUse, Taken, WrongValue
from pkes.model.dates import PartialDate
from pkes.model.records import Inquiry, Member, Registry, Sector, fields, with_record
from pkes.registry.inquiries import after_months
from pkes.text.collation import fold

_replace = msgspec.structs.replace

CONTACT_RETENTION_MONTHS, CONFIRM_MONTHS = 24, 12
"""The defaults for a registry whose policy does not set them."""

ERASED = tuple(name for name, field in fields(Member).items() if field.personal and name != "note")
"""The fields that erasure clears: contact data and notes of conversations. `note`, about the organisation, stays."""


def add(registry: Registry, id: str, values: Mapping[str, Any]) -> Registry:
    """Return the registry with a new member. Raises `WrongValue` for an invalid id and `Taken` for one in use."""
    return with_record(registry, Member(id=new_id(registry, id), **values))


def new_id(registry: Registry, id: str, field: str = "id") -> str:
    """Check and return an id for a new member.

    Raises `Taken` for one in use and `WrongValue` for an empty or invalid one; both name the `field` that it is for.
    """
    return unused_id(registry.members, id, field)


def unused_id(records: Container[str], id: str, field: str) -> str:
    """Check and return an id that none of the records has.

    Raises `Taken` for one in use and `WrongValue` for an empty or invalid one; both name the `field` that it is for.
    """
    from pkes.model.records import is_id

    if not id:
        raise WrongValue(field, "empty")
    if id in records:
        raise Taken(field, id, id)
    if not is_id(id):
        raise WrongValue(field, "id")
    return id


def free_id(registry: Registry, stem: str) -> str:
    """Return an id if it is free, or else with the first number that makes it free: `ID-2`."""
    if stem not in registry.members:
        return stem
    number = 2
    while f"{stem}-{number}" in registry.members:
        number += 1
    return f"{stem}-{number}"


def named_alike(registry: Registry, name: str) -> list[Member]:
    """Return the members, current and former, of the same name, apart from case, diacritics and legal form."""
    from pkes.model.names import bare_name

    bare = bare_name(name)
    return [member for member in registry.members.values() if bare_name(member.name or "") == bare]


def legal_form(registry: Registry, name: str) -> str | None:
    """Return the legal form in a name, or the one of most members whose names begin with the same word."""
    from pkes.model import names

    if found := names.legal_form(name):
        return found
    first = _first_word(name)
    alike = Counter(
        member.legal_form
        for member in registry.members.values()
        if member.legal_form and _first_word(member.name or "") == first
    )
    return next((form for form, _count in alike.most_common(1)), None)


def _first_word(name: str) -> str:
    return next(iter(fold(name).split()), "")


def rename(registry: Registry, id: str, new: str) -> Registry:
    """Return the registry with a new id for a member; references to it are updated.

    Raises `Taken` and `WrongValue` for the new id.
    """
    if new == id:
        return registry
    new_id(registry, new, "NEW-ID")
    members = {key: held for key, held in registry.members.items() if key != id}
    members[new] = _replace(registry.members[id], id=new)
    return _refer(_replace(registry, members=members), id, new)


def leave(registry: Registry, id: str, day: PartialDate) -> Registry:
    """Return the registry after a member has left on a day. Raises `NotAllowed` for the coordinator."""
    if registry.cluster.coordinator == id:
        raise NotAllowed("coordinator-leaves", id=id)
    return with_record(registry, _replace(registry.members[id], left=day))


def remove(registry: Registry, id: str) -> Registry:
    """Return the registry without a member and without references to it. Raises `NotAllowed` for the coordinator."""
    if registry.cluster.coordinator == id:
        raise NotAllowed("coordinator", id=id)
    members = {key: held for key, held in registry.members.items() if key != id}
    return _refer(_replace(registry, members=members), id, None)


def has_contact(member: Member) -> bool:
    """Return whether any field that erasure clears has a value."""
    return any(getattr(member, name) not in (None, "", []) for name in ERASED)


def is_contact_due(registry: Registry, member: Member, today: datetime.date) -> bool:
    """Return whether the retention period for a former member's contact data is over.

    GDPR, Art. 5(1)(e): personal data is kept no longer than is necessary; the policy says how long that is. If only the
    year or month of leaving is known, its last day counts; without a valid date, it is never due.
    """
    last = member.left.last if member.left is not None else None
    if last is None or last > today or not has_contact(member):
        return False
    months = registry.policy.contact_retention_months
    kept_until = after_months(last, CONTACT_RETENTION_MONTHS if months is None else months)
    return kept_until is not None and today > kept_until


def is_unconfirmed(registry: Registry, member: Member, today: datetime.date) -> bool:
    """Whether nobody has confirmed the facts of a member for as long as the policy takes them to hold."""
    if member.confirmed is None:
        return True
    months = registry.policy.confirm_months
    holds_until = after_months(member.confirmed, CONFIRM_MONTHS if months is None else months)
    return holds_until is not None and today > holds_until


def erase(registry: Registry, id: str, day: datetime.date) -> Registry:
    """Return the registry without a member's contact data and notes of conversations; the organisation stays.

    GDPR, Art. 17: the right to erasure. `erased` is set to the day, unless there was nothing to erase.
    """
    member = registry.members[id]
    gone: dict[str, Any] = dict.fromkeys(ERASED)
    return with_record(registry, _replace(member, **gone, erased=day if has_contact(member) else member.erased))


def _refer(registry: Registry, id: str, new: str | None) -> Registry:
    """Change all references to a member to another id, or remove them."""
    cluster = registry.cluster
    if cluster.coordinator == id:
        cluster = _replace(cluster, coordinator=new)
    inquiries: dict[str, Inquiry] = {
        key: _replace(held, member=new) if held.member == id else held for key, held in registry.inquiries.items()
    }
    return _replace(registry, cluster=cluster, inquiries=inquiries)


R = TypeVar("R", Member, Inquiry)


def add_sector(registry: Registry, id: str, labels: Mapping[str, Any]) -> Registry:
    """Return the registry with a new sector; `labels` are by language.

    Raises `Taken` and `WrongValue` for the id, and `WrongValue` for a label that another sector has.
    """
    made = Sector(id=unused_id(registry.sectors, id, "ID"), **labels)
    _refuse_labels_of_others(registry, id, labels)
    return replace(registry, sectors={**registry.sectors, id: made})


def edit_sector(registry: Registry, id: str, labels: Mapping[str, Any]) -> Registry:
    """Return the registry with new labels for a sector, by language. Raises `WrongValue` for that of another sector."""
    _refuse_labels_of_others(registry, id, labels)
    return replace(registry, sectors={**registry.sectors, id: replace(registry.sectors[id], **labels)})


def sector_labelled(registry: Registry, label: str, but: str) -> str | None:
    """Return the id of a sector `but` one that has a label in any language, however it is written; or None."""
    from pkes.model.vocabulary import closed_up

    wanted = closed_up(label)
    others = (one for id, one in registry.sectors.items() if id != but and wanted)
    return next((one.id for one in others if wanted in map(closed_up, one.labels.values())), None)


def _refuse_labels_of_others(registry: Registry, id: str, labels: Mapping[str, Any]) -> None:
    for language, label in labels.items():
        if other := sector_labelled(registry, label, id):
            raise WrongValue(language, "label-twice", other=other)


def rename_sector(registry: Registry, id: str, new: str) -> Registry:
    """Return the registry with a new id for a sector; members and inquiries are updated.

    Raises `Taken` and `WrongValue` for the new id.
    """
    if new == id:
        return registry
    unused_id(registry.sectors, new, "NEW")
    return replace(
        registry,
        sectors=_without(registry, id) | {new: replace(registry.sectors[id], id=new)},
        members=_moved(registry.members, id, new),
        inquiries=_moved(registry.inquiries, id, new),
    )


def remove_sector(registry: Registry, id: str) -> Registry:
    """Return the registry without a sector. Raises `SectorInUse` if any member or inquiry uses it."""
    members, inquiries = _count(registry.members, id), _count(registry.inquiries, id)
    if members or inquiries:
        raise SectorInUse(id, members, inquiries)
    return replace(registry, sectors=_without(registry, id))


def _without(registry: Registry, id: str) -> dict[str, Sector]:
    return {key: held for key, held in registry.sectors.items() if key != id}


def _moved(records: Mapping[str, R], id: str, new: str) -> dict[str, R]:
    return {key: replace(held, sector=new) if held.sector == id else held for key, held in records.items()}


def _count(records: Mapping[str, R], id: str) -> int:
    return sum(held.sector == id for held in records.values())
