"""Which parts of a registry may be published: on the cluster's page, and in lists exported for the public."""

import datetime
from typing import Any

from msgspec.structs import replace

from pkes.model.records import Member, Policy, Registry, fields
from pkes.registry.roster import on_day

CONTACT = frozenset({"email", "phone"})
"""Fields that are published only if the member agreed to it with `public_contact`."""

HIDDEN = frozenset({name for name, field in fields(Member).items() if field.personal} - CONTACT | {"inquiry", "source"})
"""The fields of a member that are never published: personal data, and where the record comes from."""


def published(member: Member) -> Member:
    """Return a member with only the data that may be published."""
    cleared = HIDDEN if member.public_contact else HIDDEN | CONTACT
    kept: dict[str, Any] = dict.fromkeys(cleared)
    return replace(member, **kept, extra={})


def roster(registry: Registry, day: datetime.date) -> Registry:
    """Return a registry with only the data that may be published: cluster, sectors and the members of a day, by id."""
    members = {id: published(member) for id, member in sorted(on_day(registry, day).members.items())}
    cluster = replace(registry.cluster, source=None, extra={})
    return Registry(cluster=cluster, policy=Policy(), sectors=registry.sectors, members=members)
