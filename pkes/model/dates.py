"""A day, or only its month or year."""

import datetime
import re
from typing import Literal

_today: datetime.date | None = None


def use_today(day: datetime.date | None) -> None:
    """Use a day as today from now on; None restores the clock."""
    global _today
    _today = day


def today() -> datetime.date:
    """Return the day that counts as today: the clock's unless another one was set."""
    return _today or datetime.date.today()


def no_such_day(text: str) -> tuple[Literal["month", "day"], int] | None:
    """Return why a text in the form of a date is none: its month, or its day and how many days that month has.

    The forms are `2024-03-12`, `2024-03`, `12.3.2024` and `3.2024`. Any other text, and a date that exists, give None.
    """
    if found := re.fullmatch(r"(?:([0-9]{1,2})\.)?([0-9]{1,2})\.([0-9]{4})", text):
        day, month, year = found.groups()
    elif (found := re.fullmatch(_PARTIAL, text)) and found[2]:
        year, month, day = found.groups()
    else:
        return None
    if not 1 <= int(month) <= 12:
        return "month", int(month)
    if day is None or int(year) < datetime.MINYEAR:
        return None
    from calendar import monthrange

    days = monthrange(int(year), int(month))[1]
    return None if 1 <= int(day) <= days else ("day", days)


_PARTIAL = "([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?"


class PartialDate:
    """A day, or only its month or year: the TOML local date, or the string `"2014-10"` or `"2014"`.

    Any other string is kept as it is; if it is not a date, `first` and `last` are None. A partial date sorts before the
    full dates in its period.
    """

    __slots__ = ("value",)

    def __init__(self, value: datetime.date | str) -> None:
        self.value = value

    def __str__(self) -> str:
        return str(self.value)

    def __repr__(self) -> str:
        return f"PartialDate({self.value!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PartialDate) and self.value == other.value

    def __lt__(self, other: "PartialDate") -> bool:
        return str(self) < str(other)

    def __hash__(self) -> int:
        return hash(self.value)

    @property
    def first(self) -> datetime.date | None:
        """The first day that it can mean."""
        return self._days[0]

    @property
    def last(self) -> datetime.date | None:
        """The last day that it can mean."""
        return self._days[1]

    @property
    def _days(self) -> tuple[datetime.date, datetime.date] | tuple[None, None]:
        if isinstance(self.value, datetime.date):
            return self.value, self.value
        found = re.fullmatch(_PARTIAL, self.value)
        try:
            year, month, day = found.groups() if found else ("0", None, None)
            first = datetime.date(int(year), int(month or "1"), int(day or "1"))
        except ValueError:
            return None, None
        if day:
            return first, first
        from calendar import monthrange

        last_month = first.month if month else 12
        return first, first.replace(month=last_month, day=monthrange(first.year, last_month)[1])
