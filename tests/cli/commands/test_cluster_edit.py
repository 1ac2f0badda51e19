"""`pkes cluster edit`: what it writes, prints and refuses."""

import json

import pytest

from tests.cli.registry_with_members import REGISTRY, changed_lines, changes


@pytest.fixture
def registry(write_registry):
    return write_registry(REGISTRY)


def test_edit_changes_fields_of_the_cluster(registry, pkes):
    found = changes(
        pkes("cluster", "edit", "declared_members=3", "short-name=KŻ", "founded=2014-10", "phone=22 1234567", "--json")
    )
    assert {(one["kind"], one["id"], one["action"]) for one in found} == {("cluster", None, "changed")}
    assert [(one["field"], one["old"], one["new"]) for one in found] == [
        ("short_name", None, "KŻ"),
        ("founded", None, "2014-10"),
        ("declared_members", 2, 3),
        ("phone", None, "+48 22 123 45 67"),
    ]
    assert changed_lines(registry) == [
        '+ short_name = "KŻ"', '+ founded = "2014-10"', "- declared_members = 2", "+ declared_members = 3",
        '+ phone = "+48 22 123 45 67"',
    ]  # fmt: skip


def test_a_goal_is_added_and_taken_away(registry, pkes):
    pkes("cluster", "edit", "goals+=wspierać", "goals+=łączyć\\; nie dzielić", "benefits+=wiedza")
    assert changed_lines(registry) == [
        "+ goals = [", '+     "wspierać",', '+     "łączyć; nie dzielić",', "+ ]",
        "+ benefits = [", '+     "wiedza",', "+ ]",
    ]  # fmt: skip
    [change] = changes(pkes("cluster", "edit", "goals-=wspierać", "goals-=absent", "--json"))
    assert (change["field"], change["old"], change["new"]) == (
        "goals", ["wspierać", "łączyć; nie dzielić"], ["łączyć; nie dzielić"],
    )  # fmt: skip
    assert pkes("cluster", "edit", "goals=", "benefits=").status == 0
    assert registry.read_text(encoding="utf-8") == REGISTRY


def test_another_member_becomes_the_coordinator(registry, pkes):
    assert pkes("cluster", "edit", "coordinator=zolw").status == 0
    assert changed_lines(registry) == ['- coordinator = "igla"', '+ coordinator = "zolw"']


@pytest.mark.parametrize("wanted", ["Fundacja Żółw", "żółw", "ZOLW"])
def test_the_coordinator_may_be_named_as_members_are(registry, pkes, wanted):
    assert pkes("cluster", "edit", f"coordinator={wanted}").status == 0
    assert changed_lines(registry) == ['- coordinator = "igla"', '+ coordinator = "zolw"']


def test_a_coordinator_that_could_be_several_is_refused_with_them(registry, pkes):
    ran = pkes("cluster", "edit", "coordinator=l")
    assert (ran.status, ran.out) == (4, "")
    assert ran.err.startswith('pkes: 2 members fit "l"; an id names one of them:\n  igla  Igła\n  zolw  ')
    assert registry.read_text(encoding="utf-8") == REGISTRY


def test_what_changed_is_shown_on_a_terminal(registry, terminal):
    assert terminal("cluster", "edit", "goals+=wspierać", "name=Klaster Igieł") == (
        "~ cluster\n    Name   Klaster → Klaster Igieł\n    Goals  + wspierać\n"
    )


@pytest.mark.parametrize(
    ("assignments", "says"),
    [
        pytest.param([], "FIELD=VALUE … is missing", id="nothing"),
        pytest.param(["town=x"], 'unknown field "town"', id="field of a member"),
        pytest.param(
            ["coordinator=zolv"],
            'refused: cluster, coordinator: no member "zolv" is on record (did you mean "zolw"?)',
            id="no member",
        ),
    ],
)
def test_edit_refuses(registry, pkes, assignments, says):
    ran = pkes("cluster", "edit", *assignments)
    assert (ran.status, ran.out) == (2, "")
    assert f"pkes: {says}" in ran.err
    assert registry.read_text(encoding="utf-8") == REGISTRY


def test_a_text_of_several_lines_is_kept(registry, pkes):
    pkes("cluster", "edit", "description=One.\n\nTwo.")
    assert 'description = """\nOne.\n\nTwo."""\n' in registry.read_text(encoding="utf-8")


def test_cluster_alone_shows_its_values(registry, pkes, terminal):
    ran = pkes("cluster")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith("field\tvalue\nname\t")
    assert json.loads(pkes("cluster", "--json").out)["name"] in ran.out
    assert terminal("cluster").startswith("Name ")
    assert pkes("cluster", "--json", "edit", "name=X").err.startswith("pkes: --json: it stands behind")
