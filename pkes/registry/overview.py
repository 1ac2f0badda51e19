"""The registry as a whole: who coordinates the cluster, how many members each sector has, what needs doing."""

import datetime
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from msgspec import Struct, structs

from pkes.model.dates import PartialDate
from pkes.model.records import Cluster, Inquiry, Member, Registry, Sector, fields, values_of
from pkes.registry import inquiries, members, notes
from pkes.registry.notes import Reminder
from pkes.registry.selection import OPEN, is_current
from pkes.text.characters import strip

POLICY_DEFAULTS: dict[str, int | bool] = {
    "answer_within_days": inquiries.ANSWER_WITHIN_DAYS,
    "retention_months": inquiries.RETENTION_MONTHS,
    "contact_retention_months": members.CONTACT_RETENTION_MONTHS,
    "confirm_months": members.CONFIRM_MONTHS,
    "autosave": False,
}
"""What is in force where the policy does not set a field, by the field's name."""


class SectorCount(NamedTuple):
    """A sector and the number of its current members."""

    sector: Sector
    members: int

    def row(self) -> dict[str, str | int | None]:
        """Return its id, its labels by field name (None if absent), and the number."""
        labels = {name: getattr(self.sector, name) for name in fields(Sector)}
        return {"id": self.sector.id, **labels, "members": self.members}


class Profile(Struct, frozen=True):
    """What a cluster says about itself.

    `declared` is the number of members that it claims, `listed` the number of current members in the registry.
    """

    cluster: Cluster
    coordinator: Member | None
    declared: int | None
    listed: int
    by_sector: tuple[SectorCount, ...]

    @property
    def elsewhere(self) -> int:
        """The number of current members whose sector the registry does not know."""
        return self.listed - sum(sector.members for sector in self.by_sector)


class Waiting(Struct, frozen=True):
    """An open inquiry, and how many days it has been waiting.

    `late` is the number of days since it should have been answered, None if that time is not over; `overdue` says
    whether it is.
    """

    id: str
    status: str | None
    received: datetime.date | None
    days: int | None
    late: int | None
    overdue: bool


class Leaving(Struct, frozen=True):
    """A member that will leave or has left, and when."""

    id: str
    left: PartialDate


class Status(Struct, frozen=True):
    """What needs doing: open inquiries, the ids of inquiries kept too long, and findings by severity.

    `limit` is the number of days in which a new inquiry has to be answered. `contacts_due` are the former members whose
    contact data has been kept too long, `unconfirmed` the current ones whose facts nobody has confirmed for too long.
    `social_enterprises` are those that report to the voivode by 31 March, from 1 February on.
    """

    waiting: tuple[Waiting, ...]
    limit: int
    retention_due: tuple[str, ...]
    findings: dict[str, int]
    sectors: tuple[SectorCount, ...]
    leaving: tuple[Leaving, ...]
    reminders: tuple[Reminder, ...]
    contacts_due: tuple[Leaving, ...]
    unconfirmed: tuple[str, ...]
    social_enterprises: tuple[str, ...]

    @property
    def is_quiet(self) -> bool:
        """Whether nothing needs doing; notes of the checks, and departures and reports to come, do not count."""
        found = self.findings["error"] or self.findings["warning"]
        return not (self.waiting or self.reminders or self.retention_due or self.contacts_due or found)


def sectors(registry: Registry, today: datetime.date) -> tuple[SectorCount, ...]:
    """Return the sectors of a registry, in the order of the file, with the members that are current on a day."""
    count = Counter(member.sector for member in registry.members.values() if is_current(member, today))
    return tuple(SectorCount(sector, count[id]) for id, sector in registry.sectors.items())


def profile(registry: Registry, today: datetime.date) -> Profile:
    """Return what a cluster tells about itself on a day."""
    cluster = registry.cluster
    return Profile(
        cluster=cluster,
        coordinator=coordinator(registry),
        declared=cluster.declared_members,
        listed=sum(is_current(member, today) for member in registry.members.values()),
        by_sector=sectors(registry, today),
    )


