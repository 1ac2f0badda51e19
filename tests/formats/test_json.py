"""JSON in an array and by line: the records of `--json`, and what others write."""

import json

import pytest

from pkes import formats
from pkes.errors import NotTable
from pkes.formats.rows import BadCell, Row
from pkes.model.dates import PartialDate
from pkes.model.records import Member, as_json
from tests.formats.examples import export, hostile, shipped, written

MEMBER = Member(id="a", name="Łąka", joined=PartialDate("2014"), tags=["b;c"], extra={"colour": "red"})


def lines(text: str) -> list[tuple[int, dict, str | None]]:
    return [tuple(row[:3]) for row in formats.read("ndjson", text.encode()).rows]


def fault(name: str, data: bytes) -> tuple[str, int]:
    with pytest.raises(NotTable) as raised:
        formats.read(name, data)
    return raised.value.why, raised.value.line


def test_an_array_whole():
    held = export([MEMBER, Member(id="b")], ("id", "name", "joined", "tags", "social_enterprise"))
    assert written("json", held).decode() == (
        '[{"id": "a", "name": "Łąka", "joined": "2014", "tags": ["b;c"], "social_enterprise": null},\n'
        ' {"id": "b", "name": null, "joined": null, "tags": [], "social_enterprise": null}]\n'
    )


def test_lines_whole():
    held = export([MEMBER, Member(id="b")], ("id", "tags"))
    assert written("ndjson", held).decode() == '{"id":"a","tags":["b;c"]}\n{"id":"b","tags":[]}\n'


@pytest.mark.parametrize("held", [shipped(), hostile()], ids=["shipped", "hostile"])
def test_the_records_of_the_model_without_unknown_keys(held):
    expected = [as_json(record) for record in held.records]
    assert json.loads(json.dumps(expected, default=str)) == json.loads(written("json", held))
    assert [json.loads(line) for line in written("ndjson", held).split(b"\n")[:-1]] == json.loads(written("json", held))


def test_nothing():
    held = shipped()._replace(records=[])
    assert (written("json", held), written("ndjson", held)) == (b"[]\n", b"")
    assert formats.read("ndjson", b"").rows == []


def test_values_become_texts():
    text = """[{"nip": 5260250274, "phone": 48123456789.0, "share": 1.50, "big": 12345678901234567890, "yes": true,
 "no": false, "none": null, "list": ["a;b", 1, true, null], "one": {"a": 1}, "deep": [["a"]],
 "of": [{}], "text": " a\\n"}]"""
    assert formats.read("json", text.encode()).rows[0].cells == {
        "nip": "5260250274", "phone": "48123456789", "share": "1.50", "big": "12345678901234567890", "yes": "true",
        "no": "false", "none": "", "list": "a\\;b; 1; true; ", "one": BadCell("nested"), "deep": BadCell("nested"),
        "of": BadCell("nested"), "text": " a\n",
    }  # fmt: skip


def test_headers_are_all_keys_and_every_row_has_them():
    rows = formats.read("json", b'[{"a": 1}, {"b": 2, "a": null}, {"c": null}]')
    assert rows.headers == ("a", "b", "c")
    assert rows.rows == [
        Row(1, {"a": "1", "b": "", "c": ""}, is_record=True),
        Row(2, {"a": "", "b": "2", "c": ""}, is_record=True),
    ]


def test_one_object_is_one_row():
    assert formats.read("json", b' {"a": "b"}\n').rows == [Row(1, {"a": "b"}, is_record=True)]


def test_rows_are_named_by_their_number():
    rows = formats.read("json", b'\xef\xbb\xbf\n[\n  {"a":\n 1}\n,\n\n{}, {"a": 2}, 3,\n[]]').rows
    assert [(row.number, row.fault) for row in rows] == [(1, None), (3, None), (4, "object"), (5, "object")]


def test_a_key_that_stands_twice_makes_a_bad_row():
    rows = formats.read("json", b'[{"a": 1}, {"a": 1, "\\u0061": 1}, {"a": {"b": 1, "b": 2}}]').rows
    assert rows[1] == Row(2, {}, "key-twice", is_record=True)
    assert rows[2] == Row(3, {"a": BadCell("nested")}, is_record=True)
    assert lines('{"a": 1, "a": 1}') == [(1, {}, "key-twice")]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(b"", ("empty", 0), id="nothing"),
        pytest.param(b" \n", ("empty", 0), id="spaces"),
        pytest.param('[{"a":\n"Łą"}]'.encode("cp1250"), ("encoding", 2), id="Windows-1250"),
        pytest.param(b"[{},\n{]", ("json", 2), id="wrong object"),
        pytest.param(b'[\n{"a": 1}\n{"a": 1}]', ("json", 3), id="no comma"),
        pytest.param(b"[\n{},\n1 2]", ("json", 3), id="no comma between numbers"),
        pytest.param(b"[{}\n", ("json", 2), id="no end"),
        pytest.param(b"[]\n[]", ("json", 2), id="two arrays"),
        pytest.param(b'{"a": 1}\n{"a": 2}', ("json", 2), id="objects by line"),
        pytest.param(b'[{"a": NaN}]', ("json", 0), id="NaN"),
        pytest.param(b"[" * 100_000, ("json", 0), id="nested deeply"),
        pytest.param(b"name;town\n", ("json", 1), id="csv"),
    ],
)
def test_no_json(data, expected):
    assert fault("json", data) == expected


def test_a_bad_line_is_a_bad_row():
    assert lines('\n{"a": 1}\r\n{"a": \n"x"\n{"a": 1} 2\n  \n{"a": "b\u2028c"}') == [
        (1, {"a": "1"}, None),
        (2, {}, "json"),
        (3, {}, "object"),
        (4, {}, "json"),
        (5, {"a": "b\u2028c"}, None),
    ]


def test_lines_that_are_not_utf_8():
    assert fault("ndjson", b'{"a": 1}\n{"a": "\xb9"}\n') == ("encoding", 2)
