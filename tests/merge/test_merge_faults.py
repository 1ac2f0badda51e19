"""A merge that is wrong is found out, whatever is wrong with it."""

import tomllib
from typing import Any, NamedTuple

import pytest

from pkes.merge.text import Lost
from tests.merge import conflict_markers, merge_faults
from tests.merge.merge_faults import Versions

BASE = """\
format = 1

[cluster]
name = "C"

[members.a]
name = "A"
town = "T"
"""
OURS = BASE.replace('"T"', '"U"  # ours')
CLEAN = Versions(BASE, OURS, BASE.replace('"C"', '"D" # theirs'))
MERGED = OURS.replace('"C"', '"D" # theirs')
CONFLICT = Versions(BASE, OURS, BASE.replace('"T"', '"V"'))
MARKED = OURS.replace(
    'town = "U"  # ours\n',
    '<<<<<<< ours: member a, town\ntown = "U"  # ours\n=======\ntown = "V"\n>>>>>>> theirs: member a, town\n',
)


class Told(NamedTuple):
    kind: str
    id: str | None
    field: str | None


NAMED = (Lost("# theirs", "theirs", 8),)


class Merge(NamedTuple):
    text: str
    conflicts: tuple[Any, ...] = ()
    lost: tuple[Lost, ...] = ()


TOWN = Told("member", "a", "town")


@pytest.mark.parametrize(
    ("versions", "merge"),
    [
        pytest.param(CLEAN, Merge(MERGED), id="clean"),
        pytest.param(CLEAN, Merge(MERGED.replace(" # theirs", ""), (), NAMED), id="a-comment-named"),
        pytest.param(CONFLICT, Merge(MARKED, (TOWN,)), id="conflict"),
        pytest.param(
            CONFLICT,
            Merge(MARKED.replace("=======", '||||||| base\ntown = "T"\n======='), (TOWN,)),
            id="conflict-with-base",
        ),
    ],
)
def test_nothing_is_wrong(versions, merge):
    assert merge_faults.judge(merge, versions) == []


@pytest.mark.parametrize(
    ("versions", "merge", "what"),
    [
        pytest.param(CLEAN, Merge(OURS, (), NAMED), "data", id="not-merged"),
        pytest.param(CLEAN, Merge(MERGED.replace('"A"', '"B"')), "data", id="another-value"),
        pytest.param(
            CLEAN, Merge(MERGED[: MERGED.index("[members")], (), (Lost("# ours", "ours", 5),)), "data", id="record-gone"
        ),
        pytest.param(CLEAN, Merge(MERGED + "[members.b]\n"), "data", id="record-too-many"),
        pytest.param(CLEAN, Merge(MERGED + "[members.a]\n"), "duplicate", id="twice"),
        pytest.param(CLEAN, Merge(MERGED + "x\n"), "syntax", id="no-toml"),
        pytest.param(CLEAN, Merge(MERGED.replace(" # theirs", "")), "comment lost", id="comment-lost"),
        pytest.param(CLEAN, Merge(MERGED, (TOWN,)), "conflicts", id="needless-conflict"),
        pytest.param(CLEAN, Merge(MERGED.replace("\n", "\r\n")), "line ends", id="other-line-ends"),
        pytest.param(CONFLICT, Merge(OURS), "conflicts", id="conflict-not-told"),
        pytest.param(CONFLICT, Merge(OURS, (TOWN,)), "markers", id="no-keyers"),
        pytest.param(CONFLICT, Merge(MARKED, (TOWN, TOWN)), "conflicts", id="told-twice"),
        pytest.param(CONFLICT, Merge(MARKED.replace("member a", "it"), (TOWN,)), "labels", id="no-name"),
        pytest.param(CONFLICT, Merge(MARKED.replace("=======\n", ""), (TOWN,)), "markers", id="ill-markers"),
        pytest.param(CONFLICT, Merge(MARKED.replace('"V"', '"W"'), (TOWN,)), "data", id="not-theirs-value"),
        pytest.param(
            CONFLICT,
            Merge(MARKED.replace("=======\n", "krs = '1'\n=======\nkrs = '1'\n"), (TOWN,)),
            "markers",
            id="more-than-the-field",
        ),
    ],
)
def test_what_is_wrong_is_found(versions, merge, what):
    assert what in {fault.what for fault in merge_faults.judge(merge, versions)}


def test_a_record_whose_id_was_taken_must_be_somewhere():
    sides = BASE.replace("members.a", "members.x"), BASE + '[members.x]\nname = "X"\n'
    taken = Told("member", "x", None)
    text = sides[0].replace("[members.x]", "<<<<<<< member x\n[members.x]") + "=======\n{}>>>>>>> member x\n"
    held = merge_faults.judge(Merge(text.format('[members.x]\nname = "X"\n'), (taken,)), Versions(BASE, *sides))
    gone = merge_faults.judge(Merge(text.format(""), (taken,)), Versions(BASE, *sides))
    assert ([fault.what for fault in held], [fault.what for fault in gone]) == ([], ["data"])


def test_the_text_of_git_stands_where_it_is_right():
    assert merge_faults.judge(Merge(MERGED), CLEAN, textual=MERGED) == []
    assert [fault.what for fault in merge_faults.judge(Merge(MERGED), CLEAN, textual=MERGED + "\n")] == ["textual"]


def test_a_comment_that_a_side_took_away_is_not_missed():
    remarked = BASE.replace('"T"', '"T" # base')
    assert merge_faults.judge(Merge(BASE), Versions(remarked, remarked, BASE)) == []
    assert merge_faults.judge(Merge(BASE), Versions(remarked, BASE, remarked)) == []


def test_a_repeated_comment_is_untidy():
    twice = Merge(MERGED.replace("[members", "# theirs\n[members"))
    assert merge_faults.judge(twice, CLEAN) == []
    assert merge_faults.repeated(twice, CLEAN) == ["# theirs"]
    assert merge_faults.repeated(Merge(MERGED), CLEAN) == []


def test_a_side_of_a_marked_text():
    for side, value in (("ours", "U"), ("theirs", "V")):
        text = conflict_markers.take(MARKED.replace("\n", "\r\n"), side)
        assert tomllib.loads(text)["members"]["a"]["town"] == value
    assert [region.labels for region in conflict_markers.regions(MARKED)] == [
        ("ours: member a, town", "theirs: member a, town")
    ]
    with pytest.raises(conflict_markers.Ill):
        conflict_markers.regions("<<<<<<< ours\n")
