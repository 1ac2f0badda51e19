"""The oracle says what a person says: the rules of merging, one example each."""

from typing import Any

import pytest

from tests.merge import oracle


def registry(members: dict[str, Any] | None = None, **others: Any) -> dict[str, Any]:
    return {"format": 1, "cluster": {"name": "C"}, "members": members or {}, **others}


def merged(base: Any, ours: Any, theirs: Any) -> tuple[Any, Any, set[Any]]:
    """Return ours' and theirs' pick of the members, by id, and the conflicts."""
    said = oracle.expect(*(registry(side) for side in (base, ours, theirs)))
    picks = ({id: record for (kind, id), record in side.items() if kind == "member"} for side in said[:2])
    return *picks, said.conflicts


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "result"),
    [
        pytest.param("x", "x", "y", "y", id="changed-by-theirs"),
        pytest.param("x", "y", "x", "y", id="changed-by-ours"),
        pytest.param("x", "y", "y", "y", id="the-same-on-both"),
        pytest.param("x", None, "x", None, id="cleared-by-ours"),
        pytest.param("x", "x", None, None, id="cleared-by-theirs"),
        pytest.param(None, None, "y", "y", id="set-by-theirs"),
        pytest.param("x", "y", "z", oracle.CLASH, id="different"),
        pytest.param("x", None, "z", oracle.CLASH, id="cleared-and-changed"),
        pytest.param(None, "y", "z", oracle.CLASH, id="set-to-different"),
        pytest.param(1, 1.0, 1, 1.0, id="the-type-is-a-change"),
        pytest.param(2, 1, 1.0, oracle.CLASH, id="one-and-one-point-zero"),
        pytest.param(2, 1, True, oracle.CLASH, id="one-and-true"),
        pytest.param(1.0, float("nan"), float("nan"), float("nan"), id="nan"),
    ],
)
def test_a_value(base, ours, theirs, result):
    found = oracle.merge_value(base, ours, theirs)
    assert found is result or oracle.same(found, result)


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "result"),
    [
        pytest.param(["a"], ["a", "b"], ["a", "c"], ["a", "b", "c"], id="both-add"),
        pytest.param(["a"], ["a", "b"], ["c", "b", "a"], ["a", "b", "c"], id="the-same-added-is-one"),
        pytest.param(["a", "b"], ["a"], ["b"], [], id="each-removes-another"),
        pytest.param(["a", "b", "c"], ["a", "b"], ["a", "b"], ["a", "b"], id="the-same-removed-is-one"),
        pytest.param(["a", "b"], ["b", "a"], ["a", "b", "c"], ["b", "a", "c"], id="ours-order"),
        pytest.param(["a", "b"], ["a", "b"], ["b", "a"], ["b", "a"], id="only-theirs-changed"),
        pytest.param(["a"], ["a", "a"], ["a", "a"], ["a", "a"], id="counted"),
        pytest.param(["a"], ["a", "a"], ["b"], ["a", "b"], id="added-here-removed-there"),
        pytest.param(None, ["a"], ["b"], ["a", "b"], id="absent-is-empty"),
        pytest.param(["a"], None, ["a", "b"], ["b"], id="cleared-by-ours"),
        pytest.param(["a", "b"], None, ["a"], None, id="nothing-left-and-absent-on-a-side"),
        pytest.param(["a"], [], ["a", "a"], ["a"], id="emptied-by-ours"),
        pytest.param(["a", "b"], [], ["a"], [], id="nothing-left-and-absent-on-neither"),
        pytest.param(["a"], [], None, None, id="emptied-and-cleared"),
        pytest.param(["a"], ["a", "b"], 1, oracle.CLASH, id="a-list-against-another-thing"),
        pytest.param([1], [1, 2], [1, 3], oracle.CLASH, id="no-strings"),
        pytest.param(["a"], ["x", "y", "a"], ["a", "q", "y", "p"], ["x", "y", "a", "q", "p"], id="theirs-order"),
    ],
)
def test_a_list(base, ours, theirs, result):
    found = oracle.merge_value(base, ours, theirs)
    assert found is result or oracle.same(found, result)


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "result"),
    [
        pytest.param({"p": 1}, {"p": 1, "q": 2}, {"p": 3}, {"p": 3, "q": 2}, id="key-by-key"),
        pytest.param({"p": {"q": 1}}, {"p": {"q": 1, "r": 2}}, {"p": {}}, {"p": {"r": 2}}, id="deep"),
        pytest.param({"p": ["a"]}, {"p": ["a", "b"]}, {"p": []}, {"p": ["b"]}, id="lists-inside"),
        pytest.param({"p": 1}, {"p": 2}, {"p": 3}, oracle.CLASH, id="the-same-key"),
        pytest.param({"p": {"q": 1}}, {"p": {"q": 2}}, {"p": {"q": 3}}, oracle.CLASH, id="the-same-key-deep"),
        pytest.param(None, {"p": 1}, {"q": 2}, {"p": 1, "q": 2}, id="both-new"),
        pytest.param({"p": 1}, {"p": 2}, None, oracle.CLASH, id="changed-and-cleared"),
        pytest.param({"p": 1}, {"p": 2}, 5, oracle.CLASH, id="a-table-against-another-thing"),
        pytest.param({}, {"p": 1}, {"p": 1, "q": 2}, {"p": 1, "q": 2}, id="the-same-key-added"),
    ],
)
def test_a_table_of_an_unknown_key(base, ours, theirs, result):
    found = oracle.merge_value(base, ours, theirs)
    assert found is result or oracle.same(found, result)


