"""Dates as offices and online forms write them, converted to the registry's order: `2014-10-01`.

Numeric dates are converted if their order is certain: the year has four digits and comes first or last; if it comes
last, dots or dashes mean day before month. `10/01/2014` is left as it is, because either number could be the month.
From a date with a time, the day is kept as written, in the time zone of the form: that is the day that its owner sees.
"""

import re

from pkes.text.months import month

# Google Forms: 2025/01/06 10:00:00 AM GMT+1. ISO 8601: 2025-01-07T10:00:00.000+01:00.
_BEHIND = re.compile(
    r"""(?: \ ?r\.?
        | (?:T|,?\ (?:at\ |godz\.\ )?) [0-9]{1,2}:[0-9]{2} (?: :[0-9]{2} (?:[.,][0-9]+)? )? (?:\ ?[AP]\.?M\.?)?
          (?: \ ? (?: Z | (?:[A-Z]{2,5})? [+-][0-9]{1,2}(?::?[0-9]{2})? | [A-Z]{2,5} ) )?
    )\Z""",
    re.IGNORECASE | re.VERBOSE,
)
_WEEKDAY = re.compile(
    r"\A(?:pon|wt|[śs]r|czw|pt|pi[ąa]|sob|nie|mon|tue|wed|thu|fri|sat|sun)[^\W\d_]*(?:[.,]+ *| )", re.IGNORECASE
)
_SHAPES = tuple(
    re.compile(shape)
    for shape in (
        r"(?P<day>[0-9]{1,2})[.-](?P<month>[0-9]{1,2})[.-](?P<year>[0-9]{4})",
        r"(?P<year>[0-9]{4})[./-](?P<month>[0-9]{1,2})[./-](?P<day>[0-9]{1,2})",
        r"(?P<month>[0-9]{1,2})[.-](?P<year>[0-9]{4})",
        r"(?P<year>[0-9]{4})[.-](?P<month>[0-9]{1,2})",
        r"(?P<year>[0-9]{4})",
        r"(?P<day>[0-9]{1,2})\.?[ -](?P<name>[^\W\d_]+)\.?,?[ -](?P<year>[0-9]{4})",
        r"(?P<name>[^\W\d_]+)\.? (?P<day>[0-9]{1,2}),? (?P<year>[0-9]{4})",
        r"(?P<name>[^\W\d_]+)\.? (?P<year>[0-9]{4})",
    )
)


def usual(text: str) -> str:
    """Return a date with its parts in the registry's order; any other text is returned unchanged."""
    day = _WEEKDAY.sub("", _BEHIND.sub("", text))
    for shape in _SHAPES:
        if not (found := shape.fullmatch(day)):
            continue
        parts = found.groupdict()
        if "name" in parts:
            number = month(parts["name"])
            if number is None:
                return text
            parts["month"] = str(number)
        return "-".join(parts[name].zfill(2) for name in ("year", "month", "day") if name in parts)
    return text
