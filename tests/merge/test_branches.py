"""The random branches are what the trials take them for: right, the same each time, and full of what may happen."""

import random
import tomllib
from collections import Counter

import pytest

from pkes.registry.parsing import parse
from pkes.toml.scan import comments
from tests.merge import branches, disjoint, edits, merge_faults, oracle, plain_git
from tests.merge.editable_text import EditableText, canonical

SEEDS = range(150)


def test_a_pair_is_three_registries_and_the_same_each_time():
    for seed in SEEDS:
        versions = branches.pair(seed)
        assert versions == branches.pair(seed)
        for text in versions:
            parse(text.replace("\r\n", "\n"))


def test_what_may_happen_happens():
    found: Counter[str] = Counter()
    for seed in SEEDS:
        said = merge_faults.expected(versions := branches.pair(seed))
        found["conflict of a field"] += any(field for _, _, field in said.conflicts)
        found["conflict of a record"] += any(field is None for _, _, field in said.conflicts)
        found["id taken"] += bool(said.unsure)
        found["clean"] += not said.conflicts
        found["CRLF"] += all("\r\n" in text for text in versions)
        found["no end of the last line"] += not versions.ours.endswith("\n")
        base, ours, theirs = (oracle.flatten(tomllib.loads(text)) for text in versions)
        found["rename"] += bool(oracle.renames(base, theirs))
        found["rename by both"] += bool(oracle.renames(base, theirs).keys() & oracle.renames(base, ours).keys())
        found["comment"] += bool(set(comments(versions.theirs)) - set(comments(versions.base)))
        found["the same change"] += base != ours == theirs
    assert min(found.values()) > 0, found
    assert found["clean"] < len(SEEDS) * 0.9


@pytest.mark.parametrize("edit", [edit for edit, _ in edits.EDITS], ids=lambda edit: edit.__name__)
def test_an_edit_changes_the_text_and_the_data_alike(edit):
    changed = 0
    for seed in range(40):
        draft = branches.draft(random.Random(seed))
        before = draft.text()
        for number in range(5):
            edit(random.Random(number), draft)
        changed += draft.text() != before
    assert changed > 20


def test_a_draft_whose_text_is_not_its_data_is_no_draft():
    draft = EditableText([("x = 1", ("x",))], {"x": 2})
    with pytest.raises(AssertionError, match="the draft is wrong"):
        draft.text()


def test_no_two_comments_are_the_same():
    for seed in SEEDS:
        found = comments(branches.laid_out(branches.data(random.Random(seed)), seed).text())
        assert len(set(found)) == len(found)


def test_the_thirteen_members_stand_in_the_shipped_layout():
    text = disjoint.SHIPPED.read_text(encoding="utf-8")
    assert canonical(tomllib.loads(text)).text() == text
    assert len(parse(disjoint.base().text()).members) == 13


def test_disjoint_branches_do_not_conflict_but_for_git():
    conflicts = 0
    for seed in range(40):
        versions, union = disjoint.pair(seed)
        said = merge_faults.expected(versions)
        assert said.conflicts == set()
        assert disjoint.in_any_order(said.ours) == disjoint.in_any_order(oracle.flatten(union))
        conflicts += plain_git.merge_file(versions).conflicts
    assert conflicts > 0
