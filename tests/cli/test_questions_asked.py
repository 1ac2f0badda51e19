"""Questions."""

import io
import sys

import pytest

from pkes.cli import questions
from pkes.errors import WrongValue


@pytest.fixture
def answers(monkeypatch):
    def give(text: str) -> None:
        monkeypatch.setattr(sys, "stdin", io.StringIO(text))

    return give


@pytest.mark.parametrize(
    ("typed", "agreed"),
    [
        ("y\n", True),
        ("Yes\n", True),
        ("tak\n", True),
        ("\n", False),
        ("n\n", False),
        ("nie\n", False),
        ("?\ny\n", True),
    ],
)
def test_confirm(answers, capsys, typed, agreed):
    answers(typed)
    assert questions.confirm("Remove?") is agreed
    seen = capsys.readouterr()
    assert seen.out == ""
    assert seen.err.startswith("Remove? [y/N] ")


def test_ask_comes_again_until_the_answer_can_be_used(answers, capsys):
    def parse(text: str) -> int:
        if not text.isdigit():
            raise WrongValue("age", "number")
        return int(text)

    answers("old\n 7 \n")
    assert questions.ask("Age", parse) == 7
    assert capsys.readouterr().err == "Age: pkes: age: not a whole number from 0\nAge: "


def test_nothing_typed_is_the_default(answers, capsys):
    answers("\n")
    assert questions.ask("Id", str, "igla-2") == "igla-2"
    assert capsys.readouterr().err == "Id [igla-2]: "


def test_the_end_of_the_input_breaks_off(answers, capsys):
    answers("")
    with pytest.raises(KeyboardInterrupt):
        questions.confirm("Remove?")
    assert capsys.readouterr().err == "Remove? [y/N] \n"


def test_a_question_holds_no_command(answers, capsys):
    answers("\n")
    questions.ask("A\x1b[31m", str)
    assert capsys.readouterr().err == "A\\x1b[31m: "


def test_pipes_are_not_interactive(answers):
    answers("")
    assert not questions.is_interactive()
