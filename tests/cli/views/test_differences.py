"""Two values told apart: what went, what came, and what stands around it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pkes.cli.views.differences import LONG, lines

LONG_LINE = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"


def told(old, new):
    """Return what differs as lines of text, with what differs in brackets."""
    return [
        f"{line.sign} " + "".join(f"[{text}]" if differs else text for text, differs in line.parts)
        for line in lines(old, new)
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param(["a", "b"], ["b", "c"], ["- [a]", "+ [c]"], id="came-and-went"),
        pytest.param(["a"], ["a", "a", "b"], ["+ [a]", "+ [b]"], id="twice"),
        pytest.param(["a", "a"], ["a"], ["- [a]"], id="once-less"),
        pytest.param(None, ["a"], ["+ [a]"], id="new"),
        pytest.param(["a"], [], ["- [a]"], id="emptied"),
        pytest.param(["a", "b"], ["b", "a"], [], id="order"),
        pytest.param([], None, [], id="nothing"),
        pytest.param([1, True, ["x"]], [True, 1.0], ["- [1]", '- [x]', "+ [1.0]"], id="other-items"),
        pytest.param("a", ["a", "b"], ["+ [b]"], id="text-to-list"),
    ],
)  # fmt: skip
def test_lists_by_item(old, new, expected):
    assert told(old, new) == expected


@pytest.mark.parametrize(
    ("old", "new"), [("a", "b"), (None, "b"), ("x" * LONG, ""), (1, 2), (1, "x" * 200), (True, None), (None, None)]
)
def test_what_is_short_or_no_text_is_not_told_apart(old, new):
    assert lines(old, new) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param(
            LONG_LINE,
            LONG_LINE.replace("nine", "9"),
            [
                "- …five six seven eight [nine] ten eleven twelve thirteen…",
                "+ …five six seven eight [9] ten eleven twelve thirteen…",
            ],
            id="one-word",
        ),
        pytest.param(
            LONG_LINE,
            LONG_LINE.replace("two ", "").replace("sixteen", "sixteen and"),
            [
                "- one [two ]three four five six …",
                "+ one three four five six …",
                "- … thirteen fourteen fifteen sixteen seventeen",
                "+ … thirteen fourteen fifteen sixteen[ and] seventeen",
            ],
            id="far-apart",
        ),
        pytest.param(LONG_LINE, None, [f"- [{LONG_LINE}]"], id="gone"),
        pytest.param("", LONG_LINE, [f"+ [{LONG_LINE}]"], id="new"),
        pytest.param("a\nb\nc\nd\ne", "a\nb\nC\nd\ne", ["  b", "- [c]", "+ [C]", "  d"], id="line"),
        pytest.param("a\nb\n", "a\nb", ["  b", "- []"], id="line-end"),
        pytest.param("a\nb", "a\r\nb", ["- a", "+ a[\r]", "  b"], id="carriage-return"),
        pytest.param("a\nb", "a\nx\ny\nb", ["  a", "+ [x]", "+ [y]", "  b"], id="more-lines"),
        pytest.param(
            "a\nb\nc\nd\ne\nf",
            "x\nb\nc\nd\ne\ny",
            ["- [a]", "+ [x]", "  b", "  …", "  e", "- [f]", "+ [y]"],
            id="two-places",
        ),
    ],
)
def test_texts_by_line_and_word(old, new, expected):
    assert told(old, new) == expected


def test_what_is_too_long_to_tell_apart_is_shown_whole():
    old, new = ("\n".join(f"{word} {number}" for number in range(1500)) for word in ("old", "new"))
    assert len(lines(f"a\n{old}\nb", f"a\n{new}\nc")) == 3002 + 1
    assert told("\n".join(["x"] * 3000), "\n".join(["x"] * 1500 + ["y"] + ["x"] * 1500)) == ["  x", "+ [y]", "  x"]


TEXTS = st.text(st.sampled_from("ab \n\r"), max_size=200)


@given(old=TEXTS, new=TEXTS)
def test_texts_that_differ_show_it(old, new):
    found = lines(old, new)
    assert bool(found) == (old != new and (len(old + new) > LONG or "\n" in old + new))
    for sign, text in (("-", old), ("+", new)):
        for line in found:
            if line.sign == sign:
                assert "".join(part.text for part in line.parts).strip("…") in text
