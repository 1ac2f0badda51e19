"""Values for programs: the cells of tab-separated lines, and JSON."""

import re
from collections.abc import Iterable
from math import isfinite
from typing import Any

from pkes.text.characters import safe
from pkes.text.items import join

_HOLDS_NUMBERS = (float, dict, list, tuple)


def cell(value: object) -> str:
    """Return a value as a cell of a tab-separated line.

    An absent value is empty, a boolean is `true` or `false`, a list of strings is joined by `items.join`, a table or
    any other list is compact JSON. Tabs and line ends become spaces, other control characters visible escapes.
    """
    return _one_line(_text(value))


def line(values: Iterable[object]) -> str:
    """Return values as one tab-separated line, including its line end."""
    cells = [value if isinstance(value, str) else _text(value) for value in values]
    # Nearly every row is in order as a whole, which takes half the time of a look at each cell.
    whole = "".join(cells)
    if safe(whole) != whole:
        cells = [*map(_one_line, cells)]
    return "\t".join(cells) + "\n"


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return join(value)
    return _compact(value) if isinstance(value, list | dict) else str(value)


def _one_line(text: str) -> str:
    return safe(text if text.isprintable() else re.sub(r"\r\n|[\t\n\r]", " ", text))


def json(value: Any) -> str:
    """Return one JSON document with its line end: dates as `YYYY-MM-DD`, text unchanged, `inf` and `nan` as text."""
    import msgspec

    return _visible(msgspec.json.format(msgspec.json.encode(_finite(value)), indent=0).decode()) + "\n"


def json_array(values: Iterable[Any]) -> str:
    """Return a JSON array with one item a line, so that even `diff` and `grep` can read it."""
    return "[" + ",\n ".join(json(value).rstrip("\n") for value in values) + "]\n"


def _compact(value: Any) -> str:
    import msgspec

    return _visible(msgspec.json.encode(_finite(value)).decode())


def _finite(value: Any) -> Any:
    """Return a value with numbers that JSON cannot express as text: they would silently become null."""
    if isinstance(value, float) and not isfinite(value):
        return str(value)
    if isinstance(value, dict):
        return {key: _finite(held) if isinstance(held, _HOLDS_NUMBERS) else held for key, held in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(held) if isinstance(held, _HOLDS_NUMBERS) else held for held in value]
    return value


def _visible(text: str) -> str:
    """Write control characters as JSON escapes, so that a terminal does not obey them; the data is the same."""
    if safe(text) == text:
        return text
    return "".join(char if safe(char) == char else _escape(char) for char in text)


def _escape(char: str) -> str:
    units = char.encode("utf-16-be")
    return "".join(f"\\u{high << 8 | low:04x}" for high, low in zip(units[::2], units[1::2], strict=True))
