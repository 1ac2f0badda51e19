"""The examples that helps end with: every command has some, and each does what it says."""

import re
import shlex

import pytest

from pkes.cli import command_tree
from pkes.cli.help import EXAMPLES
from pkes.registers import service
from tests.conftest import SHIPPED
from tests.git.repositories import new_repository
from tests.registers import answers

INQUIRIES = """
[inquiries.2025-02-01-abc]
received = 2025-02-01
name = "Fundacja Przykład"
email = "biuro@example.org"
phone = "+48 13 446 00 01"
channel = "email"
topic = "join"
sector = "ngo"
status = "new"
lawful_basis = "zgoda"

[inquiries.2025-02-02-closed]
received = 2022-02-02
person = "Jan Dawny"
email = "jan@example.org"
channel = "email"
topic = "join"
status = "declined"
closed = 2022-02-03
lawful_basis = "zgoda"
"""
LINES = [pytest.param(command, line, id=line) for command, lines in EXAMPLES.items() for line in lines]


def test_every_command_has_examples():
    every = set()
    for name, held in command_tree.COMMANDS.items():
        every |= {name} if isinstance(held, str) else {f"{name} {inner}".strip() for inner in held}
    assert EXAMPLES.keys() == every


def begin(tmp_path, monkeypatch):
    """Make the working folder a repository with all that the examples name; the court register knows every number."""
    git = new_repository(tmp_path / "repository", monkeypatch)
    monkeypatch.chdir(git.folder)
    shipped = SHIPPED.read_text(encoding="utf-8")
    text = shipped.replace("[members.", '[sectors.unused]\npl = "p"\nen = "e"\n\n[members.', 1) + INQUIRIES
    text = re.sub(r"(?s)(\[members\.bergamotka\].*?)(?=source)", r'\1krs = "0000999002"\n', text, count=1)
    monkeypatch.setattr(service.Service, "answer", lambda _self, number: answers.answer(number))
    for name in ("registry.toml", "base.toml", "ours.toml", "theirs.toml"):
        git.write(name, text)
    git.write("members.csv", "Nazwa,Sektor,Opis\nFundacja Nowa,ngo,x\n")
    git.write("registry.toml", text.replace("Dębica", "Ropczyce"))
    git.commit("Begin")
    git.write("registry.toml", text)
    git.commit("Bergamotka has moved")
    return git.folder / "registry.toml"


@pytest.mark.parametrize(("command", "line"), LINES)
def test_an_example_works(tmp_path, monkeypatch, pkes, command, line):
    begin(tmp_path, monkeypatch)
    program, *arguments = shlex.split(line)
    assert line.startswith(f"pkes {command}")
    assert program == "pkes"
    ran = pkes(*arguments)
    assert (ran.status, "Traceback" in ran.err) == (0, False), ran.err


def test_a_help_ends_with_them(pkes):
    shown = pkes("show", "--help").out.rstrip("\n").splitlines()[-3:]
    assert shown == [" Examples:", "   pkes show slady", "   pkes show bergamotka --json"]
