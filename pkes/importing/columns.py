"""Which column of a table holds which field: what the user says, else what its header says."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from pkes.errors import NoColumns, TwoColumns, UnknownName, WrongAssignment
from pkes.model.records import KIND, Kind
from pkes.model.vocabulary import closed_up, field_words, plain
from pkes.registry.selection import known_field
from pkes.text.collation import nearest

KINDS = (KIND["member"], KIND["inquiry"])
"""The kinds of record that can be imported."""


class Columns(NamedTuple):
    """The field of each header that has one, `id` among them, and the headers that nobody knows what to do with."""

    fields: Mapping[str, str]
    unknown: tuple[str, ...]

    def header(self, field: str | None) -> str | None:
        """Return the header of the column that holds a field, None where there is none."""
        return next((header for header, held in self.fields.items() if held == field), None)


def match(kind: Kind, headers: Sequence[str], mapped: Iterable[tuple[str, str]] = ()) -> Columns:
    """Return the columns of a table of a kind of records.

    `mapped` is what the user says: headers, each with the field of its column, "" for one that is to be left out. Case,
    diacritics and signs count in neither. Raises `UnknownName` for a column or a field that there is not,
    `WrongAssignment` for a column that is mapped twice, `TwoColumns` where two would be one field, and `NoColumns`
    where there are headers, but none of a field.
    """
    said: dict[str, str] = {}
    for column, wanted in mapped:
        header = _column(headers, column)
        if header in said:
            raise WrongAssignment(header, "twice")
        said[header] = wanted and known_field(kind.struct, wanted)
    found = {header: said.get(header, field_words(kind.struct).get(closed_up(header))) for header in headers}
    by_field: dict[str, str] = {}
    for header, field in found.items():
        if field and by_field.setdefault(field, header) != header:
            raise TwoColumns(field, (by_field[field], header))
    if headers and not by_field:
        raise NoColumns(tuple(headers))
    unknown = tuple(header for header, field in found.items() if field is None)
    return Columns({header: field for header, field in found.items() if field}, unknown)


def kind_of(headers: Iterable[str], mapped: Iterable[tuple[str, str]] = ()) -> Kind:
    """Return the kind of the records in a table: that of which more headers, and fields that the user names, are known.

    Where it is as many of both, they are members.
    """
    named = {closed_up(name) for name in (*headers, *(field for _, field in mapped))}
    return max(KINDS, key=lambda kind: len(named & field_words(kind.struct).keys()))


def _column(headers: Sequence[str], wanted: str) -> str:
    if wanted in headers:
        return wanted
    found = [header for header in headers if plain(header) == plain(wanted)]
    if len(found) == 1:
        return found[0]
    raise UnknownName("column", wanted, found or nearest(wanted, headers))
