"""SQLite: a database to browse with Datasette or any SQL client, and the way out when a registry outgrows a file.

There is a table for each kind, including `sectors`, keyed by `id`. A list has its own table: `members_offers` with
`member`, `position` (from 1) and `value`. A reference to another record is a foreign key if all the records that it
refers to are in the database.
"""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from pkes.formats.records import Export, all_columns
from pkes.model.records import KIND, Kind, Record, value_of
from pkes.registry import sql


class _Table(NamedTuple):
    """A table to create: a kind, its records by id, and its columns, including those of lists."""

    kind: Kind
    records: Mapping[str, Record]
    columns: Sequence[sql.Column]


def write(export: Export) -> Iterator[bytes]:
    """Yield a whole database. It always contains `id`; equal exports give equal bytes."""
    sectors = Export(KIND["sector"], all_columns(KIND["sector"]), list(export.sectors.values()))
    exports = [sectors, export, *export.others]
    made: dict[str, _Table] = {one.kind.name: _table(one) for one in exports}
    database = sqlite3.connect(":memory:", isolation_level=None)
    try:
        database.execute("BEGIN")
        for table in made.values():
            _fill(database, table, made)
        database.execute("COMMIT")
        yield database.serialize()
    finally:
        database.close()


def _table(export: Export) -> _Table:
    columns = sql.columns(export.kind)
    wanted = dict.fromkeys(("id", *export.columns))
    return _Table(export.kind, {record.id: record for record in export.records}, [columns[name] for name in wanted])


def _fill(database: sqlite3.Connection, table: _Table, made: Mapping[str, _Table]) -> None:
    name = table.kind.table
    single = [column for column in table.columns if not _is_list(column)]
    shapes = [f"{_shape(column)}{_reference(column, table, made)}" for column in single]
    database.execute(f"CREATE TABLE {sql.quoted(name)} ({', '.join(shapes)})")
    database.executemany(sql.insert(name, len(single)), sql.values(table.records.values(), single))
    for column in table.columns:
        if _is_list(column):
            _fill_list(database, table.kind, column, table.records.values())


def _fill_list(database: sqlite3.Connection, kind: Kind, column: sql.Column, records: Any) -> None:
    name = f"{kind.table}_{column.name}"
    owner = sql.quoted(kind.name)
    database.execute(
        f"CREATE TABLE {sql.quoted(name)} ("
        f"{owner} TEXT NOT NULL REFERENCES {sql.quoted(kind.table)} (id),"
        f" position INTEGER NOT NULL, value TEXT NOT NULL, PRIMARY KEY ({owner}, position))"
    )
    rows = (
        (record.id, position, item)
        for record in records
        for position, item in enumerate(value_of(record, column.holds) or (), 1)
    )
    database.executemany(sql.insert(name, 3), rows)


def _shape(column: sql.Column) -> str:
    name = sql.quoted(column.name)
    if column.field is None:
        return f"{name} TEXT NOT NULL PRIMARY KEY"
    check = f" CHECK ({name} IN (0, 1))" if column.field.type == "bool" else ""
    return f"{name} {column.type}{check}"


def _reference(column: sql.Column, table: _Table, made: Mapping[str, _Table]) -> str:
    """Return the clause that makes a column a foreign key, or "" if it is none or some references would fail."""
    target = made.get(column.field.form) if column.field else None
    if target is None:
        return ""
    held = {getattr(record, column.name) for record in table.records.values()} - {None, ""}
    return f" REFERENCES {sql.quoted(target.kind.table)} (id)" if held <= target.records.keys() else ""


def _is_list(column: sql.Column) -> bool:
    return column.field is not None and column.field.type == "list"
