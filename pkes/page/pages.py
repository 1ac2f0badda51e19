"""The files of the page: which ones there are, the bytes of each, and whether a folder holds them as they are now."""

import datetime
import re
from collections.abc import Mapping

from pkes import i18n
from pkes.model.records import Registry
from pkes.page import html
from pkes.registry import publishing

FILES = {"pl": "index.html", "en": "en.html"}
"""The name of the file in each language."""

_DAY = re.compile(rb'<meta name="date" content="([0-9]{4}-[0-9]{2}-[0-9]{2})">')


def make(registry: Registry, day: datetime.date) -> dict[str, bytes]:
    """Return the bytes of each file by its name, for the roster of a day: the same input gives the same bytes."""
    roster = publishing.roster(registry, day)
    made = {}
    for language, name in FILES.items():
        with i18n.speaking(language):
            made[name] = html.page(roster, day, language, FILES).encode()
    return made


def outdated(held: Mapping[str, bytes | None], registry: Registry, today: datetime.date) -> list[str]:
    """Return the names of the files that are not up to date.

    `held` has the bytes of each file by its name, None where there is none. Each one is to be what is made for the day
    that it names, and the roster of that day is to be that of today.
    """
    made: dict[datetime.date, dict[str, bytes]] = {}
    found = []
    for name in FILES.values():
        day = _day(held.get(name))
        if day is not None and day not in made and _is_still(registry, day, today):
            made[day] = make(registry, day)
        if day is None or day not in made or held[name] != made[day][name]:
            found.append(name)
    return found


def _is_still(registry: Registry, day: datetime.date, today: datetime.date) -> bool:
    return publishing.roster(registry, day).members == publishing.roster(registry, today).members


def _day(data: bytes | None) -> datetime.date | None:
    """Return the day that a file says it was made for, None where it says none."""
    named = _DAY.search(data or b"")
    try:
        return datetime.date.fromisoformat(named[1].decode()) if named else None
    except ValueError:
        return None
