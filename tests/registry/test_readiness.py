"""What published schemes ask of a cluster, and what a registry has of it."""

import datetime
import re

import pytest

from pkes.model.dates import PartialDate
from pkes.model.records import Cluster, Member, Registry, Sector
from pkes.registry import readiness

TODAY = datetime.date(2025, 3, 1)


def registry(*members, founded=None):
    named = {f"m{n:02}": Member(**{**fields, "id": f"m{n:02}"}) for n, fields in enumerate(members)}
    sectors = {id: Sector(id=id) for id in ("ngo", "business")}
    return Registry(cluster=Cluster(founded=founded and PartialDate(founded)), sectors=sectors, members=named)


def verdict(held, measure):
    return next(one for one in readiness.readiness(held, TODAY) if one.criterion.measure == measure)


def test_every_scheme_says_what_it_needs_and_where_it_says_so():
    for scheme in readiness.schemes():
        assert scheme.source
        assert re.fullmatch("20[0-9]{2}-[01][0-9]", scheme.date)
        assert all(criterion.need > 0 for criterion in scheme.criteria)


@pytest.mark.parametrize(("count", "met", "short_by"), [(50, False, 1), (51, True, 0), (60, True, 0)])
def test_the_members(count, met, short_by):
    gone = {"left": PartialDate(TODAY)}
    found = verdict(registry(*[{}] * count, *[gone] * 5), "members")
    assert (found.met, found.short_by, found.measured.have) == (met, short_by, count)
    assert list(found.measured.ids) == [f"m{n:02}" for n in range(count)]


@pytest.mark.parametrize(
    ("signed", "others", "have", "met", "short_by"),
    [
        pytest.param(15, 0, 15, True, 0, id="all of enough"),
        pytest.param(15, 9, 15, True, 0, id="enough of more"),
        pytest.param(14, 9, 14, False, 1, id="one too few"),
        pytest.param(0, 15, None, None, 0, id="on record of none, and enough could have"),
        pytest.param(0, 14, 0, False, 15, id="on record of none, and all would be too few"),
    ],
)
def test_the_members_that_signed(signed, others, have, met, short_by):
    members = [*[{"declared": TODAY}] * signed, *[{}] * others, {"declared": TODAY, "left": PartialDate("2020")}]
    found = verdict(registry(*members), "declared-members")
    assert (found.measured.have, found.met, found.short_by) == (have, met, short_by)
    assert (len(found.measured.ids), len(found.measured.without)) == (signed, others)


def test_the_types_are_sectors_of_current_members():
    gone = {"sector": "business", "left": PartialDate("2020")}
    found = verdict(registry({"sector": "ngo"}, {"sector": "handel"}, gone), "member-types")
    assert (found.measured.ids, found.met, found.short_by) == (["ngo"], False, 1)
    assert verdict(registry({"sector": "ngo"}, {"sector": "business"}), "member-types").met is True


@pytest.mark.parametrize(
    ("founded", "have", "met"),
    [
        pytest.param("2022-03-01", 3, True, id="three years today"),
        pytest.param("2022-03-02", 2, False, id="three years tomorrow"),
        pytest.param("2021", 3, True, id="a year that will do to its last day"),
        pytest.param("2022", None, None, id="a year that will do in part"),
        pytest.param("2022-03", None, None, id="a month that will do in part"),
        pytest.param("2024", 0, False, id="a year that will not do"),
        pytest.param("2026", 0, False, id="a year to come"),
        pytest.param("dawno", None, None, id="no date"),
        pytest.param(None, None, None, id="not on record"),
    ],
)
def test_the_years(founded, have, met):
    found = verdict(registry(founded=founded), "years")
    assert (found.measured.have, found.met) == (have, met)


@pytest.mark.parametrize("measure", ["coordination-posts", "english-website"])
def test_what_the_records_do_not_tell(measure):
    found = verdict(registry(), measure)
    assert (found.met, found.short_by, found.row()["have"]) == (None, 0, None)
