"""Filters and order."""

import datetime
import time
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pkes.errors import UnknownName
from pkes.model.dates import PartialDate
from pkes.model.records import Inquiry, Member, Sector, fields
from pkes.registry.selection import INQUIRY_STATUSES, MEMBER_STATUSES, Filters, is_current, known, select, sort
from pkes.text.collation import collation_key

TODAY = datetime.date(2026, 3, 15)
MEMBERS = [
    Member(
        id="b", name="Spółdzielnia Łąka", sector="social-economy", town="Łańcut", tags=["Catering", "kuchnia"],
        social_enterprise=True, joined=PartialDate("2014"), note="Dzwonić rano", offers=["posiłki; catering"],
    ),
    Member(id="a", name="Ćma", sector="ngo", town="LANCUT", tags=[], social_enterprise=False, joined=PartialDate("")),
    Member(id="d", name="Cis", sector="ngo", town="", left=PartialDate("2026"), joined=PartialDate("2014-10")),
    Member(
        id="c", name="dom", sector="science", left=PartialDate(TODAY),
        joined=PartialDate(datetime.date(2014, 1, 2)), tags=["kuchnia"],
    ),
]  # fmt: skip
INQUIRIES = [Inquiry(id=status, status=status) for status in INQUIRY_STATUSES[2:]]


def ids(records: list[Any]) -> str:
    return " ".join(record.id for record in records)


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (Filters(), "b a d c"),
        (Filters({}), "b a d c"),
        (Filters({"sector": []}), "b a d c"),
        (Filters({"sector": ["ngo"]}), "a d"),
        (Filters({"sector": ["NGO ", "science"]}), "a d c"),
        (Filters({"sector": ["ng"]}), ""),
        (Filters({"town": ["lancut"]}), "b a"),
        (Filters({"town": ["Łańcut"], "sector": ["ngo"]}), "a"),
        (Filters({"town": [""]}), "d c"),
        (Filters({"tags": ["KUCHNIA"]}), "b c"),
        (Filters({"tags": ["kuchni"]}), ""),
        (Filters({"tags": [""]}), "a d"),
        (Filters({"offers": ["posiłki; catering"]}), "b"),
        (Filters({"social_enterprise": ["true"]}), "b"),
        (Filters({"joined": ["2014-10"]}), "d"),
        (Filters({"joined": ["2014-01-02"]}), "c"),
        (Filters(search="lancut"), "b a"),
        (Filters(search=" ŁĄK "), "b"),
        (Filters(search="rano"), "b"),
        (Filters(search="cater"), "b"),
        (Filters(search="d"), "b d c"),
        (Filters(search="2014"), ""),
        (Filters(search="kuchniadzwonic"), ""),
        (Filters(search=" "), "b a d c"),
        (Filters({"sector": ["ngo"]}, "lan", "current"), "a"),
        (Filters(status="current"), "b a d"),
        (Filters(status="FORMER"), "c"),
        (Filters(status="all"), "b a d c"),
    ],
    ids=repr,
)
def test_select_members(filters: Filters, found: str) -> None:
    assert ids(select(MEMBERS, filters, TODAY)) == found


@pytest.mark.parametrize(
    ("status", "found"),
    [
        ("open", "new answered"),
        ("all", "new answered accepted closed declined withdrawn"),
        ("new", "new"),
        ("withdrawn", "withdrawn"),
    ],
)
def test_select_inquiries_by_status(status: str, found: str) -> None:
    assert ids(select(INQUIRIES, Filters(status=status), TODAY)) == found


def test_select_takes_any_iterable_of_any_kind() -> None:
    sectors = {"ngo": Sector(id="ngo", pl="organizacje pozarządowe"), "x": Sector(id="x", pl="nauka")}
    assert ids(select(sectors.values(), Filters(search="pozarzadowe"), TODAY)) == "ngo"
    assert select(iter(()), Filters({"town": ["x"]}, "x", "current"), TODAY) == []


@pytest.mark.parametrize(
    ("records", "status", "suggestions"),
    [
        (MEMBERS, "curent", ["current"]),
        (MEMBERS, "answered", []),
        (INQUIRIES, "anwsered", ["answered"]),
        (INQUIRIES, "former", []),
        ([Sector(id="ngo")], "current", []),
    ],
)
def test_an_unknown_status_is_refused(records: list[Any], status: str, suggestions: list[str]) -> None:
    with pytest.raises(UnknownName) as caught:
        select(records, Filters(status=status), TODAY)
    assert (caught.value.what, caught.value.wanted) == ("status", status)
    assert caught.value.suggestions[: len(suggestions) or None] == suggestions


