"""The place of a table or a field, and the statements of a table."""

import time
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pkes.errors import NotVerified
from pkes.toml.edit import Document
from pkes.toml.tree import Layout
from tests.layouts import lay_out
from tests.random_registries import DATA
from tests.toml.examples import text

TEXT = text(
    """
    # a comment
    format = 1
    "żółw" = 'x'; here.it.is = 2
    inquiries.q.name = "Q"
    sectors = { s = { pl = "S" } }

    [cluster]
      name  =  "[members.no]"
    description = '''
    [members.a]
    name = 1
    '''

    [members]
    inline = { name = "I" }
    "d ż".name = "D"

      [ members . "a" ] # header
    "name" = "A"
    offers = [
        "town = 1",
    ]
    town = "T"

    [members.a.colour]
    red = 1

    [[members.b.many]]
    one = 1

    [[members.b.many]]
    two = 2
    """
).replace("; ", "\n")


@pytest.mark.parametrize(
    ("path", "key", "place"),
    [
        pytest.param((), "format", (2, 1), id="top-level"),
        pytest.param((), "żółw", (3, 1), id="quoted"),
        pytest.param((), "here", (4, 1), id="dotted"),
        pytest.param((), "absent", (1, 1), id="absent-at-the-top"),
        pytest.param(("cluster",), None, (8, 1), id="table"),
        pytest.param(("cluster",), "name", (9, 3), id="indented"),
        pytest.param(("cluster",), "description", (10, 1), id="multi-line"),
        pytest.param(("cluster",), "region", (8, 1), id="absent-at-its-table"),
        pytest.param((), "cluster", (8, 1), id="table-as-a-key"),
        pytest.param((), "members", (15, 1), id="table-of-a-kind"),
        pytest.param(("members", "a"), None, (19, 3), id="strange-header"),
        pytest.param(("members", "a"), "name", (20, 1), id="quoted-key"),
        pytest.param(("members", "a"), "town", (24, 1), id="behind-an-array"),
        pytest.param(("members", "a"), "colour", (26, 1), id="table-inside"),
        pytest.param(("members", "b"), None, (29, 1), id="implied"),
        pytest.param(("members", "b"), "many", (29, 1), id="array-of-tables"),
        pytest.param(("members", "b"), "name", (29, 1), id="absent-of-an-implied"),
        pytest.param(("members", "inline"), None, (16, 1), id="inline"),
        pytest.param(("members", "inline"), "name", (16, 12), id="inside-an-inline"),
        pytest.param(("members", "d ż"), "name", (17, 7), id="dotted"),
        pytest.param(("members", "z"), "name", (15, 1), id="absent-record"),
        pytest.param(("sectors", "s"), "pl", (6, 19), id="wholly-inline"),
        pytest.param(("inquiries", "q"), "name", (5, 13), id="wholly-dotted"),
        pytest.param(("policy",), "retention_months", (1, 1), id="absent-table"),
    ],
)
def test_the_place_of(path, key, place):
    tomllib.loads(TEXT)
    assert Document(TEXT).place(path, key) == place


@pytest.mark.parametrize(
    ("path", "is_table"),
    [
        pytest.param(("cluster",), True, id="header"),
        pytest.param(("members", "a", "colour"), True, id="inside"),
        pytest.param(("members", "b"), False, id="implied"),
        pytest.param(("members", "b", "many"), False, id="array"),
        pytest.param(("members", "inline"), False, id="inline"),
        pytest.param(("members", "z"), False, id="absent"),
    ],
)
def test_what_is_a_table_with_a_header(path, is_table):
    assert Layout(TEXT).is_table(path) is is_table


def test_places_count_characters_and_lines_of_any_end():
    crlf = 'format = 1\r\n\r\n[cluster]\r\n"ż" . a = 1\r\nname = "N"'
    assert Document(crlf).place(("cluster",), "ż") == (4, 1)
    assert Document(crlf).place(("cluster",), "name") == (5, 1)


ITEMS = """\
[members]
c.tags = ["ą", 'b']
inline = {note = "żó", tags = ["ą", "漢", "x"], town = "T"}
[members.a]
name = "A"
tags = ["ą", # x
  "b"]
x = [["ą", "b"], {c = 1}]
"""


@pytest.mark.parametrize(
    ("id", "key", "item", "place"),
    [
        pytest.param("a", "tags", 0, (6, 9), id="first"),
        pytest.param("a", "tags", 1, (7, 3), id="on-a-line-of-its-own"),
        pytest.param("a", "tags", None, (6, 1), id="the-array-itself"),
        pytest.param("a", "x", 1, (8, 18), id="table-behind-an-array"),
        pytest.param("a", "name", 0, (5, 1), id="no-array"),
        pytest.param("a", "absent", 0, (4, 1), id="absent"),
        pytest.param("inline", "tags", 2, (3, 42), id="inline"),
        pytest.param("c", "tags", 1, (2, 16), id="dotted"),
    ],
)
def test_the_place_of_an_item(id, key, item, place):
    assert Document(ITEMS).place(("members", id), key, item) == place


