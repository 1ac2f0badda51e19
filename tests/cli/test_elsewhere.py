"""Machines that are no POSIX ones: the names that these lack are taken away; consoles have charsets of their own."""

import sys

import pytest

from tests.cli.dialogue import Dialogue
from tests.cli.editors import Editor
from tests.cli.registry_with_members import REGISTRY
from tests.conftest import environment, in_terminal

WITHOUT = """
import os, signal, sys
# Windows has none of these. The library of the lock has its own way there, and here needs fcntl, fchmod and O_NONBLOCK.
for name in ("fchown", "chown", "fork", "mkfifo", "O_DIRECTORY"):
    delattr(os, name)
for name in ("SIGHUP", "SIGKILL", "SIGQUIT", "SIGUSR1", "SIGPIPE", "SIGALRM", "pthread_sigmask", "alarm", "setitimer"):
    delattr(signal, name)
for name in ("readline", "termios", "tty", "pwd", "grp", "resource", "curses"):
    sys.modules[name] = None
from pkes.cli import app
sys.exit(app.main(sys.argv[1:]))
"""
ELSEWHERE = (sys.executable, "-c", WITHOUT)


@pytest.fixture
def registry(write_registry):
    return write_registry(REGISTRY)


def test_the_form_is_answered_and_the_file_is_written(registry):
    dialogue = Dialogue("add", "Fundacja Nić", command=ELSEWHERE)
    dialogue.answer("name: ", "ngo")
    for question in ("form [fundacja]: ", "Town: ", "Street: ", "code: ", "E-mail: ", "Phone: ", "NIP: ", "KRS: ",
                     "]: ", "Offers, divided by ;: ", "Needs, divided by ;: ", "Tags, divided by ;: "):  # fmt: skip
        dialogue.answer(question, "Łańcut" if question == "Town: " else "")
    dialogue.answer("Save it? [Y/n] ", "")
    assert dialogue.end()[1] == 0
    assert 'town = "Łańcut"' in registry.read_text(encoding="utf-8").partition("[members.nic]")[2]


def test_a_record_is_edited_and_a_word_leaves_a_question(registry, tmp_path, monkeypatch):
    editor = Editor(tmp_path / "editor", monkeypatch)
    editor.rounds([("replace", "Igła", "Igła i Nić")])
    assert Dialogue("edit", "igla", command=ELSEWHERE).end()[1] == 0
    written = registry.read_bytes()
    assert "Igła i Nić".encode() in written
    dialogue = Dialogue("remove", "zolw", command=ELSEWHERE)
    dialogue.answer("[y/N] ", "back")
    assert dialogue.end()[1] == 0
    assert registry.read_bytes() == written


@pytest.mark.parametrize("charset", ["cp852", "cp1250"])
@pytest.mark.parametrize(
    "arguments",
    [["list"], ["status"], ["profile"], ["check"], ["edit", "bergamotka", "town=Łańcut"], ["add", "--help"]],
)
def test_a_console_with_a_charset_of_its_own_shows_no_escapes(shipped, charset, arguments):
    env = environment({"TERM": "xterm", "PKES_LANG": "pl", "PYTHONIOENCODING": charset})
    seen = in_terminal([sys.executable, "-m", "pkes", *arguments], 80, env).decode(charset)
    assert "\\u" not in seen
    assert any(letter in seen for letter in "ąćęłńóśźż")


def test_what_a_console_has_no_sign_for_at_all_is_an_escape(registry, pkes):
    assert pkes("edit", "igla", "note=→ 日 „x”").status == 0
    env = environment({"TERM": "dumb", "PYTHONIOENCODING": "cp852"})
    seen = in_terminal([sys.executable, "-m", "pkes", "show", "igla"], 80, env).decode("cp852")
    assert '-> \\u65e5 "x"' in seen
