"""git's own merge of three versions of a text, line by line, and the style of conflict that the user has set.

Here, and only here, the caller's GIT_* count: the caller is git, and they lead to the configuration that it uses.
"""

import os
import subprocess
from pathlib import Path
from typing import NamedTuple

from pkes.errors import GitFailed, system_words
from pkes.git.running import failure

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
