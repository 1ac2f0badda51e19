"""Rows of cells side by side as a rich table prints them, in columns of known widths.

rich measures each cell of a table and lays it out as a document of its own: 10,000 rows take it six seconds, and the
first of them is printed after the last has been laid out.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions
from rich.segment import Segment
from rich.style import Style
from rich.text import Text

Cell = tuple[str, Style | None]

GAP = 2
"""The space between two columns."""


class Rows:
    """A renderable: rows of cells, as many as there are `widths` or fewer; a cell too long for its width is folded.

    Those of `numbers` are aligned to the right.
    """

    def __init__(self, rows: Sequence[Sequence[Cell]], widths: Sequence[int], numbers: Sequence[bool]) -> None:
        self._rows = rows
        self._widths = widths
        self._numbers = numbers

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        for row in self._rows:
            folded = [_folded(text, width, console) for (text, _), width in zip(row, self._widths, strict=False)]
            styles = [style for _, style in row]
            for texts in zip_longest(*folded, fillvalue=""):
                yield from self._line(texts, styles)

    def _line(self, texts: Iterable[str], styles: Iterable[Style | None]) -> Iterator[Segment]:
        """Yield the segments of a line: whatever is between two cells with a style is one."""
        between = ""
        for text, style, width, is_number in zip(texts, styles, self._widths, self._numbers, strict=False):
            space = " " * (width - cell_len(text))
            if is_number:
                between += space
            if style is None:
                between += text
            else:
                yield Segment(between)
                yield Segment(text, style)
                between = ""
            between += " " * GAP if is_number else space + " " * GAP
        yield Segment(between.rstrip(" ") + "\n")


def _folded(text: str, width: int, console: Console) -> Sequence[str]:
    # Nearly every text fits, and rich would take 20 times as long to find that out.
    if text.isprintable() and cell_len(text) <= width:
        return (text,)
    return [line.plain for line in Text(text).wrap(console, width, overflow="fold")]
