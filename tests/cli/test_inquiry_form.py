"""The form of `pkes inquiry add` on a terminal."""

import re
import sys

import pytest

from tests import registries
from tests.cli.dialogue import Dialogue

QUESTIONS = {
    "en": ["Organisation: ", "Person: ", "E-mail: ", "Phone: ", "name [phone]: ", "name [join]: ", "editor):\n", "  ",
           "  ", "  ", "Save it? [Y/n] "],
    "pl": ["Organizacja: ", "Osoba: ", "E-mail: ", "Telefon: ", "nazwa) [telefon]: ", "nazwa) [przystąpienie]: ",
           "edytor):\n", "  ", "  ", "  ", "Zapisać? [T/n] "],
}  # fmt: skip
ANSWERS = ["", "Anna Igielna", "", "600 700 800", "", "2", None, "Dzień dobry,", "czy można?", "", ""]


@pytest.fixture
def registry(write_registry):
    return write_registry(registries.REGISTRY)


def fields_of(registry):
    inquiry = registry.read_text(encoding="utf-8").partition("[inquiries.")[2].partition("]\n")[2]
    return dict(re.findall(r"^(\w+) = (.*)$", inquiry, re.MULTILINE)) if '"""' not in inquiry else inquiry


def answered(questions, answers, **given):
    dialogue = Dialogue("inquiry", "add", **given)
    for question, text in zip(questions, answers, strict=True):
        if text is None:
            dialogue.read_to(question)
        else:
            dialogue.answer(question, text)
    return dialogue


@pytest.mark.parametrize("columns", ["80", "120", "200"])
@pytest.mark.parametrize("language", ["pl", "en"])
def test_the_form(registry, expect, language, columns):
    dialogue = answered(QUESTIONS[language], ANSWERS, PKES_LANG=language, COLUMNS=columns)
    assert dialogue.end()[1] == 0
    seen = re.sub("2025-03-01-[a-z2-9]{3}", "2025-03-01-xyz", dialogue.seen)
    expect(f"form-inquiry-add-{language}-{columns}.txt", seen)


def test_what_the_form_writes(registry):
    assert answered(QUESTIONS["en"], ANSWERS).end()[1] == 0
    assert fields_of(registry) == (
        'received = 2025-03-01\nperson = "Anna Igielna"\nphone = "+48 600 700 800"\nchannel = "phone"\n'
        'topic = "cooperate"\nmessage = """\nDzień dobry,\nczy można?"""\nstatus = "new"\n'
    )


def begun():
    """Begin with what there has to be, and pass over the rest up to the message."""
    questions = ["Organisation: ", "Person: ", "E-mail: ", "Phone: ", "name [email]: ", "name [join]: ", "editor):\n"]
    return answered(questions, ["Nić", "", "nic@example.org", "", "", "", None])


def test_nobody_and_nowhere_are_asked_for_again(registry):
    questions = ["Organisation: ", "Person: ", "Person: ", "E-mail: ", "Phone: ", "Phone: ", "name [phone]: "]
    dialogue = answered(questions, ["-", "", "Jan", "", "", "600 700 800", "back"])
    assert dialogue.seen.count("pkes: person: empty") == dialogue.seen.count("pkes: phone: empty") == 1
    assert dialogue.end() == ("pkes: nothing was changed\n", 0)
    assert "[inquiries." not in registry.read_text(encoding="utf-8")


@pytest.mark.parametrize("typed", ["", "-"])
def test_a_message_may_be_left_out(registry, typed):
    dialogue = begun()
    dialogue.answer("  ", typed)
    dialogue.answer("[Y/n] ", "")
    assert dialogue.end()[1] == 0
    found = fields_of(registry)
    assert (found["name"], found["channel"], "message" in found) == ('"Nić"', '"email"', False)


@pytest.mark.parametrize(("language", "word"), [("en", "e"), ("en", "Editor"), ("pl", "edytor")])
def test_a_message_in_the_editor(registry, monkeypatch, tmp_path, language, word):
    script = tmp_path / "edit.py"
    script.write_text("import sys; open(sys.argv[1], 'ab').write('Dzień dobry\\r\\n'.encode())", encoding="utf-8")
    monkeypatch.setenv("EDITOR", f"{sys.executable} {script}")
    monkeypatch.delenv("VISUAL", raising=False)
    dialogue = begun()
    dialogue.answer("  ", word)
    dialogue.answer("[Y/n] ", "y")
    assert dialogue.end()[1] == 0
    assert fields_of(registry)["message"] == '"Dzień dobry"'


def test_where_no_editor_starts_lines_are_typed(registry, monkeypatch):
    monkeypatch.setenv("EDITOR", "/nowhere/editor")
    monkeypatch.delenv("VISUAL", raising=False)
    dialogue = begun()
    dialogue.answer("  ", "e")
    assert "EDITOR: the editor cannot be started" in dialogue.answer("  ", "Dzień dobry")
    dialogue.answer("  ", "")
    dialogue.answer("[Y/n] ", "y")
    assert dialogue.end()[1] == 0
    assert fields_of(registry)["message"] == '"Dzień dobry"'


def test_one_that_looks_alike_is_named_and_not_asked_about(registry, pkes):
    assert pkes("inquiry", "add", "--name", "Nić", "--email", "NIC@example.org").status == 0
    dialogue = begun()
    assert re.search(r'the open inquiry "\S+" has the same e-mail', dialogue.seen)
    dialogue.answer("  ", "back")
    assert dialogue.end()[1] == 0


@pytest.mark.parametrize(
    ("options", "channel"),
    [
        (["--phone", "600 700 800"], "phone"),
        (["--email", "jan@example.org"], "email"),
        (["--phone", "600 700 800", "--email", "jan@example.org"], "email"),
        (["--phone", "600 700 800", "--channel", "list"], "letter"),
    ],
)
def test_how_it_came_follows_from_what_is_given(registry, pkes, options, channel):
    assert pkes("inquiry", "add", "--person", "Jan", *options).status == 0
    assert fields_of(registry)["channel"] == f'"{channel}"'


def test_yes_asks_nothing(registry):
    assert Dialogue("inquiry", "add", "-y").end() == ("pkes: --name / --person, --email / --phone are missing\n", 2)
