"""The figures of a period."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pkes.model.dates import PartialDate
from pkes.model.records import Inquiry, Member, Policy, Registry, Sector
from pkes.registry import report, roster

FIRST, LAST = datetime.date(2024, 1, 1), datetime.date(2024, 12, 31)
DAYS = st.dates(datetime.date(2022, 1, 1), datetime.date(2026, 12, 31))
DATES = st.none() | st.builds(
    PartialDate, DAYS | DAYS.map(lambda day: f"{day:%Y-%m}") | DAYS.map(lambda day: f"{day:%Y}") | st.just("wiosną")
)
MEMBERS = st.builds(
    Member,
    joined=DATES,
    left=DATES,
    sector=st.sampled_from(["ngo", "business", "handel", None]),
    town=st.sampled_from(["Łąka", "Jasło", None, ""]),
    county=st.sampled_from(["jasielski", None]),
    employees=st.none() | st.integers(0, 9),
)
INQUIRIES = st.builds(
    Inquiry,
    received=st.none() | DAYS,
    answered=st.none() | DAYS,
    status=st.sampled_from(["new", "answered", "declined", "closed", "nowe", None]),
)


def registry(members=(), inquiries=(), **given):
    named = {
        name: {f"{name[0]}{n}": type(one)(**{**as_dict(one), "id": f"{name[0]}{n}"}) for n, one in enumerate(held)}
        for name, held in (("members", members), ("inquiries", inquiries))
    }
    sectors = {id: Sector(id=id, pl=id, en=id) for id in ("ngo", "business")}
    return Registry(sectors=sectors, **named, **given)


def as_dict(record):
    return {name: getattr(record, name) for name in record.__struct_fields__}


@given(st.lists(MEMBERS, max_size=12), st.lists(INQUIRIES, max_size=12), DAYS, DAYS)
def test_figures_agree_with_each_other(members, inquiries, one, other):
    first, last = sorted((one, other))
    held = registry(members, inquiries)
    made = report.report(held, first, last)
    total = made.members.total
    assert total.start + total.joined - total.left == total.end
    assert (total.joined, total.left) == (len(made.members.joined), len(made.members.left))
    for groups in (made.members.by_sector, made.members.by_town, made.members.by_county):
        assert tuple(map(sum, zip(*(movement for _, movement in groups), strict=True))) in (tuple(total), ())
        assert len({place for place, _ in groups}) == len(groups)
    assert len(made.employees.known) + len(made.employees.unknown) == total.end
    found = made.inquiries
    assert found.in_time <= found.answered <= found.received <= len(inquiries)
    assert (found.median_days is None) == (found.answered == 0)
    # Who was a member before the period, or is one at its end, is so by the roster of that day, too.
    eve = roster.on_day(held, first - datetime.timedelta(1)).members
    assert total.start <= len(eve)
    assert set(made.members.unknown) >= {id for id, one in eve.items() if one.joined is None}


@pytest.mark.parametrize(
    ("joined", "left", "is_unknown"),
    [
        pytest.param("2024", None, False, id="a year that is the period"),
        pytest.param("2024-12", None, False, id="a month of it"),
        pytest.param("2020", "2023", False, id="before it"),
        pytest.param("2025", None, False, id="after it"),
        pytest.param(None, None, True, id="no date of joining"),
        pytest.param(None, "2023", False, id="no date of joining, but left before"),
        pytest.param("wiosną", None, True, id="no date at all"),
        pytest.param("2020", "wiosną", True, id="left on no date"),
        pytest.param("2024", "2023", True, id="left before joining"),
    ],
)
def test_whose_dates_do_not_tell(joined, left, is_unknown):
    one = Member(joined=joined and PartialDate(joined), left=left and PartialDate(left))
    assert report.report(registry([one]), FIRST, LAST).members.unknown == ["m0"] * is_unknown


@pytest.mark.parametrize(("joined", "left"), [("2024", None), ("2020", "2024")])
def test_a_year_says_nothing_of_half_of_it(joined, left):
    one = Member(joined=PartialDate(joined), left=left and PartialDate(left))
    made = report.report(registry([one]), FIRST, datetime.date(2024, 6, 30))
    assert made.members.unknown == ["m0"]


@pytest.mark.parametrize(
    ("days", "in_time", "median"),
    [([], 0, None), ([3], 1, 3), ([15, 14, 0], 2, 14), ([1, 4], 2, 2.5), ([1, 5], 2, 3)],
)
def test_how_long_inquiries_waited(days, in_time, median):
    answered = [FIRST + datetime.timedelta(count) for count in days]
    held = registry(inquiries=[Inquiry(received=FIRST, answered=day, status="answered") for day in answered])
    found = report.report(held, FIRST, LAST).inquiries
    assert (found.answered, found.in_time, found.median_days, found.limit) == (len(days), in_time, median, 14)


def test_the_policy_says_what_is_in_time():
    one = Inquiry(received=FIRST, answered=FIRST + datetime.timedelta(3), status="answered")
    held = registry(inquiries=[one], policy=Policy(answer_within_days=2))
    assert report.report(held, FIRST, LAST).inquiries.in_time == 0


@pytest.mark.parametrize(
    ("one", "is_unknown"),
    [
        pytest.param(Inquiry(status="new"), True, id="no day"),
        pytest.param(Inquiry(received=FIRST, status="nowe"), True, id="no status"),
        pytest.param(Inquiry(received=FIRST, status="closed"), True, id="closed without an answer"),
        pytest.param(Inquiry(received=LAST, answered=FIRST, status="new"), True, id="answered before it came"),
        pytest.param(Inquiry(received=FIRST, status="declined"), False, id="declined without an answer"),
        pytest.param(Inquiry(received=FIRST, status="new"), False, id="new"),
        pytest.param(Inquiry(received=datetime.date(2023, 1, 1), status="closed"), False, id="of another period"),
    ],
)
def test_which_inquiries_a_figure_lacks(one, is_unknown):
    assert report.report(registry(inquiries=[one]), FIRST, LAST).inquiries.unknown == ["i0"] * is_unknown


def test_the_last_year():
    assert report.last_year(datetime.date(2025, 3, 1)) == (FIRST, LAST)
    assert report.last_year(datetime.date(1, 3, 1)) == (datetime.date(1, 1, 1), datetime.date(1, 12, 31))


def test_the_first_day_of_all():
    first = datetime.date.min
    assert report.report(registry([Member()]), first, LAST).members.total == (1, 0, 0, 1)
