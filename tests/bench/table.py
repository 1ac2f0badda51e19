"""The table of a benchmark: a line for each side, with its figures, how they grow, and how ours compare."""

from collections.abc import Iterator, Sequence
from math import log
from typing import NamedTuple

from bench import goals
from bench.goals import GROWTH, Goal
from bench.measuring import Failed, Run, Side, measure

FORM = "{:<15} {:>7}  {:<37} {:>10} {:>6} {:>6}  {:>8} {:>6} {:>6}  {}"
HEAD = FORM.format("", "members", "", "time", "growth", "ours÷", "memory", "growth", "ours÷", "goals")
OURS = "pkes"
TOO_LONG = 20.0
"""What takes more seconds at one size is not tried at the next, unless it is ours."""
SMALL = 1_000
"""Up to so many members what grows is lost in what does not."""


class Pair(NamedTuple):
    """The same of the time and of the memory of a side; None where there is nothing to compare with."""

    time: float | None = None
    memory: float | None = None


class Table:
    """The figures so far. A run that takes longer than `patience`, in seconds, is killed."""

    def __init__(self, patience: float) -> None:
        self.patience = patience
        self.before: dict[tuple[str, str], tuple[int, Run]] = {}
        self.slow: set[tuple[str, str]] = set()
        self.verdicts: list[bool] = []

    def lines(self, work: str, count: int, sides: Sequence[Side], runs: int) -> Iterator[str]:
        """Measure some work at a size, ours first; yield a line for each side."""
        tried = [side for side in sides if (work, side.name) not in self.slow]
        taken = dict(zip((side.name for side in tried), measure(tried, runs, self.patience), strict=True))
        ours = taken[sides[0].name]
        for side in sides:
            head = (work, f"{count:,}") if side is sides[0] else ("", "")
            run = taken.get(side.name, Failed("too slow at the size before"))
            if isinstance(run, Failed):
                yield FORM.format(*head, side.name, "-", "", "", "", "", "", run).rstrip()
                continue
            growth = self.grown((work, side.name), count, run)
            ratio = Pair()
            if side is not sides[0] and isinstance(ours, Run):
                ratio = Pair(ours.seconds / run.seconds, ours.memory / run.memory)
            said = [*self.judged(work, count, side.name, growth, ratio)]
            yield FORM.format(*head, side.name, *_cells(run, growth, ratio), "; ".join(said)).rstrip()

    def grown(self, key: tuple[str, str], count: int, run: Run) -> Pair:
        """Return the exponents with which a side grew since the size before, and keep its figures for the next."""
        before, self.before[key] = self.before.get(key), (count, run)
        if run.seconds > TOO_LONG and not key[1].startswith(OURS):
            self.slow.add(key)
        if before is None:
            return Pair()
        size, then = before
        return Pair(*(log(now / was) / log(count / size) for now, was in zip(run, then, strict=True)))

    def judged(self, work: str, count: int, name: str, growth: Pair, ratio: Pair) -> Iterator[str]:
        """Yield the goals that figures have, and whether they are met."""
        found = [(goals.TIME, ratio.time, "{} {}"), (goals.MEMORY, ratio.memory, "{} {} of the memory")]
        for goal_of, value, words in found:
            if value is not None and (goal := goal_of.get((work, count, name))):
                yield words.format(goal, self.verdict(goal, value))
        if name.startswith(OURS) and count > SMALL:
            for value, words in ((growth.time, "growth"), (growth.memory, "growth of memory")):
                if value is not None and self.verdict(GROWTH, value) == "missed":
                    yield f"{words} {GROWTH} missed"

    def verdict(self, goal: Goal, value: float) -> str:
        self.verdicts.append(goal.is_met(value))
        return "met" if self.verdicts[-1] else "missed"


def _cells(run: Run, growth: Pair, ratio: Pair) -> tuple[str, ...]:
    return (
        f"{run.seconds * 1000:,.0f} ms", _shown(growth.time), _shown(ratio.time),
        f"{run.memory / 1e6:,.0f} MB", _shown(growth.memory), _shown(ratio.memory),
    )  # fmt: skip


def _shown(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"
