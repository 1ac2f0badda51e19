"""Merges of random branches of which one or both have another form: nothing is lost without being named."""

import pytest

from pkes.merge.text import merge
from tests.merge import forms
from tests.merge.merge_faults import Versions


@pytest.mark.parametrize("first", range(0, 200, 50))
def test_the_form_that_one_side_alone_gave_is_kept_or_named(first):
    wrong = [(seed, faults) for seed in range(first, first + 50) if (faults := forms.merge_and_judge(seed)[1])]
    assert wrong == []


BASE = 'format = 1\n\n[cluster]\n\n[members.a]\nname = "A"\n\n[members.b]\nname = "B"\n'
REORDERED = 'format = 1\n\n[cluster]\n\n[members.b]\nname = "B"\n\n[members.a]\nname = "A"\n'


@pytest.mark.parametrize(
    ("ours", "theirs", "text", "what"),
    [
        pytest.param(BASE, BASE.replace(" = ", "="), BASE, "form of theirs", id="theirs"),
        pytest.param(BASE.replace(" = ", "="), BASE, BASE, "form of ours", id="ours"),
        pytest.param(BASE, REORDERED, BASE, "order", id="order"),
    ],
)
def test_a_form_that_is_lost_is_found_out(ours, theirs, text, what):
    merged = merge(BASE, ours, theirs)
    assert [*forms.judge(merged, Versions(BASE, ours, theirs))] == []
    assert {one.what for one in forms.judge(merged._replace(text=text), Versions(BASE, ours, theirs))} == {what}
