"""One record whole, as a grid of titles and values."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from pkes.cli.messages.values import KIND_WORDS, named
from pkes.cli.views import cells
from pkes.i18n import _
from pkes.model.records import KIND, Inquiry, Member, Record, Registry, fields, toml_items
from pkes.privacy.report import Held


def whole(registry: Registry, record: Record, labels: Mapping[str, str]) -> Iterator[RenderableType]:
    """Yield a record, fields that are not set left out; of a member the inquiry that it came from, too.

    `labels` are those of the sectors.
    """
    yield _grid(record, labels)
    inquiry = _origin(registry, record)
    if inquiry is not None:
        yield Text("")
        yield Text(_("The inquiry it came from"), style="bold")
        yield _grid(inquiry, labels)


def _origin(registry: Registry, record: Record) -> Inquiry | None:
    origin = record.inquiry if isinstance(record, Member) else None
    return None if origin is None else registry.inquiries.get(origin)


def _grid(record: Record, labels: Mapping[str, str]) -> Table:
    known = fields(type(record))
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(style="dim", overflow="fold", ratio=None)
    grid.add_column(overflow="fold")
    if record.id:
        grid.add_row(Text(_("Id")), cells.text(record.id, "cyan"))
    for name, held in toml_items(record):
        if name == "id" or held in ("", []):
            continue
        field = known.get(name)
        title = Text(_(field.title)) if field else cells.text(named(name))
        grid.add_row(title, cells.value(held, field, labels, between="\n"))
    return grid


def report(found: Sequence[Held]) -> Iterator[RenderableType]:
    """Yield what is held under a heading for each record, each piece with its line in the file."""
    for (kind, id), group in groupby(found, key=lambda held: (held.kind, held.id)):
        yield Text.assemble((_(KIND_WORDS[kind]), "bold"), " ", cells.text("" if id is None else named(id), "cyan"))
        known = fields(KIND[kind].struct) if kind in KIND else {}
        grid = Table.grid(padding=(0, 2, 0, 0))
        grid.add_column(style="dim", justify="right")
        grid.add_column(style="dim", overflow="fold")
        grid.add_column(overflow="fold")
        for held in group:
            field = known.get(held.field or "")
            title = _(field.title) if field else _("a comment") if held.field is None else named(held.field)
            grid.add_row(f"  {held.line}", cells.text(title), cells.value(held.value, field, {}, between="\n"))
        yield grid
