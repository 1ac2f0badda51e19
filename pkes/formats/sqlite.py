"""SQLite: a database to browse with Datasette or any SQL client, and the way out when a registry outgrows a file.

A table a kind, keyed by `id`; `sectors` among them. A list has a table of its own: `members_offers` with `member`,
`position` (from 1) and `value`. What refers to another record is a foreign key where all that it refers to is there.
"""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from pkes.formats.records import Export, all_columns
from pkes.model.records import KIND, Kind, Record, value_of
from pkes.registry import sql


class _Table(NamedTuple):
    """A table to be made: a kind, its records by id, and its columns, lists among them."""

    kind: Kind
    records: Mapping[str, Record]
    columns: Sequence[sql.Column]


def write(export: Export) -> Iterator[bytes]:
    """Yield a database whole. `id` is always in it; equal exports are equal bytes."""
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
    """Return what makes a column a foreign key, "" where it is none, or one that would not hold."""
    target = made.get(column.field.form) if column.field else None
    if target is None:
        return ""
    held = {getattr(record, column.name) for record in table.records.values()} - {None, ""}
    return f" REFERENCES {sql.quoted(target.kind.table)} (id)" if held <= target.records.keys() else ""


def _is_list(column: sql.Column) -> bool:
    return column.field is not None and column.field.type == "list"
