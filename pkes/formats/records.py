"""What every export format writes: records of a kind in columns, and their values as the text of cells."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import attrgetter
from types import MappingProxyType
from typing import Any, NamedTuple

from pkes.model.records import Cluster, Kind, Record, Sector, fields
from pkes.text.items import join


class Labels(NamedTuple):
    """Labels for people: the title of a sheet, the titles of its columns, and labels for values of a field.

    Anything without a label is written as it is. `titles` are by field, `values` by field and value.
    """

    sheet: str
    titles: Mapping[str, str]
    values: Mapping[str, Mapping[Any, str]] = MappingProxyType({})


class Export(NamedTuple):
    """Records of a kind, and the fields to export, in order; `id` counts as a field.

    Some formats use more: `sqlite` the registry's sectors by id, `jsonld` the cluster, `sqlite` and `xlsx` further
    kinds for the same file. csv, markdown and xlsx use the labels, if there are any.
    """

    kind: Kind
    columns: Sequence[str]
    records: Sequence[Record]
    sectors: Mapping[str, Sector] = MappingProxyType({})
    others: "Sequence[Export]" = ()
    cluster: Cluster = Cluster()
    labels: Labels | None = None


def all_columns(kind: Kind) -> tuple[str, ...]:
    """Return the columns of a whole record: `id`, then every field in the model's order."""
    return ("id", *fields(kind.struct))


def headers(export: Export) -> list[str]:
    """Return the headers of the columns: their titles or, without labels, the names of the fields."""
    titles = export.labels.titles if export.labels else {}
    return [titles.get(name, name) for name in export.columns]


def values(export: Export) -> Iterator[tuple[Any, ...]]:
    """Yield the wanted values of each record, as the record holds them."""
    if len(export.columns) == 1:
        return ((getattr(record, export.columns[0]),) for record in export.records)
    return map(attrgetter(*export.columns), export.records)


def texts(export: Export) -> Iterator[list[str]]:
    """Yield the cells of each record as texts, with labels in place of values that have one."""
    known = fields(export.kind.struct)
    special: list[tuple[int, Callable[[Any], str]]] = [
        (number, _TEXTS[known[name].type])
        for number, name in enumerate(export.columns)
        if name in known and known[name].type in _TEXTS
    ]
    words = export.labels.values if export.labels else {}
    labelled = [(number, words[name]) for number, name in enumerate(export.columns) if name in words]
    for held in values(export):
        cells = [value or "" for value in held]
        for number, text in special:
            if (value := held[number]) is not None:
                cells[number] = text(value)
        for number, labels in labelled:
            cells[number] = labels.get(held[number], cells[number])
        yield cells


def _boolean(value: bool) -> str:
    return "true" if value else "false"


_TEXTS: dict[str, Callable[[Any], str]] = {
    "bool": _boolean, "int": str, "date": str, "partial-date": str, "list": join,
}  # fmt: skip
