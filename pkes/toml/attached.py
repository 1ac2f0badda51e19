"""What each comment of a TOML text is about in its canonical form: a table, a field, or an item of an array."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, takewhile
from typing import Any, NamedTuple

from pkes.toml.comments import Remark, Remarks
from pkes.toml.statements import Statement
from pkes.toml.tree import KeyPath, Layout

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

    @property
    def is_inside(self) -> bool:
        """Whether any of them stands elsewhere than in front of what they are about."""
        return bool(self.behind or self.opening or self.head or self.tail)


class _Waiting(NamedTuple):
    """Free blocks in front of what moves away from there: they wait for the next child of the table around it."""

    table: KeyPath
    blocks: list[Block]
    above: Block
    """The comments above what moves: theirs, if no child follows."""


class Attached:
    """The comments of a text by what they are `about`; `end` are the blocks that nothing follows.

    A free block is in front of what it divides from what stands before it: of a record, whichever of its tables is the
    first. A table that does not stand with the rest of its record has to move there: a free block in front of that one
    stays, in front of the next record, or touches it where none follows.
    """

    def __init__(self, layout: Layout, data: dict[str, Any], *, loses_header: Callable[[KeyPath], bool]) -> None:
        """Take a layout, what its text holds, and what tells the tables that stay without their header."""
        self.about: dict[KeyPath, Comments] = defaultdict(Comments)
        self.divided: set[KeyPath] = set()
        """The tables with a free block in front of a table in them."""
        self.end: list[Block] = []
        self._layout = layout
        self._remarks = Remarks(layout)
        self._data = data
        self._loses_header = loses_header
        self._opened: set[KeyPath] = set()
        self._begun: set[KeyPath] = set()
        self._last: dict[str | int, KeyPath] = {}
        self._strays: dict[str | int, int] = {}
        self._waiting: list[_Waiting] = []
        self._gap: tuple[list[Block], Block] = [], []
        self._left: list[Block] = []
        self._loose: list[Block] = []
        for number, place in enumerate(layout.key_paths):
            self._read(number, place)
        self._settle()
        apart, above = self._gap
        self.end = [*self._left, *apart, above] if above else [*self._left, *apart]

    def _read(self, number: int, place: KeyPath) -> None:
        """Take the comments in front of a section and in it; those behind its body wait for the next one."""
        apart, above = self._gap
        is_first = place not in self._begun
        if place:
            self._in_front_of_table(place, apart, above)
        self._gap = [], []
        if len(place) < 2 or self._remarks.of(number):
            self._in_section(number, place, is_first=is_first)

    def _in_section(self, number: int, place: KeyPath, *, is_first: bool) -> None:
        own = self.about[place]
        about = self._remarks.by_statement(number)
        own.behind += _lines(about[None, "behind"])
        statements = self._layout.body(self._layout.sections[number]).statements
        divisions: list[tuple[KeyPath, list[Block]]] = []
        for statement in statements:
            inner = (*place, *self._layout.keys(statement))
            apart, above = _blocks(about[statement, "free"]), _lines(about[statement, "above"])
            if statement is statements[0]:
                own.head, apart = apart, []
            divisions += self._in_front(statement, (*place, statement.key), inner, apart, above)
            self._in_value(statement, inner, about[statement, "inside"], about[statement, "behind"])
            self._begin(inner)
        own.tail += _lines(about[None, "tail"])
        self._gap = _blocks(about[None, "free"]), _lines(about[None, "above"])
        has_header = bool(place) and not self._loses_header(place)
        if has_header:
            self._settle(place)
        elif place:
            divisions = self._without_header(place, own, divisions, is_first=is_first)
        self._divide_fields(divisions, of_table=has_header)

    def _in_front_of_table(self, place: KeyPath, apart: list[Block], above: Block) -> None:
        """Take the comments in front of a header."""
        child, is_new = self._child(place)
        if is_new:
            self._divide(child, self._in_front_of_new(child, apart))
        elif apart and self._loses_header(place):
            self._loose = apart
        elif apart:
            self._waiting.append(_Waiting(child[:-1], apart, self.about[place].above))
        if above:
            self.about[place].above += above
        self._begin(place)

    def _child(self, place: KeyPath) -> tuple[KeyPath, bool]:
        """Return what the next section belongs to in the table that divides it from the last one of its kind.

        And whether it is new: where it is not, the section does not stand with the rest of what it belongs to.
        """
        key, last = place[0], self._last.get(place[0], ())
        alike = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(last, place, strict=False)))
        depth = self._strays.pop(key, len(place) + 1)
        if depth > alike:
            depth = min(alike + 1, len(place))
            if place[:depth] not in self._begun:
                return place[:depth], True
        if alike < len(place):
            self._strays[key] = depth
        return place[:depth], False

    def _in_front_of_new(self, child: KeyPath, apart: list[Block]) -> list[Block]:
        """Return the free blocks in front of a table or field that begins: its own, or those that wait for it."""
        table = child[:-1]
        if not apart:
            apart = [block for one in self._waiting if one.table == table for block in one.blocks]
            self._waiting = [one for one in self._waiting if one.table != table] if apart else self._waiting
        elif self._waiting:
            self._settle(table)
        return apart

    def _settle(self, table: KeyPath | None = None) -> None:
        """Give the free blocks that waited in vain for a child, of one table or of all, to what they stand above."""
        for waiting in self._waiting:
            if table in (None, waiting.table):
                waiting.above[:0] = chain(*waiting.blocks)
        self._waiting = [] if table is None else [one for one in self._waiting if one.table != table]

    def _begin(self, place: KeyPath) -> None:
        self._last[place[0]] = place
        self._begun.update(place[:depth] for depth in range(1, len(place) + 1))

    def _divide(self, table: KeyPath, apart: list[Block]) -> None:
        if apart:
            self.about[table].apart += apart
            self.divided.update(table[:depth] for depth in range(1, len(table)))

    def _in_front(
        self, statement: Statement, child: KeyPath, place: KeyPath, apart: list[Block], above: Block
    ) -> Iterator[tuple[KeyPath, list[Block]]]:
        """Take the comments in front of a statement: what they are about may be a table that has no header yet.

        Yield the child of the section that begins here, with the free blocks in front of it.
        """
        table = place if holds_tables(self._value(place)) else place[:-1]
        opens = table == place or (statement.dotted and table not in self._opened)
        own = self.about[table if opens else place]
        if child not in self._begun:
            yield child, self._in_front_of_new(child, apart)
        elif apart:
            self._waiting.append(_Waiting(child[:-1], apart, own.above))
        own.above += above
        if opens:
            self._opened.add(table)

    def _divide_fields(self, divisions: Iterable[tuple[KeyPath, list[Block]]], *, of_table: bool) -> None:
        """Give the free blocks between the statements of a section to what follows them.

        A table has its header behind all fields: where a field is left that the block stands above, it stays there.
        Else it would no longer be inside the table that it is `of_table`, and so it touches the header.
        """
        groups: list[tuple[list[Block], list[KeyPath]]] = []
        for child, apart in divisions:
            if apart or not groups:
                groups.append((apart, []))
            groups[-1][1].append(child)
        for apart, children in groups:
            field = next((child for child in children if not holds_tables(self._value(child))), None)
            if field:
                self.about[field].apart += apart
            elif of_table:
                first = children[0]
                is_array = isinstance(self._value(first), list)
                self.about[(*first, 0) if is_array else first].above[:0] = chain(*apart)
            else:
                self._divide(children[0], apart)

    def _without_header(
        self, place: KeyPath, own: Comments, divisions: list[tuple[KeyPath, list[Block]]], *, is_first: bool
    ) -> list[tuple[KeyPath, list[Block]]]:
        """Give away the comments of a table whose header goes, and return what divides those that it holds.

        Only in front of all of them can they stay what they are: about the table as a whole.
        """
        loose, own.head = own.head, []
        if not is_first:
            loose = [*self._loose, *filter(None, [[*own.above, *own.behind]]), *loose]
            own.above, own.behind, self._loose = [], [], []
        if divisions:
            (child, apart), *others = divisions
            last = self._last[place[0]]
            table = last if holds_tables(self._value(last)) else last[:-1]
            value = self._value(table)
            self.about[(*table, len(value) - 1) if isinstance(value, list) else table].tail += own.tail
            own.tail = []
            return [(child, [*loose, *apart]), *others]
        if not is_first:
            self._left += [*loose, *filter(None, [own.tail])]
            own.tail = []
        return []

    def _in_value(self, statement: Statement, place: KeyPath, inside: list[Remark], behind: list[Remark]) -> None:
        """Take the comments inside the value of a statement and behind it."""
        own = self.about[place]
        own.behind += _lines(behind)
        for remark in inside:
            item, role = self._remarks.in_array(remark)
            blocks = self.about[place if item is None else (*place, item)]
            block: Block = getattr(blocks, role)
            block += remark.lines
        if statement.items and holds_tables(self._value(place)):
            self._share_out(place, len(statement.items))

    def _share_out(self, array: KeyPath, count: int) -> None:
        """Give the comments of an array of tables to its elements: each has a header, the array has none."""
        own = self.about.pop(array)
        first, last = self.about[*array, 0], self.about[*array, count - 1]
        first.above[:0] = [*own.above, *own.opening, *own.behind]
        last.tail += own.tail

    def _value(self, place: KeyPath) -> Any:
        held: Any = self._data
        for key in place:
            held = held[key]
        return held


def holds_tables(value: Any) -> bool:
    """Whether a value has a header in canonical form: a table, or an array of nothing but tables."""
    if isinstance(value, list):
        return bool(value) and all(isinstance(item, dict) for item in value)
    return isinstance(value, dict)


def _blocks(remarks: Iterable[Remark]) -> list[Block]:
    return [[*remark.lines] for remark in remarks]


def _lines(remarks: Iterable[Remark]) -> Block:
    return [line for remark in remarks for line in remark.lines]
