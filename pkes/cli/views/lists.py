"""A list of records as a table that fits the terminal: nothing is cut, and what has no room is named."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter

from rich.console import RenderableType
from rich.text import Text

from pkes.cli.listing import Listing
from pkes.cli.views import cells
from pkes.cli.views.tables import Column, column, fits, stacked, table, widths
from pkes.i18n import _
from pkes.model.records import Record, fields
from pkes.registry.overview import Waiting

NAME_ROOM = 22
"""Below this a name would take many lines: it is the width of "Spółdzielnia Socjalna" and one more."""

DISPENSABLE = ("legal_form", "sector", "topic", "town", "person", "days")
"""The columns that are left out where there is no room, the first ones first."""

_STYLES = {"id": "cyan", "name": "bold"}


def records(
    listing: Listing,
    found: Sequence[Record],
    labels: Mapping[str, str],
    count: str,
    room: int,
    waiting: Mapping[str, Waiting],
) -> Iterator[RenderableType]:
    """Yield the table of a list, with a heading for each sector where it is sorted by it, and a line below.

    `labels` are those of the sectors, `count` says how many records there are, `room` is the terminal's width. Where
    inquiries are `waiting`, their days stand beside the day they came in.
    """
    by_sector = listing.field == "sector" and listing.headers
    names = [name for name in listing.columns if listing.chosen or name != "sector" or not by_sector]
    columns = [_field_column(listing.struct, name, found, labels) for name in names]
    if waiting and "received" in names:
        days = [_days(waiting.get(record.id)) for record in found]
        columns.insert(names.index("received") + 1, column("days", _("Days"), days))
    shown = columns if listing.chosen else _fitting(columns, room)
    if not found:
        pass
    elif not fits(shown, room):
        yield from stacked(shown, len(found))
    elif by_sector:
        yield from _sections(found, labels, shown, widths(shown, room))
    else:
        yield table(shown, widths(shown, room), range(len(found)), header=listing.headers)
    if listing.headers:
        yield _below(count, [column.title for column in columns if column not in shown])


def _sections(
    found: Sequence[Record], labels: Mapping[str, str], columns: Sequence[Column], widths: Sequence[int]
) -> Iterator[RenderableType]:
    yield table(columns, widths, range(0), header=True)
    sector_of = attrgetter("sector")
    for sector, group in groupby(range(len(found)), lambda row: sector_of(found[row]) or ""):
        rows = list(group)
        label = labels.get(sector, sector) or _("no sector")
        yield Text.assemble(cells.text(label, "bold green"), f" · {len(rows)}")
        yield table(columns, widths, rows, header=False)
        yield Text("")


def _field_column(struct: type[Record], name: str, found: Sequence[Record], labels: Mapping[str, str]) -> Column:
    field = fields(struct).get(name)
    title = _(field.title) if field else _("Id")
    held = [cells.value(getattr(record, name), field, labels) for record in found]
    room = NAME_ROOM if name == "name" else 0
    return column(name, title, held, room=room, style=_STYLES.get(name, ""))


def _days(waiting: Waiting | None) -> Text:
    if waiting is None:
        return Text("")
    # The sign is read without colour, too.
    return Text(f"{waiting.days} !", style="bold red") if waiting.overdue else Text(str(waiting.days))


def _fitting(columns: list[Column], room: int) -> list[Column]:
    """Leave columns out, the most dispensable first, until each of the others can be legible."""
    shown = list(columns)
    for name in DISPENSABLE:
        if fits(shown, room):
            break
        shown = [column for column in shown if column.name != name]
    return shown


def _below(count: str, left_out: Sequence[str]) -> Text:
    said = Text(count, style="dim")
    if left_out:
        what = _("no room here for: {fields} (--fields shows what you choose)")
        said.append(" · " + what.format(fields=", ".join(left_out)))
    return said
