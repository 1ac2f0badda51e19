"""`pkes readiness`: published thresholds, and how far the cluster is from them."""

import json

import pytest

HEAD = """\
format = 1

[cluster]
name = "Klaster"
coordinator = "m00"
founded = "2022"

[sectors.ngo]
pl = "organizacje pozarządowe"
en = "NGOs"

[sectors.business]
pl = "biznes"
en = "business"
"""


def members(count, *lines):
    more = "\n".join(lines)
    return "".join(f'\n[members.m{n:02}]\nname = "Szew {n:02}"\nsector = "ngo"\n{more}\n' for n in range(count))


@pytest.mark.parametrize("language", ["en", "pl"])
def test_on_a_terminal(write_registry, terminal, expect, language):
    write_registry(HEAD + members(25))
    shown = terminal("readiness", columns=100, PKES_LANG=language)
    expect(f"readiness-{language}.txt", shown)


def test_what_is_met_needs_no_explanation(write_registry, terminal):
    write_registry(HEAD + members(16, "declared = 2024-01-01"))
    shown = terminal("readiness", columns=100)
    assert "Members with a signed declaration      15         16  met\n" in shown
    assert "not on record" not in shown
    assert "waived" not in shown


def test_for_programs(write_registry, pkes):
    write_registry(HEAD + members(3, "declared = 2024-01-01"))
    ran = pkes("readiness", "--json")
    found = {(one["scheme"], one["criterion"]): one for one in json.loads(ran.out)}
    assert list(found) == [
        ("eccp", "declared-members"),
        ("eccp", "member-types"),
        ("eccp", "coordination-posts"),
        ("eccp", "english-website"),
        ("national-key-cluster", "members"),
        ("national-key-cluster", "years"),
    ]
    assert found["eccp", "declared-members"] == {
        "scheme": "eccp",
        "criterion": "declared-members",
        "need": 15,
        "have": 3,
        "met": False,
        "ids": ["m00", "m01", "m02"],
        "source": "European Cluster Collaboration Platform (2026-11)",
    }
    assert {key: one["met"] for key, one in found.items() if one["met"] is not False} == {
        ("eccp", "coordination-posts"): None,
        ("eccp", "english-website"): None,
        ("national-key-cluster", "years"): None,
    }


def test_on_a_pipe(write_registry, pkes):
    write_registry(HEAD + members(2))
    lines = pkes("readiness", PKES_LANG="pl").out.splitlines()
    assert lines[0] == "scheme\tcriterion\tneed\thave\tmet\tids\tsource"
    assert lines[3] == "eccp\tcoordination-posts\t0.5\t\t\t\tEuropean Cluster Collaboration Platform (2026-11)"
    assert lines[5].startswith("national-key-cluster\tmembers\t51\t2\tfalse\tm00; m01\t")