def test_a_line_as_long_as_the_file_is_looked_at_once():
    items = ", ".join(['"ą"'] * 30_000)
    document = Document(f"[members.a]\ntags = [{items}]\n")
    began = time.process_time()
    columns = [document.place(("members", "a"), "tags", item)[1] for item in range(30_000)]
    assert columns == [9 + 5 * item for item in range(30_000)]
    assert time.process_time() - began < 3


@pytest.mark.parametrize(("depth", "line"), [(64, 3), (140, 2)], ids=["64", "140"])
def test_what_nests_too_deep_has_the_place_of_its_table(depth, line):
    document = Document(f'\n[members.x]\nname = "X"\ncolour = {"[" * depth}{"]" * depth}\n')
    assert document.place(("members", "x"), "name") == (line, 1)


def test_whether_a_table_is_there():
    document = Document(TEXT)
    assert [document.stands(path) for path in [("cluster",), ("members", "b"), ("sectors",), ("policy",), ()]] == [
        True, True, True, False, True,
    ]  # fmt: skip


@given(data=DATA, seed=st.integers(0, 2**32))
def test_every_statement_of_any_layout_reads_as_its_value(data, seed):
    laid = lay_out(data, seed).text
    layout = Layout(laid if laid.endswith("\n") else laid + "\n")
    for section in layout.sections:
        held = tomllib.loads(laid)
        for key in section.path:
            held = held[key]
        body = layout.body(section)
        assert [one.key for one in body.statements if isinstance(held[one.key], dict) and one.dotted] == []
        for one in body.statements:
            assert tomllib.loads(layout.text[one.start : one.end]).keys() == {one.key}
            assert layout.text[one.value : one.value_end] == layout.text[one.value : one.value_end].strip()
            value = tomllib.loads(f"k = {layout.text[one.value : one.value_end]}")["k"]
            assert repr(value) == repr(held[one.key])
            assert (one.items is not None) == isinstance(value, list)
            raw = layout.text[one.value : one.value_end]
            items = [tomllib.loads(f"k = {raw[item.start : item.end]}")["k"] for item in one.items or ()]
            assert repr(items) == repr(value if isinstance(value, list) else [])


@pytest.mark.parametrize("name", ["value_raw", "value", "key", "key_line", "key_raw", ""])
def test_no_key_is_taken_for_a_position_of_the_parser(name):
    text = f'[members."{name}"]\n"{name}" = 1\nx."{name}" = "s"\ny = {{ "{name}" = 2 }}\nname = "N"\n'
    document = Document(text)
    assert document.place(("members", name), name) == (2, 1)
    assert document.place(("members", name), "name") == (5, 1)
    document.update(("members", name), {name: 3, "name": "M"}, ())
    assert document.edited().text == text.replace("= 1", "= 3").replace('"N"', '"M"')


def test_comments_belong_to_a_table_or_to_nobody():
    commented = text(
        """
        # nobody's, at the top

        format = 1 # format

        # nobody's

        # above a
        [members.a] # a
        name = "#"
        # the end of a

        # nobody's, at the end
        """
    )
    a = ("members", "a")
    assert [*Document(commented).comments()] == [
        ((), 1, "# nobody's, at the top"),
        ((), 3, "# format"),
        ((), 5, "# nobody's"),
        (a, 7, "# above a"),
        (a, 8, "# a"),
        (a, 10, "# the end of a"),
        ((), 12, "# nobody's, at the end"),
    ]


@pytest.mark.parametrize("backwards", [False, True])
def test_places_are_told_in_any_order(backwards):
    text = "[a]\nb = 1\n\n[c]\nd = 2\n"
    places = {("a",): (1, 1), ("a", "b"): (2, 1), ("c",): (4, 1), ("c", "d"): (5, 1)}
    layout = Layout(text)
    for path in sorted(places, reverse=backwards):
        assert layout.place(path) == places[path]


@pytest.mark.parametrize(
    "path", [("cluster",), ("members",), ("members", "a"), ("members", "a", "name"), ("members", "b"), ("other",)]
)
def test_a_place_is_the_same_when_all_of_the_text_has_been_read(path):
    text = "[members.a]\nname = 1\n\n[cluster.en]\n\n[cluster]\n\n[members.a.colour]\n"
    read = Layout(text)
    assert len(read.sections) == 5
    assert Layout(text).place(path) == read.place(path)


def test_a_text_that_is_no_toml_is_refused_each_time():
    layout = Layout('[a]\nb = """\n[c]\n')
    for _ in range(2):
        with pytest.raises(NotVerified):
            _ = layout.sections
