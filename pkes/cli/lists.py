"""What all lists of records share: which fields, in which order, how many, and how they are shown."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from pkes import model
from pkes.cli import output
from pkes.cli.state import State
from pkes.collation import fold, nearest
from pkes.i18n import _
from pkes.model import Record, Registry
from pkes.selection import Filters, known, select, sort

if TYPE_CHECKING:
    from pkes.overview import Waiting

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


def show(
    listing: Listing,
    state: State,
    registry: Registry,
    records: Sequence[Record],
    count: str,
    waiting: "Mapping[str, Waiting]" = MappingProxyType({}),
) -> None:
    """Print a list: a table on a terminal, else tab-separated lines, or JSON.

    `count` says below a table how many there are; it shows too for how long inquiries have been `waiting`, by id.
    """
    if listing.as_json:
        output.array(_objects(listing, records))
    elif output.on_terminal() and (listing.headers or len(listing.columns) > 1):
        from pkes.cli.views import lists as views

        labels = sector_labels(registry, state.language)
        output.show(*views.records(listing, records, labels, count, output.width(), waiting))
    else:
        values = ([getattr(record, name) for name in listing.columns] for record in records)
        output.rows(listing.columns, values, headers=listing.headers)


def show_one(state: State, registry: Registry, record: Record, *, as_json: bool) -> None:
    """Print one record whole: a grid on a terminal, else a line for each field that is set, or JSON."""
    if as_json:
        output.document(model.as_json(record))
    elif output.on_terminal():
        from pkes.cli.views import record as views

        output.show(*views.whole(registry, record, sector_labels(registry, state.language)))
    else:
        fields = model.as_json(record).items()
        output.rows(("field", "value"), [field for field in fields if field[1] not in (None, "", [])])


def sector_labels(registry: Registry, language: str) -> dict[str, str]:
    """Return the labels of the sectors in a language, by id; a sector without one is its id."""
    return {id: getattr(sector, language) or id for id, sector in registry.sectors.items()}


def _objects(listing: Listing, records: Sequence[Record]) -> Iterable[Mapping[str, Any]]:
    for record in records:
        shown = model.as_json(record)
        yield {name: shown[name] for name in listing.columns} if listing.chosen else shown


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
    """Return the name of a field that may be written as its option is."""
    return known("field", text.strip().replace("-", "_"), ["id", *model.fields(struct)])


def _texts(value: Any) -> list[str]:
    return [item for item in (value if isinstance(value, list) else [value]) if item]
