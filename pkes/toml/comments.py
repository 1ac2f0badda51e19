"""What each comment of a TOML text belongs to: a table or a key, and where it stands there."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from pkes.toml.scan import Path, comment_spans
from pkes.toml.tree import Layout, Statement

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

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self._paths: list[Path] = [tuple(map(str, place)) for place in layout.key_paths()]
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
            self._statements[path] = {".".join(self.layout.keys(one)): one for one in body.statements}
        return self._statements.get(path, {})

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
                yield RemarkPlace(path, ".".join(self.layout.keys(over)), role), Remark(begin, end, (text[start:end],))
            elif start < section.body:
                code = text[section.start : start].rstrip(" \t")
                yield RemarkPlace(path, None, "behind"), Remark(section.start + len(code), end, (text[start:end],))
            else:
                lines.append((text.rfind("\n", 0, start) + 1, text.index("\n", end) + 1, text[start:end]))
        for block in _remark_blocks(lines):
            yield self._place(number, block, statements), block

    def _place(self, number: int, block: Remark, statements: Sequence[Statement]) -> RemarkPlace:
        section, path = self.layout.sections[number], self._paths[number]
        following = next((one for one in statements if one.start >= block.end), None)
        if following:
            return RemarkPlace(
                path, ".".join(self.layout.keys(following)), "above" if following.start == block.end else "free"
            )
        last = statements[-1].end if statements else section.body
        is_end = number + 1 == len(self._paths)
        if not is_end and block.end == section.end:
            return RemarkPlace(self._paths[number + 1], None, "above")
        if block.start == last and last > 0:
            return RemarkPlace(path, None, "tail")
        return RemarkPlace(() if is_end else self._paths[number + 1], None, "free")


def _remark_blocks(lines: list[tuple[int, int, str]]) -> Iterator[Remark]:
    """Yield comments on lines that touch each other as one."""
    block: list[tuple[int, int, str]] = []
    for line in [*lines, (-1, -1, "")]:
        if block and line[0] != block[-1][1]:
            yield Remark(block[0][0], block[-1][1], tuple(comment for *_, comment in block))
            block = []
        block.append(line)
