"""How long whole commands take, side by side with recutils and with the least that a Python program could take.

    python tests/benchmark.py [--runs N] [--members N] [--slow]

Each row times two processes in turn, A B A B …, and compares the medians of their wall time, because a machine is never
quiet for long. The first run of each only warms up. Every run is looked at: one that did not do its work is no figure.
Goals are printed, never enforced: a time is no test's matter.
"""

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import NamedTuple

import generated

try:
    import pty
except ImportError:  # not on Windows
    pty = None  # type: ignore[assignment]

ROOT = Path(__file__).resolve().parent.parent
PHONES = ("+48 12 640 00 00", "+48 12 641 00 00")
WIDTH = 120
PKES = [sys.executable, "-m", "pkes"]
IMPORTS = "import typer, rich.console, rich.table"
FLOOR = """\
import sys
import toml_rs
import typer
with open(sys.argv[1], encoding="utf-8") as file:
    toml_rs.loads(file.read(), toml_version="1.0.0")
"""


class Failed(Exception):
    """A side of a row that is not there or did not do its work; its text says which."""


class Side(NamedTuple):
    """One of the two commands of a row.

    `command` gives its arguments, before each run anew. `prints` is a piece of the output and how often it has to come.
    `edits` is the file that each run has to change. On a `terminal` the output goes to one.
    """

    name: str
    command: Callable[[], list[str]]
    prints: tuple[str, int] | None = None
    edits: Path | None = None
    terminal: bool = False


class Row(NamedTuple):
    """Two sides, and the ratio that is the goal, as a text like `< 1.5`. A `slow` row is left out unless asked for."""

    what: str
    ours: Side
    other: Side
    goal: str = ""
    slow: bool = False


class Files(NamedTuple):
    """The same members in each program's own form."""

    toml: Path
    keyed: Path
    keyless: Path


def write_files(folder: Path, count: int) -> Files:
    """Write a registry of so many members into a folder, in each form."""
    files = Files(folder / "big.toml", folder / "keyed.rec", folder / "keyless.rec")
    texts = generated.toml_text(count), generated.rec_text(count, key=True), generated.rec_text(count, key=False)
    for path, text in zip(files, texts, strict=True):
        path.write_bytes(text.encode())
    return files


def rows(files: Files, count: int) -> Iterator[Row]:
    """Yield what is compared."""
    shipped = [*PKES, "-r", os.fspath(ROOT / "registry.toml"), "list"]
    imports = Side(IMPORTS, lambda: [sys.executable, "-c", IMPORTS])
    yield Row("list, shipped, terminal", Side("pkes list", lambda: shipped, terminal=True), imports, "≤ 1.5")
    yield Row("list, shipped, piped", Side("pkes list", lambda: shipped), imports, "≤ 1.5")
    tab = ["env", "_PKES_COMPLETE=bash", "COMP_WORDS=pkes -r registry.toml show ", *PKES]
    yield Row("TAB, shipped", Side("pkes show TAB", lambda: tab, prints=("bergamotka\n", 1)), imports, "≤ 1.5")

    ngos = sum(member["sector"] == "ngo" for member in generated.members(count).values())
    listed = [*PKES, "-r", os.fspath(files.toml), "list", "-s", "ngo"]
    selected = ["recsel", "-t", "Member", "-e", "sector = 'ngo'", "-C", os.fspath(files.keyed)]
    yield Row(
        "list by sector, piped",
        Side("pkes list -s ngo", lambda: listed, prints=("\tngo\t", ngos)),
        Side("recsel -C, %key", lambda: selected, prints=("sector: ngo\n", ngos)),
        "≤ 1.0",
    )

    exported = [*PKES, "-r", os.fspath(files.toml), "export"]
    piped = ["sh", "-c", 'recsel -t Member "$0" | rec2csv', os.fspath(files.keyed)]
    yield Row(
        "export to csv, piped",
        Side("pkes export", lambda: exported, prints=("@example.org", count)),
        Side("recsel | rec2csv, %key", lambda: piped, prints=("@example.org", count)),
        "≤ 1.0",
    )

    edit = Side("pkes edit", lambda: edit_command(files.toml, count), edits=files.toml)
    floor = Side("import typer + loads", lambda: [sys.executable, "-c", FLOOR, os.fspath(files.toml)])
    yield Row("one edit", edit, recset("recset, no %key", files.keyless, count), "< 1.5")
    yield Row("one edit", edit, floor, "≤ 4")
    yield Row("one edit", edit, recset("recset, %key", files.keyed, count), slow=True)


def recset(name: str, path: Path, count: int) -> Side:
    """Return the edit of recutils in one of its files."""

    def command() -> list[str]:
        chosen = f"id = '{middle(count)}'"
        return ["recset", "-t", "Member", "-e", chosen, "-f", "phone", "-s", other_phone(path), os.fspath(path)]

    return Side(name, command, edits=path)


def edit_command(path: Path, count: int) -> list[str]:
    """Return the same edit with pkes."""
    return [*PKES, "-r", os.fspath(path), "edit", middle(count), f"phone={other_phone(path)}"]


