"""Mutation testing: small faults are put into the modules that writes depend on; the tests must notice each.

    python tests/proof/mutants.py [--all] [--seconds N] [--count N] [--seed N] [--only MODULE ...] [--processes N]

Each mutant is run against the tests of its module, in a copy of the project; properties are tried with the same
examples each time. It is killed where a test fails, or where the tests do not end. Prints the share that was killed,
and the survivors. Without `--all`, only so many are tried as fit into the time.
"""

import argparse
import os
import random
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.proof import mutation  # noqa: E402

SECONDS = 150.0
CPU_SECONDS, WALL_SECONDS = 60, 180
"""After so many seconds tests are taken for endless; whole files of properties take 20 s on a slow machine."""

_STORE = " ".join(
    f"storage/test_store{name}"
    for name in ("", "_load", "_create", "_agreed", "_spelled", "_rewrite", "_faults", "_interrupts")
)
_RULES = "toml/test_rules toml/test_rules_records toml/test_edits"
_MERGE = "merge/test_text merge/test_text_more merge/test_merge_laws"
TESTS = {
    "storage/store": _STORE,
    "storage/files": "storage/test_files storage/test_files_links storage/test_files_lock storage/test_files_create "
    "storage/test_store_faults storage/test_store_interrupts storage/test_git_file",
    "registry/changes": "registry/test_changes registry/test_changes_applied toml/test_rules toml/test_edits",
    "registry/inquiries": "registry/test_inquiries registry/test_inquiries_time cli/commands/test_steps cli/test_life",
    "toml/arrays": f"toml/test_arrays {_RULES}",
    "toml/canonical": "toml/test_canonical toml/test_canonical_comments toml/test_canonical_banners "
    "toml/test_canonical_toml toml/test_canonical_layouts",
    "toml/comment_merge": _MERGE,
    "toml/attached": "toml/test_canonical toml/test_canonical_comments toml/test_canonical_banners "
    "toml/test_canonical_layouts",
    "toml/comments": _MERGE,
    "toml/edit": f"toml/test_strip toml/test_tree toml/test_placing {_RULES}",
    "toml/placing": f"toml/test_placing merge/test_groups {_RULES}",
    "toml/reading": "toml/test_reading registry/test_parsing",
    "toml/render": f"toml/test_render toml/test_canonical {_RULES}",
    "toml/scan": f"toml/test_scan toml/test_tree {_RULES}",
    "toml/splice": f"toml/test_splice {_RULES}",
    "toml/tree": f"toml/test_tree toml/test_strip toml/test_pieces registry/test_parsing {_RULES} {_MERGE}",
}
"""The tests of each module, the quickest first."""


class Job(NamedTuple):
    """A mutant to be tried: the module, and the place in it; None is the module as it is."""

    module: str
    place: tuple[int, int] | None


class Result(NamedTuple):
    """What became of a mutant: "killed", "endless" or "survived"."""

    module: str
    line: int
    change: str
    outcome: str


def jobs(only: Sequence[str], seed: int) -> list[Job]:
    """Return all mutants in a random order that the seed gives."""
    found = [
        Job(module, place)
        for module in TESTS
        if module.startswith(tuple(only))
        for place in mutation.places(_path(ROOT, module).read_text(encoding="utf-8"))
    ]
    random.Random(seed).shuffle(found)
    return found


def _path(root: Path, module: str) -> Path:
    return root / "pkes" / f"{module}.py"


