"""The day in the Date header of an e-mail: in the standard's form, in ISO 8601, or in Polish words."""

import datetime
import re
from email.utils import parsedate

from pkes.text import months

# RFC 822 is from 1982; an earlier date comes from a clock that was never set.
_FIRST_YEAR = 1982
_ISO = re.compile(r"(?P<year>[0-9]{4})([-/.])(?P<month>[0-9]{1,2})\2(?P<day>[0-9]{1,2})(?:[T ,].*)?")
# With dots, the day comes before the month; with slashes, the order is unknown.
_DOTTED = re.compile(r"(?:[^\W\d]+[.,]* *)?(?P<day>[0-9]{1,2})\.(?P<month>[0-9]{1,2})\.(?P<year>[0-9]{4})(?:[ ,r].*)?")
_WORDS = re.compile(
    r"(?:[^\W\d]+[.,]* +)?(?P<day>[0-9]{1,2})\.? +(?P<name>[^\W\d]+)\.?,? +(?P<year>[0-9]{4})(?:[ ,r].*)?"
)


def day(text: str) -> datetime.date | None:
    """Return the day in the text of Date, or None if there is none or it is earlier than e-mail itself.

    It is the day as written, in the sender's own time zone.
    """
    text = " ".join(text.split())
    try:
        found = _written(text) or _standard(text)
    except ValueError:
        return None
    return found if found and found.year >= _FIRST_YEAR else None


def _written(text: str) -> datetime.date | None:
    """Return a day in ISO 8601, in numbers with dots or in Polish words, or None. Raises ValueError."""
    for shape in (_ISO, _DOTTED, _WORDS):
        if found := shape.fullmatch(text):
            parts = found.groupdict()
            month = int(parts["month"]) if "month" in parts else months.month(parts["name"])
            return datetime.date(int(parts["year"]), month, int(parts["day"])) if month is not None else None
    return None


def _standard(text: str) -> datetime.date | None:
    """Return a day in the form of RFC 5322, or nearly in that form. Raises ValueError."""
    parsed = parsedate(text)
    return datetime.date(*parsed[:3]) if parsed else None
