"""The life of an inquiry from the day it comes in: a table of steps, and the effect of each on the registry."""

import datetime
from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import Struct

from pkes.errors import NotAllowed
from pkes.model.dates import PartialDate
from pkes.model.records import Inquiry, Member, Registry, fields, with_record
from pkes.registry.selection import OPEN

_replace = msgspec.structs.replace

ANSWER_WITHIN_DAYS, RETENTION_MONTHS = 14, 24
"""Defaults for a registry whose policy does not set them."""


class Step(Struct, frozen=True):
    """A step: the statuses it starts from, the one it leads to, and the dates that it sets if they are absent.

    `has_reason` says whether a reason can be given.
    """

    name: str
    starts: tuple[str, ...]
    leads_to: str
    dates: tuple[str, ...]
    has_reason: bool = False


STEPS = {
    step.name: step
    for step in (
        Step("answer", ("new",), "answered", ("answered",)),
        Step("accept", ("new", "answered"), "accepted", ("answered", "closed")),
        # A request for information or cooperation is settled by the answer.
        Step("close", ("new", "answered"), "closed", ("answered", "closed"), has_reason=True),
        Step("decline", ("new", "answered"), "declined", ("closed",), has_reason=True),
        Step("withdraw", ("new", "answered"), "withdrawn", ("closed",), has_reason=True),
        # It leads to `answered` if that date is set. An accepted inquiry is reopened only if it no longer has its
        # member.
        Step("reopen", ("declined", "withdrawn", "closed", "accepted"), "new", ()),
    )
}
"""All steps by name. The checks, the messages and the README's diagram are derived from this table."""

SET_BY_STEPS = ("status", "answered", "closed", "reason", "member")
"""The fields that steps set."""

ALPHABET = "abcdefghijklmnopqrstuvwxyz23456789"
"""The characters of ids: 0 and 1 are left out, because they look like o and l."""


def draw_id(received: datetime.date, taken: Mapping[str, object]) -> str:
    """Return a new id for an inquiry: the day it was received and three random characters.

    It sorts by day, carries no personal data, and two branches hardly ever draw the same.
    """
    import secrets

    while True:
        id = f"{received}-{''.join(secrets.choice(ALPHABET) for _ in range(3))}"
        if id not in taken:
            return id


def receive(registry: Registry, id: str, values: Mapping[str, Any]) -> Registry:
    """Return the registry with a new inquiry: its status is `new`, its lawful basis the policy's if none is given."""
    given = {"status": "new", "lawful_basis": registry.policy.lawful_basis, **values}
    return with_record(registry, Inquiry(id=id, **given))


def channel_of(values: Mapping[str, Any]) -> str:
    """Return the channel of an inquiry if none is given: phone if only a phone number is known, or else e-mail."""
    return "phone" if values.get("phone") and not values.get("email") else "email"


def alike(registry: Registry, inquiry: Inquiry) -> list[str]:
    """Return the ids of the other open inquiries with the same e-mail or phone."""
    return [
        other.id
        for other in registry.inquiries.values()
        if other.id != inquiry.id
        and other.status in OPEN
        and (_same(other.email, inquiry.email) or _same(other.phone, inquiry.phone))
    ]


def _same(one: str | None, other: str | None) -> bool:
    return bool(one and other) and str(one).casefold() == str(other).casefold()


# Steps.


def allowed(inquiry: Inquiry) -> tuple[str, ...]:
    """Return the names of the steps that an inquiry may take; an erased one may take none."""
    if inquiry.erased:
        return ()
    steps = (step.name for step in STEPS.values() if inquiry.status in step.starts)
    return tuple(name for name in steps if name != "reopen" or inquiry.status != "accepted" or not inquiry.member)


def require(inquiry: Inquiry, name: str) -> None:
    """Raise `NotAllowed`, which names the allowed steps, unless a step is allowed."""
    if name not in allowed(inquiry):
        why = "erased-step" if inquiry.erased else "step"
        if why == "step" and name == "reopen" and inquiry.status == "accepted":
            raise NotAllowed("reopen-accepted", id=inquiry.id, status=inquiry.status, member=inquiry.member)
        raise NotAllowed(why, id=inquiry.id, step=name, status=inquiry.status, steps=allowed(inquiry))


def take(registry: Registry, id: str, name: str, day: datetime.date, reason: str | None = None) -> Registry:
    """Return the registry after a step of an inquiry on a day. Raises `NotAllowed` if its status forbids it."""
    return with_record(registry, _after(registry.inquiries[id], name, day, reason))


def _after(inquiry: Inquiry, name: str, day: datetime.date, reason: str | None = None) -> Inquiry:
    require(inquiry, name)
    step = STEPS[name]
    if name == "reopen":
        status = "answered" if inquiry.answered else step.leads_to
        return _replace(inquiry, status=status, closed=None, reason=None)
    dates = {date: day for date in step.dates if getattr(inquiry, date) is None}
    return _replace(inquiry, status=step.leads_to, **dates, **({"reason": reason} if reason else {}))


