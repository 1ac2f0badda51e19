"""Replacing a file whole: all of the new bytes or all of the old ones, and one writer at a time.

A path may be a symbolic link, or a chain of them: the file that it leads to is replaced, and the link stays.
"""

import errno
import os
import stat
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pkes import errors
from pkes.errors import CannotExtend, CannotRead, CannotWrite, Malformed
from pkes.storage import sources
from pkes.storage.sources import StrPath
from pkes.toml import reading

LOCK_SECONDS = 10.0
"""How long a writer waits for another one."""

_LOCK_MODE = 0o666
"""A second user of the folder must be able to lock, too. The file is empty: there is nothing to protect."""


def nothing() -> None:
    """Do nothing: what is called before a replace unless more is asked for."""


@contextmanager
def lock(path: StrPath) -> Iterator[None]:
    """Hold the lock of the file at `path`; nobody else who asks for it has it at the same time.

    It is a lock on `.NAME.lock` beside the real file, which stays there: were it removed, two writers could
    lock two files of that name. Readers need none, for a file is only ever replaced whole.

    Raises `Locked` after `LOCK_SECONDS` of waiting, `CannotLock` where the system refuses the lock, and `CannotWrite`
    where it does not say where the real file is.
    """
    from filelock import FileLock, Timeout

    try:
        real = _real(path)
    except OSError as error:
        raise errors.CannotWrite(os.fspath(path), error) from error
    place = real.with_name(f".{real.name}.lock")
    try:
        held = FileLock(
            place,
            timeout=LOCK_SECONDS,
            mode=_LOCK_MODE,
            # Also refuses a file system without locks, where filelock would make do with a file that it removes.
            preserve_lock_file=True,
        )
        held.acquire()
    except Timeout:  # an OSError as well
        raise errors.Locked(os.fspath(path), LOCK_SECONDS) from None
    except OSError as error:
        raise errors.CannotLock(os.fspath(path), error, os.fspath(place)) from error
    try:
        yield
    finally:
        with suppress(OSError):  # the work is done by now, and the lock ends with the process at the latest
            held.release()


def require_writable(path: StrPath) -> os.stat_result | None:
    """Return the properties of the file at `path`, or None where there is none yet.

    To replace a file, the system only asks for the right to write its folder; but who made the file itself
    read-only meant it. Raises `CannotWrite` where either right is missing, and for what is no regular file.
    """
    try:
        real = _real(path)
        if not os.access(real.parent, os.W_OK | os.X_OK):
            raise _system_error(errno.EACCES)
        try:
            found = real.stat()
        except FileNotFoundError:
            return None
        if not stat.S_ISREG(found.st_mode):
            raise _system_error(errno.EISDIR if stat.S_ISDIR(found.st_mode) else errno.EINVAL)
        if not os.access(real, os.W_OK):
            raise _system_error(errno.EACCES)
    except OSError as error:
        raise errors.CannotWrite(os.fspath(path), error) from error
    return found


def replace_file(
    path: StrPath,
    data: bytes,
    *,
    expected: bytes | None = None,
    before_replace: Callable[[], object] = nothing,
) -> bool:
    """Give the file at `path` the bytes `data`, or leave it as it was. Where there is none, it is made.

    With `expected`, the file must still hold these bytes. `before_replace` is called when all is done but the
    replace itself; after that the new bytes are there. Mode, group and, for root, owner of the file are kept.

    Returns whether the system confirms that the new bytes would survive a power cut. Raises `CannotWrite` or
    `ChangedMeanwhile`. After these and any other exception the file is as it was, and no other is left.
    """
    try:
        real = _real(path)
        before = require_writable(real)
        with _temporary_file(real) as (descriptor, temporary):
            try:
                _fill(descriptor, data, before)
            finally:
                os.close(descriptor)
            if expected is not None and _content(real) != expected:
                raise errors.ChangedMeanwhile(os.fspath(path))
            before_replace()
            temporary.replace(real)
    except OSError as error:
        raise errors.CannotWrite(os.fspath(path), error) from error
    return _sync_folder(real.parent)


def create_file(path: StrPath, data: bytes, *, before_replace: Callable[[], object] = nothing) -> bool:
    """Make the file at `path` with the bytes `data` where there is none, not even a link that leads nowhere.

    Of several who make it at once, one does. `before_replace` and the result are as those of `replace_file`. Raises
    `AlreadyThere` or `CannotWrite`; then nothing was made.
    """
    path = Path(path)
    try:
        real = _in_real_folder(path)
        with _temporary_file(real) as (descriptor, temporary):
            try:
                _fill(descriptor, data, None)
            finally:
                os.close(descriptor)
            before_replace()
            _link(temporary, real)
    except FileExistsError:
        raise errors.AlreadyThere(os.fspath(path)) from None
    except OSError as error:
        raise errors.CannotWrite(os.fspath(path), error) from error
    return _sync_folder(real.parent)


def _link(temporary: Path, real: Path) -> None:
    """Give a temporary file its name, unless there is something by that name."""
    try:
        os.link(temporary, real)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        real.open("xb").close()  # from here on the name is ours
        try:
            temporary.replace(real)
        except OSError:
            real.unlink()
            raise
    else:
        with suppress(OSError):
            temporary.unlink()


