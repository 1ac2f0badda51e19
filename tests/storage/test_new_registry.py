"""What a registry begins with, and the folder it is put in."""

import datetime
import os
import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pkes.checks import run
from pkes.checks.inspection import inspect
from pkes.errors import AlreadyThere, CannotExtend, CannotWrite, NotVerified
from pkes.model.records import Cluster, Member, Registry
from pkes.registry.parsing import parse
from pkes.storage import new_registry, store
from pkes.storage.files import nothing
from pkes.toml.canonical import canonical
from tests.conftest import SHIPPED

TODAY = datetime.date(2025, 3, 1)
FIRST = new_registry.first("Klaster Próbny", "Fundacja „Początek”", "ngo", "KP", "kp@example.org")


def test_the_coordinator_is_the_first_member():
    assert FIRST.cluster == Cluster(
        name="Klaster Próbny", short_name="KP", coordinator="poczatek", email="kp@example.org"
    )
    assert FIRST.members == {"poczatek": Member(id="poczatek", name="Fundacja „Początek”", sector="ngo")}


def test_a_name_that_gives_no_id():
    assert list(new_registry.first("K", "„”", "ngo", None, None).members) == ["coordinator"]


def test_the_sectors_are_those_of_the_shipped_registry():
    assert store.load(SHIPPED).registry.sectors == new_registry.SECTORS


NAMES = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"]), min_size=1).filter(str.strip)


@settings(max_examples=100)
@given(NAMES.map(str.strip), NAMES.map(str.strip), st.sampled_from(sorted(new_registry.SECTORS)))
def test_the_text_is_canonical_and_holds_the_registry(name, coordinator, sector):
    registry = new_registry.first(name, coordinator, sector, None, None)
    text = new_registry.text(registry)
    assert parse(text) == registry
    assert tomllib.loads(text)["cluster"]["name"] == name
    assert canonical(text) == text


def test_nothing_is_wrong_with_it():
    assert {one.severity for one in run.check(FIRST, TODAY)} <= {"note"}
    assert {placed.finding.severity for placed in inspect(new_registry.text(FIRST), TODAY).found} <= {"note"}


def test_begin_makes_the_folder_the_registry_and_what_git_ignores(tmp_path):
    folder = tmp_path / "a" / "b"
    begun = new_registry.begin(folder, FIRST)
    assert begun == (folder / "registry.toml", folder / ".gitignore", True)
    assert sorted(os.listdir(folder)) == [".gitignore", "registry.toml"]
    assert store.load(folder / "registry.toml").registry == FIRST
    assert (folder / ".gitignore").read_bytes() == b".registry.toml.*\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(b"*.pyc", b"*.pyc\n.registry.toml.*\n", id="another-line"),
        pytest.param(b"# .registry.toml.*\r\n", b"# .registry.toml.*\r\n.registry.toml.*\r\n", id="a-comment"),
        pytest.param(b"a\n.registry.toml.*\nb\n", None, id="there"),
        pytest.param(b"a\r\n/.registry.toml.*\r\n", None, id="there-in-this-folder"),
    ],
)
def test_what_git_ignored_before_stays(tmp_path, before, after):
    ignore = tmp_path / ".gitignore"
    ignore.write_bytes(before)
    assert new_registry.begin(tmp_path, FIRST).ignore == (ignore if after else None)
    assert ignore.read_bytes() == (after or before)


@pytest.mark.parametrize("kind", ["file", "folder", "link to nothing"])
def test_a_registry_that_is_there_stays(tmp_path, kind):
    path = tmp_path / "registry.toml"
    {"file": path.touch, "folder": path.mkdir, "link to nothing": lambda: path.symlink_to("x")}[kind]()
    for step in (lambda: new_registry.free_place(tmp_path), lambda: new_registry.begin(tmp_path, FIRST)):
        with pytest.raises(AlreadyThere) as caught:
            step()
        assert caught.value.path == str(path)
    assert os.listdir(tmp_path) == ["registry.toml"]


def test_a_registry_that_came_meanwhile_stays(tmp_path):
    path = tmp_path / "registry.toml"
    with pytest.raises(AlreadyThere):
        new_registry.begin(tmp_path, FIRST, before_replace=lambda: path.write_bytes(b"other"))
    assert path.read_bytes() == b"other"
    assert sorted(os.listdir(tmp_path)) == [".gitignore", "registry.toml"]


@pytest.mark.parametrize("folder", ["file", "file/new", "link"])
def test_what_cannot_be_a_folder(tmp_path, folder):
    (tmp_path / "file").touch()
    (tmp_path / "link").symlink_to("nowhere")
    with pytest.raises(CannotWrite) as caught:
        new_registry.begin(tmp_path / folder, FIRST)
    assert str(caught.value.path) == str(tmp_path / folder)
    assert isinstance(caught.value.reason, NotADirectoryError)


def test_an_ignore_file_that_cannot_be_added_to(tmp_path):
    (tmp_path / ".gitignore").write_bytes(b"\xff")
    with pytest.raises(CannotExtend):
        new_registry.begin(tmp_path, FIRST)
    assert os.listdir(tmp_path) == [".gitignore"]


def test_only_a_text_that_holds_the_registry_is_stored(tmp_path):
    with pytest.raises(NotVerified):
        store.create(tmp_path / "registry.toml", new_registry.text(FIRST), Registry(), before_replace=nothing)
    assert os.listdir(tmp_path) == []
