"""How long whole commands take and how much memory, side by side with other programs and with the least possible.

    python tests/benchmark.py [--sizes N,…] [--runs N] [--only WORK] [--patience SECONDS]

For each work and size the sides run in turn, A B C A B C …, and the medians are compared, because a machine is never
quiet for long; each time a side runs once before to warm up. Every run is looked at: one that did not do its work is no
figure.
`growth` is the exponent between a size and the one before it: 1 is in proportion; `ours÷` is the first line of a group
divided by this one. Goals are printed, never enforced: a time is no test's matter.
All sizes take about three quarters of an hour on a quiet machine; `--sizes 13,1000,10000` a quarter.
"""

import argparse
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.files import Files
from bench.table import HEAD, Table
from bench.work import WORK

HERE = Path(__file__).resolve().parent
SIZES = (13, 1_000, 10_000, 100_000)
RUNS, BIG, FEWER = 7, 100_000, 3
"""So many runs of each side; from the big size on, fewer."""
PATIENCE = 120.0


def main() -> None:
    """Print the table."""
    names = [work.name for work in WORK]
    parser = argparse.ArgumentParser(description="Whole commands of pkes against other programs.")
    parser.add_argument("--sizes", type=_sizes, default=SIZES, metavar="N,…", help="members (13,1000,10000,100000)")
    parser.add_argument("--runs", type=int, help=f"timed runs of each side ({RUNS}; {FEWER} from {BIG:,} members on)")
    parser.add_argument("--only", choices=names, action="append", help="this work; may be said more than once")
    parser.add_argument("--patience", type=float, default=PATIENCE, help="seconds before a run is killed (120)")
    options = parser.parse_args()
    table = Table(options.patience)
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores; medians of runs in turn", HEAD, sep="\n")
    with tempfile.TemporaryDirectory() as folder:
        made = {count: _write(Path(folder) / str(count), count) for count in options.sizes}
        for work in WORK:
            for count, files in made.items():
                if work.name in (options.only or names) and (work.has_sizes or count == min(made)):
                    runs = options.runs or (RUNS if count < BIG else FEWER)
                    for line in table.lines(work.name, count, [*work.sides(files, count)], runs):
                        print(line, flush=True)
    print(f"{sum(table.verdicts)} of {len(table.verdicts)} goals met")


def _sizes(text: str) -> list[int]:
    return [int(size) for size in text.split(",")]


def _write(folder: Path, count: int) -> Files:
    """Write the files of a size in a process of its own, so that this one stays small."""
    folder.mkdir()
    subprocess.run([sys.executable, "-m", "bench.files", str(folder), str(count)], cwd=HERE, check=True)
    return Files(folder)


if __name__ == "__main__":
    main()
