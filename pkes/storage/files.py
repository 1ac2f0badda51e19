"""Atomic replacement of a file: it has all of the new bytes or all of the old ones, and one writer at a time.

A path may be a symbolic link, or a chain of them: the target is replaced, and the link stays.
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
"""How long a writer waits for another one, in seconds."""

_LOCK_MODE = 0o666
"""Another user of the folder must be able to lock, too. The file is empty: there is nothing to protect."""


def nothing() -> None:
    """Do nothing: the default for `before_replace`."""


@contextmanager
def lock(path: StrPath) -> Iterator[None]:
    """Hold the exclusive lock of the file at `path`.

    It is a lock on `.NAME.lock` beside the real file. The lock file is never removed: otherwise two writers could lock
    two different files of that name. Readers need no lock, because a file is only ever replaced as a whole.

    Raises `Locked` after waiting for `LOCK_SECONDS`, `CannotLock` if the system refuses the lock, and `CannotWrite` if
    the real file cannot be determined.
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
            # This also refuses file systems without locks, where filelock would fall back to a file that it removes.
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
        with suppress(OSError):  # the work is done, and the lock ends with the process at the latest
            held.release()


def require_writable(path: StrPath) -> os.stat_result | None:
    """Return the properties of the file at `path`, or None if there is none yet.

    For replacing a file, the system only requires write permission for its folder; but if somebody made the file
    read-only, they meant it. Raises `CannotWrite` if either permission is missing, and if it is not a regular file.
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
    """Replace the content of the file at `path` with `data`, or leave it unchanged. If there is no file, it is created.

    With `expected`, the file must still contain these bytes. `before_replace` is called right before the replacement
    itself, when everything else is done. Mode, group and, for root, owner of the file are kept.

    Returns whether the system confirms that the new bytes would survive a power cut. Raises `CannotWrite` or
    `ChangedMeanwhile`. After any exception the file is unchanged, and no other file is left behind.
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
    """Create the file at `path` with the bytes `data`; there must be nothing by that name, not even a broken link.

    If several processes create it at once, one succeeds. `before_replace` and the result are as for `replace_file`.
    Raises `AlreadyThere` or `CannotWrite`; then nothing was created.
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
    """Give a temporary file its final name, unless that is taken."""
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
    """Remove the temporary files that killed writers of the file at `path` left behind, as far as permitted.

    The lock must be held: otherwise the temporary file of an active writer would be removed, too.
    """
    with suppress(OSError):
        real = _real(path)
        prefix, suffix = _affixes(real)
        for entry in real.parent.iterdir():
            if entry.name.startswith(prefix) and entry.name.endswith(suffix):
                with suppress(OSError):
                    entry.unlink()


def _real(path: StrPath) -> Path:
    """Return the path of a file (which may not exist yet) with all links resolved.

    Raises `OSError` if that is not possible. A link that cannot be read must not be mistaken for a file, or else it
    would be replaced.
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
            if error.errno != errno.EINVAL:  # it is not a link
                raise
            return path
        if path in seen:
            raise _system_error(errno.ELOOP)
        seen.add(path)
        path = path.parent / target


def _in_real_folder(path: Path) -> Path:
    """Return a path with the links in its folder resolved, but not in its last part. Raises `OSError`."""
    return Path(os.path.realpath(path.parent, strict=True)) / path.name


def keep_beside(path: StrPath, data: bytes) -> Path:
    """Write data that may be personal to a new file beside the one at `path`, for its owner alone, and return it.

    Only its owner removes it. Raises `CannotWrite`.
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
    """Return the prefix and suffix of the names of a file's temporary files; nobody would choose such names."""
    return f".{real.name}.pkes-", ".tmp"


@contextmanager
def _temporary_file(real: Path) -> Iterator[tuple[int, Path]]:
    """Create a file beside `real`, open for writing. It is removed, whatever the block raises."""
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
    """Write all of `data` to the disk, with the permissions of the previous file."""
    rest = memoryview(data)
    while rest:  # a short write is not an error to the system
        written = os.write(descriptor, rest)
        if not written:
            raise _system_error(errno.EIO)
        rest = rest[written:]
    if hasattr(os, "fchown"):  # Windows has none: there a new file inherits permissions from its folder
        _set_rights(descriptor, before)
    os.fsync(descriptor)


def _set_rights(descriptor: int, before: os.stat_result | None) -> None:
    """Give an open file the owner, group and mode of the previous one, or the default mode of new files."""
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
        # The file got another group, which was not granted anything: give it the permissions of others.
        mode = mode & ~stat.S_IRWXG | (mode & stat.S_IRWXO) << 3
    if stat.S_IMODE(now.st_mode) != mode:  # a file system with one mode for all files refuses even that one
        os.fchmod(descriptor, mode)


def _content(real: Path) -> bytes | None:
    """Return the content of a file, or None if it is gone or not a regular file."""
    try:
        return sources.read(real)
    except Malformed:
        return None
    except CannotRead as error:
        if isinstance(error.reason, FileNotFoundError):
            return None
        raise error.reason from None


def _sync_folder(folder: Path) -> bool:
    """Flush the entries of a folder to the disk, and return whether that succeeded."""
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
    """Return the content of a file, or None if there is none. Raises `CannotExtend` and `CannotWrite`."""
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
    """Return the bytes of a file with one more line, using its own line ends."""
    data = data or b""
    end = reading.line_end(data.decode()).encode()
    gap = end if data.removeprefix(BOM_UTF8) and not data.endswith(b"\n") else b""
    return data + gap + line.encode() + end
