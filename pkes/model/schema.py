"""The JSON Schema of a registry's file (draft 2020-12), generated from the model, for editors that support TOML.

Editors treat a TOML date as its text, so a date is a string here. A schema cannot express everything: references, check
digits, and that a date must not be quoted are left to `check`. Anything that `check` only warns about is valid: an
unknown key, an empty value, a number written with dashes.
"""

from collections.abc import Callable, Collection
from typing import Any

from pkes.i18n import N_
from pkes.model.records import FORMAT, ID, KINDS, Field, Kind, KindName, fields, tables

Schema = dict[str, Any]
Translate = Callable[[str], str]

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_FILE = N_("The registry of a cluster")
_FORMAT = N_("Format of the file")
_TABLES: dict[str, str] = {
    "cluster": N_("The cluster's own profile"),
    "policy": N_("How soon an inquiry is answered, and how long it is kept"),
    "sectors": N_("The sectors, by id"),
    "members": N_("The members, current and former, by id"),
    "inquiries": N_("Who asked the cluster for something, by id"),
}
_RECORDS: dict[KindName, str] = {
    "sector": N_("A sector"),
    "member": N_("A member"),
    "inquiry": N_("An inquiry"),
}
_INNER: dict[tuple[KindName, str], str] = {
    ("cluster", "en"): N_("What the cluster says of itself in English"),
}


def _or_blank(pattern: str) -> str:
    return rf"^\s*({pattern})?\s*$"


_DAY = "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_TYPES: dict[str, Schema] = {
    "str": {"type": "string"},
    "int": {"type": "integer", "minimum": 0},
    "bool": {"type": "boolean"},
    "date": {"type": "string", "format": "date", "pattern": f"^{_DAY}$"},
    "partial-date": {"type": "string", "pattern": _or_blank(f"[0-9]{{4}}(-(0[1-9]|1[0-2]))?|{_DAY}")},
    "list": {"type": "array", "items": {"type": "string"}},
}
# Every text from which `spelling` can make an address or a number is valid here; its spelling is left to `check`.
_BETWEEN = "[^0-9A-Za-z]*"
_DIGIT = f"{_BETWEEN}[0-9]"
_PATTERNS: dict[str, str] = {
    "email": r"[^\s@]+@[^\s@.]+(\.[^\s@.]+)+",
    "phone": rf"[^0-9@]*[0-9]({_DIGIT}){{5,}}([^0-9@]*[0-9]{{1,7}})?{_BETWEEN}",
    "website": r"([A-Za-z]+://)?[^\s/?#:@.]+(\.[^\s/?#:@.]+)+(:[0-9]{1,5})?([/?#]\S*)?",
    "postal-code": rf"({_DIGIT}){{5}}{_BETWEEN}",
    # Spreadsheets drop all leading zeros of a number.
    "krs": rf"(?!({_BETWEEN}0)+{_BETWEEN}$)(({_DIGIT}){{10}}|{_BETWEEN}[1-9]({_DIGIT}){{0,9}}){_BETWEEN}",
    "nip": rf"{_BETWEEN}([Pp][Ll])?({_DIGIT}){{10}}{_BETWEEN}",
    "regon": rf"({_DIGIT}){{9}}(({_DIGIT}){{5}})?{_BETWEEN}",
}


def schema(translate: Translate, sectors: Collection[str] = ()) -> Schema:
    """Return the schema of the file; its titles and descriptions are translated.

    `sectors` are the ids of a registry's sectors: if there are any, no other value is valid.
    """
    tables = {kind.table: _table(kind, translate, sectors) for kind in KINDS}
    format = {"description": translate(_FORMAT), "type": "integer", "enum": list(range(1, FORMAT + 1))}
    return {
        "$schema": DIALECT,
        "title": translate(_FILE),
        **_object({"format": format, **tables}, ["format", "cluster"]),
        "$defs": {kind.name: _record(kind, translate, sectors) for kind in KINDS if kind.keyed},
    }


def _table(kind: Kind, translate: Translate, sectors: Collection[str]) -> Schema:
    description = {"description": translate(_TABLES[kind.table])}
    if not kind.keyed:
        return description | _record(kind, translate, sectors)
    return description | {
        "type": "object",
        "propertyNames": {"pattern": f"^{ID}$"},
        "additionalProperties": {"$ref": f"#/$defs/{kind.name}"},
    }


def _record(kind: Kind, translate: Translate, sectors: Collection[str]) -> Schema:
    known = fields(kind.struct)
    properties = {name: _field(field, translate, sectors) for name, field in known.items() if "." not in name}
    for table, struct in tables(kind.struct).items():
        inner = {name: _field(field, translate, sectors) for name, field in fields(struct).items()}
        properties[table] = {"description": translate(_INNER[kind.name, table]), **_object(inner, [])}
    record = _object(properties, [name for name, field in known.items() if field.required])
    if kind.keyed:
        # The id is the key of the table and cannot be a field in it.
        record = {"description": translate(_RECORDS[kind.name]), **record, "not": {"required": ["id"]}}
    # An erased inquiry no longer says who asked and how to reach them.
    who = [_one_of_these("name", "person"), _one_of_these("email", "phone")]
    return record | {"if": {"required": ["erased"]}, "else": {"allOf": who}} if kind.name == "inquiry" else record


def _field(field: Field, translate: Translate, sectors: Collection[str]) -> Schema:
    about = {"title": translate(field.title), "description": translate(field.description)}
    if field.choices:
        return about | {"type": "string", "enum": list(field.choices)}
    if field.form == "sector" and sectors:
        return about | {"type": "string", "enum": [*sectors] if field.required else [*sectors, ""]}
    form = {"pattern": _or_blank(_PATTERNS[field.form])} if field.form in _PATTERNS else {}
    not_empty = {"minLength": 1} if field.required and field.type == "str" else {}
    return about | _TYPES[field.type] | form | not_empty


def _object(properties: Schema, required: list[str]) -> Schema:
    needed = {"required": required} if required else {}
    return {"type": "object", "properties": properties, **needed}


def _one_of_these(*names: str) -> Schema:
    """Return the schema of a table that has at least one of these texts, not empty."""
    return {"anyOf": [{"required": [name], "properties": {name: {"minLength": 1}}} for name in names]}
