"""What other programs find in an export of the shipped registry: the same values, whichever format it is in."""

import csv
import json
import re
import sqlite3
from pathlib import Path

import openpyxl
import pytest
import vobject
from markdown_it import MarkdownIt

from pkes.model.records import KIND, Member, fields
from pkes.registry.parsing import parse
from pkes.registry.selection import sort
from tests.cli.exporting import MEMBERS
from tests.conftest import SHIPPED

RECORDS = sort(parse(SHIPPED.read_text(encoding="utf-8")).members.values(), "name")
LISTS = tuple(name for name, field in fields(Member).items() if field.type == "list")
TEXTS = [[getattr(record, name) or "" for name in MEMBERS] for record in RECORDS]
"""The values of the members as text; none of them has a boolean, a date or a list."""


@pytest.fixture
def export(shipped, pkes):
    """Export to a file, and return its path."""

    def run(name: str, *arguments: str) -> Path:
        ran = pkes("export", "-o", name, *arguments)
        assert (ran.status, ran.out) == (0, "")
        assert re.fullmatch(rf"pkes: {name}: [0-9]+ members? written\n", ran.err)
        return shipped.parent / name

    return run


def test_the_values_are_texts():
    assert not any(isinstance(value, list) for row in TEXTS for value in row)


def test_csv(export):
    with export("members.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file, strict=True)) == [MEMBERS, *TEXTS]


def test_csv_as_excel_takes_it(export, shipped):
    shipped.write_text(
        shipped.read_text(encoding="utf-8").replace(
            'town = "Dębica"\n',
            'town = "Dębica"\nphone = "+48 14 681 00 00"\nnote = "=1+1"\ntags = ["@x; y"]\nwebsite = "－1"\n',
        ),
        encoding="utf-8",
    )
    data = export("members.csv", "--excel", "--fields", "id,name,phone,note,tags,website", "-q", "=1").read_bytes()
    assert data.decode("utf-8") == (
        "\ufeffid;name;phone;note;tags;website\r\n"
        "bergamotka;Spółdzielnia Socjalna Bergamotka;+48 14 681 00 00;'=1+1;\"'@x\\; y\";'－1\r\n"
    )


@pytest.mark.parametrize("name", ["members.json", "members.ndjson"])
def test_json(export, name):
    text = export(name).read_text(encoding="utf-8")
    found = json.loads(text) if name.endswith(".json") else [json.loads(line) for line in text.splitlines()]
    assert found == [
        {field: getattr(record, field) or ([] if field in LISTS else None) for field in MEMBERS} for record in RECORDS
    ]
    assert list(found[0]) == MEMBERS


def test_json_is_that_of_list(export, pkes):
    assert json.loads(export("members.json").read_text(encoding="utf-8")) == json.loads(pkes("list", "--json").out)


def test_vcard(export):
    path = export("members.vcf")
    cards = list(vobject.readComponents(path.read_bytes().decode("utf-8")))
    assert [(card.version.value, card.kind.value) for card in cards] == [("4.0", "org")] * len(RECORDS)
    assert [[card.uid.value, card.fn.value, card.org.value, card.adr.value.city] for card in cards] == [
        [record.id, record.name, [record.name], record.town or ""] for record in RECORDS
    ]


def test_markdown(export):
    tokens = MarkdownIt("commonmark").enable("table").parse(export("members.md").read_text(encoding="utf-8"))
    cells = [
        "".join(child.content for child in token.children or ()) for token in tokens if token.type == "inline"
    ]  # fmt: skip
    width = len(MEMBERS)
    assert [cells[start : start + width] for start in range(0, len(cells), width)] == [MEMBERS, *TEXTS]


def test_xlsx(export):
    book = openpyxl.load_workbook(export("members.xlsx", "--no-labels"))
    assert book.sheetnames == ["members"]
    assert [[cell or "" for cell in row] for row in book.active.iter_rows(values_only=True)] == [MEMBERS, *TEXTS]


def test_sqlite(export):
    database = sqlite3.connect(export("members.sqlite"))
    single = [name for name in MEMBERS if name not in LISTS]
    cursor = database.execute("SELECT * FROM members")
    assert [column[0] for column in cursor.description] == single
    assert [[value or "" for value in row] for row in cursor] == [
        [getattr(record, name) or "" for name in single] for record in RECORDS
    ]
    by_sector = "SELECT s.pl, count(*) FROM members m JOIN sectors s ON s.id = m.sector GROUP BY s.id ORDER BY s.id"
    assert dict(database.execute(by_sector)) == {
        "biznes": 1, "organizacje pozarządowe": 1, "administracja publiczna": 1, "nauka": 1, "ekonomia społeczna": 9,
    }  # fmt: skip
    database.close()


def test_every_field_of_every_kind_has_a_column(shipped, pkes):
    for kind, table in (("member", "members"), ("inquiry", "inquiries")):
        header = pkes("export", table, "--status", "all").out.splitlines()[0]
        assert header.split(",") == ["id", *fields(KIND[kind].struct)]
