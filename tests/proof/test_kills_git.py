"""Real merges by git whose driver is killed at random moments: what stands then is pkes's merge, or git's own."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from statistics import median

import pytest

from pkes.git import drivers
from pkes.git.repository import Repository
from tests.conftest import environment
from tests.git.repositories import Git, new_repository
from tests.merge import conflict_markers
from tests.proof.warm import ROOT
from tests.proof.writes import NAME, OURS, REGISTRY, THEIRS


def can_hold() -> bool:
    """Whether a process can be held here, so that its number does not become another's."""
    try:
        held = os.pidfd_open(os.getpid())
        signal.pidfd_send_signal(held, 0)
    except (AttributeError, OSError):
        return False
    os.close(held)
    return True


pytestmark = pytest.mark.skipif(not can_hold(), reason="a process cannot be held here")

KILLS, FEWER = 100, 10
WARMING = 3

# It tells its number, which is that of the Python that it becomes.
PYTHON = """\
#!/bin/sh
echo $$ > {pid}.new && mv {pid}.new {pid}
PYTHONPATH={root} exec {python} "$@"
"""


@pytest.fixture
def git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    """A repository with two branches that changed neighbouring lines, and the drivers."""
    git = new_repository(tmp_path / "repository", monkeypatch)
    python = tmp_path / "python"
    python.write_text(PYTHON.format(pid=tmp_path / "pid", root=ROOT, python=sys.executable))
    python.chmod(0o755)
    path = git.write(NAME, REGISTRY)
    repository = Repository.find(path)
    assert repository
    drivers.set_up(repository, str(python))
    git.commit("base")
    for branch, text in (("theirs", THEIRS), ("ours", OURS)):
        git("checkout", "-q", "-b", branch, "main")
        git.write(NAME, text)
        git.commit(branch)
    git("tag", "start")
    return git


def test_a_merge_whose_driver_is_killed_is_right_or_gits_own(git, is_short, seed, say):
    moments, seen = random.Random(seed), Counter[str]()
    times = []
    for _ in range(WARMING):
        status, seconds = merged(git, None)
        times.append(seconds)
        assert status == 0
    right = git.registry.read_text()
    for _ in range(FEWER if is_short else KILLS):
        status, _ = merged(git, moments.uniform(0, median(times) * 1.2))
        text = git.registry.read_text()
        state = "right" if text == right else "by lines" if is_by_lines(text, right) else "torn"
        seen[state] += 1
        assert (status == 0) == (state == "right"), f"seed {seed}: exit {status}, and the file is {state}"
        assert state != "torn", f"seed {seed}: {text}"
    left = [*git.folder.glob(".*.pkes-*.tmp")]
    told = f"{seen['right']} right, {seen['by lines']} git's own; {len(left)} temporary files left (seed {seed})"
    say(f"git merge, its driver killed at {sum(seen.values())} random moments: {told}")


def merged(git: Git, moment: float | None) -> tuple[int, float]:
    """Merge, and kill the driver some seconds after it began; return git's status, and how long the driver ran."""
    git("reset", "-q", "--hard", "start")
    pid = git.folder.with_name("pid")
    pid.unlink(missing_ok=True)
    env = {**environment({}), "GIT_MERGE_AUTOEDIT": "no"}
    with subprocess.Popen(
        ["git", "-C", str(git.folder), "merge", "-q", "theirs"], env=env, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        while not pid.exists() and process.poll() is None:
            time.sleep(0.0005)
        start = time.perf_counter()
        if moment is not None:
            kill(int(pid.read_text()), moment)
        status = process.wait()
    return status, time.perf_counter() - start


def kill(number: int, moment: float) -> None:
    """Kill a process after some seconds; its number may be another's by then, so it is held."""
    try:
        held = os.pidfd_open(number)
    except ProcessLookupError:
        return
    try:
        time.sleep(moment)
        signal.pidfd_send_signal(held, signal.SIGKILL)
    except ProcessLookupError:  # it has ended
        return
    finally:
        os.close(held)


def is_by_lines(text: str, right: str) -> bool:
    """Whether it is what git makes of the lines, with a conflict; the driver may have been killed when all was done."""
    sides = [conflict_markers.take(text, side) for side in ("ours", "theirs")]
    return bool(conflict_markers.regions(text)) and sides[0] in (OURS, right) and sides[1] == THEIRS
