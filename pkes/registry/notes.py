"""Notes, day by day, and reminders."""

import datetime
import re
from typing import NamedTuple, TypeVar

from msgspec.structs import replace

from pkes.model.records import Inquiry, Member, Registry

R = TypeVar("R", Member, Inquiry)

_ITEM = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?: (.*))?", re.DOTALL)


class Reminder(NamedTuple):
    """A reminder about a member (by id), due from a day on; one without a day is due at once."""

    id: str
    date: datetime.date | None
    text: str


def note(record: R, day: datetime.date, text: str) -> R:
    """Return a record with one more line in its notes: the day and the text."""
    return replace(record, notes=[*(record.notes or ()), f"{day} {text}"])


def remind(member: Member, day: datetime.date, text: str) -> Member:
    """Return a member with one more reminder: the day from which it is due, and the text."""
    return replace(member, reminders=[*(member.reminders or ()), f"{day} {text}"])


def settle(member: Member, today: datetime.date) -> Member:
    """Return a member without the reminders that are due."""
    ahead = [item for item in member.reminders or () if not _is_due(_reminder(member.id, item), today)]
    return member if len(ahead) == len(member.reminders or ()) else replace(member, reminders=ahead or None)


def reminders(registry: Registry, today: datetime.date) -> tuple[Reminder, ...]:
    """Return the due reminders of all members, the earliest first."""
    found = [_reminder(member.id, item) for member in registry.members.values() for item in member.reminders or ()]
    due = [one for one in found if _is_due(one, today)]
    return tuple(sorted(due, key=lambda one: (one.date or datetime.date.min, one.id)))


def _is_due(reminder: Reminder, today: datetime.date) -> bool:
    # Without a day, or with a wrong one, a reminder would never be seen again unless it is due.
    return reminder.date is None or reminder.date <= today


def _reminder(id: str, item: str) -> Reminder:
    if found := _ITEM.fullmatch(item):
        try:
            return Reminder(id, datetime.date.fromisoformat(found[1]), found[2] or "")
        except ValueError:  # such as 2025-02-30
            pass
    return Reminder(id, None, item)
