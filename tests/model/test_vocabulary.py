"""Words as people type them, and what is suggested in their place."""

import pytest

from pkes.i18n import speaking
from pkes.model.records import Inquiry, Member
from pkes.model.vocabulary import near_fields


@pytest.mark.parametrize(
    ("language", "wanted", "near"),
    [
        ("pl", "telefn", ["Telefon"]),
        ("pl", "telefony", ["Telefon"]),
        ("en", "telefony", ["Phone"]),
        ("pl", "phne", ["phone"]),
        ("pl", "identyfikatr", ["id"]),
        ("pl", "krz", ["krs"]),
        ("pl", "status", []),
        ("pl", "kolor", []),
        ("pl", "xyz", []),
    ],
)
def test_only_what_is_near_is_suggested_for_a_field_in_the_words_of_the_user(language, wanted, near):
    with speaking(language):
        assert near_fields(Member, wanted) == near


def test_the_fields_are_those_of_the_kind():
    assert near_fields(Inquiry, "stats") == ["status"]


@pytest.mark.parametrize("wanted", ["who", "Who", "kto", "KTO"])
def test_the_head_of_a_column_leads_to_the_fields_that_it_is_made_of(wanted):
    assert near_fields(Inquiry, wanted) == ["Name", "Person"]
    with speaking("pl"):
        assert near_fields(Inquiry, wanted) == ["Nazwa", "Osoba"]
        assert near_fields(Inquiry, "dni") == ["Wpłynęło"]
    assert near_fields(Member, wanted) != ["Name", "Person"]
