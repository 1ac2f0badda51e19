"""The JSON Schema of a registry's file (draft 2020-12), made of the model: for editors that know TOML.

They take a TOML date as the text that stands there, so that a date is a string here. What a schema cannot say is left
to `check`: what refers to what, check digits, and that a date is not in quotes.
"""

from collections.abc import Callable
from typing import Any

from pkes.i18n import N_
from pkes.model.records import FORMAT, ID, KINDS, Field, Kind, KindName, fields

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

_DAY = "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_TYPES: dict[str, Schema] = {
    "str": {"type": "string"},
    "int": {"type": "integer", "minimum": 0},
    "bool": {"type": "boolean"},
    "date": {"type": "string", "format": "date", "pattern": f"^{_DAY}$"},
    "partial-date": {"type": "string", "pattern": f"^([0-9]{{4}}(-(0[1-9]|1[0-2]))?|{_DAY})$"},
    "list": {"type": "array", "items": {"type": "string"}},
}
_FORMS: dict[str, Schema] = {
    "postal-code": {"pattern": "^[0-9]{2}-[0-9]{3}$"},
    "krs": {"pattern": "^[0-9]{10}$", "not": {"const": "0000000000"}},
    "nip": {"pattern": "^[0-9]{10}$"},
    "regon": {"pattern": "^([0-9]{9}|[0-9]{14})$"},
}


def schema(translate: Translate) -> Schema:
    """Return the schema of the file; its titles and descriptions are translated."""
    tables = {kind.table: _table(kind, translate) for kind in KINDS}
    format = {"description": translate(_FORMAT), "type": "integer", "enum": list(range(1, FORMAT + 1))}
    return {
        "$schema": DIALECT,
        "title": translate(_FILE),
        **_object({"format": format, **tables}, ["format", "cluster"]),
        "$defs": {kind.name: _record(kind, translate) for kind in KINDS if kind.keyed},
    }


def _table(kind: Kind, translate: Translate) -> Schema:
    description = {"description": translate(_TABLES[kind.table])}
    if not kind.keyed:
        return description | _record(kind, translate)
    return description | {
        "type": "object",
        "propertyNames": {"pattern": f"^{ID.pattern}$"},
        "additionalProperties": {"$ref": f"#/$defs/{kind.name}"},
    }


def _record(kind: Kind, translate: Translate) -> Schema:
    known = fields(kind.struct)
    described = {"description": translate(_RECORDS[kind.name])} if kind.keyed else {}
    properties = {name: _field(field, translate) for name, field in known.items()}
    record = described | _object(properties, [name for name, field in known.items() if field.required])
    # Who asked, and where the answer goes, is what an erased inquiry no longer says.
    who = [_one_of_these("name", "person"), _one_of_these("email", "phone")]
    return record | {"if": {"required": ["erased"]}, "else": {"allOf": who}} if kind.name == "inquiry" else record


def _field(field: Field, translate: Translate) -> Schema:
    about = {"title": translate(field.title), "description": translate(field.description)}
    if field.choices:
        return about | {"type": "string", "enum": list(field.choices)}
    not_empty = {"minLength": 1} if field.required and field.type == "str" else {}
    return about | _TYPES[field.type] | _FORMS.get(field.form, {}) | not_empty


def _object(properties: Schema, required: list[str]) -> Schema:
    """Return the schema of a table that has no other keys."""
    needed = {"required": required} if required else {}
    return {"type": "object", "properties": properties, **needed, "additionalProperties": False}


def _one_of_these(*names: str) -> Schema:
    """Return the schema of a table in which one of these texts is there, and not empty."""
    return {"anyOf": [{"required": [name], "properties": {name: {"minLength": 1}}} for name in names]}