def accept(registry: Registry, id: str, member: Member, day: datetime.date) -> Registry:
    """Return the registry with a new member made from an inquiry; each refers to the other.

    Raises `NotAllowed` if the inquiry's status forbids it.
    """
    accepted = _replace(_after(registry.inquiries[id], "accept", day), member=member.id)
    members = {**registry.members, member.id: _replace(member, inquiry=id)}
    return _replace(with_record(registry, accepted), members=members)


def member_from(inquiry: Inquiry, day: datetime.date) -> Member:
    """Return the member that an inquiry would become on a day; its id is still empty."""
    return Member(
        name=inquiry.name,
        sector=inquiry.sector,
        joined=PartialDate(day),
        town=inquiry.town,
        contact_person=inquiry.person,
        email=inquiry.email,
        phone=inquiry.phone,
    )


def remove(registry: Registry, id: str) -> Registry:
    """Return the registry without an inquiry; a member's reference to it is removed."""
    inquiries = {key: inquiry for key, inquiry in registry.inquiries.items() if key != id}
    members = {
        key: _replace(member, inquiry=None) if member.inquiry == id else member
        for key, member in registry.members.items()
    }
    return _replace(registry, inquiries=inquiries, members=members)


# Time.


def days_waiting(inquiry: Inquiry, today: datetime.date) -> int | None:
    """Return how many days an open inquiry has been waiting; None if it is not open or its day is unknown."""
    if inquiry.status not in OPEN or inquiry.received is None:
        return None
    return (today - inquiry.received).days


def answer_within(registry: Registry) -> int:
    """Return the number of days in which a new inquiry has to be answered."""
    limit = registry.policy.answer_within_days
    return ANSWER_WITHIN_DAYS if limit is None else limit


def days_late(registry: Registry, inquiry: Inquiry, today: datetime.date) -> int | None:
    """Return by how many days an inquiry is overdue according to the policy; None if it is not."""
    if not is_overdue(registry, inquiry, today):
        return None
    return (days_waiting(inquiry, today) or 0) - answer_within(registry)


def is_overdue(registry: Registry, inquiry: Inquiry, today: datetime.date) -> bool:
    """Return whether an inquiry was not answered within the number of days in the policy."""
    days = days_waiting(inquiry, today) if inquiry.status == "new" else None
    return days is not None and days > answer_within(registry)


def is_retention_due(registry: Registry, inquiry: Inquiry, today: datetime.date) -> bool:
    """Return whether the retention period of a closed inquiry is over.

    GDPR, Art. 5(1)(e): personal data is kept no longer than is necessary; the policy says how long that is.
    """
    if inquiry.closed is None or inquiry.erased or inquiry.status in OPEN:
        return False
    months = registry.policy.retention_months
    kept_until = after_months(inquiry.closed, RETENTION_MONTHS if months is None else months)
    return kept_until is not None and today > kept_until


def is_uninformed(inquiry: Inquiry, today: datetime.date) -> bool:
    """Whether it is not on record, a month after an inquiry came in, that the person was told how the data is used.

    GDPR, Art. 13(1): at the time when the data are obtained from the person; Art. 14(3)(a): within a month where they
    come from somebody else.
    """
    if inquiry.informed is not None or inquiry.received is None or inquiry.erased:
        return False
    until = after_months(inquiry.received, 1)
    return until is not None and today > until


def after_months(day: datetime.date, months: int) -> datetime.date | None:
    """Return the same day some months later, or the last day of that month; None beyond the calendar."""
    from calendar import monthrange

    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not datetime.MINYEAR <= year <= datetime.MAXYEAR:
        return None
    return datetime.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


# Erasure.

_KEPT = {"received", "informed", "channel", "topic", "sector", "status", "answered", "closed", "member", "lawful_basis"}
ERASED = tuple(name for name in fields(Inquiry) if name not in _KEPT and name != "erased")
"""The fields that erasure clears: all that may contain personal data. The others are kept for statistics."""


def erase(registry: Registry, id: str, day: datetime.date) -> Registry:
    """Return the registry without the personal data of an inquiry, and without its unknown keys.

    GDPR, Art. 17: the right to erasure. `erased` is set to the day; an inquiry that was erased before keeps its day.
    Raises `NotAllowed` for an open inquiry.
    """
    inquiry = registry.inquiries[id]
    if inquiry.status in OPEN:
        raise NotAllowed("erase", id=id)
    gone: dict[str, Any] = dict.fromkeys(ERASED)
    return with_record(registry, _replace(inquiry, **gone, extra={}, erased=inquiry.erased or day))
