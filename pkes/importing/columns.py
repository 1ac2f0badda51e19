"""Which column of a table holds which field: as the user says, or else as its header says."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from pkes.errors import NoColumns, TwoColumns, UnknownName, WrongAssignment
from pkes.formats.rows import Heading
from pkes.i18n import in_every_language
from pkes.importing.addresses import is_whole
from pkes.model.records import KIND, Kind
from pkes.model.vocabulary import closed_up, field_words, plain
from pkes.model.words import CHOICES, SHEETS
from pkes.registry.selection import known_field
from pkes.text.collation import nearest

KINDS = (KIND["member"], KIND["inquiry"])
"""The kinds of record that can be imported."""


class Columns(NamedTuple):
    """The field (or `id`) of each recognised header, and the headers that were not recognised.

    `has_addresses` says that the column of streets is called as one of whole addresses is.
    """

    fields: Mapping[str, str]
    unknown: tuple[str, ...]
    has_addresses: bool = False

    def header(self, field: str | None) -> str | None:
        """Return the header of the column that holds a field, or None."""
        return next((header for header, held in self.fields.items() if held == field), None)


def match(kind: Kind, headers: Sequence[str], mapped: Iterable[tuple[str, str]] = ()) -> Columns:
    """Return the columns of a table that holds records of a kind.

    `mapped` is what the user says: pairs of a header and the field of its column, "" to leave the column out. Case,
    diacritics and punctuation are ignored in both. Raises `UnknownName` for a column or a field that does not exist,
    `WrongAssignment` for a column that is mapped twice, `TwoColumns` if two columns map to the same field, and
    `NoColumns` if there are headers but none of them belongs to a field.
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
    streets = by_field.get("street")
    has_addresses = streets is not None and streets not in said and is_whole(streets)
    return Columns({header: field for header, field in found.items() if field}, unknown, has_addresses)


def kind_of(headers: Iterable[str], mapped: Iterable[tuple[str, str]] = (), title: str | None = None) -> Kind:
    """Return the kind of records in a table: the kind that knows more of the headers and of the user's field names.

    In a tie, it is the kind that the title of the sheet names, else they are members.
    """
    named = {closed_up(name) for name in (*headers, *(field for _, field in mapped))}
    titled = _titled(title)
    return max(KINDS, key=lambda kind: (len(named & field_words(kind.struct).keys()), kind.name == titled))


def sheet_of(kind: Kind, mapped: Sequence[tuple[str, str]], headings: Sequence[Heading]) -> int:
    """Return the position of the sheet that holds records of a kind, by its title or else its headers, else the first.

    A sheet that is titled as another kind is the last resort.
    """
    titles = [_titled(one.title) for one in headings]
    if kind.name in titles:
        return titles.index(kind.name)
    fitting = (
        number
        for number, one in enumerate(headings)
        if titles[number] is None and kind_of(one.headers, mapped) == kind and _knows_any(kind, one.headers)
    )
    return next(fitting, 0)


def _knows_any(kind: Kind, headers: Iterable[str]) -> bool:
    return any(closed_up(header) in field_words(kind.struct) for header in headers)


def _titled(title: str | None) -> str | None:
    """Return the name of the kind that the title of a sheet names in any language, or None."""
    wanted = plain(title or "")
    for name, own in SHEETS.items():
        words = (KIND[name].table, *in_every_language(own), *CHOICES["kind"].get(KIND[name].table, ()))
        if wanted in map(plain, words):
            return name
    return None


def _column(headers: Sequence[str], wanted: str) -> str:
    if wanted in headers:
        return wanted
    found = [header for header in headers if plain(header) == plain(wanted)]
    if len(found) == 1:
        return found[0]
    raise UnknownName("column", wanted, found or nearest(wanted, headers))
