"""The csv for Excel: nothing in it runs."""

import csv
import io

import pytest

from pkes.formats.excel import harmless
from pkes.formats.records import texts
from pkes.model.records import Member
from tests.formats.examples import HOSTILE, export, hostile, shipped, written

RUN = ("=1+1", "+1+1", "-1", "@SUM(A1)", "\t=1", "\ra", "\na", "＝1", "＋1", "－1", "＠x", "  =1", "\u00a0-1",
       "\u200b=1", "+48 1;2", "+48-1", "+", "=", "+48 12 345\n=1", "-")  # fmt: skip
STAY = (
    "",
    "a",
    "a=1",
    "+48 12 345 67 89",
    "+48",
    "0012",
    "12-345",
    "'=1",
    "Łąka",
    "<b>",
    "[a]",
    '"a"',
    "¼",
    "  a",
    " ",
)


@pytest.mark.parametrize("text", RUN)
def test_what_would_run_is_made_text(text):
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", STAY)
def test_all_else_is_left_as_it_is(text):
    assert harmless(text) == text


def test_a_table_whole():
    held = shipped()._replace(columns=("id", "name", "town"))
    held = held._replace(records=held.records[:1])
    assert written("excel", held).decode() == "\ufeffid;name;town\r\n4hc;4HC Sp. z o.o.;Rzeszów\r\n"


def test_no_cell_begins_a_formula():
    held = hostile()
    text = written("excel", held).decode("utf-8-sig")
    header, *rows = csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True)
    assert header == list(held.columns)
    assert len(rows) == len(HOSTILE)
    for row, before in zip(rows, texts(held), strict=True):
        assert [cell.removeprefix("'") for cell in row] == [cell.removeprefix("'") for cell in before]
        assert not any(cell.startswith(tuple("=+-@\t\r\n＝＋－＠")) for cell in row)


def test_a_list_whose_first_item_would_run():
    held = export([Member(id="a", tags=["=1", "b"])], ("tags",))
    assert written("excel", held).decode() == '\ufefftags\r\n"\'=1; b"\r\n'
