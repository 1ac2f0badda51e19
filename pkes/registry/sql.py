"""SQL over the registry: its tables in memory, read-only."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from operator import attrgetter
from typing import Any, Literal, NamedTuple

from pkes.errors import WrongQuery
from pkes.model.records import KIND, Field, Kind, Record, Registry, fields, records
from pkes.text.collation import collation_key
from pkes.text.unique_names import distinct

KINDS = (KIND["member"], KIND["inquiry"], KIND["sector"])
"""The kinds that have a table, which has the name of the kind's own."""


class Column(NamedTuple):
    """A column of a table: its name, its SQL type, and the field it holds, None for `id`.

    That of the field `en.name` is `en_name`: SQL would take a dot for that of a table.
    """

    name: str
    type: Literal["TEXT", "INTEGER"]
    field: Field | None

    @property
    def holds(self) -> str:
        """The name of the field that it holds, or `id`."""
        return self.field.name if self.field else "id"


def columns(kind: Kind) -> dict[str, Column]:
    """Return the columns of a kind's table by field: `id`, then every field in the model's order.

    A list is a text: a JSON array.
    """
    known = fields(kind.struct)
    found = {"id": Column("id", "TEXT", None)}
    for name, field in known.items():
        found[name] = Column(name.replace(".", "_"), "INTEGER" if field.type in ("bool", "int") else "TEXT", field)
    return found


def quoted(name: str) -> str:
    """Return a name as an identifier of SQL."""
    return '"' + name.replace('"', '""') + '"'


def insert(table: str, width: int) -> str:
    """Return the statement that puts a row of so many values into a table."""
    return f"INSERT INTO {quoted(table)} VALUES ({', '.join('?' * width)})"


def values(records: Iterable[Record], wanted: Sequence[Column]) -> Iterator[list[Any]]:
    """Yield the values of the wanted columns of each record."""
    kinds = [column.field.type if column.field else "id" for column in wanted]
    special = [(number, _AS_SQL[kind]) for number, kind in enumerate(kinds) if kind in _AS_SQL]
    getters = [attrgetter(column.holds) for column in wanted]
    for record in records:
        row = [get(record) or None for get in getters]
        for number, as_sql in special:
            row[number] = as_sql(getters[number](record))
        yield row


def _text(value: Any) -> str | None:
    return None if value is None else str(value) or None


def _array(value: list[str] | None) -> str:
    return json.dumps(value or [], ensure_ascii=False)


def _same(value: Any) -> Any:
    return value


# Of booleans and numbers, false and 0 are values like others; so is the empty one of ids.
_AS_SQL: dict[str, Callable[[Any], Any]] = {
    "id": _same, "bool": _same, "int": _same, "date": _text, "partial-date": _text, "list": _array,
}  # fmt: skip


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
    for kind in KINDS:
        known = columns(kind).values()
        shapes = ", ".join(f"{quoted(column.name)} {column.type}" for column in known)
        database.execute(f"CREATE TABLE {kind.table} ({shapes}, PRIMARY KEY (id)) WITHOUT ROWID")
        rows = values(records(registry, kind).values(), tuple(known))
        database.executemany(insert(kind.table, len(known)), rows)
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
        rows = [tuple(cell.hex() if isinstance(cell, bytes) else cell for cell in row) for row in cursor]
    except (sqlite3.Error, sqlite3.Warning) as error:
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_INTERRUPT:
            # Nobody but Ctrl-C interrupts; what Python raised then was lost in SQLite.
            raise KeyboardInterrupt from None
        raise WrongQuery(" ".join(str(error).split())) from None
    if cursor.description is None:
        raise WrongQuery("")
    names = (column[0] for column in cursor.description)
    return Result(tuple(distinct(names, "{name}_{number}")), rows)


def _compare(one: str, other: str) -> int:
    first, second = collation_key(one), collation_key(other)
    return (first > second) - (first < second)
