"""An answer of the court register read: what is in it, and what is none."""

import datetime
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pkes.errors import RegisterFailed
from pkes.registers.extract import MOST_BYTES, Extract, read, reduced
from tests.registers.answers import FULL, NUMBER, answer


def test_all_that_is_ours_is_read():
    assert read(answer(), NUMBER) == Extract(
        number=NUMBER,
        day=datetime.date(2025, 2, 28),
        name="SPÓŁDZIELNIA SOCJALNA PRZYKŁAD",
        legal_form="SPÓŁDZIELNIA SOCJALNA",
        nip="9721237317",
        regon="30204683000000",
        street="UL. PRZYKŁADOWA",
        house="49",
        flat="2",
        postal_code="35-001",
        town="RZESZÓW",
        municipality="RZESZÓW",
        county="RZESZÓW",
        voivodeship="PODKARPACKIE",
        email="BIURO@EXAMPLE.ORG",
        website="WWW.EXAMPLE.ORG",
    )


@pytest.mark.parametrize(
    "key",
    ["formaPrawna", "identyfikatory", "siedzibaIAdres", "siedziba", "adres", "ulica", "stanPozycji", "dzial2"],
)
def test_a_part_may_be_absent_or_null(key):
    absent, null = answer(**{key: None}), answer(**{key: "…"}).replace('"…"'.encode(), b"null", 1)
    assert read(absent, NUMBER).name == read(null, NUMBER).name == "SPÓŁDZIELNIA SOCJALNA PRZYKŁAD"


def test_the_town_of_the_seat_stands_for_that_of_the_address():
    assert read(answer(adres={"nrDomu": "3"}), NUMBER).town == "RZESZÓW"


@pytest.mark.parametrize("text", ["", "  ", "-", "---", "\u200b"])
def test_what_says_nothing_is_absent(text):
    assert read(answer(ulica=text), NUMBER).street is None


def test_a_text_is_one_line_of_characters():
    assert read(answer(nazwa=" A\tB\r\n\x07C "), NUMBER).name == "A B C"


@pytest.mark.parametrize(
    ("parts", "states", "name"),
    [
        pytest.param({}, (), "SPÓŁDZIELNIA SOCJALNA PRZYKŁAD", id="none"),
        pytest.param({"nazwa": "X W LIKWIDACJI"}, ("liquidation",), "X", id="liquidation in the name"),
        pytest.param({"nazwa": "X W UPADŁOŚCI LIKWIDACYJNEJ"}, ("bankruptcy",), "X", id="bankruptcy in the name"),
        pytest.param({"nazwa": "X W UPADŁOŚCI"}, ("bankruptcy",), "X", id="bankruptcy in the name, short"),
        pytest.param({"nazwa": "FUNDACJA W LIKWIDACJI - X"}, ("liquidation",), "FUNDACJA - X", id="within the name"),
        pytest.param({"dzial6": {"likwidacja": [{"otwarcieLikwidacji": "…"}]}}, ("liquidation",), None, id="section 6"),
        pytest.param({"dzial6": {"postepowanieUpadlosciowe": [{}]}}, ("bankruptcy",), None, id="bankruptcy"),
        pytest.param({"dzial6": {"rozwiazanieUniewaznienie": {"a": "b"}}}, ("dissolved",), None, id="dissolved"),
        pytest.param({"dzial6": {"wykreslenie": {"a": "b"}}}, ("dissolved",), None, id="struck off"),
        pytest.param({"dzial6": {"likwidacja": [], "rozwiazanieUniewaznienie": {}}}, (), None, id="empty parts"),
        pytest.param({"dzial6": {"polaczeniePodzial": [{"a": "b"}]}}, (), None, id="other parts"),
        pytest.param({"stanPozycji": 3}, ("not-current",), None, id="no current entry"),
        pytest.param(
            {"nazwa": "X W LIKWIDACJI", "dzial6": {"rozwiazanieUniewaznienie": {"a": 1}, "likwidacja": [{}]}},
            ("liquidation", "dissolved"),
            "X",
            id="several, each once",
        ),
    ],
)
def test_the_states_it_can_be_in(parts, states, name):
    found = read(answer(**parts), NUMBER)
    assert found.states == states
    assert found.name == (name or "SPÓŁDZIELNIA SOCJALNA PRZYKŁAD")


