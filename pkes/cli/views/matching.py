"""Offers beside the needs that they fit, under a heading for each member that offers."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter

from rich import box
from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pkes.cli.views import cells
from pkes.i18n import _, ngettext
from pkes.model.records import Member
from pkes.registry.matching import Match


def table(found: Sequence[Match], members: Mapping[str, Member]) -> Iterator[RenderableType]:
    """Yield the matches, sorted by who offers, as a table with the names of `members`, and how many there are."""
    made = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0), header_style="dim")
    made.add_column(Text(_("Offers")), overflow="fold")
    made.add_column(Text(_("Needed by")), overflow="fold")
    for number, (member, group) in enumerate(groupby(found, key=attrgetter("member"))):
        if number:
            made.add_row()
        made.add_row(_name(members[member], "bold"))
        for offer, fitting in groupby(group, key=attrgetter("offers")):
            made.add_row(Padding(cells.text(offer), (0, 0, 0, 2)), _needs(fitting, members))
    yield made
    count = ngettext("{count} match", "{count} matches", len(found))
    yield Text(count.format(count=len(found)), style="dim")


def _needs(fitting: Iterable[Match], members: Mapping[str, Member]) -> Table:
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column()
    grid.add_column(overflow="fold")
    for one in fitting:
        needed_by = _name(members[one.needed_by], "bold")
        grid.add_row(Text("→", style="dim"), Text.assemble(needed_by, ": ", cells.text(one.need)))
    return grid


def _name(member: Member, style: str) -> Text:
    return cells.text(member.name or member.id, style)
