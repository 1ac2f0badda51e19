"""What the options of a list ask for: which records, in which order, and which of their fields."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple, TypeVar

from pkes.cli.state import State
from pkes.i18n import _
from pkes.model.records import Record
from pkes.registry.selection import Filters, known_field, select, sort
from pkes.text.collation import fold, nearest

R = TypeVar("R", bound=Record)


class Listing(NamedTuple):
    """How a list is to be shown. `chosen` says that the user named the columns: none may be left out then."""

    struct: type[Record]
    columns: tuple[str, ...]
    chosen: bool
    field: str
    descending: bool
    limit: int | None
    as_json: bool
    headers: bool


def read_listing(
    struct: type[Record],
    columns: tuple[str, ...],
    *,
    sort_by: str,
    named: str | None,
    limit: int | None,
    as_json: bool,
    no_headers: bool,
) -> Listing:
    """Read the options of a list.

    `columns` are shown where `named`, field names between commas, is None; `sort_by` is a field, "-" before it for the
    other way round. Raises `UnknownName`, and `typer.BadParameter` for a field named twice.
    """
    chosen = None if named is None else _read_columns(named, struct)
    return Listing(
        struct=struct,
        columns=columns if chosen is None else chosen,
        chosen=chosen is not None,
        field=_read_field(sort_by.strip().removeprefix("-"), struct),
        descending=sort_by.strip().startswith("-"),
        limit=limit,
        as_json=as_json,
        headers=not no_headers,
    )


def read_fields(struct: type[Record], named: Iterable[str] | None) -> tuple[str, ...]:
    """Return the names of fields that may be written as their options are. Raises `UnknownName`."""
    return tuple(_read_field(one, struct) for one in named or ())


def choose(listing: Listing, records: Iterable[R], filters: Filters, state: State) -> list[R]:
    """Return the records that a list shows, in its order."""
    found = select(records, filters, state.today)
    return sort(found, listing.field, listing.descending)[: listing.limit]


def missing_values(records: Sequence[Record], filters: Filters) -> list[tuple[str, str, list[str]]]:
    """Return each field with a value asked for that no record has, and the nearest values there are."""
    missing = []
    for field, wanted in filters.equals.items():
        held = {fold(value): value for record in records for value in _texts(getattr(record, field))}
        for word in wanted:
            if fold(word.strip()) not in held:
                missing.append((field, word, nearest(word, held.values())))
    return missing


def _read_columns(named: str, struct: type[Record]) -> tuple[str, ...]:
    names: list[str] = []
    for text in named.split(","):
        name = _read_field(text, struct)
        if name in names:
            import typer

            raise typer.BadParameter(_('"{name}" is named twice').format(name=name), param_hint="--fields")
        names.append(name)
    return tuple(names)


def _read_field(text: str, struct: type[Record]) -> str:
    """Return the name of a field that may be written as its option or title is."""
    return known_field(struct, text.strip())


def _texts(value: Any) -> list[str]:
    return [item for item in (value if isinstance(value, list) else [value]) if item]
