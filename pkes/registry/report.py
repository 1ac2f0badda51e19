"""The figures of a period: members at its start and end, who came and went, how inquiries were dealt with.

It is based on the records as they are today: a member counts in its present sector and place. A partial date of joining
counts as its first day, a partial date of leaving as its last, as in `roster`. A member that left on day D is no longer
a member on D.
"""

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from pkes.model.dates import PartialDate
from pkes.model.records import STATUSES, Inquiry, Member, Registry, Sector, fields
from pkes.registry.inquiries import answer_within
from pkes.registry.roster import belongs, joined_on


class Movement(NamedTuple):
    """How many members there were at the start of a period, joined and left in it, and were there at its end.

    `start` + `joined` - `left` is `end`.
    """

    start: int
    joined: int
    left: int
    end: int

    def row(self) -> dict[str, int]:
        """Return the numbers by their names in `--json`, where the number at the end is called `members`."""
        return {"members": self.end, "start": self.start, "joined": self.joined, "left": self.left}


Groups = Sequence[tuple[str | None, Movement]]
"""The movement by sector (id), town or county; None stands for members without one."""


class Members(NamedTuple):
    """The members of a period, by id; `total` is their movement.

    `unknown` are the members whose dates do not say whether they joined or left before or after the start or end of the
    period. Members without a date of joining count from the start; members with contradictory dates do not count at
    all.
    """

    total: Movement
    joined: list[str]
    left: list[str]
    unknown: list[str]
    by_sector: Groups
    by_town: Groups
    by_county: Groups


class Employees(NamedTuple):
    """The number of people employed by the members at the end of a period, as far as it is recorded.

    `total` is None if no member has a number. `known` are the members with a recorded number, `unknown` the others;
    `oldest` and `newest` are the first and last recorded days on which the numbers were valid.
    """

    total: int | None
    known: list[str]
    unknown: list[str]
    oldest: datetime.date | None
    newest: datetime.date | None


class Inquiries(NamedTuple):
    """The inquiries that were received in a period, whenever they were answered.

    `in_time` counts the `answered` ones that were answered within `limit` days; `median_days` is how long the answered
    ones had to wait, None if there are none. `unknown` are the inquiries without a day of receipt, or whose dates do
    not fit their status.
    """

    received: int
    answered: int
    in_time: int
    limit: int
    median_days: int | float | None
    by_status: dict[str, int]
    unknown: list[str]


class Report(NamedTuple):
    """The figures of a period."""

    first: datetime.date
    last: datetime.date
    members: Members
    employees: Employees
    inquiries: Inquiries


def last_year(today: datetime.date) -> tuple[datetime.date, datetime.date]:
    """Return the first and the last day of the last calendar year."""
    year = max(today.year - 1, datetime.MINYEAR)
    return datetime.date(year, 1, 1), datetime.date(year, 12, 31)


def report(registry: Registry, first: datetime.date, last: datetime.date) -> Report:
    """Return the figures of a period; both days belong to it."""
    members = _members(registry, first, last)
    at_end = [one for one in _countable(registry) if belongs(one, last)]
    return Report(first, last, members, _employees(at_end), _inquiries(registry, first, last))


def as_json(report: Report, sectors: Iterable[Sector]) -> dict[str, Any]:
    """Return a report as the object of `--json`; `sectors` are those of the registry."""
    labels = {one.id: {name: getattr(one, name) for name in fields(Sector)} for one in sectors}
    members, inquiries = report.members, report.inquiries
    return {
        "from": str(report.first),
        "to": str(report.last),
        "members": {
            "start": members.total.start,
            "end": members.total.end,
            "joined": members.joined,
            "left": members.left,
            "unknown": members.unknown,
            "by_sector": [
                {"id": id, **labels.get(id or "", dict.fromkeys(fields(Sector))), **movement.row()}
                for id, movement in members.by_sector
            ],
            "by_town": [{"town": town, **movement.row()} for town, movement in members.by_town],
            "by_county": [{"county": county, **movement.row()} for county, movement in members.by_county],
        },
        "employees": report.employees.total,
        "employees_unknown": report.employees.unknown,
        "inquiries": {
            "received": inquiries.received,
            "answered": inquiries.answered,
            "in_time": inquiries.in_time,
            "median_days": inquiries.median_days,
            "by_status": inquiries.by_status,
            "unknown": inquiries.unknown,
        },
    }


# Members.


