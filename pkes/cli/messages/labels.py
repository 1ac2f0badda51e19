"""Labels of fields and vocabulary words for exports that people read."""

from collections.abc import Mapping
from typing import Any

from pkes.errors import WrongValue
from pkes.formats.records import Labels
from pkes.i18n import _, language_in_use
from pkes.importing.rows import Reader, cleaned, reader
from pkes.model.records import Field, Kind, Registry, fields
from pkes.model.words import SHEETS


def labels(kind: Kind, registry: Registry) -> Labels:
    """Return the titles and labels of a kind in the language of the user.

    Only labels that an import can read back are used: if two sectors have the same label, both keep their ids. The
    cluster is not imported, so its coordinator is shown by name.
    """
    known = fields(kind.struct)
    titles = {"id": _("Id")} | {name: _(field.title) for name, field in known.items()}
    values: dict[str, Mapping[Any, str]]
    if kind.keyed:
        read = reader(registry)
        values = {name: _read_back(read, field, registry) for name, field in known.items() if _is_labelled(field)}
    else:
        names = {id: member.name or id for id, member in registry.members.items()}
        values = {name: names for name, field in known.items() if field.form == "member"}
    return Labels(_(SHEETS[kind.name]), titles, values)


def _is_labelled(field: Field) -> bool:
    return field.type == "bool" or field.form in ("choice", "sector")


def _read_back(read: Reader, field: Field, registry: Registry) -> dict[Any, str]:
    """Return the labels of a field by value, as far as they are read back as that value."""
    labels: dict[Any, str]
    if field.type == "bool":
        labels = {True: _("yes"), False: _("no")}
    elif field.form == "sector":
        labels = {id: sector.label(language_in_use()) for id, sector in registry.sectors.items()}
    else:
        labels = {choice: _(choice) for choice in field.choices}
    return {value: label for value, label in labels.items() if _is_read_as(read, field, label, value)}


def _is_read_as(read: Reader, field: Field, label: str, value: Any) -> bool:
    try:
        return bool(read(field, cleaned(label)[0]) == value)
    except WrongValue:
        return False
