"""The day in the Date of an e-mail: as the standard has it, in ISO 8601, or in Polish words."""

import datetime
import re
from email.utils import parsedate

from pkes.text.collation import fold

# Of the first mail in this form (RFC 822); an earlier date is that of a clock which was never set.
_FIRST_YEAR = 1982
_ISO = re.compile(r"(?P<year>[0-9]{4})([-/.])(?P<month>[0-9]{1,2})\2(?P<day>[0-9]{1,2})(?:[T ,].*)?")
# With dots it is day and month in this order; with slashes nobody knows.
_DOTTED = re.compile(r"(?:[^\W\d]+[.,]* *)?(?P<day>[0-9]{1,2})\.(?P<month>[0-9]{1,2})\.(?P<year>[0-9]{4})(?:[ ,r].*)?")
_WORDS = re.compile(
    r"(?:[^\W\d]+[.,]* +)?(?P<day>[0-9]{1,2})\.? +(?P<name>[^\W\d]+)\.?,? +(?P<year>[0-9]{4})(?:[ ,r].*)?"
)
_MONTHS = (
    "stycznia styczen", "lutego luty", "marca marzec", "kwietnia kwiecien", "maja maj", "czerwca czerwiec",
    "lipca lipiec", "sierpnia sierpien", "wrzesnia wrzesien", "pazdziernika pazdziernik", "listopada listopad",
    "grudnia grudzien",
)  # fmt: skip
_SHORTEST = 3


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
            month = int(parts["month"]) if "month" in parts else _month(parts["name"])
            return datetime.date(int(parts["year"]), month, int(parts["day"])) if month is not None else None
    return None


def _month(name: str) -> int | None:
    """Return the number of a month by its Polish name, in either case or cut to three letters or more."""
    folded = fold(name)
    if len(folded) < _SHORTEST:
        return None
    named = (any(form.startswith(folded) for form in forms.split()) for forms in _MONTHS)
    return next((number for number, fits in enumerate(named, 1) if fits), None)


def _standard(text: str) -> datetime.date | None:
    """Return a day as RFC 5322 writes it, or a program that nearly does. Raises ValueError."""
    parsed = parsedate(text)
    return datetime.date(*parsed[:3]) if parsed else None
