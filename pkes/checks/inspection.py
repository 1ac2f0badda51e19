"""Everything that is wrong with the text of a registry, each finding with its place.

Where loading stops at the first part that is not of a registry's shape, an inspection goes on: no error hides another.
"""

import datetime
from collections.abc import Sequence
from itertools import compress
from typing import Any, NamedTuple

from pkes.checks import run
from pkes.checks.findings import Finding, are_new
from pkes.errors import Malformed
from pkes.model.records import KINDS, KindName, Registry, table_path
from pkes.registry import parsing
from pkes.registry.changes import compare
from pkes.registry.parsing import Fault
from pkes.toml import reading
from pkes.toml.edit import Document


class Placed(NamedTuple):
    """A finding with its line and column, from 1 and in characters."""

    finding: Finding
    line: int
    column: int


class MostRemoved(NamedTuple):
    """How many members may be removed: a number of them, or a share in percent of those that there were."""

    number: int
    is_share: bool = False

    def __str__(self) -> str:
        return f"{self.number}%" if self.is_share else str(self.number)

    def allows(self, removed: int, total: int) -> bool:
        """Whether so many of all may be removed."""
        return removed * 100 <= self.number * total if self.is_share else removed <= self.number


def inspect(
    text: str, today: datetime.date, before: str | None = None, most_removed: MostRemoved | None = None
) -> list[Placed]:
    """Return the findings of a text without a BOM, in the order of the file, on a day.

    With a text `before`, only those that it does not have: `findings.are_new` says which are the same; and one where
    more members of it were removed than may be. What keeps a text from being parsed now is new: each line of a merge
    marker, or one finding. Raises `Malformed` where the text before cannot be parsed.
    """
    try:
        registry, faults = parsing.examine(text)
    except Malformed as error:
        return _markers(text, error) if error.code == "merge-marker" else [malformed(error)]
    placed = _placed(text, _findings(registry, faults, today))
    return placed if before is None else _since(before, placed, registry, today, most_removed)


def malformed(error: Malformed) -> Placed:
    """Return the one finding of a file that cannot be parsed."""
    return Placed(Finding(error.code, "file", None, None, error.detail), error.line or 1, error.column or 1)


def _markers(text: str, error: Malformed) -> list[Placed]:
    found = [Malformed(error.code, line, 1, marker=marker) for line, marker in reading.markers(text)]
    return [*map(malformed, found or [error])]


def _findings(registry: Registry, faults: list[Fault], today: datetime.date) -> list[Finding]:
    newer = [fault for fault in faults if fault.what == "format"]
    found = [_of_fault(fault) for fault in newer or faults]
    if not newer:
        found += [one for one in run.check(registry, today) if not _follows(one, found)]
    return found


def _since(
    before: str, placed: list[Placed], registry: Registry, today: datetime.date, most: MostRemoved | None
) -> list[Placed]:
    old, faults = parsing.examine(before)
    had = _findings(old, faults, today)
    changes = compare(old, registry)
    new = list(compress(placed, are_new((one.finding for one in placed), had, run.renamed(changes))))
    removed = sum(change.kind == "member" and change.action == "removed" for change in changes)
    if most is None or most.allows(removed, len(old.members)):
        return new
    detail = {"removed": removed, "total": len(old.members), "most": str(most)}
    return [Placed(Finding("members-removed", "file", None, None, detail), 1, 1), *new]


def _placed(text: str, found: list[Finding]) -> list[Placed]:
    document = Document(text)
    places = (document.place(table_path(one.kind, one.id), one.field, one.detail.get("item")) for one in found)
    placed = [Placed(one, *place) for one, place in zip(found, places, strict=True)]
    return sorted(placed, key=lambda one: (one.line, one.column, one.finding.code))


def as_json(file: str, placed: Placed, message: str) -> dict[str, Any]:
    """Return a finding as the object of `--json`."""
    finding, line, column = placed
    return {
        "code": finding.code,
        "severity": finding.severity,
        "file": file,
        "line": line,
        "column": column,
        "kind": finding.kind,
        "id": finding.id,
        "field": finding.field,
        "message": message,
    }


def _follows(finding: Finding, faults: list[Finding]) -> bool:
    """Whether a finding says no more than a fault: what is of the wrong type is not missing as well."""
    places = ((finding.kind, finding.id, finding.field), (finding.kind, finding.id, None))
    return finding.code == "required" and any((one.kind, one.id, one.field) in places for one in faults)


def _of_fault(fault: Fault) -> Finding:
    kind, id, field = _about(fault)
    return Finding(fault.what, kind, id, field, {**fault.detail, "key": ".".join(fault.names)})


def _about(fault: Fault) -> tuple[KindName, str | None, str | None]:
    """Return kind, id and field that a fault is about; a record that is no table stands in the table of its kind."""
    names = fault.names
    kind = next((kind for kind in KINDS if kind.table == names[0]), None)
    if kind is None or (kind.keyed and len(names) == 1):
        return "file", None, names[0]
    if kind.keyed:
        return kind.name, names[1], _dotted(names[2:])
    return kind.name, None, _dotted(names[1:])


def _dotted(names: Sequence[str]) -> str | None:
    """Return keys as one; None where there are none, which an empty key is not."""
    return ".".join(names) if names else None
