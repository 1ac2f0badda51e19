"""What a record is found by where its id says nothing.

A member by its NIP, its KRS and its name, an inquiry by the day it was received with its e-mail or its phone.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from typing import Any, TypeAlias

from pkes.model.names import bare_name
from pkes.model.records import Kind, Record
from pkes.model.spelling import CANONICAL
from pkes.text.characters import strip

Mark: TypeAlias = tuple[Any, ...]
"""The name of a field, and what is found by it."""

_FIELDS = {"member": ("nip", "krs", "name"), "inquiry": ("received", "email", "phone")}
_MOST = 10
"""So many records of one mark are enough to be too many."""


def of_values(kind: Kind, values: Mapping[str, Any]) -> list[Mark]:
    """Return the marks of a record with these values, numbers and addresses in their usual spelling."""
    if kind.name == "member":
        marks: list[Mark] = [(name, values[name]) for name in ("nip", "krs") if values.get(name)]
        if name := bare_name(values.get("name") or ""):
            marks.append(("name", name))
        return marks
    if not (received := values.get("received")):
        return []
    return [(name, received, values[name].casefold()) for name in ("email", "phone") if values.get(name)]


def of_record(kind: Kind, record: Record | None, values: Mapping[str, Any]) -> list[Mark]:
    """Return the marks that a record, or a new one, has with other values."""
    held = _values(record, _FIELDS[kind.name]) if record else {}
    return of_values(kind, {**held, **values})


def ids(kind: Kind, records: Mapping[str, Record], wanted: Set[Mark]) -> Mapping[Mark, Sequence[str]]:
    """Return the ids of the records on record that have one of the marks, by mark."""
    names = [name for name in _FIELDS[kind.name] if any(mark[0] == name for mark in wanted)]
    days = {mark[1] for mark in wanted}
    found: dict[Mark, list[str]] = defaultdict(list)
    for id, record in records.items():
        received = getattr(record, "received", None)
        # Reading phone numbers takes long: those of other days are left alone.
        if kind.name == "member" or received in days:
            for mark in of_values(kind, {**_values(record, names), "received": received}):
                if mark in wanted and len(found[mark]) < _MOST:
                    found[mark].append(id)
    return found


def _values(record: Record, names: Sequence[str]) -> dict[str, Any]:
    return {name: _usual(name, getattr(record, name)) for name in names}


def _usual(name: str, value: Any) -> Any:
    """Return a value in its usual spelling; what has none stands for itself."""
    if name not in CANONICAL or not value or value.isdigit():
        return value
    return CANONICAL[name](strip(value)) or value
