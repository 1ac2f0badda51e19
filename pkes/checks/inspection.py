"""Everything that is wrong with the text of a registry, each finding with its line and column.

Loading stops at the first part that does not have the shape of a registry; an inspection continues, so that no error
hides another.
"""

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import compress
from typing import Any, NamedTuple

from pkes.checks import run
from pkes.checks.findings import Finding, are_new
from pkes.checks.read_rules import ignorable
from pkes.errors import Malformed
from pkes.model.records import KINDS, KindName, Registry, field_path
from pkes.registry import parsing
from pkes.registry.parsing import ShapeFault
from pkes.toml import reading
from pkes.toml.tree import Layout, layout_of

_IGNORE = re.compile(r"#\s*pkes:\s*ignore\b(?P<codes>[^\n\r]*)")


class Placed(NamedTuple):
    """A finding with its line and its column (in characters), both counted from 1."""

    finding: Finding
    line: int
    column: int


class Inspected(NamedTuple):
    """The findings in a text, in the order of the file, and the number of ignored ones."""

    found: list[Placed]
    ignored: int = 0


class MostRemoved(NamedTuple):
    """How many members may be removed: a number, or a percentage of the previous members."""

    number: int
    is_share: bool = False

    def __str__(self) -> str:
        return f"{self.number}%" if self.is_share else str(self.number)

    def allows(self, removed: int, total: int) -> bool:
        """Return whether `removed` of `total` members may be removed."""
        return removed * 100 <= self.number * total if self.is_share else removed <= self.number


def inspect(
    text: str, today: datetime.date, before: str | None = None, most_removed: MostRemoved | None = None
) -> Inspected:
    """Return the findings in a text (without a BOM) on a day, in the order of the file.

    Warnings and notes are ignored if the policy lists their codes, or if their line ends with `# pkes: ignore CODE`.

    With a text `before`, only findings that it does not have are returned (`findings.are_new` compares them), and one
    more if too many of its members were removed. Whatever prevents the text from being parsed counts as new: each line
    with a merge marker, or a single finding. Raises `Malformed` if the text before cannot be parsed.
    """
    try:
        registry, faults = parsing.examine(text)
    except Malformed as error:
        return Inspected(_markers(text, error) if error.code == "merge-marker" else [malformed(error)])
    layout = layout_of(text)
    by_line = _ignored(text, layout)
    found = _findings(registry, faults, today)
    placed = [*_placed(layout, found), *_unknown_codes(by_line)]
    placed.sort(key=lambda one: (one.line, one.column, one.finding.code))
    if before is not None:
        placed = _since(before, placed, registry, today, most_removed)
    heeded = [one for one in placed if one.finding.severity == "error" or not _is_ignored(one, by_line, registry)]
    return Inspected(heeded, len(placed) - len(heeded))


def malformed(error: Malformed) -> Placed:
    """Return the single finding for a file that cannot be parsed."""
    return Placed(Finding(error.code, "file", None, None, error.detail), error.line or 1, error.column or 1)


def _markers(text: str, error: Malformed) -> list[Placed]:
    found = [Malformed(error.code, line, 1, marker=marker) for line, marker in reading.markers(text)]
    return [*map(malformed, found or [error])]


def _findings(registry: Registry, faults: list[ShapeFault], today: datetime.date) -> list[Finding]:
    newer = [fault for fault in faults if fault.what == "format"]
    found = [_of_fault(fault) for fault in newer or faults]
    if not newer:
        found += [one for one in run.everything(registry, today) if not _follows(one, found)]
    return found


def _since(
    before: str, placed: list[Placed], registry: Registry, today: datetime.date, most: MostRemoved | None
) -> list[Placed]:
    from pkes.registry.changes import compare

    old, faults = parsing.examine(before)
    had = _findings(old, faults, today)
    changes = compare(old, registry)
    new = list(compress(placed, are_new((one.finding for one in placed), had, run.renamed(changes))))
    removed = sum(change.kind == "member" and change.action == "removed" for change in changes)
    if most is None or most.allows(removed, len(old.members)):
        return new
    detail = {"removed": removed, "total": len(old.members), "most": str(most)}
    return [Placed(Finding("members-removed", "file", None, None, detail), 1, 1), *new]


def _ignored(text: str, layout: Layout) -> dict[int, tuple[int, list[str]]]:
    """Return the column and the codes of each comment `# pkes: ignore CODE …` at the end of a line, by line number."""
    if not _IGNORE.search(text):
        return {}
    from pkes.toml.comments import Remarks

    lines = text.split("\n")
    found = {}
    for _path, number, comment in Remarks(layout).owned():
        line = lines[number - 1]
        if (ignore := _IGNORE.match(comment)) and not line.lstrip().startswith("#"):
            found[number] = (line.rindex("#") + 1, re.split("[,\\s]+", ignore["codes"].strip()))
    return found


def _unknown_codes(by_line: Mapping[int, tuple[int, list[str]]]) -> Iterator[Placed]:
    codes = ignorable() if by_line else []
    for line, (column, named) in by_line.items():
        for code in named:
            if code not in codes:
                yield Placed(Finding("ignore", "file", None, None, {"wanted": code, "known": codes}), line, column)


def _is_ignored(placed: Placed, by_line: Mapping[int, tuple[int, list[str]]], registry: Registry) -> bool:
    code = placed.finding.code
    return code in (registry.policy.ignore or ()) or code in by_line.get(placed.line, (0, []))[1]


def _placed(layout: Layout, found: list[Finding]) -> Iterator[Placed]:
    for one in found:
        yield Placed(one, *layout.place(field_path(one.kind, one.id, one.field), item=one.detail.get("item")))


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
    """Return whether a finding follows from a fault: a value of the wrong type must not be reported as missing too."""
    places = ((finding.kind, finding.id, finding.field), (finding.kind, finding.id, None))
    return finding.code == "required" and any((one.kind, one.id, one.field) in places for one in faults)


def _of_fault(fault: ShapeFault) -> Finding:
    kind, id, field = _about(fault)
    return Finding(fault.what, kind, id, field, {**fault.detail, "key": ".".join(fault.names)})


def _about(fault: ShapeFault) -> tuple[KindName, str | None, str | None]:
    """Return the kind, id and field of a fault; a record that is not a table is a key in the table of its kind."""
    names = fault.names
    kind = next((kind for kind in KINDS if kind.table == names[0]), None)
    if kind is None or (kind.keyed and len(names) == 1):
        return "file", None, names[0]
    if kind.keyed:
        return kind.name, names[1], _dotted(names[2:])
    return kind.name, None, _dotted(names[1:])


def _dotted(names: Sequence[str]) -> str | None:
    """Join keys with dots; return None if there are no keys (an empty key is still a key)."""
    return ".".join(names) if names else None
