"""Months by their names."""

import pytest

from pkes.text.months import month


@pytest.mark.parametrize(
    ("name", "number"),
    [("Styczeń", 1), ("stycznia", 1), ("paź", 10), ("PAŹDZIERNIKA", 10), ("mar", 3), ("maj", 5), ("May", 5), ("Jun", 6),
     ("lip", 7), ("sept", 9), ("gru", 12), ("li", None), ("", None), ("styczniowy", None), ("x" * 5, None)],
)  # fmt: skip
def test_a_month(name, number):
    assert month(name) == number
