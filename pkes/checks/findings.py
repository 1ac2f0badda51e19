"""What a finding is: its code, how grave it is, and where it stands; and what the rules look at.

A finding is data; `cli/wording.py` words it. It never holds a value, which may be personal.
"""

import datetime
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import repeat
from typing import Any, Literal, NamedTuple

from pkes.errors import WrongInput
from pkes.model.records import KINDS, Kind, KindName, Member, Record, Registry, records

Severity = Literal["error", "warning", "note"]

SEVERITIES: Mapping[str, Severity] = {
    # What keeps a file from being a registry; `cli/wording.py` words these.
    "encoding": "error",
    "syntax": "error",
    "merge-marker": "error",
    "format": "error",
    "nesting": "error",
    "shape": "error",
    # What the rules below find.
    "id": "error",
    "id-key": "error",
    "unknown-key": "warning",
    "unknown-sector": "error",
    "unknown-member": "error",
    "unknown-inquiry": "error",
    "choice": "error",
    "required": "error",
    "name-or-person": "error",
    "email-or-phone": "error",
    "email": "error",
    "phone": "error",
    "postal-code": "error",
    "website": "error",
    "krs": "error",
    "nip": "error",
    "regon": "error",
    "date": "error",
    "number": "error",
    "character": "error",
    "line-break": "error",
    "form": "warning",
    "spaces": "warning",
    "unnormalised": "warning",
    "empty": "warning",
    "conflict": "warning",
    "date-order": "error",
    "identifier-twice": "error",
    "name-twice": "warning",
    "email-twice": "warning",
    "erased-data": "error",
    "unlinked": "warning",
    "undated": "warning",
    "lawful-basis": "warning",
    "declared-members": "note",
    "overdue": "note",
    "retention-due": "note",
}
"""Every code of a finding, and how grave it is. Codes are relied on from outside: none changes its meaning."""


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
    def severity(self) -> Severity:
        """How grave it is; only an error keeps a write from being done."""
        return SEVERITIES[self.code]


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
