"""Questions on a terminal: what is asked, what the answers do, and breaking off."""

import os
import re

import pytest

from tests import registries
from tests.cli.dialogue import Dialogue
from tests.registries import with_member

REGISTRY = with_member(f"{registries.REGISTRY}\n# since the beginning", "zolw", name="Fundacja Żółw")
SECTOR = "Sector, by number or name: "


@pytest.fixture
def registry(write_registry):
    return write_registry(REGISTRY)


def test_add_asks_for_what_is_missing_until_it_is_right(registry):
    dialogue = Dialogue("add", "--town", "Nisko")
    dialogue.answer("Name: ", "")
    assert dialogue.answer("Name: ", "Stowarzyszenie Nić") == "pkes: name: empty\n"
    assert dialogue.answer(SECTOR, "ngi") == "  1  NGOs\n"
    said = dialogue.answer(SECTOR, "NGOS")
    assert said == 'pkes: unknown sector "ngi" (did you mean "ngo"?)\nit can be: ngo (NGOs)\n'
    shown = "+ member nic\n    Name    Stowarzyszenie Nić\n    Sector  NGOs\n    Town    Nisko\n"
    assert dialogue.answer("Save it? [Y/n] ", "") == shown
    assert dialogue.end() == (shown, 0)
    assert "[members.nic]" in registry.read_text(encoding="utf-8")


@pytest.mark.parametrize("answer", ["2", "science", "NAUKA"])
def test_a_sector_by_its_number_its_id_or_its_label(write_registry, answer):
    registry = write_registry(REGISTRY + '\n[sectors.science]\npl = "nauka"\nen = "science"\n')
    dialogue = Dialogue("add", "Nić", "--town", "Nisko", PKES_LANG="pl")
    dialogue.answer("2  nauka\n", answer)
    dialogue.answer("Zapisać? [T/n] ", "")
    assert dialogue.end()[1] == 0
    assert 'sector = "science"' in registry.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        pytest.param(["-s", "nog"], 'unknown sector "nog"', id="sector"),
        pytest.param(["--nip", "1"], "nip: not a NIP", id="field"),
        pytest.param(["--id", "Nić"], "id: an id has only a-z", id="id"),
    ],
)
def test_what_is_given_wrong_is_said_before_anything_is_asked(registry, arguments, says):
    said, status = Dialogue("add", *arguments).end()
    assert says in said
    assert "Name" not in said
    assert status == 2


def test_add_offers_an_id_where_the_first_is_taken(registry):
    dialogue = Dialogue("add", "Żółw", "-s", "ngo")
    dialogue.answer("[zolw-2]: ", "igla")
    dialogue.answer("[zolw-2]: ", "")
    said = dialogue.answer("Add it all the same? [y/N] ", "y")
    assert 'warning: member zolw-2, name: "zolw" has the same name' in said
    assert dialogue.end()[1] == 0
    assert "[members.zolw-2]" in registry.read_text(encoding="utf-8")


def test_another_id_is_offered_for_one_that_was_given_and_is_taken(registry):
    dialogue = Dialogue("add", "Nić", "-s", "ngo", "--id", "zolw")
    dialogue.answer("Its id (zolw is taken) [zolw-2]: ", "")
    dialogue.answer("Save it? [Y/n] ", "")
    assert dialogue.end()[1] == 0
    assert "[members.zolw-2]" in registry.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("command", "asked"),
    [
        pytest.param(["add", "--town", "Nisko"], {"Name: ": "Nić", SECTOR: "1"}, id="add"),
        pytest.param(["add", "Nić", "-s", "ngo", "--id", "zolw"], {"[zolw-2]: ": ""}, id="id"),
        pytest.param(["inquiry", "add", "--person", "Ala"], {"E-mail (Enter: none): ": "a@example.org"}, id="inquiry"),
        pytest.param(["sectors", "add", "law", "--pl", "prawo"], {"English label: ": "lav"}, id="sector"),
    ],
)
def test_what_was_asked_for_is_shown_and_not_written_on_a_no(registry, command, asked):
    dialogue = Dialogue(*command)
    for question, answer in asked.items():
        dialogue.answer(question, answer)
    assert dialogue.answer("Save it? [Y/n] ", "n").startswith("+ ")
    assert dialogue.end() == ("pkes: nothing was changed\n", 0)
    assert registry.read_text(encoding="utf-8") == REGISTRY


NEAR = "pkes: warning: it seems to be on record already:\n  zolw  Fundacja Żółw\n"


@pytest.mark.parametrize("answer", ["y", ""])
def test_a_name_that_differs_by_a_letter_is_asked_about(registry, answer):
    dialogue = Dialogue("add", "Żółwi", "-s", "ngo")
    assert dialogue.answer("Add it all the same? [y/N] ", answer) == NEAR
    assert dialogue.end()[1] == 0
    assert ("[members.zolwi]" in registry.read_text(encoding="utf-8")) == bool(answer)


