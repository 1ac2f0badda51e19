"""The kinds of record as SQL tables: their columns, and their values as SQLite holds them.

`""` is NULL here, as an absent value is. Dates are texts `YYYY-MM-DD`, booleans 0 and 1.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Literal, NamedTuple

from pkes.model.records import KIND, Field, Kind, Record, fields

KINDS = (KIND["member"], KIND["inquiry"], KIND["sector"])
"""The kinds that have a table, which has the name of the kind's own."""


class Column(NamedTuple):
    """A column of a table: its name, its SQL type, and the field it holds, None for `id`."""

    name: str
    type: Literal["TEXT", "INTEGER"]
    field: Field | None


def columns(kind: Kind) -> dict[str, Column]:
    """Return the columns of a kind's table by name: `id`, then every field in the model's order.

    A list is a text: a JSON array.
    """
    known = fields(kind.struct)
    found = {"id": Column("id", "TEXT", None)}
    for name, field in known.items():
        found[name] = Column(name, "INTEGER" if field.type in ("bool", "int") else "TEXT", field)
    return found


def quoted(name: str) -> str:
    """Return a name as an identifier of SQL."""
    return '"' + name.replace('"', '""') + '"'


def insert(table: str, width: int) -> str:
    """Return the statement that puts a row of so many values into a table."""
    return f"INSERT INTO {quoted(table)} VALUES ({', '.join('?' * width)})"


def values(records: Iterable[Record], wanted: Sequence[Column]) -> Iterator[list[Any]]:
    """Yield the values of the wanted columns of each record."""
    kinds = [column.field.type if column.field else "str" for column in wanted]
    special = [(number, _AS_SQL[kind]) for number, kind in enumerate(kinds) if kind in _AS_SQL]
    names = [column.name for column in wanted]
    for record in records:
        row = [getattr(record, name) or None for name in names]
        for number, as_sql in special:
            row[number] = as_sql(getattr(record, names[number]))
        yield row


def _text(value: Any) -> str | None:
    return None if value is None else str(value) or None


def _array(value: list[str] | None) -> str:
    return json.dumps(value or [], ensure_ascii=False)


def _same(value: Any) -> Any:
    return value


# Of booleans and numbers, false and 0 are values like others.
_AS_SQL: dict[str, Callable[[Any], Any]] = {
    "bool": _same, "int": _same, "date": _text, "partial-date": _text, "list": _array,
}  # fmt: skip
