"""`pkes inquiry edit`, `note` and `remove`."""

import pytest

from tests.cli.dialogue import Dialogue
from tests.cli.registry_with_inquiries import ACCEPTED, ANSWERED, ERASED, NEW, REGISTRY
from tests.cli.registry_with_members import changed_lines, changes


@pytest.fixture
def registry(write_registry):
    return write_registry(REGISTRY)


@pytest.mark.parametrize(
    ("assignments", "lines"),
    [
        pytest.param(["assigned-to=Ola"], ['+ assigned_to = "Ola"'], id="a field by its option's name"),
        pytest.param(["town=Łańcut"], ['- town = "Krosno"', '+ town = "Łańcut"'], id="another value"),
        pytest.param(["town="], ['- town = "Krosno"'], id="cleared"),
        pytest.param(["person=Anna Stara"], ['- person = "Anna Nowa" # she says', '+ person = "Anna Stara" # she says'],
                     id="a comment stays"),
        pytest.param(["phone=22 123 45 67"], ['+ phone = "+48 22 123 45 67"'], id="a phone number"),
        pytest.param(["sector=Nauka"], ['- sector = "ngo"', '+ sector = "science"'], id="a sector by its label"),
        pytest.param(["informed=2025-02-21"], ["+ informed = 2025-02-21"], id="a day"),
        pytest.param(["answered=2025-02-21"], ["+ answered = 2025-02-21"], id="a day that a step may set"),
        pytest.param(["channel=WEB"], ['- channel = "email"', '+ channel = "web"'], id="a word of a vocabulary"),
        pytest.param(["Czego dotyczy=współpraca"], ['- topic = "join"', '+ topic = "cooperate"'], id="by its question"),
        pytest.param(["notes+=x"], ["+ notes = [", '+     "x",', "+ ]"], id="an item"),
        pytest.param(["town=Krosno"], [], id="what is there already"),
    ],
)  # fmt: skip
def test_edit(registry, pkes, assignments, lines):
    ran = pkes("inquiry", "edit", "nić", *assignments)
    assert (ran.status, ran.err) == (0, "" if lines else "pkes: nothing is changed: it is so already\n")
    assert sorted(changed_lines(registry, REGISTRY)) == sorted(lines)


@pytest.mark.parametrize("field", ["status", "member", "erased", "id"])
@pytest.mark.parametrize("value", ["", "answered", "zolw", "2025-03-01"])
def test_what_a_step_sets_is_set_by_no_edit(registry, pkes, field, value):
    ran = pkes("inquiry", "edit", NEW, f"{field}={value}")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(
        f'pkes: "{field}" is set by a command of its own only\n"pkes ' if field != "status" else "pkes: "
    )
    assert registry.read_text(encoding="utf-8") == REGISTRY


@pytest.mark.parametrize("option", ["--status", "--member", "--erased", "--id", "--notes", "--answered", "--closed"])
def test_nor_by_an_option_of_add(registry, pkes, option):
    ran = pkes("inquiry", "add", "--name", "X", "--email", "x@example.org", option, "2025-03-01")
    assert (ran.status, ran.out) == (2, "")
    assert option in ran.err
    assert registry.read_text(encoding="utf-8") == REGISTRY


@pytest.mark.parametrize(
    ("assignments", "says"),
    [
        pytest.param(["name=", "person="], "a name or a person is required", id="nobody"),
        pytest.param(["email="], "an e-mail address or a phone number is required", id="no way back"),
        pytest.param(["answered=2025-02-19"], 'answered: it is before "received"', id="too early"),
        pytest.param(["twon=a"], 'unknown field "twon" (did you mean "town"', id="no such field"),
    ],
)
def test_edit_refuses(registry, pkes, assignments, says):
    ran = pkes("inquiry", "edit", NEW, *assignments)
    assert (ran.status, ran.out) == (2, "")
    assert says in ran.err
    assert registry.read_text(encoding="utf-8") == REGISTRY


@pytest.mark.parametrize("command", ["edit", "note", "remove"])
def test_nobody_and_several(registry, pkes, command):
    others = {"edit": ["town=X"], "note": ["x"], "remove": ["-y"]}[command]
    nobody = pkes("inquiry", command, "Kowalska", *others)
    assert nobody == (4, "", 'pkes: no such inquiry\n"pkes inquiry list --status all" shows them all\n')
    assert pkes("inquiry", command, "2025-01", *others).status == 4
    assert registry.read_text(encoding="utf-8") == REGISTRY


