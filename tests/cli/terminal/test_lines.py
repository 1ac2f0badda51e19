"""Lines that are typed: edited, asked for on stderr alone, and left with a word."""

import subprocess
import sys

import pytest

from tests import registries
from tests.cli.dialogue import Dialogue

LEFT, RIGHT, UP, HOME = "\x1b[D", "\x1b[C", "\x1b[A", "\x1b[H"

WITHOUT_READLINE = (
    sys.executable,
    "-c",
    "import sys; sys.modules['readline'] = None; from pkes.cli import app; sys.exit(app.main(sys.argv[1:]))",
)


@pytest.fixture
def registry(write_registry):
    return write_registry(registries.with_member(registries.REGISTRY, "nic"))


def name_of(registry, id):
    text = registry.read_text(encoding="utf-8")
    return text.partition(f"[members.{id}]")[2].partition('name = "')[2].partition('"')[0]


@pytest.mark.parametrize("term", ["xterm-256color", "dumb"])
def test_an_answer_is_edited_with_the_arrow_keys(registry, term):
    dialogue = Dialogue("add", "-s", "ngo", TERM=term)
    dialogue.answer("Name: ", f"Fundacja Nść{LEFT}{LEFT}i{RIGHT}{RIGHT}!{HOME}„")
    dialogue.answer("Save it? [Y/n] ", "")
    said, status = dialogue.end()
    assert status == 0
    assert "^[[" not in said
    assert name_of(registry, "nisc") == "„Fundacja Niść!"


def test_the_arrow_up_brings_back_what_was_typed_before(registry):
    dialogue = Dialogue("add", "--town", "Nisko")
    dialogue.answer("Name: ", "Kłos")
    dialogue.answer("name: ", "Kłos")
    dialogue.answer("name: ", f"{UP}{HOME}1\x0b")  # with all behind the 1 deleted
    dialogue.answer("Save it? [Y/n] ", "")
    assert dialogue.end()[1] == 0
    assert name_of(registry, "klos") == "Kłos"


@pytest.mark.parametrize("how", ["file", "closed"])
def test_a_question_leaves_nothing_in_stdout(registry, tmp_path, how):
    out = tmp_path / "out"
    shell = {"file": 'exec "$@" >out', "closed": 'exec "$@" >&-'}[how]
    dialogue = Dialogue(
        "remove", "nic", command=("sh", "-c", shell, "sh", sys.executable, "-m", "pkes"), TERM="xterm-256color"
    )
    dialogue.answer("Remove it? [y/N] ", f"n{LEFT}y{RIGHT}\x7f")
    assert dialogue.end()[1] == 0
    if how == "file":
        assert out.read_text(encoding="utf-8").splitlines()[0] == "kind\tid\taction\tfield\told\tnew"
        assert len(out.read_text(encoding="utf-8").splitlines()) == 2


@pytest.mark.parametrize("word", ["back", "wstecz", " Wstecz "])
@pytest.mark.parametrize("command", [["add"], ["remove", "nic"], ["inquiry", "add"]])
def test_a_word_leaves_with_nothing_written(registry, command, word):
    before = registry.read_bytes()
    dialogue = Dialogue(*command)
    dialogue.read_to(": " if command[-1] == "add" else "[y/N] ")
    dialogue.type(word)
    said, status = dialogue.end()
    assert said.splitlines()[-1] == "pkes: nothing was changed"
    assert status == 0
    assert registry.read_bytes() == before


def test_questions_do_without_readline(registry):
    dialogue = Dialogue("add", "-s", "ngo", command=WITHOUT_READLINE)
    dialogue.answer("Name: ", "Kłos")
    dialogue.answer("Save it? [Y/n] ", "")
    assert dialogue.end()[1] == 0
    assert name_of(registry, "klos") == "Kłos"


def test_a_list_does_not_load_readline(registry):
    code = "import sys; from pkes.cli import app; app.main(['list']); sys.exit('readline' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], stdout=subprocess.DEVNULL, check=False).returncode == 0
