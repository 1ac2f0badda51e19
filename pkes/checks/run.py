"""Running the rules: at a read, at a check, and for the findings that a write adds."""

import datetime
from collections.abc import Iterable, Iterator
from itertools import compress
from typing import TYPE_CHECKING

from msgspec.structs import replace

from pkes.checks.findings import Finding, Renamed, Subject, WouldBreak, are_new
from pkes.checks.read_rules import READ_RULES
from pkes.model.records import Registry

if TYPE_CHECKING:
    from pkes.registry.changes import Change


def at_read(registry: Registry) -> list[Finding]:
    """Return the findings of the rules that run at every read."""
    subject = Subject(registry, datetime.date.min)
    return heeded(registry, (finding for ensure in READ_RULES for finding in ensure(subject)))


def check(registry: Registry, today: datetime.date) -> list[Finding]:
    """Return the findings of all rules in a whole registry on a day, except those that its policy ignores."""
    return heeded(registry, everything(registry, today))


def everything(registry: Registry, today: datetime.date) -> Iterator[Finding]:
    """Yield the findings of all rules in a whole registry on a day."""
    from pkes.checks.rules import RULES

    subject = Subject(registry, today)
    for rule in RULES:
        yield from rule.ensure(subject)


def heeded(registry: Registry, findings: Iterable[Finding]) -> list[Finding]:
    """Return findings without the warnings and notes that the policy of a registry ignores."""
    ignored = registry.policy.ignore or ()
    return [one for one in findings if one.code not in ignored or one.severity == "error"]


def added(before: Registry, after: Registry, changes: "Iterable[Change]", today: datetime.date) -> list[Finding]:
    """Return the findings that a write adds: of all rules on touched records, of read rules on all."""
    changes = tuple(changes)
    new_id = renamed(changes)
    old_id = {(kind, new): old for (kind, old), new in new_id.items()}
    # A dict keeps the order of the changes (by kind and id), so that the findings always come in the same order.
    touched = dict.fromkeys((change.kind, change.id) for change in changes)
    changed = _changed_fields(changes)
    was_touched = [(kind, old_id.get((kind, id), id)) for kind, id in touched]
    had = _at_write(Subject(before, today, was_touched, changed))
    found = heeded(after, _at_write(Subject(after, today, touched, changed)))
    return list(compress(found, are_new(found, had, new_id)))


def renamed(changes: "Iterable[Change]") -> Renamed:
    """Return the new id of each renamed record."""
    return {(change.kind, change.old): change.new for change in changes if change.action == "renamed"}


def _changed_fields(changes: "Iterable[Change]") -> frozenset[str] | None:
    """Return the names of the changed fields; None, meaning all, if a record is added or removed."""
    names = {change.field for change in changes}
    return None if None in names else frozenset(name for name in names if name is not None)


def _at_write(subject: Subject) -> Iterator[Finding]:
    from pkes.checks.rules import RULES

    for rule in RULES:
        if rule.when != "check":
            yield from rule.ensure(replace(subject, touched=None) if rule.when == "read" else subject)


def refuse_errors(findings: Iterable[Finding]) -> None:
    """Raise `WouldBreak` if any finding that a write adds is an error."""
    wrong = [finding for finding in findings if finding.severity == "error"]
    if wrong:
        raise WouldBreak(wrong)
