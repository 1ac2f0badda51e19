"""The roster as it was on a day, by `joined` and `left`.

Of a partial date of joining the first day counts that it can mean, of one of leaving the last.
"""

import datetime
from collections.abc import Iterable

from msgspec.structs import replace

from pkes.model.records import Member, Registry
from pkes.registry.selection import is_current


def has_joined(member: Member, day: datetime.date) -> bool:
    """Whether a member had joined by a day; who joined on a day that is not on record, had."""
    first = joined_on(member)
    return first is None or first <= day


def belongs(member: Member, day: datetime.date) -> bool:
    """Whether somebody was a member on a day: had joined by then, and had not left."""
    return has_joined(member, day) and is_current(member, day)


def joined_on(member: Member) -> datetime.date | None:
    """Return the first day on which a member can have joined; None where no date is on record, or none to be read."""
    return None if member.joined is None else member.joined.first


def undated(members: Iterable[Member]) -> list[Member]:
    """Return those of some members of whom nobody knows when they joined."""
    return [member for member in members if joined_on(member) is None]


def by_day(registry: Registry, day: datetime.date) -> Registry:
    """Return a registry with those who had joined by a day alone: its members of that day, and the former ones."""
    members = {id: member for id, member in registry.members.items() if has_joined(member, day)}
    return replace(registry, members=members)


def on_day(registry: Registry, day: datetime.date) -> Registry:
    """Return a registry with its members of a day alone."""
    members = {id: member for id, member in registry.members.items() if belongs(member, day)}
    return replace(registry, members=members)
