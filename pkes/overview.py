"""What a registry says of its cluster as a whole: who coordinates it, and how many members each sector has."""

import datetime
from collections import Counter
from typing import NamedTuple

from pkes.model import Cluster, Member, Registry
from pkes.selection import is_current


class SectorCount(NamedTuple):
    """A sector with its labels and the number of its current members."""

    id: str
    pl: str | None
    en: str | None
    members: int


class Profile(NamedTuple):
    """What a cluster tells about itself.

    `declared` is the number of members that it says it has, `listed` that of the current members on record.
    """

    cluster: Cluster
    coordinator: Member | None
    declared: int | None
    listed: int
    by_sector: tuple[SectorCount, ...]

    @property
    def elsewhere(self) -> int:
        """The number of current members whose sector the registry does not know."""
        return self.listed - sum(sector.members for sector in self.by_sector)


def sectors(registry: Registry, today: datetime.date) -> tuple[SectorCount, ...]:
    """Return the sectors of a registry, in the order of the file, with the members that are current on a day."""
    count = Counter(member.sector for member in registry.members.values() if is_current(member, today))
    return tuple(SectorCount(id, sector.pl, sector.en, count[id]) for id, sector in registry.sectors.items())


def profile(registry: Registry, today: datetime.date) -> Profile:
    """Return what a cluster tells about itself on a day."""
    cluster = registry.cluster
    return Profile(
        cluster=cluster,
        coordinator=registry.members.get(cluster.coordinator or ""),
        declared=cluster.declared_members,
        listed=sum(is_current(member, today) for member in registry.members.values()),
        by_sector=sectors(registry, today),
    )
