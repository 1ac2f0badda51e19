"""Columns side by side, each as wide as needed, or below one another if the terminal is too narrow."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from rich import box
from rich.cells import cell_len
from rich.console import JustifyMethod, RenderableType
from rich.padding import Padding
from rich.style import Style
from rich.table import Table
from rich.text import Text

from pkes.cli.views import cells
from pkes.cli.views.rows import GAP, Rows
from pkes.i18n import _, ngettext
from pkes.model.records import Member
from pkes.text.characters import safe

if TYPE_CHECKING:
    from pkes.registry.matching import Match
    from pkes.registry.overview import SectorCount
    from pkes.registry.sql import Result


LONGEST = 28
"""The width up to which a word or an id is not broken: a longer one must not displace other columns."""
BLOCK = 100
"""The number of rows that are printed at once: rows of many thousands can be read from the start."""

StyleOfRow = Callable[[int], Style | None]

_DIM = Style(dim=True)
_INDENT = "  "


def _unstyled(_row: int) -> None:
    return None


class Column(NamedTuple):
    """A column of a table: its name, its title, and the texts of its cells from top to bottom.

    Below the `min_width` it is not legible: ids and words are not broken. Four out of five cells fit into the
    `typical_width`, all of them into the `max_width`. The `style` is that of cells for which `own_style` has none.
    Numbers are aligned to the right.
    """

    name: str
    title: str
    texts: Sequence[str]
    min_width: int
    typical_width: int
    max_width: int
    style: Style | None = None
    own_style: StyleOfRow = _unstyled
    numbers: bool = False


def column(
    name: str,
    title: str,
    texts: Sequence[str],
    *,
    room: int = 0,
    style: Style | None = None,
    own_style: StyleOfRow = _unstyled,
    numbers: bool = False,
    whole: bool = False,
) -> Column:
    """Return a column that gets `room`, if its cells need it, before other columns get more than they need.

    The cells of a `whole` column are never broken.
    """
    together = " ".join(texts)
    measure = _measure(together)
    lengths = sorted(map(measure, texts)) or [0]
    max_width = max(lengths[-1], cell_len(title))
    words = [*map(cell_len, title.split()), *map(measure, together.split())]
    min_width = min(max(words, default=0), LONGEST)
    min_width = max_width if whole else max(min_width, min(max_width, room))
    typical_width = max(lengths[len(lengths) * 4 // 5 - 1], min_width)
    return Column(name, title, texts, min_width, typical_width, max_width, style, own_style, numbers)


def _measure(text: str) -> Callable[[str], int]:
    """Return a function for the width of parts of a text: `len` where each of its characters takes one cell."""
    return len if all(cell_len(char) == 1 for char in set(text)) else cell_len


def fits(columns: Sequence[Column], room: int) -> bool:
    """Return whether the columns are legible side by side."""
    return sum(column.min_width + GAP for column in columns) - GAP <= room


def widths(columns: Sequence[Column], room: int) -> list[int]:
    """Divide the room among columns that fit: first the least width for each, then the typical, then the most."""
    shared = [column.min_width for column in columns]
    for targets in ([column.typical_width for column in columns], [column.max_width for column in columns]):
        spare = room - GAP * (len(columns) - 1) - sum(shared)
        needs = [max(0, target - width) for target, width in zip(targets, shared, strict=True)]
        share = min(1.0, spare / sum(needs)) if any(needs) else 0.0
        shared = [width + int(need * share) for width, need in zip(shared, needs, strict=True)]
    return shared


def table(
    columns: Sequence[Column], widths: Sequence[int], rows: Sequence[int], *, header: bool
) -> Iterator[RenderableType]:
    """Yield the given rows of columns side by side, in blocks: the first can be read before the last is laid out."""
    if header:
        yield _header(columns, widths)
    numbers = [column.numbers for column in columns]
    for start in range(0, len(rows), BLOCK):
        block = rows[start : start + BLOCK]
        cells = [[(one.texts[row], one.own_style(row) or one.style) for one in columns] for row in block]
        yield Rows(cells, widths, numbers)


def _header(columns: Sequence[Column], widths: Sequence[int]) -> Table:
    made = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))
    for column, width in zip(columns, widths, strict=True):
        justify: JustifyMethod = "right" if column.numbers else "left"
        made.add_column(Text(column.title), width=width, overflow="fold", header_style="dim", justify=justify)
    return made


def stacked(columns: Sequence[Column], count: int, room: int) -> Iterator[RenderableType]:
    """Yield titles and cells for each row, below one another: in a table, words would be broken."""
    titles = max(cell_len(column.title) for column in columns) + GAP
    for row in range(count):
        longest = max(cell_len(line) for column in columns for line in column.texts[row].split("\n"))
        left = _left(titles, longest, room)
        grid = [((column.title, _DIM), (column.texts[row], column.own_style(row))) for column in columns]
        yield Rows([*grid, [("", None)]], (left - GAP, room - left), (False, False))


def _left(left: int, right: int, room: int) -> int:
    """Return the width of the left of two columns: one that needs less than half of the room gets it, as in rich."""
    less = min(left, right, room)
    return min(left, max(room - right, less - round(less - room / 2)))


def query_table(result: "Result", room: int) -> Iterator[RenderableType]:
    """Yield the rows of a result, and their number; `room` is the terminal's width."""
    columns = [_column(result, number) for number in range(len(result.columns))]
    if fits(columns, room):
        yield from table(columns, widths(columns, room), range(len(result.rows)), header=True)
    else:
        yield from stacked(columns, len(result.rows), room)
    count = ngettext("{count} row", "{count} rows", len(result.rows)).format(count=len(result.rows))
    yield Text(count, style="dim")


