"""`pkes init`: the registry of another cluster."""

import io
import os
import subprocess
import sys

import pytest

from pkes import i18n
from pkes.cli.commands import init
from pkes.errors import GitFailed
from pkes.git.repository import Repository
from tests.cli.dialogue import Dialogue
from tests.conftest import environment

GIVEN = ("--name", "Klaster Próbny", "--coordinator", "Fundacja Początek", "--sector", "ngo")
STEPS = """\
pkes: what comes next:
  git init           keeps every change, with its day and its author
  pkes git setup     lets git merge and show the registry by its records
  pkes cluster edit  says more of the cluster: FIELD=VALUE …
  pkes sectors       shows the sectors; add, rename and remove fit them to the cluster
  pkes add           adds the next member
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_init_here(folder, pkes, expect):
    ran = pkes("init", *GIVEN, "--short-name", "KP", "--email", "kp@example.org")
    assert (ran.status, ran.out) == (0, "")
    assert ran.err == f"pkes: registry.toml: written\npkes: .gitignore: written\n{STEPS}"
    expect("init.toml", (folder / "registry.toml").read_text(encoding="utf-8"))
    assert pkes("check", "--strict").status == 0
    assert pkes("fmt", "--check").status == 0


def test_init_in_a_new_folder_with_a_space(folder, pkes):
    ran = pkes("init", "our cluster/registry", *GIVEN)
    assert ran.err.splitlines() == [
        "pkes: our cluster/registry/registry.toml: written",
        "pkes: our cluster/registry/.gitignore: written",
        "pkes: what comes next:",
        "  cd 'our cluster/registry'",
        *STEPS.splitlines()[1:],
    ]
    assert sorted(os.listdir(folder / "our cluster/registry")) == [".gitignore", "registry.toml"]


def test_what_comes_next_works(folder, pkes):
    pkes("init", *GIVEN)
    subprocess.run(["git", "init", "-q"], check=True, env=environment({}))
    for command in (["git", "setup"], ["cluster", "edit", "region=x"], ["sectors"], ["add", "Nowa", "-s", "nauka"]):
        assert pkes(*command).status == 0, command
    seen = subprocess.run(["git", "status", "--porcelain", "-uall"], capture_output=True, check=True, text=True)
    assert seen.stdout.splitlines() == ["?? .gitattributes", "?? .gitignore", "?? registry.toml"]


def test_in_a_repository_git_init_is_no_step(folder, pkes):
    subprocess.run(["git", "init", "-q"], check=True, env=environment({}))
    assert "  git init " not in pkes("init", "here", *GIVEN).err


def test_in_a_repository_of_another_user_git_init_is_no_step(folder, pkes, monkeypatch):
    def refuse(path):
        raise GitFailed("git rev-parse", "fatal: detected dubious ownership in repository")

    monkeypatch.setattr(Repository, "find", refuse)
    ran = pkes("init", *GIVEN)
    assert ran.status == 0
    assert "  git init " not in ran.err


@pytest.mark.parametrize("name", ["registry.toml", "x/registry.toml"])
def test_init_never_overwrites(folder, pkes, name):
    (folder / "x").mkdir()
    (folder / name).write_text("old")
    ran = pkes("init", os.path.dirname(name) or ".", *GIVEN)
    assert ran == (5, "", f"pkes: {name}: it is there already, and was not overwritten\n")
    assert (folder / name).read_text() == "old"
    assert not list(folder.rglob(".gitignore"))


def test_a_registry_above_is_no_matter(shipped, pkes):
    assert pkes("init", "inner", *GIVEN).status == 0
    assert "Klaster Próbny" in pkes("-r", "inner/registry.toml", "profile").out


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        pytest.param([], 2, "--name, --coordinator, --sector are missing\n", id="nothing given"),
        pytest.param([*GIVEN[:4], "-s", ""], 2, "--sector is missing\n", id="an empty sector"),
        pytest.param([*GIVEN, "--name", "a\nb"], 2, "name: a line end does not belong here\n", id="line end"),
        pytest.param([*GIVEN, "--coordinator", " "], 2, "coordinator: empty\n", id="a coordinator of spaces"),
        pytest.param([*GIVEN, "-s", "ngi"], 2, 'unknown sector "ngi" (did you mean "ngo"?)\n', id="sector"),
        pytest.param([*GIVEN, "--email", "a"], 2, "email: not an e-mail address: there is no @ in it\n", id="e-mail"),
        pytest.param([*GIVEN, "a", "b"], 2, "too many arguments\n", id="two folders"),
        pytest.param(["file", *GIVEN], 5, "file: cannot be written: Not a directory; it is as it was\n", id="a file"),
    ],
)
def test_init_refuses(folder, pkes, arguments, status, says):
    (folder / "file").touch()
    ran = pkes("init", *arguments)
    assert (ran.status, ran.out) == (status, "")
    assert ran.err.startswith(f"pkes: {says}")
    assert os.listdir(folder) == ["file"]


def test_the_folder_says_where_and_not_the_option(folder, pkes):
    ran = pkes("-r", "x/registry.toml", "init", *GIVEN)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("pkes: -r: FOLDER says where the new registry is to be\n")
    assert pkes("init", *GIVEN, PKES_REGISTRY="x/registry.toml").status == 0
    assert sorted(os.listdir(folder)) == [".gitignore", "registry.toml"]


def test_init_asks(folder, expect):
    dialogue = Dialogue("init", "new")
    said = dialogue.answer("Name of the cluster: ", "")
    assert said == (
        "pkes: this begins a registry in new/registry.toml\n"
        'Each question is answered with Enter; "back" or Ctrl-C leaves, and nothing is written.\n'
    )
    assert dialogue.answer("Name of the cluster: ", "Klaster Próbny") == "pkes: name: empty\n"
    dialogue.answer("Short name (Enter: none): ", "KP")
    dialogue.answer("Name of the member that coordinates it: ", "Fundacja Początek")
    said = dialogue.answer("Its sector, by number or name: ", "6")
    assert said == ("  1  business\n  2  NGOs\n  3  public administration\n  4  science\n  5  social economy\n")
    assert dialogue.answer("by number or name: ", "").startswith('pkes: unknown sector "6"\n')
    assert dialogue.answer("by number or name: ", "2").startswith("pkes: sector: empty\n")
    dialogue.answer("Its e-mail address (Enter: none): ", "kp")
    said = dialogue.answer("Its e-mail address (Enter: none): ", "kp@example.org")
    assert said == "pkes: email: not an e-mail address: there is no @ in it\n"
    dialogue.answer("Save every change in git at once? [y/N] ", "")
    assert dialogue.end()[1] == 0
    expect("init.toml", (folder / "new" / "registry.toml").read_text(encoding="utf-8"))


def test_init_asks_only_for_what_was_not_given(folder):
    dialogue = Dialogue("init", "--name", "K", "--email", "k@example.org", "-s", "nauka")
    dialogue.answer("Short name (Enter: none): ", "")
    dialogue.answer("Name of the member that coordinates it: ", "Żółw")
    dialogue.answer("Save every change in git at once? [y/N] ", "")
    said, status = dialogue.end()
    assert (status, "?" in said, "sector, by" in said) == (0, False, False)
    text = (folder / "registry.toml").read_text(encoding="utf-8")
    assert '[cluster]\nname = "K"\ncoordinator = "zolw"\nemail = "k@example.org"\n' in text
    assert 'sector = "science"' in text


def test_what_is_required_is_enough_on_a_terminal(folder):
    said, status = Dialogue("init", *GIVEN).end()
    assert (status, ": written" in said, "Enter" in said) == (0, True, False)


def test_nothing_is_asked_where_there_is_a_registry(folder):
    (folder / "registry.toml").touch()
    assert Dialogue("init").end() == ("pkes: registry.toml: it is there already, and was not overwritten\n", 5)


def test_breaking_off_leaves_nothing(folder):
    dialogue = Dialogue("init", "new")
    dialogue.answer("Name of the cluster: ", "K")
    dialogue.read_to("Short name (Enter: none): ")
    os.write(dialogue.ours, b"\x04")
    assert dialogue.end()[1] == 130
    assert os.listdir(folder) == []


def test_the_sectors_are_shown_in_the_language_of_the_user(monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", io.StringIO("4\n"))
    asked = {"sector": init._asked()["sector"]}
    monkeypatch.setattr(i18n, "_language", "pl")
    assert init._answers(asked, {}) == {"sector": "science"}
    assert "  4  nauka\n" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("option", "policy"), [("--autosave", "autosave = true\n"), ("--no-autosave", "autosave = false\n")]
)
def test_saving_at_once_is_a_choice(folder, pkes, option, policy):
    assert pkes("init", *GIVEN, option).status == 0
    assert policy in (folder / "registry.toml").read_text(encoding="utf-8")
