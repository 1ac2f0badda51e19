"""Dates of which only a part is known."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pkes.model.dates import PartialDate

day = datetime.date
DATES = st.dates()
PARTIAL_DATES = st.builds(
    lambda date, size: PartialDate(date if size == 10 else date.isoformat()[:size]), DATES, st.sampled_from([4, 7, 10])
)


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        pytest.param("2014", day(2014, 1, 1), day(2014, 12, 31), id="year"),
        pytest.param("2014-10", day(2014, 10, 1), day(2014, 10, 31), id="month"),
        pytest.param("2014-12", day(2014, 12, 1), day(2014, 12, 31), id="december"),
        pytest.param("2023-02", day(2023, 2, 1), day(2023, 2, 28), id="february"),
        pytest.param("2024-02", day(2024, 2, 1), day(2024, 2, 29), id="leap-year"),
        pytest.param("0001", day(1, 1, 1), day(1, 12, 31), id="first-year"),
        pytest.param("9999", day(9999, 1, 1), day(9999, 12, 31), id="last-year"),
        pytest.param("9999-12", day(9999, 12, 1), day(9999, 12, 31), id="last-month"),
        pytest.param(day(2014, 10, 5), day(2014, 10, 5), day(2014, 10, 5), id="day"),
        pytest.param("2014-10-05", day(2014, 10, 5), day(2014, 10, 5), id="day-as-text"),
    ],
)
def test_the_days_that_a_date_can_mean(value, first, last):
    assert (PartialDate(value).first, PartialDate(value).last) == (first, last)


@pytest.mark.parametrize(
    "value",
    [
        "", "soon", "14", "201", "20145", "2014-", "2014-1", "2014-00", "2014-13", "0000", "9999-13", "2014-10-",
        "2014-10-00", "2014-00-05", "2014-02-30", "2014/10", " 2014", "2014\n", "-2014", "٢٠١٤", "²⁰¹⁴",
    ],
)  # fmt: skip
def test_what_is_no_date_means_no_day(value):
    assert (PartialDate(value).first, PartialDate(value).last) == (None, None)
    assert str(PartialDate(value)) == value


@given(date=DATES)
def test_a_partial_date_sorts_before_the_full_dates_of_its_time(date):
    year, month, whole = (PartialDate(date.isoformat()[:4]), PartialDate(date.isoformat()[:7]), PartialDate(date))
    assert year < month < whole
    assert year.first <= month.first <= whole.first == date == whole.last <= month.last <= year.last


@given(one=PARTIAL_DATES, other=PARTIAL_DATES)
def test_dates_sort_by_their_first_day(one, other):
    if one.first < other.first:
        assert one < other
        assert not other < one
    if one.last < other.first:
        assert one < other


def test_a_month_is_known_in_its_last_days():
    assert PartialDate("2014-10").last + datetime.timedelta(days=1) == PartialDate("2014-11").first


def test_dates_are_equal_where_they_are_written_alike():
    assert PartialDate("2014") == PartialDate("2014")
    assert PartialDate(day(2014, 10, 1)) != PartialDate("2014-10-01")
    assert PartialDate("2014") != "2014"
    assert len({PartialDate("2014"), PartialDate("2014"), PartialDate("2014-01")}) == 2
    assert repr(PartialDate("2014")) == "PartialDate('2014')"
    assert str(PartialDate(day(2014, 10, 1))) == "2014-10-01"