class Copy:
    """A copy of the project, in which mutants are tried one after the other."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for name in ("pkes", "tests"):
            shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__", "proof"))
        for name in ("pyproject.toml", "registry.toml", "README.md"):
            shutil.copy(ROOT / name, root / name)

    def attempt(self, job: Job) -> Result:
        """Try a mutant."""
        path = _path(self.root, job.module)
        source = path.read_text(encoding="utf-8")
        made = mutation.mutant(source, job.place) if job.place else mutation.Mutant(0, "no change", source)
        path.write_text(made.source, encoding="utf-8")
        try:
            outcome = self.outcome(job.module)
        finally:
            path.write_text(source, encoding="utf-8")
        return Result(job.module, made.line, made.change, outcome)

    def outcome(self, module: str) -> str:
        """Run the tests of a module in a child, which has pytest and hypothesis from here, but no pkes."""
        child = os.fork()
        if not child:
            self.be_tests(module)
        _, status = os.waitpid(child, 0)
        code = os.waitstatus_to_exitcode(status)
        return "survived" if code == 0 else "killed" if code > 0 else "endless"

    def be_tests(self, module: str) -> None:
        code = 3
        try:
            resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
            signal.alarm(WALL_SECONDS)
            os.chdir(self.root)
            sys.path.insert(0, str(self.root))
            os.environ.update({"PYTHONPATH": str(self.root), "PYTHONDONTWRITEBYTECODE": "1"})
            sys.dont_write_bytecode = True
            for name in [name for name in sys.modules if name.split(".")[0] in ("pkes", "tests")]:
                del sys.modules[name]
            files = [f"tests/{name}.py" for name in TESTS[module].split()]
            import pytest

            nothing = os.open(os.devnull, os.O_RDWR)
            for stream in (0, 1, 2):
                os.dup2(nothing, stream)
            # hypothesis is imported already.
            known = "-Wignore::pytest.PytestAssertRewriteWarning"
            code = pytest.main(["-x", "-q", "-p", "no:cacheprovider", known, *files])
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)


def work(todo: Sequence[Job], seconds: float) -> list[Result]:
    """Try mutants in a copy until the time is over."""
    import hypothesis  # noqa: F401
    import pytest  # noqa: F401

    results = []
    end = time.monotonic() + seconds
    with tempfile.TemporaryDirectory() as folder:
        copy = Copy(Path(folder) / "copy")
        for job in todo:
            if time.monotonic() > end:
                break
            results.append(copy.attempt(job))
    return results


def spread(todo: Sequence[Job], seconds: float, processes: int) -> list[Result]:
    """Share the work out."""
    shares = [todo[number::processes] for number in range(processes)]
    with ProcessPoolExecutor(processes, get_context("fork")) as pool:
        return [result for results in pool.map(work, shares, repeat(seconds)) for result in results]


def untested(results: Sequence[Result]) -> set[str]:
    """Return the modules of which nothing survived: there it is to be seen that the tests pass without a mutant."""
    return {result.module for result in results} - {result.module for result in results if result.outcome == "survived"}


def run(only: Sequence[str], seconds: float, count: int | None, seed: int, processes: int) -> tuple[int, list[Result]]:
    """Try so many mutants, or as many as fit into the time; return how many there are, and the results."""
    todo = jobs(only, seed)
    results = spread(todo[:count], seconds, processes)
    for whole in spread([Job(module, None) for module in sorted(untested(results))], float("inf"), processes):
        if whole.outcome != "survived":
            raise RuntimeError(f"the tests of {whole.module} fail without a mutant")
    return len(todo), results


def told(count: int, results: Sequence[Result]) -> Iterator[str]:
    """Yield what is to be said of the results."""
    tried = Counter(result.module for result in results)
    survived = [result for result in results if result.outcome == "survived"]
    endless = sum(result.outcome == "endless" for result in results)
    share = 100 * (1 - len(survived) / max(1, len(results)))
    yield f"{len(results)} of {count} mutants: {share:.1f} % killed, {endless} of them for being endless"
    lost = Counter(result.module for result in survived)
    yield ", ".join(f"{module} {tried[module] - lost[module]}/{tried[module]}" for module in sorted(tried))
    yield from (f"pkes/{one.module}.py:{one.line}: {one.change}" for one in sorted(survived))


def main() -> None:
    """Print the share and the survivors."""
    parser = argparse.ArgumentParser(description="Small faults in the modules that writes depend on.")
    parser.add_argument("--all", action="store_true", help="all mutants, however long it takes")
    parser.add_argument("--seconds", type=float, default=SECONDS, help=f"for so long ({SECONDS:.0f})")
    parser.add_argument("--count", type=int, help="so many, if the time is enough")
    parser.add_argument("--seed", type=int, default=0, help="which come first (0)")
    parser.add_argument("--only", nargs="+", default=[""], metavar="NAME", help="modules that begin so, as toml/")
    parser.add_argument("--processes", type=int, default=2, help="so many at once (2)")
    options = parser.parse_args()
    for name in options.only:
        if not any(module.startswith(name) for module in TESTS):
            parser.error(f"no module that is tried begins with {name}")
    seconds = float("inf") if options.all else options.seconds
    for line in told(*run(options.only, seconds, options.count, options.seed, options.processes)):
        print(line)


if __name__ == "__main__":
    main()
