"""The rules of a registry, one function for each, in the order in which they run; those of a read come first."""

import datetime
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator
from functools import cache, partial
from operator import attrgetter, itemgetter
from typing import Any, Literal

from msgspec import Struct

from pkes.checks.findings import Finding, Subject, finding
from pkes.checks.read_rules import READ_RULES, Ensure
from pkes.model.dates import PartialDate
from pkes.model.records import KIND, KINDS, Inquiry, KindName, Member, Record, fields, is_id, records, value_of
from pkes.registry import inquiries
from pkes.text.characters import strip


class Rule(Struct, frozen=True):
    """A rule and when it runs.

    It runs at every `read` on all records, at a `write` on the records that it touches, or only at a `check`. A rule
    that runs at an earlier stage also runs at the later ones.
    """

    when: Literal["read", "write", "check"]
    ensure: Ensure


RULES: list[Rule] = [Rule("read", ensure) for ensure in READ_RULES]
"""Every rule, in the order in which they run."""


def _rule(when: Literal["write", "check"]) -> Callable[[Ensure], Ensure]:
    def add(ensure: Ensure) -> Ensure:
        RULES.append(Rule(when, ensure))
        return ensure

    return add


# Rules of a single record.


@_rule("write")
def right_ids(subject: Subject) -> Iterator[Finding]:
    """Ensure that an id consists of lower-case letters, digits and dashes only."""
    for kind, record in subject.records("sector", "member", "inquiry"):
        if not is_id(record.id):
            yield finding("id", kind, record)


@_rule("write")
def required_fields(subject: Subject) -> Iterator[Finding]:
    """Ensure that no required field is missing, and that an inquiry says who asks and how to reach them."""
    for kind, record in subject.records():
        for name in _required_fields(kind.struct):
            if _is_blank(value_of(record, name)):
                yield finding("required", kind, record, name)
        if isinstance(record, Inquiry) and not record.erased:
            if _is_blank(record.name) and _is_blank(record.person):
                yield finding("name-or-person", kind, record)
            if _is_blank(record.email) and _is_blank(record.phone):
                yield finding("email-or-phone", kind, record)


@cache
def _required_fields(struct: type[Record]) -> tuple[str, ...]:
    return tuple(name for name, field in fields(struct).items() if field.required)


def _is_blank(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not strip(value))


@_rule("write")
def right_values(subject: Subject) -> Iterator[Finding]:
    """Ensure that every value has the form of its field: check digits, addresses, dates, characters, spaces."""
    from pkes.model.values import faults

    for kind in KINDS:
        held = [record for _kind, record in subject.records(kind.name)]
        found = [
            (number, field, item, fault)
            for field in fields(kind.struct).values()
            # Vocabularies are checked above; what a write leaves as it was, it does not make wrong.
            if field.form != "choice" and subject.concerns(field.name)
            for number, item, fault in faults(field, [*map(attrgetter(field.name), held)])
        ]
        # The sort is stable: a record keeps the order of its fields.
        for number, field, item, (code, detail) in sorted(found, key=itemgetter(0)):
            # An empty required field is reported as missing.
            if not (field.required and _is_blank(value_of(held[number], field.name))):
                which = {} if item is None else {"item": item}
                yield finding(code, kind, held[number], field.name, **detail, **which)


@_rule("write")
def whole_organisations(subject: Subject) -> Iterator[Finding]:
    """Ensure that a member's REGON belongs to the organisation, not to one of its local units."""
    from pkes.model.spelling import is_local_unit, regon

    for kind, record in subject.records("member"):
        # Quick test first: nearly all numbers have the nine digits of an organisation.
        if isinstance(record, Member) and record.regon and len(record.regon) > _DIGITS["regon"]:
            number = regon(strip(record.regon))
            if number and is_local_unit(number):
                yield finding("local-unit", kind, record, "regon")


@_rule("write")
def settled_conflicts(subject: Subject) -> Iterator[Finding]:
    """Ensure that git left no conflict inside a multi-line value that is still valid TOML; a message may quote one."""
    for kind, record in subject.records():
        known = [(name, value) for name in _long_fields(kind.struct) if (value := value_of(record, name))]
        for name, value in (*known, *record.extra.items()):
            if (kind.name, name) != ("inquiry", "message") and _has_conflict(value):
                yield finding("conflict", kind, record, name)


@cache
def _long_fields(struct: type[Record]) -> tuple[str, ...]:
    return tuple(name for name, field in fields(struct).items() if field.form == "text" or field.type == "list")


