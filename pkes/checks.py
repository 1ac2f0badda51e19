"""The rules of a registry: one flat list of functions, each of which ensures one thing of its records."""

import datetime
import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from pkes.errors import WouldBreak
from pkes.findings import Finding, Subject
from pkes.model import Cluster, Inquiry, Kind, Member, Record, Registry, fields
from pkes.partial_date import PartialDate

if TYPE_CHECKING:
    from pkes.changes import Change

ID = re.compile(r"[a-z0-9-]+")


def _found(code: str, kind: Kind, record: Record, field: str | None = None, **detail: Any) -> Finding:
    return Finding(code, kind.name, record.id if kind.keyed else None, field, detail)


# Rules that run at every read, on every record: they need no import and no second look.


def known_keys(subject: Subject) -> Iterator[Finding]:
    """Ensure that the program knows every key: one that it does not know is often a slip of the pen."""
    for key in subject.registry.extra:
        yield Finding("unknown-key", "file", None, key, {})
    for kind, record in subject.records():
        for key in record.extra:
            yield _found("id-key" if key == "id" and kind.keyed else "unknown-key", kind, record, key)


def known_sectors(subject: Subject) -> Iterator[Finding]:
    """Ensure that every sector named is one of the registry's own."""
    sectors = subject.registry.sectors
    for kind, record in subject.records("member", "inquiry"):
        if (sector := record.sector) and sector not in sectors:  # type: ignore[attr-defined]
            yield _found("unknown-sector", kind, record, "sector", wanted=sector, known=sectors.keys())


def known_choices(subject: Subject) -> Iterator[Finding]:
    """Ensure that channel, topic and status are words of their vocabularies."""
    chosen = {name: field.choices for name, field in fields(Inquiry).items() if field.choices}
    for kind, record in subject.records("inquiry"):
        for name, choices in chosen.items():
            if (value := getattr(record, name)) and value not in choices:
                yield _found("choice", kind, record, name, choices=choices)


def known_references(subject: Subject) -> Iterator[Finding]:
    """Ensure that the coordinator, a member's inquiry and an inquiry's member are on record."""
    registry = subject.registry
    for kind, record in subject.records("cluster", "member", "inquiry"):
        if isinstance(record, Cluster):
            field, wanted, held = "coordinator", "member", record.coordinator
        elif isinstance(record, Member):
            field, wanted, held = "inquiry", "inquiry", record.inquiry
        else:
            field, wanted, held = "member", "member", record.member  # type: ignore[attr-defined]
        known = registry.members if wanted == "member" else registry.inquiries
        if held and held not in known:
            yield _found(f"unknown-{wanted}", kind, record, field, wanted=held, known=known.keys())


# Rules of a single record.


def right_ids(subject: Subject) -> Iterator[Finding]:
    """Ensure that an id is of lower-case letters, digits and dashes only."""
    for kind, record in subject.records("sector", "member", "inquiry"):
        if not ID.fullmatch(record.id):
            yield _found("id", kind, record)


def required_fields(subject: Subject) -> Iterator[Finding]:
    """Ensure that no required field is missing, and that an inquiry says who asks and where the answer goes."""
    for kind, record in subject.records():
        for name, field in fields(kind.struct).items():
            if field.required and getattr(record, name) in (None, ""):
                yield _found("required", kind, record, name)
        if isinstance(record, Inquiry) and not record.erased:
            if not (record.name or record.person):
                yield _found("name-or-person", kind, record)
            if not (record.email or record.phone):
                yield _found("email-or-phone", kind, record)


def right_values(subject: Subject) -> Iterator[Finding]:
    """Ensure that every value has the form of its field: check digits, addresses, dates, characters, spaces."""
    from pkes.values import fault

    for kind, record in subject.records():
        for name, field in fields(kind.struct).items():
            value = getattr(record, name)
            # A vocabulary is looked at above; an empty required field is missing.
            if value is None or field.form == "choice" or (field.required and value == ""):
                continue
            if (wrong := fault(field, value)) is not None:
                code, detail = wrong
                yield _found(code, kind, record, name, **detail)


def ordered_dates(subject: Subject) -> Iterator[Finding]:
    """Ensure that nobody left before joining, and no inquiry was answered before it came or closed before that.

    A partial date breaks the order only where none of its days would do.
    """
    for kind, record in subject.records("member", "inquiry"):
        earlier, *later = ("joined", "left") if kind.name == "member" else ("received", "answered", "closed", "erased")
        for name in later:
            start, end = _first_day(getattr(record, earlier)), _last_day(getattr(record, name))
            if start and end and end < start:
                yield _found("date-order", kind, record, name, earlier=earlier)
            if end:
                earlier = name


def _first_day(value: PartialDate | datetime.date | None) -> datetime.date | None:
    return value.first if isinstance(value, PartialDate) else value


def _last_day(value: PartialDate | datetime.date | None) -> datetime.date | None:
    return value.last if isinstance(value, PartialDate) else value


