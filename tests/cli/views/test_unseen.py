"""What nobody would see in a change is in quotes; all else stands as it is."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pkes.cli.views import changes, differences
from pkes.registry.changes import compare
from pkes.registry.parsing import parse
from tests.registries import HEAD

LONG = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
END = "… fourteen fifteen sixteen seventeen"
DAY = datetime.date(2014, 10, 7)


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        pytest.param("Łąka ", "Łąka", ('"Łąka "', '"Łąka"'), id="space-at-an-end"),
        pytest.param("A  B", "A B", ('"A  B"', '"A B"'), id="space-inside"),
        pytest.param("A\u00a0B", "A B", (r'"A\xa0B"', '"A B"'), id="another-space"),
        pytest.param("A\tB", "A B", (r'"A\tB"', '"A B"'), id="tab"),
        pytest.param("ą", "a\u0328", ('"ą"', r'"a\u0328"'), id="composed"),
        pytest.param("\u2126", "\u03a9", (r'"\u2126"', '"\u03a9"'), id="the-same-letter-twice"),
        pytest.param("A\u200b", "A", ('"A\u200b"', '"A"'), id="zero-width"),
        pytest.param("", None, ('""', None), id="empty"),
        pytest.param([], None, ("[]", None), id="no-items"),
        pytest.param(None, " x", (None, '" x"'), id="new-with-a-space"),
        pytest.param("2014-10-07", DAY, ('"2014-10-07"', DAY), id="date"),
        pytest.param("yes", True, ('"yes"', True), id="boolean"),
        pytest.param(["a", "b"], ["b", "a"], (["a", "b"], ["b", "a"]), id="order"),
        pytest.param("a", ["a"], ('"a"', ["a"]), id="list"),
        pytest.param("A", "B", ("A", "B"), id="as-it-is"),
        pytest.param("A", "a", ("A", "a"), id="case"),
        pytest.param(None, "a\n", (None, "a\n"), id="text-with-a-line-end"),
        pytest.param(1, 2, (1, 2), id="numbers"),
    ],
)
def test_two_values(old, new, shown):
    assert differences.pair(old, new) == shown
    assert differences.pair(new, old) == shown[::-1]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        pytest.param(["haft ", "x"], ["haft", "x"], ['- "haft "', '+ "haft"'], id="item"),
        pytest.param(None, ["a", "b ", ""], ["+ a", '+ "b "', '+ ""'], id="new-items"),
        pytest.param(LONG + " ", LONG, [f'- {END}" "', f"+ {END}"], id="end-of-a-long-text"),
        pytest.param(
            LONG,
            LONG.replace("two ", "two  "),
            ['- one two" "three four five six …', '+ one two"  "three four five six …'],
            id="inside-a-long-text",
        ),
        pytest.param(
            LONG + " ą", LONG + " a\u0328", [f'- …{END[2:]} "ą"', rf'+ …{END[2:]} "a\u0328"'], id="word-of-a-long-text"
        ),
        pytest.param("a\nb\n", "a\nb", ["  b", "- "], id="line-end"),
        pytest.param(
            LONG,
            LONG.replace("nine", "9"),
            [
                "- …five six seven eight nine ten eleven twelve thirteen…",
                "+ …five six seven eight 9 ten eleven twelve thirteen…",
            ],
            id="as-it-is",
        ),
    ],
)
def test_lines(old, new, told):
    assert [
        f"{line.sign} {''.join(part.text for part in line.parts)}" for line in differences.visible_lines(old, new)
    ] == told


def test_a_record_that_comes_shows_what_is_empty():
    member = '[members.b]\nname = "B "\nneeds = []\ntags = ["a ", ""]\nnote = ""\n'
    told = [*changes.lines(compare(parse(HEAD), parse(HEAD + member)))]
    assert told == ["+ member b", '    Name: "B "', "    Needs: []", '    Tags: "a ", ""', '    Note: ""']


TEXTS = st.text(st.sampled_from("aą\u0328 \u00a0\u200b\t"), max_size=4)


@given(old=TEXTS, new=TEXTS)
def test_values_that_differ_are_shown_otherwise(old, new):
    one, other = (changes.value(held).plain for held in differences.pair(old, new))
    assert (one == other) == (old == new)
