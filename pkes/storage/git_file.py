"""A file beside the registry that git reads, as `.gitignore`: whoever wrote it, a line can be added."""

import stat
from pathlib import Path

from pkes.errors import CannotExtend, CannotWrite
from pkes.toml.reading import BOM


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
    first, end, _ = data.partition(b"\n")
    end = b"\r\n" if first.endswith(b"\r") and end else b"\n"
    gap = end if data.removeprefix(BOM) and not data.endswith(b"\n") else b""
    return data + gap + line.encode() + end