def _members(registry: Registry, first: datetime.date, last: datetime.date) -> Members:
    counted = _countable(registry)
    joined = [one for one in counted if _is_within(joined_on(one), first, last)]
    left = [one for one in counted if _is_within(_left_on(one), first, last)]
    start = [one for one in counted if _was_there(one, first)]
    end = [one for one in counted if belongs(one, last)]
    groups = (start, joined, left, end)
    contradictory = [one for one in registry.members.values() if _is_contradictory(one)]
    unclear = [one for group in groups for one in group if _is_unclear(one, first, last)]
    sectors = dict.fromkeys(registry.sectors)

    def by(place: Callable[[Member], str | None], known: Iterable[str] = ()) -> Groups:
        return _by(place, groups, known)

    return Members(
        total=Movement(*map(len, groups)),
        joined=_ids(joined),
        left=_ids(left),
        unknown=_ids([*contradictory, *unclear]),
        by_sector=by(lambda one: one.sector if one.sector in sectors else None, sectors),
        by_town=by(lambda one: one.town or None),
        by_county=by(lambda one: one.county or None),
    )


def _countable(registry: Registry) -> list[Member]:
    return [one for one in registry.members.values() if not _is_contradictory(one)]


def _left_on(member: Member) -> datetime.date | None:
    return None if member.left is None else member.left.last


def _is_contradictory(member: Member) -> bool:
    """Return whether the time of membership is unclear: left before joining, or on a day that cannot be parsed."""
    joined, left = joined_on(member), _left_on(member)
    if left is None:
        return member.left is not None and bool(str(member.left).strip())
    return joined is not None and left < joined


def _was_there(member: Member, day: datetime.date) -> bool:
    """Return whether somebody was a member before a day began."""
    joined, left = joined_on(member), _left_on(member)
    return (joined is None or joined < day) and (left is None or left >= day)


def _is_within(day: datetime.date | None, first: datetime.date, last: datetime.date) -> bool:
    return day is not None and first <= day <= last


def _is_unclear(member: Member, first: datetime.date, last: datetime.date) -> bool:
    """Return whether a member's dates leave open on which side of the start or end of the period they are."""
    return joined_on(member) is None or any(_is_across(date, first, last) for date in (member.joined, member.left))


def _is_across(date: PartialDate | None, first: datetime.date, last: datetime.date) -> bool:
    """Return whether some of the days that a date can mean are in a period, and others are not."""
    if date is None or date.first is None or date.last is None:
        return False
    is_within = first <= date.first and date.last <= last
    return date.first <= last and first <= date.last and not is_within


def _by(place: Callable[[Member], str | None], groups: Sequence[Iterable[Member]], known: Iterable[str]) -> Groups:
    """Return the movement by place: `known` places in their order, others in Polish alphabetical order, None last.

    `groups` are the members at the start, those who joined and left, and those at the end.
    """
    counts = [Counter(map(place, group)) for group in groups]
    found = {one for count in counts for one in count}
    if known:
        names = list(known)
    else:
        from pkes.text.collation import collation_key

        names = sorted((one for one in found if one is not None), key=collation_key)
    return [(one, Movement(*(count[one] for count in counts))) for one in (*names, *({None} & found))]


def _employees(members: Sequence[Member]) -> Employees:
    known = [one for one in members if one.employees is not None]
    days = [one.employees_on for one in known if one.employees_on is not None]
    return Employees(
        total=sum(one.employees or 0 for one in known) if known else None,
        known=_ids(known),
        unknown=_ids(one for one in members if one.employees is None),
        oldest=min(days, default=None),
        newest=max(days, default=None),
    )


def _ids(records: Iterable[Member | Inquiry]) -> list[str]:
    return sorted({one.id for one in records})


# Inquiries.


def _inquiries(registry: Registry, first: datetime.date, last: datetime.date) -> Inquiries:
    limit = answer_within(registry)
    received = [one for one in registry.inquiries.values() if _is_within(one.received, first, last)]
    undated = [one for one in registry.inquiries.values() if one.received is None]
    days = sorted(days for one in received if (days := _days_to_answer(one)) is not None)
    status = Counter(one.status for one in received)
    return Inquiries(
        received=len(received),
        answered=len(days),
        in_time=sum(one <= limit for one in days),
        limit=limit,
        median_days=_median(days),
        by_status={one: status[one] for one in STATUSES},
        unknown=_ids([*undated, *(one for one in received if _is_incomplete(one))]),
    )


def _days_to_answer(inquiry: Inquiry) -> int | None:
    """Return how many days an inquiry waited for its answer; None if it has none, or one dated before it came."""
    if inquiry.received is None or inquiry.answered is None or inquiry.answered < inquiry.received:
        return None
    return (inquiry.answered - inquiry.received).days


def _is_incomplete(inquiry: Inquiry) -> bool:
    """Return whether a figure lacks an inquiry: its status is invalid, or its answer's date is missing or wrong."""
    if inquiry.status not in STATUSES:
        return True
    has_answer = inquiry.status in ("answered", "accepted", "closed") or inquiry.answered is not None
    return has_answer and _days_to_answer(inquiry) is None


def _median(sorted_days: Sequence[int]) -> int | float | None:
    if not sorted_days:
        return None
    middle, is_odd = divmod(len(sorted_days), 2)
    if is_odd:
        return sorted_days[middle]
    both = sorted_days[middle - 1] + sorted_days[middle]
    return both / 2 if both % 2 else both // 2
