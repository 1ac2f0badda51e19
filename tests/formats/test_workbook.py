"""Files that are no workbook, or one that is dangerous to open: a clear reason for each."""

import os
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from pkes import formats
from pkes.errors import NotTable
from pkes.formats import workbook as opening
from tests.formats.workbooks import SHEET, archive, edited, parts_of, saved, workbook

GOOD = workbook([["Nazwa", "NIP"], ["A", 1]])

OFFICE = Path(__file__).parents[1] / "cli" / "office"


def why(data: bytes) -> str:
    with pytest.raises(NotTable) as raised:
        formats.read("xlsx", data)
    return raised.value.why


def with_password(data: bytes) -> bytes:
    """Return a zip file whose parts say that they are encrypted."""
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(signature)
        while place >= 0:
            data = data[: place + flags] + bytes([data[place + flags] | 1]) + data[place + flags + 1 :]
            place = data.find(signature, place + 4)
    return data


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(b"", "spreadsheet", id="nothing"),
        pytest.param(b"Nazwa;NIP\n", "spreadsheet", id="text"),
        pytest.param(GOOD[:-200], "spreadsheet", id="cut off"),
        pytest.param(b"PK\x03\x04" + bytes(500), "spreadsheet", id="damaged"),
        pytest.param(archive({"a": b"b"}), "spreadsheet", id="another zip"),
        pytest.param(edited(GOOD, SHEET, "</sheetData>", ""), "spreadsheet", id="wrong XML"),
        pytest.param(edited(GOOD, SHEET, "<v>1</v>", "<v>x</v>"), "spreadsheet", id="a number that is none"),
        pytest.param(edited(GOOD, "xl/workbook.xml", "<sheets>.*</sheets>", "<sheets/>"), "spreadsheet", id="no sheet"),
        pytest.param(
            archive({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), "spreadsheet", id="damaged ods"
        ),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "spreadsheet", id="damaged xls"),
        pytest.param(b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "encrypted", id="password"),
        pytest.param(with_password(GOOD), "encrypted", id="zip with a password"),
        pytest.param(saved(Workbook()), "empty", id="empty sheet"),
        pytest.param(workbook([[" "], [None, "\n"]]), "empty", id="spaces"),
    ],
)
def test_what_cannot_be_read(data, reason):
    assert why(data) == reason


def test_a_zip_bomb_is_not_opened(monkeypatch):
    monkeypatch.setattr(zipfile.ZipFile, "read", lambda *_: pytest.fail("it was unpacked"))
    assert why(archive({SHEET: b" " * 20_000_000})) == "too-big"


def test_a_workbook_may_be_big_and_dense(monkeypatch):
    monkeypatch.setattr(opening, "MOST_BYTES", 1000)
    assert why(GOOD) == "too-big"


def test_a_size_that_is_not_true_is_not_believed():
    data = archive({SHEET: b" " * 20_000_000})
    size = (20_000_000).to_bytes(4, "little")
    assert data.count(size) == 2
    assert why(data.replace(size, (1000).to_bytes(4, "little"))) == "spreadsheet"


def test_entities_are_not_expanded():
    names = [f'<!ENTITY a{n} "{f"&a{n - 1};" * 20}">' for n in range(1, 12)]
    bomb = f'<!DOCTYPE x [<!ENTITY a0 "aaaaaaaaaa">{"".join(names)}]><worksheet'
    data = edited(GOOD, SHEET, "<worksheet", bomb)
    assert why(edited(data, SHEET, "<v>1</v>", "<v>&a11;</v>")) == "spreadsheet"


def test_lines_numbered_beyond_the_sheet():
    assert why(edited(GOOD, SHEET, 'r="2"', 'r="999999999"')) == "too-big"


def test_the_dimensions_that_a_file_claims_do_not_count():
    data = edited(GOOD, SHEET, 'ref="A1:B2"', 'ref="A1:XFD1048576"')
    assert formats.read("xlsx", data) == formats.read("xlsx", GOOD)


def test_a_name_of_a_column_beyond_all_is_no_room_to_make():
    assert why(edited(GOOD, SHEET, 'r="B2"', 'r="XFD1048576"')) == "too-big"
    assert why(edited(GOOD, SHEET, 'r="B2"', 'r = "ZZ9999999"')) == "too-big"


def test_cells_without_a_name_are_counted():
    cells = "<c><v>1</v></c>" * 1000
    assert why(edited(GOOD, SHEET, '<row r="2".*</row>', f'<row r="1000000">{cells}</row>')) == "too-big"
    found = formats.read("xlsx", edited(GOOD, SHEET, '<row r="2".*</row>', f'<row r="20">{cells}</row>'))
    assert [(row.number, len(row.cells)) for row in found.rows] == [(20, 1000)]


def test_a_style_that_is_not_there_is_not_missed():
    data = edited(GOOD, SHEET, 't="n"', 't="n" s="77"')
    assert formats.read("xlsx", data) == formats.read("xlsx", GOOD)


def test_parts_named_as_windows_names_files():
    data = archive({name.replace("/", "\\"): part for name, part in parts_of(GOOD).items()})
    assert formats.read("xlsx", data) == formats.read("xlsx", GOOD)


class Panic(BaseException):
    """What a panic in Rust comes as: no `Exception`."""


@pytest.fixture
def failing(monkeypatch):
    """Let calamine fail by an exception, after it has told stderr."""

    def fail_by(error):
        def fail(_):
            os.write(2, b"thread panicked at Anna")
            raise error

        monkeypatch.setattr(opening.calamine, "load_workbook", fail)

    return fail_by


@pytest.mark.parametrize("has_stderr", [True, False])
def test_a_panic_is_an_error_like_others(failing, capfd, monkeypatch, has_stderr):
    failing(Panic())
    with monkeypatch.context() as patch:
        if not has_stderr:
            patch.setattr(opening.os, "dup", lambda _: os.close(-1))
        assert why(GOOD) == "spreadsheet"
    assert (capfd.readouterr().err == "") == has_stderr


def test_an_interrupt_is_none(failing):
    failing(KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        formats.read("xlsx", GOOD)


def test_an_old_workbook_that_claims_to_reach_beyond_all_is_refused_and_kills_nobody():
    data = bytearray((OFFICE / "members.xls").read_bytes())
    dimensions = data.index(b"\x00\x02\x0e\x00") + 4  # the record of BIFF8: rows from and to, columns from and to
    assert formats.read("xlsx", bytes(data)).rows
    data[dimensions + 4 : dimensions + 8] = b"\xff\xff\xff\x7f"
    data[dimensions + 10 : dimensions + 12] = b"\xff\xff"
    with pytest.raises(NotTable) as caught:
        formats.read("xlsx", bytes(data))
    assert caught.value.why == "spreadsheet"
