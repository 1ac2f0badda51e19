"""New text as tomli-w writes it, but for what would change its meaning or its layout."""

import datetime
import tomllib

import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from pkes.toml import render
from tests.random_registries import ALIEN, TEXTS


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("x", '"x"'), ('say "x"\\', r'"say \"x\"\\"'), ("one\ntwo", r'"one\ntwo"'), ("Łąka", '"Łąka"'), (1, "1"),
        (True, "true"), (1.5, "1.5"), (datetime.date(2014, 10, 1), "2014-10-01"),
        ([], "[]"), ([1, ["a"]], '[1, ["a"]]'), ({}, "{}"),
        ({"a b": 1, "c": {"d": []}}, '{ "a b" = 1, c = { d = [] } }'),
    ],
    ids=str,
)  # fmt: skip
def test_a_value_on_one_line(value, written):
    assert render.inline(value) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [
        pytest.param("one", '"one"', id="one-line"),
        pytest.param("one\ntwo\n", '"""\none\ntwo\n"""', id="several-lines"),
        pytest.param("one\r\ntwo", r'"one\r\ntwo"', id="cr"),
        pytest.param(["a\nb", "c"], '[\n    "a\\nb",\n    "c",\n]', id="an-item-a-line"),
        pytest.param([], "[]", id="empty"),
    ],
)
def test_a_value_as_a_block(value, written):
    assert render.block(value) == written


def test_a_table():
    table = render.table(("members", "a.b"), [("name", "X"), ("two words", 1)])
    assert table == '[members."a.b"]\nname = "X"\n"two words" = 1\n'
    assert render.header(("a", "b"), many=True) == "[[a.b]]"


@given(value=ALIEN | TEXTS)
def test_what_is_written_reads_as_it_was(value):
    for written in (render.inline(value), render.block(value)):
        assert repr(tomllib.loads(f"k = {written}\n")["k"]) == repr(value)


@given(name=st.text('ab-_9.ł\n "', max_size=3), value=st.booleans() | st.integers() | st.dates() | st.text())
def test_what_is_plain_is_written_as_tomli_w_writes_it(name, value):
    assert f"{render.key(name)} = {render.inline(value)}\n" == tomli_w.dumps({name: value})
