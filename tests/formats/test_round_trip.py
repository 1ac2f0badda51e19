"""What goes out comes back: the law of the formats that are read too."""

from typing import Any

import pytest
from hypothesis import given, settings

from pkes import formats
from pkes.formats import FORMATS
from pkes.formats.records import Export, texts
from pkes.model import values
from pkes.model.dates import PartialDate
from pkes.model.records import Field, Record, fields
from tests.formats.examples import cells, exports, hostile, shipped, taken_back

READ = [format.name for format in FORMATS if format.is_read]


@pytest.mark.parametrize("name", READ)
@pytest.mark.parametrize("held", [shipped(), hostile()], ids=["shipped", "hostile"])
def test_the_same_cells_come_back(name: str, held: Export) -> None:
    rows = taken_back(name, held)
    assert rows.headers == held.columns
    assert cells(rows) == list(texts(held))


@pytest.mark.parametrize("name", [name for name in READ if name != "xlsx"])
@given(held=exports())
@settings(max_examples=60, deadline=None)
def test_any_cells_come_back(name: str, held: Export) -> None:
    assert cells(taken_back(name, held)) == list(texts(held))


@given(held=exports())
@settings(max_examples=25, deadline=None)
def test_any_cells_come_back_from_a_workbook(held: Export) -> None:
    assert cells(taken_back("xlsx", held)) == list(texts(held))


def value_of(field: Field, text: str) -> Any:
    if not text:
        return None
    return values.read_list(field, text) if field.type == "list" else values.read(field, text)


def is_empty(value: Any) -> bool:
    return value in (None, "", []) or value == PartialDate("")


@pytest.mark.parametrize("name", READ)
def test_the_same_records_come_back(name: str) -> None:
    held = shipped()
    for record, row in zip(held.records, taken_back(name, held).rows, strict=True):
        assert row.cells["id"] == record.id
        read = {field.name: value_of(field, str(row.cells[field.name])) for field in fields(type(record)).values()}
        assert {field: value for field, value in read.items() if value is not None} == set_fields(record)


def set_fields(record: Record) -> dict[str, Any]:
    held = {name: getattr(record, name) for name in fields(type(record))}
    return {name: value for name, value in held.items() if not is_empty(value)}


@pytest.mark.parametrize("name", READ)
def test_a_few_columns_in_the_order_asked_for(name: str) -> None:
    rows = taken_back(name, shipped()._replace(columns=("town", "id")))
    assert rows.headers == ("town", "id")
    assert rows.rows[0].cells == {"town": "Rzeszów", "id": "4hc"}


@pytest.mark.parametrize("name", READ)
def test_one_column(name: str) -> None:
    rows = taken_back(name, shipped()._replace(columns=("note", "name")[1:]))
    assert [row.cells for row in rows.rows][:1] == [{"name": "4HC Sp. z o.o."}]


@pytest.mark.parametrize(("name", "line"), [("csv", 3), ("json", 2), ("ndjson", 2), ("xlsx", 3)])
def test_rows_know_their_line(name: str, line: int) -> None:
    assert taken_back(name, shipped()).rows[1].number == line


@pytest.mark.parametrize("name", [format.name for format in FORMATS])
def test_no_records_are_no_rows(name: str) -> None:
    data = b"".join(formats.write(name, shipped()._replace(records=[])))
    if name in READ:
        assert formats.read(name, data).rows == []


@pytest.mark.parametrize(
    ("path", "name"),
    [("a.csv", "csv"), ("a.JSON", "json"), ("b/a.ndjson", "ndjson"), ("a.vcf", "vcard"), ("a.md", "markdown"),
     ("a.xlsx", "xlsx"), ("a.sqlite", "sqlite"), ("a.db", "sqlite"), ("a.toml", None), ("csv", None)],
)  # fmt: skip
def test_a_suffix_tells_the_format(path: str, name: str | None) -> None:
    found = formats.by_suffix(path)
    assert (found.name if found else None) == name


@pytest.mark.parametrize(
    ("path", "data", "name"),
    [("a.csv", b"id\n", "csv"), ("a.csv", b"PK\x03\x04", "xlsx"), ("a.xls", b"\xd0\xcf\x11\xe0", "xlsx"),
     ("a.json", b"[]", "json"), ("a.ndjson", b"{}", "ndjson"), ("a.txt", b"id\n", "csv"), ("a.vcf", b"", "csv"),
     ("-", b"id", "csv")],
)  # fmt: skip
def test_which_format_a_file_is_read_in(path: str, data: bytes, name: str) -> None:
    assert formats.of_content(path, data).name == name
