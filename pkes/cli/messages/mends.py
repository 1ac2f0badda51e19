"""The command that mends a finding, if there is one."""

import os
import shlex
from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple

from pkes.checks import mending
from pkes.checks.codes import CODES, EDIT, OPEN
from pkes.checks.findings import Finding
from pkes.cli.messages.findings import is_speakable
from pkes.errors import Malformed, NoRegistry
from pkes.model.records import KIND, KINDS, KindName, fields, records, table_path
from pkes.registry import parsing
from pkes.registry.changes import compare
from pkes.storage import store
from pkes.toml.edit import Document


class Mendable(NamedTuple):
    """What commands can do to a text.

    `places` are what `check --fix` would mend: kinds, ids and names of fields. The records in `stuck`, by kind and id,
    have a layout that commands cannot edit until `fmt` has changed it. `fixes` says whether `check --fix` can work: it
    mends all or nothing, so no record to mend may be stuck.
    """

    places: Collection[tuple[KindName, str | None, str | None]]
    stuck: Collection[tuple[KindName, str | None]] = ()
    fixes: bool = True


_OPENS = {"cluster": "cluster edit", "policy": "policy edit", "member": "edit {id}", "inquiry": "inquiry edit {id}"}


def mendable(text: str) -> Mendable | None:
    """Return what commands can do to a text; None if it cannot be read."""
    try:
        registry = parsing.parse(text)
    except Malformed:
        return None
    places = {(change.kind, change.id, change.field) for change in compare(registry, mending.mend(registry))}
    document = Document(text)
    every = ((kind.name, id if kind.keyed else None) for kind in KINDS for id in records(registry, kind))
    stuck = {one for one in every if not document.is_editable(table_path(*one))}
    return Mendable(places, stuck, stuck.isdisjoint((kind, id) for kind, id, _field in places))


def program(path: Path) -> str:
    """Return how to call pkes for the registry at a path: just by its name if pkes finds that registry by itself."""
    try:
        if os.path.samefile(path, os.environ.get("PKES_REGISTRY") or store.find(Path())):
            return "pkes"
    except (OSError, NoRegistry):
        pass
    return f"pkes -r {shlex.quote(os.fspath(path))}"


def command(finding: Finding, mendable: Mendable) -> str | None:
    """Return the arguments that mend a finding, or None; "…" is a placeholder for a value from the user."""
    if _is_in_places(finding, mendable):
        return "check --fix" if mendable.fixes else "fmt"
    template = _template(finding)
    if not template or not (finding.id is None or is_speakable(finding.id)):
        return None
    if (finding.kind, finding.id) in mendable.stuck:
        return "fmt"
    return template.format(id=finding.id, field=finding.field)


def is_fixable(finding: Finding, mendable: Mendable) -> bool:
    """Return whether `check --fix` mends a finding."""
    return mendable.fixes and _is_in_places(finding, mendable)


def _is_in_places(finding: Finding, mendable: Mendable) -> bool:
    return CODES[finding.code].is_fixable and (finding.kind, finding.id, finding.field) in mendable.places


def _template(finding: Finding) -> str:
    template = CODES[finding.code].command
    if template not in (EDIT, OPEN):
        return template
    opens = _OPENS.get(finding.kind, "")
    if template == OPEN or not opens:
        return opens
    field = fields(KIND[finding.kind].struct).get(finding.field or "")
    return f"{opens} {{field}}=…" if field is not None and not field.by_command else ""
