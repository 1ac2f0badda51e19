"""`pkes policy edit`: what it writes, prints and refuses."""

import pytest

from tests.cli.registry_with_members import REGISTRY, changed_lines, changes

WITH_POLICY = REGISTRY.replace("[sectors.ngo]", "[policy]\nanswer_within_days = 7 # promised\n\n[sectors.ngo]")


@pytest.fixture
def registry(write_registry):
    return write_registry(WITH_POLICY)


def test_edit_changes_one_line(registry, pkes):
    [change] = changes(pkes("policy", "edit", "answer_within_days=3", "--json"))
    assert change == {
        "kind": "policy", "id": None, "action": "changed", "field": "answer_within_days", "old": 7, "new": 3,
    }  # fmt: skip
    assert changed_lines(registry, WITH_POLICY) == [
        "- answer_within_days = 7 # promised", "+ answer_within_days = 3 # promised",
    ]  # fmt: skip


def test_the_first_one_makes_the_table(write_registry, pkes):
    path = write_registry(REGISTRY)
    assert pkes("policy", "edit", "retention-months=12").out == (
        "kind\tid\taction\tfield\told\tnew\npolicy\t\tchanged\tretention_months\t\t12\n"
    )
    assert changed_lines(path) == ["+ ", "+ [policy]", "+ retention_months = 12"]


def test_it_is_what_counts_from_then_on(write_registry, pkes):
    write_registry(REGISTRY.replace('status = "accepted"\nmember = "zolw"', 'status = "new"'))
    assert "days late" in pkes("status").out
    pkes("policy", "edit", "answer_within_days=60")
    assert "days late" not in pkes("status").out


def test_a_cleared_field_is_the_default_again(registry, pkes):
    ran = pkes("policy", "edit", "answer_within_days=")
    assert (ran.status, ran.err) == (0, "pkes: 1 comment was removed with it\n")
    assert changed_lines(registry, WITH_POLICY) == ["- answer_within_days = 7 # promised"]


@pytest.mark.parametrize(
    ("assignments", "says"),
    [
        pytest.param([], "FIELD=VALUE … is missing", id="nothing"),
        pytest.param(["days=3"], 'unknown field "days"', id="unknown field"),
    ],
)
def test_edit_refuses(registry, pkes, assignments, says):
    ran = pkes("policy", "edit", *assignments)
    assert (ran.status, ran.out) == (2, "")
    assert f"pkes: {says}" in ran.err
    assert registry.read_text(encoding="utf-8") == WITH_POLICY


def test_a_terminal_shows_what_is_in_force(registry, pkes, terminal):
    assert terminal("policy") == (
        "Answer within days       7\n"
        "Retention in months      24 (default)\n"
        "Contacts kept in months  24 (default)\n"
        "Confirmed within months  12 (default)\n"
        "Save at once             no (default)\n"
    )
    assert pkes("policy").out == "field\tvalue\nanswer_within_days\t7\n"


def test_what_is_set_is_no_default(registry, pkes, terminal):
    pkes("policy", "edit", "autosave=yes", "confirm_months=12")
    shown = terminal("policy")
    assert "Confirmed within months  12\n" in shown
    assert "Save at once             yes\n" in shown