@pytest.mark.parametrize(
    ("left", "current"),
    [
        (None, True),
        (PartialDate(""), True),
        (PartialDate(datetime.date(2026, 3, 16)), True),
        (PartialDate(TODAY), False),
        (PartialDate(datetime.date(2026, 3, 14)), False),
        (PartialDate("2026-03"), True),
        (PartialDate("2026-02"), False),
        (PartialDate("2026"), True),
        (PartialDate("2025"), False),
        (PartialDate("wiosna"), False),
    ],
    ids=repr,
)
def test_current(left: PartialDate | None, current: bool) -> None:
    assert is_current(Member(left=left, joined=PartialDate("2030")), TODAY) is current


def test_the_last_day_of_a_month_is_not_after_itself() -> None:
    member = Member(left=PartialDate("2026-03"))
    assert not is_current(member, datetime.date(2026, 3, 31))
    assert is_current(member, datetime.date(2026, 3, 30))


@pytest.mark.parametrize(
    ("field", "ascending", "descending"),
    [
        ("id", "a b c d", "d c b a"),
        ("name", "d a c b", "b c a d"),  # Cis Ćma dom Spółdzielnia
        ("sector", "a d c b", "b c a d"),
        ("town", "a b c d", "b a c d"),  # only case and ł differ; c and d have none
        ("tags", "b c a d", "c b a d"),
        ("joined", "b c d a", "d c b a"),
        ("left", "d c a b", "c d a b"),
        ("social_enterprise", "a b c d", "b a c d"),
        ("street", "a b c d", "a b c d"),
    ],
)
def test_sort(field: str, ascending: str, descending: str) -> None:
    assert ids(sort(MEMBERS, field)) == ascending
    assert ids(sort(reversed(MEMBERS), field, descending=True)) == descending


def test_sort_by_day_and_number() -> None:
    inquiries = [
        Inquiry(id=id, received=day) for id, day in [("a", TODAY), ("b", None), ("c", datetime.date(2025, 1, 1))]
    ]
    assert ids(sort(inquiries, "received")) == "c a b"
    assert ids(sort(inquiries, "received", descending=True)) == "a c b"


RECORDS = st.lists(
    st.builds(
        Member,
        id=st.text("abc", min_size=1, max_size=3),
        name=st.none() | st.text("aąAżŻ z", max_size=2),
        tags=st.none() | st.lists(st.text("ąb;", min_size=1, max_size=2), max_size=2),
        joined=st.none() | st.sampled_from(["", "2014", "2014-10"]).map(PartialDate),
        social_enterprise=st.none() | st.booleans(),
    ),
    max_size=8,
    unique_by=lambda member: member.id,
)


@given(RECORDS, st.sampled_from(["id", "name", "tags", "joined", "social_enterprise"]), st.booleans())
def test_order_depends_on_the_records_only(members: list[Member], field: str, descending: bool) -> None:
    found = sort(members, field, descending)
    assert found == sort(members[::-1], field, descending)
    assert sorted(ids([one]) for one in found) == sorted(ids([one]) for one in members)
    lacking = [getattr(one, field) in (None, "", [], PartialDate("")) for one in found]
    assert lacking == sorted(lacking)
    last = found[lacking.index(True) :] if True in lacking else []
    assert [one.id for one in last] == sorted(one.id for one in last)


@given(RECORDS)
def test_equal_values_are_in_the_order_of_their_ids(members: list[Member]) -> None:
    for descending in (False, True):
        found = sort(members, "name", descending)
        for one, other in pairwise(found):
            if collation_key(one.name or "") == collation_key(other.name or ""):
                assert one.id < other.id


@pytest.mark.parametrize("field", fields(Member))
def test_every_field_can_be_sorted_by_and_compared(field: str) -> None:
    assert len(sort(MEMBERS, field)) == 4
    assert select(MEMBERS, Filters({field: ["no such value"]}), TODAY) == []


@pytest.mark.parametrize(("wanted", "word"), [("ngo", "ngo"), (" NGO ", "ngo"), ("łąka", "Laka")])
def test_known(wanted: str, word: str) -> None:
    assert known("sector", wanted, iter(["science", "ngo", "Laka"])) == word


def test_an_unknown_word_is_refused_with_the_nearest() -> None:
    with pytest.raises(UnknownName) as caught:
        known("sector", "scince", ["ngo", "science"])
    assert (caught.value.what, caught.value.wanted, caught.value.suggestions) == ("sector", "scince", ["science"])


def test_statuses() -> None:
    assert MEMBER_STATUSES == ("current", "former", "all")
    assert INQUIRY_STATUSES[:3] == ("open", "all", "new")


def test_ten_thousand_members_are_filtered_and_sorted_at_once() -> None:
    members = [
        Member(id=f"m-{n}", name=f"Spółdzielnia „Łączność” {n}", sector=("ngo", "science")[n % 2], town="Łańcut")
        for n in range(10_000)
    ]
    start = time.perf_counter()
    assert len(select(members, Filters({"sector": ["ngo"]}, status="current"), TODAY)) == 5_000
    assert len(select(members, Filters(search="lancut"), TODAY)) == 10_000
    sort(members, "name")
    assert time.perf_counter() - start < 3  # some 0.1 s; the limit only finds a change of kind