def _column(result: "Result", number: int) -> Column:
    held = [row[number] for row in result.rows]
    name = safe(result.columns[number])
    numbers = any(value is not None for value in held) and all(isinstance(value, int | float | None) for value in held)
    return column(name, name, [cells.words(value, None, {}) for value in held], numbers=numbers)


def sector_table(sectors: "Sequence[SectorCount]", language: str) -> Table:
    """Return the sectors with their labels in a language and the number of current members."""
    made = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0), header_style="dim")
    made.add_column(Text(_("Id")), overflow="fold", style="cyan")
    made.add_column(Text(_("Label")), overflow="fold", style="bold")
    made.add_column(Text(_("Members")), overflow="fold", justify="right")
    for sector, count in sectors:
        made.add_row(cells.text(sector.id), cells.text(sector.label(language)), Text(str(count)))
    return made


def match_table(found: "Sequence[Match]", members: Mapping[str, Member], room: int) -> Iterator[RenderableType]:
    """Yield the matches, sorted by offering member, in a table with the names of `members`, and their number.

    `room` is the terminal's width. Each offering member is a part of its own: it can be read before the last is made.
    """
    titles = _("Offers"), _("Needed by")
    offers = (text for one in found for text in (_name(members[one.member]), _INDENT + safe(one.offers)))
    needs = (f"→ {_name(members[one.needed_by])}: {safe(one.need)}" for one in found)
    widest = [max(map(cell_len, (title, *texts))) for title, texts in zip(titles, (offers, needs), strict=True)]
    left = _left(widest[0] + 1, widest[1], room - 1)
    widths = left - 1, min(widest[1], room - 1 - left)
    yield _match_part(titles, widths, header=True)
    for number, (member, group) in enumerate(groupby(found, key=attrgetter("member"))):
        part = _match_part(titles, widths, header=False)
        if number:
            part.add_row()
        part.add_row(Text(_name(members[member]), style="bold"))
        for offer, fitting in groupby(group, key=attrgetter("offers")):
            part.add_row(Padding(cells.text(offer), (0, 0, 0, len(_INDENT))), _needs(fitting, members))
        yield part
    count = ngettext("{count} match", "{count} matches", len(found))
    yield Text(count.format(count=len(found)), style="dim")


def _match_part(titles: Sequence[str], widths: Sequence[int], *, header: bool) -> Table:
    made = Table(
        box=box.SIMPLE_HEAD,
        show_edge=False,
        pad_edge=False,
        padding=(0, 1, 0, 0),
        header_style="dim",
        show_header=header,
    )
    for title, width in zip(titles, widths, strict=True):
        made.add_column(Text(title), width=width, overflow="fold")
    return made


def _needs(fitting: "Iterable[Match]", members: Mapping[str, Member]) -> Table:
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column()
    grid.add_column(overflow="fold")
    for one in fitting:
        needed_by = Text(_name(members[one.needed_by]), style="bold")
        grid.add_row(Text("→", style="dim"), Text.assemble(needed_by, ": ", cells.text(one.need)))
    return grid


def _name(member: Member) -> str:
    return safe(member.name or member.id)
