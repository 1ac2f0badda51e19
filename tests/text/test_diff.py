"""Unified diffs: in the usual form, and in little time however long and however shuffled the texts are."""

import random
import re
import time
from itertools import zip_longest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pkes.text import diff as unified
from tests.generated import toml_text

LINES = st.lists(st.sampled_from(["a", "b", "c", "d", "e", "f", "[x]", "[y]", "", "\r"]), max_size=12)
TEXTS = st.builds(lambda lines, end: "\n".join(lines) + end, LINES, st.sampled_from(["", "\n"]))

NO_LINE_END = "\\ No newline at end of file"
TEN = "".join(f"{number}\n" for number in range(10))


@pytest.mark.parametrize(
    ("old", "new", "lines"),
    [
        pytest.param("", "", [], id="empty"),
        pytest.param(TEN, TEN, [], id="same"),
        pytest.param("a\n", "b\n", ["@@ -1 +1 @@", "-a", "+b"], id="a line"),
        pytest.param("", "a\nb\n", ["@@ -0,0 +1,2 @@", "+a", "+b"], id="all new"),
        pytest.param("a\n", "", ["@@ -1 +0,0 @@", "-a"], id="all gone"),
        pytest.param("a", "a\n", ["@@ -1 +1 @@", "-a", NO_LINE_END, "+a"], id="final line end"),
        pytest.param("a\r\n", "a\n", ["@@ -1 +1 @@", "-a\r", "+a"], id="line ends"),
        pytest.param(
            TEN,
            TEN.replace("5", "x"),
            ["@@ -3,7 +3,7 @@", " 2", " 3", " 4", "-5", "+x", " 6", " 7", " 8"],
            id="context",
        ),
        pytest.param(
            TEN,
            TEN.replace("0", "x").replace("9", "y"),
            ["@@ -1,4 +1,4 @@", "-0", "+x", " 1", " 2", " 3", "@@ -7,4 +7,4 @@", " 6", " 7", " 8", "-9", "+y"],
            id="hunks",
        ),
    ],
)
def test_a_diff_is_written_in_the_usual_form(old, new, lines):
    assert list(unified.diff("f", old, new)) == (["--- f", "+++ f", *lines] if lines else [])


@given(old=TEXTS, new=TEXTS)
def test_each_text_can_be_made_of_the_other(old, new):
    lines = list(unified.diff("f", old, new))
    assert patched(old, lines[2:], old="-", new="+") == new
    assert patched(new, lines[2:], old="+", new="-") == old


def patched(text: str, diff: list[str], old: str, new: str) -> str:
    """Make of a text the other one, and hold each line of the diff against it."""
    lines, made, at = re.findall("[^\n]*\n|[^\n]+", text), [], 0
    for line, following in zip_longest(diff, diff[1:]):
        if span := re.match(rf"@@ .*\{old}(\d+)(,0)?.* @@$", line):
            start = int(span[1]) - (not span[2])
            made += lines[at:start]
            at = start
            continue
        held = line[1:] + "\n" * (following != NO_LINE_END)
        if line[0] in (" ", old):
            assert lines[at] == held
            at += 1
        if line[0] in (" ", new):
            made.append(held)
    return "".join([*made, *lines[at:]])


def in_other_order(text: str) -> str:
    head, *records = text.split("\n[members.")
    random.Random(1).shuffle(records)
    return "\n[members.".join([head, *records])


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda text: text.replace(" = ", "="), id="every line but those of arrays"),
        pytest.param(lambda text: text.replace("\n", "\r\n"), id="every line"),
        pytest.param(in_other_order, id="order"),
    ],
)
def test_a_big_registry_takes_no_time_at_all(change):
    """difflib alone takes minutes for the first of these."""
    text = toml_text(3_000)
    start = time.process_time()
    lines = list(unified.diff("f", text, change(text)))
    assert time.process_time() - start < 5
    assert patched(text, lines[2:], old="-", new="+") == change(text)


def test_a_record_that_moved_is_a_hunk_of_its_own():
    text = toml_text(20)
    head, *records = text.split("\n[members.")
    new = "\n[members.".join([head, *records[1:-1], records[0].rstrip("\n") + "\n", records[-1]])
    lines = list(unified.diff("f", text, new))
    assert len([line for line in lines if line.startswith("@@")]) == 2
    assert "-[members.m-000000]" in lines
    assert "+[members.m-000000]" in lines
