"""The command that git runs for a merge: whatever becomes of its Python, a merge is no worse than git's own."""

import subprocess
from pathlib import Path

import pytest

from pkes.git.drivers import merge_command, set_up
from pkes.git.repository import Repository
from tests.git.repositories import Git, new_repository

BASE = "1\n2\n3\n4\n5\n6\n7\n"
CLEAN = ("one\n2\n3\n4\n5\n6\n7\n", "1\n2\n3\n4\n5\n6\nseven\n", "one\n2\n3\n4\n5\n6\nseven\n")
CONFLICT = ("ours\n2\n3\n4\n5\n6\n7\n", "theirs\n2\n3\n4\n5\n6\n7\n")
MARKED = "<<<<<<< ours\nours\n=======\ntheirs\n>>>>>>> theirs\n2\n3\n4\n5\n6\n7\n"


@pytest.fixture
def git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    return new_repository(tmp_path / "repository", monkeypatch)


def program(path: Path, body: str) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)
    return str(path)


def merged(git: Git, python: str, ours: str, theirs: str, path: str = "registry.toml") -> tuple[int, str]:
    """Merge two branches that changed a file, and return git's status and the file."""
    file = git.write(path, BASE)
    repository = Repository.find(file)
    assert repository
    set_up(repository, python)
    git.commit("base")
    for branch, text in (("theirs", theirs), ("ours", ours)):
        git("checkout", "-q", "-b", branch, "main")
        git.write(path, text)
        git.commit(branch)
    try:
        git("merge", "theirs", "-m", "merge")
    except subprocess.CalledProcessError as error:
        return error.returncode, file.read_text()
    return 0, file.read_text()


BROKEN = {
    "gone": "/nowhere/bin/python",
    "without the program": "exit 1",
    "of an older program": "exit 2",
    "at fault": "exit 70",
    "interrupted": "exit 130",
    "killed": "kill -9 $$",
}


@pytest.fixture(params=BROKEN.items(), ids=BROKEN)
def broken(request, tmp_path):
    name, body = request.param
    return body if name == "gone" else program(tmp_path / "python", body)


def test_a_python_that_cannot_merge_leaves_the_merge_to_git(git, broken):
    assert merged(git, broken, *CLEAN[:2]) == (0, CLEAN[2])


def test_a_python_that_cannot_merge_leaves_the_conflict_to_git(git, broken):
    assert merged(git, broken, *CONFLICT) == (1, MARKED)
    assert git("status", "--short") == "UU registry.toml"
    assert git("ls-files", "--others") == ""


def test_a_conflict_that_was_left_is_not_merged_again(git, tmp_path):
    python = program(tmp_path / "python", 'shift 6; echo "<<<<<<< mine" > "$2"; exit 1')
    assert merged(git, python, *CLEAN[:2]) == (1, "<<<<<<< mine\n")


def test_a_merge_that_was_killed_half_way_is_git_s_all_the_same(git, tmp_path):
    python = program(tmp_path / "python", 'shift 6; git merge-file "$2" "$1" "$3"; kill -9 $$')
    assert merged(git, python, *CLEAN[:2]) == (0, CLEAN[2])


@pytest.mark.parametrize(
    ("folder", "path"),
    [
        pytest.param('it\'s "50%Off" $(touch x) \\ ;', "registry.toml", id="of the Python"),
        pytest.param("bin", "sub/-q'\"; $(touch x) %O ż\n.toml", id="of the registry"),
    ],
)
def test_a_path_of_any_name(git, tmp_path, folder, path):
    seen = tmp_path / "seen"
    python = program(tmp_path / folder / "python", f'printf \'%s\\0\' "$@" > \'{seen}\'; cat "$9" > "$8"')
    assert merged(git, python, *CLEAN[:2], path=path) == (0, CLEAN[1])
    *arguments, base, ours, theirs, name = seen.read_text().split("\0")[:-1]
    assert arguments == ["-P", "-m", "pkes", "git", "merge", "--"]
    assert name == path
    assert not {base, ours, theirs} & {path}
    assert [file.name for file in git.folder.glob("**/x")] == []


def test_the_status_is_never_that_of_a_crash(tmp_path):
    command = merge_command("/nowhere/bin/python").replace("%P", "registry.toml")
    for sign, data in (("%O", b"base\0"), ("%A", b"ours\0"), ("%B", b"theirs\0")):  # git merge-file gives up: 255
        (tmp_path / sign[1]).write_bytes(data)
        command = command.replace(sign, sign[1])
    assert subprocess.run(["sh", "-c", command], cwd=tmp_path, capture_output=True, check=False).returncode == 1
    assert (tmp_path / "A").read_bytes() == b"ours\0"
