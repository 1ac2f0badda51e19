"""Reading a TOML text, whatever it is: data, or what is wrong with it and where. Never a crash."""

import datetime
import json
import math
import subprocess
import sys
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pkes.errors import Malformed
from pkes.toml import reading


def fault(text: str) -> Malformed:
    with pytest.raises(Malformed) as caught:
        reading.loads(text)
    return caught.value


def test_a_text_reads_as_its_data():
    assert reading.loads("a = 1\n[b.c]\nd = ['x', 1.5]\n") == {"a": 1, "b": {"c": {"d": ["x", 1.5]}}}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        pytest.param("a = \n", (1, 5), id="no-value"),
        pytest.param("a = 1\na = 2\n", (2, 1), id="key-twice"),
        pytest.param("a = 1\n\nb = 'x\n", (3, 5), id="open-string"),
    ],
)
def test_a_fault_names_its_place(text, place):
    error = fault(text)
    assert (error.code, error.line, error.path) == ("syntax", place[0], "")
    assert error.column >= place[1]
    assert error.detail["what"]
    assert "\n" not in error.detail["what"]


CONFLICT = 'name = "a"\n<<<<<<< HEAD\nx = 1\n=======\nx = 2\n>>>>>>> other\n'


@pytest.mark.parametrize(
    ("text", "line", "marker"),
    [
        pytest.param(CONFLICT, 2, "<<<<<<<", id="all"),
        pytest.param(CONFLICT.replace("\n", "\r\n"), 2, "<<<<<<<", id="crlf"),
        pytest.param("x = 1\n||||||| base\nx = 2\n", 2, "|||||||", id="base-left-over"),
        pytest.param("x = 1\n\n>>>>>>> other", 3, ">>>>>>>", id="end-left-over"),
        pytest.param("<<<<<<<\n", 1, "<<<<<<<", id="without-a-label"),
        pytest.param(CONFLICT + "# " + "[" * 2000, 2, "<<<<<<<", id="many-brackets"),
        pytest.param(f'note = """\nTitle\n=======\n"""\n{CONFLICT}', 6, "<<<<<<<", id="behind-an-underlined-title"),
    ],
)
def test_merge_markers_are_named_as_such(text, line, marker):
    error = fault(text)
    assert (error.code, error.line, error.column, error.detail) == ("merge-marker", line, 1, {"marker": marker})


@pytest.mark.parametrize("line", ["<<<<<< a", "<<<<<<<< a", " <<<<<<< a", "<<<<<<<a", "======", "========"])
def test_what_only_resembles_a_merge_marker_is_none(line):
    assert fault(f"x = 1\n{line}\n").code == "syntax"


def test_a_conflict_inside_a_text_is_text():
    assert reading.loads(f'note = """\n{CONFLICT.replace(chr(34), "")}"""\n')["note"].count("\n") == 6


@pytest.mark.parametrize("value", ["0000-01-01", "23:59:60"])
def test_what_python_cannot_hold_is_a_fault(value):
    error = fault(f"a = 1\nb = {value}\n")
    assert error.code == "syntax"
    assert error.detail["what"]


def test_a_marker_left_alone_is_named():
    error = fault("a = 1\n=======\nb = 2\n")
    assert (error.code, error.line, error.column) == ("merge-marker", 2, 1)


@pytest.mark.parametrize("letters", ["", "ą", "„Zażółć gęślą jaźń”"])
def test_a_place_counts_characters(letters):
    error = fault(f'# {letters}\nname = "{letters}" x\n')
    assert (error.code, error.line, error.column) == ("syntax", 2, 11 + len(letters))


def test_a_text_of_many_brackets_is_read_all_the_same():
    assert reading.loads("a = [" + "[]," * 5000 + "]\n") == {"a": [[]] * 5000}
    assert (
        len(reading.loads("".join(f"[members.m{n}]\noffers = [\n]\nx = []\n" for n in range(2000)))["members"]) == 2000
    )


