"""The mends of `check --fix`: correct values in a wrong spelling are brought into the right one."""

from typing import Any, cast

import msgspec

from pkes.checks.codes import CODES
from pkes.errors import WrongValue
from pkes.model.dates import PartialDate
from pkes.model.records import KINDS, Field, Record, Registry, records, values_of, with_values
from pkes.model.values import fault, read
from pkes.registry import parsing
from pkes.registry.changes import apply, compare
from pkes.text.characters import strip

FIXABLE = frozenset(code for code, known in CODES.items() if known.is_fixable)
"""The codes of the findings that have one unambiguous mend: all but a required value, and a word of no vocabulary."""


def mend(registry: Registry) -> Registry:
    """Return a registry with everything mended that has one unambiguous mend. All other faults stay as they are."""
    parts: dict[str, Any] = {}
    for kind in KINDS:
        held = {id: _mended_record(record) for id, record in records(registry, kind).items()}
        parts[kind.table] = held if kind.keyed else held[""]
    return msgspec.structs.replace(registry, **parts)


def mend_text(text: str) -> str:
    """Return the text of a registry, without a BOM, with everything mended.

    Raises `Malformed` if the text is not a registry, and `CannotEdit` for a layout that cannot be edited safely.
    """
    registry = parsing.parse(text)
    mended = mend(registry)
    return apply(text, compare(registry, mended), mended).text


def _mended_record(record: Record) -> Record:
    mended = ((field.name, value, _mended(field, value)) for field, value in values_of(record) if value is not None)
    changed = {name: new for name, value, new in mended if new is not value}
    return with_values(record, changed) if changed else record


def _mended(field: Field, value: Any) -> Any:
    """Return the mended value: the value itself if there is nothing to mend, None if it is empty and not required."""
    if isinstance(value, list):
        items = [item for item in (_mended_text(field, item) for item in value) if item is not None]
        return value if value and items == value else items or None
    if isinstance(value, PartialDate):
        return _mended_date(field, value)
    if isinstance(value, str):
        mended = _mended_text(field, value)
        return value if mended is None and field.required else mended
    return value


def _mended_text(field: Field, text: str) -> str | None:
    if not strip(text):
        return None
    found = fault(field, text)
    if found is None or found[0] not in FIXABLE:
        return text
    try:
        mended = str(read(field, text))
    except WrongValue:
        return text
    # A multi-line text may end with line ends.
    return mended + text[len(text.rstrip("\n")) :]


def _mended_date(field: Field, value: PartialDate) -> PartialDate | None:
    if not strip(str(value)):
        return None
    found = fault(field, value)
    return cast(PartialDate, read(field, str(value))) if found and found[0] == "form" else value
