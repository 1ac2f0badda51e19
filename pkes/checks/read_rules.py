"""The rules that run at every read, on every record: they need one pass, and no import that a list does not need."""

from collections.abc import Callable, Iterable, Iterator

from pkes.checks.findings import Finding, Subject, finding
from pkes.model.records import KINDS, Inquiry, KindName, Registry, fields

_LIKENESS = 0.7
"""How like a known table a name has to be: `sektory` is like enough to `sectors`, `memory` is not like `members`."""

Ensure = Callable[[Subject], Iterator[Finding]]


def known_keys(subject: Subject) -> Iterator[Finding]:
    """Ensure that every key is known to the program: an unknown key is often a typing error."""
    for key in subject.registry.extra:
        yield Finding("unknown-key", "file", None, key, {})
    for kind, record in subject.records():
        for key in record.extra:
            yield finding("id-key" if key == "id" and kind.keyed else "unknown-key", kind, record, key)


def misspelt_tables(findings: Iterable[Finding], registry: Registry) -> dict[str, str]:
    """Return the unknown tables of a file among the findings of its read, and the tables that they probably stand for.

    Others, such as `[tool]`, may be there on purpose.
    """
    unknown = [one.field or "" for one in findings if one.code == "unknown-key" and one.kind == "file"]
    if not unknown:
        return {}
    from pkes.text.collation import nearest

    tables = [kind.table for kind in KINDS if kind.table]
    near = {key: nearest(key, tables, 1, _LIKENESS) for key in unknown if isinstance(registry.extra[key], dict | list)}
    return {key: found[0] for key, found in near.items() if found}


def known_sectors(subject: Subject) -> Iterator[Finding]:
    """Ensure that every sector that a record names is defined in the registry."""
    sectors = subject.registry.sectors
    for kind, record in subject.records("member", "inquiry"):
        if (sector := record.sector) and sector not in sectors:  # type: ignore[attr-defined]
            yield finding("unknown-sector", kind, record, "sector", wanted=sector, known=sectors.keys())


def known_choices(subject: Subject) -> Iterator[Finding]:
    """Ensure that channel, topic and status are in their vocabularies."""
    chosen = {name: field.choices for name, field in fields(Inquiry).items() if field.choices}
    for kind, record in subject.records("inquiry"):
        for name, choices in chosen.items():
            if (value := getattr(record, name)) and value not in choices:
                yield finding("choice", kind, record, name, choices=choices)


def known_codes(subject: Subject) -> Iterator[Finding]:
    """Ensure that the policy ignores only codes of warnings and notes."""
    if ignored := subject.registry.policy.ignore:
        codes = ignorable()
        for number, code in enumerate(ignored):
            if code not in codes:
                yield Finding("ignore", "policy", None, "ignore", {"wanted": code, "known": codes, "item": number})


def ignorable() -> list[str]:
    """Return the codes that may be ignored: those of warnings and notes."""
    from pkes.checks.codes import CODES

    return [code for code, known in CODES.items() if known.severity != "error"]


def known_references(subject: Subject) -> Iterator[Finding]:
    """Ensure that the coordinator, the inquiry of each member and the member of each inquiry exist."""
    ids = {"member": subject.registry.members.keys(), "inquiry": subject.registry.inquiries.keys()}
    for name, field, wanted in _REFERENCES:
        known = ids[wanted]
        for kind, record in subject.records(name):
            if (held := getattr(record, field)) and held not in known:
                # The end of an inquiry's id is random: a similar id means nothing.
                nearest = {"known": known} if wanted == "member" else {}
                yield finding(f"unknown-{wanted}", kind, record, field, wanted=held, **nearest)


_REFERENCES: tuple[tuple[KindName, str, KindName], ...] = (
    ("cluster", "coordinator", "member"), ("member", "inquiry", "inquiry"), ("inquiry", "member", "member"),
)  # fmt: skip
"""A kind of record, its field that refers to another record, and the kind of that."""

READ_RULES: tuple[Ensure, ...] = (known_keys, known_sectors, known_choices, known_codes, known_references)
"""In the order in which they run."""
