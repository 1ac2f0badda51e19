"""A registry by name: of a file, or at a revision of git."""

import pytest

from pkes.errors import (
    CannotRead,
    Malformed,
    NoRepository,
    NotInRevision,
    UnknownRevision,
    UnknownVersion,
)
from pkes.git.repository import Repository
from pkes.git.versions import at, load
from tests.git.repositories import new_repository


def registry(name):
    return f'format = 1\n[cluster]\nname = "{name}"\n'


@pytest.fixture
def git(tmp_path, monkeypatch):
    git = new_repository(tmp_path / "repository", monkeypatch)
    git.write("registry.toml", registry("committed"))
    git.commit("one")
    git.write("registry.toml", registry("now"))
    monkeypatch.chdir(git.folder)
    return git


def name_of(git, name):
    return load(name, git.registry).registry.cluster.name


def test_a_file_is_read(git, tmp_path):
    path = git.write("old.toml", "\ufeff" + registry("file"))
    for name in ("old.toml", "./old.toml", str(path), "../repository/old.toml"):
        assert load(name, None).registry.cluster.name == name_of(git, name) == "file"


@pytest.mark.parametrize("name", ["HEAD", "main", "topic/x", "v1.toml"])
def test_a_revision_is_read(git, name):
    git("tag", name) if name not in ("HEAD", "main") else None
    assert name_of(git, name) == "committed"


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        pytest.param("plain", "committed", id="plain"),
        pytest.param("a/b", "file", id="separator"),
        pytest.param("x.toml", "file", id="ending"),
        pytest.param("./plain", "file", id="forced"),
    ],
)
def test_which_is_meant_where_there_are_both(git, name, meant):
    git("branch", name.removeprefix("./"))
    git.write(name, registry("file"))
    assert name_of(git, name) == meant


def test_a_name_that_git_does_not_know_is_a_file(git, monkeypatch):
    git.write("plain", registry("file"))
    git.write("-x", registry("dash"))
    assert (name_of(git, "plain"), name_of(git, "-x")) == ("file", "dash")
    assert load("plain", None).registry.cluster.name == "file"


@pytest.mark.parametrize("name", ["no", "no.toml", "no/no", "", ".", "folder", "./main"])
def test_what_is_neither_is_refused(git, name):
    (git.folder / "folder").mkdir()
    with pytest.raises(UnknownVersion) as caught:
        load(name, git.registry)
    assert caught.value.name == name


def test_a_file_that_cannot_be_read_is_not_passed_over(git):
    (git.folder / "x.toml").symlink_to("nowhere")
    git.write("y.toml", "x = [")
    with pytest.raises(CannotRead):
        load("x.toml", git.registry)
    with pytest.raises(Malformed) as caught:
        load("y.toml", git.registry)
    assert caught.value.path == "y.toml"


def test_outside_of_a_repository_there_are_only_files(tmp_path):
    with pytest.raises(NoRepository):
        load("HEAD", tmp_path / "registry.toml")
    with pytest.raises(UnknownVersion):
        load("old.toml", tmp_path / "registry.toml")
    with pytest.raises(UnknownVersion):
        load("HEAD", None)


def test_errors_of_a_revision_name_it(git):
    repository = Repository.find(git.registry)
    git.write("registry.toml", registry("x") + "x = [")
    git.commit("two")
    git("rm", "-q", "registry.toml")
    git.commit("three")
    with pytest.raises(Malformed) as malformed:
        at(repository, "HEAD~1")
    assert (malformed.value.path, malformed.value.line) == ("HEAD~1:registry.toml", 4)
    with pytest.raises(NotInRevision) as missing:
        at(repository, "HEAD")
    assert (missing.value.revision, missing.value.path) == ("HEAD", "registry.toml")
    with pytest.raises(UnknownRevision):
        at(repository, "HEAD~9")
