"""`pkes import` of files that are no tables, or worse: a clear line each, and nothing is written."""

import io
import sys
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from stdnum.pl.nip import is_valid

from tests.cli.registry_with_members import REGISTRY, changes
from tests.formats import workbooks

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


@pytest.fixture
def registry(write_registry):
    return write_registry(REGISTRY)


def put(data, name="in.csv"):
    Path(name).write_bytes(data)
    return name


def bomb():
    """Return a zip of a few kilobytes that unpacks to a gigabyte."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made, made.open("xl/workbook.xml", "w") as part:
        for _ in range(256):
            part.write(b" " * 4_000_000)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        pytest.param(b"", "in.csv", "there is nothing in it", id="empty"),
        pytest.param(b"\n \n", "in.csv", "there is nothing in it", id="empty lines"),
        pytest.param(b"", "in.json", "there is nothing in it", id="empty JSON"),
        pytest.param(b"id\0name\n", "in.csv", "it is neither text nor a spreadsheet", id="binary"),
        pytest.param(b"PK\x03\x04nonsense", "in.xlsx", "it is no spreadsheet that can be read", id="no spreadsheet"),
        pytest.param(b"PK\x03\x04nonsense", "in.csv", "it is no spreadsheet that can be read", id="by another name"),
        pytest.param(workbooks.archive({"a": b"b"}), "in.xlsx", "it is no spreadsheet that can be read", id="a zip"),
        pytest.param(
            OLE, "in.xls", "it is no spreadsheet that can be read\n"
            "where LibreOffice or Excel opens it, save it there anew as .xlsx", id="damaged old one",
        ),
        pytest.param(b"{", "in.json", "line 1: it is not JSON", id="no JSON"),
        pytest.param(b"[" * 100_000, "in.json", "it is not JSON", id="nested JSON"),
        pytest.param(b'id,name\n"a,b\nc', "in.csv", "line 2: a quotation mark opens a cell that does not", id="quote"),
        pytest.param(
            workbooks.workbook([["id", None], [1, 2]], ["A1:B1"]), "in.xlsx", "line 1: the headers stand in merged",
            id="merged headers",
        ),
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused_in_a_line(registry, pkes, data, name, says):
    ran = pkes("import", put(data, name), "-y")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(f"pkes: {says}")
    assert "Traceback" not in ran.err
    assert registry.read_text(encoding="utf-8") == REGISTRY


def test_a_zip_bomb_is_not_unpacked(registry, pkes):
    data = bomb()
    tracemalloc.start()
    ran = pkes("import", put(data, "in.xlsx"), "-y")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (ran.status, peak < 50_000_000) == (2, True)
    assert ran.err == "pkes: it unpacks to more than a spreadsheet of members could hold\n"


def test_a_file_that_is_not_there(registry, pkes):
    ran = pkes("import", "none.csv", "-y")
    assert (ran.status, ran.out) == (3, "")
    assert ran.err.startswith("pkes: none.csv: cannot be read: ")
    assert pkes("import", ".", "-y").status == 3


def test_the_library_of_spreadsheets_may_be_missing(registry, pkes, monkeypatch):
    file = put(workbooks.workbook([["id"]]), "in.xlsx")
    monkeypatch.delitem(sys.modules, "pkes.formats.workbook", raising=False)
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    ran = pkes("import", file)
    assert (ran.status, ran.err.splitlines()[1]) == (2, 'pip install "pkes[excel]"')


def test_one_column_is_a_table(registry, pkes):
    ran = pkes("import", put("Nazwa\nNić, Igła i spółka\n".encode()), "-y")
    assert ran.err == "pkes: 1 row cannot be imported:\n  line 2: sector: it is required\n"
    assert pkes("import", put("Nazwa\nIgła\n".encode()), "-y") == (
        0,
        "",
        "pkes: nothing is changed: it is so already\n",
    )


def test_what_a_spreadsheet_has_in_its_cells(registry, pkes):
    rows = [
        ["Nazwa", "Sektor", "NIP", "Telefon", "Miejscowość", "Powiat", "Uwagi"],
        ["A", "ngo", 9512000002, 146810000, "=1+1", "p", None],
        ["B", "ngo", "#N/A", "tel.", "x", "p", "=A1"],
        ["C", "ngo", 1234567890123456789, None, "x", "y", None],
        ["D", "ngo", 9512000019.0, 48146810001, "x", None, "no"],
        ["E", "ngo", None, None, "x", None, None],
    ]
    data = workbooks.workbook(rows, ["E4:F4", "G5:G6"])
    ran = pkes("import", put(data, "in.xlsx"), "--skip-bad", "--json", "-y")
    assert ran.err.splitlines()[1:] == [
        "pkes: warning: 3 rows are left out:",
        "  line 2: Miejscowość: a formula without a value",
        "  line 3: NIP: an error of the spreadsheet; Telefon: not a phone number: there is a letter in it; "
        "Uwagi: a formula without a value",
        "  line 4: NIP: the spreadsheet has lost digits of this number; "
        "Miejscowość: merged cells; Powiat: merged cells",
    ]
    made = {change["id"]: change["new"] for change in changes(ran)}
    assert {id: (one["nip"], one["phone"], one["note"]) for id, one in made.items()} == {
        "d": ("9512000019", "+48 14 681 00 01", "no"), "e": (None, None, "no"),
    }  # fmt: skip


def test_what_would_drive_a_terminal_never_gets_there(registry, pkes):
    data = "name,sector,\x1b]0;x\x07\nA\x1b[31mB\u202e,ngo,x\nC,\x1b[2J,y\n".encode()
    ran = pkes("import", put(data), "--skip-bad", "-y")
    assert ran.status == 0
    assert "\x1b" not in ran.out + ran.err
    assert '"\\x1b]0;x\\x07"' in ran.err
    assert 'name = "A[31mB"' in registry.read_text(encoding="utf-8")


def test_a_cell_of_ten_megabytes(registry, pkes):
    ran = pkes("import", put(b"id,phone,note\nigla,%s,%s\n" % (b"1" * 10_000_000, b"a" * 10_000_000)), "-y")
    assert ran.err == "pkes: 1 row cannot be imported:\n  line 2: phone: not a phone number\n"
    ran = pkes("import", put(b"id,town\nigla,%s\n" % (b" " * 10_000_000 + b"x" + b" \t" * 5_000_000)), "-y")
    assert (ran.status, ran.out.splitlines()[1]) == (0, "member\tigla\tchanged\ttown\t\tx")


def test_a_value_is_never_named(registry, pkes):
    secret = "Tajna"
    rows = [f"{secret} {number}" for number in range(3)]
    header = "id,sector,email,phone,website,krs,nip,regon,postal_code,joined,social_enterprise,inquiry"
    data = "\n".join([header, ",".join([rows[0]] * 12), ",".join(["igla", *[rows[1]] * 11])])
    ran = pkes("import", put(data.encode()), "-y")
    assert ran.status == 2
    assert secret not in ran.err


def test_thousands_of_rows_with_one_name_take_no_time(registry, pkes):
    data = "name,sector\n" + "Nić,ngo\n" * 20_000
    ran = pkes("import", put(data.encode()), "-y")
    assert ran.err.startswith("pkes: 20000 rows cannot be imported:\n  line 2: it is the same record as line 3; if ")


def test_thousands_of_organisations_with_one_name_take_no_time(registry, pkes):
    nips = [f"{number:010}" for number in range(2_000_000_000, 2_000_040_000) if is_valid(f"{number:010}")]
    data = "name,sector,nip\n" + "".join(f"Nić,ngo,{nip}\n" for nip in nips)
    ran = pkes("import", put(data.encode()), "--dry-run")
    assert (ran.status, ran.out.count("\tadded\t")) == (0, len(nips))
