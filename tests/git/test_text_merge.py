"""git's merge of lines, as the driver asks for it."""

import pytest

from pkes.errors import GitFailed
from pkes.git.running import merge_file, shows_base
from tests.git.repositories import new_repository

BASE = b"1\n2\n3\n4\n5\n6\n"


@pytest.fixture
def git(tmp_path, monkeypatch):
    git = new_repository(tmp_path / "repository", monkeypatch)
    monkeypatch.chdir(git.folder)
    return git


def merged(git, ours, theirs, base=BASE):
    files = []
    for name, data in (("-ours", ours), ("base", base), ("their s", theirs)):
        files.append((git.folder / name).relative_to(git.folder))
        files[-1].write_bytes(data)
    found = merge_file(*files)
    assert [file.read_bytes() for file in files] == [ours, base, theirs]
    return found


def test_what_is_clean_is_merged(git):
    assert merged(git, b"one\n2\n3\n4\n5\n6\n", b"1\n2\n3\n4\n5\nsix\n") == (b"one\n2\n3\n4\n5\nsix\n", 0)


def test_bytes_stay_as_they_are(git):
    assert merged(git, BASE + b"\xff\r\n", BASE) == (BASE + b"\xff\r\n", 0)


def test_conflicts_are_counted(git):
    data, conflicts = merged(git, b"a\n2\n3\n4\n5\na\n", b"b\n2\n3\n4\n5\nb\n")
    assert conflicts == 2
    assert data.startswith(b"<<<<<<< ours\na\n=======\nb\n>>>>>>> theirs\n2\n")


def test_two_sides_without_a_base(git):
    assert merged(git, b"a\n", b"b\n", base=b"").conflicts == 1


@pytest.mark.parametrize(("style", "shows"), [("merge", False), ("diff3", True), ("zdiff3", True)])
def test_the_style_is_the_user_s(git, style, shows):
    git("config", "merge.conflictStyle", style)
    assert shows_base() is shows
    assert (b"||||||| base\n1\n" in merged(git, b"a\n2\n", b"b\n2\n", base=b"1\n2\n").data) is shows


def test_the_style_may_come_from_the_git_that_calls(git, monkeypatch):
    assert not shows_base()
    monkeypatch.setenv("GIT_CONFIG_PARAMETERS", "'merge.conflictStyle'='diff3'")
    assert shows_base()
    assert b"||||||| base\n" in merged(git, b"a\n", b"b\n", base=b"1\n").data


def test_what_is_no_text_is_an_error(git):
    with pytest.raises(GitFailed) as caught:
        merged(git, b"a\0", b"b\0")
    assert caught.value.command == "git merge-file"
    assert "binary" in caught.value.reason


def test_without_git_there_is_neither_merge_nor_style(git, monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(GitFailed):
        merged(git, b"", b"")
    assert not shows_base()
