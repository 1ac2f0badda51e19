"""Findings in words. They do not quote anything that may be personal: only valid ids, and keys that are plain words."""

import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from pkes.checks.codes import CODES, Severity
from pkes.checks.findings import Finding
from pkes.cli.messages.values import KEY, did_you_mean, field_name, malformed, record, wrong_value
from pkes.i18n import _, ngettext
from pkes.model.records import KIND, fields, is_id

if TYPE_CHECKING:
    from pkes.checks.inspection import Placed

MOST_KNOWN = 100
"""With more words than these, the nearest is not searched: it would take long and mean little."""


_LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "note": "notice"}
"""GitHub's names of the severities."""


class Checked(Struct, frozen=True):
    """A checked file, its text, its findings, and the number of `ignored` ones.

    Bytes that are not text are escapes in the text.

    If it `is_file`, commands can change it, unlike stdin or a pipe.
    """

    path: Path
    text: str
    found: "Sequence[Placed]"
    is_file: bool = True
    ignored: int = 0


def line(path: Path, placed: "Placed") -> str:
    """Return a finding as a line for programs: its location, severity, code and message."""
    return " ".join(line_parts(path, placed, for_programs=True))


def line_parts(path: Path, placed: "Placed", *, for_programs: bool = False) -> tuple[str, Severity, str, str]:
    """Return the parts of that line, for people unless `for_programs`."""
    finding, line, column = placed
    said = in_words(finding, for_programs=for_programs)
    return f"{os.fspath(path)}:{line}:{column}:", finding.severity, finding.code, said


def annotation(path: Path, placed: "Placed") -> str:
    """Return a finding as a GitHub workflow command that annotates a line."""
    finding, line, column = placed
    properties = {"file": _in_workspace(path), "line": line, "col": column, "title": finding.code}
    about = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    return f"::{_LEVELS[finding.severity]} {about}::{_escaped(in_words(finding, for_programs=True))}"


def _in_workspace(path: Path) -> str:
    """Return a path as GitHub expects it: relative to the workspace, wherever the command was started."""
    workspace = os.environ.get("GITHUB_WORKSPACE")
    if workspace:
        found = os.path.relpath(os.path.realpath(path.parent) + os.sep + path.name, os.path.realpath(workspace))
        if found.split(os.sep)[0] != os.pardir:
            return found
    return os.fspath(path)


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def in_words(finding: Finding, *, for_programs: bool = False) -> str:
    """Return the message of a finding: its record and field, and what is wrong there.

    A message `for_programs` has the field's own name in every language.
    """
    if CODES[finding.code].is_malformed:
        return malformed(finding.code, finding.detail)
    about = [record(finding.kind, finding.id if is_speakable(finding.id) else None)]
    if finding.code not in ("unknown-key", "id-key") and re.fullmatch(KEY, finding.field or ""):
        name = finding.field or ""
        about.append(name if for_programs else field_name(name))
    return f"{', '.join(about)}: {_what(finding)}"


def is_speakable(id: str | None) -> bool:
    """Return whether an id is valid, so that it may be quoted: anything else may be personal."""
    return id is not None and is_id(id)


def counted(*, errors: int | None = None, warnings: int | None = None, notes: int | None = None) -> str:
    """Return how many findings there are of each kind; None goes unsaid."""
    said = [
        (errors, ngettext("{count} error", "{count} errors", errors or 0)),
        (warnings, ngettext("{count} warning", "{count} warnings", warnings or 0)),
        (notes, ngettext("{count} note", "{count} notes", notes or 0)),
    ]
    return ", ".join(words.format(count=count) for count, words in said if count is not None)


def _what(finding: Finding) -> str:
    code = CODES[finding.code]
    said = wrong_value(finding.code, finding.detail, finding.field) if _may_be_quoted(finding) else _(code.unquoted)
    return said + did_you_mean(_nearest(finding))


def _may_be_quoted(finding: Finding) -> bool:
    quotes = CODES[finding.code].quotes
    if quotes == "field":
        return re.fullmatch(KEY, finding.field or "") is not None
    return not quotes or is_speakable(finding.detail[quotes])


def _nearest(finding: Finding) -> Iterable[str]:
    from pkes.text.collation import nearest

    if finding.code == "unknown-key" and finding.kind != "file":
        from pkes.model.vocabulary import closed_up, field_words

        key, struct = finding.field or "", KIND[finding.kind].struct
        titled = field_words(struct).get(closed_up(key))
        return [titled] if titled else nearest(key, fields(struct))
    if finding.code == "unknown-key":
        return nearest(finding.field or "", [kind.table for kind in KIND.values()])
    known = finding.detail.get("known", ())
    if not 0 < len(known) <= MOST_KNOWN:
        return ()
    return nearest(finding.detail["wanted"], [*filter(is_speakable, known)])
