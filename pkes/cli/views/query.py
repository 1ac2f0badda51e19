"""What a query gave, as a table that fits the terminal."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.console import RenderableType
from rich.text import Text

from pkes.cli.views import cells
from pkes.cli.views.tables import Column, column, fits, stacked, widths
from pkes.cli.views.tables import table as made
from pkes.i18n import ngettext

if TYPE_CHECKING:
    from pkes.registry.sql import Result


def table(result: "Result", room: int) -> Iterator[RenderableType]:
    """Yield the rows of a result, and how many there are; `room` is the terminal's width."""
    columns = [_column(result, number) for number in range(len(result.columns))]
    if fits(columns, room):
        yield made(columns, widths(columns, room), range(len(result.rows)), header=True)
    else:
        yield from stacked(columns, len(result.rows))
    count = ngettext("{count} row", "{count} rows", len(result.rows)).format(count=len(result.rows))
    yield Text(count, style="dim")


def _column(result: "Result", number: int) -> Column:
    held = [row[number] for row in result.rows]
    name = cells.text(result.columns[number]).plain
    numbers = any(value is not None for value in held) and all(isinstance(value, int | float | None) for value in held)
    return column(name, name, [cells.value(value, None, {}) for value in held], numbers=numbers)
