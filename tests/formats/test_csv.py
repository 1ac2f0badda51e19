"""csv: what the standard library reads of it, and what an office makes of one."""

import csv
import io

import pytest

from pkes import formats
from pkes.errors import NotTable
from pkes.formats.records import texts
from pkes.formats.rows import Row
from pkes.model.dates import PartialDate
from pkes.model.records import Member
from tests.formats.examples import export, hostile, shipped, written

MEMBER = Member(
    id="a", name='Fundacja "A", oddział', social_enterprise=False, joined=PartialDate("2014-10"), krs="0000123456",
    offers=["druk; skład", "a\\b"], note="jeden\ndwa",
)  # fmt: skip


def read(text: str, encoding: str = "utf-8"):
    return formats.read("csv", text.encode(encoding))


def fault(text: str | bytes) -> tuple[str, int]:
    data = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(NotTable) as raised:
        formats.read("csv", data)
    return raised.value.why, raised.value.line


def test_a_table_whole():
    columns = ("id", "name", "social_enterprise", "joined", "krs", "offers", "note", "town")
    assert written("csv", export([MEMBER], columns)).decode() == (
        "id,name,social_enterprise,joined,krs,offers,note,town\r\n"
        'a,"Fundacja ""A"", oddział",false,2014-10,0000123456,druk\\; skład; a\\\\b,"jeden\ndwa",\r\n'
    )


@pytest.mark.parametrize("held", [shipped(), hostile()], ids=["shipped", "hostile"])
def test_the_standard_library_reads_the_same(held):
    text = written("csv", held).decode("utf-8")
    assert list(csv.reader(io.StringIO(text, newline=""), strict=True)) == [list(held.columns), *texts(held)]


def test_it_comes_in_pieces():
    held = export(Member(id=f"m-{number}", name="A") for number in range(2500))
    pieces = list(formats.write("csv", held))
    assert len(pieces) == 4  # the header, and a thousand records each
    assert b"".join(pieces).count(b"\r\n") == 2501


def test_a_cell_of_ten_megabytes():
    held = export([Member(id="a", note='x"\n' * 3_500_000)], ("id", "note"))
    assert formats.read("csv", written("csv", held)).rows[0].cells["note"] == held.records[0].note
    assert csv.field_size_limit() == 131072


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"], ids=["comma", "semicolon", "tab", "bar"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_the_delimiter_is_found_out(delimiter, end):
    lines = [["Nazwa", "Adres, miasto; kod"], ["Łąka", 'ul. "Rynek" 1, Jasło; 38-200'], ["Brzoza", "x|y\tz, w; v"]]
    page = io.StringIO(newline="")
    csv.writer(page, delimiter=delimiter, lineterminator=end).writerows(lines)
    rows = read(page.getvalue())
    assert rows.delimiter == delimiter
    assert [rows.headers, *(tuple(row.cells.values()) for row in rows.rows)] == [tuple(line) for line in lines]


def test_the_delimiter_that_most_rows_agree_with():
    rows = read("Nazwa;Adres, ulica, numer\nA;Rynek 1\nB;Rynek 2\n")
    assert (rows.delimiter, rows.headers) == (";", ("Nazwa", "Adres, ulica, numer"))


def test_a_space_after_each_delimiter():
    rows = read("Nazwa, NIP\nA, 1\n")
    assert (rows.delimiter, rows.headers, rows.rows) == (",", ("Nazwa", "NIP"), [Row(2, {"Nazwa": "A", "NIP": " 1"})])


def test_the_delimiter_that_excel_is_told():
    rows = read("sep=;\r\nNazwa\r\nA\r\n")
    assert (rows.delimiter, rows.headers, rows.rows) == (";", ("Nazwa",), [Row(3, {"Nazwa": "A"})])


def test_one_column_has_no_delimiter():
    rows = read('Nazwa\nAlfa, Beta; Gamma\n"Delta\nEpsilon"\n')
    assert rows.delimiter is None
    assert [row.cells["Nazwa"] for row in rows.rows] == ["Alfa, Beta; Gamma", "Delta\nEpsilon"]


