"""An edit while the system fails or somebody else saves: the old bytes or the new, never others.

The stand-ins are at the border to the system: functions of `os` that fail for the file that they are meant for.
"""

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pkes import errors
from pkes.storage import files, store
from tests.storage.stores import NEW, OLD, edit, names


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "registry.toml"
    path.write_bytes(OLD)
    path.chmod(0o644)
    return path


class StandIns:
    """The calls to the system: what stands in for one is called only for the file (or folder) that it is meant for."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.patch = monkeypatch
        self.opened: dict[int, str] = {}
        real_open, real_close = os.open, os.close

        def open_and_note(path: Any, *given: Any, **options: Any) -> int:
            descriptor = real_open(path, *given, **options)
            self.opened[descriptor] = os.fspath(path)
            return descriptor

        def close_and_forget(descriptor: int) -> None:
            self.opened.pop(descriptor, None)
            real_close(descriptor)

        monkeypatch.setattr(os, "open", open_and_note)
        monkeypatch.setattr(os, "close", close_and_forget)

    def stand_in(self, call: str, meant: Callable[[str], bool], instead: Callable[..., Any]) -> None:
        """Call `instead`, with the real call before the arguments, where the first argument is a file meant."""
        real = getattr(os, call)

        def stood_in(first: Any, *given: Any, **options: Any) -> Any:
            name = self.opened.get(first, "") if isinstance(first, int) else os.fspath(first)
            return instead(real, first, *given, **options) if meant(name) else real(first, *given, **options)

        self.patch.setattr(os, call, stood_in)


@pytest.fixture
def stand_ins(monkeypatch: pytest.MonkeyPatch) -> StandIns:
    return StandIns(monkeypatch)


def temporary(name: str) -> bool:
    return name.endswith(".tmp")


def fail(number: int) -> Callable[..., Any]:
    def failing(real: Callable[..., Any], *given: Any, **options: Any) -> Any:
        raise OSError(number, os.strerror(number))

    return failing


def do_and_fail(number: int) -> Callable[..., Any]:
    """Closing a file that the system could not write after all fails, but closes it."""

    def failing(real: Callable[..., Any], *given: Any, **options: Any) -> Any:
        real(*given, **options)
        raise OSError(number, os.strerror(number))

    return failing


def at_most(size: int) -> Callable[..., Any]:
    return lambda real, descriptor, data: real(descriptor, data[:size])


def full_after(size: int) -> Callable[..., Any]:
    """A disk with this much room."""
    room = size

    def write(real: Callable[..., int], descriptor: int, data: bytes) -> int:
        nonlocal room
        if not room:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        written = real(descriptor, data[:room])
        room -= written
        return written

    return write


@pytest.mark.parametrize(
    ("call", "instead", "number"),
    [
        pytest.param("open", fail(errno.EROFS), errno.EROFS, id="read-only file system"),
        pytest.param("open", fail(errno.EDQUOT), errno.EDQUOT, id="no room for a file"),
        pytest.param("write", fail(errno.ENOSPC), errno.ENOSPC, id="full disk"),
        pytest.param("write", full_after(20), errno.ENOSPC, id="disk full in the middle"),
        pytest.param("write", at_most(0), errno.EIO, id="write that makes no headway"),
        pytest.param("fchmod", fail(errno.EPERM), errno.EPERM, id="mode refused"),
        pytest.param("fstat", fail(errno.EIO), errno.EIO, id="stat failing"),
        pytest.param("fsync", fail(errno.EIO), errno.EIO, id="fsync failing"),
        pytest.param("close", do_and_fail(errno.EIO), errno.EIO, id="close failing"),
        pytest.param("replace", fail(errno.EBUSY), errno.EBUSY, id="bind mount"),
        pytest.param("replace", fail(errno.EXDEV), errno.EXDEV, id="other device"),
        pytest.param("replace", fail(errno.EPERM), errno.EPERM, id="rename refused"),
    ],
)
def test_a_failure_before_the_replace_leaves_the_old_bytes(path, stand_ins, call, instead, number):
    stand_ins.stand_in(call, temporary, instead)
    inode = path.stat().st_ino
    with pytest.raises(errors.CannotWrite) as caught:
        edit(path)
    assert (caught.value.path, caught.value.reason.errno) == (str(path), number)
    assert path.read_bytes() == OLD
    assert path.stat().st_ino == inode
    assert names(path) == ["registry.toml"]
    assert not [name for name in stand_ins.opened.values() if temporary(name)]


def test_the_lock_is_free_after_a_failure(path, stand_ins, monkeypatch):
    monkeypatch.setattr(files, "LOCK_SECONDS", 0.01)
    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", fail(errno.EBUSY))
        with pytest.raises(errors.CannotWrite):
            edit(path)
    assert edit(path).durable


@pytest.mark.parametrize("size", [1, 7, len(NEW) - 1])
def test_short_writes_are_gone_on_with(path, stand_ins, size):
    stand_ins.stand_in("write", temporary, at_most(size))
    assert edit(path).durable is True
    assert path.read_bytes() == NEW


@pytest.mark.parametrize(
    ("call", "instead"),
    [
        pytest.param("open", fail(errno.EACCES), id="opening the folder"),
        pytest.param("fsync", fail(errno.EIO), id="fsync of the folder"),
        pytest.param("close", do_and_fail(errno.EIO), id="closing the folder"),
    ],
)
def test_a_failure_after_the_replace_leaves_the_new_bytes_and_a_doubt(path, stand_ins, call, instead):
    stand_ins.stand_in(call, lambda name: name == str(path.parent), instead)
    written = edit(path)
    assert written.durable is False
    assert written.registry.members["alfa"].note == "two"
    assert path.read_bytes() == NEW
    assert names(path) == ["registry.toml"]
    assert not [name for name in stand_ins.opened.values() if name == str(path.parent)]


def test_a_group_that_cannot_be_kept_is_no_failure(path, stand_ins):
    stand_ins.stand_in("fchown", temporary, fail(errno.EPERM))
    assert edit(path).durable is True
    assert path.read_bytes() == NEW


def test_all_is_on_the_disk_before_the_replace_and_the_folder_after_it(path, stand_ins):
    done = []

    def note(call: str) -> Callable[..., Any]:
        def noted(real: Callable[..., Any], *given: Any, **options: Any) -> Any:
            if call not in done[-1:]:
                done.append(call)
            return real(*given, **options)

        return noted

    for call in ("write", "fchmod", "fsync", "close", "replace"):
        stand_ins.stand_in(call, temporary, note(call))
    stand_ins.stand_in("fsync", lambda name: name == str(path.parent), note("fsync of the folder"))
    edit(path, before_replace=lambda: done.append("before_replace"))
    assert done == [
        "write", "fchmod", "fsync", "close", "before_replace", "replace", "fsync of the folder",
    ]  # fmt: skip


@pytest.mark.parametrize("call", ["open", "write", "fchmod", "fsync", "close"])
@pytest.mark.parametrize(
    "save",
    [
        pytest.param(lambda path: path.write_bytes(OLD + b"# theirs\n"), id="written"),
        pytest.param(
            lambda path: (path.with_name("theirs").write_bytes(b"theirs"), path.with_name("theirs").replace(path)),
            id="replaced",
        ),
        pytest.param(Path.unlink, id="removed"),
    ],
)
def test_what_somebody_saves_meanwhile_is_never_overwritten(path, stand_ins, call, save):
    def save_first(real: Callable[..., Any], *given: Any, **options: Any) -> Any:
        if not theirs:
            save(path)
            theirs.append(path.read_bytes() if path.exists() else None)
        return real(*given, **options)

    theirs: list[bytes | None] = []
    stand_ins.stand_in(call, temporary, save_first)
    with pytest.raises(errors.ChangedMeanwhile) as caught:
        edit(path)
    assert caught.value.path == str(path)
    assert (path.read_bytes() if path.exists() else None) == theirs[0]
    assert names(path) == (["registry.toml"] if theirs[0] is not None else [])


@pytest.mark.parametrize("dry_run", [False, True])
@pytest.mark.parametrize("denied", ["registry.toml", "folder"])
def test_without_the_right_to_write_nothing_is_even_tried(path, monkeypatch, denied, dry_run):
    wanted = path if denied == "registry.toml" else path.parent
    access = os.access

    def refuses_writers(place, rights):
        return not (Path(place) == wanted and rights & os.W_OK) and access(place, rights)

    monkeypatch.setattr(os, "access", refuses_writers)
    with pytest.raises(errors.CannotWrite) as caught:
        store.edit(path, pytest.fail, guard=pytest.fail, dry_run=dry_run)
    assert (caught.value.path, caught.value.reason.errno) == (str(path), errno.EACCES)
    assert os.listdir(path.parent) == ["registry.toml"]


def test_another_writer_for_too_long(path, monkeypatch):
    monkeypatch.setattr(files, "LOCK_SECONDS", 0.01)
    with files.lock(path), pytest.raises(errors.Locked) as caught:
        edit(path)
    assert caught.value.path == str(path)
    assert path.read_bytes() == OLD


def test_what_a_killed_writer_left_goes_at_the_next_write(path):
    left = path.with_name(".registry.toml.pkes-12345678.tmp")
    left.touch()
    edit(path, dry_run=True)
    assert left.exists()
    edit(path)
    assert names(path) == ["registry.toml"]
