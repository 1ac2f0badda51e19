"""Where the tables of a TOML text stand.

The text is known to be TOML: it has been read before. So the patterns need only tell statements apart, strings and
comments first; what a header or a key says is left to the parser.
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import toml_rs

from pkes.document.reading import VERSION

Path = tuple[str, ...]

_STRING = (
    r'"""(?:[^"\\]++|\\[\s\S]|"{1,2}(?!"))*+"{3,5}+'
    r"|'''(?:[^']++|'{1,2}(?!'))*+'{3,5}+"
    r'|"(?:[^"\\\n]++|\\.)*+"'
    r"|'[^'\n]*+'"
)
_COMMENT = r"#[^\n]*+"
_FLAT_ARRAY = rf"\[(?:[^\[\]{{}}\"'#]++|{_STRING}|{_COMMENT})*+\]"
_KEY = rf"(?:[\w.\- \t]++|{_STRING})++"
_VALUE = rf"(?:{_STRING}|{_FLAT_ARRAY}|[^\s\[{{\"'#][^\n#]*+)"
_LINE_END = r"\r?(?:\n|\Z)"
_PLAIN = rf"[ \t]*+(?:{_KEY}=[ \t]*+{_VALUE}[ \t]*+)?+(?:{_COMMENT})?+{_LINE_END}"

# Possessive throughout: a statement is taken or not, and the time is linear in the text.
_PLAIN_RUN = re.compile(rf"(?:(?!\Z){_PLAIN})*+")
_HEADER = re.compile(r"[ \t]*+\[[^\n]*+(?:\n|\Z)")
_TOKEN = re.compile(rf"{_STRING}|{_COMMENT}|[\[\]{{}}\n]|[^\[\]{{}}\n\"'#]++")
_COMMENTS = re.compile(rf"(?:{_STRING})|({_COMMENT})")


class Section(NamedTuple):
    """A table's header and body: offsets of the header's line, of what follows it, and of the next header."""

    path: Path
    start: int
    body: int
    end: int
    many: bool
    """Whether it is an element of an array of tables."""


def sections(text: str) -> list[Section]:
    """Return the sections of a TOML text in its order; the first is the top level, with the path ()."""
    found: list[Section] = []
    path: Path = ()
    start, body, many = 0, 0, False
    for header, after in _headers(text):
        found.append(Section(path, start, body, header, many))
        start, body = header, after
        path, many = header_path(text[header:after])
    found.append(Section(path, start, body, len(text), many))
    return found


def _headers(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the line of each header begins and ends."""
    at = 0
    while at < len(text):
        at = _PLAIN_RUN.match(text, at).end()  # type: ignore[union-attr]  # it matches the empty text too
        if header := _HEADER.match(text, at):
            yield at, header.end()
            at = header.end()
        elif at < len(text):
            at = _statement_end(text, at)


def _statement_end(text: str, at: int) -> int:
    """Return where a statement with nested arrays or tables ends, behind its line end."""
    depth = 0
    while token := _TOKEN.match(text, at):
        at = token.end()
        mark = token[0]
        depth += (mark in "[{") - (mark in "]}")
        if mark == "\n" and depth == 0:
            break
    return at


def header_path(line: str) -> tuple[Path, bool]:
    """Return the path that a header's line names, and whether it is one of an array of tables."""
    table: Any = toml_rs.loads(line, toml_version=VERSION)
    path: list[str] = []
    many = False
    while table:
        (key, table) = next(iter(table.items()))
        path.append(key)
        if many := isinstance(table, list):
            table = table[0]
    return tuple(path), many


def comments(text: str) -> list[str]:
    """Return the comments of a piece of TOML text that begins outside strings, in its order."""
    return [match[1].rstrip("\r") for match in _COMMENTS.finditer(text) if match[1]]
