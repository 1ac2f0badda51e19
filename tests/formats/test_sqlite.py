"""SQLite: a database with typed tables, keys and list tables."""

import sqlite3
from collections.abc import Iterator

import pytest

from pkes.formats.records import Export
from pkes.model.dates import PartialDate
from pkes.model.records import Inquiry, Member, Sector, fields
from tests.formats.examples import export, hostile, shipped, written

SECTORS = {"ngo": Sector(id="ngo", pl="organizacje", en="NGOs")}
MEMBERS = [
    Member(id="a", name="Łąka", sector="ngo", social_enterprise=True, joined=PartialDate("2014-10"), krs="0000123456",
           offers=["druk; skład", "x"], inquiry="q", town=""),
    Member(id="b", name="Las", social_enterprise=False, tags=[]),
]  # fmt: skip
INQUIRIES = [Inquiry(id="q", person="Anna Igielna", member="a", notes=["2025-01-02 x"])]


@pytest.fixture
def opened(tmp_path) -> Iterator:
    """Write an export to a file and open it, whole and with its keys obeyed."""
    connections = []

    def connect(held: Export) -> sqlite3.Connection:
        path = tmp_path / "registry.sqlite"
        path.write_bytes(written("sqlite", held))
        database = sqlite3.connect(path)
        connections.append(database)
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        return database

    yield connect
    for database in connections:
        database.close()


def shape(database: sqlite3.Connection) -> list[str]:
    return [sql for (sql,) in database.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid")]


def references(database: sqlite3.Connection, table: str) -> list[tuple[str, str]]:
    return [(row[3], row[2]) for row in database.execute(f"PRAGMA foreign_key_list({table})")]


def test_the_tables_whole(opened):
    held = export(MEMBERS, ("id", "name", "sector", "social_enterprise", "joined", "offers"), sectors=SECTORS)
    assert shape(opened(held)) == [
        'CREATE TABLE "sectors" ("id" TEXT NOT NULL PRIMARY KEY, "pl" TEXT, "en" TEXT)',
        'CREATE TABLE "members" ("id" TEXT NOT NULL PRIMARY KEY, "name" TEXT,'
        ' "sector" TEXT REFERENCES "sectors" (id),'
        ' "social_enterprise" INTEGER CHECK ("social_enterprise" IN (0, 1)), "joined" TEXT)',
        'CREATE TABLE "members_offers" ("member" TEXT NOT NULL REFERENCES "members" (id),'
        ' position INTEGER NOT NULL, value TEXT NOT NULL, PRIMARY KEY ("member", position))',
    ]


def test_the_records_whole(opened):
    database = opened(export(MEMBERS, ("id", "name", "social_enterprise", "joined", "krs", "town", "offers", "tags")))
    assert database.execute("SELECT * FROM members").fetchall() == [
        ("a", "Łąka", 1, "2014-10", "0000123456", None),
        ("b", "Las", 0, None, None, None),
    ]
    assert database.execute("SELECT * FROM members_offers").fetchall() == [("a", 1, "druk; skład"), ("a", 2, "x")]
    assert database.execute("SELECT count(*) FROM members_tags").fetchall() == [(0,)]


@pytest.mark.parametrize("held", [shipped(), hostile()], ids=["shipped", "hostile"])
def test_the_same_values_come_back(opened, held):
    database = opened(held)
    database.row_factory = sqlite3.Row
    for record, row in zip(held.records, database.execute("SELECT * FROM members ORDER BY rowid"), strict=True):
        for name, field in fields(type(record)).items():
            value = getattr(record, name)
            if field.type == "list":
                items = database.execute(
                    f"SELECT value FROM members_{name} WHERE member = ? ORDER BY position", (record.id,)
                )
                assert [item for (item,) in items] == (value or [])
            else:
                assert row[name] == (str(value) if isinstance(value, PartialDate) else value or None)


def test_kinds_in_one_file_refer_to_each_other(opened):
    held = export(MEMBERS, sectors=SECTORS, others=[export(INQUIRIES)])
    database = opened(held)
    assert references(database, "members") == [("inquiry", "inquiries"), ("sector", "sectors")]
    assert references(database, "inquiries") == [("member", "members"), ("sector", "sectors")]
    assert database.execute("SELECT * FROM inquiries_notes").fetchall() == [("q", 1, "2025-01-02 x")]


@pytest.mark.parametrize(
    "held",
    [
        pytest.param(export(MEMBERS), id="no sectors, no inquiries"),
        pytest.param(export(MEMBERS, others=[export([Inquiry(id="other")])]), id="not those"),
    ],
)
def test_what_refers_to_nothing_is_no_key(opened, held):
    database = opened(held)
    assert references(database, "members") == []
    assert database.execute("SELECT sector, inquiry FROM members WHERE id = 'a'").fetchall() == [("ngo", "q")]


def test_the_id_is_always_there(opened):
    assert opened(export(MEMBERS, ("name",))).execute("SELECT * FROM members").fetchall() == [
        ("a", "Łąka"),
        ("b", "Las"),
    ]


def test_equal_exports_are_equal_bytes():
    assert written("sqlite", shipped()) == written("sqlite", shipped())
