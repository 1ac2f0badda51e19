"""How far a cluster is from the criteria of published schemes; `thresholds.toml` lists these with their sources."""

import datetime
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from msgspec import Struct, convert

from pkes.model.records import Member, Registry
from pkes.registry.selection import is_current
from pkes.toml import reading


class Labels(Struct, frozen=True, forbid_unknown_fields=True):
    """A text in both languages."""

    pl: str
    en: str


class Criterion(Struct, frozen=True, forbid_unknown_fields=True):
    """A criterion: what is counted in the registry, and the number needed."""

    measure: str
    need: int | float
    note: Labels | None = None


class Scheme(Struct, frozen=True, forbid_unknown_fields=True):
    """A scheme: its name in both languages, its criteria, where they are published, and when they were looked up."""

    id: str
    pl: str
    en: str
    source: Labels
    date: str
    criteria: list[Criterion]
    note: Labels | None = None


class Measured(NamedTuple):
    """How much a registry has of what a criterion requires.

    `have` is None if the records do not say. `ids` are the records that were counted, `without` those that would count
    if they had the required data.
    """

    have: int | None
    ids: Sequence[str] = ()
    without: Sequence[str] = ()


class Verdict(NamedTuple):
    """A criterion of a scheme, and how much of it a registry has."""

    scheme: Scheme
    criterion: Criterion
    measured: Measured

    @property
    def met(self) -> bool | None:
        """Whether the criterion is met; None if unknown."""
        return None if self.measured.have is None else self.measured.have >= self.criterion.need

    @property
    def short_by(self) -> int | float:
        """How many are missing; 0 if the criterion is met, or if that is unknown."""
        have = self.measured.have
        return 0 if have is None else max(0, self.criterion.need - have)

    def row(self) -> dict[str, Any]:
        """Return it as the object of `--json`."""
        return {
            "scheme": self.scheme.id,
            "criterion": self.criterion.measure,
            "need": self.criterion.need,
            "have": self.measured.have,
            "met": self.met,
            "ids": list(self.measured.ids),
            "source": f"{self.scheme.source.en} ({self.scheme.date})",
        }


@cache
def schemes() -> tuple[Scheme, ...]:
    """Return the known schemes, in the order in which they are shown."""
    text = (Path(__file__).parents[1] / "thresholds.toml").read_text("utf-8")
    return convert(reading.loads(text)["schemes"], tuple[Scheme, ...])


def readiness(registry: Registry, today: datetime.date) -> list[Verdict]:
    """Return for each criterion of each scheme how much of it a registry has on a day."""
    return [
        Verdict(scheme, criterion, _measured(criterion, registry, today))
        for scheme in schemes()
        for criterion in scheme.criteria
    ]


def _measured(criterion: Criterion, registry: Registry, today: datetime.date) -> Measured:
    measure = _MEASURES.get(criterion.measure)
    return measure(registry, today, criterion.need) if measure else Measured(None)


def _current(registry: Registry, today: datetime.date) -> list[Member]:
    return sorted((one for one in registry.members.values() if is_current(one, today)), key=lambda one: one.id)


def _members(registry: Registry, today: datetime.date, _need: float) -> Measured:
    ids = [one.id for one in _current(registry, today)]
    return Measured(len(ids), ids)


def _declared_members(registry: Registry, today: datetime.date, need: float) -> Measured:
    """Count the members with a signed declaration; unknown if none is recorded and enough members could have one."""
    members = _current(registry, today)
    ids = [one.id for one in members if one.declared is not None]
    without = [one.id for one in members if one.declared is None]
    is_unknown = not ids and len(members) >= need
    return Measured(None if is_unknown else len(ids), ids, without)


def _member_types(registry: Registry, today: datetime.date, _need: float) -> Measured:
    """Count the registry's sectors that have members."""
    held = {one.sector for one in _current(registry, today)}
    ids = [id for id in registry.sectors if id in held]
    return Measured(len(ids), ids)


def _years(registry: Registry, today: datetime.date, need: float) -> Measured:
    """Count the whole years since the cluster was founded; unknown if a partial date leaves it open."""
    founded = registry.cluster.founded
    if founded is None or founded.first is None or founded.last is None:
        return Measured(None)
    most, least = (_whole_years(day, today) for day in (founded.first, founded.last))
    return Measured(None if least < need <= most else least)


def _whole_years(since: datetime.date, today: datetime.date) -> int:
    return max(0, today.year - since.year - ((today.month, today.day) < (since.month, since.day)))


_MEASURES: dict[str, Callable[[Registry, datetime.date, float], Measured]] = {
    "members": _members,
    "declared-members": _declared_members,
    "member-types": _member_types,
    "years": _years,
}
"""Functions that count, by the name of the measure."""
