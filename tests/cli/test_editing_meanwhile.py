"""`pkes edit MEMBER` in the editor while somebody else changes the file, or the editor is broken off."""

import datetime
import os
import signal
import sys
import time

import pytest

from pkes.cli import editing, write
from pkes.cli.state import State
from pkes.storage.record_text import Name
from tests.cli.editors import Editor, without_help
from tests.cli.registry_with_members import REGISTRY, changed_lines
from tests.cli.test_editing import IGLA
from tests.cli.test_questions import PATIENCE, Dialogue

TOWN = ("replace", "nip =", 'town = "Łańcut"\nnip =')
MINE = [("run", "edit", "igla", "town=Rzeszów"), TOWN]
"""A round in which both set the town."""


@pytest.fixture
def registry(write_registry):
    return write_registry(REGISTRY)


@pytest.fixture
def editor(tmp_path, monkeypatch):
    return Editor(tmp_path / "editor", monkeypatch)


def lines(path):
    return sorted(changed_lines(path))


def test_another_field_is_kept(registry, editor):
    editor.rounds(
        [("run", "edit", "igla", "county=łańcucki", "tags+=nici"), TOWN, ("replace", "founder", "the founder")]
    )
    said, status = Dialogue("edit", "igla").end()
    assert (said, status) == ("~ member igla\n    Town  — → Łańcut\n", 0)
    assert lines(registry) == sorted([
        "- [members.igla] # founder", "+ [members.igla] # the founder",
        '+ town = "Łańcut"', '+ county = "łańcucki"', '+   "nici",',
    ])  # fmt: skip
    assert editor.count == 1


def test_what_is_typed_stays_in_its_place_where_others_changed_the_record(registry, editor):
    mine = ("replace", 'sector = "ngo" # so they say\nnip = "1234563218"', 'nip = "1234563218"\nsector   = "ngo"')
    editor.rounds([("run", "edit", "igla", "county=łańcucki"), mine])
    assert Dialogue("edit", "igla").end()[1] == 0
    assert 'nip = "1234563218"\nsector   = "ngo"\ncounty = "łańcucki"\n' in registry.read_text(encoding="utf-8")


def test_another_record_is_kept(registry, editor):
    editor.rounds([("run", "edit", "zolw", "town=Rzeszów"), ("run", "inquiry", "note", "2025", "x"), TOWN])
    assert Dialogue("edit", "igla").end()[1] == 0
    assert lines(registry) == sorted(
        ['+ town = "Łańcut"', '+ town = "Rzeszów"', "+ notes = [", '+     "2025-03-01 x",', "+ ]"]
    )


def test_the_same_change_is_one_change(registry, editor):
    editor.rounds([("run", "edit", "igla", "town=Łańcut"), TOWN])
    said, status = Dialogue("edit", "igla").end()
    assert (status, "town" in said.lower()) == (0, False)
    assert lines(registry) == ['+ town = "Łańcut"']


@pytest.mark.parametrize(("answer", "town"), [("1", "Łańcut"), ("2", "Rzeszów")])
def test_the_same_field_asks(registry, editor, answer, town):
    editor.rounds([*[("run", "edit", "igla", "county=łańcucki")], *MINE])
    dialogue = Dialogue("edit", "igla")
    asked = dialogue.answer("Which one stays [3]: ", answer)
    assert asked == (
        "pkes: town: somebody else changed it meanwhile\n"
        "  1  yours: Łańcut\n  2  theirs: Rzeszów\n  3  back to the editor\n"
    )
    assert dialogue.end()[1] == 0
    assert lines(registry) == ['+ county = "łańcucki"', f'+ town = "{town}"']
    assert editor.count == 1


def test_a_field_that_one_cleared_asks_too(registry, editor):
    editor.rounds([("run", "edit", "igla", "nip="), ("replace", "1234563218", "5261040828")])
    dialogue = Dialogue("edit", "igla")
    assert "  1  yours: 5261040828\n  2  theirs: (none)\n" in dialogue.answer("[3]: ", "x")
    assert '"x" is none of the numbers' in dialogue.answer("[3]: ", "2")
    assert dialogue.end()[1] == 0
    assert lines(registry) == ['- nip = "1234563218"']


@pytest.mark.parametrize(
    ("second", "town"),
    [
        pytest.param([], "Łańcut", id="as it is"),
        pytest.param([("replace", "Łańcut", "Rzeszów")], "Rzeszów", id="theirs taken"),
        pytest.param([("replace", "Łańcut", "Łąka")], "Łąka", id="a third value"),
    ],
)
def test_back_to_the_editor_what_is_typed_stays(registry, editor, second, town):
    editor.rounds(MINE, second)
    dialogue = Dialogue("edit", "igla")
    dialogue.answer("Which one stays [3]: ", "")
    assert dialogue.end()[1] == 0
    assert without_help(editor.seen(1)) == IGLA.replace(
        "nip =", '#pkes: the next line: somebody else changed town meanwhile: Rzeszów\ntown = "Łańcut"\nnip ='
    )
    assert lines(registry) == [f'+ town = "{town}"']


def test_a_field_changed_again_asks_again(registry, editor):
    editor.rounds(MINE, [("run", "edit", "igla", "town=Dębica")])
    dialogue = Dialogue("edit", "igla")
    dialogue.answer("[3]: ", "")
    assert "  2  theirs: Dębica" in dialogue.answer("[3]: ", "2")
    assert dialogue.end()[1] == 0
    assert lines(registry) == ['+ town = "Dębica"']


