"""What each comment of a TOML text belongs to: a table, a key or an item of an array, and where it stands there."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from pkes.toml.scan import Path, Section, comment_spans
from pkes.toml.statements import Statement
from pkes.toml.tree import Layout

Role = Literal["above", "behind", "inside", "tail", "free"]

ItemRole = Literal["above", "behind", "opening", "tail"]


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


class Comment(NamedTuple):
    """One comment: where it begins, with its `#`, and where it ends, in front of the line end."""

    start: int
    end: int
    text: str


class Remark(NamedTuple):
    """A comment, or a block of them on lines of their own: where it begins and ends, line ends included.

    One `behind` something begins where that ends, in front of the spaces.
    """

    start: int
    end: int
    comments: tuple[Comment, ...]
    statement: Statement | None = None
    """The statement that it is about, or in front of; None where that is a table."""

    @property
    def lines(self) -> tuple[str, ...]:
        """The comments as they are written."""
        return tuple(comment.text for comment in self.comments)


class Remarks:
    """The comments of a layout by their place, read when they are asked for."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self._paths: list[Path] = [tuple(map(str, place)) for place in layout.key_paths]
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

    def by_statement(self, number: int) -> defaultdict[tuple[Statement | None, Role], list[Remark]]:
        """Return the comments in a section as `of` has them, by what they are about and their role."""
        found: defaultdict[tuple[Statement | None, Role], list[Remark]] = defaultdict(list)
        for place, remarks in self.of(number).items():
            for remark in remarks:
                found[remark.statement, place.role].append(remark)
        return found

    def in_array(self, remark: Remark) -> tuple[int | None, ItemRole]:
        """Return the number of the item that a comment inside a value belongs to, and its role there.

        None for the value itself: no array, or `opening` it behind the bracket, or below its last item (the `tail`).
        """
        statement = remark.statement
        if statement is None or statement.items is None:
            return None, "above"
        at = remark.start - statement.value
        number = bisect_right(statement.items, at, key=lambda item: item.end)
        is_last = number == len(statement.items)
        end = statement.value + (statement.items[number - 1].end if number else 1)
        is_between = is_last or at < statement.items[number].start
        if is_between and "\n" not in self.layout.text[end : remark.start]:
            return (number - 1, "behind") if number else (None, "opening")
        return (None, "tail") if is_last else (number, "above")

    def about(self, section: Section) -> Iterator[tuple[str | None, Remark]]:
        """Yield the comments about a section's table, from those above its header to its tail.

        With the key of the table that each is about; None for those about the table, or that stand free in it.
        """
        number = self.layout.number(section)
        path = self._paths[number]
        yield from ((None, remark) for remark in self.at(RemarkPlace(path, None, "above")))
        for place, remarks in self.of(number).items():
            if place.path == path and (place.key is not None or place.role != "free"):
                for one in remarks:
                    yield one.statement.key if one.statement and place.role != "free" else None, one

    def is_divided(self, section: Section) -> bool:
        """Whether a free comment stands in front of a header."""
        return bool(self.at(RemarkPlace(self._paths[self.layout.number(section)], None, "free")))

    def owned(self) -> Iterator[tuple[Path, int, str]]:
        """Yield each comment with the path of the table it belongs to, () for nobody's, and its line.

        The path is that of the header, without numbers of elements.
        """
        for number in range(len(self._paths)):
            found = [
                (comment, () if place.key is None and place.role == "free" else self._header_path(place.path))
                for place, remarks in self.of(number).items()
                for remark in remarks
                for comment in remark.comments
            ]
            for comment, path in sorted(found):
                yield path, self.layout.line_and_column(comment.start)[0], comment.text

    def _header_path(self, path: Path) -> Path:
        return self.layout.sections[self.sections[path]].path

    def statements(self, path: Path) -> dict[str, Statement]:
        """Return the statements of a table by key, in the order of the text."""
        if path in self.sections and path not in self._statements:
            body = self.layout.body(self.layout.sections[self.sections[path]])
            self._statements[path] = {self._key(one): one for one in body.statements}
        return self._statements.get(path, {})

    def _in_section(self, number: int) -> Iterator[tuple[RemarkPlace, Remark]]:
        section, path, text = self.layout.sections[number], self._paths[number], self.layout.text
        if text.find("#", section.start, section.end) < 0:
            return
        found = [Comment(start, end, text[start:end]) for start, end in comment_spans(text, section.start, section.end)]
        statements = self.layout.body(section).statements if found else []
        starts = [statement.start for statement in statements]
        apart: list[Comment] = []
        for comment in found:
            index = bisect_right(starts, comment.start) - 1
            over = statements[index] if index >= 0 and comment.start < statements[index].end else None
            if over:
                role: Role = "behind" if comment.start >= over.value_end else "inside"
                begin = over.value_end if role == "behind" else comment.start
                yield RemarkPlace(path, self._key(over), role), Remark(begin, comment.end, (comment,), over)
            elif comment.start < section.body:
                code = text[section.start : comment.start].rstrip(" \t")
                yield RemarkPlace(path, None, "behind"), Remark(section.start + len(code), comment.end, (comment,))
            else:
                apart.append(comment)
        for start, end, comments in _blocks(text, apart):
            following = next((one for one in statements if one.start >= end), None)
            yield self._place(number, start, end, following), Remark(start, end, comments, following)

    def _place(self, number: int, start: int, end: int, following: Statement | None) -> RemarkPlace:
        """Return what a block on lines of its own belongs to, by where it begins and ends."""
        section = self.layout.sections[number]
        if following:
            role: Role = "above" if following.start == end else "free"
            return RemarkPlace(self._paths[number], self._key(following), role)
        if end <= self.layout.body(section).end:
            return RemarkPlace(self._paths[number], None, "tail")
        if number + 1 == len(self._paths):
            return RemarkPlace((), None, "free")
        return RemarkPlace(self._paths[number + 1], None, "above" if end == section.end else "free")

    def _key(self, statement: Statement) -> str:
        return ".".join(self.layout.keys(statement))


def _blocks(text: str, comments: Sequence[Comment]) -> Iterator[tuple[int, int, tuple[Comment, ...]]]:
    """Yield comments on lines that touch each other as one, with where its lines begin and end."""
    block: list[Comment] = []
    start = end = 0
    for comment in comments:
        line = text.rfind("\n", 0, comment.start) + 1
        if block and line != end:
            yield start, end, tuple(block)
            block = []
        start, end = (start if block else line), text.index("\n", comment.end) + 1
        block.append(comment)
    if block:
        yield start, end, tuple(block)
