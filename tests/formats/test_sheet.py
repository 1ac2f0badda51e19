"""Sheets as offices keep them: what their cells mean."""

import datetime

import pytest
from openpyxl import Workbook

from pkes import formats
from pkes.errors import NotTable
from pkes.formats.rows import BadCell, Row
from tests.formats.workbooks import SHEET, edited, saved, with_shared_strings, workbook


def rows_of(data: bytes) -> list[list]:
    """Return the line and the cells of each row."""
    return [[row.number, *row.cells.values()] for row in formats.read("xlsx", data).rows]


def cell(value, shape: str = "General"):
    """Return what is read of one cell with a number format."""
    ((_, found),) = rows_of(workbook([["a"], [value]], A2=shape))
    return found


@pytest.mark.parametrize(
    ("value", "shape", "text"),
    [
        pytest.param(5260250274, "General", "5260250274", id="NIP"),
        pytest.param(5260250274.0, "General", "5260250274", id="NIP with a fraction of nothing"),
        pytest.param(48123456789, "0", "48123456789", id="phone"),
        pytest.param(123456, "0000000000", "0000123456", id="KRS filled up with zeros"),
        pytest.param(5260250274, "000-000-00-00", "526-025-02-74", id="NIP with dashes"),
        pytest.param(1001, r"00\-000", "01-001", id="postal code"),
        pytest.param(35001, '00"-"000', "35-001", id="postal code, quoted dash"),
        pytest.param(1235001, "00-000", "1235-001", id="more digits than places"),
        pytest.param(-5, "00", "-5", id="negative"),
        pytest.param(12.5, "General", "12.5", id="fraction"),
        pytest.param(0.1 + 0.2, "General", "0.3", id="fraction of a computer"),
        pytest.param(12345678901234, "0", "12345678901234", id="REGON of fourteen digits"),
        pytest.param(1234567890123456, "0", BadCell("digits"), id="sixteen digits"),
        pytest.param(True, "General", "true", id="true"),
        pytest.param(False, "General", "false", id="false"),
        pytest.param(datetime.date(2014, 10, 1), "yyyy-mm-dd", "2014-10-01", id="day"),
        pytest.param(41913, "dd.mm.yyyy", "2014-10-01", id="day as a number"),
        pytest.param(41913, 'd mmmm yyyy "r."', "2014-10-01", id="day in words"),
        pytest.param(41913, "[$-415]mmm yy;@", "2014-10", id="month"),
        pytest.param(41913, "yyyy", "2014", id="year"),
        pytest.param(41913, "hh:mm", "2014-10-01", id="day shown as a time"),
        pytest.param(41913.5, "dd.mm.yyyy", "2014-10-01 12:00:00", id="day with a time"),
        pytest.param(0.5, "hh:mm", "12:00:00", id="time"),
        pytest.param(" Łąka\n", "General", " Łąka\n", id="text as it is"),
        pytest.param("a_x000D_", "General", "a\r", id="escape"),
        pytest.param("#N/A", "General", BadCell("error"), id="error"),
        pytest.param("=1+1", "General", BadCell("formula"), id="formula whose value was not saved"),
    ],
)
def test_a_cell_is_what_it_shows(value, shape, text):
    assert cell(value, shape) == text


def test_a_formula_is_the_value_that_was_saved_with_it():
    data = workbook([["a", "b", "c"], ["=1+1", '=A2&"x"', "=NA()"]])
    data = edited(data, SHEET, "<f>1[+]1</f>(<v ?/>|<v></v>)", "<f>1+1</f><v>2</v>")
    data = edited(
        data,
        SHEET,
        r'<c r="B2"><f>A2&amp;"x"</f>(<v ?/>|<v></v>)</c>',
        '<c r="B2" t="str"><f>A2&amp;"x"</f><v>2x</v></c>',
    )
    data = edited(
        data, SHEET, r'<c r="C2"><f>NA\(\)</f>(<v ?/>|<v></v>)</c>', '<c r="C2" t="e"><f>NA()</f><v>#N/A</v></c>'
    )
    assert rows_of(data) == [[2, "2", "2x", BadCell("error")]]


