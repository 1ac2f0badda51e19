"""Everything that is wrong with the text of a registry, each finding with its place.

Where loading stops at the first part that is not of a registry's shape, an inspection goes on: no error hides another.
"""

import datetime
from typing import Any, NamedTuple

from pkes import checks, parsing
from pkes.document.editor import Document
from pkes.errors import Malformed
from pkes.findings import Finding
from pkes.model import KINDS, KindName, table_path
from pkes.parsing import Fault


class Placed(NamedTuple):
    """A finding with its line and column, from 1 and in characters."""

    finding: Finding
    line: int
    column: int


def inspect(text: str, today: datetime.date) -> list[Placed]:
    """Return the findings of a text without a BOM, in the order of the file, on a day."""
    try:
        registry, faults = parsing.examine(text)
    except Malformed as error:
        return [malformed(error)]
    newer = [fault for fault in faults if fault.what == "format"]
    found = [_of_fault(fault) for fault in newer or faults]
    if not newer:
        found += [one for one in checks.check(registry, today) if not _follows(one, found)]
    document = Document(text)
    placed = [
        Placed(finding, *document.place(table_path(finding.kind, finding.id), finding.field)) for finding in found
    ]
    return sorted(placed, key=lambda one: (one.line, one.column, one.finding.code))


def malformed(error: Malformed) -> Placed:
    """Return the one finding of a file that cannot be parsed."""
    return Placed(Finding(error.code, "file", None, None, error.detail), error.line or 1, error.column or 1)


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
    key = ".".join((*fault.path, *filter(None, [fault.key])))
    return Finding(fault.what, kind, id, field, {**fault.detail, "key": key})


def _about(fault: Fault) -> tuple[KindName, str | None, str | None]:
    """Return kind, id and field that a fault is about; a record that is no table stands in the table of its kind."""
    names = (*fault.path, *filter(None, [fault.key]))
    kind = next((kind for kind in KINDS if kind.table == names[0]), None)
    if kind is None or (kind.keyed and len(names) == 1):
        return "file", None, names[0]
    if kind.keyed:
        return kind.name, names[1], ".".join(names[2:]) or None
    return kind.name, None, ".".join(names[1:]) or None
