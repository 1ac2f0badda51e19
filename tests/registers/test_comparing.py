"""An extract against a member's record: what is proposed, what is only said, and what a confirmed record is."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from pkes.model.records import Member, fields
from pkes.registers.comparing import COMPARED, Notice, compare, confirmed
from pkes.registers.extract import read
from tests.registers.answers import NUMBER, answer

TODAY = datetime.date(2025, 3, 1)

ALL = {
    "name": "Spółdzielnia Socjalna Przykład",
    "legal_form": "spółdzielnia socjalna",
    "street": "ul. Przykładowa 49/2",
    "postal_code": "35-001",
    "town": "Rzeszów",
    "municipality": "Rzeszów",
    "county": "Rzeszów",
    "voivodeship": "podkarpackie",
    "email": "biuro@example.org",
    "website": "https://www.example.org",
    "nip": "9721237317",
    "regon": "302046830",
}


def extract(**parts):
    return read(answer(**parts), NUMBER)


def test_of_nobody_all_is_proposed():
    found = compare(extract())
    assert (found.values, found.notices) == (ALL, (Notice("spelt", "name", ALL["name"]),))
    assert list(found.values) == list(COMPARED)


def test_the_fields_stand_in_the_order_of_the_model():
    assert [name for name in fields(Member) if name in COMPARED] == list(COMPARED)


@pytest.mark.parametrize(
    ("field", "held"),
    [
        ("name", "Spółdzielnia socjalna „PRZYKŁAD”"),
        ("legal_form", "Spółdzielnia Socjalna"),
        ("street", "Przykładowa 49 lok. 2"),
        ("town", "RZESZÓW"),
        ("municipality", "m. Rzeszów"),
        ("county", "m. Rzeszów"),
        ("voivodeship", "Podkarpackie"),
        ("email", "Biuro@example.org"),
        ("website", "http://example.org/"),
        ("regon", "30204683000024"),
    ],
)
def test_another_spelling_is_no_difference(field, held):
    assert compare(extract(), Member(**{**ALL, field: held}))[1:] == ({}, ())


@pytest.mark.parametrize("field", [name for name in COMPARED if name not in ("email", "website")])
def test_another_value_is_proposed(field):
    found = compare(extract(), Member(**{**ALL, field: "3"}))
    assert found.values == {field: ALL[field]}


@pytest.mark.parametrize("field", ["email", "website"])
def test_the_members_own_word_stays(field):
    found = compare(extract(), Member(**{**ALL, field: "inne@example.org"}))
    assert (found.values, found.notices) == ({}, (Notice("kept", field, ALL[field]),))


@pytest.mark.parametrize("empty", [None, ""])
def test_an_empty_field_is_filled(empty):
    member = Member(**dict.fromkeys(ALL, empty))
    assert compare(extract(), member).values == ALL


def test_what_the_register_does_not_say_clears_nothing():
    found = compare(extract(siedzibaIAdres=None, identyfikatory=None, formaPrawna=None), Member(**ALL))
    assert (found.values, found.notices) == ({}, ())


def test_an_address_that_was_erased_does_not_come_back():
    member = Member(**{**ALL, "email": None}, erased=TODAY)
    assert compare(extract(), member).values == {}


def test_only_some_fields():
    found = compare(extract(nazwa="X", nip="0"), Member(), ("town", "email"))
    assert (found.values, found.notices) == ({"town": "Rzeszów", "email": "biuro@example.org"}, ())


@pytest.mark.parametrize(
    ("key", "said", "field"),
    [
        ("nip", "1234567890", "nip"),
        ("regon", "1", "regon"),
        ("kodPocztowy", "AB-CDE", "postal_code"),
        ("adresPocztyElektronicznej", "BRAK", "email"),
        ("adresStronyInternetowej", "NIE MA", "website"),
    ],
)
def test_what_is_no_value_is_left_out_and_said(key, said, field):
    found = compare(extract(**{key: said}), Member(**ALL))
    assert (found.values, found.notices) == ({}, (Notice("wrong", field),))


def test_a_state_is_said_first():
    found = compare(extract(nazwa="INNY W LIKWIDACJI"), Member(**ALL))
    assert found.values == {"name": "Inny"}
    assert found.notices == (Notice("liquidation"), Notice("spelt", "name", "Inny"))


def test_a_name_that_is_not_in_capitals_is_not_made():
    assert compare(extract(nazwa="Inny"), Member(**ALL)).notices == ()


# What becomes of the record.


@pytest.mark.parametrize(
    ("held", "source"),
    [
        (None, "KRS, 2025-02-28"),
        ("", "KRS, 2025-02-28"),
        ("ROPS, 2015 r.", "ROPS, 2015 r.; KRS, 2025-02-28"),
        ("KRS, 2024-01-01", "KRS, 2025-02-28"),
        ("ROPS; KRS, 2024-01-01; sami", "ROPS; KRS, 2025-02-28; sami"),
        ("KRS, stan na 2015", "KRS, stan na 2015; KRS, 2025-02-28"),
        ("odpis KRS, 2024-01-01", "odpis KRS, 2024-01-01; KRS, 2025-02-28"),
        ("KRS, 2024-01-01 (Anna)", "KRS, 2024-01-01 (Anna); KRS, 2025-02-28"),
        ("ROPS;  sami ", "ROPS;  sami ; KRS, 2025-02-28"),
    ],
)
def test_the_source_names_the_day_of_the_extract(held, source):
    member = Member(**ALL, source=held)
    assert confirmed(member, compare(extract(), member), TODAY).source == source


def test_a_record_is_confirmed_with_what_was_proposed():
    member = Member(id="x", sector="ngo", name="Inny")
    made = confirmed(member, compare(extract(), member), TODAY)
    assert made == Member(id="x", sector="ngo", **ALL, source="KRS, 2025-02-28", confirmed=TODAY)


@pytest.mark.parametrize(
    "parts", [{"nazwa": "X W LIKWIDACJI"}, {"stanPozycji": 2}, {"dzial6": {"rozwiazanieUniewaznienie": {"a": 1}}}]
)
def test_one_in_a_state_is_not_confirmed(parts):
    member = Member(confirmed=datetime.date(2024, 1, 1))
    assert confirmed(member, compare(extract(**parts), member), TODAY).confirmed == datetime.date(2024, 1, 1)


texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=20)


@given(st.fixed_dictionaries({}, optional=dict.fromkeys(("name", "street", "town", "county", "source"), texts)))
def test_what_was_taken_is_proposed_no_more(held):
    member = Member(**held)
    made = confirmed(member, compare(extract(), member), TODAY)
    again = compare(extract(), made)
    assert (again.values, again.notices) == ({}, ())
    assert confirmed(made, again, TODAY) == made
    assert (held.get("source") or "") in made.source
    assert replace(made, source=None, confirmed=None, **dict.fromkeys(ALL)) == Member()
