"""Where each table and field of a TOML text stands, and what belongs to it."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from itertools import accumulate, zip_longest
from re import compile as pattern
from typing import Any

from pkes.errors import CannotEdit, Malformed
from pkes.toml import reading
from pkes.toml.body import Body
from pkes.toml.scan import Path, Section, comment_spans, sections

_BLANK_LINES = pattern(r"(?:[ \t]*\r?\n)*")
_COMMENT_LINE = pattern(r"[ \t]*#")


class Layout:
    """The layout of a TOML text that ends with a line end and has no BOM."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._bodies: dict[Section, Body] = {}

    @cached_property
    def sections(self) -> list[Section]:
        """The sections in the order of the text."""
        return sections(self.text)

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

    @cached_property
    def _line_starts(self) -> list[int]:
        return list(accumulate((len(line) + 1 for line in self.text.split("\n")), initial=0))

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

    def place(self, path: Path, key: str | None = None, item: int | None = None) -> tuple[int, int]:
        """Return line and column, from 1 and in characters, of a table's field, or of the table itself.

        Of a field that is an array, that of an item, counted from 0, where one is named. What has no place of its own,
        as an absent field, is given that of the nearest table around it.
        """
        wanted = path if key is None else (*path, key)
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
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    def block_above(self, section: Section) -> int:
        """Return where the comment block that touches a header from above begins: at the header where none does."""
        start = section.start
        if start == 0 or not _COMMENT_LINE.match(self.text, self._line_before(start)):
            return start
        floor = self.body(self.sections[self._index[section] - 1]).last
        while start > floor and _COMMENT_LINE.match(self.text, self._line_before(start)):
            start = self._line_before(start)
        return start

    def _line_before(self, start: int) -> int:
        return self.text.rfind("\n", 0, start - 1) + 1

    def comments(self) -> Iterator[tuple[Path, int, str]]:
        """Yield each comment with the path of the table it belongs to, () for nobody's, and its line."""
        for section, following in zip_longest(self.sections, self.sections[1:]):
            spans = list(comment_spans(self.text, section.start, section.end))
            above = self.block_above(following) if spans and following else section.end
            own = self.body(section).end if spans else section.end
            for start, end in spans:
                path = section.path if start < own else following.path if following and start >= above else ()
                yield path, self.line_and_column(start)[0], self.text[start:end]

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
        while end and not self.text[self._line_before(end) : end].strip():
            end = self._line_before(end)
        return end
