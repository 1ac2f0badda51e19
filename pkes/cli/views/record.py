"""One record whole, as a grid of titles and values."""

from collections.abc import Iterator, Mapping

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from pkes.cli.views import cells
from pkes.i18n import _
from pkes.model.records import Inquiry, Member, Record, Registry, fields, toml_items


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
    return registry.inquiries.get(record.inquiry or "") if isinstance(record, Member) else None


def _grid(record: Record, labels: Mapping[str, str]) -> Table:
    known = fields(type(record))
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(style="dim", overflow="fold", ratio=None)
    grid.add_column(overflow="fold")
    grid.add_row(Text(_("Id")), cells.text(record.id, "cyan"))
    for name, held in toml_items(record):
        if name == "id" or held in ("", []):
            continue
        field = known.get(name)
        title = Text(_(field.title)) if field else cells.text(name)
        grid.add_row(title, cells.value(held, field, labels, between="\n"))
    return grid
