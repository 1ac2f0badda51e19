"""The items of a list in one text, as a cell of a table holds them and as people type them."""

import re
from collections.abc import Iterable

from pkes.text.characters import strip


def join(items: Iterable[str]) -> str:
    r"""Return items as one cell: joined by `; `, with `\` as `\\` and `;` as `\;` inside an item."""
    return "; ".join([item.replace("\\", "\\\\").replace(";", "\\;") for item in items])


def split(text: str) -> list[str]:
    r"""Return the items of one cell, split at each `;` that is not escaped by `\`, without spaces at their ends.

    Empty items are dropped. A `\` before anything but `;` and `\` stands for itself. `split(join(items))` gives the
    same items.
    """
    items = [""]
    for part in re.findall(r"\\[\\;]|[^\\;]+|.", text):
        if part == ";":
            items.append("")
        else:
            items[-1] += part[1] if part in ("\\\\", "\\;") else part
    return [stripped for item in items if (stripped := strip(item))]
