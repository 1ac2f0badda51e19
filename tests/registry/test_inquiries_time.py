"""How long an inquiry waits, and how long it may be kept."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pkes.model.records import STATUSES, Inquiry, Policy, Registry
from pkes.registry import inquiries

day = datetime.date.fromisoformat
TODAY = day("2024-05-01")


@pytest.mark.parametrize(
    ("status", "received", "days"),
    [
        ("new", "2024-05-01", 0),
        ("new", "2024-04-30", 1),
        ("new", "2024-02-28", 63),
        ("answered", "2023-05-01", 366),
        ("new", "2024-05-03", -2),
        ("accepted", "2024-04-01", None),
        ("declined", "2024-04-01", None),
        ("withdrawn", "2024-04-01", None),
        (None, "2024-04-01", None),
        ("new", None, None),
    ],
)
def test_days_waiting(status, received, days):
    inquiry = Inquiry(status=status, received=received and day(received))
    assert inquiries.days_waiting(inquiry, TODAY) == days


@pytest.mark.parametrize(
    ("limit", "received", "overdue"),
    [
        pytest.param(None, "2024-04-17", False, id="usual-limit-on-the-last-day"),
        pytest.param(None, "2024-04-16", True, id="usual-limit-a-day-later"),
        pytest.param(3, "2024-04-28", False, id="own-limit-on-the-last-day"),
        pytest.param(3, "2024-04-27", True, id="own-limit-a-day-later"),
        pytest.param(0, "2024-05-01", False, id="none-today"),
        pytest.param(0, "2024-04-30", True, id="none-yesterday"),
        pytest.param(0, "2024-05-02", False, id="tomorrow"),
        pytest.param(0, None, False, id="without-a-day"),
    ],
)
def test_overdue(limit, received, overdue):
    registry = Registry(policy=Policy(answer_within_days=limit))
    for status in (*STATUSES, None, "open"):
        inquiry = Inquiry(status=status, received=received and day(received))
        assert inquiries.is_overdue(registry, inquiry, TODAY) is (overdue and status == "new")


@pytest.mark.parametrize(
    ("months", "closed", "last"),
    [
        pytest.param(6, "2023-08-31", "2024-02-29", id="end-of-a-month-to-a-leap-day"),
        pytest.param(6, "2022-08-31", "2023-02-28", id="end-of-a-month-to-a-short-one"),
        pytest.param(12, "2024-02-29", "2025-02-28", id="leap-day-to-a-common-year"),
        pytest.param(48, "2024-02-29", "2028-02-29", id="leap-day-to-a-leap-year"),
        pytest.param(1, "2024-01-31", "2024-02-29", id="january"),
        pytest.param(1, "2024-11-30", "2024-12-30", id="december"),
        pytest.param(2, "2024-11-30", "2025-01-30", id="over-the-new-year"),
        pytest.param(None, "2022-05-01", "2024-05-01", id="usual"),
        pytest.param(0, "2024-05-01", "2024-05-01", id="none"),
        pytest.param(1, "9999-11-30", "9999-12-30", id="last-year"),
    ],
)
def test_retention_is_due_on_the_day_after_the_last(months, closed, last):
    registry = Registry(policy=Policy(retention_months=months))
    inquiry = Inquiry(status="declined", closed=day(closed))
    assert not inquiries.is_retention_due(registry, inquiry, day(last))
    assert inquiries.is_retention_due(registry, inquiry, day(last) + datetime.timedelta(1))


@pytest.mark.parametrize(("months", "closed"), [(24, "9999-01-01"), (1, "9999-12-31"), (10**15, "2020-01-01")])
def test_retention_beyond_the_calendar_is_never_due(months, closed):
    registry = Registry(policy=Policy(retention_months=months))
    assert not inquiries.is_retention_due(registry, Inquiry(status="declined", closed=day(closed)), datetime.date.max)


@pytest.mark.parametrize(
    ("values", "due"),
    [
        pytest.param({"status": "accepted"}, True, id="accepted"),
        pytest.param({"status": "withdrawn"}, True, id="withdrawn"),
        pytest.param({"status": "new"}, False, id="new"),
        pytest.param({"status": "answered"}, False, id="answered"),
        pytest.param({"status": "declined", "erased": TODAY}, False, id="erased"),
        pytest.param({"status": "declined", "closed": None}, False, id="no-day-of-closing"),
    ],
)
def test_which_inquiries_can_be_due(values, due):
    inquiry = Inquiry(**{"closed": day("2020-01-01"), **values})
    assert inquiries.is_retention_due(Registry(), inquiry, TODAY) is due


@given(st.dates(), st.integers(0, 200_000))
def test_some_months_later_is_that_month_and_no_later_day_of_it(start, months):
    later = inquiries.after_months(start, months)
    if later is None:
        assert start.year * 12 + start.month + months > 9999 * 12 + 12
    else:
        assert (later.year - start.year) * 12 + later.month - start.month == months
        assert later.day == start.day or (later.day < start.day and (later + datetime.timedelta(1)).day == 1)
