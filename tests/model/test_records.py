"""The records of a registry: their kinds, fields and order."""

import datetime

import pytest

from pkes.model.dates import PartialDate
from pkes.model.records import (
    CHANNELS,
    KIND,
    KINDS,
    STATUSES,
    TOPICS,
    Cluster,
    Inquiry,
    Member,
    Policy,
    Registry,
    Sector,
    as_json,
    fields,
    kind_of,
    records,
    toml_items,
    value_of,
)

day = datetime.date

ORDER = {
    Cluster: "name short_name region founded coordinator declared_members description composition goals benefits "
    "invitation contact phone email website source en.name en.description en.composition en.goals en.benefits "
    "en.invitation en.contact",
    Policy: "answer_within_days retention_months contact_retention_months confirm_months lawful_basis autosave ignore",
    Sector: "pl en",
    Member: "name short_name sector legal_form social_enterprise social_enterprise_since social_enterprise_decision "
    "joined declared left street postal_code town municipality county voivodeship contact_person email phone "
    "public_contact website krs nip regon employees employees_on offers needs tags inquiry source confirmed note notes "
    "reminders erased",
    Inquiry: "received informed name person email phone channel topic sector town message status assigned_to answered "
    "closed reason member lawful_basis erased notes",
}


@pytest.mark.parametrize("struct", ORDER)
def test_the_fields_stand_in_canonical_order(struct):
    assert list(fields(struct)) == ORDER[struct].split()
    assert [field.name for field in fields(struct).values()] == list(fields(struct))


@pytest.mark.parametrize("struct", ORDER)
def test_every_field_is_described_and_may_be_absent(struct):
    for field in fields(struct).values():
        assert field.title
        assert field.description
        assert field.title not in (field.name, field.description)
        assert value_of(struct(), field.name) is None


def marked(mark: str) -> dict[str, str]:
    """Return the fields with a mark, by kind."""
    found = {struct.__name__: [f.name for f in fields(struct).values() if getattr(f, mark)] for struct in ORDER}
    return {name: " ".join(names) for name, names in found.items() if names}


def test_required_fields():
    assert marked("required") == {
        "Cluster": "name coordinator",
        "Sector": "pl en",
        "Member": "name sector",
        "Inquiry": "received channel topic status",
    }


def test_fields_that_only_a_command_sets():
    assert marked("by_command") == {"Member": "inquiry erased", "Inquiry": "status member erased"}


def test_personal_fields():
    assert marked("personal") == {
        "Member": "contact_person email phone note notes reminders",
        "Inquiry": "name person email phone town message assigned_to reason notes",
    }


def test_vocabularies():
    choices = {name: field.choices for name, field in fields(Inquiry).items() if field.choices}
    assert choices == {"channel": CHANNELS, "topic": TOPICS, "status": STATUSES}
    assert {fields(Inquiry)[name].form for name in choices} == {"choice"}


def test_types_and_forms():
    types = {name: field.type for name, field in fields(Member).items() if field.type != "str"}
    assert types == {
        "social_enterprise": "bool", "social_enterprise_since": "date", "joined": "partial-date", "declared": "date",
        "left": "partial-date", "public_contact": "bool", "employees": "int", "employees_on": "date",
        "offers": "list", "needs": "list", "tags": "list", "confirmed": "date", "notes": "list", "reminders": "list",
        "erased": "date",
    }  # fmt: skip
    assert (fields(Inquiry)["received"].type, fields(Policy)["retention_months"].type) == ("date", "int")
    texts = {f.name for struct in ORDER for f in fields(struct).values() if f.form == "text"}
    prose = {"description", "composition", "invitation", "contact"}
    assert texts == {*prose, *(f"en.{name}" for name in prose), "message", "note"}


def test_the_name_of_an_option_has_dashes():
    assert fields(Member)["legal_form"].option == "legal-form"


def test_the_kinds_stand_in_the_order_of_the_file():
    assert [kind.table for kind in KINDS] == ["cluster", "policy", "sectors", "members", "inquiries"]
    assert [kind.name for kind in KINDS if kind.keyed] == ["sector", "member", "inquiry"]
    assert {name: kind.struct for name, kind in KIND.items()} == dict(zip(KIND, ORDER, strict=True))


@pytest.mark.parametrize("struct", ORDER)
def test_a_record_knows_its_kind(struct):
    assert kind_of(struct()).struct is struct


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_the_records_of_a_kind_can_be_had(kind):
    key = "x" if kind.keyed else ""
    record = kind.struct(id=key)
    registry = Registry(**{kind.table: {key: record} if kind.keyed else record})
    assert records(registry, kind) == {key: record}
    others = [one for one in KINDS if one is not kind]
    assert all(records(registry, one) == records(Registry(), one) for one in others)


MEMBER = Member(
    id="x", tags=["t"], left=PartialDate("2014-10"), joined=PartialDate(day(2013, 1, 2)), name="X", note="", offers=[],
    social_enterprise=False, extra={"id": 7, "colour": {"red": 1}},
)  # fmt: skip


def test_the_toml_of_a_record_is_what_it_has_in_canonical_order():
    assert list(toml_items(MEMBER)) == [
        ("name", "X"), ("social_enterprise", False), ("joined", day(2013, 1, 2)), ("left", "2014-10"), ("offers", []),
        ("tags", ["t"]), ("note", ""), ("id", 7), ("colour", {"red": 1}),
    ]  # fmt: skip


def test_the_json_of_a_record_is_flat_and_whole():
    shown = as_json(MEMBER)
    assert list(shown) == ["id", *ORDER[Member].split(), "colour"]
    assert (shown["id"], shown["joined"], shown["left"], shown["needs"]) == ("x", day(2013, 1, 2), "2014-10", [])
    assert (shown["town"], shown["note"], shown["social_enterprise"]) == (None, "", False)


def test_the_json_of_what_has_no_id_begins_with_its_first_field():
    assert as_json(Policy(answer_within_days=3, extra={"id": 1, "x": 2})) == {
        "answer_within_days": 3, "retention_months": None, "contact_retention_months": None, "confirm_months": None,
        "lawful_basis": None, "autosave": None, "ignore": [], "x": 2,
    }  # fmt: skip
