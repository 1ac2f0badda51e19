"""The day in the Date of an e-mail: as the standard has it, in ISO 8601, or in Polish words."""

import datetime
import re
from email.utils import parsedate

from pkes.text import months

# Of the first mail in this form (RFC 822); an earlier date is that of a clock which was never set.
_FIRST_YEAR = 1982
_ISO = re.compile(r"(?P<year>[0-9]{4})([-/.])(?P<month>[0-9]{1,2})\2(?P<day>[0-9]{1,2})(?:[T ,].*)?")
# With dots it is day and month in this order; with slashes nobody knows.
_DOTTED = re.compile(r"(?:[^\W\d]+[.,]* *)?(?P<day>[0-9]{1,2})\.(?P<month>[0-9]{1,2})\.(?P<year>[0-9]{4})(?:[ ,r].*)?")
_WORDS = re.compile(
    r"(?:[^\W\d]+[.,]* +)?(?P<day>[0-9]{1,2})\.? +(?P<name>[^\W\d]+)\.?,? +(?P<year>[0-9]{4})(?:[ ,r].*)?"
)


def day(text: str) -> datetime.date | None:
    """Return the day that the text of Date says, None where it says none or one from before there was mail.

    It is the day as it stands there, that of the sender's own time zone.
    """
    text = " ".join(text.split())
    try:
        found = _written(text) or _standard(text)
    except ValueError:
        return None
    return found if found and found.year >= _FIRST_YEAR else None


def _written(text: str) -> datetime.date | None:
    """Return a day in ISO 8601, in figures with dots or in Polish words, else None. Raises ValueError."""
    for shape in (_ISO, _DOTTED, _WORDS):
        if found := shape.fullmatch(text):
            parts = found.groupdict()
            month = int(parts["month"]) if "month" in parts else months.month(parts["name"])
            return datetime.date(int(parts["year"]), month, int(parts["day"])) if month is not None else None
    return None


def _standard(text: str) -> datetime.date | None:
    """Return a day as RFC 5322 writes it, or a program that nearly does. Raises ValueError."""
    parsed = parsedate(text)
    return datetime.date(*parsed[:3]) if parsed else None