def remove_leftovers(path: StrPath) -> None:
    """Remove the temporary files that killed writers of the file at `path` left, as far as that is allowed.

    The lock must be held: the temporary file of a writer at work would go, too.
    """
    with suppress(OSError):
        real = _real(path)
        prefix, suffix = _affixes(real)
        for entry in real.parent.iterdir():
            if entry.name.startswith(prefix) and entry.name.endswith(suffix):
                with suppress(OSError):
                    entry.unlink()


def _real(path: StrPath) -> Path:
    """Return the way to a file, or to where it is to be made, without links.

    Raises `OSError` where that is not known, as it is not of a link that cannot be read: were it taken for a file, the
    replacement would take its place.
    """
    path = Path(path)
    seen = set()
    while True:
        path = _in_real_folder(path)
        try:
            target = os.readlink(path)
        except FileNotFoundError:
            return path
        except OSError as error:
            if error.errno != errno.EINVAL:  # it is no link
                raise
            return path
        if path in seen:
            raise _system_error(errno.ELOOP)
        seen.add(path)
        path = path.parent / target


def _in_real_folder(path: Path) -> Path:
    """Return a path whose folder is reached without links; the last name is as it was. Raises `OSError`."""
    return Path(os.path.realpath(path.parent, strict=True)) / path.name


def keep_beside(path: StrPath, data: bytes) -> Path:
    """Put what may be personal into a new file beside the one at `path`, for its owner alone, and return that file.

    Nothing removes it but its owner. Raises `CannotWrite`.
    """
    import tempfile

    try:
        path = _real(path) if os.path.islink(path) else Path(path)
        descriptor, name = tempfile.mkstemp(".toml", f".{path.name}.pkes-edit-", path.parent)
        with open(descriptor, "wb") as file:
            file.write(data)
    except OSError as error:
        raise errors.CannotWrite(os.fspath(path), error) from error
    return path.with_name(os.path.basename(name))


def _affixes(real: Path) -> tuple[str, str]:
    """Return how the names of a file's temporary files begin and end; people name no file so."""
    return f".{real.name}.pkes-", ".tmp"


@contextmanager
def _temporary_file(real: Path) -> Iterator[tuple[int, Path]]:
    """Make a file beside `real`, open for writing. Whatever the block raises, the file is removed."""
    import tempfile

    prefix, suffix = _affixes(real)
    descriptor, name = tempfile.mkstemp(suffix, prefix, real.parent)
    temporary = Path(name)
    try:
        yield descriptor, temporary
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise


def _fill(descriptor: int, data: bytes, before: os.stat_result | None) -> None:
    """Write all of `data`, with the rights of the file before, down to the disk."""
    rest = memoryview(data)
    while rest:  # a short write is not an error to the system
        written = os.write(descriptor, rest)
        if not written:
            raise _system_error(errno.EIO)
        rest = rest[written:]
    if hasattr(os, "fchown"):  # Windows has none: there a new file has the rights that its folder gives
        _set_rights(descriptor, before)
    os.fsync(descriptor)


def _set_rights(descriptor: int, before: os.stat_result | None) -> None:
    """Give an open file the owner, group and mode of the one before, or the mode of any new file."""
    if before is None:
        umask = os.umask(0o077)
        os.umask(umask)
        mode = 0o666 & ~umask
    else:
        for owner in (before.st_uid, -1):  # only root can keep the owner
            with suppress(OSError):
                os.fchown(descriptor, owner, before.st_gid)
                break
        mode = stat.S_IMODE(before.st_mode)
    now = os.fstat(descriptor)
    if before is not None and now.st_gid != before.st_gid:
        # Nobody gave this other group any rights: let it have those that everybody has.
        mode = mode & ~stat.S_IRWXG | (mode & stat.S_IRWXO) << 3
    if stat.S_IMODE(now.st_mode) != mode:  # a file system with one mode for all files refuses even that one
        os.fchmod(descriptor, mode)


def _content(real: Path) -> bytes | None:
    """Return what a file holds, None where there is none any more, or what is none."""
    try:
        return sources.read(real)
    except Malformed:
        return None
    except CannotRead as error:
        if isinstance(error.reason, FileNotFoundError):
            return None
        raise error.reason from None


def _sync_folder(folder: Path) -> bool:
    """Return whether the entries of a folder are known to be on the disk."""
    if not hasattr(os, "O_DIRECTORY"):  # Windows cannot open folders, and keeps a journal of their entries
        return True
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError:
        return False
    return True


def _system_error(number: int) -> OSError:
    return OSError(number, os.strerror(number))


def read(path: Path) -> bytes | None:
    """Return what the file holds, None where there is none. Raises `CannotExtend` and `CannotWrite`."""
    try:
        if stat.S_ISLNK(path.lstat().st_mode):  # git does not follow it
            raise CannotExtend(str(path), "link")
        data = path.read_bytes()
        data.decode()
    except FileNotFoundError:
        return None
    except UnicodeDecodeError:
        raise CannotExtend(str(path), "encoding") from None
    except OSError as error:
        raise CannotWrite(str(path), error) from error
    return data


def with_line(data: bytes | None, line: str) -> bytes:
    """Return the bytes of a file with a line more, in the line ends that it has."""
    data = data or b""
    end = reading.line_end(data.decode()).encode()
    gap = end if data.removeprefix(BOM_UTF8) and not data.endswith(b"\n") else b""
    return data + gap + line.encode() + end
