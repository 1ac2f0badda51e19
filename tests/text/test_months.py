"""Months by their names."""

import pytest

from pkes.text.months import by_name, month


@pytest.mark.parametrize(
    ("name", "number"),
    [("Styczeń", 1), ("stycznia", 1), ("paź", 10), ("PAŹDZIERNIKA", 10), ("mar", 3), ("maj", 5), ("May", 5), ("Jun", 6),
     ("lip", 7), ("sept", 9), ("gru", 12), ("li", None), ("", None), ("styczniowy", None), ("x" * 5, None)],
)  # fmt: skip
def test_a_month(name, number):
    assert month(name) == number


@pytest.mark.parametrize(
    ("date", "language", "shown"),
    [("2014-10", "pl", "październik 2014"), ("2014-10", "en", "October 2014"), ("2014-02-09", "pl", "9 lutego 2014"),
     ("2014-02-09", "en", "9 February 2014"), ("2014", "pl", "2014"), ("2014-13", "pl", "2014-13"), ("", "en", ""),
     ("2014-10", "de", "2014-10")],
)  # fmt: skip
def test_a_date_by_the_name_of_its_month(date, language, shown):
    assert by_name(date, language) == shown
