"""Replacing a file whole."""

import errno
import multiprocessing
import os
import stat
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pkes import errors
from pkes.storage import files

NOBODY, SHARERS = 65534, 12345

as_root = pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs a second user")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "list.csv"
    path.write_bytes(b"old")
    return path


@pytest.fixture
def shared() -> Iterator[Path]:
    """A folder that every user can reach and write, unlike `tmp_path`."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)
        yield Path(folder)


def as_nobody(work: Callable[[], object]) -> str:
    """Do the work in a process of another user; return the name of the error, or ""."""

    def run() -> None:
        os.setgroups([SHARERS])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
        try:
            work()
        except Exception as error:
            answer.send(type(error).__name__)
        else:
            answer.send("")

    import filelock  # noqa: F401  # the other user may not be able to read it

    heard, answer = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("fork").Process(target=run)
    process.start()
    process.join()
    assert process.exitcode == 0
    return heard.recv()


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def names(folder: Path) -> list[str]:
    return sorted(os.listdir(folder))


class TestReplaceFile:
    def test_replaces(self, path):
        assert files.replace_file(path, b"new") is True
        assert path.read_bytes() == b"new"
        assert names(path.parent) == ["list.csv"]

    def test_makes_a_new_file_with_the_mode_of_any_new_file(self, tmp_path):
        files.replace_file(tmp_path / "made", b"new")
        (tmp_path / "other").touch()
        assert (tmp_path / "made").read_bytes() == b"new"
        assert mode(tmp_path / "made") == mode(tmp_path / "other")

    def test_takes_the_path_as_text_and_relative(self, path, monkeypatch):
        monkeypatch.chdir(path.parent)
        files.replace_file("list.csv", b"new")
        assert path.read_bytes() == b"new"

    def test_writes_nothing_too(self, path):
        files.replace_file(path, b"")
        assert path.read_bytes() == b""

    @pytest.mark.parametrize("kept", [0o600, 0o640, 0o664, 0o666, 0o755])
    def test_keeps_the_mode(self, path, kept):
        path.chmod(kept)
        files.replace_file(path, b"new")
        assert mode(path) == kept

    @as_root
    def test_keeps_owner_and_group_where_it_may(self, path):
        os.chown(path, NOBODY, SHARERS)
        files.replace_file(path, b"new")
        assert (path.stat().st_uid, path.stat().st_gid) == (NOBODY, SHARERS)

    @as_root
    @pytest.mark.parametrize(("before", "after"), [(0o662, 0o622), (0o646, 0o666), (0o640, 0o600), (0o755, 0o755)])
    def test_another_group_gets_no_more_than_everybody_has(self, path, monkeypatch, before, after):
        def refuse(descriptor: int, owner: int, group: int) -> None:
            raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

        os.chown(path, -1, SHARERS)
        path.chmod(before)
        monkeypatch.setattr(os, "fchown", refuse)
        files.replace_file(path, b"new")
        assert path.stat().st_gid != SHARERS
        assert oct(mode(path)) == oct(after)

    def test_a_file_that_is_not_as_expected_stays(self, path):
        with pytest.raises(errors.ChangedMeanwhile) as caught:
            files.replace_file(path, b"new", expected=b"other")
        assert caught.value.path == str(path)
        assert path.read_bytes() == b"old"
        assert names(path.parent) == ["list.csv"]

    def test_a_file_that_was_expected_and_is_gone_is_not_made_again(self, path):
        path.unlink()
        with pytest.raises(errors.ChangedMeanwhile):
            files.replace_file(path, b"new", expected=b"old")
        assert names(path.parent) == []

    def test_a_callback_that_raises_leaves_the_file_as_it_was(self, path):
        def interrupt() -> None:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            files.replace_file(path, b"new", before_replace=interrupt)
        assert path.read_bytes() == b"old"
        assert names(path.parent) == ["list.csv"]

    @pytest.mark.parametrize(
        ("target", "number"),
        [
            pytest.param(".", errno.EISDIR, id="a folder"),
            pytest.param("pipe", errno.EINVAL, id="a pipe"),
            pytest.param("missing/list.csv", errno.ENOENT, id="in no folder"),
            pytest.param("list.csv/list.csv", errno.ENOTDIR, id="in a file"),
        ],
    )
    def test_what_cannot_be_replaced(self, path, target, number):
        os.mkfifo(path.parent / "pipe")
        with pytest.raises(errors.CannotWrite) as caught:
            files.replace_file(path.parent / target, b"new")
        assert caught.value.reason.errno in (number, errno.EACCES if "list.csv/" in target else number)
        assert names(path.parent) == ["list.csv", "pipe"]

    def test_a_system_without_unix_rights_and_folders(self, path, monkeypatch):
        monkeypatch.delattr(os, "fchown")
        monkeypatch.delattr(os, "O_DIRECTORY")
        assert files.replace_file(path, b"new") is True
        assert path.read_bytes() == b"new"


class TestReadOnly:
    """Without the right to write the file or its folder nothing is written, though a rename might succeed."""

    @pytest.mark.parametrize("denied", ["list.csv", "folder"])
    def test_is_refused(self, path, monkeypatch, denied):
        wanted = path if denied == "list.csv" else path.parent
        access = os.access
        monkeypatch.setattr(os, "access", lambda place, rights: Path(place) != wanted and access(place, rights))
        with pytest.raises(errors.CannotWrite) as caught:
            files.replace_file(path, b"new")
        assert caught.value.reason.errno == errno.EACCES
        assert path.read_bytes() == b"old"


@as_root
class TestSecondUser:
    """Another user who works in the same folder."""

    def test_keeps_the_group_where_only_the_owner_cannot_stay(self, shared):
        path = shared / "list.csv"
        path.write_bytes(b"old")
        path.chmod(0o666)
        os.chown(path, 0, SHARERS)
        assert as_nobody(lambda: files.replace_file(path, b"new")) == ""
        assert (path.stat().st_uid, path.stat().st_gid, mode(path)) == (NOBODY, SHARERS, 0o666)

    def test_is_refused_a_file_that_is_read_only_to_them(self, shared):
        path = shared / "list.csv"
        path.write_bytes(b"old")
        path.chmod(0o644)
        assert as_nobody(lambda: files.replace_file(path, b"new")) == "CannotWrite"
        assert path.read_bytes() == b"old"

    def test_can_take_the_lock(self, shared):
        path = shared / "list.csv"
        path.write_bytes(b"old")

        def take() -> None:
            with files.lock(path):
                pass

        take()
        assert as_nobody(take) == ""

    def test_is_refused_the_lock_where_the_folder_is_read_only(self, shared):
        shared.chmod(0o755)

        def take() -> None:
            with files.lock(shared / "list.csv"):
                pass

        assert as_nobody(take) == "CannotLock"


class TestRemoveLeftovers:
    def test_removes_those_of_this_file_and_no_other(self, path):
        stay = [
            ".list.csv.lock",
            ".list.csv.pkes-note",
            ".list.csv.swp",
            ".list.csv.tmp",
            ".other.csv.pkes-abcd1234.tmp",
            "list.csv",
        ]
        for name in (*stay, ".list.csv.pkes-abcd1234.tmp", ".list.csv.pkes-x_y.tmp"):
            (path.parent / name).touch()
        files.remove_leftovers(path)
        assert names(path.parent) == sorted(stay)

    def test_goes_on_where_one_cannot_be_removed(self, path):
        (path.parent / ".list.csv.pkes-a.tmp").mkdir()
        (path.parent / ".list.csv.pkes-b.tmp").touch()
        files.remove_leftovers(path)
        assert names(path.parent) == [".list.csv.pkes-a.tmp", "list.csv"]

    def test_a_folder_that_cannot_be_listed(self, path):
        files.remove_leftovers(path / "no-folder" / "list.csv")
