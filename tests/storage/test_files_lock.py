"""The lock that a writer holds."""

import errno
import os
import stat
from pathlib import Path

import pytest

from pkes import errors
from pkes.storage import files


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "list.csv"
    path.write_bytes(b"old")
    return path


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def names(folder: Path) -> list[str]:
    return sorted(os.listdir(folder))


def test_the_lock_file_is_kept_empty_and_open_to_a_second_user(path):
    umask = os.umask(0o077)
    try:
        with files.lock(path):
            pass
    finally:
        os.umask(umask)
    held = path.parent / ".list.csv.lock"
    assert (held.read_bytes(), mode(held)) == (b"", 0o666)


def test_is_one_and_the_same_file_each_time(path):
    with files.lock(path):
        first = (path.parent / ".list.csv.lock").stat().st_ino
    with files.lock(path):
        assert (path.parent / ".list.csv.lock").stat().st_ino == first


def test_stands_beside_the_file_that_links_lead_to(path):
    (path.parent / "far").mkdir()
    path.rename(path.parent / "far" / "real.csv")
    path.symlink_to("far/real.csv")
    with files.lock(path):
        assert names(path.parent / "far") == [".real.csv.lock", "real.csv"]
    assert names(path.parent) == ["far", "list.csv"]


def test_excludes_others_and_tells_how_long_it_waited(path, monkeypatch):
    monkeypatch.setattr(files, "LOCK_SECONDS", 0.01)
    with files.lock(path):
        with pytest.raises(errors.Locked) as caught, files.lock(path):
            pytest.fail("two have the lock")
        assert (caught.value.path, caught.value.seconds) == (str(path), 0.01)


def test_waits_ten_seconds():
    assert files.LOCK_SECONDS == 10


def test_is_free_after_an_error(path, monkeypatch):
    monkeypatch.setattr(files, "LOCK_SECONDS", 0.01)
    with pytest.raises(ZeroDivisionError), files.lock(path):
        _ = 1 / 0
    with files.lock(path):
        pass


def test_a_folder_in_the_place_of_the_lock_file(path):
    (path.parent / ".list.csv.lock").mkdir()
    with pytest.raises(errors.CannotLock) as caught, files.lock(path):
        pytest.fail("no lock was taken")
    assert (caught.value.reason.errno, caught.value.lock) == (errno.EISDIR, str(path.parent / ".list.csv.lock"))


def test_where_the_real_file_is_not_known_no_lock_is_to_blame(path):
    with pytest.raises(errors.CannotWrite) as caught, files.lock(path.parent / "no" / "list.csv"):
        pytest.fail("no lock was taken")
    assert not isinstance(caught.value, errors.CannotLock)


def test_a_link_in_the_place_of_the_lock_file_is_not_followed(path):
    (path.parent / ".list.csv.lock").symlink_to("list.csv")
    with pytest.raises(errors.CannotLock), files.lock(path):
        pytest.fail("no lock was taken")


def test_a_file_system_without_locks_is_refused(path, monkeypatch):
    fcntl = pytest.importorskip("fcntl")

    def flock(descriptor: int, operation: int) -> None:
        raise OSError(errno.ENOSYS, "no locks here")

    monkeypatch.setattr(fcntl, "flock", flock)
    with pytest.raises(errors.CannotLock) as caught, files.lock(path):
        pytest.fail("no lock was taken")
    assert caught.value.reason.errno == errno.ENOSYS


def test_a_lock_that_cannot_be_given_back_does_not_undo_what_was_done(path, monkeypatch):
    fcntl = pytest.importorskip("fcntl")
    flock = fcntl.flock

    def fail_to_unlock(descriptor: int, operation: int) -> None:
        if operation == fcntl.LOCK_UN:
            raise OSError(errno.EIO, "no")
        flock(descriptor, operation)

    with monkeypatch.context() as patch:
        patch.setattr(fcntl, "flock", fail_to_unlock)
        with files.lock(path):
            files.replace_file(path, b"new")
    assert path.read_bytes() == b"new"
