"""New text: values, keys and whole tables as tomli-w writes them."""

import datetime
import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

# What is plain by TOML 1.0.0. To call tomli-w for each text made a third of the time of an import, for each key and
# date 4 %; and most edits of a field do without it.
_AS_IT_IS = re.compile(r'[^"\\\x00-\x1f\x7f\ud800-\udfff]*')
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_PLAIN: dict[type, Callable[[Any], str]] = {
    bool: {True: "true", False: "false"}.__getitem__,
    int: str,
    datetime.date: str,
}
"""How the types are written of which tomli-w writes every value in one way."""


@cache
def key(name: str) -> str:
    """Return a key as TOML, quoted where it must be."""
    if _BARE_KEY.fullmatch(name):
        return name
    import tomli_w

    return tomli_w.dumps({name: 0}).removesuffix(" = 0\n")


def inline(value: Any) -> str:
    """Return a value as TOML on one line."""
    if isinstance(value, str) and _AS_IT_IS.fullmatch(value):
        return f'"{value}"'
    if write := _PLAIN.get(type(value)):
        return write(value)
    if isinstance(value, dict):
        pairs = ", ".join(f"{key(name)} = {inline(held)}" for name, held in value.items())
        return f"{{ {pairs} }}" if pairs else "{}"
    if isinstance(value, list):
        return f"[{', '.join(map(inline, value))}]"
    import tomli_w

    return tomli_w.dumps({"k": value})[4:-1]


def block(value: Any) -> str:
    """Return a value as TOML, a text of several lines and an array one item a line; line ends are LF."""
    # The multi-line form would turn CR LF into LF.
    if isinstance(value, str) and "\n" in value and "\r" not in value:
        import tomli_w

        return tomli_w.dumps({"k": value}, multiline_strings=True)[4:-1]
    if isinstance(value, list) and value:
        return "[\n" + "".join(f"    {inline(item)},\n" for item in value) + "]"
    return inline(value)


def statement(name: str, value: Any) -> str:
    """Return a key and its value as a statement with its line end."""
    return f"{key(name)} = {block(value)}\n"


def table(path: Iterable[str], items: Iterable[tuple[str, Any]]) -> str:
    """Return a table with its header."""
    return header(path) + "\n" + "".join(statement(name, value) for name, value in items)


def header(path: Iterable[str], *, many: bool = False) -> str:
    """Return the header of a table, or of an element of an array of tables."""
    name = ".".join(map(key, path))
    return f"[[{name}]]" if many else f"[{name}]"
