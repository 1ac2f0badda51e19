"""The ids that names give."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pkes.model.names import bare_name, legal_form, member_id, slug

NAMES = {
    "4HC Sp. z o.o.": "4hc",
    "Gmina Strzyżów": "gmina-strzyzow",
    "Instytut Ekonomii Społecznej": "instytut-ekonomii-spolecznej",
    "Spółdzielnia Socjalna Bergamotka": "bergamotka",
    "Spółdzielnia Socjalna CHATKA MAŁOLATKA": "chatka-malolatka",
    "Spółdzielnia Socjalna FENIKS": "feniks",
    "Spółdzielnia Socjalna ORTO-SPORT": "orto-sport",
    "Spółdzielnia Socjalna Polifonia Project": "polifonia-project",
    "Spółdzielnia Socjalna Rezydencja Pod Platanem": "rezydencja-pod-platanem",
    "Spółdzielnia Socjalna Siedlisko": "siedlisko",
    "Spółdzielnia Socjalna Stawiamy Ślady": "stawiamy-slady",
    "Spółdzielnia Socjalna SYNERGIA": "synergia",
    "Uniwersytet Rzeszowski": "uniwersytet-rzeszowski",
}
"""The names on record and their ids."""

FORMS = {
    "Fundacja Wspólna Droga": "wspolna-droga",
    "Wspólna Droga Fundacja": "wspolna-droga",
    "Spółdzielnia Socjalna „Nowa” w Dębicy": "nowa-w-debicy",
    "„Nowa” Spółdzielnia Socjalna": "nowa",
    "SPÓŁDZIELNIA  SOCJALNA\u00a0„NOWA”": "nowa",
    "Spółdzielnia Pracy Odnowa": "odnowa",
    "Stowarzyszenie Na Rzecz Rozwoju": "na-rzecz-rozwoju",
    "Nowa, sp. z o. o.": "nowa",
    "Nowa sp.z o.o.": "nowa",
    "Nowa Sp. z oo": "nowa",
    "Nowa Spółka z o.o.": "nowa",
    "Nowa spółka z ograniczoną odpowiedzialnością": "nowa",
    "Nowa Sp. z o.o. sp.k.": "nowa",
    "Nowa S.A.": "nowa",
    "Nowa SA": "nowa",
    "Nowa P.S.A.": "nowa",
    "SC Rzeszów": "sc-rzeszow",
    "Fundacja": "fundacja",
    "Spółdzielnia Socjalna": "spoldzielnia-socjalna",
    "Sp. z o.o.": "sp-z-o-o",
    "Fundacja S.A.": "fundacja-s-a",
    "Fundacjada": "fundacjada",
    "Nasza Fundacja i Przyjaciele": "nasza-fundacja-i-przyjaciele",
    "Привет": "",
    "!?": "",
    "": "",
}


@pytest.mark.parametrize(("name", "id"), (NAMES | FORMS).items(), ids=repr)
def test_member_id(name: str, id: str) -> None:
    assert member_id(name) == id


def test_an_id_ends_with_a_word_within_its_length() -> None:
    assert member_id("Klub Miłośników Rozwoju Ziemi Podkarpackiej i Okolic") == "klub-milosnikow-rozwoju-ziemi"
    assert member_id("a" * 50) == "a" * 40


def test_the_names_of_the_shipped_registry_give_its_ids() -> None:
    import toml_rs

    text = (Path(__file__).parents[2] / "registry.toml").read_text(encoding="utf-8")
    members = toml_rs.loads(text, toml_version="1.0.0")["members"]
    assert {id: member_id(member["name"]) for id, member in members.items()} == {id: id for id in NAMES.values()}


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Fundacja „Wspólna Droga”", "WSPOLNA  DROGA"),
        ("Spółdzielnia Socjalna Feniks", "Feniks sp. z o.o."),
        ("ORTO-SPORT", "Orto Sport"),
        ("Привет", "привет"),
    ],
    ids=repr,
)
def test_bare_names_agree(name: str, other: str) -> None:
    assert bare_name(name) == bare_name(other) != ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Łąka Źródlana", "laka-zrodlana"), ("--A__b  c!", "a-b-c"), ("Straße", "strasse"), ("„”", "")],
    ids=repr,
)
def test_slug(text: str, expected: str) -> None:
    assert slug(text) == expected


@given(st.text())
def test_a_slug_is_an_id_and_its_own_slug(text: str) -> None:
    assert re.fullmatch("(?:[a-z0-9]+(?:-[a-z0-9]+)*)?", slug(text))
    assert slug(slug(text)) == slug(text)


@given(st.lists(st.sampled_from(["Fundacja", "sp. z o.o.", "S.A.", "„Nowa”", "Droga", "–", "Spółdzielnia Socjalna"])))
def test_no_name_is_lost_and_none_gets_shorter_twice(words: list[str]) -> None:
    bare = bare_name(" ".join(words))
    assert bare_name(bare) == bare
    assert bool(bare) == bool(set(words) - {"–"})


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Spółdzielnia Socjalna Bergamotka", "spółdzielnia socjalna"),
        ("4HC Sp. z o.o.", "spółka z o.o."),
        ("Kłos Spółka z ograniczoną odpowiedzialnością", "spółka z o.o."),
        ("Kłos P.S.A.", "prosta spółka akcyjna"),
        ("Kłos S.A.", "spółka akcyjna"),
        ("SA Rzeszów", None),
        ("Gmina Strzyżów", None),
        ("", None),
    ],
)
def test_the_legal_form_that_a_name_shows(name, form):
    assert legal_form(name) == form