A, B = {"name": "A"}, {"name": "B"}
A1 = A | {"nip": "1"}


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "picks", "conflicts"),
    [
        pytest.param({}, {"a": A}, {"b": B}, [{"a": A, "b": B}], [], id="each-adds-another"),
        pytest.param(
            {}, {"a": {"town": "T"}}, {"a": {"nip": "1"}}, [{"a": {"town": "T", "nip": "1"}}], [], id="both-add-it"
        ),
        pytest.param(
            {}, {"a": {"town": "T"}}, {"a": {"town": "U"}}, [{"a": {"town": "T"}}, {"a": {"town": "U"}}],
            [("a", "town")], id="both-add-it-differently",
        ),
        pytest.param({"a": A, "b": B}, {"b": B}, {"a": A, "b": B}, [{"b": B}], [], id="removed-and-unchanged"),
        pytest.param({"a": A}, {}, {}, [{}], [], id="removed-by-both"),
        pytest.param({"a": A}, {}, {"a": A1}, [{}, {"a": A1}], [("a", None)], id="removed-and-changed"),
        pytest.param({"a": A}, {"a": A1}, {}, [{"a": A1}, {}], [("a", None)], id="changed-and-removed"),
        pytest.param({"a": A}, {}, {"x": A}, [{}, {"x": A}], [("x", None)], id="removed-and-renamed"),
        pytest.param({"a": A}, {"x": A}, {"a": A1}, [{"x": A1}], [], id="an-edit-follows"),
        pytest.param({"a": A}, {"x": A}, {"x": A1}, [{"x": A1}], [], id="renamed-alike"),
        pytest.param({"a": A}, {"x": A}, {"y": A}, [{"x": A}, {"y": A}], [("x", None)], id="renamed-differently"),
        pytest.param(
            {"a": A1, "b": B}, {"x": A | {"nip": "2"}, "b": B}, {"a": A | {"nip": "3"}, "b": B},
            [{"x": A | {"nip": "2"}, "b": B}, {"x": A | {"nip": "3"}, "b": B}], [("x", "nip")],
            id="renamed-and-in-conflict",
        ),
    ],
)  # fmt: skip
def test_members(base, ours, theirs, picks, conflicts):
    found = merged(base, ours, theirs)
    assert found == (picks[0], picks[-1], {("member", *conflict) for conflict in conflicts})


def test_a_new_id_that_is_taken_is_a_conflict_and_nothing_more_is_known():
    said = oracle.expect(*(registry(members) for members in ({"a": A}, {"x": A}, {"a": A, "x": B})))
    assert said.conflicts == {("member", "x", None)}
    assert said.unsure == {("member", "a"), ("member", "x")}
    assert ("member", "y") in oracle.expect(*map(registry, ({"a": A}, {"x": A}, {"y": A, "x": B}))).unsure
    assert oracle.expect(*(registry(some) for some in ({"a": A, "b": B}, {"x": A, "b": B}, {"a": A, "x": B}))).conflicts