def middle(count: int) -> str:
    """Return the id of the member that is edited."""
    return generated.member_id(count // 2)


def other_phone(path: Path) -> str:
    """Return a number that a file does not hold yet, so that setting it is a change."""
    return PHONES[PHONES[0].encode() in path.read_bytes()]


def measure(row: Row, runs: int) -> tuple[list[float], list[float]]:
    """Return the seconds that each run of each side took. Raises `Failed`."""
    ours, other = [], []
    for _ in range(runs + 1):
        ours.append(timed(row.ours))
        other.append(timed(row.other))
    return ours[1:], other[1:]


def timed(side: Side) -> float:
    """Return the seconds from the start of a process to its end and that of its output. Raises `Failed`."""
    command = side.command()
    if not shutil.which(command[0]):
        raise Failed(f"{command[0]} is not installed")
    before = side.edits.read_bytes() if side.edits else b""
    status, output, seconds = (on_terminal if side.terminal else on_pipe)(command)
    text = output.decode(errors="replace")
    if status:
        raise Failed(f"{side.name}: exit {status}: {text.strip().splitlines()[-1] if text.strip() else ''}")
    if side.prints and (found := text.count(side.prints[0])) != side.prints[1]:
        raise Failed(f"{side.name}: printed {found} of {side.prints[1]} members")
    if side.edits and side.edits.read_bytes() == before:
        raise Failed(f"{side.name}: changed nothing")
    return seconds


def on_pipe(command: list[str]) -> tuple[int, bytes, float]:
    """Run a command with a pipe for its output; return status, output and seconds."""
    start = time.perf_counter()
    done = subprocess.run(
        command, cwd=ROOT, env=environment(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    return done.returncode, done.stdout, time.perf_counter() - start


def on_terminal(command: list[str]) -> tuple[int, bytes, float]:
    """Run a command with a terminal for its output; return status, output and seconds. Raises `Failed`."""
    if pty is None:
        raise Failed("there are no pseudo-terminals here")
    reader, terminal = pty.openpty()
    start = time.perf_counter()
    with subprocess.Popen(
        command, cwd=ROOT, env=environment(), stdin=terminal, stdout=terminal, stderr=terminal
    ) as process:
        os.close(terminal)
        output = b"".join(read_terminal(reader))
    seconds = time.perf_counter() - start
    os.close(reader)
    return process.returncode, output, seconds


def read_terminal(reader: int) -> Iterator[bytes]:
    """Yield what a terminal is told until its last writer is gone, which Linux reports as an error."""
    while True:
        try:
            data = os.read(reader, 65536)
        except OSError:
            return
        if not data:
            return
        yield data


def environment() -> dict[str, str]:
    """Return an environment that says nothing of its own to either side."""
    told = ("PKES_", "PYTHON", "COLUMNS", "LINES", "FORCE_COLOR", "NO_COLOR")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(told)}
    return kept | {"LC_ALL": "C.UTF-8", "TERM": "xterm-256color", "COLUMNS": str(WIDTH)}


COLUMNS = "{:<24} {:<17} {:>8}   {:<39} {:>9} {:>6}  {:<6} {}"


def line(row: Row, runs: int) -> str:
    """Return a row of the table, or why there is none."""
    try:
        ours, other = (median(seconds) for seconds in measure(row, runs))
    except Failed as failure:
        return f"{row.what:<24} against {row.other.name}: no figure: {failure}"
    times = (f"{seconds * 1000:.0f} ms" for seconds in (ours, other))
    return COLUMNS.format(
        row.what,
        row.ours.name,
        next(times),
        row.other.name,
        next(times),
        f"{ours / other:.2f}",
        *verdict(row.goal, ours / other),
    ).rstrip()


def verdict(goal: str, ratio: float) -> tuple[str, str]:
    """Return a goal, and whether a ratio meets it."""
    if not goal:
        return "", ""
    sign, _, bound = goal.partition(" ")
    met = ratio < float(bound) if sign == "<" else ratio <= float(bound)
    return goal, "met" if met else "not met"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Whole commands of pkes against recutils and bare imports.")
    parser.add_argument("--runs", type=int, default=11, help="timed runs of each side (11)")
    parser.add_argument("--members", type=int, default=10_000, help="members of the big registry (10000)")
    parser.add_argument("--slow", action="store_true", help="recset with %%key: id too: up to half a minute a run")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        files = write_files(Path(folder), options.members)
        size = files.toml.stat().st_size / 1e6
        print(
            f"{options.members:,} members ({size:.1f} MB of TOML), medians of {options.runs} alternating runs,"
            f" Python {platform.python_version()}, {os.cpu_count()} cores"
        )
        print(COLUMNS.format("", "", "median", "against", "median", "ratio", "goal", ""))
        for row in rows(files, options.members):
            if options.slow or not row.slow:
                print(line(row, 1 if row.slow else options.runs), flush=True)


if __name__ == "__main__":
    main()
