"""What a command of pkes may take, compared with another side at the same work: a ratio of time, or of memory."""

from typing import NamedTuple


class Goal(NamedTuple):
    """The largest ratio of our figure to that of a side."""

    most: float

    def __str__(self) -> str:
        return f"≤ {self.most:g}"

    def is_met(self, ratio: float) -> bool:
        return ratio <= self.most


GROWTH = Goal(1.05)
"""The exponent with which a command of pkes grows between two sizes."""

FLOOR = "floor: import typer, loads"
FLOOR_AND_GIT = "floor, and git twice"
TIME = {
    ("start-up", 13, "python -c 'import typer, rich.table'"): Goal(1.15),
    ("list by sector", 13, FLOOR): Goal(1.15),
    ("list by sector", 10_000, "recsel -C, %key"): Goal(0.8),
    ("list by sector", 10_000, FLOOR): Goal(1.25),
    ("list by sector", 100_000, "recsel -C, %key"): Goal(0.5),
    ("list by sector", 100_000, FLOOR): Goal(1.25),
    ("look-up", 13, FLOOR): Goal(1.15),
    ("status", 13, FLOOR_AND_GIT): Goal(1.3),
    ("first row", 10_000, "pkes list"): Goal(1.5),
    ("whole list", 10_000, "pkes list"): Goal(6),
    ("one edit", 13, FLOOR): Goal(1.5),
    ("one member more", 13, FLOOR): Goal(1.5),
    ("an answer", 13, FLOOR): Goal(1.5),
    ("one edit", 10_000, "recset"): Goal(0.8),
    ("one edit", 10_000, FLOOR): Goal(2.2),
    ("one edit", 100_000, "recset"): Goal(0.3),
    ("one edit", 100_000, FLOOR): Goal(2.2),
    ("export to CSV", 10_000, "recsel | rec2csv, %key"): Goal(0.5),
    ("export to JSON", 10_000, "recsel | rec2csv, %key"): Goal(0.5),
    ("the page", 10_000, "pkes export -f json"): Goal(8),
    ("import of CSV", 10_000, "sqlite-utils insert"): Goal(1.2),
    ("import of CSV", 100_000, "sqlite-utils insert"): Goal(1.2),
    ("merge", 10_000, FLOOR): Goal(5),
    ("merge", 10_000, "git merge-file"): Goal(12),
    ("check", 10_000, "recfix"): Goal(1.5),
    ("fmt", 10_000, FLOOR): Goal(4),
}
MEMORY = {
    ("list by sector", 100_000, "recsel -C, %key"): Goal(1.3),
    ("merge", 100_000, "pkes list"): Goal(3),
}
"""Goals by the work, the number of members, and the side that pkes is compared with."""
