"""Editing an array: item by item where it has lines, on one line where it is on one."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pkes.toml import arrays
from pkes.toml.scan import comments
from tests.toml.examples import edit, refused, text, update


def edited(before: str, *items: object) -> str:
    """Return the text of an array with these items instead."""
    return edit(f"[members.x]\noffers = {text(before).rstrip()}\n", update("x", offers=list(items))).text[21:-1]


@pytest.mark.parametrize(
    ("before", "items", "after"),
    [
        pytest.param('["a"]', ["a", "b"], '["a", "b"]', id="behind"),
        pytest.param('["a"]', ["b", "a"], '["b", "a"]', id="before"),
        pytest.param('["a", "b", "c"]', ["a", "c"], '["a", "c"]', id="away"),
        pytest.param("['a','b']", ["c", "b"], "[\"c\", 'b']", id="items-keep-their-quotes"),
        pytest.param("[  'a'  ]", ["a", "b"], "[  'a', \"b\"  ]", id="spaces-inside-the-brackets"),
        pytest.param('["a",]', ["a", "b"], '["a", "b"]', id="trailing-comma"),
        pytest.param("[]", ["a"], '["a"]', id="from-empty"),
        pytest.param("[ ]", ["a"], '["a"]', id="from-blank"),
        pytest.param('[ "a" ]', [], "[]", id="to-empty"),
        pytest.param('["#", "]"]', ["]", "["], '["]", "["]', id="signs-in-items"),
        pytest.param('["a"]', ["one\ntwo"], r'["one\ntwo"]', id="line-end-in-an-item"),
        pytest.param("[1, true, 1.0]", [True, 1, 1.0], "[true, 1, 1.0]", id="types-are-told-apart"),
    ],
)
def test_an_array_on_one_line_stays_on_one_line(before, items, after):
    assert edited(before, *items) == after


LINES = """
    [ # of 2024
      'a', # first
      # about b
      "b",   # second

      "c",
    ] # behind
"""


@pytest.mark.parametrize(
    ("items", "old", "new"),
    [
        pytest.param("abcd", '  "c",\n', '  "c",\n  "d",\n', id="at-the-end"),
        pytest.param("xabc", "[ # of 2024\n", '[ # of 2024\n  "x",\n', id="at-the-front"),
        pytest.param("abxyc", "# second\n", '# second\n  "x",\n  "y",\n', id="between"),
        pytest.param("axc", '  # about b\n  "b",   # second\n', '  "x",\n', id="changed"),
        pytest.param(["a", " B", "c"], '"b"', '" B"', id="only-spelled-otherwise"),
        pytest.param("bc", "  'a', # first\n", "", id="first-away"),
        pytest.param("ac", '  # about b\n  "b",   # second\n', "", id="middle-away"),
        pytest.param("ab", '  "c",\n', "", id="last-away"),
        pytest.param("axyc", '  # about b\n  "b",   # second\n', '  "x",\n  "y",\n', id="one-becomes-two"),
        pytest.param("xc", "  'a', # first\n  # about b\n  \"b\",   # second\n", '  "x",\n', id="two-one"),
    ],
)
def test_an_array_of_lines_is_edited_item_by_item(items, old, new):
    assert edited(LINES, *items) == text(LINES).rstrip().replace(old, new)


def test_comments_of_items_that_go_are_named():
    edited = edit(f"[members.x]\noffers = {text(LINES)}", update("x", offers=[]))
    assert edited.text == "[members.x]\noffers = [ # of 2024\n\n] # behind\n"
    assert edited.lost == ("# first", "# about b", "# second")


@pytest.mark.parametrize(
    ("before", "items", "after"),
    [
        pytest.param('[\n  "a"\n]', "ab", '[\n  "a",\n  "b"\n]', id="no-trailing-comma-stays-so"),
        pytest.param('[\n  "a" # c\n]', "ab", '[\n  "a", # c\n  "b"\n]', id="comment-behind-the-last"),
        pytest.param('[\n  "a",\n  "b"\n]', "a", '[\n  "a",\n]', id="last-away"),
        pytest.param('[\n  "a",\n  "b"]', "abc", '[\n  "a",\n  "b",\n  "c"]', id="bracket-on-the-last-line"),
        pytest.param('[\n  "a"]', "abc", '[\n  "a",\n  "b",\n  "c"]', id="two-at-the-bracket-on-the-last-line"),
        pytest.param('[\n  "a", # c\n]', "baa", '[\n  "b",\n  "a",\n  "a", # c\n]', id="the-end-is-settled-first"),
        pytest.param('["a",\n "b"]', "axb", '["a",\n "x",\n "b"]', id="bracket-on-the-first-line"),
        pytest.param('["a",\n "b"]', "xyab", '["x", "y", "a",\n "b"]', id="two-before-an-item-on-the-first-line"),
        pytest.param('["a",\n "b"]', "xab", '["x", "a",\n "b"]', id="before-an-item-on-the-first-line"),
        pytest.param('["a",\n "b",\n]', "b", '[\n "b",\n]', id="first-line-away"),
    ],
)
def test_brackets_and_last_commas_stay_as_they_are(before, items, after):
    assert edited(before, *items) == after


SHARED = """
    [
        "a", "b", # row
        "c", "d",
    ]
