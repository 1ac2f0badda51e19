"""Every kind of write is killed at random moments: the file is old or new, and `check` says of it what it should."""

import random
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median

import pytest

from tests.proof import faults, writes
from tests.proof.warm import Done, Warm
from tests.proof.writes import KINDS, Kind, States

KILLS, FEWER = 500, 10
"""So many kills of each kind of write; so many in the short form."""
WARMING = 5
LATER, EARLIER = 1.02, 0.93
"""A moment is drawn from the time that a write takes, which is less or more as the machine is free or not."""
CHECKED = 25
"""Of so many kills, one is followed by a `check` and by another write."""


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_write_that_is_killed_leaves_the_old_file_or_the_new_one(kind, pair, folder, is_short, seed, say):
    count = FEWER if is_short else KILLS
    runs = [(Killing(kind, warm, folder / str(at), seed + at), count // 2) for at, warm in enumerate(pair)]
    with ThreadPoolExecutor() as pool:
        wrong = [fault for faults in pool.map(lambda run: [*run[0].go(run[1])], runs) for fault in faults]
    seen = sum((killing.seen for killing, _ in runs), Counter())
    say(f"{kind.name}: killed at {count} random moments: {told(seen)}; {len(wrong)} wrong (seed {seed})")
    assert wrong == [], f"seed {seed}"
    assert is_short or min(seen["old"], seen["new"]) > 0


def told(seen: Counter[str]) -> str:
    states = ", ".join(f"{seen[state]} {state}" for state in ("old", "between", "new") if seen[state])
    return f"{states}; {seen['left']} left a temporary file, {seen['ended']} had ended before"


class Killing:
    """Kills of one kind of write in a folder."""

    def __init__(self, kind: Kind, warm: Warm, folder: Path, seed: int) -> None:
        folder.mkdir()
        self.kind, self.warm, self.moments = kind, warm, random.Random(seed)
        self.path = writes.lay_out(kind, folder)
        self.states: States = writes.states(kind, self.path, warm)
        self.seen: Counter[str] = Counter()
        self.checks = {"old": self.check(), "new": "", "between": ""}
        times = []
        for _ in range(WARMING):
            writes.reset(kind, self.path)
            times.append(warm.run(folder, *kind.arguments).seconds)
        self.seconds = median(times)
        self.checks["new"] = self.check()

    def go(self, count: int) -> Iterator[str]:
        """Kill so many writes; yield what is wrong."""
        for number in range(count):
            writes.reset(self.kind, self.path)
            moment = self.moments.uniform(0, self.seconds)
            done = self.warm.run(self.path.parent, *self.kind.arguments, kill_after=moment)
            yield from self.judge(done)
            if number % CHECKED == 0:
                yield from self.look_closely()
            if not self.kind.locks:
                for left in writes.leftovers(self.path):
                    (self.path.parent / left).unlink()

    def judge(self, done: Done) -> Iterator[str]:
        state = self.states.of(self.path)
        self.seen[state] += 1
        self.seen["left"] += bool(writes.leftovers(self.path))
        self.seen["ended"] += done.status == 0
        self.seconds *= EARLIER if done.status == 0 else LATER if state == "old" else 1
        yield from faults.judge(done, self.states, self.path, faults.KILL)

    def look_closely(self) -> Iterator[str]:
        """Look at the file as `check` does, and at what another write makes of it and what was left beside it."""
        state = self.states.of(self.path)
        if state in ("old", "new") and (found := self.check()) != self.checks[state]:
            yield f"check of the {state} file: {found}"
        if not faults.is_tidy_after_next_write(self.kind, self.path, self.warm):
            yield "the next write does not tidy up"

    def check(self) -> str:
        """Return what `check` says."""
        done = self.warm.run(self.path.parent, "-r", writes.NAME, "check", "--json")
        return f"exit {done.status}: {done.out}"