def test_theirs_new_id_that_is_taken_where_both_renamed():
    said = oracle.expect(*map(registry, ({"a": A}, {"x": A, "y": B}, {"y": A})))
    assert said.unsure >= {("member", "x"), ("member", "y")}
    assert said.conflicts == {("member", "x", None)}


@pytest.mark.parametrize("swapped", [False, True])
def test_references_follow_the_other_side(swapped):
    base = registry({"a": A, "b": B}, sectors={"s": {"pl": "p", "en": "e"}})
    one = registry({"x": A, "b": B}, sectors={"t": {"pl": "p", "en": "e"}})
    other = registry({"a": A, "b": B | {"sector": "s"}}, sectors=base["sectors"], cluster={"coordinator": "a"})
    said = oracle.expect(base, *((other, one) if swapped else (one, other)))
    assert (said.ours, said.conflicts) == (said.theirs, set())
    assert said.ours["cluster", None]["coordinator"] == "x"
    assert said.ours["member", "b"]["sector"] == "t"


def test_a_reference_that_a_rename_left_behind_stays_so():
    base, ours = (registry({id: A}, cluster={"coordinator": "a"}) for id in ("a", "x"))
    for sides in ((ours, base), (base, ours)):
        assert oracle.expect(base, *sides).ours == oracle.flatten(ours)


def test_references_to_what_both_renamed_go_to_ours():
    sides = (registry({id: A}, cluster={"coordinator": id}) for id in "axy")
    said = oracle.expect(*sides)
    assert said.conflicts == {("member", "x", None)}
    assert {side["cluster", None]["coordinator"] for side in (said.ours, said.theirs)} == {"x"}


@pytest.mark.parametrize(
    ("kind", "old", "new", "known"),
    [
        pytest.param("members", {"name": "A"}, {"name": "A", "nip": "1"}, True, id="name"),
        pytest.param("members", {"krs": "1", "name": "A"}, {"krs": "1", "name": "B"}, True, id="krs"),
        pytest.param("members", {"name": ""}, {"name": ""}, False, id="an-empty-name"),
        pytest.param("members", {"town": "T"}, {"town": "T"}, False, id="town"),
        pytest.param("sectors", {"pl": "p", "en": "e"}, {"pl": "p", "en": "e", "x": 1}, True, id="both-labels"),
        pytest.param("sectors", {"pl": "p"}, {"pl": "p"}, False, id="one-label"),
        pytest.param("inquiries", {"person": "P", "town": ""}, {"person": "P"}, True, id="all-fields"),
        pytest.param("inquiries", {"person": "P"}, {"person": "P", "x": 1}, False, id="one-field-more"),
        pytest.param("inquiries", {}, {}, False, id="no-field"),
    ],
)
def test_a_rename(kind, old, new, known):
    base, side = (oracle.flatten(registry(**{kind: held})) for held in ({"a": old}, {"x": new}))
    assert bool(oracle.renames(base, side)) is known


def test_a_rename_is_no_guess():
    base, side = (oracle.flatten(registry(held)) for held in ({"a": A}, {"x": A, "y": A}))
    assert oracle.renames(base, side) == oracle.renames(side, base) == {}


def test_the_order_of_a_list_that_repeats_an_item_is_open():
    sides = [registry({"a": {"tags": tags, "needs": ["a"]}}) for tags in (["x"], ["x", "y", "x"], [])]
    assert oracle.expect(*sides).in_any_order == {(("member", "a"), "tags")}


def test_what_has_no_id():
    base = registry(policy={"retention_months": 1}, alien={"p": 1})
    ours = registry(policy={"retention_months": 2}, alien={"p": 2})
    theirs = registry(policy={"retention_months": 3}, alien={"p": 1, "q": 2}, cluster={"name": "C", "phone": "1"})
    said = oracle.expect(base, ours, theirs)
    assert said.conflicts == {("policy", None, "retention_months")}
    assert said.theirs["policy", None] == {"retention_months": 3}
    assert said.ours["file", None] == {"format": 1, "alien": {"p": 2, "q": 2}}
    assert said.ours["cluster", None] == {"name": "C", "phone": "1"}
