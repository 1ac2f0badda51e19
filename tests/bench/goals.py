"""What a command of pkes may take, compared with another side at the same work: a ratio of time, or of memory."""

from typing import NamedTuple


class Goal(NamedTuple):
    """The largest ratio of our figure to that of a side; `below` means that it has to be smaller."""

    most: float
    below: bool = False

    def __str__(self) -> str:
        return f"{'<' if self.below else '≤'} {self.most:.1f}"

    def is_met(self, ratio: float) -> bool:
        return ratio < self.most if self.below else ratio <= self.most


GROWTH = Goal(1.1)
"""The exponent with which a command of pkes grows between two sizes."""

FLOOR = "floor: import typer, loads"
TIME = {
    ("start-up", 13, "python -c 'import typer, rich.table'"): Goal(1.3),
    ("list by sector", 10_000, "recsel -C, %key"): Goal(0.9),
    ("list by sector", 10_000, FLOOR): Goal(1.4),
    ("list by sector", 100_000, "recsel -C, %key"): Goal(0.7),
    ("list by sector", 100_000, "mlr filter"): Goal(1.0),
    ("one edit", 10_000, "recset"): Goal(1.0, below=True),
    ("one edit", 10_000, FLOOR): Goal(3.0),
}
MEMORY = {("list by sector", 100_000, "recsel -C, %key"): Goal(1.3)}
"""Goals by the work, the number of members, and the side that pkes is compared with."""