def _has_conflict(value: Any) -> bool:
    if isinstance(value, str):
        return "<<<<<<<" in value and _holds_conflict(value.splitlines())
    if isinstance(value, dict):
        return any(map(_has_conflict, value.values()))
    return isinstance(value, list) and any(map(_has_conflict, value))


def _holds_conflict(lines: list[str]) -> bool:
    """Return whether git's three markers occur in order; a single row of `=` may just underline a title."""
    signs = iter("<=>")
    wanted = next(signs)
    for line in lines:
        if line == "=" * 7 if wanted == "=" else line == wanted * 7 or line.startswith(f"{wanted * 7} "):
            if wanted == ">":
                return True
            wanted = next(signs)
    return False


@_rule("write")
def current_coordinator(subject: Subject) -> Iterator[Finding]:
    """Ensure that the coordinator has not left the cluster."""
    from pkes.registry.selection import is_current

    coordinator = subject.registry.members.get(subject.registry.cluster.coordinator or "")
    if coordinator and not is_current(coordinator, subject.today):
        yield Finding("coordinator-left", "cluster", None, "coordinator", {})


@_rule("write")
def ordered_dates(subject: Subject) -> Iterator[Finding]:
    """Ensure that nobody left before joining, and no inquiry was answered before it came or closed before its answer.

    A partial date breaks the order only if every day that it can mean does.
    """
    for kind, record in subject.records("member", "inquiry"):
        names = ("joined", "left") if kind.name == "member" else ("received", "answered", "closed", "erased")
        for number, name in enumerate(names[1:], 1):
            end = _last_day(getattr(record, name))
            for earlier in reversed(names[:number]) if end else ():
                start = _first_day(getattr(record, earlier))
                if start and end and end < start:
                    yield finding("date-order", kind, record, name, earlier=earlier)
                    break


def _first_day(value: PartialDate | datetime.date | None) -> datetime.date | None:
    return value.first if isinstance(value, PartialDate) else value


def _last_day(value: PartialDate | datetime.date | None) -> datetime.date | None:
    return value.last if isinstance(value, PartialDate) else value


# Rules that compare members with each other. A touched member is compared with all others.


@_rule("write")
def unique_identifiers(subject: Subject) -> Iterator[Finding]:
    """Ensure that no two current members have the same NIP, KRS or REGON, however it is written."""
    for name in ("nip", "krs", "regon"):
        if subject.concerns(name, "left"):
            yield from _twice("identifier-twice", name, subject, subject.current(), partial(_digits, name))


# The digits of the canonical form: a value of that length needs no conversion.
_DIGITS = {"nip": 10, "krs": 10, "regon": 9}


def _digits(name: str, member: Member) -> str | None:
    held: str | None = getattr(member, name)
    if held is None or (held.isdigit() and len(held) == _DIGITS[name]):
        return held
    from pkes.model.spelling import CANONICAL

    return CANONICAL[name](strip(held)) or held


@_rule("write")
def unique_names(subject: Subject) -> Iterator[Finding]:
    """Ensure that no two members have the same name, apart from case, diacritics and legal form."""
    from pkes.model.names import bare_name

    if subject.concerns("name"):
        members = subject.registry.members.values()
        yield from _twice("name-twice", "name", subject, members, lambda member: bare_name(member.name or ""))


@_rule("write")
def unique_emails(subject: Subject) -> Iterator[Finding]:
    """Ensure that no two members have the same e-mail address."""
    if subject.concerns("email"):
        members = subject.registry.members.values()
        yield from _twice("email-twice", "email", subject, members, lambda member: (member.email or "").casefold())


@_rule("write")
def unique_labels(subject: Subject) -> Iterator[Finding]:
    """Ensure that no two sectors have the same label: it could not be told which of them is meant."""
    from pkes.registry.members import sector_labelled

    for kind, record in subject.records("sector"):
        for name in fields(kind.struct):
            other = sector_labelled(subject.registry, value_of(record, name) or "", record.id)
            if other is not None:
                yield finding("label-twice", kind, record, name, other=other)


def _twice(
    code: str, field: str, subject: Subject, members: Iterable[Member], key_of: Callable[[Member], Hashable]
) -> Iterator[Finding]:
    keyed = [(key_of(member), member) for member in members]
    count = Counter(key for key, _ in keyed)
    first: dict[Hashable, str] = {}
    for key, member in keyed:
        if key and count[key] > 1:
            one, other = member.id, first.setdefault(key, member.id)
            if _concerns(subject, other) and not _concerns(subject, one):
                # A write reports a record that it touched, even if that is the first of the two.
                one, other = other, one
            if other != one and _concerns(subject, one):
                yield Finding(code, "member", one, field, {"other": other})


