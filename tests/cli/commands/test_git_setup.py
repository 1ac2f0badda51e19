"""`pkes git setup`, and what git does from then on, in real repositories."""

import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from pkes.cli import app
from tests.conftest import SHIPPED
from tests.git.repositories import new_repository

README = Path(__file__).parents[3] / "README.md"
ADDED = """\
.gitattributes: added: /registry.toml merge=pkes diff=pkes
git config: added: merge.pkes.name
git config: added: merge.pkes.driver
git config: added: diff.pkes.xfuncname
git merges by this Python: {python}
"""
COMMIT = 'pkes: commit .gitattributes, and run "pkes git setup" once in every other clone\n'


@pytest.fixture
def git(tmp_path, monkeypatch):
    git = new_repository(tmp_path / "repository", monkeypatch)
    git.write("registry.toml", SHIPPED.read_text(encoding="utf-8"))
    git.write(".gitignore", ".*.lock\n")
    git.commit("Begin")
    monkeypatch.chdir(git.folder)
    return git


@pytest.fixture
def branches(git, pkes):
    """Two branches that each added a member, side by side, and one that edited a phone number."""
    assert pkes("git", "setup").status == 0
    git.commit("Set up")
    for branch, command in {
        "igla": ["add", "Igła", "--sector", "ngo"],
        "igliwie": ["add", "Igliwie", "--sector", "ngo"],
        "phone": ["edit", "bergamotka", "phone=14 681 00 00"],
    }.items():
        git("checkout", "-q", "-b", branch, "main")
        assert pkes(*command).status == 0
        git.commit(branch)
    git("checkout", "-q", "igla")
    return git


def has_all(folder):
    members = tomllib.loads((folder / "registry.toml").read_text(encoding="utf-8"))["members"]
    return {"igla", "igliwie"} < members.keys() and members["bergamotka"]["phone"] == "+48 14 681 00 00"


def test_it_says_what_it_wrote(git, pkes):
    assert pkes("git", "setup") == (0, ADDED.format(python=sys.executable), COMMIT)


def test_twice_is_once(git, pkes):
    pkes("git", "setup")
    assert pkes("git", "setup") == (0, "", "pkes: all of it is there already\n")


def test_a_virtual_environment_that_has_moved_is_told(git, pkes, monkeypatch):
    pkes("git", "setup")
    monkeypatch.setattr(sys, "executable", "/it's new/bin/python")
    said = "git config: changed: merge.pkes.driver\ngit merges by this Python: /it's new/bin/python\n"
    assert pkes("git", "setup") == (0, said, "")


def test_another_decision_is_told(git, pkes):
    git.write(".gitattributes", "registry.toml merge=union\n")
    ran = pkes("git", "setup")
    assert ran.out.startswith(".gitattributes: added: /registry.toml diff=pkes\n")
    told = 'pkes: warning: merge: git has "union" for the registry, and so not pkes; it was left so\n'
    assert (ran.status, ran.err) == (0, COMMIT + told)


def test_a_registry_in_another_folder_is_set_up_there(git, pkes, tmp_path, monkeypatch):
    path = git.write("a b/klaster.toml", "")
    monkeypatch.chdir(tmp_path)
    ran = pkes("-r", str(path), "git", "setup")
    assert ran.out.startswith("repository/a b/.gitattributes: added: /klaster.toml merge=pkes diff=pkes\n")


@pytest.mark.parametrize(
    ("arguments", "status", "error"),
    [
        (["-r", "none.toml"], 3, "pkes: none.toml: cannot be read: No such file or directory\n"),
        (
            ["-r", "../registry.toml"],
            2,
            "pkes: ../registry.toml: it stands in no git repository, or git is not installed\n"
            '"git init" in its folder makes one\n',
        ),
        (
            ["-r", ".git/registry.toml"],
            2,
            "pkes: .git/registry.toml: it stands in no git repository, or git is not installed\n"
            '"git init" in its folder makes one\n',
        ),
    ],
)
def test_no_registry_or_no_repository(git, pkes, arguments, status, error):
    for path in ("../registry.toml", ".git/registry.toml"):
        git.write(path, "format = 1\n")
    assert pkes(*arguments, "git", "setup") == (status, "", error)


def test_a_repository_that_git_refuses(git, pkes):
    git.write(".git/config", "[core]\nrepositoryFormatVersion = 99\n")
    ran = pkes("git", "setup")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("pkes: git rev-parse: fatal: ")


def test_a_configuration_that_is_locked(git, pkes):
    git.write(".git/config.lock", "")
    ran = pkes("git", "setup")
    assert (ran.status, ran.out) == (5, "")
    what = "error: could not lock config file .git/config: File exists"
    assert ran.err == f"pkes: .git/config: cannot be written: {what}; it is as it was\n"
    assert not (git.folder / ".gitattributes").exists()


def test_attributes_that_cannot_be_added_to(git, pkes):
    file = git.folder / ".gitattributes"
    file.symlink_to("other")
    assert pkes("git", "setup") == (
        5, "", f"pkes: {file}: it is a symbolic link, which git does not follow\nput a file of its own there\n"
    )  # fmt: skip
    file.unlink()
    file.write_bytes(b"* text # \xb9\n")
    assert pkes("git", "setup") == (5, "", f"pkes: {file}: not UTF-8; it is as it was\nsave the file as UTF-8\n")
    file.unlink()
    file.mkdir()
    ran = pkes("git", "setup")
    assert (ran.status, ran.err) == (5, f"pkes: {file}: cannot be written: Is a directory; it is as it was\n")


