"""Rules look at what a value says, however it is written: mending the spelling brings nothing new to light."""

import datetime

import pytest

from pkes.checks import run
from pkes.model.dates import PartialDate
from pkes.model.records import Cluster, Inquiry, Member, Registry

TODAY = datetime.date(2024, 5, 1)


def found(code: str, *records: Member | Inquiry) -> list[tuple[str, str | None]]:
    members = {one.id: one for one in records if isinstance(one, Member)}
    inquiries = {one.id: one for one in records if isinstance(one, Inquiry)}
    cluster = Cluster(name="C", coordinator="a")
    findings = run.check(Registry(cluster=cluster, members=members, inquiries=inquiries), TODAY)
    return [(one.id or "", one.field) for one in findings if one.code == code]


@pytest.mark.parametrize(
    ("name", "one", "other"),
    [
        ("nip", "1234563218", "123-456-32-18"),
        ("nip", " 1234563218", "123 456 32 18"),
        ("krs", "0000123456", "0000 123 456"),
        ("regon", "123456785", "123 456 785 "),
        ("nip", "not one", "not one"),
    ],
)
def test_the_same_identifier_in_two_forms(name, one, other):
    assert found("identifier-twice", Member(id="a", **{name: one}), Member(id="b", **{name: other})) == [("b", name)]


@pytest.mark.parametrize("other", ["1234563219", "not one", "", " "])
def test_other_identifiers(other):
    assert found("identifier-twice", Member(id="a", nip="1234563218"), Member(id="b", nip=other)) == []


@pytest.mark.parametrize("blank", [None, "", " ", "\u00a0\n"])
def test_what_is_required_is_not_only_spaces(blank):
    assert found("required", Member(id="a", name=blank, sector="s")) == [("a", "name")]
    assert found("empty", Member(id="a", name=blank, sector="s")) == []


@pytest.mark.parametrize("blank", [None, "", " "])
def test_nobody_asks_and_nothing_leads_there(blank):
    inquiry = Inquiry(id="q", name=blank, person=blank, email=blank, phone=blank)
    assert found("name-or-person", inquiry) == [("q", None)]
    assert found("email-or-phone", inquiry) == [("q", None)]


def test_who_left_on_a_day_of_spaces_has_not_left():
    left = Member(id="b", nip="1234563218", left=PartialDate(" "))
    assert found("identifier-twice", Member(id="a", nip="1234563218"), left) == [("b", "nip")]


def test_a_value_is_judged_in_every_record_and_field_that_has_it():
    wrong = [Member(id=id, website="brak", email="brak", offers=["druk ", "druk"], street="brak") for id in "ab"]
    assert found("website", *wrong) == [("a", "website"), ("b", "website")]
    assert found("email", *wrong) == [("a", "email"), ("b", "email")]
    assert found("spaces", *wrong) == [("a", "offers"), ("b", "offers")]
