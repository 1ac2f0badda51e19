"""What `check --fix` mends, and what it leaves alone."""

import datetime
import unicodedata
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pkes.checks import mending, run
from pkes.checks.inspection import inspect
from pkes.errors import CannotEdit, Malformed
from pkes.model.dates import PartialDate
from pkes.model.records import Cluster, Inquiry, Member, Registry, Sector
from pkes.registry.changes import compare
from pkes.registry.parsing import parse
from tests import random_registries

TODAY = datetime.date(2024, 5, 1)


def mended(record: Any) -> Any:
    """Return a member or an inquiry as it is when its registry is mended."""
    table = "members" if isinstance(record, Member) else "inquiries"
    return getattr(mending.mend(Registry(**{table: {record.id: record}})), table)[record.id]


@pytest.mark.parametrize(
    ("field", "wrong", "right"),
    [
        pytest.param("town", " Dębica  ", "Dębica", id="spaces"),
        pytest.param("town", "\u00a0Dębica", "Dębica", id="no-break-space"),
        pytest.param("town", unicodedata.normalize("NFD", "Dębica"), "Dębica", id="decomposed"),
        pytest.param("town", unicodedata.normalize("NFD", " Dębica "), "Dębica", id="several-at-once"),
        pytest.param("town", "", None, id="empty"),
        pytest.param("town", "  ", None, id="only-spaces"),
        pytest.param("phone", "14 681 00 00", "+48 14 681 00 00", id="phone"),
        pytest.param("phone", " 146810000 ", "+48 14 681 00 00", id="phone-and-spaces"),
        pytest.param("nip", "123-456-32-18", "1234563218", id="nip"),
        pytest.param("regon", "123 456 785", "123456785", id="regon"),
        pytest.param("krs", "0000 123 456", "0000123456", id="krs"),
        pytest.param("postal_code", "35001", "35-001", id="postal-code"),
        pytest.param("website", "example.org", "https://example.org", id="website"),
        pytest.param("joined", PartialDate("2014-10-07"), PartialDate(datetime.date(2014, 10, 7)), id="whole-day"),
        pytest.param("left", PartialDate(" "), None, id="empty-date"),
        pytest.param("note", "  one \n two\t\n", "one \n two\n", id="ends-of-a-text"),
        pytest.param("note", "\n\none\n\n", "one\n\n", id="line-ends-of-a-text"),
        pytest.param("note", unicodedata.normalize("NFD", "ą\n"), "ą\n", id="text-decomposed"),
        pytest.param("note", "\n", None, id="empty-text"),
        pytest.param("tags", [], None, id="empty-list"),
        pytest.param("tags", ["", " "], None, id="list-of-nothing"),
        pytest.param("tags", ["a ", "", "a", "b"], ["a", "a", "b"], id="items"),
        pytest.param("tags", ["a\u202e", " b"], ["a\u202e", "b"], id="items-beside-a-wrong-one"),
    ],
)
def test_what_has_one_mend_is_mended(field, wrong, right):
    assert mended(Member(id="a", **{field: wrong})) == Member(id="a", **{field: right})


@pytest.mark.parametrize(
    ("field", "value"),
    [
        pytest.param("name", "", id="required-empty"),
        pytest.param("name", " ", id="required-only-spaces"),
        pytest.param("town", "Dębica", id="right"),
        pytest.param("town", "Dę\u202ebica ", id="character"),
        pytest.param("town", "Dębica\n", id="line-end"),
        pytest.param("town", "Dębica\t", id="tab"),
        pytest.param("phone", "12", id="wrong-phone"),
        pytest.param("phone", " 12", id="wrong-phone-with-spaces"),
        pytest.param("nip", "1234563219", id="check-digit"),
        pytest.param("sector", "NGO", id="sector"),
        pytest.param("joined", PartialDate("2014-10"), id="month"),
        pytest.param("joined", PartialDate("2014-10 "), id="wrong-date"),
        pytest.param("joined", PartialDate(datetime.date(2014, 10, 7)), id="day"),
        pytest.param("social_enterprise", False, id="boolean"),
        pytest.param("note", "one\n  two\n", id="text"),
        pytest.param("tags", ["a", "a"], id="twice"),
    ],
)
def test_all_else_stays(field, value):
    record = Member(id="a", **{field: value})
    assert mended(record) is record


