"""How long a whole process takes, and how much memory; several of them in turn, because a machine is never quiet."""

import os
import pty
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
WIDTH = 120
LONG, ENOUGH = 10.0, 60.0
"""Seconds from which on a run is long, and after which no more of a side are counted."""
LAUNCHER = (
    sys.executable, "-I", "-S", "-c",
    """\
import os, sys, time
start = time.perf_counter()
child = os.posix_spawnp(sys.argv[2], sys.argv[2:], os.environ)
_, status, usage = os.wait4(child, 0)
seconds = time.perf_counter() - start
os.write(int(sys.argv[1]), f"{os.waitstatus_to_exitcode(status)} {start} {seconds} {usage.ru_maxrss}".encode())
""",
)  # fmt: skip
"""Runs a command and tells of it: the system counts the memory of what starts a process as that of the process."""


class Failed(Exception):
    """A side that is not there or did not do its work; its text says which."""


class Side(NamedTuple):
    """A program at some work.

    `command` gives its arguments, anew before each run. `prints` is a piece of the output and how often it has to come.
    `makes` is the file that each run has to change. On a `terminal` the output goes to one. A shell `needs` a program.
    Where `to_first`, the time is that until the piece comes first.
    """

    name: str
    command: Callable[[], list[str]]
    prints: tuple[str, int] | None = None
    makes: Path | None = None
    terminal: bool = False
    needs: str = ""
    to_first: bool = False


class Run(NamedTuple):
    """What one run took: seconds from its start to its end, and the peak of its memory in bytes.

    Of several processes the memory is that of the largest.
    """

    seconds: float
    memory: float


def measure(sides: Sequence[Side], runs: int, patience: float) -> list[Run | Failed]:
    """Run each side so often in turn; return the medians, or why there are none.

    A side runs twice each time and the second counts: the one before leaves memory and caches as it used them. What is
    long is counted the first time, and does not run on for ever. A run that takes longer than `patience`, in seconds,
    is killed.
    """
    found: list[list[Run]] = [[] for _ in sides]
    failures: dict[int, Failed] = {}
    for _ in range(runs):
        for number, side in enumerate(sides):
            if number in failures or sum(one.seconds for one in found[number]) > ENOUGH:
                continue
            try:
                first = run(side, patience)
                found[number].append(first if first.seconds > LONG else run(side, patience))
            except Failed as failure:
                failures[number] = failure
    return [failures.get(number) or _median(taken) for number, taken in enumerate(found)]


def _median(taken: Sequence[Run]) -> Run:
    return Run(median(one.seconds for one in taken), median(one.memory for one in taken))


def run(side: Side, patience: float) -> Run:
    """Run a side once. Raises `Failed` where it is not installed, fails, or has not done what it should."""
    command = side.command()
    if not shutil.which(needed := side.needs or command[0]):
        raise Failed(f"{needed} is not installed")
    before = _stamp(side.makes)
    reader, writer = pty.openpty() if side.terminal else os.pipe()
    told, telling = os.pipe()
    process = subprocess.Popen(
        [*LAUNCHER, str(telling), *command], cwd=ROOT, env=environment(), pass_fds=[telling],
        stdin=writer if side.terminal else subprocess.DEVNULL, stdout=writer, stderr=writer, start_new_session=True,
    )  # fmt: skip
    for ours in (writer, telling):
        os.close(ours)
    watch = threading.Timer(patience, os.killpg, (process.pid, signal.SIGKILL))
    watch.start()
    with os.fdopen(told) as figures:
        count, last, first = _read(reader, side.prints[0] if side.prints else "")
        status, start, seconds, kilobytes = figures.read().split() or (0, 0, 0, 0)
    watch.cancel()
    os.close(reader)
    if process.wait():
        raise Failed(f"it takes longer than {patience:.0f} s")
    if int(status):
        raise Failed(f"exit {status}: {last}")
    if side.prints and count != side.prints[1]:
        raise Failed(f"it printed {count} of {side.prints[1]} members")
    if side.makes and _stamp(side.makes) == before:
        raise Failed("it changed nothing")
    # On Linux, the clock is the same in all processes.
    return Run(first - float(start) if side.to_first else float(seconds), int(kilobytes) * 1024)


def _stamp(path: Path | None) -> tuple[int, int] | None:
    if path is None or not path.exists():
        return None
    found = path.stat()
    return found.st_mtime_ns, found.st_size


def _read(reader: int, piece: str) -> tuple[int, str, float]:
    """Read all that is written; return how often a piece of it came, its last line, and when the piece came first."""
    wanted, count, rest, last, first = piece.encode(), 0, b"", b"", 0.0
    for data in _pieces(reader):
        seen = rest + data
        count += seen.count(wanted) if wanted else 0
        first = first or (perf_counter() if count else 0.0)
        rest = seen[max(len(seen) - len(wanted) + 1, 0) :]
        last = (last + data)[-500:]
    return count, last.decode(errors="replace").strip().rpartition("\n")[2], first


def _pieces(reader: int) -> Iterator[bytes]:
    """Yield what is written until the last writer is gone, which Linux reports of a terminal as an error."""
    while True:
        try:
            data = os.read(reader, 65536)
        except OSError:
            return
        if not data:
            return
        yield data


def environment() -> dict[str, str]:
    """Return an environment that says nothing of its own to any side."""
    told = ("PKES_", "PYTHON", "COLUMNS", "LINES", "FORCE_COLOR", "NO_COLOR")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(told)}
    return kept | {"LC_ALL": "C.UTF-8", "TERM": "xterm-256color", "COLUMNS": str(WIDTH)}