def coordinator(registry: Registry) -> Member | None:
    """Return the member that coordinates the cluster, or None if there is no such member."""
    return registry.members.get(registry.cluster.coordinator or "")


def in_language(cluster: Cluster, language: str) -> Cluster:
    """Return a cluster with its texts in a language; texts that exist only in Polish stay Polish."""
    texts = values_of(cluster.en) if language == "en" else ()
    return structs.replace(cluster, **{field.name: value for field, value in texts if has_text(value)})


def has_text(value: str | list[str] | None) -> bool:
    """Return whether a text, or any text of a list, is not blank."""
    return any(strip(one) for one in ([value] if isinstance(value, str) else value or ()))


def waiting(registry: Registry, today: datetime.date) -> dict[str, Waiting]:
    """Return the open inquiries by id, those that have been waiting longest first."""
    found = [
        Waiting(
            id=inquiry.id,
            status=inquiry.status,
            received=inquiry.received,
            days=inquiries.days_waiting(inquiry, today),
            late=inquiries.days_late(registry, inquiry, today),
            overdue=inquiries.is_overdue(registry, inquiry, today),
        )
        for inquiry in registry.inquiries.values()
        if inquiry.status in OPEN
    ]
    return {one.id: one for one in sorted(found, key=lambda one: (one.received or datetime.date.max, one.id))}


def status(registry: Registry, today: datetime.date, severities: Iterable[str]) -> Status:
    """Return what needs doing on a day; `severities` are the severities of all findings."""
    found = Counter(severities)
    return Status(
        waiting=tuple(waiting(registry, today).values()),
        limit=inquiries.answer_within(registry),
        retention_due=tuple(due.id for due in retention_due(registry, today)),
        findings={severity: found[severity] for severity in ("error", "warning", "note")},
        sectors=sectors(registry, today),
        leaving=leaving(registry, today),
        reminders=notes.reminders(registry, today),
        contacts_due=tuple(Leaving(one.id, one.left) for one in contacts_due(registry, today) if one.left),
        unconfirmed=tuple(one.id for one in unconfirmed(registry, today)),
        social_enterprises=tuple(one.id for one in reporting(registry, today)),
    )


def leaving(registry: Registry, today: datetime.date) -> tuple[Leaving, ...]:
    """Return the current members that will leave, the next one first."""
    found = [
        Leaving(member.id, member.left)
        for member in registry.members.values()
        if member.left is not None and member.left.last is not None and is_current(member, today)
    ]
    return tuple(sorted(found, key=lambda one: (one.left, one.id)))


def retention_due(registry: Registry, today: datetime.date) -> list[Inquiry]:
    """Return the inquiries whose retention period is over, by id."""
    due = [one for one in registry.inquiries.values() if inquiries.is_retention_due(registry, one, today)]
    return sorted(due, key=lambda inquiry: inquiry.id)


def contacts_due(registry: Registry, today: datetime.date) -> list[Member]:
    """Return the former members whose contact data has been kept as long as allowed, by id."""
    due = [one for one in registry.members.values() if members.is_contact_due(registry, one, today)]
    return sorted(due, key=lambda member: member.id)


def unconfirmed(registry: Registry, today: datetime.date) -> list[Member]:
    """Return the current members whose facts nobody has confirmed for longer than the policy has, by id."""
    found = [
        one
        for one in registry.members.values()
        if is_current(one, today) and members.is_unconfirmed(registry, one, today)
    ]
    return sorted(found, key=lambda member: member.id)


def reporting(registry: Registry, today: datetime.date) -> list[Member]:
    """Return the current members with the status of a social enterprise, by id, in February and March; else none.

    Act of 5 August 2022 on social economy: each of them reports to the voivode every year by 31 March.
    """
    if today.month not in (2, 3):
        return []
    found = [one for one in registry.members.values() if one.social_enterprise and is_current(one, today)]
    return sorted(found, key=lambda member: member.id)
