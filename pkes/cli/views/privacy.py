"""What is held about a person, to be read and handed over."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from pkes.cli.messages.values import KIND_WORDS
from pkes.cli.views import cells
from pkes.i18n import _
from pkes.model.records import KIND, fields
from pkes.privacy.report import Held


def report(found: Sequence[Held]) -> Iterator[RenderableType]:
    """Yield what is held under a heading for each record, each piece with its line in the file."""
    for (kind, id), group in groupby(found, key=lambda held: (held.kind, held.id)):
        yield Text.assemble((_(KIND_WORDS[kind]), "bold"), " ", cells.text(id or "", "cyan"))
        known = fields(KIND[kind].struct) if kind in KIND else {}
        grid = Table.grid(padding=(0, 2, 0, 0))
        grid.add_column(style="dim", justify="right")
        grid.add_column(style="dim", overflow="fold")
        grid.add_column(overflow="fold")
        for held in group:
            field = known.get(held.field or "")
            title = _(field.title) if field else held.field or _("a comment")
            grid.add_row(f"  {held.line}", cells.text(title), cells.value(held.value, field, {}, between="\n"))
        yield grid
