"""What a finding is: its code, how grave it is, and where it stands; and what the rules look at.

A finding is data; `cli/messages` words it. It never holds a value, which may be personal.
"""

import datetime
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import TYPE_CHECKING, Any, NamedTuple

from pkes.errors import WrongInput
from pkes.model.records import KINDS, Kind, KindName, Member, Record, Registry, records

if TYPE_CHECKING:
    from pkes.checks.codes import Severity


class Finding(NamedTuple):
    """One thing that a rule found, at a field of a record, or at the record where `field` is None.

    `id` is None for the file, the cluster and the policy. `detail` holds the words that go with the code.
    """

    code: str
    kind: KindName
    id: str | None
    field: str | None
    detail: Mapping[str, Any]

    @property
    def severity(self) -> "Severity":
        """How grave it is; only an error keeps a write from being done."""
        from pkes.checks.codes import CODES

        return CODES[self.code].severity


@dataclass(eq=False, repr=False)
class WouldBreak(WrongInput):
    """The write would add findings of severity `error`."""

    findings: Sequence[Finding]


Renamed = Mapping[tuple[KindName, str | None], str | None]
"""The new id of each record that was given one, by kind and old id."""


def are_new(found: Iterable[Finding], had: Iterable[Finding], renamed: Renamed) -> Iterator[bool]:
    """Yield for each finding whether it is none of those that there were before.

    Two findings are the same where code, kind, record (through a rename) and field are, counted as often as they
    occur: where there is one more than before, the last one is new.
    """
    left = Counter((one.code, one.kind, renamed.get((one.kind, one.id), one.id), one.field) for one in had)
    for one in found:
        key = (one.code, one.kind, one.id, one.field)
        left[key] -= 1
        yield left[key] < 0


class Subject(NamedTuple):
    """What the rules look at: a registry on a day.

    At a write it is narrowed to the records it `touched`, by kind and id, and the names of the fields it `changed`;
    None are all of them.
    """

    registry: Registry
    today: datetime.date
    touched: Collection[tuple[KindName, str | None]] | None = None
    changed: frozenset[str] | None = None

    def records(self, *kinds: KindName) -> Iterator[tuple[Kind, Record]]:
        """Yield the records to look at, of some kinds or of all."""
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

    def compares(self, *names: str) -> bool:
        """Whether records are to be compared by one of these fields."""
        return self.changed is None or not self.changed.isdisjoint(names)
