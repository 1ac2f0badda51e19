"""The generated registries are what the benchmark takes them for: right, canonical, and the same on both sides."""

import datetime
import tomllib

import pytest
import tomli_w

from pkes.checks import run
from pkes.registry.parsing import parse
from tests import generated

COUNT = 50
RECUTILS = {"True": "true", "False": "false"}


@pytest.fixture(scope="module")
def text() -> str:
    return generated.toml_text(COUNT)


def test_it_parses_to_its_members(text):
    assert list(parse(text).members) == [f"m-{number:06}" for number in range(COUNT)]


def test_nothing_is_wrong_with_it(text):
    # Nobody has confirmed what was made up.
    assert [one.code for one in run.check(parse(text), datetime.date(2026, 1, 1))] == ["unconfirmed"]


def test_it_is_in_canonical_form(text):
    assert tomli_w.dumps(tomllib.loads(text), multiline_strings=True) == text


def test_each_member_has_12_fields(text):
    assert {len(record) for record in tomllib.loads(text)["members"].values()} == {12}


def test_every_sector_has_members():
    assert {record["sector"] for record in generated.members(COUNT).values()} == set(generated.SECTORS)


def test_a_bigger_one_begins_with_the_smaller():
    assert list(generated.members(COUNT).items()) == list(generated.members(COUNT + 10).items())[:COUNT]


@pytest.mark.parametrize("key", [True, False])
def test_the_recutils_file_holds_the_same_values(text, key):
    head, *records = generated.rec_text(COUNT, key=key).split("\n\n")
    assert head.splitlines() == ["%rec: Member", *["%key: id"] * key]
    expected = tomllib.loads(text)["members"]
    assert len(records) == len(expected)
    for record, (id, fields) in zip(records, expected.items(), strict=True):
        values = [("id", id)]
        for name, value in fields.items():
            items = value if isinstance(value, list) else [value]
            values += [(name, RECUTILS.get(item, item)) for item in map(str, items)]
        assert [tuple(line.split(": ", 1)) for line in record.splitlines()] == values
