"""SQL over the registry: its tables in memory, read-only."""

import sqlite3
from functools import partial
from typing import Any, NamedTuple

from pkes.errors import WrongQuery
from pkes.model.records import Registry, records
from pkes.registry import tables
from pkes.text.collation import collation_key
from pkes.text.unique_names import distinct

_ALLOWED = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_RECURSIVE, sqlite3.SQLITE_FUNCTION}
_STEPS = 100_000
"""So many steps of SQLite's machine take some milliseconds: how long Ctrl-C may go unheard."""
_LONGEST = 100_000_000
"""The most bytes of a value that a query may make."""


class Result(NamedTuple):
    """What a query gave: the names of its columns, no two the same, and its rows of None, int, float and str."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]


def run(registry: Registry, sql: str) -> Result:
    """Return what a statement of SQL selects from `members`, `inquiries` and `sectors`; `tables` says what they hold.

    `COLLATE polish` sorts as Polish does. A BLOB comes as its hexadecimal digits. The second of two columns `name` is
    `name_2`. Raises `WrongQuery`, and `KeyboardInterrupt`, which ends a query however long it would take.
    """
    database = sqlite3.connect(":memory:", isolation_level=None)
    try:
        _fill(database, registry)
        _restrict(database)
        return _result(database, sql)
    finally:
        database.close()


def _fill(database: sqlite3.Connection, registry: Registry) -> None:
    """Make the tables and put the records in."""
    for kind in tables.KINDS:
        columns = tables.columns(kind).values()
        shapes = ", ".join(f"{tables.quoted(column.name)} {column.type}" for column in columns)
        database.execute(f"CREATE TABLE {kind.table} ({shapes}, PRIMARY KEY (id)) WITHOUT ROWID")
        rows = tables.values(records(registry, kind).values(), tuple(columns))
        database.executemany(tables.insert(kind.table, len(columns)), rows)
    database.create_collation("polish", _compare)


def _restrict(database: sqlite3.Connection) -> None:
    """Let a connection do nothing but read what it holds."""
    # SQLite makes these tables when they are first used, which takes a right that nobody has from here on.
    for table in ("json_each('[]')", "json_tree('[]')"):
        database.execute(f"SELECT 1 FROM {table}")
    database.execute("PRAGMA query_only = 1")
    database.set_authorizer(_allow)
    # Ctrl-C is heard where Python runs, which is never inside one step.
    database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
    database.set_progress_handler(lambda: 0, _STEPS)
    database.text_factory = partial(str, encoding="utf-8", errors="replace")


def _allow(action: int, _first: str | None, second: str | None, *_place: str | None) -> int:
    is_read = action in _ALLOWED and second != "load_extension"
    return sqlite3.SQLITE_OK if is_read else sqlite3.SQLITE_DENY


def _result(database: sqlite3.Connection, sql: str) -> Result:
    try:
        # An argument may not be UTF-8; then neither is it SQL, and SQLite says so.
        cursor = database.execute(sql.encode(errors="backslashreplace").decode())
        rows = [tuple(map(_shown, row)) for row in cursor]
    except (sqlite3.Error, sqlite3.Warning) as error:
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_INTERRUPT:
            # Nobody but Ctrl-C interrupts; what Python raised then was lost in SQLite.
            raise KeyboardInterrupt from None
        raise WrongQuery(" ".join(str(error).split())) from None
    if cursor.description is None:
        raise WrongQuery("")
    names = (column[0] for column in cursor.description)
    return Result(tuple(distinct(names, "{name}_{number}")), rows)


def _shown(value: Any) -> Any:
    return value.hex() if isinstance(value, bytes) else value


def _compare(one: str, other: str) -> int:
    first, second = collation_key(one), collation_key(other)
    return (first > second) - (first < second)
