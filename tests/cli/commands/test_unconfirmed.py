"""Members whose facts nobody has confirmed for longer than the policy has: the list, the note, the status."""

import json

import pytest

from tests.registries import HEAD

MEMBERS = """\
[sectors.ngo]
pl = "organizacje pozarządowe"
en = "NGOs"

[members.a]
name = "A"
sector = "ngo"
town = "Łąka"
confirmed = 2024-03-01

[members.b]
name = "B"
sector = "ngo"
town = "Jasło"
confirmed = 2024-02-29

[members.c]
name = "C"
sector = "ngo"
town = "Łąka"

[members.d]
name = "D"
sector = "ngo"
left = "2020"
"""


def unconfirmed(pkes, *options, **given):
    ran = pkes("list", "--unconfirmed", "--fields", "id", "--json", *options, **given)
    assert ran.status == 0
    return [one["id"] for one in json.loads(ran.out)]


@pytest.mark.parametrize(
    ("policy", "day", "ids"),
    [
        pytest.param("", "2025-03-01", ["b", "c"], id="a year to the day, and a day more"),
        pytest.param("", "2025-03-02", ["a", "b", "c"], id="a year and a day"),
        pytest.param("[policy]\nconfirm_months = 24\n", "2025-03-02", ["c"], id="the policy has two years"),
        pytest.param("[policy]\nconfirm_months = 0\n", "2024-02-29", ["c"], id="the day itself"),
    ],
)
def test_who_is_unconfirmed(write_registry, pkes, policy, day, ids):
    write_registry(HEAD + policy + MEMBERS)
    assert unconfirmed(pkes, PKES_TODAY=day) == ids
    assert json.loads(pkes("status", "--json", PKES_TODAY=day).out)["unconfirmed"] == len(ids)
    notes = [one for one in json.loads(pkes("check", "--json", PKES_TODAY=day).out) if one["code"] == "unconfirmed"]
    assert [(one["severity"], one["kind"], one["id"]) for one in notes] == [("note", "cluster", None)]
    assert notes[0]["message"].endswith(f": {len(ids)}")


def test_it_goes_with_other_filters(write_registry, pkes):
    write_registry(HEAD + MEMBERS)
    assert unconfirmed(pkes, "--town", "Łąka") == ["c"]
    assert unconfirmed(pkes, "--status", "all") == ["b", "c", "d"]
    assert unconfirmed(pkes, "--status", "former") == ["d"]
    exported = pkes("export", "--unconfirmed", "-f", "json", "--fields", "id")
    assert [one["id"] for one in json.loads(exported.out)] == ["b", "c"]
    ran = pkes("export", "inquiries", "--unconfirmed")
    assert (ran.status, ran.err.splitlines()[0]) == (2, "pkes: --unconfirmed: inquiries have no such filter")


def test_once_confirmed_it_is_so_no_more(write_registry, pkes):
    write_registry(HEAD + MEMBERS)
    ran = pkes("edit", "--unconfirmed", "confirmed=today", "--yes")
    assert ran.status == 0, ran.err
    assert unconfirmed(pkes) == []
    assert "unconfirmed" not in pkes("check").out
    assert "confirmed" not in pkes("status").out


def test_a_registry_without_members_has_none_to_confirm(write_registry, pkes):
    write_registry(HEAD)
    assert "unconfirmed" not in pkes("check").out
