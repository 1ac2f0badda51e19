"""Running git: no other package does.

git is asked by its plumbing commands; to set the drivers up is all that writes. The caller's GIT_* do not count, and no
program that a repository's own configuration names is run: hooks, monitors, filters, transports.
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
# What a partial clone left out is not fetched: it counts as missing.
_SETTINGS = {"LC_ALL": "C", "LANGUAGE": "", "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0"}


def run(folder: Path, *arguments: str) -> bytes:
    """Run git in a folder and return what it prints. Raises GitFailed where it fails, OSError where there is none."""
    command = command_line(folder, *arguments)
    ran = subprocess.run(command, env=environment(), stdin=subprocess.DEVNULL, capture_output=True, check=False)
    if ran.returncode:
        raise failure(arguments[0], ran.stderr)
    return ran.stdout


def command_line(folder: Path, *arguments: str) -> list[str]:
    """Return the command line that runs git in a folder."""
    return ["git", *_OPTIONS, "-C", os.fspath(folder), *arguments]


def environment() -> dict[str, str]:
    """Return the environment without git's variables, which git passes on to its hooks, and with settings of ours."""
    return {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | _SETTINGS


def failure(command: str, said: bytes) -> GitFailed:
    """Return the failure of a command of git by what it said on stderr."""
    lines = said.decode(errors="replace").splitlines()
    fatal = [line for line in lines if line.startswith("fatal: ")]  # warnings may stand before it
    return GitFailed(f"git {command}", next(iter(fatal + lines), ""))


def line(output: bytes) -> str:
    """Return an output of one line as text, a path among others, without its end."""
    return os.fsdecode(output.removesuffix(b"\n"))


def fields(output: bytes, count: int) -> Iterator[tuple[bytes, ...]]:
    """Yield the rows of an output in which each field ends with a NUL."""
    return zip(*[iter(output.split(b"\0")[:-1])] * count, strict=True)


LABELS = ("ours", "base", "theirs")
"""What the markers of a conflict call the versions."""

_MOST_CONFLICTS = 127
"""More than these are not counted; a higher status is a failure."""


class TextMerge(NamedTuple):
    """What a merge gave: a text, and how many conflicts it holds."""

    data: bytes
    conflicts: int


def merge_file(ours: Path, base: Path, theirs: Path, labels: tuple[str, str, str] = LABELS) -> TextMerge:
    """Return git's merge of the versions in three files, in the style of conflict that the user has set.

    No file is written. Raises GitFailed, as for a file that is no text or where there is no git.
    """
    names = [part for label in labels for part in ("-L", label)]
    files = [os.fspath(path.absolute()) for path in (ours, base, theirs)]
    ran = _run("merge-file", "--stdout", *names, *files)
    if not 0 <= ran.returncode <= _MOST_CONFLICTS:
        raise failure("merge-file", ran.stderr)
    return TextMerge(ran.stdout, ran.returncode)


def shows_base() -> bool:
    """Whether conflicts show what both sides began with, too."""
    try:
        return _run("config", "merge.conflictStyle").stdout.strip() in (b"diff3", b"zdiff3")
    except GitFailed:  # there is no git, and so no such wish
        return False


def _run(command: str, *arguments: str) -> "subprocess.CompletedProcess[bytes]":
    try:
        return subprocess.run(["git", command, *arguments], stdin=subprocess.DEVNULL, capture_output=True, check=False)
    except OSError as error:
        raise GitFailed(f"git {command}", system_words(error)) from error
