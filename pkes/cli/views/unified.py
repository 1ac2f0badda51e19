"""A unified diff in the usual colours."""

from collections.abc import Iterable

from rich.text import Text

from pkes.cli.views import cells

_STYLES = {"-": "red", "+": "green", "@": "cyan", "\\": "dim"}


def coloured(lines: Iterable[str]) -> Text:
    """Return the lines of a unified diff; the first two name the file."""
    styled = (
        cells.text(line, "bold" if number < 2 else _STYLES.get(line[0], ""), keep="\t")
        for number, line in enumerate(lines)
    )
    return Text("\n").join(styled)
