"""Putting new text in the place of old, and the proof that nothing else changed."""

from collections import Counter

import pytest

from pkes.errors import NotVerified
from pkes.toml.splice import Splice, _verify_spans, splice
from pkes.toml.tree import Layout

TEXT = "a = 1 # one\n\n[b]\nc = 2 # two\n[d]\ne = 3 # three\n"


def spliced(*splices: Splice, lost: tuple[str, ...] = ()) -> str:
    return splice(Layout(TEXT), splices, Counter(lost))


def replacing(old: str, new: str) -> Splice:
    return Splice(TEXT.index(old), TEXT.index(old) + len(old), new)


def test_splices_are_made_in_the_order_of_the_text():
    assert spliced(replacing("3", "30"), replacing("1", "")) == TEXT.replace("1", "").replace("3", "30")


def test_splices_at_one_place_are_made_by_rank():
    end = len(TEXT)
    new = [Splice(end, end, "x = 1\n", 2), Splice(end, end, "y = 2\n", 1), replacing("3 # three\n", "4 # three\n")]
    assert spliced(*new) == TEXT.replace("3", "4") + "y = 2\nx = 1\n"


def test_no_splice_changes_nothing():
    assert spliced() == TEXT


def refusal(*splices: Splice, lost: tuple[str, ...] = ()) -> str:
    with pytest.raises(NotVerified) as caught:
        spliced(*splices, lost=lost)
    return caught.value.rule


def test_splices_that_overlap_are_refused():
    assert refusal(replacing("a = 1", "x"), replacing("1 #", "y #")) == "spans"


@pytest.mark.parametrize(
    ("splices", "lost"),
    [
        pytest.param([replacing(" # two", "")], (), id="not-named"),
        pytest.param([replacing(" # two", " # twe")], (), id="changed"),
        pytest.param([replacing("2", "20")], ("# two",), id="named-but-there"),
        pytest.param([replacing("2 # two\n[d]\ne = 3 # three", "2")], ("# two",), id="one-of-two-not-named"),
        pytest.param([replacing("2", '"""'), replacing("3", '"""')], (), id="swallowed-by-a-string"),
        pytest.param([replacing("1", "1 # one"), replacing("2 # two", "2")], (), id="another-put-in"),
    ],
)
def test_a_comment_that_is_lost_unnamed_is_refused(splices, lost):
    assert refusal(*splices, lost=lost) == "comments"


@pytest.mark.parametrize(
    ("splices", "lost"),
    [
        pytest.param([replacing(" # two", "")], ("# two",), id="one"),
        pytest.param([replacing("2 # two\n[d]\ne = 3 # three", "2")], ("# two", "# three"), id="across-tables"),
        pytest.param(
            [replacing("a = 1 # one\n", ""), replacing("e = 3 # three\n", "")], ("# one", "# three"), id="apart"
        ),
        pytest.param(
            [replacing("[b]\nc = 2 # two\n", ""), replacing("[d]", "[f]")], ("# two",), id="next-to-each-other"
        ),
        pytest.param([replacing("2", "2 # new\n")], (), id="a-new-one"),
    ],
)
def test_comments_that_are_named_may_go(splices, lost):
    assert len(spliced(*splices, lost=lost)) > 0


@pytest.mark.parametrize(
    "new",
    [
        pytest.param("a = 2 # one\n", id="in-front"),
        pytest.param("a = 1 # one\nx\n", id="behind"),
        pytest.param("a = 1 # on", id="cut"),
    ],
)
def test_a_byte_that_changed_outside_of_the_splices_is_refused(new):
    old = "a = 1 # one\n"
    with pytest.raises(NotVerified) as caught:
        _verify_spans(old, new, [Splice(4, 4, "")])
    assert caught.value.rule == "spans"
