"""The roster on a given day, by `joined` and `left`.

A partial date of joining counts as the first day that it can mean, a partial date of leaving as the last.
"""

import datetime
from collections.abc import Iterable

from msgspec.structs import replace

from pkes.model.records import Member, Registry
from pkes.registry.selection import is_current


def has_joined(member: Member, day: datetime.date) -> bool:
    """Return whether a member had joined by a day; without a recorded date, it had."""
    first = joined_on(member)
    return first is None or first <= day


def belongs(member: Member, day: datetime.date) -> bool:
    """Return whether a member belonged to the cluster on a day: it had joined by then, and had not left."""
    return has_joined(member, day) and is_current(member, day)


def joined_on(member: Member) -> datetime.date | None:
    """Return the first day on which a member can have joined; None if no date is recorded, or an invalid one."""
    return None if member.joined is None else member.joined.first


def undated(members: Iterable[Member]) -> list[Member]:
    """Return the members whose date of joining is unknown."""
    return [member for member in members if joined_on(member) is None]


def by_day(registry: Registry, day: datetime.date) -> Registry:
    """Return a registry with only the members that had joined by a day, including former ones."""
    members = {id: member for id, member in registry.members.items() if has_joined(member, day)}
    return replace(registry, members=members)


def on_day(registry: Registry, day: datetime.date) -> Registry:
    """Return a registry with only the members of a day."""
    members = {id: member for id, member in registry.members.items() if belongs(member, day)}
    return replace(registry, members=members)
