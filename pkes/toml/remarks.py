"""The comments of a TOML text, each with its place: what it belongs to, and how it stands there."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from pkes.toml.body import Statement
from pkes.toml.scan import Path, Section, comment_spans, header_path
from pkes.toml.tree import Layout

Role = Literal["above", "behind", "inside", "tail", "free"]


class Place(NamedTuple):
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
        self._read: dict[int, dict[Place, list[Remark]]] = {}
        self._statements: dict[Path, dict[str, Statement]] = {}

    def at(self, place: Place) -> list[Remark]:
        """Return the comments at a place, in the order of the text."""
        number = self.sections.get(place.path)
        if number is None:
            return []
        if place.key is None and place.role in ("above", "free"):
            # What stands in front of a header is part of the section before it; the end of the file of the last one.
            number = number - 1 if place.path else len(self._paths) - 1
        return self.of(number).get(place, [])

    def of(self, number: int) -> dict[Place, list[Remark]]:
        """Return the comments in a section, by its number: those behind its header, and all up to the next header."""
        if number not in self._read:
            found: dict[Place, list[Remark]] = defaultdict(list)
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

    def _in_section(self, number: int) -> Iterator[tuple[Place, Remark]]:
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
                yield Place(path, self._key(over), role), Remark(begin, end, (text[start:end],))
            elif start < section.body:
                code = text[section.start : start].rstrip(" \t")
                yield Place(path, None, "behind"), Remark(section.start + len(code), end, (text[start:end],))
            else:
                lines.append((text.rfind("\n", 0, start) + 1, text.index("\n", end) + 1, text[start:end]))
        going = self._going(path)
        gone = [one for one in statements if going and self._key(one) in going]
        stay = [one for one in statements if one not in gone]
        for block in _blocks(lines, gone):
            yield self._place(number, block, stay, gone), block

    def _place(self, number: int, block: Remark, stay: Sequence[Statement], gone: Sequence[Statement]) -> Place:
        section, path = self.layout.sections[number], self._paths[number]
        start, end = _without(gone, block.start), _without(gone, block.end)
        following = next((one for one in stay if one.start >= block.end), None)
        if following:
            role: Role = "above" if _without(gone, following.start) == end else "free"
            return Place(path, self._key(following), role)
        last = _without(gone, stay[-1].end if stay else section.body)
        is_end = number + 1 == len(self._paths)
        if not is_end and end == _without(gone, section.end):
            return Place(self._paths[number + 1], None, "above")
        if start == last and last > 0:
            return Place(path, None, "tail")
        return Place(() if is_end else self._paths[number + 1], None, "free")


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


def _blocks(lines: list[tuple[int, int, str]], gone: Sequence[Statement]) -> Iterator[Remark]:
    """Yield comments on lines that touch each other, when statements are gone, as one."""
    block: list[tuple[int, int, str]] = []
    for line in [*lines, (-1, -1, "")]:
        if block and _without(gone, line[0]) != _without(gone, block[-1][1]):
            yield Remark(block[0][0], block[-1][1], tuple(comment for *_, comment in block))
            block = []
        block.append(line)
