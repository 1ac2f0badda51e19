"""Parsing TOML text into a registry, and finding what prevents that."""

import datetime
from typing import Any

import msgspec
from msgspec import Struct

from pkes.errors import Malformed
from pkes.model.dates import PartialDate
from pkes.model.records import FORMAT, KINDS, Field, Kind, Record, Registry, fields, tables
from pkes.toml import reading

_TOML_TYPES = {
    bool: "boolean", int: "integer", float: "float", str: "string", list: "array", dict: "table",
    datetime.datetime: "date-time", datetime.date: "local date", datetime.time: "local time",
}  # fmt: skip
_EXPECTED = {
    "str": "string", "int": "integer", "bool": "boolean", "date": "local date",
    "partial-date": "local date or string", "list": "array of strings",
}  # fmt: skip
# Dates stay dates: without this, msgspec would accept strings for dates.
_BUILTIN = (datetime.date, datetime.datetime, datetime.time)
_BATCH = 1_000
"""The number of records converted at once; their data is freed before the next batch."""


class ShapeFault(Struct, frozen=True):
    """A part of the data that does not have a registry's shape: its table and key, the expected and the actual type."""

    path: tuple[str, ...]
    key: str | None
    what: str
    detail: dict[str, Any]

    @property
    def names(self) -> tuple[str, ...]:
        """The keys that lead to it; an empty key is a key, too."""
        return self.path if self.key is None else (*self.path, self.key)


def parse(text: str) -> Registry:
    """Return the registry in a TOML text without a BOM.

    Raises `Malformed`, with line and column, if the text is not TOML or does not have a registry's shape.
    """
    registry, faults = examine(text)
    if faults:
        raise located(text, faults[0])
    return registry


def examine(text: str) -> tuple[Registry, list[ShapeFault]]:
    """Return as much of a registry as a TOML text contains, and each part that does not have the right shape.

    Raises `Malformed` if the text is not TOML.
    """
    data = reading.loads(text)
    faults: list[ShapeFault] = []
    parts: dict[str, Any] = {"format": _format(data, faults)}
    for kind in KINDS:
        parts[kind.table] = _kind(kind, data.pop(kind.table, None), faults)
    for key, value in data.items():
        if reading.is_deep([value]):
            faults.append(ShapeFault((), key, "nesting", {"deepest": reading.DEEPEST}))
    return Registry(**parts, extra=data), faults


def located(text: str, fault: ShapeFault) -> Malformed:
    """Return a fault as an error with its line and column in the text."""
    from pkes.toml.edit import Document

    line, column = Document(text).place(fault.path, fault.key)
    code = fault.what if fault.what in ("format", "nesting") else "shape"
    return Malformed(code, line, column, key=".".join(fault.names), **fault.detail)


def _format(data: dict[str, Any], faults: list[ShapeFault]) -> int:
    held = data.pop("format", None)
    if type(held) is not int:
        faults.append(_unlike((), "format", "integer", held))
        return FORMAT
    if not 1 <= held <= FORMAT:
        faults.append(ShapeFault((), "format", "format", {"found": held, "known": FORMAT}))
    return held


def _unlike(path: tuple[str, ...], key: str | None, expected: str, held: Any) -> ShapeFault:
    found = "nothing" if held is None else _TOML_TYPES[type(held)]
    if found == "array" and expected == "array of strings":
        found = "array with other items"
    return ShapeFault(path, key, "shape", {"expected": expected, "found": found})


def _kind(kind: Kind, held: Any, faults: list[ShapeFault]) -> Any:
    path = (kind.table,)
    if held is None and kind.name != "cluster":
        held = {}
    if not isinstance(held, dict):
        faults.append(_unlike((), kind.table, "table", held))
        held = {}
    if not kind.keyed:
        _set_unknown_apart(kind, path, held, faults)
        _read_tables(kind, path, held, faults)
        return _record(kind, path, held, faults)
    ids = list(held)
    made: dict[str, Record] = {}
    for start in range(0, len(ids), _BATCH):
        batch = {id: held.pop(id) for id in ids[start : start + _BATCH]}
        made |= _records(kind, path, batch, faults)
    return made


