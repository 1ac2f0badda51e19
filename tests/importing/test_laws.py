"""The laws of an import: what was exported comes back, and the same import twice is once."""

import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from pkes import formats
from pkes.checks import run
from pkes.formats.records import Export, all_columns
from pkes.importing.columns import kind_of, match
from pkes.importing.plan import Table
from pkes.model import dates
from pkes.model.records import KIND, Kind, Registry, records
from pkes.registry.changes import compare
from tests.importing.examples import INQUIRIES, MEMBERS, NIPS, REGISTRY, TODAY, faults, imported, table_of

LOSSLESS = [format.name for format in formats.FORMATS if format.is_read]


@pytest.fixture(autouse=True)
def at_the_end_of_time() -> None:
    """No day is ahead: what may not have happened yet is tried elsewhere."""
    dates.use_today(datetime.date.max)


def without(registry: Registry, kind: Kind) -> Registry:
    return replace(registry, **{kind.table: {}})


def carried(name: str, kind: Kind, registry: Registry) -> Table:
    """Return what a format makes of all records of a kind, as a table to be imported."""
    held = Export(kind, all_columns(kind), list(records(registry, kind).values()))
    rows = formats.read(name, b"".join(formats.write(name, held)))
    assert not rows.headers or kind_of(rows.headers) == kind
    return Table(kind, match(kind, rows.headers), rows.rows)


def with_records(kind: Kind, data: dict[str, dict[str, Any]]) -> Registry:
    """Return the registry with records of a kind, those of them that add no error."""
    while True:
        made = replace(REGISTRY, **{kind.table: {id: kind.struct(id=id, **held) for id, held in data.items()}})
        found = run.added(without(REGISTRY, kind), made, compare(without(REGISTRY, kind), made), TODAY)
        wrong = {finding.id for finding in found if finding.severity == "error" and finding.kind == kind.name}
        if not wrong:
            return made
        data = {id: held for id, held in data.items() if id not in wrong}


def comes_back(name: str, kind: Kind, registry: Registry) -> None:
    made = carried(name, kind, registry)
    found = imported(made, without(registry, kind))
    assert found.bad == ()
    assert records(found.registry, kind) == records(registry, kind)
    # What is there already is no change.
    assert imported(made, registry).registry == registry


@pytest.mark.parametrize("name", LOSSLESS)
@given(data=MEMBERS)
@settings(max_examples=25, deadline=None)
def test_members_come_back(name: str, data: dict[str, Any]) -> None:
    comes_back(name, KIND["member"], with_records(KIND["member"], data))


@pytest.mark.parametrize("name", LOSSLESS)
@given(data=INQUIRIES)
@settings(max_examples=25, deadline=None)
def test_inquiries_come_back(name: str, data: dict[str, Any]) -> None:
    comes_back(name, KIND["inquiry"], with_records(KIND["inquiry"], data))


def some(*cells: str) -> st.SearchStrategy[str]:
    return st.one_of(st.just(""), st.sampled_from(cells))


MEMBER_CELLS = st.fixed_dictionaries(
    {
        "id": some("igla", "zolw", "nowa", "x", "A b"),
        "name": some("Igła", "Fundacja Żółw", "Nowa", "NOWA", "x"),
        "nip": some(*NIPS[:3], "12"),
        "krs": some("0000123456", "0000000001"),
        "sector": some("ngo", "nauka", "?"),
        "joined": some("2024", "2.2025"),
        "left": some("2023", "2030-01"),
    }
)
INQUIRY_CELLS = st.fixed_dictionaries(
    {
        "id": some("2025-01-05-acc", "x", "y"),
        "received": some("2025-01-05", "6.01.2025"),
        "person": some("Anna", "Ewa"),
        "email": some("zolw@example.org", "a@example.org", "no"),
        "phone": some("22 123 45 67", "+48 14 681 00 00"),
        "status": some("accepted", "declined"),
        "closed": some("2025-01-04", "2025-01-07"),
    }
)


@pytest.mark.parametrize(
    ("kind", "cells"),
    [
        pytest.param(KIND["member"], MEMBER_CELLS, id="members"),
        pytest.param(KIND["inquiry"], INQUIRY_CELLS, id="inquiries"),
    ],
)
@given(data=st.data())
@settings(max_examples=100, deadline=None)
def test_the_same_import_twice_is_once(kind: Kind, cells: st.SearchStrategy[Any], data: st.DataObject) -> None:
    registry = REGISTRY
    for _ in range(data.draw(st.integers(0, 1))):  # one that has more in it
        registry = imported(table_of(kind, _headers(kind), data.draw(st.lists(cells, max_size=3)))).registry
    made = table_of(kind, _headers(kind), data.draw(st.lists(cells, max_size=5)))
    once = imported(made, registry)
    twice = imported(made, once.registry)
    assert compare(once.registry, twice.registry) == ()
    assert faults(twice).keys() == faults(once).keys()


def _headers(kind: Kind) -> tuple[str, ...]:
    if kind.name == "member":
        return ("id", "name", "nip", "krs", "sector", "joined", "left")
    return ("id", "received", "person", "email", "phone", "status", "closed")
