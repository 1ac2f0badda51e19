"""Running git: no other package does.

git is asked by its plumbing commands; to set the drivers up is all that writes. The caller's GIT_* do not count, and no
program that a repository's own configuration names is run: hooks, monitors, filters, transports.
"""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

from pkes.errors import GitFailed

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