@pytest.mark.parametrize(
    ("encoding", "found"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("cp1250", "windows-1250"), ("utf-16", "utf-16")],
)
def test_the_encoding_is_found_out(encoding, found):
    rows = read("Nazwa;Miejscowość\nZażółć gęślą;Świlcza\n", encoding)
    assert (rows.encoding, rows.delimiter, rows.headers) == (found, ";", ("Nazwa", "Miejscowość"))
    assert rows.rows == [Row(2, {"Nazwa": "Zażółć gęślą", "Miejscowość": "Świlcza"})]


def test_damaged_letters_make_a_bad_row():
    rows = formats.read("csv", "nazwa\nŁąka\nŚwit\n".encode() + b"Brz\xf0za\n")
    assert rows.encoding == "utf-8"
    assert [row.fault for row in rows.rows] == [None, None, "encoding"]


def test_the_sign_of_damage_in_the_text_itself_is_a_character():
    assert [row.fault for row in read("nazwa\na\ufffdb\n").rows] == [None]


def test_ragged_rows():
    rows = read("a,b\n1\n1,2,\n1,2,3\n\n,\n1,2\n")
    assert rows.headers == ("a", "b")
    assert rows.rows == [
        Row(2, {"a": "1", "b": ""}),
        Row(3, {"a": "1", "b": "2"}),
        Row(4, {}, "too-many-cells"),
        Row(7, {"a": "1", "b": "2"}),
    ]


def test_rows_are_named_by_the_line_they_begin_at():
    rows = read('\n\na,b\n"1\n2",x\n3,"\n\n"\n4,y\n')
    assert [row.number for row in rows.rows] == [4, 6, 9]


def test_a_stray_quotation_mark_makes_a_bad_row():
    assert read('a,b\n"Fundacja "X"",1\n2,3\n').rows == [Row(2, {}, "quote"), Row(3, {"a": "2", "b": "3"})]


def test_a_quotation_mark_at_the_very_end():
    assert read('a,b\n1,"2').rows == [Row(2, {}, "quote")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", ("empty", 0), id="nothing"),
        pytest.param("\ufeff\r\n \r\n\t\r\n", ("empty", 0), id="blank lines"),
        pytest.param(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", ("binary", 0), id="picture"),
        pytest.param("a,b\n".encode("utf-16-le"), ("binary", 0), id="UTF-16 without BOM"),
        pytest.param(b"\xff\xfea", ("encoding", 0), id="half a character"),
        pytest.param('a,b\n1,"2\n3,4\n5,6\n', ("quote", 2), id="cell without end"),
        pytest.param('a,b\n"1\n2"x,3\n', ("quote", 2), id="quotation mark in a cell of two lines"),
        pytest.param('"a"b,c\n1,2\n', ("quote", 1), id="quotation mark in the header"),
    ],
)
def test_no_table(text, expected):
    assert fault(text) == expected


def test_headers_alone_are_no_rows():
    assert read("Nazwa;NIP\n")[:2] == (("Nazwa", "NIP"), [])


@pytest.mark.parametrize(
    ("header", "headers"),
    [
        pytest.param("a,a,a (2),a", ("a", "a (3)", "a (2)", "a (4)"), id="the same"),
        pytest.param("a,,b", ("a", "B", "b"), id="none"),
        pytest.param("B,,b", ("B", "B (2)", "b"), id="the letter is taken"),
        pytest.param('" E-\n mail ",b,c', ("E- mail", "b", "c"), id="line end"),
    ],
)
def test_headers_differ(header, headers):
    assert read(f"{header}\n1,2,3,4\n".replace("4", "4" if header.count(",") == 3 else "")).headers == headers


def test_a_column_without_header_and_cells_is_none():
    assert read("a,,b,\n1,,2,\n").headers == ("a", "b")
