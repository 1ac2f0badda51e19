"""The form of `pkes add` on a terminal."""

import re

import pytest

from tests import registries
from tests.cli.dialogue import Dialogue

REGISTRY = registries.with_member(
    registries.with_member(registries.REGISTRY, "zolw", name="Fundacja Żółw", town="Rzeszów", nip="5260250274"),
    "gmina",
    name="Gmina Dołek",
    legal_form="jednostka samorządu",
    left="2020",
    krs="0000000123",
    tags=["gastronomia"],
)
QUESTIONS = {
    "en": ["Name: ", "number or name: ", "Legal form", "Town: ", "meant? [Y/n] ", "Street: ", "Postal code: ",
           "E-mail: ", "\nE-mail: ", "Phone: ", "NIP: ", "KRS: ", "Joined [2025-03-01]: ", "Offers, divided by ;: ",
           "Needs, divided by ;: ", "Tags, divided by ;: ", "Save it? [Y/n] "],
    "pl": ["Nazwa: ", "(numer lub nazwa): ", "Forma prawna", "Miejscowość: ", "chodzi? [T/n] ", "Ulica: ",
           "Kod pocztowy: ", "E-mail: ", "\nE-mail: ",
           "Telefon: ", "NIP: ", "KRS: ", "Przystąpienie [2025-03-01]: ", "Oferta (oddzielane",
           "Potrzeby (oddzielane", "Słowa kluczowe (oddzielane", "Zapisać? [T/n] "],
}  # fmt: skip
ANSWERS = ["Fundacja Nić", "organizacje", "", "rzeszow", "", "ul. Długa 1", "35001", "nić", "nic@example.org",
           "17 850 10 10", "", "", "", "szycie; szkolenia", "", "-", ""]  # fmt: skip


@pytest.fixture
def registry(write_registry):
    return write_registry(REGISTRY)


def answer(dialogue, **answers):
    """Answer the first question that begins so, for each, and pass over all others, up to the last one."""
    for _question in range(30):
        said = dialogue.read_to_any(": ", "] ", ":\n")
        question = said.rpartition("\n")[2]
        start = next((start for start in answers if question.startswith(start.replace("_", " "))), "")
        dialogue.type(answers.pop(start, ""))
        if question.startswith("Save it?"):
            return dialogue.end()
    pytest.fail(f"it asks for ever: {dialogue.seen}")


@pytest.mark.parametrize("columns", ["80", "120", "200"])
@pytest.mark.parametrize("language", ["pl", "en"])
def test_the_form(registry, expect, language, columns):
    dialogue = Dialogue("add", PKES_LANG=language, COLUMNS=columns)
    for question, text in zip(QUESTIONS[language], ANSWERS, strict=True):
        dialogue.answer(question, text)
    assert dialogue.end()[1] == 0
    expect(f"form-add-{language}-{columns}.txt", dialogue.seen)


def test_what_the_form_writes(registry, pkes):
    dialogue = Dialogue("add", "Fundacja Nić", PKES_LANG="en")
    for question, text in list(zip(QUESTIONS["en"], ANSWERS, strict=True))[1:]:
        dialogue.answer(question, text)
    assert dialogue.end()[1] == 0
    assert registry.read_text(encoding="utf-8").partition("[members.nic]\n")[2].partition("\n\n")[0].splitlines() == [
        'name = "Fundacja Nić"', 'sector = "ngo"', 'legal_form = "fundacja"', "joined = 2025-03-01",
        'street = "ul. Długa 1"', 'postal_code = "35-001"', 'town = "Rzeszów"', 'email = "nic@example.org"',
        'phone = "+48 17 850 10 10"', "offers = [", '    "szycie",', '    "szkolenia",', "]",
    ]  # fmt: skip


def test_enter_takes_what_is_proposed_and_a_dash_leaves_it_empty(registry):
    answer(Dialogue("add", "Gmina Dół"), Sector="1")
    answer(Dialogue("add", "Spółdzielnia Kłos"), Sector="1", Legal_form="-", Joined="-")
    text = registry.read_text(encoding="utf-8")
    assert 'name = "Gmina Dół"\nsector = "ngo"\nlegal_form = "jednostka samorządu"\njoined = 2025-03-01\n' in text
    assert text.endswith('[members.klos]\nname = "Spółdzielnia Kłos"\nsector = "ngo"\n')


