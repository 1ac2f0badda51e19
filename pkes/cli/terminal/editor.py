"""The user's own editor, and the file that it is opened on."""

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
"""What is tried where neither VISUAL nor EDITOR names one; on Windows that is `notepad`."""
_INTERRUPTED = (-signal.SIGINT, 128 + signal.SIGINT, 0xC000013A)
"""The exit statuses of an editor that Ctrl-C ended: of the process itself, of a shell around it, and on Windows."""


class Editor(NamedTuple):
    """The command of an editor, and what named it: a variable, or its own name."""

    named_by: str
    command: Sequence[str]


def find() -> Editor:
    """Return the editor that VISUAL, else EDITOR names, else one that is usual. Raises `NoEditor`."""
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
    """Open a file in an editor, and wait until it is left.

    Raises `NoEditor` where it cannot be started or fails, `KeyboardInterrupt` where Ctrl-C ends it.
    """
    # Ctrl-C is the editor's own matter, though this process gets it as well. What ignores it hands that on.
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        # Questions are asked on stderr: that is a terminal also where stdout is not.
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
    """A file with a text to be edited, which nobody else can read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.keep = False
        """Whether the file is to stay where nothing went wrong, too."""
        self.kept: Path | None = None
        """Another file that what was typed is kept in, so that this one is not needed."""
        self._first: bytes | None = None

    @property
    def is_touched(self) -> bool:
        """Whether the file holds anything but what was first put into it."""
        return self.read() not in (b"", self._first)

    def write(self, text: str) -> None:
        """Put a text into the file, which is left as it was where that fails. Raises `CannotWrite`."""
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
        """Return what the file holds, nothing where it is gone."""
        try:
            return self.path.read_bytes()
        except OSError:
            return b""


@contextmanager
def draft(name: str) -> Iterator[Draft]:
    """Give a file of a name to be edited. It goes when all is done; what was typed stays where anything fails.

    It stands in a folder of its own, with what an editor may put beside it.
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
