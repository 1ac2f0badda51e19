"""Capitals in ordinary spelling, and texts that mean the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pkes.registers import capitals


@pytest.mark.parametrize(
    ("text", "known", "spelt"),
    [
        ("SPÓŁDZIELNIA SOCJALNA STAWIAMY ŚLADY", "", "Spółdzielnia Socjalna Stawiamy Ślady"),
        ("FUNDACJA DLA RZESZOWA I OKOLIC", "", "Fundacja dla Rzeszowa i Okolic"),
        ("W DRODZE", "", "W Drodze"),
        ("SPÓŁDZIELNIA SOCJALNA ORTO-SPORT", "Orto-SPORT", "Spółdzielnia Socjalna Orto-SPORT"),
        ("FUNDACJA ABC POMOC DZIECIOM", "Fundacja ABC Pomoc", "Fundacja ABC Pomoc Dzieciom"),
        ("4HC SPÓŁKA Z OGRANICZONĄ ODPOWIEDZIALNOŚCIĄ", "", "4HC Sp. z o.o."),
        ("4HC SP. Z O.O.", "", "4HC Sp. z o.o."),
        ("PRZYKŁAD, SP.Z O.O.", "", "Przykład Sp. z o.o."),
        ("PRZYKŁAD PROSTA SPÓŁKA AKCYJNA", "", "Przykład P.S.A."),
        ("PRZYKŁAD SPÓŁKA AKCYJNA", "", "Przykład S.A."),
        ("PRZYKŁAD SPÓŁKA KOMANDYTOWO-AKCYJNA", "", "Przykład S.K.A."),
        ("PRZYKŁAD SPÓŁKA JAWNA", "", "Przykład Sp.j."),
        (
            "PRZYKŁAD SPÓŁKA Z OGRANICZONĄ ODPOWIEDZIALNOŚCIĄ SPÓŁKA KOMANDYTOWA",
            "",
            "Przykład Sp. z o.o. Sp.k.",
        ),
        ("SPÓŁKA AKCYJNA", "", "Spółka Akcyjna"),
        ("PLAŻA SA", "", "Plaża S.A."),
        ("OCHRONA PLAŻSA", "", "Ochrona Plażsa"),
        ("STOWARZYSZENIE IM. ŚW. JANA PAWŁA II", "", "Stowarzyszenie im. św. Jana Pawła II"),
        ("KLUB PZW NR 3", "", "Klub PZW nr 3"),
        ("D'ARC MCDONALD'S", "", "D'Arc Mcdonald's"),
        ('FUNDACJA "BIBLIOTEKA I DOM"', "", 'Fundacja "Biblioteka i Dom"'),
        ("Fundacja eX i DOM", "Fundacja Ex", "Fundacja eX i DOM"),
    ],
)
def test_a_name_is_spelt(text, known, spelt):
    assert capitals.name(text, known) == spelt


@pytest.mark.parametrize(
    ("text", "spelt"),
    [
        ("RZESZÓW", "Rzeszów"),
        ("SOKOŁÓW MAŁOPOLSKI", "Sokołów Małopolski"),
        ("BIELSKO-BIAŁA", "Bielsko-Biała"),
        ("KOSTRZYN NAD ODRĄ", "Kostrzyn nad Odrą"),
        ("M. RZESZÓW", "Rzeszów"),
        ("M.ST. WARSZAWA", "Warszawa"),
        ("GMINA KRASNE", "Krasne"),
        ("MIASTECZKO ŚLĄSKIE", "Miasteczko Śląskie"),
        ("ŁĄCK", "Łąck"),
        ("BRNO", "Brno"),
        ("Stary Sącz", "Stary Sącz"),
    ],
)
def test_a_place_is_spelt(text, spelt):
    assert capitals.place(text) == spelt


@pytest.mark.parametrize(
    ("text", "spelt"),
    [
        ("RZESZOWSKI", "rzeszowski"),
        ("POWIAT ŁAŃCUCKI", "łańcucki"),
        ("BIESZCZADZKI", "bieszczadzki"),
        ("CZARNKOWSKO-TRZCIANECKI", "czarnkowsko-trzcianecki"),
        ("WARSZAWSKI ZACHODNI", "warszawski zachodni"),
        ("RZESZÓW", "Rzeszów"),
        ("PIOTRKÓW TRYBUNALSKI", "Piotrków Trybunalski"),
        ("JASTRZĘBIE-ZDRÓJ", "Jastrzębie-Zdrój"),
    ],
)
def test_a_county_is_an_adjective_or_a_city(text, spelt):
    assert capitals.county(text) == spelt


def test_a_voivodeship_is_small():
    assert capitals.voivodeship("KUJAWSKO-POMORSKIE") == "kujawsko-pomorskie"
    assert capitals.voivodeship("WOJ. PODKARPACKIE") == "podkarpackie"


@pytest.mark.parametrize(
    ("text", "spelt"),
    [
        ("SPÓŁDZIELNIA SOCJALNA", "spółdzielnia socjalna"),
        ("SPÓŁKA Z OGRANICZONĄ ODPOWIEDZIALNOŚCIĄ", "spółka z o.o."),
        ("SPÓŁKA AKCYJNA", "spółka akcyjna"),
    ],
)
def test_a_legal_form_is_spelt(text, spelt):
    assert capitals.legal_form(text) == spelt


@pytest.mark.parametrize(
    ("parts", "spelt"),
    [
        (("UL. PRZYKŁADOWA", "49", "2"), "ul. Przykładowa 49/2"),
        (("UL. PRZYKŁADOWA", "49A", None), "ul. Przykładowa 49A"),
        (("ULICA PRZYKŁADOWA", "49", None), "ul. Przykładowa 49"),
        (("PRZYKŁADOWA", "49", None), "Przykładowa 49"),
        (("AL. JANA PAWŁA II", "1", None), "al. Jana Pawła II 1"),
        (("PLAC WOLNOŚCI", "1", None), "pl. Wolności 1"),
        (("OS. 1000-LECIA", "7", "3"), "os. 1000-lecia 7/3"),
        (("UL. 3 MAJA", "7", None), "ul. 3 Maja 7"),
        (("UL. GEN. JÓZEFA BEMA", "7", None), "ul. gen. Józefa Bema 7"),
        (("UL. PRZYKŁADOWA", None, None), "ul. Przykładowa"),
        (("PLATANOWA", "1", None), "Platanowa 1"),
        ((None, "52", None), "Krówniki 52"),
        ((None, None, None), None),
    ],
)
def test_a_street_is_spelt(parts, spelt):
    assert capitals.street(*parts, "KRÓWNIKI") == spelt


def test_a_number_without_a_street_and_a_town_stands_alone():
    assert capitals.street(None, "52", None, None) == "52"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Fundacja „Przykład”", "FUNDACJA PRZYKŁAD", True),
        ('Fundacja "PRZYKŁAD"', "Fundacja  Przykład", True),
        ("4HC Sp. z o.o.", "4HC SPÓŁKA Z OGRANICZONĄ ODPOWIEDZIALNOŚCIĄ", True),
        ("4HC sp z oo", "4HC Sp. z o.o.", True),
        ("X S.A.", "X SA", True),
        ("ORTO – SPORT", "Orto-Sport", True),
        ("Przykład", "Przyklad", False),
        ("Fundacja Przykład", "Przykład", False),
        ("X Sp. z o.o.", "X S.A.", False),
    ],
)
def test_names_that_are_the_same(one, other, same):
    assert capitals.same_name(one, other) is same
    assert capitals.same_name(other, one) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("ul. Przykładowa 49/2", "Przykładowa 49 lok. 2", True),
        ("ulica Przykładowa 49 m. 2", "UL.PRZYKŁADOWA 49/2", True),
        ("ul. Przykładowa 49 m 2", "Przykładowa 49 lokal 2", True),
        ("ul. Przykładowa 49 A", "ul. Przykładowa 49a", True),
        ("Krówniki 52", "52", True),
        ("al. Przykładowa 49", "ul. Przykładowa 49", False),
        ("ul. Przykładowa 49", "ul. Przykładowa 49/2", False),
        ("ul. Jana 9", "ul. Janam 9", False),
    ],
)
def test_streets_that_are_the_same(one, other, same):
    assert capitals.same_street(one, other, "KRÓWNIKI") is same
    assert capitals.same_street(other, one, "KRÓWNIKI") is same


def test_places_and_forms_that_are_the_same():
    assert capitals.same_place("powiat rzeszowski", "Rzeszowski")
    assert capitals.same_place("m. Rzeszów", "RZESZÓW")
    assert not capitals.same_place("Rzeszów", "Rzeszow")
    assert capitals.same_legal_form("Spółka z o.o.", "spółka z ograniczoną odpowiedzialnością")
    assert not capitals.same_legal_form("fundacja", "stowarzyszenie")


polish = st.text("AĄBCĆDEĘFIKLŁMNŃOÓPRSŚTUWYZŹŻ 01.-\"'/,", min_size=1, max_size=40).map(str.strip)


@given(polish)
def test_what_is_spelt_is_the_same_name(text):
    assert capitals.same_name(capitals.name(text), text)
    assert capitals.name(capitals.name(text)) == capitals.name(text)


@given(polish)
def test_what_is_spelt_is_the_same_place(text):
    assert capitals.same_place(capitals.place(text), text)
    assert capitals.same_place(capitals.county(text), text)


@given(polish, st.sampled_from(["1", "49A", "1000"]), st.sampled_from([None, "2"]))
def test_what_is_spelt_is_the_same_street(name, house, flat):
    spelt = capitals.street(f"UL. {name}", house, flat, None)
    assert capitals.same_street(spelt, f"UL. {name} {house}" + (f"/{flat}" if flat else ""), None)
