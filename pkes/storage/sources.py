"""Reading a whole file, pipe or stream within bounds: anything else, and endless input, is refused."""

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from pkes.errors import CannotRead, Malformed

StrPath = str | os.PathLike[str]

MOST_MB: Final = 256
"""The maximum size that is read, in megabytes. 10,000 members take about 4 MB."""

_PIECE = 1 << 16
_KINDS = {stat.S_IFDIR: "a folder", stat.S_IFIFO: "a pipe", stat.S_IFSOCK: "a socket"}


def read(path: StrPath, *, pipes: bool = False) -> bytes:
    """Return the bytes of the regular file at a path, or of a pipe if `pipes` is true.

    Other kinds of file are not even opened: opening a pipe waits for a writer, and opening a device can do anything.
    Raises `CannotRead` and `Malformed`: `file-type` or `file-size`.
    """
    with named(path):
        _require(os.stat(path), pipes=pipes)
        with open(path, "rb", buffering=0, opener=None if pipes else _opened_at_once) as file:
            # Another file may have taken its name meanwhile.
            found = os.fstat(file.fileno())
            _require(found, pipes=pipes)
            return within_bounds(file.read, found.st_size)


def read_any(path: StrPath) -> bytes:
    """Return everything at a path, even of a pipe or a device. Raises `CannotRead` and `Malformed`: `file-size`."""
    with named(path), open(path, "rb", buffering=0) as file:
        return within_bounds(file.read)


@contextmanager
def named(path: StrPath) -> Iterator[None]:
    """Make errors name the path: those of the system become `CannotRead`."""
    try:
        yield
    except OSError as error:
        raise CannotRead(os.fspath(path), error) from error
    except Malformed as error:
        error.path = os.fspath(path)
        raise


def require_regular(found: os.stat_result) -> None:
    """Raise `Malformed`, `file-type`, unless these are the properties of a regular file."""
    if not stat.S_ISREG(found.st_mode):
        raise Malformed("file-type", found=_KINDS.get(stat.S_IFMT(found.st_mode), "a device"))


def within_bounds(read: Callable[[int], bytes | None], expected: int = 0) -> bytes:
    """Return everything that `read` returns; it is called with the maximum number of bytes until there are no more.

    `expected` is the expected size. Raises `Malformed`, `file-size`, at the first byte beyond the limit.
    """
    pieces, left = [], most_bytes() + 1
    while left and (piece := read(min(left, max(expected + 1, _PIECE)))):
        pieces.append(piece)
        left -= len(piece)
    if not left:
        raise too_large()
    return b"".join(pieces)


def most_bytes() -> int:
    """Return the maximum number of bytes that are read."""
    return MOST_MB << 20


def too_large() -> Malformed:
    """Return the error for more than that."""
    return Malformed("file-size", most=MOST_MB)


def _require(found: os.stat_result, *, pipes: bool) -> None:
    if pipes and stat.S_ISFIFO(found.st_mode):
        return
    require_regular(found)
    if found.st_size > most_bytes():
        raise too_large()


def _opened_at_once(path: str, flags: int) -> int:
    # Do not wait if the file has meanwhile been replaced by a pipe without a writer. Windows has no such flag.
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