@pytest.mark.parametrize(("typed", "status"), [("n", 0), ("back", 0)])
def test_nothing_is_written_that_is_not_wanted(registry, typed, status):
    before = registry.read_bytes()
    said, ended = answer(Dialogue("add", "Nić"), Sector="1", Save=typed)
    assert said.endswith("pkes: nothing was changed\n")
    assert (ended, registry.read_bytes()) == (status, before)


def test_a_name_on_record_is_asked_about_at_once(registry):
    before = registry.read_bytes()
    dialogue = Dialogue("add")
    dialogue.answer("Name: ", "ŻÓŁW")
    said = dialogue.answer("Add it all the same? [y/N] ", "")
    assert said == "pkes: warning: it seems to be on record already:\n  zolw  Fundacja Żółw, Rzeszów\n"
    assert dialogue.end() == ("pkes: nothing was changed\n", 0)
    assert registry.read_bytes() == before


def test_a_name_that_differs_by_a_letter_is_asked_about_at_once(write_registry):
    registry = write_registry(registries.with_member(registries.REGISTRY, "zolwik", name="Fundacja Żółwik"))
    before = registry.read_bytes()
    dialogue = Dialogue("add", PKES_LANG="pl")
    dialogue.answer("Nazwa: ", "Stowarzyszenie Żółwiki")
    said = dialogue.answer("Dodać mimo to? [t/N] ", "")
    assert said.endswith("jest już w rejestrze:\n  zolwik  Fundacja Żółwik\n")
    dialogue.end()
    assert registry.read_bytes() == before


def test_a_number_on_record_is_asked_about_at_once(registry):
    dialogue = Dialogue("add", "Nić")
    dialogue.answer("name: ", "1")
    for _ in range(4):
        dialogue.answer(": ", "")
    dialogue.answer("E-mail: ", "IGLA@example.org")
    assert "  igla  Igła\n" in dialogue.answer("Add it all the same? [y/N] ", "y")
    dialogue.answer("Phone: ", "")
    dialogue.answer("NIP: ", "526-025-02-74")
    assert dialogue.answer("NIP: ", "") == 'pkes: nip: it is that of "zolw" too\n'
    dialogue.answer("KRS: ", "123")
    said = dialogue.answer("Add it all the same? [y/N] ", "y")
    dialogue.answer("It uses the network. [y/N] ", "")
    assert said.endswith("  gmina  Gmina Dołek (no longer a member)\n")
    said, status = answer(dialogue)
    assert status == 0
    assert (
        'krs = "0000000123"' in registry.read_text(encoding="utf-8").partition("[members.nic]")[2].partition("[mem")[0]
    )


def test_a_near_miss_can_be_meant(registry):
    dialogue = Dialogue("add", "Nić")
    _said, status = answer(dialogue, Sector="1", Town="Rzeszow", Tags="gastronmia; szycie")
    assert status == 0
    text = registry.read_text(encoding="utf-8").partition("[members.nic]")[2]
    assert re.findall('Town: "(.*)" is in use. Is it meant', dialogue.seen) == ["Rzeszów"]
    assert 'town = "Rzeszów"' in text
    assert 'tags = [\n    "gastronomia",\n    "szycie",\n]' in text


@pytest.mark.parametrize(
    "arguments", [["-s", "ngo"], ["--town", "Rzeszów", "-s", "ngo"], ["-s", "ngo", "-y"]], ids=lambda one: one[-1]
)
def test_with_fields_given_only_what_is_required_is_asked_for(registry, arguments):
    said, status = Dialogue("add", "Nić", *arguments).end()
    assert (status, ": " in said.partition("+ member")[0]) == (0, False)
    assert "joined" not in registry.read_text(encoding="utf-8").partition("[members.nic]")[2].partition("[m")[0]


@pytest.mark.parametrize("arguments", [["-y"], ["--dry-run"]])
def test_what_may_not_be_asked_for_is_missing(registry, arguments):
    assert Dialogue("add", *arguments).end() == ("pkes: NAME, --sector are missing\n", 2)


def test_off_a_terminal_nothing_is_asked(registry, process):
    assert process("add", "Nić") == (2, "", "pkes: --sector is missing\n")