"""


@pytest.mark.parametrize(
    ("items", "old", "new"),
    [
        pytest.param("bcd", '"a", "b"', '"b"', id="first-of-a-line-away"),
        pytest.param("axcd", '"b"', '"x"', id="changed"),
        pytest.param("axbcd", '"a", ', '"a", "x", ', id="between"),
        pytest.param("abxcd", "# row\n", '# row\n    "x",\n', id="between-lines"),
        pytest.param("abcde", '"d",\n', '"d",\n    "e",\n', id="at-the-end"),
        pytest.param("acd", '"a", "b", # row', '"a", # row', id="last-of-a-line-away"),
        pytest.param("abc", '"c", "d",\n', '"c",\n', id="last-of-all-away"),
        pytest.param("ab", '    "c", "d",\n', "", id="whole-line-away"),
    ],
)
def test_items_that_share_a_line(items, old, new):
    assert edited(SHARED, *items) == text(SHARED).rstrip().replace(old, new)


LEADING = """
    [
        "a"
      , "b" # second
      , "c"
    ]
"""


@pytest.mark.parametrize(
    ("items", "after"),
    [
        pytest.param("axc", '[\n    "a"\n  , "x"\n  , "c"\n]', id="changed"),
        pytest.param("abxc", '[\n    "a"\n  , "b" # second\n  , "x", "c"\n]', id="between"),
        pytest.param("abcd", '[\n    "a"\n  , "b" # second\n  , "c",\n    "d"\n]', id="at-the-end"),
        pytest.param("ab", '[\n    "a"\n  , "b" # second\n]', id="last-away"),
        pytest.param("ac", '[\n    "a"\n  , "c"\n]', id="middle-away"),
    ],
)
def test_leading_commas(items, after):
    assert edited(LEADING, *items) == after
    assert edited(LEADING.replace("      ,", "    ,"), *items) == after.replace("\n  ,", "\n,")


@pytest.mark.parametrize("items", ["a", "bc", "abx", "cba", ""], ids=lambda items: items or "none")
@pytest.mark.parametrize("before", [LINES, SHARED, LEADING], ids=["lines", "shared", "leading"])
def test_no_edit_leaves_spaces_at_a_line_end(before, items):
    assert [line for line in edited(before, *items).split("\n") if line != line.rstrip()] == []


def test_an_empty_array_with_a_comment_gets_items_on_lines():
    assert edited("[ # none yet\n]", "a", "b") == '[ # none yet\n    "a",\n    "b",\n]'


def test_items_of_several_lines():
    before = '["""\na\n# no comment""", "b", "c",\n  [1, # one\n  2],\n  "d"]'
    after = '["""\na\n# no comment""", "c",\n  [1, # one\n  2],\n  "x"]'
    assert edited(before, "a\n# no comment", "c", [1, 2], "x") == after


