"""The same changes made in the text of a registry, and shown as JSON."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from pkes.errors import CannotEdit
from pkes.model.records import Member, Policy, Registry, Sector
from pkes.registry import changes
from pkes.registry.changes import Change, Pasted, compare
from pkes.registry.parsing import parse
from pkes.toml.edit import every
from tests.layouts import lay_out
from tests.random_registries import DATA

TEXT = """\
format = 1

[cluster]
name = "C"
coordinator = "a" # since 2014

[members.a]
name = "A"

# about b
[members.b]
name = "B"
[members.b.alien]
x = 1
"""


def applied(**others: Any) -> str:
    after = replace(parse(TEXT), **others)
    edited = changes.apply(TEXT, compare(parse(TEXT), after), after)
    assert compare(parse(edited.text), after) == ()
    return edited.text


def test_no_change_leaves_the_text():
    assert applied() == TEXT


def test_a_renamed_record_takes_its_references_and_edits_along():
    held = parse(TEXT)
    new = replace(held.members["a"], id="z", town="T")
    after = applied(cluster=replace(held.cluster, coordinator="z"), members={"z": new, "b": held.members["b"]})
    assert after == TEXT.replace('"a"', '"z"').replace(
        '[members.a]\nname = "A"\n', '[members.z]\nname = "A"\ntown = "T"\n'
    )


def test_a_policy_comes_as_a_table_and_goes_field_by_field():
    policy = "\n[policy]\nanswer_within_days = 3\nretention_months = 6\n"
    with_policy = TEXT.replace("2014\n", f"2014\n{policy}")
    assert applied(policy=Policy(answer_within_days=3, retention_months=6)) == with_policy
    before, after = parse(with_policy), parse(TEXT)
    edited = changes.apply(with_policy, compare(before, after), after)
    assert edited.text == TEXT.replace("2014\n", "2014\n\n[policy]\n")


def test_what_the_program_does_not_know_is_changed_too():
    assert applied(extra={"x": [1]}) == TEXT.replace("format = 1\n", "format = 1\nx = [\n    1,\n]\n")
    members = parse(TEXT).members
    without = applied(members={**members, "b": replace(members["b"], extra={})})
    assert without == TEXT.replace("[members.b.alien]\nx = 1\n", "")


def test_a_removed_record_names_its_comments():
    after = replace(parse(TEXT), members={"a": parse(TEXT).members["a"]})
    edited = changes.apply(TEXT, compare(parse(TEXT), after), after)
    assert (edited.text, edited.lost) == (TEXT[: TEXT.index("\n# about b")], ("# about b",))


def test_a_record_can_lose_its_comments_and_nothing_else():
    held = parse(TEXT)
    edited = changes.apply(TEXT, (), held, without_comments={("member", "b"): every, ("cluster", None): every})
    assert edited.text == TEXT.replace("# about b\n", "").replace(" # since 2014", "")
    assert edited.lost == ("# since 2014", "# about b")


def test_a_new_record_can_be_put_in_as_it_is_written_elsewhere():
    after = replace(parse(TEXT), members={**parse(TEXT).members, "aa": Member(id="aa", name="AA"), "c": Member(id="c")})
    pasted = {("member", "aa"): Pasted("# pasted\n[members.'aa']\nname='AA' # so\n", None)}
    edited = changes.apply(TEXT, compare(parse(TEXT), after), after, pasted=pasted)
    head, tail = TEXT.split("\n# about b")
    assert edited.text == f"{head}\n# pasted\n[members.'aa']\nname='AA' # so\n\n# about b{tail}\n[members.c]\n"


def test_a_policy_that_has_no_header_is_refused_with_its_line():
    text = "format = 1\n\npolicy.retention_months = 3\n[cluster]\n"
    after = replace(parse(text), policy=Policy(retention_months=4))
    with pytest.raises(CannotEdit) as caught:
        changes.apply(text, compare(parse(text), after), after)
    assert caught.value.line == 3


@given(data=DATA, seed=st.integers(0, 2**32))
def test_any_layout_can_be_emptied_but_for_what_is_refused_with_its_line(data, seed):
    text, after, line = lay_out(data, seed).text, Registry(), 0
    try:
        assert parse(changes.apply(text, compare(parse(text), after), after).text) == after
    except CannotEdit as refused:
        line = refused.line
    assert 0 <= line <= text.count("\n") + 1


@pytest.mark.parametrize(
    ("change", "shown"),
    [
        pytest.param(Change("member", "a", "changed", "town", None, "T"), (None, "T"), id="text"),
        pytest.param(Change("member", "a", "changed", "tags", None, ["t"]), ([], ["t"]), id="absent-list"),
        pytest.param(Change("member", "a", "changed", "tags", ["t"], None), (["t"], []), id="cleared-list"),
        pytest.param(Change("member", "a", "changed", "tags", ["t"], ["u"]), (["t"], ["u"]), id="other-list"),
        pytest.param(Change("member", "a", "changed", "tags", [], None), ([], None), id="empty-list-removed"),
        pytest.param(Change("member", "a", "changed", "tags", None, []), (None, []), id="empty-list-added"),
        pytest.param(Change("member", "a", "changed", "colour", None, ["t"]), (None, ["t"]), id="unknown-key"),
        pytest.param(Change("file", None, "changed", "goals", None, ["t"]), (None, ["t"]), id="key-of-the-file"),
        pytest.param(Change("cluster", None, "changed", "goals", None, ["t"]), ([], ["t"]), id="list-of-the-cluster"),
        pytest.param(Change("member", "b", "renamed", "id", "a", "b"), ("a", "b"), id="renamed"),
    ],
)  # fmt: skip
def test_a_change_as_json(change, shown):
    assert changes.change_as_json(change) == {**change._asdict(), "old": shown[0], "new": shown[1]}


def test_an_added_or_removed_record_is_shown_whole():
    shown = changes.change_as_json(Change("policy", None, "removed", None, Policy(retention_months=1), None))
    assert (shown["old"], shown["new"]) == (
        {
            "answer_within_days": None,
            "retention_months": 1,
            "contact_retention_months": None,
            "confirm_months": None,
            "lawful_basis": None,
            "autosave": None,
            "ignore": [],
        },
        None,
    )
    assert (
        changes.change_as_json(Change("sector", "s", "added", None, None, Sector(id="s", pl="p")))["new"]["id"] == "s"
    )