@pytest.mark.parametrize("flag", ["--yes", "--dry-run"])
def test_elsewhere_there_is_a_warning_of_it(registry, pkes, flag):
    ran = pkes("add", "Żółwi", "-s", "ngo", flag)
    assert (ran.status, ran.err) == (0, NEAR)
    said, status = Dialogue("add", "Żółwi", "-s", "ngo", "--id", "z-2", flag).end()
    assert (status, said.startswith(NEAR), "?" in said) == (0, True, False)


def test_yes_takes_the_id_that_would_be_offered(registry):
    said, status = Dialogue("add", "Żółw", "-s", "ngo", "-y").end()
    assert (status, "?" in said) == (0, False)
    assert "[members.zolw-2]" in registry.read_text(encoding="utf-8")


def test_remove_shows_what_goes_and_asks(registry):
    dialogue = Dialogue("remove", "zolw")
    said = dialogue.answer("Remove it? [y/N] ", "")
    assert "- member zolw" in said
    assert "the comment would be removed with it: # since the beginning" in said
    assert dialogue.end() == ("pkes: nothing was changed\n", 0)
    assert registry.read_text(encoding="utf-8") == REGISTRY


def test_the_question_comes_again_until_it_is_answered(registry):
    dialogue = Dialogue("remove", "zolw")
    dialogue.answer("[y/N] ", "perhaps")
    dialogue.answer("[y/N] ", "tak")
    assert dialogue.end()[1] == 0
    assert "zolw" not in registry.read_text(encoding="utf-8")


@pytest.mark.parametrize("how", ["Ctrl-C", "Ctrl-D"])
def test_breaking_off_leaves_the_file_as_it_was(registry, how):
    dialogue = Dialogue("remove", "zolw")
    dialogue.read_to("[y/N] ")
    if how == "Ctrl-C":
        dialogue.interrupt()
    else:
        os.write(dialogue.ours, b"\x04")
    said, status = dialogue.end()
    assert status == 130
    assert said == "\npkes: interrupted; the registry is as it was\n"
    assert registry.read_text(encoding="utf-8") == REGISTRY


def test_no_lock_is_held_during_a_question_and_a_change_meanwhile_is_refused(registry, pkes):
    dialogue = Dialogue("remove", "zolw")
    dialogue.read_to("[y/N] ")
    assert pkes("edit", "zolw", "town=Łańcut").status == 0
    between = registry.read_text(encoding="utf-8")
    os.write(dialogue.ours, b"y\n")
    said, status = dialogue.end()
    assert status == 5
    assert "somebody else changed it meanwhile" in said
    assert registry.read_text(encoding="utf-8") == between


def test_a_record_that_went_meanwhile_is_a_change_meanwhile(registry, pkes):
    dialogue = Dialogue("remove", "zolw")
    dialogue.read_to("[y/N] ")
    assert pkes("remove", "zolw", "-y").status == 0
    os.write(dialogue.ours, b"y\n")
    said, status = dialogue.end()
    assert status == 5
    assert "somebody else changed it meanwhile" in said


def test_another_change_meanwhile_is_none_of_its_business(registry, pkes):
    dialogue = Dialogue("remove", "zolw")
    dialogue.read_to("[y/N] ")
    assert pkes("edit", "igla", "town=Łańcut").status == 0
    os.write(dialogue.ours, b"y\n")
    assert dialogue.end()[1] == 0
    text = registry.read_text(encoding="utf-8")
    assert "zolw" not in text
    assert "Łańcut" in text


def test_inquiry_add_asks_for_one_of_two(registry):
    dialogue = Dialogue("inquiry", "add", "--topic", "join")
    dialogue.answer("Name (Enter: none): ", "")
    dialogue.answer("Person: ", "Anna Igielna")
    dialogue.answer("E-mail (Enter: none): ", "anna")
    refused = dialogue.answer("E-mail (Enter: none): ", "anna@example.org")
    assert refused == "pkes: email: not an e-mail address: there is no @ in it\n"
    dialogue.answer("Save it? [Y/n] ", "")
    said, status = dialogue.end()
    assert status == 0
    assert re.search(r"^    Person +Anna Igielna$", said, re.MULTILINE)


def test_a_dry_run_asks_nothing(registry):
    said, status = Dialogue("remove", "zolw", "--dry-run").end()
    assert (status, said.count("- member zolw")) == (0, 1)
    said, status = Dialogue("add", "--dry-run").end()
    assert (status, said) == (2, "pkes: NAME, --sector are missing\n")
    assert registry.read_text(encoding="utf-8") == REGISTRY


def test_a_record_that_holds_nan_can_be_removed(write_registry):
    path = write_registry(REGISTRY.replace("[members.zolw]", "[members.zolw]\nodd = nan"))
    dialogue = Dialogue("remove", "zolw")
    dialogue.answer("[y/N] ", "y")
    assert dialogue.end()[1] == 0
    assert "zolw" not in path.read_text(encoding="utf-8")