def test_an_item_that_is_twice_there_goes_once():
    assert edited('[\n  "a", # 1\n  "b",\n  "a", # 2\n]', "a", "b") == '[\n  "a", # 1\n  "b",\n]'


def test_new_lines_have_the_line_ends_of_the_file():
    before = '[members.x]\r\noffers = [\r\n  "a"\r\n]\r\n'
    assert edit(before, update("x", offers=["a", "b"])).text == before.replace('"a"', '"a",\r\n  "b"')


LONG = """
    [
        "a", '''
    b''', # second
    ]
"""


@pytest.mark.parametrize("items", ["a", "acd", "bc", "abx", "cba", ""], ids=lambda items: items or "none")
@pytest.mark.parametrize("before", [LINES, SHARED, LEADING, LONG], ids=["lines", "shared", "leading", "long"])
def test_an_edit_is_the_same_whatever_the_line_ends(before, items):
    array = f"[members.x]\noffers = {text(before)}"
    edited = edit(array, update("x", offers=[*items])).text
    assert edit(array.replace("\n", "\r\n"), update("x", offers=[*items])).text == edited.replace("\n", "\r\n")


def test_an_array_can_become_another_value_and_back():
    assert edit('[members.x]\nhue = ["a"] # c\n', update("x", hue="b")).text == '[members.x]\nhue = "b" # c\n'
    assert (
        edit('[members.x]\nhue = "b" # c\n', update("x", hue=["a"])).text == '[members.x]\nhue = [\n    "a",\n] # c\n'
    )


def test_an_edit_that_cannot_be_made_is_refused_where_comments_would_go(monkeypatch):
    monkeypatch.setattr(arrays, "edit", lambda *_: '["not what was meant"]')
    assert refused('format = 1\n[members.x]\noffers = [ # c\n"a"]\n', update("x", offers=["b"])) == (3, "offers")


def test_an_edit_that_cannot_be_made_is_written_anew_where_there_is_no_comment(monkeypatch):
    monkeypatch.setattr(arrays, "edit", lambda *_: "[")
    assert edited('[\n"#"]', "b") == '[\n    "b",\n]'


ITEMS = st.sampled_from(["a", "b", "c", "#", "m\nn"])
GAPS = st.lists(st.sampled_from([" ", "\n", "\n  ", "# c\n", '# "],\n']), max_size=2).map("".join)


@st.composite
def raw_arrays(draw):
    """Return an array in any layout that TOML allows."""
    raw = "[" + draw(GAPS)
    items = draw(st.lists(ITEMS, max_size=4))
    for left, item in zip(range(len(items), 0, -1), items, strict=True):
        forms = [f'"""{item}"""', f"'''{item}'''"] if "\n" in item else [f'"{item}"', f"'{item}'"]
        raw += draw(st.sampled_from(forms)) + draw(GAPS)
        if left > 1 or draw(st.booleans()):
            raw += "," + draw(GAPS)
    return raw + "]"


@given(raw=raw_arrays(), items=st.lists(ITEMS, max_size=5))
def test_any_array_becomes_what_was_meant_and_names_its_lost_comments(raw, items):
    before = f'[members.x]\noffers = {raw} # behind\nname = "X"\n'
    edited = edit(before, update("x", offers=items))
    assert tomllib.loads(edited.text)["members"]["x"] == {"offers": items, "name": "X"}
    assert edited.text.endswith(' # behind\nname = "X"\n')
    assert sorted([*comments(edited.text), *edited.lost]) == sorted(comments(before))


@given(raw=raw_arrays(), at=st.integers(0, 4))
def test_an_item_that_comes_takes_nothing_away(raw, at):
    held = tomllib.loads(f"k = {raw}")["k"]
    edited = edit(f"[members.x]\noffers = {raw}\n", update("x", offers=[*held[:at], "new", *held[at:]]))
    assert edited.lost == ()
    rest = iter(edited.text)
    assert "\n" not in raw or all(char in rest for char in f"offers = {raw}")
