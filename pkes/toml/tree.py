"""Where each table and field of a TOML text stands, and what belongs to it."""

import re
from collections import defaultdict
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from pkes.errors import CannotEdit, Malformed
from pkes.toml import reading
from pkes.toml.scan import Path, Section, comments, header_path, sections
from pkes.toml.statements import COMMENT_LINE, Body, Statement, comment_lines_above, line_before

_BLANK_LINES = re.compile(r"(?:[ \t]*\r?\n)*")

KeyPath = tuple[str | int, ...]
"""The keys that lead to a table or a value; in an array the number of the item, from 0."""


class Layout:
    """The layout of a TOML text that ends with a line end and has no BOM."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._bodies: dict[Section, Body] = {}
        self._counted = (0, 1)
        self._unread = sections(text)
        self._read: list[Section] = []
        self._firsts: dict[Path, Section] = {}

    def is_like(self, other: "Layout") -> None:
        """Have the sections read beside those of another text, which has much in common with this one."""
        if not self._read and "sections" not in vars(self):
            self._unread = sections(self.text, (other.text, other.sections))

    @cached_property
    def sections(self) -> list[Section]:
        """The sections in the order of the text. Raises `NotVerified` each time where it is no TOML."""
        unread, self._unread = self._unread, sections(self.text)
        return [*self._read, *unread]

    def _first(self, path: Path) -> Section | None:
        """Return the first section of a table and of the tables in it, if the text has not been read as a whole.

        It is read no further than that: the place of a note on the cluster takes no 40 ms at 10,000 members.
        """
        while path not in self._firsts and (section := next(self._unread, None)):
            self._read.append(section)
            for depth in range(1, len(section.path) + 1):
                self._firsts.setdefault(section.path[:depth], section)
        return self._firsts.get(path)

    @cached_property
    def comments(self) -> list[str]:
        """The comments in the order of the text."""
        text = self.text
        return [
            comment
            for section in self.sections
            if text.find("#", section.start, section.end) >= 0  # most sections hold none
            for comment in comments(text[section.start : section.end])
        ]

    @cached_property
    def _below(self) -> dict[Path, list[Section]]:
        """The sections by the first two keys of their paths."""
        found: dict[Path, list[Section]] = defaultdict(list)
        for section in self.sections:
            found[section.path[:2]].append(section)
        return found

    @cached_property
    def _data(self) -> dict[str, Any]:
        return reading.loads(self.text)

    @cached_property
    def _index(self) -> dict[Section, int]:
        return {section: index for index, section in enumerate(self.sections)}

    def number(self, section: Section) -> int:
        """Return the number of a section in the order of the text."""
        return self._index[section]

    def below(self, path: Path) -> list[Section]:
        """Return the sections of a table and of the tables in it."""
        near = self._below.get(path[:2], ()) if len(path) >= 2 else self.sections
        return [section for section in near if section.path[: len(path)] == path]

    def own(self, path: Path) -> Section:
        """Return the one section that a table's header opens.

        Raises `CannotEdit` for a table without one: written inline, with dotted keys, or implied by another.
        """
        own = [section for section in self.below(path) if section.path == path and not section.many]
        if not own:
            raise CannotEdit(self.place(path)[0], ".".join(path))
        return own[0]

    def is_table(self, path: Path) -> bool:
        """Whether a table has a header of its own, and is no array of tables."""
        return any(section.path == path and not section.many for section in self.below(path))

    def value(self, path: Path) -> dict[str, Any]:
        """Return what a table holds."""
        held = self._data
        for key in path:
            held = held[key]
        return held

    def body(self, section: Section) -> Body:
        """Return the statements of a section."""
        if section not in self._bodies:
            self._bodies[section] = Body(self.text, section)
        return self._bodies[section]

    @cached_property
    def key_paths(self) -> list[KeyPath]:
        """The path of each section with the numbers of the elements of arrays that it is or is in."""
        found: list[KeyPath] = []
        last: dict[KeyPath, int] = {}
        for section in self.sections:
            if not last and not section.many:  # no array of tables has begun
                found.append(section.path)
                continue
            place: KeyPath = ()
            for depth, key in enumerate(section.path, start=1):
                place = (*place, key)
                if section.many and depth == len(section.path):
                    last[place] = last.get(place, -1) + 1
                if place in last:
                    place = (*place, last[place])
            found.append(place)
        return found

    def keys(self, statement: Statement) -> Path:
        """Return the keys of a statement: more than one where it is dotted."""
        if not statement.dotted:
            return (statement.key,)
        written = self.text[statement.start : statement.value].rstrip(" \t").removesuffix("=")
        return header_path(f"[{written}]\n")[0]

    def place(self, path: Path, key: str | None = None, item: int | None = None) -> tuple[int, int]:
        """Return line and column, from 1 and in characters, of a table's field, or of the table itself.

        Of a field that is an array, that of an item, counted from 0, where one is named. What has no place of its own,
        as an absent field, is given that of the nearest table around it.
        """
        wanted = path if key is None else (*path, key)
        if wanted and (table := self._first(wanted)):
            return self.line_and_column(self.text.index("[", table.start))
        nearest = 0
        for depth in range(len(wanted), 0, -1):
            tables = self.below(wanted[:depth])
            nearest = nearest or (self.text.index("[", tables[0].start) if tables else 0)
            own = [table for table in tables if table.path == wanted[:depth]]
            if own or (tables and depth == len(wanted)):
                at = self._place_in(own[0], wanted[depth:], item) if own else None
                return self.line_and_column(nearest if at is None else at)
        at = self._place_in(self.sections[0], wanted, item)
        return self.line_and_column(nearest if at is None else at)

    def _place_in(self, section: Section, names: Path, item: int | None) -> int | None:
        try:
            return self.body(section).place(names, item)
        except Malformed:  # nested so deep that no place in it can be had
            return None

    def line_and_column(self, offset: int) -> tuple[int, int]:
        """Return the line and the column of an offset, both from 1."""
        # Most offsets are asked for in their order: lines are counted on from the last one.
        counted, line = self._counted if self._counted[0] <= offset else (0, 1)
        line += self.text.count("\n", counted, offset)
        self._counted = (offset, line)
        return line, offset - self.text.rfind("\n", 0, offset)

    def block_above(self, section: Section) -> int:
        """Return where the comment block that touches a header from above begins: at the header where none does."""
        start = section.start
        if start == 0 or not COMMENT_LINE.match(self.text, line_before(self.text, start)):
            return start
        return comment_lines_above(self.text, start, self.body(self.sections[self._index[section] - 1]).last)

    def followers(self, section: Section) -> list[Section]:
        """Return the sections of the tables in a table that follow it at once."""
        start = end = self._index[section] + 1
        while end < len(self.sections) and self.sections[end].path[: len(section.path)] == section.path:
            end += 1
        return self.sections[start:end]

    def after_blank(self, start: int) -> int:
        """Return where the blank lines that begin at `start` end."""
        blank = _BLANK_LINES.match(self.text, start)
        return blank.end() if blank else start

    def before_blank(self, end: int) -> int:
        """Return where the blank lines that end at `end` begin."""
        while end and not self.text[line_before(self.text, end) : end].strip():
            end = line_before(self.text, end)
        return end


@lru_cache(maxsize=5)
def layout_of(text: str) -> Layout:
    """Return the layout of a text: the same one each time that a merge asks for that of one of its five texts."""
    return Layout(text if text.endswith("\n") else text + reading.last_line_end(text))


class Span(NamedTuple):
    """Where a piece begins and ends, and whether it begins with a header or the comments above one."""

    start: int
    end: int
    is_table: bool


def table(layout: Layout, path: Path) -> Span | None:
    """Return where a table stands: the comments above it, its body, and the tables in it.

    None where it has no header of its own, or where the tables in it do not follow it at once.
    """
    sections = layout.below(path)
    if not sections or sections[0].path != path or sections[0].many:
        return None
    if layout.followers(sections[0]) != sections[1:]:
        return None
    return Span(layout.block_above(sections[0]), layout.body(sections[-1]).end, is_table=True)


def field(layout: Layout, path: Path, key: str) -> Span | None:
    """Return where a field of a table stands: its lines, or the table that it is.

    None where it is not one statement, nor one table with a header of its own in a table that has one, too.
    """
    own = layout.is_table(path) or not path
    if layout.below((*path, key)):
        return table(layout, (*path, key)) if own else None
    there = layout.body(layout.own(path) if path else layout.sections[0]).of(key) if own else []
    return Span(there[0].start, there[0].end, is_table=False) if len(there) == 1 and not there[0].dotted else None
