"""What all lists of records share: showing the list, and showing one whole record."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from pkes.cli.listing import Listing
from pkes.cli.state import State
from pkes.cli.terminal import output
from pkes.model import records as model
from pkes.model.records import Record, Registry

if TYPE_CHECKING:
    from pkes.registry.overview import Waiting


def show(
    listing: Listing,
    state: State,
    registry: Registry,
    records: Sequence[Record],
    count: str,
    waiting: "Mapping[str, Waiting]" = MappingProxyType({}),
) -> None:
    """Print a list: a table on a terminal, else tab-separated lines, or JSON.

    `count` is the line below a table with the number of records; `waiting` says, by id, how long inquiries have waited.
    """
    if listing.as_json:
        output.array(_objects(listing, records))
    elif output.on_terminal() and (listing.headers or len(listing.columns) > 1):
        from pkes.cli.views import lists as views

        labels = sector_labels(registry, state.language)
        output.show(views.records(listing, records, labels, count, output.width(), waiting))
    else:
        values = ([getattr(record, name) for name in listing.columns] for record in records)
        if not listing.headers and len(listing.columns) == 1:
            values = (row for row in values if row[0] not in (None, "", []))
        output.rows(listing.columns, values, headers=listing.headers)


def show_one(state: State, registry: Registry, record: Record, *, as_json: bool) -> None:
    """Print one whole record: a grid on a terminal, otherwise one line per field that is set, or JSON."""
    if as_json:
        output.document(model.as_json(record))
    elif output.on_terminal():
        from pkes.cli.views import record as views

        output.show(views.whole(registry, record, sector_labels(registry, state.language)))
    else:
        held = [("id", record.id), *(item for item in model.toml_items(record) if item[0] != "id")]
        output.rows(("field", "value"), [field for field in held if field[1] not in ("", [])])


def sector_labels(registry: Registry, language: str) -> dict[str, str]:
    """Return the labels of the sectors in a language, by id; the id replaces a missing label."""
    return {id: sector.label(language) for id, sector in registry.sectors.items()}


def _objects(listing: Listing, records: Sequence[Record]) -> Iterable[Mapping[str, Any]]:
    for record in records:
        shown = model.as_json(record)
        yield {name: shown[name] for name in listing.columns} if listing.chosen else shown
