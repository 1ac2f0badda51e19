"""The user's editor, and the file that it is opened on."""

import sys

import pytest

from pkes.cli.terminal import editor as editors
from pkes.errors import CannotWrite, NoEditor
from tests.cli.dialogue import Dialogue
from tests.cli.editors import Editor
from tests.cli.registry_with_members import REGISTRY, changed_lines


@pytest.fixture
def registry(write_registry):
    return write_registry(REGISTRY)


@pytest.fixture
def editor(tmp_path, monkeypatch):
    return Editor(tmp_path / "editor", monkeypatch)


def test_editor_is_used_where_visual_is_empty(registry, tmp_path, monkeypatch):
    editor = Editor(tmp_path / "editor", monkeypatch, "EDITOR")
    monkeypatch.setenv("VISUAL", " ")
    editor.rounds([])
    assert Dialogue("edit", "igla").end()[1] == 0
    assert editor.count == 1


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("no-such-editor --wait", "VISUAL: the editor cannot be started: No such file or directory"),
        ("code 'a", "VISUAL: a quotation mark in it is not closed"),
        ("false", "VISUAL: the editor ended with status 1; nothing was changed"),
    ],
)
def test_an_editor_that_does_not_work(registry, editor, monkeypatch, given, says):
    monkeypatch.setenv("VISUAL", given)
    said, status = Dialogue("edit", "igla").end()
    assert (said, status) == (f"pkes: {says}\n", 2)
    assert editor.drafts == []


def test_what_was_typed_before_an_editor_failed_is_kept(registry, editor):
    editor.rounds([("replace", "Igła", "Nić"), ("exit", 3)])
    said, status = Dialogue("edit", "igla").end()
    (draft,) = editor.drafts
    assert said.splitlines() == [
        f"pkes: what was typed is kept in {draft}",
        "pkes: VISUAL: the editor ended with status 3; nothing was changed",
    ]
    assert status == 2
    assert "Nić" in draft.read_text(encoding="utf-8")
    assert registry.read_text(encoding="utf-8") == REGISTRY


def test_where_no_editor_is_named_a_usual_one_is_taken(registry, editor, tmp_path, monkeypatch):
    monkeypatch.delenv("VISUAL")
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    assert Dialogue("edit", "igla").end() == (
        "pkes: VISUAL / EDITOR: it is not set, and no editor was found\n", 2,
    )  # fmt: skip
    usual = folder / "nano"
    usual.write_text('#!/bin/sh\necho "# by nano" >> "$1"\n', encoding="utf-8")
    usual.chmod(0o755)
    assert Dialogue("edit", "igla").end()[1] == 0
    assert "+ # by nano" in changed_lines(registry)


@pytest.mark.parametrize(
    ("visual", "command"),
    [
        ("vi", ["vi"]),
        ("code --wait", ["code", "--wait"]),
        ("'/a folder/ed' -x", ["/a folder/ed", "-x"]),
    ],
)
def test_the_command_may_have_arguments(monkeypatch, visual, command):
    monkeypatch.setenv("VISUAL", visual)
    assert editors.find() == ("VISUAL", command)


def test_a_quotation_mark_left_open(monkeypatch):
    monkeypatch.setenv("VISUAL", '"vi')
    with pytest.raises(NoEditor):
        editors.find()


def test_a_folder_that_cannot_be_made(monkeypatch, tmp_path):
    monkeypatch.setattr(editors.tempfile, "tempdir", str(tmp_path / "no-such-folder"))
    with pytest.raises(CannotWrite), editors.draft("x.toml"):
        pass


def test_a_file_that_cannot_be_made(monkeypatch, tmp_path):
    monkeypatch.setattr(editors.tempfile, "tempdir", str(tmp_path))
    with pytest.raises(CannotWrite), editors.draft("no/x.toml") as draft:
        draft.write("x")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_gone_is_empty_and_what_an_editor_left_beside_it_goes(monkeypatch, tmp_path):
    monkeypatch.setattr(editors.tempfile, "tempdir", str(tmp_path))
    with editors.draft("x.toml") as draft:
        draft.write("x")
        draft.path.with_name("x.toml~").touch()
        draft.path.unlink()
        assert draft.read() == b""
    assert list(tmp_path.iterdir()) == []


def test_where_stdout_is_no_terminal_the_editor_has_stderr(registry, editor, tmp_path):
    script = tmp_path / "sees.sh"
    script.write_text('#!/bin/sh\ntest -t 1 && echo "# a terminal" >> "$1"\n', encoding="utf-8")
    script.chmod(0o755)
    command = f"VISUAL={script} {sys.executable} -m pkes edit igla --json > out"
    assert Dialogue(command=["sh", "-c", command]).end()[1] == 0
    assert (registry.parent / "out").read_text(encoding="utf-8") == "[]\n"
    assert "+ # a terminal" in changed_lines(registry)


@pytest.mark.parametrize(
    ("given", "command"),
    [
        (r"C:\Windows\notepad.exe", [r"C:\Windows\notepad.exe"]),
        (r'"C:\Program Files\Code\code.exe" --wait', [r"C:\Program Files\Code\code.exe", "--wait"]),
        ("", ["notepad"]),
    ],
)
def test_the_editor_on_windows(monkeypatch, given, command):
    monkeypatch.setenv("VISUAL", given)
    monkeypatch.delenv("EDITOR", raising=False)
    monkeypatch.setattr(editors.shutil, "which", lambda name: name)
    with monkeypatch.context() as windows:
        windows.setattr(editors.os, "name", "nt")
        found = editors.find()
    assert found.command == command