def test_a_fault_among_many_brackets_names_its_place():
    error = fault("a = [" + "[]," * 5000 + "]\nb = = 1\n")
    assert (error.code, error.line, error.column) == ("syntax", 2, 5)
    assert error.detail["what"]
    assert "line" not in error.detail["what"]


def test_a_fault_at_the_end_among_many_brackets_is_at_the_last_line():
    error = fault("a = 1\nb = [" + "[]," * 5000)
    assert (error.code, error.line) == ("syntax", 2)


MANY = "# " + "[" * 1001 + "\n"
"""More than toml-rs is given; the comment is nothing to the other parser."""


def test_a_fault_at_the_end_has_no_column_where_the_other_parser_knows_none():
    error = fault(f"{MANY}a = 1\nb = [")
    assert (error.code, error.line, error.column) == ("syntax", 3, 0)
    assert error.detail["what"]


def test_a_number_of_too_many_digits_is_a_fault_of_the_other_parser_too():
    error = fault(f"{MANY}a = {'1' * 5000}\n")
    assert (error.code, error.line, error.column) == ("syntax", 1, 1)
    assert error.detail["what"]
    assert ";" not in error.detail["what"]


def nested(depth: int) -> str:
    return "a = " + "[" * depth + "]" * depth + "\n"


def test_positions_are_given_of_all_that_a_value_may_nest():
    assert reading.positions(nested(64)).keys() == {"a"}
    with pytest.raises(Malformed) as caught:
        reading.positions(nested(140))
    assert caught.value.code == "nesting"


@pytest.mark.parametrize(
    ("data", "deep"),
    [
        pytest.param(1, False, id="scalar"),
        pytest.param([], False, id="empty"),
        pytest.param({"a": {"b": [1, {}]}}, False, id="shallow"),
        pytest.param(tomllib.loads(nested(64))["a"], False, id="64"),
        pytest.param([tomllib.loads(nested(64))["a"]], False, id="64-inside"),
        pytest.param([tomllib.loads(nested(65))["a"]], True, id="65-inside"),
    ],
)
def test_what_is_deep(data, deep):
    assert reading.is_deep(data if isinstance(data, (dict, list)) else [data]) is deep


def test_depth_is_told_without_recursion():
    data: list[object] = []
    for _ in range(100_000):
        data = [data]
    assert reading.is_deep(data)


@pytest.mark.parametrize(
    ("text", "value", "same"),
    [
        ("1", 1, True), ("1", 1.0, False), ("1", True, False), ("'x'", "x", True), ("[1,\n2]", [1, 2], True),
        ("nan", math.nan, True), ("1 # c", 1, True), ("1\nx = 2", 1, True), ("[", [], False), ("", "", False),
    ],
)  # fmt: skip
def test_a_piece_reads_as_a_value(text, value, same):
    assert reading.reads_as(text, value) is same


def test_what_is_toml_on_its_own():
    assert reading.is_toml("[a]")
    assert not reading.is_toml("[a")


# What begins an array, a table, a line or nothing; mostly no TOML.
SOUP = st.lists(
    st.sampled_from(
        ["[", "]", "{", "}", "\n", ",", "a", "=", "1", ".", '"', "'", "#", " ", "[a]\n", "b = [", "'x'", "\r\n"]
    ),
    max_size=25,
).map("".join)


@given(text=st.one_of(SOUP, SOUP.map(lambda soup: "k = " + soup)))
def test_any_soup_of_brackets_reads_as_tomllib_reads_it(text):
    try:
        expected = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        assert fault(text).code == "syntax"
    else:
        assert reading.loads(text) == expected


READ = """
import json, sys
from pkes.toml import reading
from pkes.errors import Malformed
for text in json.load(sys.stdin):
    try:
        reading.positions(text)
        print("read")
    except Malformed as error:
        print(error.code)
"""


def read_apart(*texts: str) -> list[str]:
    """Return what becomes of texts in a process of their own: one that could die of them."""
    done = subprocess.run(
        [sys.executable, "-c", READ], input=json.dumps(texts), capture_output=True, text=True, timeout=100
    )
    assert done.returncode == 0, f"died: {done.returncode} {done.stderr}"
    return done.stdout.split()


