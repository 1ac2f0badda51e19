"""What holds of the merge of any registries, whatever the rules say of the details."""

import tomllib
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from pkes.merge.text import merge
from pkes.registry.parsing import parse
from tests.layouts import lay_out
from tests.merge import branches, conflict_markers, disjoint, merge_faults, oracle
from tests.merge.editable_text import canonical
from tests.random_registries import DATA

SEEDS = st.integers(0, 2**32)
LAWS = settings(max_examples=40)


def text_of(data: dict[str, Any], seed: int) -> str:
    return lay_out(data, seed).text


def holds(text: str, data: dict[str, Any]) -> bool:
    return oracle.same(oracle.flatten(tomllib.loads(text)), oracle.flatten(data))


@LAWS
@given(base=DATA, side=DATA, seeds=st.tuples(SEEDS, SEEDS, SEEDS))
def test_an_unchanged_side_gives_the_other(base, side, seeds):
    one, again, other = (text_of(data, seed) for data, seed in zip((base, base, side), seeds, strict=True))
    for ours, theirs in ((again, other), (other, again)):
        merged = merge(one, ours, theirs)
        assert merged.conflicts == ()
        assert holds(merged.text, tomllib.loads(other))


@LAWS
@given(base=DATA, side=DATA, seeds=st.tuples(SEEDS, SEEDS, SEEDS))
def test_the_same_on_both_sides_is_that(base, side, seeds):
    one, ours, theirs = (text_of(data, seed) for data, seed in zip((base, side, side), seeds, strict=True))
    merged = merge(one, ours, theirs)
    assert merged.conflicts == ()
    assert holds(merged.text, tomllib.loads(ours))


@given(base=DATA)
def test_three_times_the_same_text_is_that_text(base):
    text = text_of(base, 1)
    assert merge(text, text, text)[:3] == (text, (), ())


@LAWS
@given(base=DATA, ours=DATA, theirs=DATA, seed=SEEDS)
def test_any_three_registries(base, ours, theirs, seed):
    versions = merge_faults.Versions(
        *(text_of(data, seed + number) for number, data in enumerate((base, ours, theirs)))
    )
    merged = merge(*versions)
    assert merge_faults.judge(merged, versions) == []
    if not merged.conflicts:
        parse(merged.text)
    assert len(conflict_markers.regions(merged.text)) == len(merged.conflicts)


@settings(max_examples=40)
@given(seed=SEEDS)
def test_edits_of_different_things_are_both_made_in_either_order(seed):
    versions, union = disjoint.pair(seed)
    for sides in (versions, versions.swapped()):
        merged = merge(*sides)
        assert merged.conflicts == ()
        assert disjoint.is_union(merged.text, union)


@LAWS
@given(seed=SEEDS)
def test_swapped_sides_agree_up_to_the_order_of_lists(seed):
    versions = branches.pair(seed)
    there, back = merge(*versions), merge(*versions.swapped())
    said = merge_faults.expected(versions)
    if not said.unsure:
        assert fields_in_conflict(there) == fields_in_conflict(back)
        if all(conflict.field for conflict in there.conflicts):
            for side, other in (("ours", "theirs"), ("theirs", "ours")):
                assert disjoint.is_union(
                    conflict_markers.take(there.text, side), tomllib.loads(conflict_markers.take(back.text, other))
                )


def fields_in_conflict(merged: merge_faults.Merged) -> list[Any]:
    """Return the conflicts; of a record that both sides renamed each side has an id of its own."""
    return sorted(((one.kind, one.field and one.id, one.field) for one in merged.conflicts), key=str)


@LAWS
@given(seed=SEEDS)
def test_merging_once_more_changes_nothing(seed):
    versions = branches.pair(seed)
    merged = merge(*versions)
    if not merged.conflicts:
        assert merge(versions.theirs, merged.text, versions.theirs).text == merged.text
        assert holds(merge(versions.base, merged.text, merged.text).text, tomllib.loads(merged.text))


def test_the_same_text_on_both_sides_is_kept_with_what_it_refers_to():
    tables = {"cluster": {"name": "C"}, "sectors": {"s": {"pl": "S", "en": "S"}}, "members": {"m": {"name": "M"}}}
    base = canonical({"format": 1, **tables}).text()
    both = base.replace("sectors.s", "sectors.new").replace('"M"', '"M"\nsector = "s"')
    assert merge(base, both, both)[:3] == (both, (), ())


def test_an_empty_base():
    ours, theirs = (canonical({"format": 1, "cluster": {"name": "C"}, "members": {id: {"name": id}}}) for id in "ab")
    for base in ("", "format = 1\n[cluster]\n"):
        merged = merge(base, ours.text(), theirs.text())
        assert merged.conflicts == ()
        assert tomllib.loads(merged.text)["members"].keys() == {"a", "b"}
