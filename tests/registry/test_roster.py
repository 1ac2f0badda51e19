"""The roster as it was on a day."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pkes.model.dates import PartialDate
from pkes.model.records import Member, Registry
from pkes.registry import roster

DAYS = st.dates(datetime.date(2010, 1, 1), datetime.date(2020, 12, 31))
DATES = st.none() | st.builds(
    PartialDate, DAYS | DAYS.map(lambda day: f"{day:%Y-%m}") | DAYS.map(lambda day: f"{day:%Y}") | st.just("wiosną")
)


def a_day(text):
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("joined", "left", "day", "belongs"),
    [
        pytest.param("2014-10", None, "2014-09-30", False, id="the day before the month of joining"),
        pytest.param("2014-10", None, "2014-10-01", True, id="the first day that a month can mean"),
        pytest.param("2014", None, "2014-01-01", True, id="the first day that a year can mean"),
        pytest.param("2014", "2016-02", "2016-02-28", True, id="before the last day of the month of leaving"),
        pytest.param("2014", "2016-02", "2016-02-29", False, id="the last day of the month of leaving"),
        pytest.param(None, "2016", "2016-12-30", True, id="no date of joining"),
        pytest.param(None, "2016", "2016-12-31", False, id="no date of joining, but one of leaving"),
        pytest.param("wiosną", None, "1990-01-01", True, id="a date of joining that is none"),
        pytest.param("2014", "wiosną", "2015-01-01", False, id="a date of leaving that is none"),
    ],
)
def test_who_belongs(joined, left, day, belongs):
    held = Member(id="m", joined=joined and PartialDate(joined), left=left and PartialDate(left))
    assert roster.belongs(held, a_day(day)) == belongs
    assert ("m" in roster.on_day(Registry(members={"m": held}), a_day(day)).members) == belongs


@given(st.lists(st.tuples(DATES, DATES), max_size=8), DAYS)
def test_the_members_of_a_day_are_those_who_had_joined_and_have_not_left(dates, day):
    registry = Registry(
        members={str(n): Member(id=str(n), joined=joined, left=left) for n, (joined, left) in enumerate(dates)}
    )
    had_joined, shown = (found(registry, day).members for found in (roster.by_day, roster.on_day))
    assert shown.items() <= had_joined.items() <= registry.members.items()
    for one in registry.members.values():
        first = one.joined and one.joined.first
        assert (one.id in had_joined) == (first is None or first <= day)
        last = one.left and one.left.last
        assert (one.id in shown) == (one.id in had_joined and (one.left is None or bool(last and last > day)))
    assert {one.id for one in roster.undated(registry.members.values())} == {
        one.id for one in registry.members.values() if not (one.joined and one.joined.first)
    }
