"""`pkes edit MEMBER` in the editor while somebody else changes the file, or the editor is broken off."""

import datetime
import os
import signal
import stat
import sys
import tempfile
import time

import pytest

from pkes.cli import editing, questions
from pkes.cli.state import State
from pkes.errors import CannotWrite, ChangedMeanwhile
from tests.cli.dialogue import PATIENCE, Dialogue
from tests.cli.editors import Editor
from tests.cli.registry_with_members import REGISTRY, changed_lines
from tests.cli.test_editing import IGLA

TOWN = ("replace", "nip =", 'town = "Łańcut"\nnip =')


@pytest.fixture
def registry(write_registry):
    return write_registry(REGISTRY)


@pytest.fixture
def editor(tmp_path, monkeypatch):
    return Editor(tmp_path / "editor", monkeypatch)


def lines(path):
    return sorted(changed_lines(path))


def kept(registry):
    """The files that texts are kept in."""
    return sorted(registry.parent.glob(".registry.toml.pkes-edit-*"))


def test_another_record_is_kept(registry, editor):
    editor.rounds([("run", "edit", "zolw", "town=Rzeszów"), ("run", "inquiry", "note", "2025", "x"), TOWN])
    assert Dialogue("edit", "igla").end()[1] == 0
    assert lines(registry) == sorted(
        ['+ town = "Łańcut"', '+ town = "Rzeszów"', "+ notes = [", '+     "2025-03-01 x",', "+ ]"]
    )
    assert kept(registry) == []


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(["edit", "igla", "county=łańcucki"], id="another field"),
        pytest.param(["edit", "igla", "town=Rzeszów"], id="the same field"),
        pytest.param(["edit", "igla", "tags="], id="cleared"),
        pytest.param(["remove", "igla", "-y"], id="removed"),
        pytest.param(["rename", "igla", "nic"], id="renamed"),
    ],
)
def test_a_record_changed_meanwhile_is_not_written_and_the_text_is_kept(write_registry, editor, other):
    registry = write_registry(REGISTRY.replace('coordinator = "igla"', 'coordinator = "zolw"'))
    editor.rounds([("run", *other), TOWN])
    said, status = Dialogue("edit", "igla").end()
    [file] = kept(registry)
    assert said.splitlines()[-3:-1] == [
        f"pkes: what was typed is kept in {file.name}",
        "pkes: registry.toml: somebody else changed it meanwhile; nothing was written",
    ]
    assert status == 5
    assert file.read_text(encoding="utf-8") == IGLA.replace("nip =", 'town = "Łańcut"\nnip =')
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "Łańcut" not in registry.read_text(encoding="utf-8")
    assert editor.drafts == []


def test_what_is_kept_outlives_the_next_write(registry, editor, pkes):
    editor.rounds([("run", "edit", "igla", "town=Rzeszów"), TOWN])
    assert Dialogue("edit", "igla").end()[1] == 5
    assert pkes("edit", "zolw", "town=Krosno").status == 0
    assert len(kept(registry)) == 1


def test_a_link_to_the_registry_keeps_it_beside_the_file(registry, editor, tmp_path):
    (tmp_path / "link.toml").symlink_to("folder/there.toml")
    (tmp_path / "folder").mkdir()
    registry.rename(tmp_path / "folder/there.toml")
    editor.rounds([("run", "-r", "link.toml", "edit", "igla", "town=Rzeszów"), TOWN])
    said, status = Dialogue("-r", "link.toml", "edit", "igla").end()
    [file] = (tmp_path / "folder").glob(".there.toml.pkes-edit-*.toml")
    assert (str(file) in said, status) == (True, 5)


def test_a_text_that_cannot_be_kept_there_stays_where_it_is(registry, editor, pkes, monkeypatch, capsys):
    def refused(*_):
        raise CannotWrite("registry.toml", OSError("full"))

    def typing(_editor, path):
        path.write_text(path.read_text(encoding="utf-8").replace("szycie", "haft"), encoding="utf-8")
        assert pkes("edit", "igla", "county=łańcucki").status == 0

    monkeypatch.setattr(tempfile, "tempdir", str(editor.folder))
    monkeypatch.setattr(editing, "keep_beside", refused)
    monkeypatch.setattr(questions, "is_interactive", lambda: True)
    monkeypatch.setattr(editing.editor, "run", typing)
    state = State(registry, datetime.date(2025, 3, 1), "en")
    with pytest.raises(ChangedMeanwhile):
        editing.edit(state, "member", lambda _: "igla")
    [draft] = editor.drafts
    assert f"what was typed is kept in {draft}" in capsys.readouterr().err
    assert kept(registry) == []


def test_a_layout_that_somebody_else_gave_it_is_a_change(registry, editor):
    editor.rounds([TOWN])
    script = editor.folder / "editor.py"
    inline = REGISTRY.replace(REGISTRY[REGISTRY.index(IGLA) :][: len(IGLA)], "").replace(
        "[members.zolw]", '[members]\nigla = { name = "Igła", sector = "ngo" }\n\n[members.zolw]'
    )
    added = f"pathlib.Path('registry.toml').write_text({inline!r}, encoding='utf-8')\n"
    script.write_text(script.read_text(encoding="utf-8") + added, encoding="utf-8")
    said, status = Dialogue("edit", "igla").end()
    assert ("somebody else changed it meanwhile" in said, status) == (True, 5)
    assert len(kept(registry)) == 1


def test_what_the_others_made_wrong_leads_back(registry, editor):
    other = ("run", "edit", "zolw", "nip=5261040828")
    editor.rounds([other, ("replace", "1234563218", "5261040828")], [("put", "")])
    said, status = Dialogue("edit", "igla").end()
    assert 'member igla, nip: it is that of "zolw" too' in said
    assert status == 0
    assert lines(registry) == ['+ nip = "5261040828"']


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
