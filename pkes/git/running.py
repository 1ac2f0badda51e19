"""Running git: no other package does.

Only plumbing commands are used, and only setting up the drivers writes anything. The caller's GIT_* variables are
ignored, and no program named in a repository's configuration is run: hooks, monitors, filters, transports.
"""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pkes.errors import GitFailed, system_words

_OPTIONS = (
    "--no-pager", "--no-optional-locks", "--no-replace-objects",
    "-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}", "-c", "core.quotePath=false",
    "-c", "protocol.allow=never",
)  # fmt: skip
# Objects that a partial clone lacks are not fetched: they count as missing.
_SETTINGS = {"LC_ALL": "C", "LANGUAGE": "", "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0"}


def run(folder: Path, *arguments: str) -> bytes:
    """Run git in a folder and return its output. Raises GitFailed if it fails, OSError if there is no git."""
    command = command_line(folder, *arguments)
    ran = subprocess.run(command, env=environment(), stdin=subprocess.DEVNULL, capture_output=True, check=False)
    if ran.returncode:
        raise failure(arguments[0], ran.stderr)
    return ran.stdout


def command_line(folder: Path, *arguments: str) -> list[str]:
    """Return the command line that runs git in a folder."""
    return ["git", *_OPTIONS, "-C", os.fspath(folder), *arguments]


def environment() -> dict[str, str]:
    """Return the environment with our settings and without git's own variables, which git passes to hooks."""
    return {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | _SETTINGS


def failure(command: str, said: bytes) -> GitFailed:
    """Return the error for a failed git command, from what it printed on stderr."""
    lines = said.decode(errors="replace").splitlines()
    fatal = [line for line in lines if line.startswith("fatal: ")]  # warnings may come before it
    return GitFailed(f"git {command}", next(iter(fatal + lines), ""))


def line(output: bytes) -> str:
    """Return one line of output (a path, for example) as text, without its line end."""
    return os.fsdecode(output.removesuffix(b"\n"))


def fields(output: bytes, count: int) -> Iterator[tuple[bytes, ...]]:
    """Yield the rows of an output in which each field ends with a NUL."""
    return zip(*[iter(output.split(b"\0")[:-1])] * count, strict=True)


LABELS = ("ours", "base", "theirs")
"""What the markers of a conflict call the versions."""

_MOST_CONFLICTS = 127
"""More than these are not counted; a higher status is a failure."""


class TextMerge(NamedTuple):
    """The result of a merge: a text, and the number of conflicts in it."""

    data: bytes
    conflicts: int


def merge_file(ours: Path, base: Path, theirs: Path, labels: tuple[str, str, str] = LABELS) -> TextMerge:
    """Return git's merge of the versions in three files, in the user's conflict style.

    No file is written. Raises GitFailed, for example if a file is not text or git is not installed.
    """
    names = [part for label in labels for part in ("-L", label)]
    files = [os.fspath(path.absolute()) for path in (ours, base, theirs)]
    ran = _run("merge-file", "--stdout", *names, *files)
    if not 0 <= ran.returncode <= _MOST_CONFLICTS:
        raise failure("merge-file", ran.stderr)
    return TextMerge(ran.stdout, ran.returncode)


def shows_base() -> bool:
    """Return whether conflicts also show the common base."""
    try:
        return _run("config", "merge.conflictStyle").stdout.strip() in (b"diff3", b"zdiff3")
    except GitFailed:  # there is no git, and so no setting
        return False


def _run(command: str, *arguments: str) -> "subprocess.CompletedProcess[bytes]":
    try:
        return subprocess.run(["git", command, *arguments], stdin=subprocess.DEVNULL, capture_output=True, check=False)
    except OSError as error:
        raise GitFailed(f"git {command}", system_words(error)) from error
