"""Where the tables of a TOML text stand.

The text is known to be TOML: it has been read before. So the patterns need only tell statements apart, strings and
comments first; what a header or a key says is left to the parser.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import Any, NamedTuple

from pkes.errors import NotVerified
from pkes.toml.reading import is_toml, loads

Path = tuple[str, ...]

# No quantifier here is possessive, as Python matches those wrongly up to 3.11.4. Instead no text can be matched in two
# ways, so that there is nothing to track back to, and the time is linear.
_STRING = (
    r'"""[^"\\]*(?:(?:\\[\s\S]|"{1,2}(?!"))[^"\\]*)*"{3,5}'
    r"|'''[^']*(?:'{1,2}(?!')[^']*)*'{3,5}"
    r'|"(?!"")[^"\\\n]*(?:\\.[^"\\\n]*)*"'
    r"|'(?!'')[^'\n]*'"
)
_KEY = rf"[\w.\- \t]*(?:(?:{_STRING})[\w.\- \t]*)*"
_FLAT_ARRAY = rf"\[[^\[\]{{}}\"'#]*(?:(?:{_STRING}|#[^\n]*\n)[^\[\]{{}}\"'#]*)*\]"
_VALUE = rf"(?:{_STRING}|{_FLAT_ARRAY}|[^\s\[{{\"'#][^\n#]*)"
_PLAIN = rf"(?!\Z){_KEY}(?:=[ \t]*{_VALUE}[ \t]*)?(?:#[^\n]*)?\r?(?:\n|\Z)"

# The one exception: most statements have one of these forms, too, and are recognised sooner. In the pattern nothing
# comes after a run that could make the matching go back into it.
_SIMPLE_VALUE = r"(?:\"[^\"\\\n]*\"|\[\n(?: *\"[^\"\\\n]*\",\n)*\]|[^\"'\[{#\n]+)"
_SIMPLE = rf"[a-z_]+ = {_SIMPLE_VALUE}\n|\n"
_HEADER = r"[ \t]*\[(?:([A-Za-z0-9_.-]+)\])?[^\n]*(?:\n|\Z)"
_RUN = re.compile(rf"(?:{_SIMPLE}|{_PLAIN}){{0,256}}({_HEADER})?")
_TOKEN = re.compile(rf"{_STRING}|#[^\n]*|[\[\]{{}}\n]|[^\[\]{{}}\n\"'#]+")
_COMMENTS = re.compile(rf"(?:{_STRING})|(#[^\n]*)")


class Section(NamedTuple):
    """A table's header and body: offsets of the header's line, of what follows it, and of the next header."""

    path: Path
    start: int
    body: int
    end: int
    many: bool
    """Whether it is an element of an array of tables."""


def sections(text: str, known: tuple[str, list[Section]] = ("", [])) -> Iterator[Section]:
    """Yield the sections of a TOML text in its order; the first is the top level, with the path ().

    What it has in common with a `known` text at its start and its end has the sections that are known of that; it takes
    a fifth of the time to take them. Both texts end with a line end then.
    """
    known_text, known_sections = known
    same = _common_start(text, known_text)
    # Where a section begins, nothing of what stands before it counts any more: the same text has the same sections.
    first = bisect_right(known_sections, same, key=lambda section: section.body) - 1
    yield from known_sections[: max(first, 0)]
    path, start, body, _, many = known_sections[first] if first >= 0 else Section((), 0, 0, 0, False)
    growth = len(text) - len(known_text)
    same_from = len(text) - _common_end(text, known_text)
    for header, after, bare in _headers(text, body):
        yield Section(path, start, body, header, many)
        if header >= same_from:
            rest = bisect_left(known_sections, header - growth, key=lambda section: section.start)
            if rest < len(known_sections) and known_sections[rest].start == header - growth > 0:
                yield from (_moved(section, growth) for section in known_sections[rest:])
                return
        start, body = header, after
        # Nearly every header holds nothing that has to be interpreted.
        path, many = (tuple(bare.split(".")), False) if bare else header_path(text[header:after])
    yield Section(path, start, body, len(text), many)


def _moved(section: Section, by: int) -> Section:
    path, start, body, end, many = section
    return Section(path, start + by, body + by, end + by, many)


def _common_start(one: str, other: str) -> int:
    """Return the number of characters that two texts have in common at their start."""
    same, most = 0, min(len(one), len(other))
    while same < most:
        middle = (same + most + 1) // 2
        if one[same:middle] == other[same:middle]:
            same = middle
        else:
            most = middle - 1
    return same


def _common_end(one: str, other: str) -> int:
    """Return the number of characters that two texts have in common at their end."""
    same, most = 0, min(len(one), len(other))
    while same < most:
        middle = (same + most + 1) // 2
        if one[len(one) - middle : len(one) - same] == other[len(other) - middle : len(other) - same]:
            same = middle
        else:
            most = middle - 1
    return same


def _headers(text: str, at: int) -> Iterator[tuple[int, int, str | None]]:
    """Yield where the line of each header begins and ends, and what it names where that is written with bare keys.

    It begins at a place where a statement may begin.

    Raises `NotVerified` where the text is no TOML after all.
    """
    while at < len(text):
        run = _RUN.match(text, at)
        end = run.end() if run else at
        if run and run[1]:
            yield run.start(1), end, run[2]
        elif end == at:
            end = _statement_end(text, at)
            if end == at:
                raise NotVerified("layout")
        at = end


def _statement_end(text: str, at: int) -> int:
    """Return where a statement with nested arrays or tables ends, behind its line end."""
    depth = 0
    while token := _TOKEN.match(text, at):
        at = token.end()
        sign = token[0]
        depth += (sign in "[{") - (sign in "]}")
        if sign == "\n" and depth == 0:
            break
    return at


def header_path(line: str) -> tuple[Path, bool]:
    """Return the path that a header's line names, and whether it is one of an array of tables.

    Raises `Malformed` where it is no header.
    """
    table: Any = loads(line)
    path: list[str] = []
    many = False
    while table:
        (key, table) = next(iter(table.items()))
        path.append(key)
        if many := isinstance(table, list):
            table = table[0]
    return tuple(path), many


def header_span(text: str, section: Section) -> tuple[int, int]:
    """Return where the brackets of a header open, and where they close: where the parser first reads the same path."""
    start = end = text.index("[", section.start)
    while True:
        end = text.index("]", end, section.body) + 1
        if is_toml(text[start:end]) and header_path(text[start:end])[0] == section.path:
            return start, end


def comments(text: str) -> list[str]:
    """Return the comments of a piece of TOML text that begins outside strings, in its order."""
    if "#" not in text:
        return []
    return [text[start:end] for start, end in comment_spans(text, 0, len(text))]


def comment_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where each comment between two places outside strings begins, with its `#`, and ends."""
    for match in _COMMENTS.finditer(text, start, end):
        if match[1]:
            yield match.start(1), match.start(1) + len(match[1].rstrip("\r"))
