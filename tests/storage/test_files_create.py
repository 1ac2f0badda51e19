"""Making a file where there is none."""

import errno
import multiprocessing
import os
from pathlib import Path

import pytest

from pkes import errors
from pkes.storage import files
from tests.storage.test_files import mode, names


@pytest.fixture(params=[True, False], ids=["hard links", "no hard links"])
def folder(request, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of a file system that has hard links, and of one that has none."""

    def refuse(*names: object) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    if not request.param:
        monkeypatch.setattr(os, "link", refuse)
    return tmp_path


def test_makes_a_file_with_the_mode_of_any_new_file(folder):
    assert files.create_file(folder / "made", b"new") is True
    (folder / "other").touch()
    assert (folder / "made").read_bytes() == b"new"
    assert mode(folder / "made") == mode(folder / "other")
    assert names(folder) == ["made", "other"]


def test_what_is_there_stays(folder):
    (folder / "file").write_bytes(b"old")
    (folder / "folder").mkdir()
    (folder / "link").symlink_to("nowhere")
    for name in ("file", "folder", "link"):
        with pytest.raises(errors.AlreadyThere) as caught:
            files.create_file(folder / name, b"new")
        assert caught.value.path == str(folder / name)
    assert (folder / "file").read_bytes() == b"old"
    assert names(folder) == ["file", "folder", "link"]


def test_a_folder_that_is_not_there(folder):
    with pytest.raises(errors.CannotWrite) as caught:
        files.create_file(folder / "none" / "made", b"new")
    assert caught.value.reason.errno == errno.ENOENT


def test_what_is_raised_before_leaves_nothing(folder):
    def interrupt() -> None:
        assert [name for name in names(folder) if not name.startswith(".")] == []
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        files.create_file(folder / "made", b"new", before_replace=interrupt)
    assert names(folder) == []


def test_a_full_disk_leaves_nothing(folder, monkeypatch):
    def fail(descriptor: int, data: bytes) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "write", fail)
    with pytest.raises(errors.CannotWrite) as caught:
        files.create_file(folder / "made", b"new")
    assert caught.value.reason.errno == errno.ENOSPC
    assert names(folder) == []


def test_a_name_that_was_taken_is_given_back_where_it_cannot_be_filled(tmp_path, monkeypatch):
    def refuse(*names: object) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(os, "link", refuse)
    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(errors.CannotWrite):
        files.create_file(tmp_path / "made", b"new")
    assert names(tmp_path) == []


def test_a_folder_that_links_lead_to(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    files.create_file(tmp_path / "link" / "made", b"new")
    assert (tmp_path / "real" / "made").read_bytes() == b"new"


def test_of_many_at_once_one_does(tmp_path):
    def make(number: int) -> None:
        ready.wait()
        try:
            files.create_file(tmp_path / "made", str(number).encode() * 100_000)
        except errors.AlreadyThere:
            answers.put(None)
        else:
            answers.put(number)

    fork = multiprocessing.get_context("fork")
    ready, answers = fork.Barrier(8), fork.Queue()
    processes = [fork.Process(target=make, args=(number,)) for number in range(8)]
    for process in processes:
        process.start()
    found = [answers.get(timeout=20) for _process in processes]
    for process in processes:
        process.join()
    [number] = [one for one in found if one is not None]
    assert (tmp_path / "made").read_bytes() == str(number).encode() * 100_000
    assert names(tmp_path) == ["made"]


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="open files are not listed here")
def test_no_file_stays_open(folder):
    before = os.listdir("/proc/self/fd")
    files.create_file(folder / "made", b"new")
    with pytest.raises(errors.AlreadyThere):
        files.create_file(folder / "made", b"new")
    assert os.listdir("/proc/self/fd") == before