def test_a_change_during_the_question_is_kept(registry, editor, pkes):
    editor.rounds(MINE)
    dialogue = Dialogue("edit", "igla")
    dialogue.read_to("[3]: ")
    assert pkes("edit", "igla", "county=łańcucki").status == 0
    os.write(dialogue.ours, b"1\n")
    assert dialogue.end()[1] == 0
    assert lines(registry) == ['+ county = "łańcucki"', '+ town = "Łańcut"']


def test_what_the_others_made_wrong_leads_back(registry, editor):
    other = ("run", "edit", "zolw", "nip=5261040828")
    editor.rounds([other, ("replace", "1234563218", "5261040828")], [("put", "")])
    said, status = Dialogue("edit", "igla").end()
    assert 'member igla, nip: it is that of "zolw" too' in said
    assert status == 0
    assert lines(registry) == ['+ nip = "5261040828"']


def test_a_change_between_the_last_look_and_the_lock_is_kept(registry, monkeypatch, pkes, capsys):
    def late(*arguments, **options):
        monkeypatch.setattr(editing, "write", write.write)
        assert pkes("edit", "igla", "county=łańcucki").status == 0
        return write.write(*arguments, **options)

    state = State(registry, datetime.date(2025, 3, 1), "en")
    monkeypatch.setattr(editing, "write", late)
    typed = IGLA.replace("nip =", 'town = "Łańcut"\nnip =')
    tried = editing._try(state, Name("member", "igla"), editing.Text(IGLA, typed), write.Flags(False, False))
    assert tried.notes == ()
    assert lines(registry) == ['+ county = "łańcucki"', '+ town = "Łańcut"']
    assert capsys.readouterr().out.count("town") == 1


@pytest.mark.parametrize("command", [["remove", "igla", "-y"], ["rename", "igla", "nic"]])
def test_a_record_that_is_gone(write_registry, editor, command):
    registry = write_registry(REGISTRY.replace('coordinator = "igla"', 'coordinator = "zolw"'))
    editor.rounds([("run", *command), TOWN])
    said, status = Dialogue("edit", "igla").end()
    (draft,) = editor.drafts
    assert f"what was typed is kept in {draft}" in said
    assert "somebody else changed it meanwhile; nothing was written" in said
    assert status == 5
    assert "Łańcut" not in registry.read_text(encoding="utf-8")


def test_a_registry_that_cannot_be_read_any_more(registry, editor):
    editor.rounds([TOWN])
    script = editor.folder / "editor.py"
    script.write_text(f"{script.read_text(encoding='utf-8')}\npathlib.Path('registry.toml').write_text('x')\n")
    said, status = Dialogue("edit", "igla").end()
    assert "registry.toml:1:" in said
    assert status == 3
    assert len(editor.drafts) == 1


# Breaking off.


def waiting(editor, monkeypatch, text):
    """Let the editor write a text, say so and wait."""
    script = editor.folder / "waiting.py"
    script.write_text(
        "import pathlib, sys, time\n"
        f"pathlib.Path(sys.argv[1]).write_text({text!r})\n"
        "print('waiting', flush=True)\n"
        "time.sleep(60)\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("VISUAL", f"{sys.executable} {script}")


def test_ctrl_c_that_ends_the_editor_ends_all(registry, editor, monkeypatch):
    waiting(editor, monkeypatch, "[members.igla]\n")
    dialogue = Dialogue("edit", "igla")
    dialogue.read_to("waiting\n")
    os.killpg(dialogue.process.pid, signal.SIGINT)
    said, status = dialogue.end()
    (draft,) = editor.drafts
    assert status == 130
    assert said.endswith(f"pkes: what was typed is kept in {draft}\npkes: interrupted; the registry is as it was\n")
    assert registry.read_text(encoding="utf-8") == REGISTRY


def test_ctrl_c_is_the_editors_own_matter(registry, editor, monkeypatch):
    script = editor.folder / "stubborn.py"
    script.write_text(
        "import pathlib, signal, sys, time\n"
        "assert signal.getsignal(signal.SIGINT) is signal.default_int_handler\n"
        "path = pathlib.Path(sys.argv[1])\n"
        "try:\n    print('waiting', flush=True)\n    time.sleep(60)\n"
        "except KeyboardInterrupt:\n    path.write_text(path.read_text().replace('nip =', 'town = \"X\"\\nnip ='))\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("VISUAL", f"{sys.executable} {script}")
    dialogue = Dialogue("edit", "igla")
    dialogue.read_to("waiting\n")
    os.killpg(dialogue.process.pid, signal.SIGINT)
    assert dialogue.end()[1] == 0
    assert lines(registry) == ['+ town = "X"']


def test_killed_it_leaves_the_file_as_it_was_and_the_text(registry, editor, monkeypatch):
    waiting(editor, monkeypatch, "what was typed")
    dialogue = Dialogue("edit", "igla")
    dialogue.read_to("waiting\n")
    os.killpg(dialogue.process.pid, signal.SIGKILL)
    dialogue.process.wait(PATIENCE)
    os.close(dialogue.ours)
    time.sleep(0.1)
    (draft,) = editor.drafts
    assert draft.read_text(encoding="utf-8") == "what was typed"
    assert registry.read_text(encoding="utf-8") == REGISTRY


def test_ctrl_c_at_the_question_keeps_what_was_typed(registry, editor):
    editor.rounds(MINE)
    dialogue = Dialogue("edit", "igla")
    dialogue.read_to("[3]: ")
    dialogue.process.send_signal(signal.SIGINT)
    said, status = dialogue.end()
    (draft,) = editor.drafts
    assert said == f"\npkes: what was typed is kept in {draft}\npkes: interrupted; the registry is as it was\n"
    assert status == 130
    assert lines(registry) == ['+ town = "Rzeszów"']