def _concerns(subject: Subject, id: str) -> bool:
    return subject.touched is None or ("member", id) in subject.touched


# Rules of inquiries.


@_rule("write")
def complete_erasure(subject: Subject) -> Iterator[Finding]:
    """Ensure that nothing personal is left in an erased inquiry (GDPR, Art. 17)."""
    for kind, record in subject.records("inquiry"):
        if isinstance(record, Inquiry) and record.erased:
            for name in (*inquiries.ERASED, *record.extra):
                if record.extra.get(name, getattr(record, name, None)) not in (None, "", []):
                    yield finding("erased-data", kind, record, name)


@_rule("write")
def dated_and_linked(subject: Subject) -> Iterator[Finding]:
    """Ensure that an inquiry has what the step to its status sets: its dates, and the member that it became."""
    for kind, record in subject.records("inquiry"):
        if isinstance(record, Inquiry) and not record.erased:
            for step in inquiries.STEPS.values():
                for name in step.dates if step.leads_to == record.status else ():
                    if getattr(record, name) is None:
                        yield finding("undated", kind, record, name)
            if record.status == "accepted" and not record.member:
                yield finding("unlinked", kind, record, "member")


@_rule("write")
def mutual_links(subject: Subject) -> Iterator[Finding]:
    """Ensure that an inquiry and the member that it became name each other, as accepting the inquiry writes it."""
    for kind, record in subject.records("member", "inquiry"):
        # The field is called like the kind of record that it names. A reference to nothing is found above.
        field: KindName = "inquiry" if kind.name == "member" else "member"
        other = records(subject.registry, KIND[field]).get(getattr(record, field) or "")
        if other is not None and getattr(other, kind.name) != record.id:
            yield finding("one-sided", kind, record, field, other=other.id)


@_rule("write")
def lawful_bases(subject: Subject) -> Iterator[Finding]:
    """Ensure that an inquiry records the lawful basis for keeping its data (GDPR, Art. 6)."""
    for kind, record in subject.records("inquiry"):
        if isinstance(record, Inquiry) and not record.erased and not record.lawful_basis:
            yield finding("lawful-basis", kind, record, "lawful_basis")


# Rules that run only at a check.


@_rule("check")
def declared_members(subject: Subject) -> Iterator[Finding]:
    """Ensure that the number of listed members equals the number that the cluster declares."""
    declared, listed = subject.registry.cluster.declared_members, len(subject.current())
    if declared is not None and declared != listed:
        detail = {"declared": declared, "listed": listed}
        yield Finding("declared-members", "cluster", None, "declared_members", detail)


@_rule("check")
def confirmed_facts(subject: Subject) -> Iterator[Finding]:
    """Ensure that the facts of the current members were confirmed within the months that the policy gives."""
    from pkes.registry.overview import unconfirmed

    if count := len(unconfirmed(subject.registry, subject.today)):
        yield Finding("unconfirmed", "cluster", None, None, {"count": count})


@_rule("check")
def alike_spellings(subject: Subject) -> Iterator[Finding]:
    """Ensure that a town, county, legal form, offer, need or tag is spelled as it is for other members."""
    from pkes.registry import near_misses

    for miss in near_misses.clear(subject.registry.members):
        item = {} if miss.item is None else {"item": miss.item}
        yield Finding("near-miss", "member", miss.record.id, miss.field, {"other": miss.other, **item})


@_rule("check")
def answers_in_time(subject: Subject) -> Iterator[Finding]:
    """Ensure that a new inquiry is answered within the number of days in the policy."""
    for kind, record in subject.records("inquiry"):
        if isinstance(record, Inquiry) and inquiries.is_overdue(subject.registry, record, subject.today):
            yield finding("overdue", kind, record, "received", days=inquiries.days_waiting(record, subject.today))


@_rule("check")
def informed_persons(subject: Subject) -> Iterator[Finding]:
    """Ensure that who is named in an inquiry was told within a month how the data is used (GDPR, Art. 13 and 14)."""
    for kind, record in subject.records("inquiry"):
        if isinstance(record, Inquiry) and inquiries.is_uninformed(record, subject.today):
            yield finding("not-informed", kind, record, "informed")


@_rule("check")
def retention(subject: Subject) -> Iterator[Finding]:
    """Ensure that a closed inquiry is erased at the end of the retention period (GDPR, Art. 5(1)(e))."""
    for kind, record in subject.records("inquiry"):
        if isinstance(record, Inquiry) and inquiries.is_retention_due(subject.registry, record, subject.today):
            yield finding("retention-due", kind, record, "closed")