def _records(kind: Kind, path: tuple[str, ...], held: dict[str, Any], faults: list[ShapeFault]) -> dict[str, Record]:
    known = fields(kind.struct).keys()
    for id, data in held.items():
        if isinstance(data, dict):
            if not data.keys() <= known:
                _set_unknown_apart(kind, (*path, id), data, faults)
            data["id"] = id
    try:
        records: dict[str, Record] = _convert(held, dict[str, kind.struct])  # type: ignore[name-defined]  # made at run time
    except msgspec.ValidationError:
        # msgspec names only the first fault, and not the record.
        found = ((id, _record(kind, (*path, id), data, faults)) for id, data in held.items())
        return {id: record for id, record in found if record is not None}
    return records


def _record(kind: Kind, path: tuple[str, ...], data: Any, faults: list[ShapeFault]) -> Record | None:
    if not isinstance(data, dict):
        faults.append(_unlike(path[:-1], path[-1], "table", data))
        return None
    try:
        record: Record = _convert(data, kind.struct)
    except msgspec.ValidationError:
        for field in fields(kind.struct).values():
            _drop_unlike(kind.struct, path, field, data, faults)
        record = _convert(data, kind.struct)
    return record


def _drop_unlike(
    struct: type[Record], path: tuple[str, ...], field: Field, data: dict[str, Any], faults: list[ShapeFault]
) -> None:
    if field.name in data:
        try:
            _convert({field.name: data[field.name]}, struct)
        except msgspec.ValidationError:
            faults.append(_unlike(path, field.name, _EXPECTED[field.type], data.pop(field.name)))


def _set_unknown_apart(kind: Kind, path: tuple[str, ...], data: dict[str, Any], faults: list[ShapeFault]) -> None:
    inner = tables(kind.struct)
    known = fields(kind.struct).keys() | inner.keys()
    extra = {key: data.pop(key) for key in list(data) if key not in known or "." in key}
    for key in [key for key in extra if key.partition(".")[0] in inner]:  # a quoted key such as "en.name"
        faults.append(_unlike(path, key, "nothing", extra.pop(key)))
    _refuse_deep(path, extra, faults)
    data["extra"] = extra


def _refuse_deep(path: tuple[str, ...], values: dict[str, Any], faults: list[ShapeFault]) -> None:
    for key, value in values.items():
        if reading.is_deep([value]):
            faults.append(ShapeFault(path, key, "nesting", {"deepest": reading.DEEPEST}))


def _read_tables(kind: Kind, path: tuple[str, ...], data: dict[str, Any], faults: list[ShapeFault]) -> None:
    """Reduce the tables inside that of a record to what has their shape.

    Their unknown keys become unknown keys of the record, whose own have been set aside already.
    """
    for name, struct in tables(kind.struct).items():
        inner = data.get(name, {})
        if not isinstance(inner, dict):
            faults.append(_unlike(path, name, "table", data.pop(name)))
            continue
        known = fields(struct)
        extra = {key: inner.pop(key) for key in list(inner) if key not in known}
        _refuse_deep((*path, name), extra, faults)
        data["extra"] |= {f"{name}.{key}": value for key, value in extra.items()}
        for field in known.values():
            _drop_unlike(struct, (*path, name), field, inner, faults)


def _convert(data: Any, kind: Any) -> Any:
    return msgspec.convert(data, kind, dec_hook=_decode, builtin_types=_BUILTIN)


def _decode(kind: type, held: Any) -> PartialDate:
    """Decode the one type of the model that msgspec does not know."""
    if type(held) not in (str, datetime.date):
        raise ValueError
    return PartialDate(held)
