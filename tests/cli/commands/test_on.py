"""`--on DATE` of the commands that show the roster."""

import json

import pytest

REGISTRY = """\
format = 1

[cluster]
name = "Klaster"
coordinator = "igla"

[sectors.ngo]
pl = "organizacje pozarządowe"
en = "NGOs"

[members.igla]
name = "Igła"
sector = "ngo"
joined = 2020-05-05
offers = ["sprzątanie"]

[members.nitka]
name = "Nitka"
sector = "ngo"
joined = "2012"
left = "2014-06"
offers = ["sprzątanie"]

[members.szpulka]
name = "Szpulka"
sector = "ngo"
needs = ["sprzątanie"]
"""

UNDATED = "pkes: 1 member without a date of joining is counted\n"


@pytest.fixture(autouse=True)
def registry(write_registry):
    return write_registry(REGISTRY)


@pytest.mark.parametrize(
    ("day", "ids"),
    [
        ("2011-12-31", ["szpulka"]),
        ("2014-01-01", ["nitka", "szpulka"]),
        ("2014-06-30", ["szpulka"]),
        ("2020-05-05", ["igla", "szpulka"]),
    ],
)
def test_the_roster_of_a_day(pkes, day, ids):
    assert pkes("list", "--fields", "id", "--no-headers", "--on", day) == (0, "".join(f"{id}\n" for id in ids), UNDATED)
    exported = pkes("export", "-f", "json", "--fields", "id", "--on", day)
    assert [one["id"] for one in json.loads(exported.out)] == ids
    assert UNDATED in exported.err
    queried = pkes("query", "SELECT id FROM members", "--json", "--on", day)
    assert ([one["id"] for one in json.loads(queried.out)], queried.err) == (ids, UNDATED)
    sectors = pkes("sectors", "--json", "--on", day)
    assert ([one["members"] for one in json.loads(sectors.out)], sectors.err) == ([len(ids)], UNDATED)
    profile = pkes("profile", "--json", "--on", day)
    assert (json.loads(profile.out)["members"]["listed"], profile.err) == (len(ids), UNDATED)


def test_nothing_is_counted_where_all_have_a_date(pkes):
    assert pkes("list", "-q", "nitka", "--fields", "id", "--on", "2014-01-01") == (0, "id\nnitka\n", "")


@pytest.mark.parametrize(
    ("status", "ids"), [("current", ["szpulka"]), ("former", ["nitka"]), ("all", ["nitka", "szpulka"])]
)
def test_the_statuses_are_those_of_that_day(pkes, status, ids):
    ran = pkes("list", "--status", status, "--fields", "id", "--json", "--on", "2015-01-01")
    assert [one["id"] for one in json.loads(ran.out)] == ids


def test_former_members_of_that_day_are_said_to_be_left_out(pkes):
    ran = pkes("export", "--fields", "id", "--on", "2015-01-01")
    assert ran == (0, "id\r\nszpulka\r\n", "pkes: 1 former member is left out (--status all takes it)\n" + UNDATED)


def test_the_matches_are_those_of_that_day(pkes):
    def matched(*arguments):
        return [one["member"] for one in json.loads(pkes("match", "--json", *arguments).out)]

    assert (matched(), matched("--on", "2014-01-01")) == (["igla"], ["nitka"])
    ran = pkes("match", "igla", "--on", "2014-01-01", "--json")
    assert ran == (0, "[]\n", UNDATED + 'pkes: "igla" was no member on that day\n')


def test_who_coordinates_is_known_without_having_been_a_member_then(pkes):
    ran = pkes("profile", "--json", "--on", "2014-01-01")
    assert json.loads(ran.out)["coordinator"]["name"] == "Igła"


@pytest.mark.parametrize("command", [["list"], ["sectors"], ["profile"], ["export"], ["match"], ["query", "SELECT 1"]])
@pytest.mark.parametrize("day", ["2014", "2099-01-01"], ids=["no day", "a day to come"])
def test_a_day_that_is_none(pkes, command, day):
    ran = pkes(*command, "--on", day)
    assert (ran.status, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert ran.err.startswith("pkes: --on: ")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["export", "inquiries"], "pkes: --on: inquiries have no such filter\n"),
        (["export", "all", "-f", "sqlite"], 'pkes: --on: it does not go with "all"\n'),
    ],
)
def test_what_has_no_roster(pkes, arguments, said):
    ran = pkes(*arguments, "--on", "2014-01-01")
    assert (ran.status, ran.out, ran.err.splitlines(keepends=True)[0]) == (2, "", said)


def test_it_stands_behind_a_command_of_the_group(pkes):
    ran = pkes("sectors", "--on", "2014-01-01", "rename", "ngo", "ngos")
    assert (ran.status, ran.err.splitlines()[0]) == (2, "pkes: --on: it stands behind the command")