@pytest.mark.parametrize(
    ("topic", "right"), [("Join", "join"), (" JOIN ", "join"), ("joint", "joint"), ("", ""), ("join", "join")]
)
def test_a_choice_is_mended_where_it_is_one(topic, right):
    assert mended(Inquiry(id="q", topic=topic)).topic == right


def test_every_kind_of_record_is_mended():
    before = Registry(cluster=Cluster(name=" K", goals=["a "]), sectors={"s": Sector(id="s", pl="p ")})
    after = Registry(cluster=Cluster(name="K", goals=["a"]), sectors={"s": Sector(id="s", pl="p")})
    assert mending.mend(before) == after


def test_unknown_keys_stay():
    record = Member(id="a", town=" T", extra={"x": " y "})
    assert mended(record) == Member(id="a", town="T", extra={"x": " y "})


TEXT = """\
# about the file
format = 1
[cluster]
name = "K"   # its name
[members.a]
name = 'A'
town = ' T'     # where
phone = "12"
# a remark
tags = ["x ", # one
        "y"]
"""


def test_nothing_else_in_the_text_changes():
    assert mending.mend_text(TEXT) == TEXT.replace("' T'", '"T"').replace('"x "', '"x"')


@pytest.mark.parametrize(
    ("text", "error"),
    [("format = 1", Malformed), ("format = 1\n[cluster]\n[members]\na = {name = ' A'}", CannotEdit)],
    ids=["no registry", "inline"],
)
def test_a_text_that_cannot_be_mended(text, error):
    with pytest.raises(error):
        mending.mend_text(text)


# Values of which many are wrong in several ways at once.
WRONG = st.builds(
    lambda before, value, behind, form: unicodedata.normalize(form, before + value + behind),
    st.sampled_from(["", "", " ", "\u00a0"]),
    st.sampled_from(
        ["", "ą", "12", "146810000", "123-456-32-18", "1234563218", "35001", "example.org", "a@b", "a@example.org",
         "Join", "join", "ngo", "a\u202e", "a\nb"]
    ),
    st.sampled_from(["", "", " ", "\t"]),
    st.sampled_from(["NFC", "NFD"]),
)  # fmt: skip
DATES = st.sampled_from(["2014", "2014-10-07", "2014-1", " ", ""])


def wrong(*names: str, **others: Any) -> Any:
    return st.fixed_dictionaries({}, optional=dict.fromkeys(names, WRONG) | others)


DATA = st.fixed_dictionaries(
    {"format": st.just(1), "cluster": wrong("name", "coordinator", "phone", goals=st.lists(WRONG, max_size=2))},
    optional={
        "members": st.dictionaries(
            st.sampled_from("abc"),
            wrong("name", "sector", "nip", "email", "phone", "website", "postal_code", "note", "inquiry",
                  joined=DATES, left=DATES, tags=st.lists(WRONG, max_size=3)),
            min_size=1, max_size=3,
        ),
        "inquiries": st.dictionaries(
            st.sampled_from("xy"),
            wrong("name", "person", "email", "phone", "topic", "status", "sector", "message", "member",
                  erased=random_registries.DATES, notes=st.lists(WRONG, max_size=2)),
            min_size=1, max_size=2,
        ),
    },
)  # fmt: skip


@settings(max_examples=60, deadline=None)  # the first number imports a library
@given(DATA)
def test_the_laws_of_mending(data: dict[str, Any]) -> None:
    import tomli_w

    text = tomli_w.dumps(data)
    before = parse(text)
    after = mending.mend(before)
    changes = compare(before, after)
    assert mending.mend(after) == after
    assert parse(mending.mend_text(text)) == after
    assert [one for one in run.added(before, after, changes, TODAY) if one.severity == "error"] == []
    spelling = {"spaces", "unnormalised", "form", "empty"}
    left = {(one.finding.id, one.finding.field) for one in inspect(mending.mend_text(text), TODAY).found
            if one.finding.code in spelling}  # fmt: skip
    assert left == set()