def test_texts_in_the_table_that_excel_keeps_them_in():
    data = workbook([["0", "1"], ["2", "3"]])
    rich = '<si><r><t xml:space="preserve">Zażółć </t></r><r><rPr><b/></rPr><t>gęślą</t></r></si>'
    data = with_shared_strings(data, "<si><t>a</t></si>", "<si><t>b</t></si>", rich, "<si><t>1_x000D_\n2</t></si>")
    assert rows_of(data) == [[2, "Zażółć gęślą", "1\r\n2"]]


def test_a_day_in_the_form_of_iso():
    data = edited(workbook([["a", "b"], [1, 2]]), SHEET, 't="n"><v>1</v>', 't="d"><v>2014-10-01</v>')
    assert rows_of(edited(data, SHEET, 't="n"><v>2</v>', 't="d"><v>2014-10-01T12:30:00</v>')) == [
        [2, "2014-10-01", "2014-10-01 12:30:00"]
    ]


def test_days_counted_from_1904():
    data = edited(
        workbook([["a"], [41913]], A2="yyyy-mm-dd"), "xl/workbook.xml", "<workbookPr ?/>", '<workbookPr date1904="1"/>'
    )
    assert rows_of(data) == [[2, "2018-10-02"]]


def test_a_day_that_is_none():
    assert cell(-7, "yyyy-mm-dd") == "00:00:00"


def test_numbers_that_are_none():
    data = edited(workbook([["a"], [1]]), SHEET, "<v>1</v>", "<v>1e999</v>")
    assert rows_of(data) == [[2, BadCell("error")]]


def test_the_first_line_with_something_in_it_is_the_header():
    data = workbook(
        [[], [None, " "], ["Nazwa", None, "NIP", None], ["A", None, 1], [], ["B", "x", 2, None], [None, " "]]
    )
    rows = formats.read("xlsx", data)
    assert (rows.headers, rows.sheet) == (("Nazwa", "B", "NIP"), "Sheet")
    assert rows.rows == [Row(4, {"Nazwa": "A", "B": "", "NIP": "1"}), Row(6, {"Nazwa": "B", "B": "x", "NIP": "2"})]


def test_headers_alone_are_no_rows():
    assert formats.read("xlsx", workbook([["Nazwa"]]))[:2] == (("Nazwa",), [])


def test_cells_merged_in_a_column_have_each_the_value_of_all():
    data = workbook([["Nazwa", "Sektor"], ["A", "ngo"], ["B"], ["C"], [], ["D"]], ["B2:B5"])
    assert rows_of(data) == [[2, "A", "ngo"], [3, "B", "ngo"], [4, "C", "ngo"], [6, "D", ""]]


def test_cells_merged_across_columns_are_bad():
    data = workbook([["a", "b", "c"], ["1", "2", "3"], ["x", None, "3"], ["1"]], ["A3:B3"])
    bad = BadCell("merged")
    assert rows_of(data) == [[2, "1", "2", "3"], [3, bad, bad, "3"], [4, "1", "", ""]]


def test_a_sheet_that_is_one_cell():
    data = edited(workbook([["a", "b"], [1, 2]], ["A2:B2"]), SHEET, "A2:B2", "A2:XFD1048576")
    assert rows_of(data) == [[2, BadCell("merged"), BadCell("merged")]]


@pytest.mark.parametrize(
    ("rows", "merged", "line"),
    [
        pytest.param([["Members"], ["a", "b"], ["1", "2"]], "A1:B1", 1, id="a title above"),
        pytest.param([[], ["a", "b"], ["1", "2"]], "A2:A3", 2, id="two lines of headers"),
    ],
)
def test_merged_headers_are_refused(rows, merged, line):
    with pytest.raises(NotTable) as raised:
        formats.read("xlsx", workbook(rows, [merged]))
    assert (raised.value.why, raised.value.line) == ("merged", line)


def test_the_sheet_that_was_left_open():
    book = Workbook()
    for title in ("first", "second", "third"):
        book.create_sheet(title).append([title])
    book.active = 2
    assert formats.read("xlsx", saved(book)).sheet == "second"


def test_where_the_open_sheet_is_empty_the_first_that_is_not():
    book = Workbook()
    book.create_sheet("list").append(["a"])
    book.create_chartsheet("chart")
    assert formats.read("xlsx", saved(book)).sheet == "list"
    book.active = 2  # the chart
    assert formats.read("xlsx", saved(book)).sheet == "list"
    book.create_sheet("open").append(["a"])
    book.active = 3
    assert formats.read("xlsx", saved(book)).sheet == "open"
