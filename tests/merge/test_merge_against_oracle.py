"""The merge of random branches is what the oracle says. `random_merges.py` does the same with thousands."""

import pytest

from pkes.merge.text import merge
from tests.merge import branches, disjoint, merge_faults, plain_git

CASES = 400
PAIRS = 40
STEP = 50


@pytest.mark.parametrize("first", range(0, CASES, STEP))
def test_random_branches(first):
    wrong = {}
    for seed in range(first, first + STEP):
        versions = branches.pair(seed)
        if faults := merge_faults.judge(merge(*versions), versions):
            wrong[seed] = faults
    assert wrong == {}


def test_random_branches_with_the_text_of_git():
    wrong = {}
    for seed in range(0, CASES, 5):
        versions = branches.pair(seed)
        textual = plain_git.clean(versions)
        if textual is not None and (faults := merge_faults.judge(merge(*versions, textual), versions, textual)):
            wrong[seed] = faults
    assert wrong == {}


def test_disjoint_branches():
    for seed in range(PAIRS):
        versions, union = disjoint.pair(seed)
        for textual in {plain_git.clean(versions), None}:
            merged = merge(*versions, textual)
            assert (merged.conflicts, merged.lost) == ((), ())
            assert disjoint.is_union(merged.text, union)
            assert merge_faults.judge(merged, versions, textual) == []


def test_a_text_of_git_that_is_clean_and_wrong_does_not_stand():
    base = 'format = 1\n\n[cluster]\nname = "C"\n\n[members.a]\nname = "A"\ntown = "T"\n\n[members.b]\nname = "B"\n'
    ours, theirs = base.replace('"A"\n', '"A"\nkrs = "1"\n'), base.replace('"B"\n', '"B"\nkrs = "2"\n')
    versions = merge_faults.Versions(base, ours, theirs)
    wrong = base.replace('"B"\n', '"B"\nkrs = "1"\n')
    assert merge_faults.judge(merge(*versions, wrong), versions, wrong) == []
