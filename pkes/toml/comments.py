"""What each comment of a TOML text is about: a table, a field, or an item of an array."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, zip_longest
from typing import Any, Literal, NamedTuple

from pkes.toml.scan import Path, Section, comment_spans, header_path
from pkes.toml.tree import Layout, Statement

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


Role = Literal["above", "behind", "inside", "tail", "free"]


class RemarkPlace(NamedTuple):
    """What comments belong to: a table, or a key of it, and their role.

    They touch it from `above`, stand `behind` it on its line, `inside` its value, below the last key of its table (the
    `tail`), or `free` in front of it with a blank line between. In the path of an element of an array of tables, and of
    what is in it, its number follows. A dotted key is written with its dots. `free` of the path () is the end of the
    file.
    """

    path: Path
    key: str | None
    role: Role


class Remark(NamedTuple):
    """A comment, or a block of them on lines of their own: where it begins and ends, line ends included.

    One `behind` something begins where that ends, in front of the spaces.
    """

    start: int
    end: int
    lines: tuple[str, ...]


class Remarks:
    """The comments of a layout by their place, read when they are asked for."""

    def __init__(self, layout: Layout, going: Callable[[Path], Collection[str]] = lambda _path: ()) -> None:
        """Take a layout, and what returns the keys of a table that are `going`.

        Comments above such a key, or free in front of it, are held to belong to what they meet when it is gone.
        """
        self.layout = layout
        self._going = going
        self._paths = [*_paths(layout.sections)]
        self.sections = {path: number for number, path in enumerate(self._paths)}
        """The number of each section by its path."""
        self._read: dict[int, dict[RemarkPlace, list[Remark]]] = {}
        self._statements: dict[Path, dict[str, Statement]] = {}

    def at(self, place: RemarkPlace) -> list[Remark]:
        """Return the comments at a place, in the order of the text."""
        number = self.sections.get(place.path)
        if number is None:
            return []
        if place.key is None and place.role in ("above", "free"):
            # What stands in front of a header is part of the section before it; the end of the file of the last one.
            number = number - 1 if place.path else len(self._paths) - 1
        return self.of(number).get(place, [])

    def of(self, number: int) -> dict[RemarkPlace, list[Remark]]:
        """Return the comments in a section, by its number: those behind its header, and all up to the next header."""
        if number not in self._read:
            found: dict[RemarkPlace, list[Remark]] = defaultdict(list)
            for place, remark in self._in_section(number):
                found[place].append(remark)
            self._read[number] = found
        return self._read[number]

    def statements(self, path: Path) -> dict[str, Statement]:
        """Return the statements of a table by key, in the order of the text."""
        if path in self.sections and path not in self._statements:
            body = self.layout.body(self.layout.sections[self.sections[path]])
            self._statements[path] = {self._key(one): one for one in body.statements}
        return self._statements.get(path, {})

    def _key(self, statement: Statement) -> str:
        if not statement.dotted:
            return statement.key
        written = self.layout.text[statement.start : statement.value].rstrip(" \t").removesuffix("=")
        return ".".join(header_path(f"[{written}]\n")[0])

    def _in_section(self, number: int) -> Iterator[tuple[RemarkPlace, Remark]]:
        section, path, text = self.layout.sections[number], self._paths[number], self.layout.text
        spans = list(comment_spans(text, section.start, section.end))
        if not spans:
            return
        statements = self.layout.body(section).statements
        starts = [statement.start for statement in statements]
        lines: list[tuple[int, int, str]] = []
        for start, end in spans:
            index = bisect_right(starts, start) - 1
            over = statements[index] if index >= 0 and start < statements[index].end else None
            if over:
                role: Role = "behind" if start >= over.value_end else "inside"
                begin = over.value_end if role == "behind" else start
                yield RemarkPlace(path, self._key(over), role), Remark(begin, end, (text[start:end],))
            elif start < section.body:
                code = text[section.start : start].rstrip(" \t")
                yield RemarkPlace(path, None, "behind"), Remark(section.start + len(code), end, (text[start:end],))
            else:
                lines.append((text.rfind("\n", 0, start) + 1, text.index("\n", end) + 1, text[start:end]))
        going = self._going(path)
        gone = [one for one in statements if going and self._key(one) in going]
        stay = [one for one in statements if one not in gone]
        for block in _remark_blocks(lines, gone):
            yield self._place(number, block, stay, gone), block

    def _place(self, number: int, block: Remark, stay: Sequence[Statement], gone: Sequence[Statement]) -> RemarkPlace:
        section, path = self.layout.sections[number], self._paths[number]
        start, end = _without(gone, block.start), _without(gone, block.end)
        following = next((one for one in stay if one.start >= block.end), None)
        if following:
            role: Role = "above" if _without(gone, following.start) == end else "free"
            return RemarkPlace(path, self._key(following), role)
        last = _without(gone, stay[-1].end if stay else section.body)
        is_end = number + 1 == len(self._paths)
        if not is_end and end == _without(gone, section.end):
            return RemarkPlace(self._paths[number + 1], None, "above")
        if start == last and last > 0:
            return RemarkPlace(path, None, "tail")
        return RemarkPlace(() if is_end else self._paths[number + 1], None, "free")


def _paths(sections: Iterable[Section]) -> Iterator[Path]:
    """Yield the path of each section, with the numbers of the elements of arrays that it is or is in."""
    last: dict[Path, int] = {}
    for section in sections:
        path: Path = ()
        for depth, key in enumerate(section.path, start=1):
            path = (*path, key)
            if section.many and depth == len(section.path):
                last[path] = last.get(path, -1) + 1
            if path in last:
                path = (*path, str(last[path]))
        yield path


def _without(gone: Iterable[Statement], at: int) -> int:
    """Return where an offset is when statements are gone."""
    return at - sum(one.end - one.start for one in gone if one.end <= at)


def _remark_blocks(lines: list[tuple[int, int, str]], gone: Sequence[Statement]) -> Iterator[Remark]:
    """Yield comments on lines that touch each other, when statements are gone, as one."""
    block: list[tuple[int, int, str]] = []
    for line in [*lines, (-1, -1, "")]:
        if block and _without(gone, line[0]) != _without(gone, block[-1][1]):
            yield Remark(block[0][0], block[-1][1], tuple(comment for *_, comment in block))
            block = []
        block.append(line)
