"""A list of records as a table that fits the terminal: nothing is cut, and what has no room is named."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from rich import box
from rich.cells import cell_len
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from pkes.cli.lists import Listing
from pkes.cli.views import cells
from pkes.i18n import _
from pkes.model import Record, fields
from pkes.overview import Waiting

GAP = 2
NAME_ROOM = 22
"""Below this a name would take many lines: it is the width of "Spółdzielnia Socjalna" and one more."""

LONGEST = 28
"""The width up to which a word or an id stays in one piece: a longer one must not cost the others their columns."""

DISPENSABLE = ("legal_form", "sector", "topic", "town", "person", "days")
"""The columns that are left out where there is no room, the first ones first."""

_STYLES = {"id": "cyan", "name": "bold"}


class Column(NamedTuple):
    """A column of a table: the field, its title, and the cells from top to bottom.

    `least` is the width below which it is not legible: an id stays in one piece, as does each word. Four cells of five
    have room in the `usual` width, all of them in the `most`.
    """

    name: str
    title: str
    cells: list[Text]
    least: int
    usual: int
    most: int


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
        columns.insert(names.index("received") + 1, _column("days", _("Days"), days))
    shown = columns if listing.chosen else _fitting(columns, room)
    if not found:
        pass
    elif not _fits(shown, room):
        yield from _stacked(shown, len(found))
    elif by_sector:
        yield from _sections(found, labels, shown, _widths(shown, room))
    else:
        yield _table(shown, _widths(shown, room), range(len(found)), header=listing.headers)
    if listing.headers:
        yield _below(count, [column.title for column in columns if column not in shown])


def _sections(
    found: Sequence[Record], labels: Mapping[str, str], columns: Sequence[Column], widths: Sequence[int]
) -> Iterator[RenderableType]:
    yield _table(columns, widths, range(0), header=True)
    sector_of = attrgetter("sector")
    for sector, group in groupby(range(len(found)), lambda row: sector_of(found[row]) or ""):
        rows = list(group)
        label = labels.get(sector, sector) or _("no sector")
        yield Text.assemble(cells.text(label, "bold green"), f" · {len(rows)}")
        yield _table(columns, widths, rows, header=False)
        yield Text("")


def _stacked(columns: Sequence[Column], count: int) -> Iterator[RenderableType]:
    """Yield a grid for each record: a table as narrow as the terminal would cut words."""
    for row in range(count):
        grid = Table.grid(padding=(0, GAP, 0, 0))
        grid.add_column(style="dim", overflow="fold")
        grid.add_column(overflow="fold")
        for column in columns:
            grid.add_row(Text(column.title), column.cells[row])
        yield grid
        yield Text("")


def _field_column(struct: type[Record], name: str, found: Sequence[Record], labels: Mapping[str, str]) -> Column:
    field = fields(struct).get(name)
    title = _(field.title) if field else _("Id")
    return _column(name, title, [cells.value(getattr(record, name), field, labels) for record in found])


def _days(waiting: Waiting | None) -> Text:
    if waiting is None:
        return Text("")
    # The sign is read without colour, too.
    return Text(f"{waiting.days} !", style="bold red") if waiting.overdue else Text(str(waiting.days))


def _column(name: str, title: str, held: list[Text]) -> Column:
    lengths = sorted(cell.cell_len for cell in held) or [0]
    most = max(lengths[-1], cell_len(title))
    words = {word for text in (title, *(cell.plain for cell in held)) for word in text.split()}
    least = min(max(map(cell_len, words), default=0), LONGEST)
    if name == "name":
        least = max(least, min(most, NAME_ROOM))
    usual = max(lengths[len(lengths) * 4 // 5 - 1], least)
    return Column(name, title, held, least, usual, most)


def _fitting(columns: list[Column], room: int) -> list[Column]:
    """Leave columns out, the most dispensable first, until each of the others can be legible."""
    shown = list(columns)
    for name in DISPENSABLE:
        if _fits(shown, room):
            break
        shown = [column for column in shown if column.name != name]
    return shown


def _fits(columns: Sequence[Column], room: int) -> bool:
    return sum(column.least + GAP for column in columns) - GAP <= room


def _widths(columns: Sequence[Column], room: int) -> list[int]:
    """Share the room among columns that fit: first what each needs least, then what is usual, then all it can use."""
    widths = [column.least for column in columns]
    for targets in ([column.usual for column in columns], [column.most for column in columns]):
        spare = room - GAP * (len(columns) - 1) - sum(widths)
        needs = [max(0, target - width) for target, width in zip(targets, widths, strict=True)]
        share = min(1.0, spare / sum(needs)) if any(needs) else 0.0
        widths = [width + int(need * share) for width, need in zip(widths, needs, strict=True)]
    return widths


def _table(columns: Sequence[Column], widths: Sequence[int], rows: Sequence[int], *, header: bool) -> Table:
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0), show_header=header)
    for column, width in zip(columns, widths, strict=True):
        style = _STYLES.get(column.name, "")
        table.add_column(Text(column.title), width=width, overflow="fold", style=style, header_style="dim")
    for row in rows:
        table.add_row(*(column.cells[row] for column in columns))
    return table


def _below(count: str, left_out: Sequence[str]) -> Text:
    said = Text(count, style="dim")
    if left_out:
        what = _("no room here for: {fields} (--fields shows what you choose)")
        said.append(" · " + what.format(fields=", ".join(left_out)))
    return said
