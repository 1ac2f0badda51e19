"""What may become of the sectors: each step takes a registry and returns the next one."""

from collections.abc import Mapping
from typing import TypeVar

from msgspec.structs import replace

from pkes.errors import SectorInUse
from pkes.model.records import Inquiry, Member, Registry, Sector
from pkes.registry.members import unused_id

R = TypeVar("R", Member, Inquiry)


def add(registry: Registry, id: str, labels: Mapping[str, str]) -> Registry:
    """Return the registry with a new sector; the labels are those of `pl` and `en`.

    Raises `Taken` and `WrongValue` for the id.
    """
    made = Sector(id=unused_id(registry.sectors, id, "ID"), pl=labels["pl"], en=labels["en"])
    return replace(registry, sectors={**registry.sectors, id: made})


def rename(registry: Registry, id: str, new: str) -> Registry:
    """Return the registry with another id for a sector; its members and inquiries follow.

    Raises `Taken` and `WrongValue` for the new id.
    """
    if new == id:
        return registry
    unused_id(registry.sectors, new, "NEW")
    return replace(
        registry,
        sectors=_without(registry, id) | {new: replace(registry.sectors[id], id=new)},
        members=_moved(registry.members, id, new),
        inquiries=_moved(registry.inquiries, id, new),
    )


def remove(registry: Registry, id: str) -> Registry:
    """Return the registry without a sector. Raises `SectorInUse` where any member or inquiry is of it."""
    members, inquiries = _count(registry.members, id), _count(registry.inquiries, id)
    if members or inquiries:
        raise SectorInUse(id, members, inquiries)
    return replace(registry, sectors=_without(registry, id))


def _without(registry: Registry, id: str) -> dict[str, Sector]:
    return {key: held for key, held in registry.sectors.items() if key != id}


def _moved(records: Mapping[str, R], id: str, new: str) -> dict[str, R]:
    return {key: replace(held, sector=new) if held.sector == id else held for key, held in records.items()}


def _count(records: Mapping[str, R], id: str) -> int:
    return sum(held.sector == id for held in records.values())
