"""The statements of a section of a TOML text: where each key and its value stand, and the comments that touch them."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

from pkes.toml.reading import positions
from pkes.toml.scan import Section

COMMENT_LINE = re.compile(r"[ \t]*#")
_COMMENT_LINES = re.compile(r"(?:[ \t]*#[^\n]*\n)*")
_LONGER = re.compile(r"[^\x00-\x7f]")


class Item(NamedTuple):
    """An item of an array: offsets in the text of its array."""

    start: int
    end: int


class Statement(NamedTuple):
    """A key and its value: offsets in the text of the line it begins, of its key, its value, and the next line."""

    key: str
    start: int
    at: int
    value: int
    value_end: int
    end: int
    dotted: bool
    """Whether it sets a part of `key` only: `key.part = …`."""
    items: tuple[Item, ...] | None
    """The items of an array; None for any other value."""


class Body:
    """The statements of a section, in the order of the text."""

    def __init__(self, text: str, section: Section) -> None:
        """Take the whole text, which ends with a line end, and a section of it."""
        self._text = text
        self._section = section
        self._piece = text[section.start : section.end]
        self._lines = [0, *(match.end() for match in re.finditer("\n", self._piece))]
        self._longer: dict[int, tuple[list[int], list[int]]] = {}
        nodes = positions(self._piece)
        for key in section.path:
            nodes = nodes[key]
        if section.many:
            nodes = nodes["value"][-1]["value"]
        self._nodes = nodes
        found = [self._statement(key, node, dotted) for key, node, dotted in _leaves(nodes)]
        self.statements = sorted(found, key=lambda statement: statement.start)
        self._by_key: dict[str, list[Statement]] = defaultdict(list)
        for statement in self.statements:
            self._by_key[statement.key].append(statement)

    def of(self, key: str) -> list[Statement]:
        """Return the statements that set a key or a part of it."""
        return self._by_key.get(key, [])

    def place(self, names: Sequence[str], item: int | None = None) -> int | None:
        """Return where the key of a value stands, or the nearest key around it: inside inline tables, too.

        Of an array it is an item's place, counted from 0, where one is named.
        """
        nodes, found = self._nodes, None
        for name in names:
            if (node := nodes.get(name)) is None:
                return found
            if not isinstance(node.get("value_raw"), str):
                # The first of the statements that set a part of it: its line begins with the key.
                statement = self.of(names[0])[0]
                line = self._text[statement.start : statement.end]
                found, nodes = statement.start + len(line) - len(line.lstrip(" \t")), node
                continue
            found = self._section.start + self._offset(node["key_line"], node["key_col"])
            if item is not None and isinstance(node["value"], list):
                place = node["value"][item]
                return self._section.start + self._offset(place["value_line"], place["value_col"])
            if not isinstance(node["value"], dict):
                return found
            nodes = node["value"]
        return found

    @property
    def last(self) -> int:
        """Where the last statement ends, or the header where there is none."""
        return self.statements[-1].end if self.statements else self._section.body

    @property
    def end(self) -> int:
        """Where the body ends: behind the last statement and a comment block that touches only that."""
        last = self.last
        block = _COMMENT_LINES.match(self._text, last, self._section.end)
        end = block.end() if block else last
        touches_next = end == self._section.end and end < len(self._text)
        return last if touches_next else end

    def block_above(self, statement: Statement) -> int:
        """Return where the comment block that touches a statement from above begins: at the statement, if none does."""
        index = self.statements.index(statement)
        return comment_lines_above(
            self._text, statement.start, self.statements[index - 1].end if index else self._section.body
        )

    def _statement(self, key: str, node: dict[str, Any], dotted: bool) -> Statement:
        line = self._lines[_first(node["key_line"]) - 1]
        at = self._offset(node["key_line"], node["key_col"])
        value = self._offset(node["value_line"], node["value_col"])
        raw = node["value_raw"]
        end = self._text.index("\n", self._section.start + value + len(raw)) + 1
        items = None
        if isinstance(node["value"], list):
            starts = [
                (self._offset(i["value_line"], i["value_col"]) - value, len(i["value_raw"])) for i in node["value"]
            ]
            items = tuple(Item(start, start + length) for start, length in starts)
        base = self._section.start
        return Statement(key, base + line, base + at, base + value, base + value + len(raw), end, dotted, items)

    def _offset(self, line: Any, column: Any) -> int:
        """Return the offset of a place in the piece; the parser counts lines from 1 and columns in UTF-8 bytes."""
        number, byte = _first(line) - 1, _first(column) - 1
        if number not in self._longer:
            self._longer[number] = self._longer_in(number)
        ends, surplus = self._longer[number]
        return self._lines[number] + byte - surplus[bisect_right(ends, byte)]

    def _longer_in(self, number: int) -> tuple[list[int], list[int]]:
        """Return where the characters of a line that are longer than a byte end, and the bytes too many up to each.

        A line can be as long as the file, and it has many places: it is looked at once.
        """
        start = self._lines[number]
        ends, surplus = [], [0]
        for found in _LONGER.finditer(self._piece, start, self._piece.find("\n", start)):
            surplus.append(surplus[-1] + len(found[0].encode()) - 1)
            ends.append(found.end() - start + surplus[-1])
        return ends, surplus


def _first(place: int | tuple[int, int]) -> int:
    return place[0] if isinstance(place, tuple) else place


def _leaves(nodes: dict[str, Any], key: str | None = None) -> Any:
    """Yield (key of the table, node of a value, whether the key is dotted) for each statement."""
    for name, node in nodes.items():
        if isinstance(node.get("value_raw"), str):
            yield name if key is None else key, node, key is not None
        else:
            yield from _leaves(node, name if key is None else key)


def line_before(text: str, start: int) -> int:
    """Return where the line begins that ends at `start`."""
    return text.rfind("\n", 0, start - 1) + 1


def comment_lines_above(text: str, start: int, floor: int) -> int:
    """Return where the lines begin that hold nothing but a comment and end at `start`, down to `floor`."""
    while start > floor and COMMENT_LINE.match(text, line_before(text, start)):
        start = line_before(text, start)
    return start