def code_of(data, number=NUMBER):
    with pytest.raises(RegisterFailed) as caught:
        read(data, number)
    return caught.value.code, caught.value.detail


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(b"", "json", id="nothing"),
        pytest.param(b"<html>", "json", id="a page"),
        pytest.param(answer()[:-1], "json", id="cut off"),
        pytest.param(b'{"a":' * 100_000, "json", id="nested deeply"),
        pytest.param(answer() + b" {}", "json", id="more behind it"),
        pytest.param(answer().decode().encode("iso-8859-2", "replace"), "encoding", id="ISO 8859-2"),
        pytest.param(answer().decode().encode("utf-16"), "encoding", id="UTF-16"),
        pytest.param(b" " * (MOST_BYTES + 1), "too-large", id="too large"),
        pytest.param(answer("0000999002"), "other-number", id="another number"),
    ],
)
def test_what_is_no_answer(data, code):
    assert code_of(data) == (code, {})


@pytest.mark.parametrize(
    ("data", "place"),
    [
        pytest.param(b"[]", "odpis", id="an array"),
        pytest.param(b"{}", "odpis", id="an empty object"),
        pytest.param(answer(dzial1=None), "odpis.dane", id="a required part is absent"),
        pytest.param(answer(nrDomu=49), "odpis.dane.dzial1.siedzibaIAdres.adres.nrDomu", id="another type"),
        pytest.param(answer(adres=[]), "odpis.dane.dzial1.siedzibaIAdres.adres", id="a list for an object"),
        pytest.param(answer(stanZDnia="2025-02-28"), "odpis.naglowekA.stanZDnia", id="another form of date"),
        pytest.param(answer(stanZDnia="31.02.2025"), "odpis.naglowekA.stanZDnia", id="no such day"),
        pytest.param(answer(stanZDnia="1.2.2025"), "odpis.naglowekA.stanZDnia", id="a day of one digit"),
        pytest.param(answer(nazwa=" "), "odpis.dane.dzial1.danePodmiotu.nazwa", id="no name"),
        pytest.param(answer(dzial6=[]), "odpis.dane.dzial6", id="section 6 is a list"),
    ],
)
def test_where_its_form_differs_is_said(data, place):
    assert code_of(data) == ("form", {"place": place})


def test_a_mark_of_byte_order_is_no_part_of_it():
    assert read(b"\xef\xbb\xbf" + answer(), NUMBER) == read(answer(), NUMBER)


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@given(st.sampled_from(["nazwa", "identyfikatory", "siedziba", "ulica", "stanZDnia", "stanPozycji", "dzial1"]), values)
def test_whatever_stands_at_a_key_is_read_or_refused(key, value):
    try:
        outcome = read(answer(**{key: value}), NUMBER).number
    except RegisterFailed as error:
        outcome = error.code
    assert outcome in (NUMBER, "form", "json")


@given(st.binary())
def test_whatever_comes_is_refused(data):
    assert code_of(data)[0] in ("json", "encoding", "form")


# What is kept of an answer.

PERSONAL = {
    "likwidacja": [{"otwarcieLikwidacji": "…", "likwidatorzy": [{"nazwisko": "NOWAK"}]}],
    "kurator": [{"nazwisko": "NOWAK"}],
}


def test_an_answer_is_kept_without_persons():
    kept = reduced(answer(dzial6=PERSONAL))
    assert read(kept, NUMBER) == read(answer(dzial6=PERSONAL), NUMBER)
    assert read(kept, NUMBER).states == ("liquidation",)
    assert "NOWAK" not in kept.decode()
    assert json.loads(kept)["odpis"]["dane"].keys() == {"dzial1", "dzial6"}


def test_what_is_kept_is_kept_again():
    assert reduced(reduced(answer())) == reduced(answer())
    assert json.loads(reduced(answer()))["odpis"]["dane"].keys() == {"dzial1"}
    assert FULL["odpis"]["dane"].keys() > {"dzial2"}