# Rules that compare the members with each other. A touched member is compared with all.


def unique_identifiers(subject: Subject) -> Iterator[Finding]:
    """Ensure that no two current members have the same NIP, KRS or REGON."""
    for name in ("nip", "krs", "regon"):
        yield from _twice("identifier-twice", name, subject, attrgetter(name))


def unique_names(subject: Subject) -> Iterator[Finding]:
    """Ensure that no two current members have the same name, apart from case, diacritics and legal form."""
    from pkes.naming import bare_name

    yield from _twice("name-twice", "name", subject, lambda member: bare_name(member.name or ""))


def unique_emails(subject: Subject) -> Iterator[Finding]:
    """Ensure that no two current members have the same e-mail address."""
    yield from _twice("email-twice", "email", subject, lambda member: (member.email or "").casefold())


def _twice(code: str, field: str, subject: Subject, mark_of: Callable[[Member], Hashable]) -> Iterator[Finding]:
    if not subject.compares(field, "left"):
        return
    marked = [(mark_of(member), member) for member in subject.current()]
    count = Counter(mark for mark, _ in marked)
    first: dict[Hashable, str] = {}
    for mark, member in marked:
        if mark and count[mark] > 1:
            other = first.setdefault(mark, member.id)
            if other != member.id and _concerns(subject, other, member.id):
                yield Finding(code, "member", member.id, field, {"other": other})


def _concerns(subject: Subject, *ids: str) -> bool:
    return subject.touched is None or any(("member", id) in subject.touched for id in ids)


def declared_members(subject: Subject) -> Iterator[Finding]:
    """Ensure that as many members are listed as the cluster declares."""
    declared, listed = subject.registry.cluster.declared_members, len(subject.current())
    if declared is not None and declared != listed:
        detail = {"declared": declared, "listed": listed}
        yield Finding("declared-members", "cluster", None, "declared_members", detail)


class Rule(NamedTuple):
    """A rule and when it runs.

    At every `read` on all records; at a `write` on the records it touches; at a `check` alone. What runs earlier runs
    later too.
    """

    when: Literal["read", "write", "check"]
    ensure: Callable[[Subject], Iterator[Finding]]


RULES = (
    Rule("read", known_keys),
    Rule("read", known_sectors),
    Rule("read", known_choices),
    Rule("read", known_references),
    Rule("write", right_ids),
    Rule("write", required_fields),
    Rule("write", right_values),
    Rule("write", ordered_dates),
    Rule("write", unique_identifiers),
    Rule("write", unique_names),
    Rule("write", unique_emails),
    Rule("check", declared_members),
)


def at_read(registry: Registry) -> list[Finding]:
    """Return what the rules of every read find."""
    subject = Subject(registry, datetime.date.min)
    return [finding for rule in RULES if rule.when == "read" for finding in rule.ensure(subject)]


def check(registry: Registry, today: datetime.date) -> list[Finding]:
    """Return what all rules find in a whole registry on a day."""
    subject = Subject(registry, today)
    return [finding for rule in RULES for finding in rule.ensure(subject)]


def added(before: Registry, after: Registry, changes: "Iterable[Change]", today: datetime.date) -> list[Finding]:
    """Return the findings that a write adds: of the records it touches, and of all by the rules of every read.

    Two findings are the same where code, kind, record (through a rename) and field are, counted as often as they
    occur.
    """
    changes = tuple(changes)
    new_id = {(change.kind, change.old): change.new for change in changes if change.action == "renamed"}
    old_id = {(kind, new): old for (kind, old), new in new_id.items()}
    # In the order of the changes, which is that of kinds and ids: what is said of them comes in the same order always.
    touched = dict.fromkeys((change.kind, change.id) for change in changes)
    changed = _changed_fields(changes)
    was_touched = [(kind, old_id.get((kind, id), id)) for kind, id in touched]
    had = Counter(
        (one.code, one.kind, new_id.get((one.kind, one.id), one.id), one.field)
        for one in _at_write(Subject(before, today, was_touched, changed))
    )
    new = []
    for one in _at_write(Subject(after, today, touched, changed)):
        key = (one.code, one.kind, one.id, one.field)
        had[key] -= 1
        if had[key] < 0:
            new.append(one)
    return new


def _changed_fields(changes: "Iterable[Change]") -> frozenset[str] | None:
    """Return the names of the fields that changes are about: None, all, where a record comes or goes."""
    names = {change.field for change in changes}
    return None if None in names else frozenset(name for name in names if name)


def _at_write(subject: Subject) -> Iterator[Finding]:
    for rule in RULES:
        if rule.when != "check":
            yield from rule.ensure(subject._replace(touched=None) if rule.when == "read" else subject)


def refuse_errors(findings: Iterable[Finding]) -> None:
    """Raise `WouldBreak` where one of the findings that a write adds is an error."""
    wrong = [finding for finding in findings if finding.severity == "error"]
    if wrong:
        raise WouldBreak(wrong)
