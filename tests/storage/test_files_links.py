"""Replacing a file that links lead to: they stay, whatever happens."""

import errno
import os

import pytest

from pkes import errors
from pkes.storage import files


@pytest.fixture
def link(tmp_path):
    """A chain of relative links, through a linked folder, that leads to a file."""
    (tmp_path / "far").mkdir()
    (tmp_path / "over").symlink_to("far")
    (tmp_path / "near").symlink_to("over/near")
    (tmp_path / "far" / "near").symlink_to("../far/real.csv")
    (tmp_path / "far" / "real.csv").write_bytes(b"old")
    return tmp_path / "near"


def links(link):
    return [os.readlink(link), os.readlink(link.parent / "far" / "near")]


def test_the_file_at_the_end_is_replaced(link):
    before = links(link)
    files.replace_file(link, b"new", expected=b"old")
    assert ((link.parent / "far" / "real.csv").read_bytes(), links(link)) == (b"new", before)


def test_the_file_at_the_end_is_made(link):
    before = links(link)
    (link.parent / "far" / "real.csv").unlink()
    files.replace_file(link, b"new")
    assert ((link.parent / "far" / "real.csv").read_bytes(), links(link)) == (b"new", before)


@pytest.mark.parametrize(
    ("name", "unseen"),
    [("readlink", "near"), ("lstat", "over"), ("readlink", "over"), ("readlink", "far/near")],
)
def test_a_link_that_cannot_be_looked_at_stays(link, monkeypatch, name, unseen):
    before, real = links(link), getattr(os, name)

    def look(path, **given):
        if os.fspath(path) == os.fspath(link.parent / unseen):
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return real(path, **given)

    monkeypatch.setattr(os, name, look)
    for write in (lambda: files.replace_file(link, b"new"), lambda: lock(link)):
        with pytest.raises(errors.CannotWrite) as caught:
            write()
        assert (caught.value.path, caught.value.reason.errno) == (str(link), errno.EIO)
    files.remove_leftovers(link)
    monkeypatch.undo()
    assert ((link.parent / "far" / "real.csv").read_bytes(), links(link)) == (b"old", before)


def lock(path):
    with files.lock(path):
        pass


def test_links_in_a_circle(tmp_path):
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(errors.CannotWrite) as caught:
        files.replace_file(tmp_path / "a", b"new")
    assert caught.value.reason.errno == errno.ELOOP
    assert sorted(os.listdir(tmp_path)) == ["a", "b"]
