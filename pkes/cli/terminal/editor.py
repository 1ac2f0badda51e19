"""The user's editor, and the file that is edited."""

import os
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from pkes.cli.terminal import output
from pkes.errors import CannotWrite, NoEditor
from pkes.i18n import _

_USUAL = ("editor", "nano", "vi")
"""The editors that are tried without VISUAL and EDITOR; on Windows it is `notepad`."""
_INTERRUPTED = (-signal.SIGINT, 128 + signal.SIGINT, 0xC000013A)
"""The exit statuses of an editor ended by Ctrl-C: of the process itself, of a shell around it, and on Windows."""


class Editor(NamedTuple):
    """The command of an editor, and the variable that named it, or its own name."""

    named_by: str
    command: Sequence[str]


def find() -> Editor:
    """Return the editor in VISUAL or EDITOR, or else a usual one. Raises `NoEditor`."""
    for name in ("VISUAL", "EDITOR"):
        if given := os.environ.get(name, "").strip():
            try:
                return Editor(name, _words(given))
            except ValueError:
                raise NoEditor(name, "quote") from None
    for name in ("notepad",) if os.name == "nt" else _USUAL:
        if shutil.which(name):
            return Editor(name, [name])
    raise NoEditor("VISUAL / EDITOR", "none")


def _words(command: str) -> list[str]:
    """Return the words of a command. On Windows a backslash is part of a path. Raises `ValueError`."""
    if os.name != "nt":
        return shlex.split(command)
    return [word.strip('"') for word in shlex.split(command, posix=False)]


def run(editor: Editor, path: Path) -> None:
    """Open a file in an editor, and wait until the editor is closed.

    Raises `NoEditor` if it cannot be started or fails, `KeyboardInterrupt` if Ctrl-C ends it.
    """
    # Ctrl-C is for the editor, though this process gets it as well. Ignoring it here would be inherited by the editor.
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        # Questions are asked on stderr, which is a terminal even if stdout is not.
        stdout = None if output.on_terminal() else sys.stderr
        status = subprocess.run([*editor.command, os.fspath(path)], stdout=stdout, check=False).returncode
    except OSError as error:
        raise NoEditor(editor.named_by, "start", error) from error
    finally:
        signal.signal(signal.SIGINT, before)
    if status in _INTERRUPTED:
        raise KeyboardInterrupt
    if status:
        raise NoEditor(editor.named_by, "status", status=status)


class Draft:
    """A file with a text to edit, which nobody else can read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.keep = False
        """Whether to keep the file even if nothing goes wrong."""
        self.kept: Path | None = None
        """Another file in which the typed text is kept, so that this one is not needed."""
        self._first: bytes | None = None

    @property
    def is_touched(self) -> bool:
        """Whether the file's content differs from its initial one."""
        return self.read() not in (b"", self._first)

    def write(self, text: str) -> None:
        """Write a text to the file; if that fails, the file is unchanged. Raises `CannotWrite`."""
        data = text.encode()
        self._first = data if self._first is None else self._first
        new = self.path.with_name(f".{self.path.name}.new")
        try:
            with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                file.write(data)
            new.replace(self.path)
        except OSError as error:
            raise CannotWrite(os.fspath(self.path), error) from error

    def read(self) -> bytes:
        """Return the content of the file, or nothing if it is gone."""
        try:
            return self.path.read_bytes()
        except OSError:
            return b""


@contextmanager
def draft(name: str) -> Iterator[Draft]:
    """Create a file with a name for editing. It is removed at the end; if anything fails, the typed text is kept.

    It has a folder of its own, where an editor may put further files.
    """
    try:
        folder = Path(tempfile.mkdtemp(prefix="pkes-"))
    except OSError as error:
        raise CannotWrite(tempfile.gettempdir(), error) from error
    draft = Draft(folder / name)
    is_done = False
    try:
        yield draft
        is_done = True
    finally:
        stays = draft.kept is None and draft.is_touched and (draft.keep or not is_done)
        if kept := draft.path if stays else draft.kept:
            output.hint(_("what was typed is kept in {path}").format(path=kept))
        if not stays:
            shutil.rmtree(folder, ignore_errors=True)
