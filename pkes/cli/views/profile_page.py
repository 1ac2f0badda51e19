"""The profile of a cluster on a terminal, as tables."""

from collections.abc import Iterable, Iterator, Sequence

from rich import box
from rich.cells import cell_len
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from pkes.cli.views import cells, profile
from pkes.cli.views.cells import text
from pkes.cli.views.profile import Signs
from pkes.i18n import _
from pkes.model.records import Cluster, fields
from pkes.page import words
from pkes.registry.overview import Profile
from pkes.text import months

_SHORTEST_BAR = 10
"""The minimum length of the largest sector's bar, if it has as many members."""


def page(held: Profile, language: str, signs: Signs, room: int) -> Iterator[RenderableType]:
    """Yield a profile, with empty lines between its parts. `language` is that of the labels, `room` the width."""
    for number, part in enumerate(_parts(held, language, signs, room)):
        if number:
            yield Text("")
        yield from part


def _parts(held: Profile, language: str, signs: Signs, room: int) -> Iterator[Iterable[RenderableType]]:
    cluster = held.cluster
    yield [profile.headline(held)]
    for prose in (cluster.description, cluster.composition):
        yield from ([paragraph] for paragraph in profile.paragraphs(prose))
    if facts := profile.facts(held, lambda date: months.by_name(date, language)):
        yield [_titled((title, text(fact)) for title, fact in facts)]
    for title, items in profile.lists(held):
        yield [_numbered(title, items)]
    yield [_sectors(held, language, signs, room), Text(words.counted(held))]
    yield from ([paragraph] for paragraph in profile.paragraphs(cluster.invitation))
    yield from _contact(cluster)


def _table(*titles: str) -> Table:
    made = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    for title in titles:
        made.add_column(Text(title), overflow="fold")
    return made


def _titled(rows: Iterable[tuple[str, Text]]) -> Table:
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(style="dim", overflow="fold")
    grid.add_column(overflow="fold")
    for title, fact in rows:
        grid.add_row(Text(title), fact)
    return grid


def _numbered(title: str, items: Sequence[str]) -> Table:
    made = _table("", title)
    made.columns[0].justify = "right"
    made.columns[0].no_wrap = True
    for number, item in enumerate(items, 1):
        made.add_row(Text(f"{number}."), text(item))
    return made


def _sectors(held: Profile, language: str, signs: Signs, room: int) -> Table:
    """Return each sector with the number of its members, its share of all members, and a bar if there is room."""
    titles = (_("Sector"), _("Members"), _("Share"), "")
    widest = max(
        [cell_len(titles[0]), *(cell_len(label) for label, _count, _bar in profile.bars(held, language, signs))]
    )
    spare = room - widest - sum(cell_len(title) + 1 for title in titles)
    longest = min(profile.LONGEST_BAR, max(_SHORTEST_BAR, spare))
    made = _table(*titles)
    for column in made.columns[1:]:
        column.no_wrap = True
    made.columns[1].justify = made.columns[2].justify = "right"
    for label, count, bar in profile.bars(held, language, signs, longest):
        share = f"{round(100 * count / held.listed)}%" if held.listed else ""
        made.add_row(text(label), Text(str(count)), Text(share), Text(bar, style="green"))
    return made


def _contact(cluster: Cluster) -> Iterator[list[RenderableType]]:
    """Yield the contact sentence and, below it, how to reach the cluster."""
    known = fields(Cluster)
    ways = [(known[name], held) for name in ("phone", "email") if (held := getattr(cluster, name))]
    part: list[RenderableType] = []
    if sentence := Text(" ").join(profile.paragraphs(cluster.contact)):
        leads_on = ways and sentence.plain[-1] not in ".:!?"
        part.append(Text.assemble(sentence, ":" if leads_on else ""))
    if ways:
        part.append(_titled((_(field.title), cells.value(held, field, {})) for field, held in ways))
    if part:
        yield part