def test_what_no_parser_can_read_is_told_from_what_is_no_toml():
    assert fault(nested(3000)).code == "nesting"


@pytest.mark.parametrize("depth", [150, 999, 1_001, 50_000])
@pytest.mark.parametrize(
    "unit",
    [
        pytest.param(("[", "]"), id="arrays"),
        pytest.param(("{a=", "}"), id="tables"),
        pytest.param(("[{a=", "}]"), id="arrays-of-tables"),
        pytest.param(("{a.a=", "}"), id="dotted-tables"),
    ],
)
def test_no_depth_kills_the_reader(unit, depth):
    opening, closing = unit
    start = "a = " + opening * depth
    assert read_apart(start + "1" + closing * depth) == ["nesting"]
    assert set(read_apart(start, start + "]", start + "#")) <= {"syntax", "nesting"}


@pytest.mark.parametrize("text", ["a." * 50_000 + "a = 1", "[" + "a." * 50_000 + "a]"], ids=["key", "header"])
def test_no_long_path_kills_the_reader(text):
    assert read_apart(text) == ["nesting"]


@pytest.mark.parametrize("start", ["", "a = [\n"], ids=["bare", "in-an-array"])
@pytest.mark.parametrize(
    "unit",
    [
        pytest.param("[members.a\n", id="open-header"),
        pytest.param("[members.a]\n", id="header"),
        pytest.param("[[a]]\n", id="array-of-tables"),
        pytest.param("offers = [\n", id="open-array"),
        pytest.param("  k=[[\n", id="open-arrays"),
        pytest.param("k = {\n", id="open-table"),
        pytest.param("k = [ # ]\n", id="closed-in-a-comment"),
        pytest.param("k = ['''\n]\n''',\n", id="closed-in-a-text"),
        pytest.param('["\\"],["]', id="closed-behind-an-escape"),
        pytest.param("[''],[", id="every-other-closed"),
        pytest.param("[ # \r '''\n]'''\n", id="closed-in-a-text-behind-a-bare-cr"),
        pytest.param("=", id="row-of-equals-signs"),
        pytest.param("[=", id="arrays-and-equals-signs"),
    ],
)
def test_nothing_repeated_kills_the_reader(unit, start):
    assert set(read_apart(start + unit * 50_000)) <= {"read", "syntax", "nesting"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("", [], id="none"),
        pytest.param("=======\n", [], id="row-alone"),
        pytest.param("<<<<<<< a\r\nx\r\n=======\r\n>>>>>>> b\r\n=======\r\n", [1, 3, 4], id="row-outside"),
        pytest.param("x\n<<<<<<< a\n||||||| b\n=======\n>>>>>>> c\n<<<<<<<\n", [2, 3, 4, 5, 6], id="two-conflicts"),
        pytest.param(" <<<<<<< a\n<<<<<<<<\n>>>>>> x\n", [], id="none-of-seven"),
    ],
)
def test_the_markers_of_a_text(text, found):
    assert [line for line, _sign in reading.markers(text)] == found
    assert {sign for _line, sign in reading.markers(text)} <= {sign * 7 for sign in "<|=>"}


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        (1, 1, True), (1, 1.0, False), (1, True, False), (math.nan, float("nan"), True), (0.0, -0.0, False),
        ("a", "a", True), ([1, [2]], [1, [2]], True), ([1], [1, 1], False), ([1], [True], False), (None, None, True),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}, True), ({"a": 1}, {"b": 1}, False), ({"a": {}}, {"a": []}, False),
        ({"a": {"b": 1}}, {"a": {"b": 1.0}}, False), (None, "", False), (0.1 + 0.2, 0.3, False),
        (datetime.date(2024, 5, 1), datetime.datetime(2024, 5, 1), False),
    ],
)  # fmt: skip
def test_when_two_values_are_the_same(one, other, alike):
    assert reading.same(one, other) is reading.same(other, one) is alike