@pytest.mark.parametrize("assignment", ["person=Anna", "notes+=dzwoniła", "reason=x", "town=X"])
def test_nothing_personal_comes_back_to_an_erased_one(registry, pkes, assignment):
    ran = pkes("inquiry", "edit", ERASED, assignment)
    assert (ran.status, ran.out) == (2, "")
    assert "the inquiry is erased, but this is left" in ran.err
    assert pkes("inquiry", "note", ERASED, "dzwoniła").status == 2
    assert registry.read_text(encoding="utf-8") == REGISTRY


# Notes.


def test_a_note_has_its_day_and_the_next_goes_below(registry, pkes):
    assert pkes("inquiry", "note", NEW, " dzwoniono ").status == 0
    assert changed_lines(registry, REGISTRY) == ["+ notes = [", '+     "2025-03-01 dzwoniono",', "+ ]"]
    between = registry.read_text(encoding="utf-8")
    made = changes(pkes("inquiry", "note", NEW, "pisano; dwa razy", "--json", PKES_TODAY="2025-03-02"))
    assert [(one["field"], one["old"], one["new"]) for one in made] == [
        ("notes", ["2025-03-01 dzwoniono"], ["2025-03-01 dzwoniono", "2025-03-02 pisano; dwa razy"]),
    ]  # fmt: skip
    assert changed_lines(registry, between) == ['+     "2025-03-02 pisano; dwa razy",']


def test_the_same_note_twice_is_two_notes(registry, pkes):
    for _ in range(2):
        pkes("inquiry", "note", NEW, "dzwoniono")
    assert registry.read_text(encoding="utf-8").count("2025-03-01 dzwoniono") == 2
    assert pkes("check").status == 0


def test_a_closed_one_takes_a_note_too(registry, pkes):
    assert pkes("inquiry", "note", ACCEPTED, "dziękowała").status == 0


@pytest.mark.parametrize(
    ("text", "says"),
    [("", "notes: empty"), ("  ", "notes: empty"), ("a\nb", "notes: a line end"), ("a\x1bb", "U+001B")],
)
def test_note_refuses(registry, pkes, text, says):
    ran = pkes("inquiry", "note", NEW, text)
    assert (ran.status, ran.out) == (2, "")
    assert says in ran.err
    assert registry.read_text(encoding="utf-8") == REGISTRY


# Removing.


def test_remove_takes_the_record_its_comments_and_the_reference(registry, pkes):
    ran = pkes("inquiry", "remove", NEW, "-y")
    assert ran.status == 0
    assert ran.err == "pkes: 2 comments were removed with it\n"
    start, end = REGISTRY.index("# by the window"), REGISTRY.index(f"[inquiries.{ANSWERED}]")
    assert registry.read_text(encoding="utf-8") == REGISTRY[:start] + REGISTRY[end:]
    between = registry.read_text(encoding="utf-8")
    assert pkes("inquiry", "remove", ACCEPTED, "-y").status == 0
    assert f'- inquiry = "{ACCEPTED}"' in changed_lines(registry, between)
    assert pkes("check").status == 0


@pytest.mark.parametrize(("answer", "is_gone"), [("", False), ("n", False), ("tak", True)])
def test_remove_asks_on_a_terminal(registry, answer, is_gone):
    dialogue = Dialogue("inquiry", "remove", ACCEPTED)
    said = dialogue.answer("Remove it? [y/N] ", answer)
    assert f"- inquiry {ACCEPTED}" in said
    assert dialogue.end()[1] == 0
    assert (ACCEPTED not in registry.read_text(encoding="utf-8")) is is_gone


@pytest.mark.parametrize("step", ["answer", "decline", "withdraw", "close"])
def test_a_step_is_not_taken_after_today(registry, pkes, step):
    ran = pkes("inquiry", step, NEW, "--on", "2025-03-02")
    assert (ran.status, ran.out, ran.err) == (2, "", "pkes: --on: it is after today\n")
    assert registry.read_text(encoding="utf-8") == REGISTRY


def test_a_day_as_people_write_it(registry, pkes):
    typed = pkes("inquiry", "answer", NEW, "--on", "28.2.2025", "--json", "--dry-run").out
    assert typed == pkes("inquiry", "answer", NEW, "--on", "wczoraj", "--json", "--dry-run").out
    assert '"2025-02-28"' in typed


def test_a_field_that_a_step_sets_is_refused_naming_the_steps(registry, pkes):
    ran = pkes("inquiry", "edit", NEW, "status=answered")
    assert (ran.status, ran.out) == (2, "")
    assert '"pkes inquiry answer"' in ran.err
