"""Sheets of .ods, as LibreOffice writes them: what their cells mean, and what is refused."""

import pytest

from pkes import formats
from pkes.errors import NotTable
from pkes.formats.rows import BadCell
from tests.formats.workbooks import archive

_NAMES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "config": "urn:oasis:names:tc:opendocument:xmlns:config:1.0",
    "calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
}


def document(*tables: str, **more: bytes) -> bytes:
    """Return an .ods with tables, as XML; `more` are parts by name, without `.xml`."""
    inside = f"<office:body><office:spreadsheet>{''.join(tables)}</office:spreadsheet></office:body>"
    parts = {
        "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": xml("office:document-content", inside),
        "META-INF/manifest.xml": b"<manifest/>",
    }
    return archive(parts | {f"{name}.xml": part for name, part in more.items()})


def xml(tag: str, inside: str) -> bytes:
    names = " ".join(f'xmlns:{short}="{name}"' for short, name in _NAMES.items())
    return f"<{tag} {names}>{inside}</{tag}>".encode()


def table(*rows: str, name: str = "Arkusz1") -> str:
    return f'<table:table table:name="{name}">{"".join(map(row, rows))}</table:table>'


def row(cells: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{cells}</table:table-row>"


TEXT = 'office:value-type="string"'
DAY = 'office:value-type="date" office:date-value="2014-10-01"'


def number(value: str) -> str:
    return f'office:value-type="float" office:value="{value}"'


def cell(shown: str, attributes: str = TEXT) -> str:
    return f"<table:table-cell {attributes}><text:p>{shown}</text:p></table:table-cell>"


EMPTY = "<table:table-cell/>"
COVERED = "<table:covered-table-cell/>"
HEADER = cell("a") + cell("b") + cell("c")


def rows_of(data: bytes) -> list[list]:
    return [[row.number, *row.cells.values()] for row in formats.read("xlsx", data).rows]


def why(data: bytes) -> str:
    with pytest.raises(NotTable) as raised:
        formats.read("xlsx", data)
    return raised.value.why


@pytest.mark.parametrize(
    ("shown", "attributes", "text"),
    [
        pytest.param("Łąka", TEXT, "Łąka", id="text"),
        pytest.param("5260250274", number("5260250274"), "5260250274", id="NIP"),
        pytest.param("0000123456", number("123456"), "0000123456", id="KRS with zeros"),
        pytest.param("526-025-02-74", number("5260250274"), "526-025-02-74", id="dashes"),
        pytest.param("5 260", number("5260"), "5260", id="thousands"),
        pytest.param("-5", number("-5"), "-5", id="negative"),
        pytest.param("0,3", number("0.3"), "0.3", id="fraction"),
        pytest.param("5E+15", number("5e15"), BadCell("digits"), id="sixteen digits"),
        pytest.param("1.10.2014", DAY, "2014-10-01", id="day"),
        pytest.param("2014", DAY, "2014", id="year"),
        pytest.param("2014-10", DAY, "2014-10", id="month"),
        pytest.param("październik 2014", DAY, "2014-10", id="its name"),
        pytest.param("PRAWDA", 'office:value-type="boolean" office:boolean-value="true"', "true", id="true"),
        pytest.param("2", 'table:formula="of:=1+1" office:value-type="float" office:value="2"', "2", id="formula"),
        pytest.param("#N/D", 'table:formula="of:=NA()" office:value-type="string" calcext:value-type="error"',
                     BadCell("error"), id="error"),
        pytest.param("#N/A", 'table:formula="of:=NA()" office:value-type="string"', BadCell("error"), id="unmarked"),
        pytest.param("", 'table:formula="of:=1+1"', BadCell("formula"), id="formula whose value was not saved"),
    ],
)  # fmt: skip
def test_a_cell_is_what_it_shows(shown, attributes, text):
    assert rows_of(document(table(cell("a"), cell(shown, attributes)))) == [[2, text]]


def test_cells_merged_in_a_column_have_each_the_value_of_all():
    tall = cell("ngo", 'office:value-type="string" table:number-columns-spanned="1" table:number-rows-spanned="2"')
    data = document(table(HEADER, cell("1") + tall + cell("3"), cell("1") + COVERED + cell("3")))
    assert rows_of(data) == [[2, "1", "ngo", "3"], [3, "1", "ngo", "3"]]


@pytest.mark.parametrize("value", ["x", ""], ids=["filled", "empty"])
def test_cells_merged_across_columns_are_bad(value):
    kind = TEXT if value else ""
    wide = cell(value, f'{kind} table:number-columns-spanned="2" table:number-rows-spanned="1"')
    bad = BadCell("merged")
    assert rows_of(document(table(HEADER, wide + COVERED + cell("3")))) == [[2, bad, bad, "3"]]


def test_what_is_repeated_stands_in_each_of_its_places():
    error = 'table:number-columns-repeated="2" office:value-type="string" calcext:value-type="error"'
    lines = row(cell("#N/A", error) + cell("x"), 'table:number-rows-repeated="2"')
    rest = row(EMPTY, 'table:number-rows-repeated="1048500"')
    data = document(f'<table:table table:name="A">{row(HEADER)}{lines}{rest}</table:table>')
    bad = BadCell("error")
    assert rows_of(data) == [[2, bad, bad, "x"], [3, bad, bad, "x"]]


def test_the_text_of_a_note_is_not_what_a_cell_shows():
    note = "<office:annotation><text:p>0</text:p></office:annotation>"
    number = (
        f'<table:table-cell office:value-type="float" office:value="5">{note}<text:p>05</text:p></table:table-cell>'
    )
    assert rows_of(document(table(cell("a"), number))) == [[2, "05"]]


def test_the_sheet_that_was_left_open():
    tables = [table(cell(title), cell("x"), name=title) for title in ("first", "second")]
    item = '<config:config-item config:name="ActiveTable" config:type="string">second</config:config-item>'
    assert formats.read("xlsx", document(*tables, settings=xml("office:settings", item))).sheet == "second"
    assert formats.read("xlsx", document(*tables)).sheet == "first"


@pytest.mark.parametrize(
    ("cells", "attributes"),
    [
        pytest.param(cell("x", 'table:number-columns-repeated="999"'), 'table:number-rows-repeated="99999"', id="full"),
        pytest.param(cell("x", 'table:number-columns-repeated="99999999999"'), "", id="wide"),
        pytest.param('<table:table-cell table:number-columns-repeated="99999999"/>' + cell("x"), "", id="far"),
        pytest.param(cell("x"), 'table:number-rows-repeated="99999999999"', id="long"),
    ],
)  # fmt: skip
def test_repetition_without_bounds_is_refused(cells, attributes):
    assert why(document(f'<table:table table:name="A">{row(cells, attributes)}</table:table>')) == "too-big"


def test_what_cannot_be_read():
    assert why(document(table(HEADER), **{"META-INF/manifest": b"<manifest:encryption-data/>"})) == "encrypted"
    assert why(document("<table:table>")) == "spreadsheet"
    assert why(document()) == "spreadsheet"
    assert why(document(table(EMPTY))) == "empty"
