"""The sectors as a table."""

from collections.abc import Sequence

from rich import box
from rich.table import Table
from rich.text import Text

from pkes.cli.views import cells
from pkes.i18n import _
from pkes.registry.overview import SectorCount


def table(sectors: Sequence[SectorCount], language: str) -> Table:
    """Return the sectors with their labels in a language and the number of their current members."""
    made = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0), header_style="dim")
    made.add_column(Text(_("Id")), overflow="fold", style="cyan")
    made.add_column(Text(_("Label")), overflow="fold", style="bold")
    made.add_column(Text(_("Members")), overflow="fold", justify="right")
    for sector in sectors:
        made.add_row(cells.text(sector.id), cells.text(sector.label(language)), Text(str(sector.members)))
    return made
