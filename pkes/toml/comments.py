"""What each comment of a TOML text is about: a table, a field, or an item of an array."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, zip_longest
from typing import Any

from pkes.toml.body import Statement
from pkes.toml.scan import Section, comment_spans, header_path
from pkes.toml.tree import Layout

Place = tuple[str | int, ...]
"""The keys that lead to a table or a value; in an array the number of the item, from 0."""

Block = list[str]
"""Comments on lines of their own that touch each other, each from its `#` on."""


@dataclass(slots=True)
class Comments:
    """The comments about one table, field or item."""

    apart: list[Block] = field(default_factory=list)
    """Blocks in front of it, with a blank line behind each."""
    above: Block = field(default_factory=list)
    """The block that touches it from above."""
    behind: Block = field(default_factory=list)
    """The one comment behind its header or its value."""
    opening: Block = field(default_factory=list)
    """Of an array: the one comment behind the opening bracket."""
    head: list[Block] = field(default_factory=list)
    """Of a table: blocks in front of its first key, with a blank line behind each."""
    tail: Block = field(default_factory=list)
    """The block below the last key of a table, or the last item of an array."""


class Attached:
    """The comments of a text by what they are `about`; `end` are the blocks that nothing follows."""

    def __init__(self, layout: Layout, data: dict[str, Any]) -> None:
        """Take a layout, and what its text holds."""
        self.about: dict[Place, Comments] = defaultdict(Comments)
        self.end: list[Block] = []
        self._text = layout.text
        self._data = data
        self._opened: set[Place] = set()
        places = [*_places(layout.sections)]
        for section, place, following in zip_longest(layout.sections, places, places[1:]):
            if self._text.find("#", section.start, section.end) >= 0:
                self._read(layout, section, place, following)

    def _read(self, layout: Layout, section: Section, place: Place, following: Place | None) -> None:
        """Take the comments of a section, and those in front of the next header."""
        own = self.about[place]
        own.behind += self._comments(section.start, section.body)
        body = layout.body(section)
        at = section.body
        for statement in body.statements:
            if statement.dotted or self._text.find("#", at, statement.end) >= 0:
                inner = (*place, *self._names(statement))
                apart, above = _blocks(self._text[at : statement.start])
                if at == section.body:
                    own.head, apart = apart, []
                self._in_front(statement, inner, apart, above)
                self._in_value(statement, inner)
            at = statement.end
        own.tail += self._comments(at, body.end)
        apart, above = _blocks(self._text[body.end : section.end])
        if following is None:
            self.end = [*apart, above] if above else apart
        else:
            self.about[following].apart += apart
            self.about[following].above += above

    def _names(self, statement: Statement) -> tuple[str, ...]:
        """Return the keys of a statement."""
        if not statement.dotted:
            return (statement.key,)
        written = self._text[statement.start : statement.value].rstrip(" \t").removesuffix("=")
        return header_path(f"[{written}]\n")[0]

    def _in_front(self, statement: Statement, place: Place, apart: list[Block], above: Block) -> None:
        """Take the comments in front of a statement: what they are about may be a table that has no header yet."""
        table = place if holds_tables(self._value(place)) else place[:-1]
        if table == place or (statement.dotted and table not in self._opened):
            # In front of a header, what has a blank line behind it would be nobody's.
            self.about[table].above += [*chain(*apart), *above]
            self._opened.add(table)
        else:
            self.about[place].apart += apart
            self.about[place].above += above

    def _in_value(self, statement: Statement, place: Place) -> None:
        """Take the comments inside the value of a statement and behind it."""
        own = self.about[place]
        own.behind += self._comments(statement.value_end, statement.end)
        if statement.items is None:
            own.above += self._comments(statement.value, statement.value_end)
            return
        at = statement.value + 1
        for number, item in enumerate(statement.items):
            inner = (*place, number)
            start, end = statement.value + item.start, statement.value + item.end
            self._in_array(place, number, at, start, self.about[inner].above)
            self.about[inner].above += self._comments(start, end)
            at = end
        self._in_array(place, len(statement.items), at, statement.value_end, own.tail)
        if statement.items and holds_tables(self._value(place)):
            self._share_out(place, len(statement.items))

    def _in_array(self, array: Place, number: int, start: int, end: int, following: Block) -> None:
        """Take the comments in front of the item of a number: the first may be behind the one before, on its line."""
        for at, stop in comment_spans(self._text, start, end):
            comment = self._text[at:stop]
            if "\n" in self._text[start:at]:
                following.append(comment)
            elif number:
                self.about[*array, number - 1].behind.append(comment)
            else:
                self.about[array].opening.append(comment)

    def _share_out(self, array: Place, count: int) -> None:
        """Give the comments of an array of tables to its elements: each has a header, the array has none."""
        own = self.about.pop(array)
        first, last = self.about[*array, 0], self.about[*array, count - 1]
        first.above[:0] = [*own.above, *own.opening, *own.behind]
        last.tail += own.tail

    def _comments(self, start: int, end: int) -> Iterator[str]:
        return (self._text[at:stop] for at, stop in comment_spans(self._text, start, end))

    def _value(self, place: Place) -> Any:
        held: Any = self._data
        for key in place:
            held = held[key]
        return held


def holds_tables(value: Any) -> bool:
    """Whether a value has a header in canonical form: a table, or an array of nothing but tables."""
    if isinstance(value, list):
        return bool(value) and all(isinstance(item, dict) for item in value)
    return isinstance(value, dict)


def _places(sections: Iterable[Section]) -> Iterator[Place]:
    """Yield the place of each section."""
    last: dict[Place, int] = {}
    for section in sections:
        place: Place = ()
        for depth, key in enumerate(section.path, start=1):
            place = (*place, key)
            if section.many and depth == len(section.path):
                last[place] = last.get(place, -1) + 1
            if place in last:
                place = (*place, last[place])
        yield place


def _blocks(gap: str) -> tuple[list[Block], Block]:
    """Return the blocks of a gap that have a blank line behind them, and the one that touches what follows."""
    blocks: list[Block] = [[]]
    for line in gap.split("\n")[:-1]:
        if comment := line.lstrip(" \t").rstrip("\r"):
            blocks[-1].append(comment)
        elif blocks[-1]:
            blocks.append([])
    *apart, touching = blocks
    return apart, touching
