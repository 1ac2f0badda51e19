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
"""The kinds that have a table, named as the kind's table in the file."""


class Column(NamedTuple):
    """A column of a table: its name, its SQL type, and its field (None for `id`).

    The column of the field `en.name` is `en_name`: in SQL, a dot separates table and column.
    """

    name: str
    type: Literal["TEXT", "INTEGER"]
    field: Field | None

    @property
    def holds(self) -> str:
        """The name of its field, or `id`."""
        return self.field.name if self.field else "id"


def columns(kind: Kind) -> dict[str, Column]:
    """Return the columns of a kind's table by field: `id`, then every field in the model's order.

    A list is stored as text: a JSON array.
    """
    known = fields(kind.struct)
    found = {"id": Column("id", "TEXT", None)}
    for name, field in known.items():
        found[name] = Column(name.replace(".", "_"), "INTEGER" if field.type in ("bool", "int") else "TEXT", field)
    return found


def quoted(name: str) -> str:
    """Return a name as a quoted SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def insert(table: str, width: int) -> str:
    """Return the statement that inserts a row of `width` values into a table."""
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


# For booleans and numbers, false and 0 are ordinary values; so is an empty id.
_AS_SQL: dict[str, Callable[[Any], Any]] = {
    "id": _same, "bool": _same, "int": _same, "date": _text, "partial-date": _text, "list": _array,
}  # fmt: skip


_ALLOWED = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_RECURSIVE, sqlite3.SQLITE_FUNCTION}
_STEPS = 100_000
"""The steps of SQLite's virtual machine between two checks for Ctrl-C; they take a few milliseconds."""
_LONGEST = 100_000_000
"""The maximum size in bytes of a value in a query."""


class Result(NamedTuple):
    """The result of a query: its column names, made unique, and its rows of None, int, float and str."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]


def run(registry: Registry, sql: str) -> Result:
    """Return what a statement of SQL selects from `members`, `inquiries` and `sectors`; `tables` describes them.

    `COLLATE polish` sorts as Polish does. A BLOB comes as its hexadecimal digits. The second of two columns `name` is
    `name_2`. Raises `WrongQuery`, and `KeyboardInterrupt`, which stops even a long query.
    """
    database = sqlite3.connect(":memory:", isolation_level=None)
    try:
        _fill(database, registry)
        _restrict(database)
        return _result(database, sql)
    finally:
        database.close()


def _fill(database: sqlite3.Connection, registry: Registry) -> None:
    """Create the tables and insert the records."""
    for kind in KINDS:
        known = columns(kind).values()
        shapes = ", ".join(f"{quoted(column.name)} {column.type}" for column in known)
        database.execute(f"CREATE TABLE {kind.table} ({shapes}, PRIMARY KEY (id)) WITHOUT ROWID")
        rows = values(records(registry, kind).values(), tuple(known))
        database.executemany(insert(kind.table, len(known)), rows)
    database.create_collation("polish", _compare)


def _restrict(database: sqlite3.Connection) -> None:
    """Restrict a connection to reading its own tables."""
    # SQLite creates these tables on first use, which is forbidden from here on.
    for table in ("json_each('[]')", "json_tree('[]')"):
        database.execute(f"SELECT 1 FROM {table}")
    database.execute("PRAGMA query_only = 1")
    database.set_authorizer(_allow)
    # Ctrl-C is handled only while Python code runs, so give it a chance between steps.
    database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
    database.set_progress_handler(lambda: 0, _STEPS)
    database.text_factory = partial(str, encoding="utf-8", errors="replace")


def _allow(action: int, _first: str | None, second: str | None, *_place: str | None) -> int:
    is_read = action in _ALLOWED and second != "load_extension"
    return sqlite3.SQLITE_OK if is_read else sqlite3.SQLITE_DENY


def _result(database: sqlite3.Connection, sql: str) -> Result:
    try:
        # An argument that is not UTF-8 is not SQL either; SQLite reports that.
        cursor = database.execute(sql.encode(errors="backslashreplace").decode())
        rows = [tuple(cell.hex() if isinstance(cell, bytes) else cell for cell in row) for row in cursor]
    except (sqlite3.Error, sqlite3.Warning) as error:
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_INTERRUPT:
            # Only Ctrl-C interrupts; SQLite swallowed the exception that Python raised.
            raise KeyboardInterrupt from None
        raise WrongQuery(" ".join(str(error).split())) from None
    if cursor.description is None:
        raise WrongQuery("")
    names = (column[0] for column in cursor.description)
    return Result(tuple(distinct(names, "{name}_{number}")), rows)


def _compare(one: str, other: str) -> int:
    first, second = collation_key(one), collation_key(other)
    return (first > second) - (first < second)
