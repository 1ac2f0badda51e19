"""What of a registry may be published: on the cluster's page, and in lists that are exported for the public."""

import datetime
from typing import Any

from msgspec.structs import replace

from pkes.model.records import Member, Policy, Registry, fields
from pkes.registry.roster import on_day

CONTACT = frozenset({"email", "phone"})
"""What is published only of a member that agreed to it by `public_contact`."""

HIDDEN = frozenset({name for name, field in fields(Member).items() if field.personal} - CONTACT | {"inquiry", "source"})
"""The fields of a member that are never published: data of persons, and where the record comes from."""


def published(member: Member) -> Member:
    """Return what of a member may be published."""
    cleared = HIDDEN if member.public_contact else HIDDEN | CONTACT
    kept: dict[str, Any] = dict.fromkeys(cleared)
    return replace(member, **kept, extra={})


def roster(registry: Registry, day: datetime.date) -> Registry:
    """Return what of a registry may be published: the cluster, its sectors and the members of a day, by id."""
    members = {id: published(member) for id, member in sorted(on_day(registry, day).members.items())}
    cluster = replace(registry.cluster, source=None, extra={})
    return Registry(cluster=cluster, policy=Policy(), sectors=registry.sectors, members=members)
