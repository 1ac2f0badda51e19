"""The calls of a write to the system itself, as strace tells them, and one of them made to fail by it."""

import functools
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.conftest import environment
from tests.proof.warm import Done

FILES = (
    "open,openat,read,pread64,write,pwrite64,close,fsync,fdatasync,rename,renameat,renameat2,link,linkat,unlink,unlinkat,"
    "chmod,fchmod,fchmodat,fchown,chown,fchownat,access,faccessat,faccessat2,stat,fstat,lstat,newfstatat,statx,readlink,"
    "readlinkat,lseek,flock,fcntl,getdents64,mkdir"
)
"""All that may concern a file; a name that this machine does not know is left out."""

_LINE = re.compile(r"\d+ +(?:\d+\.\d+ )?(\w+)\((.*)\) += (-?\d+|\?)(.*)")


class Call(NamedTuple):
    """A call as the log tells it: how many of its name there were up to it, what it was given, and its result."""

    name: str
    number: int
    given: str
    result: str
    is_injected: bool

    def concerns(self, folder: Path) -> bool:
        """Whether it names the folder or a file in it, or a descriptor of one."""
        place = re.escape(os.fspath(folder))
        return bool(re.search(rf'"{place}["/]|\b\d+<{place}[>/]', self.given))

    def is_of(self, path: Path) -> bool:
        """Whether it names a file, or a descriptor of it."""
        place = re.escape(os.fspath(path))
        return bool(re.search(rf'"{place}"|\b\d+<{place}>', self.given))

    def is_as(self, other: "Call") -> bool:
        """Whether it is the same call of another run: numbers, addresses and random names may differ."""
        return (self.name, self.number, self._names()) == (other.name, other.number, other._names())

    def _names(self) -> list[str]:
        """Return the names in what it was given."""
        given = re.sub(r"\.pkes-\w+\.tmp", ".pkes-.tmp", self.given)
        return [re.sub(r"\d+", "0", name) for name in re.findall(r'"[^"]+"|\b<[^>]+>', given)]


class Traced(NamedTuple):
    """What became of a command, and its calls."""

    done: Done
    calls: list[Call]


@functools.cache
def why_not() -> str:
    """Return why strace cannot be used here; "" where it can."""
    if not shutil.which("strace"):
        return "strace is not installed"
    inject = ["-e", "trace=chdir", "-e", "inject=chdir:error=EIO"]
    command = ["strace", "-f", "-y", *inject, "sh", "-c", "cd / || echo refused"]
    ran = subprocess.run(command, capture_output=True, check=False)
    return "" if ran.stdout == b"refused\n" else "strace can let nothing fail here"


@functools.cache
def _known() -> tuple[str, tuple[str, ...]]:
    """Return the names of the calls that strace knows here, and the options that make it quicker."""
    names = [name for name in FILES.split(",") if _accepts("-e", f"trace={name}")]
    return ",".join(names), ("--seccomp-bpf",) if _accepts("--seccomp-bpf") else ()


def _accepts(*options: str) -> bool:
    return subprocess.run(["strace", "-f", *options, "true"], capture_output=True, check=False).returncode == 0


def trace(program: Path, folder: Path, arguments: Sequence[str], *inject: str) -> Traced:
    """Run a command outside of a folder, its calls traced; by strace's own expressions some of them fail.

    `program` is where the package is: a folder in which nobody else works, so that it is imported by the same calls.
    """
    names, quicker = _known()
    if any("signal=" in one for one in inject):
        quicker = ()  # strace 6.1 would send none
    log = Path(tempfile.mkdtemp(dir=folder.parent)) / "calls"
    orders = [part for one in inject for part in ("-e", f"inject={one}")]
    tracer = ["strace", "-f", "-y", "-s", "0", "-o", os.fspath(log), *quicker, "-e", f"trace={names}", *orders]
    # Nothing is written or drawn that would change the calls.
    env = environment({"PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": os.fspath(program)})
    ran = subprocess.run(
        [*tracer, sys.executable, "-P", "-m", "pkes", *arguments],
        cwd=folder.parent,
        env=env,
        capture_output=True,
        check=False,
    )
    done = Done(ran.returncode, ran.stdout.decode(), ran.stderr.decode(), 0.0)
    return Traced(done, [*_read(log.read_text(errors="replace"))])


def _read(text: str) -> Iterator[Call]:
    seen: Counter[str] = Counter()
    for line in text.splitlines():
        if match := _LINE.match(line):
            name, given, result, rest = match.groups()
            seen[name] += 1
            yield Call(name, seen[name], given, result, "(INJECTED)" in rest)
