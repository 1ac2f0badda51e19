"""Findings (code, severity and location), and the part of a registry that the rules look at.

A finding is data; `cli/messages` puts it into words. It never contains a value, because that may be personal.
"""

import datetime
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import repeat
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from pkes.errors import WrongInput
from pkes.model.records import KINDS, Kind, KindName, Member, Record, Registry, records

if TYPE_CHECKING:
    from pkes.checks.codes import Severity


class Finding(Struct, frozen=True):
    """One thing that a rule found, in a field of a record, or in the record itself if `field` is None.

    `id` is None for the file, the cluster and the policy. `detail` holds the parameters of the code's message.
    """

    code: str
    kind: KindName
    id: str | None
    field: str | None
    detail: Mapping[str, Any]

    @property
    def severity(self) -> "Severity":
        """The severity; only an error prevents a write."""
        from pkes.checks.codes import CODES

        return CODES[self.code].severity


def finding(code: str, kind: Kind, record: Record, field: str | None = None, **detail: Any) -> Finding:
    """Return what a rule found in a record, or in one of its fields."""
    return Finding(code, kind.name, record.id if kind.keyed else None, field, detail)


class WouldBreak(WrongInput):
    """The write would add findings of severity `error`."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = findings


Renamed = Mapping[tuple[KindName, str | None], str | None]
"""The new id of each record that was given one, by kind and old id."""


def are_new(found: Iterable[Finding], had: Iterable[Finding], renamed: Renamed) -> Iterator[bool]:
    """Yield for each finding whether it is new, compared with those in `had`.

    Two findings are the same if they have the same code, kind, record (renames are followed) and field. Repeated
    findings are counted: if there is one more than before, the last one is new.
    """
    left = Counter((one.code, one.kind, renamed.get((one.kind, one.id), one.id), one.field) for one in had)
    for one in found:
        key = (one.code, one.kind, one.id, one.field)
        left[key] -= 1
        yield left[key] < 0


class Subject(Struct, frozen=True):
    """A registry on a given day, as the rules look at it.

    During a write, it is limited to the records in `touched`, by kind and id, and to the names of fields in `changed`;
    None means all.
    """

    registry: Registry
    today: datetime.date
    touched: Collection[tuple[KindName, str | None]] | None = None
    changed: frozenset[str] | None = None

    def records(self, *kinds: KindName) -> Iterator[tuple[Kind, Record]]:
        """Yield the records to check, of the given kinds or of all."""
        for kind in KINDS:
            if not kinds or kind.name in kinds:
                held = records(self.registry, kind)
                if self.touched is None:
                    yield from zip(repeat(kind), held.values(), strict=False)
                else:
                    yield from ((kind, held[id]) for id in self._ids(kind.name) if id in held)

    def _ids(self, kind: KindName) -> list[str]:
        return [id or "" for name, id in self.touched or () if name == kind]

    def current(self) -> list[Member]:
        """Return the current members, touched or not."""
        from pkes.registry.selection import is_current

        return [member for member in self.registry.members.values() if is_current(member, self.today)]

    def concerns(self, *names: str) -> bool:
        """Return whether any of these fields has to be looked at."""
        return self.changed is None or not self.changed.isdisjoint(names)