def test_in_a_terminal(git, terminal):
    seen = terminal("git", "setup")
    assert seen == ADDED.format(python=sys.executable) + COMMIT


# From then on.


def test_a_diff_names_the_record(branches):
    assert "@@ [members.bergamotka]\n" in branches("diff", "main", "phone")


def test_members_added_side_by_side_and_an_edit_merge_clean(branches, pkes):
    for branch in ("igliwie", "phone"):
        branches("merge", branch, "-m", "merge")
    assert has_all(branches.folder)
    assert branches("status", "--short") == ""
    assert "error" not in pkes("check").out


def test_plain_git_leaves_a_conflict_there(branches):
    branches("config", "--remove-section", "merge.pkes")
    with pytest.raises(subprocess.CalledProcessError):
        branches("merge", "igliwie", "-m", "merge")


def test_they_merge_clean_in_another_work_tree(branches, tmp_path):
    branches("worktree", "add", "-q", "../other work tree", "phone")
    git = type(branches)(tmp_path / "other work tree")
    for branch in ("igliwie", "igla"):
        git("merge", branch, "-m", "merge")
    assert has_all(git.folder)


def test_they_rebase_clean(branches):
    branches("rebase", "-q", "igliwie")
    branches("rebase", "-q", "phone")
    assert has_all(branches.folder)


def test_they_are_picked_clean(branches):
    branches("cherry-pick", "igliwie", "phone")
    assert has_all(branches.folder)


@pytest.mark.parametrize("onto", ["edited", "formatted"])
def test_a_branch_that_only_formats_is_rebased_onto_an_edit_and_back(branches, pkes, onto):
    registry = branches.folder / "registry.toml"
    branches("checkout", "-q", "-b", "spaced", "main")
    text = registry.read_text(encoding="utf-8").replace('name = "', 'name   = "')
    registry.write_text(text, encoding="utf-8")
    branches.commit("Lay out by hand")
    branches("checkout", "-q", "-b", "formatted")
    assert pkes("fmt").status == 0
    branches.commit("Format")
    branches("checkout", "-q", "-b", "edited", "spaced")
    assert pkes("edit", "bergamotka", "phone=14 681 00 02").status == 0
    branches.commit("Edit")
    if onto == "formatted":
        branches("rebase", "-q", "formatted")
    else:
        branches("checkout", "-q", "formatted")
        branches("rebase", "-q", "edited")
    assert branches("log", "--format=%s", "-2").split() == (
        ["Edit", "Format"] if onto == "formatted" else ["Format", "Edit"]
    )
    assert "+48 14 681 00 02" in registry.read_text(encoding="utf-8")
    assert pkes("fmt", "--check").status == 0


def test_one_side_of_every_conflict_is_taken_as_readme_says(branches, pkes):
    branches("checkout", "-q", "-b", "other", "phone~1")
    assert pkes("edit", "bergamotka", "phone=14 681 00 01").status == 0
    branches.commit("other")
    command = re.search(r"`git (-c merge\.pkes\.driver=.*) merge BRANCH`", README.read_text("utf-8"))
    assert command
    branches(*shlex.split(command[1]), "merge", "phone", "-m", "merge")
    assert "14 681 00 01" in (branches.folder / "registry.toml").read_text(encoding="utf-8")


def test_both_sides_add_the_file(branches):
    branches("checkout", "-q", "--orphan", "other")
    registry = branches.folder / "registry.toml"
    registry.write_text(registry.read_text(encoding="utf-8").replace("Igła", "Igiełka"), encoding="utf-8")
    branches.commit("Begin again")
    branches("merge", "phone", "--allow-unrelated-histories", "-m", "merge")
    members = tomllib.loads(registry.read_text(encoding="utf-8"))["members"]
    assert members["igla"]["name"] == "Igiełka"
    assert members["bergamotka"]["phone"] == "+48 14 681 00 00"


def test_a_conflict_is_left_in_its_field_alone(branches, pkes):
    branches("checkout", "-q", "-b", "other", "phone~1")
    assert pkes("edit", "bergamotka", "phone=14 681 00 01").status == 0
    branches.commit("other")
    with pytest.raises(subprocess.CalledProcessError) as caught:
        branches("merge", "phone", "-m", "merge")
    assert caught.value.returncode == 1
    assert "pkes: registry.toml: conflict: member bergamotka, phone\n" in caught.value.stderr
    assert branches("status", "--short") == "UU registry.toml"
    text = (branches.folder / "registry.toml").read_text(encoding="utf-8")
    assert (
        "<<<<<<< ours: member bergamotka phone\n"
        'phone = "+48 14 681 00 01"\n'
        "=======\n"
        'phone = "+48 14 681 00 00"\n'
        ">>>>>>> theirs: member bergamotka phone\n"
    ) in text


def test_the_driver_imports_nothing_from_the_work_tree(branches):
    for name in ("pkes", "typing", "json"):
        branches.write(f"{name}/__init__.py", "raise SystemExit(3)\n")
        branches.write(f"{name}.py", "raise SystemExit(3)\n")
    branches("merge", "igliwie", "-m", "merge")
    assert app.__file__ != str(branches.folder / "pkes" / "cli" / "app.py")
