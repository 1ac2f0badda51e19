"""xlsx on the way out: what openpyxl finds in it."""

import builtins
import datetime
import sys
from io import BytesIO

import openpyxl
import pytest
from openpyxl.utils.escape import unescape

from pkes import formats
from pkes.errors import MissingExtra, TooLong
from pkes.model.dates import PartialDate
from pkes.model.records import Member
from tests.formats.examples import HOSTILE, export, hostile, shipped, written


def sheet(data: bytes):
    return openpyxl.load_workbook(BytesIO(data)).active


def only_cell(**fields):
    """Return the cell of the one field of a member."""
    (name,) = fields
    return sheet(written("xlsx", export([Member(id="a", **fields)], (name,))))["A2"]


def test_a_table_whole():
    page = sheet(written("xlsx", shipped()._replace(columns=("id", "name", "town"))))
    assert (page.title, page.freeze_panes) == ("members", "A2")
    assert [list(row) for row in page.iter_rows(max_row=3, values_only=True)] == [
        ["id", "name", "town"],
        ["4hc", "4HC Sp. z o.o.", "Rzeszów"],
        ["bergamotka", "Spółdzielnia Socjalna Bergamotka", "Dębica"],
    ]


@pytest.mark.parametrize(
    ("fields", "value", "kind", "shape"),
    [
        pytest.param({"krs": "0000123456"}, "0000123456", "s", "@", id="leading zeros"),
        pytest.param({"phone": "+48 12 345 67 89"}, "+48 12 345 67 89", "s", "@", id="phone"),
        pytest.param({"joined": PartialDate("2014-10")}, "2014-10", "s", "@", id="month"),
        pytest.param({"joined": PartialDate("2014")}, "2014", "s", "@", id="year"),
        pytest.param({"joined": PartialDate(datetime.date(2014, 10, 1))}, datetime.datetime(2014, 10, 1), "d",
                     "yyyy-mm-dd", id="day"),
        pytest.param({"joined": PartialDate(datetime.date(1899, 12, 31))}, "1899-12-31", "s", "@", id="old day"),
        pytest.param({"social_enterprise": False}, False, "b", "General", id="boolean"),
        pytest.param({"tags": ["a;b", "c"]}, r"a\;b; c", "s", "General", id="list"),
        pytest.param({"name": "=1+1"}, "=1+1", "s", "General", id="formula"),
        pytest.param({"name": "#N/A"}, "#N/A", "s", "General", id="error"),
        pytest.param({"name": "12"}, "12", "s", "General", id="number"),
        pytest.param({"krs": None}, None, "n", "@", id="no number yet"),
        pytest.param({"name": ""}, None, "n", "General", id="empty"),
    ],
)  # fmt: skip
def test_a_cell_is_of_its_type(fields, value, kind, shape):
    cell = only_cell(**fields)
    assert (cell.value, cell.data_type, cell.number_format) == (value, kind, shape)


def test_no_hostile_text_is_a_formula_or_lost():
    page = sheet(written("xlsx", hostile()._replace(columns=("name",))))
    cells = [row[0] for row in page.iter_rows(min_row=2, max_row=len(HOSTILE) + 1)]
    assert {cell.data_type for cell in cells} == {"s"}
    # openpyxl itself leaves these five characters out of a text, wherever they stand.
    assert [unescape(cell.value) for cell in cells] == [unescape(text.replace("x005F_", "")) for text in HOSTILE]


@pytest.mark.parametrize("text", ["ż" * 32_767, "😀" * 16_383, "a" + "\r" * 4_680], ids=["letters", "emoji", "escapes"])
def test_a_text_that_just_fits(text):
    held = export([Member(id="a", note=text)], ("note",))
    assert formats.read("xlsx", written("xlsx", held)).rows[0].cells["note"] == text


@pytest.mark.parametrize("text", ["ż" * 32_768, "😀" * 16_384, "a" + "\r" * 4_681], ids=["letters", "emoji", "escapes"])
def test_a_text_that_does_not_fit(text):
    with pytest.raises(TooLong) as raised:
        next(formats.write("xlsx", export([Member(id="a"), Member(id="b", note=text)])))
    assert (raised.value.id, raised.value.field, raised.value.most) == ("b", "note", 32_767)


@pytest.fixture
def without_the_extra(monkeypatch):
    """Let the libraries be some that are not installed."""
    load = builtins.__import__
    monkeypatch.delitem(sys.modules, "pkes.formats.workbook", raising=False)

    def refuse(name, *arguments):
        if name.startswith(("xlsxwriter", "python_calamine")):
            raise ImportError(name)
        return load(name, *arguments)

    monkeypatch.setattr(builtins, "__import__", refuse)


@pytest.mark.usefixtures("without_the_extra")
def test_without_the_libraries():
    with pytest.raises(MissingExtra) as raised:
        next(formats.write("xlsx", shipped()))
    assert raised.value.extra == "excel"
    with pytest.raises(MissingExtra):
        formats.read("xlsx", b"PK\x03\x04")
