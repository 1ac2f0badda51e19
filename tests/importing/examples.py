"""A small registry to import into, tables to import, and values that are right, random ones too."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from unicodedata import normalize

from hypothesis import strategies as st

from pkes.formats.rows import Cell, Row
from pkes.importing.columns import Columns, match
from pkes.importing.plan import Plan, Table, plan
from pkes.model.dates import PartialDate
from pkes.model.records import KIND, Field, Inquiry, Kind, KindName, Member, Record, Registry, fields
from pkes.model.values import fault
from pkes.registry.parsing import parse
from pkes.text.characters import strip

TODAY = datetime.date(2025, 3, 1)
NIPS = ("5260250274", "1234563218", "9512000002", "8130000103")
REGISTRY = parse(
    f"""\
format = 1
[cluster]
name = "Klaster"
coordinator = "igla"
[sectors.ngo]
pl = "organizacje pozarządowe"
en = "NGOs"
[sectors.science]
pl = "nauka"
en = "science"
[members.igla]
name = "Fundacja Igła"
sector = "ngo"
nip = "{NIPS[0]}"
phone = "14 681 00 00"
[members.zolw]
name = "Żółw"
sector = "ngo"
krs = "0000123456"
inquiry = "2025-01-05-acc"
[inquiries.2025-01-05-acc]
received = 2025-01-05
person = "Ewa Przyjęta"
email = "Zolw@example.org"
phone = "+48 22 123 45 67"
channel = "email"
topic = "join"
status = "accepted"
answered = 2025-01-06
closed = 2025-01-07
member = "zolw"
lawful_basis = "art. 6"
"""
)


def table(
    headers: Sequence[str],
    *rows: Sequence[Cell],
    kind: KindName = "member",
    said: Iterable[tuple[str, str]] = (),
) -> Table:
    """Return rows of cells under headers, the first one in line 2."""
    lines = [Row(number, dict(zip(headers, cells, strict=True))) for number, cells in enumerate(rows, 2)]
    return Table(KIND[kind], match(KIND[kind], headers, said), lines)


def imported(made: Table, registry: Registry = REGISTRY, **more: Any) -> Plan:
    """Return what an import into a registry would do."""
    return plan(registry, made, TODAY, **more)


def faults(found: Plan) -> dict[int, list[tuple[str, str | None]]]:
    """Return what is wrong with the bad rows by line: codes, each with the column or else the field."""
    return {
        row.place.number: [(fault.code, column or fault.field) for column, fault in row.faults] for row in found.bad
    }


def table_of(kind: Kind, headers: Sequence[str], cells: Iterable[Mapping[str, Cell]]) -> Table:
    """Return rows under headers that are names of fields, absent cells empty."""
    rows = [Row(line, {name: row.get(name, "") for name in headers}) for line, row in enumerate(cells, 2)]
    return Table(kind, Columns({name: name for name in headers}, ()), rows)


TEXTS = st.one_of(
    st.sampled_from(
        ["a;b", "a\\", r"a\;b", "; x", "„Łąka”", "=1+1", "a  b", "x", "tak", "tel. 1", "2014", "1.10.2014", "nauka",
         "null", "#N/A", "sep=;", '"', "a,b", "a\u00a0b", "_x000D_", "true", "KRS 1", "1", "‘a’"]
    ),
    st.text(st.characters(codec="utf-8", exclude_categories=["C", "Zl", "Zp"]), min_size=1, max_size=8).map(
        lambda text: strip(normalize("NFC", text))
    ),
)  # fmt: skip
MULTILINE = st.one_of(TEXTS, st.sampled_from(["a\nb", "a\n", "a\n\n", "a\tb", "- a\n- b\n"]))
FORMS = {
    "email": st.sampled_from(["a@example.org", "A.B@example.org", "ż@example.org"]),
    "phone": st.sampled_from(["+48 14 681 00 00", "+48 502 741 703", "+49 30 901820", "+48 22 123 45 67 ext. 8"]),
    "postal-code": st.sampled_from(["35-001", "05-260"]),
    "website": st.sampled_from(["https://example.org", "http://example.org/a?b=c;d"]),
    "krs": st.sampled_from(["0000123456", "0000000001"]),
    "nip": st.sampled_from(NIPS),
    "regon": st.sampled_from(["123456785", "12345678512347"]),
    "sector": st.sampled_from(["ngo", "science"]),
    "member": st.sampled_from(["igla", "zolw"]),
    "inquiry": st.just("2025-01-05-acc"),
}
DATES = st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 1, 1))


def values(field: Field) -> st.SearchStrategy[Any]:
    """Draw values that are right for a field."""
    if field.type == "list":
        return st.lists(_right(field, TEXTS), min_size=1, max_size=3)
    if field.type == "bool":
        return st.booleans()
    if field.type == "int":
        return st.integers(0, 999)
    if field.type == "date":
        return DATES
    if field.type == "partial-date":
        return st.builds(PartialDate, st.one_of(DATES, st.sampled_from(["2014", "2014-10", "0999"])))
    if field.choices:
        return st.sampled_from(field.choices)
    if field.form in FORMS:
        return FORMS[field.form]
    return _right(field, MULTILINE if field.form == "text" else TEXTS)


def _right(field: Field, texts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return texts.filter(lambda text: fault(field, text) is None)


def record(struct: type[Record], required: Iterable[str]) -> st.SearchStrategy[dict[str, Any]]:
    """Draw values for the fields of a record, all of them right."""
    known = fields(struct)
    return st.fixed_dictionaries(
        {name: values(known[name]) for name in required},
        optional={name: values(field) for name, field in known.items() if name not in required},
    )


MEMBERS = st.dictionaries(st.sampled_from(["a", "b-1", "4hc", "igla", "x"]), record(Member, ("name", "sector")))
INQUIRIES = st.dictionaries(
    st.sampled_from(["2025-01-05-acc", "2025-01-02-abc", "old-1"]),
    record(Inquiry, ("received", "name", "email", "channel", "topic", "status")),
)
