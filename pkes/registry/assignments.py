"""`FIELD=VALUE` as users type it: which field of a record gets which value."""

import datetime
import re
import unicodedata
from collections.abc import Sequence
from typing import Any, TypeVar

from pkes.errors import NotFound, WrongAssignment, gathered
from pkes.i18n import in_every_language
from pkes.model.records import (
    KIND,
    Field,
    FieldType,
    Form,
    KindName,
    Record,
    Registry,
    fields,
    records,
    value_of,
    with_record,
    with_values,
)
from pkes.model.values import read, read_list
from pkes.registry.selection import find_member, find_sector, known_field
from pkes.text.characters import strip
from pkes.text.collation import fold
from pkes.text.items import split

R = TypeVar("R", bound=Record)

_ASSIGNMENT = re.compile(r"\s*(\w(?:[\w .-]*?\w)?)\s*(\+=|-=|=)(.*)", re.DOTALL)

_TITLED = re.compile(r"\s*([^=]+?)\s*(\+=|-=|=)(.*)", re.DOTALL)


def assign(registry: Registry, record: R, texts: Sequence[str]) -> R:
    """Return a record of a registry with assignments applied.

    `FIELD=VALUE` sets a field and `FIELD=` clears it; `LIST=a; b` replaces a list, `LIST+=ITEM` and `LIST-=ITEM` add
    and remove items, separated the same way; adding a present item or removing an absent one changes nothing. An
    unknown key that the record has takes precedence over the title of a field, and keeps its type. A member that a
    field refers to may be named as elsewhere. Raises `WrongAssignment` (naming the field, or the number of an argument
    that is no assignment), `Ambiguous`, `UnknownName` and `WrongValue`; `Several` if more than one is wrong.
    """
    values: dict[str, Any] = {}
    set_by: dict[str, str] = {}
    extra = {**record.extra}
    with gathered() as step:
        for number, text in enumerate(texts, 1):
            with step():
                name, sign, value = _split(number, text, record)
                field = _unknown(name, record.extra[name], value) if name in extra else _field(type(record), name)
                if "=" in (sign, set_by.get(field.name)) and field.name in set_by:
                    raise WrongAssignment(field.name, "twice")
                set_by[field.name] = sign
                if sign == "=":
                    values[field.name] = typed_value(registry, field, value)
                else:
                    held = extra.get(field.name) if name in extra else value_of(record, field.name)
                    values[field.name] = _edited_list(field, values.get(field.name, held), sign, value)
    extra = {key: value for key in extra if (value := values.pop(key, extra[key])) is not None}
    return with_values(record, {**values, "extra": extra})


def edit(registry: Registry, kind: KindName, id: str | None, texts: Sequence[str]) -> Registry:
    """Return a registry with assignments applied to a record; the id of the cluster and the policy is None.

    Raises what `assign` raises.
    """
    return with_record(registry, assign(registry, records(registry, KIND[kind])[id or ""], texts))


def _split(number: int, text: str, record: Record) -> tuple[str, str, str]:
    """Return the text before the operator, the operator, and the text after it.

    The record's unknown keys, and the titles of fields, may contain any characters.
    """
    own = (re.fullmatch(rf"\s*({re.escape(key)})\s*(\+=|-=|=)(.*)", text, re.DOTALL) for key in record.extra)
    found = next(filter(None, own), None) or _ASSIGNMENT.fullmatch(text)
    if not found and (titled := _TITLED.fullmatch(text)) and _is_title(type(record), titled[1]):
        found = titled
    if not found:
        # The text is not repeated: it may be personal.
        raise WrongAssignment(str(number), "form")
    return found[1], found[2], found[3]


def _is_title(struct: type[Record], name: str) -> bool:
    titles = (title for field in fields(struct).values() for title in in_every_language(field.title))
    return fold(name) in map(fold, titles)


def _field(struct: type[Record], name: str) -> Field:
    name = known_field(struct, name)
    if name == "id":
        raise WrongAssignment(name, "by-command")
    field = fields(struct)[name]
    if field.by_command:
        raise WrongAssignment(field.name, "by-command")
    return field


def _unknown(key: str, held: Any, text: str) -> Field:
    """Return a field for an unknown key, with the type of its present value."""
    if key == "id" and strip(text):
        raise WrongAssignment(key, "by-command")
    types: dict[type, FieldType] = {bool: "bool", int: "int", datetime.date: "date"}
    is_list = isinstance(held, list) and all(isinstance(item, str) for item in held)
    form: Form = "text" if isinstance(held, str) and "\n" in held else "line"
    return Field(
        key, "list" if is_list else types.get(type(held), "str"), title=key, description="", form=form, required=False,
        personal=False, by_command=False, choices=(), past=False, shared=False,
    )  # fmt: skip


def typed_value(registry: Registry, field: Field, text: str) -> Any:
    """Return the value of a field that a text means, None for an empty one. Raises as `assign` does."""
    if strip(text):
        if field.type == "list":
            return list(dict.fromkeys(read_list(field, text)))
        value = read(field, text)
        if field.form == "sector":
            return find_sector(registry, str(value))
        return _member(registry, str(value)) if field.form == "member" else value
    if field.required:
        raise WrongAssignment(field.name, "required")
    return None


def _member(registry: Registry, wanted: str) -> str:
    """Return the id of the member that is meant; what means none is left to the rule on references."""
    try:
        return find_member(registry, wanted).id
    except NotFound:
        return wanted


def _edited_list(field: Field, held: list[str] | None, sign: str, text: str) -> list[str] | None:
    if field.type != "list":
        raise WrongAssignment(field.name, "not-list")
    items = held or []
    if sign == "-=" and strip(text):
        # The present value may be in another spelling, or contain characters that may not be typed.
        gone = {_plain(text), *map(_plain, split(text))}
        return [one for one in items if _plain(one) not in gone] or None if items else held
    known = set(map(_plain, items))
    new = [item for item in dict.fromkeys(read_list(field, text)) if item not in known]
    return [*items, *new] if new else held


def _plain(item: str) -> str:
    return strip(unicodedata.normalize("NFC", item))
