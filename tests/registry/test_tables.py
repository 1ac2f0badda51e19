"""The kinds of record as SQL tables."""

import json

from pkes.model.records import KIND, Member, fields
from pkes.registry import sql


def test_the_columns_are_the_fields_in_their_order():
    for kind in sql.KINDS:
        columns = sql.columns(kind)
        assert list(columns) == ["id", *fields(kind.struct)]
        assert all(column.name == name for name, column in columns.items())


def test_booleans_are_numbers_and_all_else_is_text():
    columns = sql.columns(KIND["member"]).values()
    assert {column.name for column in columns if column.type == "INTEGER"} == {
        "social_enterprise", "public_contact", "employees",
    }  # fmt: skip


def test_values():
    columns = sql.columns(KIND["member"])
    wanted = [columns[name] for name in ("id", "name", "town", "social_enterprise", "left", "tags", "needs")]
    member = Member(id="a", name="Łąka", town="", social_enterprise=False, tags=["ł;", '"'])
    ((*values, tags, needs),) = sql.values([member], wanted)
    assert values == ["a", "Łąka", None, False, None]
    assert (json.loads(tags), needs) == (["ł;", '"'], "[]")


def test_names_are_quoted():
    assert sql.quoted('a"b') == '"a""b"'
    assert sql.insert("left", 2) == 'INSERT INTO "left" VALUES (?, ?)'
