"""Edits in the text of a TOML file that leave every byte alone which they need not change."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, groupby
from typing import Any, NamedTuple

from pkes.errors import CannotEdit
from pkes.toml import arrays, reading, render
from pkes.toml.scan import Path, Section, comment_spans, comments, header_path
from pkes.toml.splice import Splice, splice
from pkes.toml.tree import Layout, Statement

Goes = Callable[[str, str | None], bool]
"""Whether a comment of a table is to be taken away; it is told the key that the comment belongs to, None for none."""


def every(_comment: str, _key: str | None) -> bool:
    """Whether a comment is to be taken away where all of them are."""
    return True


class Edited(NamedTuple):
    """A text after its edits, and the comments that went with what was taken away."""

    text: str
    lost: tuple[str, ...]


class _New(NamedTuple):
    """A table to be put in, behind (`after`) or in front of what stands there."""

    at: int
    after: bool
    path: Path
    text: str


class Document:
    """A TOML text and the edits to be made in it.

    Every method names tables and places as they stand in the text that was given; `edited` makes all edits at once.
    A method that meets a layout which cannot be edited safely raises `CannotEdit` with its line.
    """

    def __init__(self, text: str) -> None:
        """Take a text without a BOM that the parser has read before."""
        self._newline = reading.line_end(text)
        self._final_newline = text.endswith("\n")
        self._layout = Layout(text if self._final_newline else text + self._newline)
        self._text = self._layout.text
        self._splices: list[Splice] = []
        self._cuts: list[tuple[int, int]] = []
        self._new: list[_New] = []
        self._lost: list[tuple[int, int, str]] = []
        self._gone: set[Section] = set()
        self._bare: dict[Path, Goes] = {}
        self._renamed: dict[Path, Path] = {}
        self._order_of: dict[str, tuple[list[Section], list[str]]] = {}

    def place(self, path: Path, key: str | None = None, item: int | None = None) -> tuple[int, int]:
        """Return line and column, from 1 and in characters, of a table, of a field of it, or of an item of that."""
        return self._layout.place(path, key, item)

    def has(self, path: Path) -> bool:
        """Whether a table, or one in it, has a header."""
        return bool(self._layout.below(path))

    def is_editable(self, path: Path) -> bool:
        """Whether a table has a header of its own: what is written inline or with dotted keys cannot be edited."""
        return self._layout.is_table(path)

    def update(self, path: Path, values: Mapping[str, Any], order: Sequence[str]) -> None:
        """Set fields of a table; the value None clears one.

        A field that is there is changed in its place. A new one comes behind that of those present which `order`,
        the canonical one, has last before it; a field that `order` does not name comes last.
        """
        section = self._layout.own(path)
        body = self._layout.body(section)
        rank = {key: index for index, key in enumerate(order)}
        gone, new = set(), []
        for key, value in values.items():
            there = body.of(key)
            if value is not None and len(there) == 1 and not there[0].dotted:
                self._replace(there[0], value, keep=path not in self._bare)
                continue
            if isinstance(value, dict) and not there and self._layout.is_table((*path, key)):
                self._update_inner((*path, key), value)
                continue
            gone.add(key)
            for statement in there:
                self._cut(statement.start, statement.end)
            for inner in self._layout.below((*path, key)):
                self._cut_table(inner)
            if value is not None:
                new.append(key)
        stay = [(rank.get(one.key, len(rank)), one.end, one) for one in body.statements if one.key not in gone]
        for number, key in enumerate(sorted(new, key=lambda key: rank.get(key, len(rank)))):
            before = max((one for one in stay if one[0] <= rank.get(key, len(rank))), default=None)
            at = before[1] if before else section.body
            text = self._indented(render.statement(key, values[key]), before[2] if before else None)
            self._splices.append(Splice(at, at, text, number))

    def insert(self, path: Path, items: Iterable[tuple[str, Any]], order: Sequence[str]) -> None:
        """Put in a new table of one key, or of two: the table of a kind and an id. All else is to be said before.

        It comes behind the last table of its kind whose id sorts before, else in front of the first, else behind the
        last table of the kind that `order`, the canonical one, has before it.
        """
        self.paste(path, render.table(path, items), order)

    def paste(self, path: Path, text: str, order: Sequence[str]) -> None:
        """Put in a new table as `insert` does, as a text with line ends LF: its header, fields and comments."""
        text = self._own_line_ends(text)
        at, after = self._where(path, order)
        self._new.append(_New(at, after, path, text))

    def remove(self, path: Path) -> None:
        """Take away a table with the tables in it, the comment blocks above them and the comments inside."""
        self._layout.own(path)
        for section in self._layout.below(path):
            self._cut_table(section)

    def rename(self, path: Path, new: Path) -> None:
        """Give a table another path; the headers of the tables in it follow."""
        self._layout.own(path)
        self._renamed[path] = new

    def comments(self) -> Iterator[tuple[Path, int, str]]:
        """Yield each comment with the path of the table it belongs to, () for nobody's, and its line."""
        return self._layout.comments()

    def strip(self, path: Path, goes: Goes = every) -> None:
        """Take away the comments that belong to a table and to the tables in it, those that are to go.

        It has to be called before any other edit.
        """
        self._layout.own(path)
        self._bare[path] = goes

    def _strip_all(self) -> None:
        taken = [*((one.start, one.end) for one in self._splices), *self._cuts]
        for section, goes in {
            one: goes for path, goes in self._bare.items() for one in self._layout.below(path)
        }.items():
            above, end = self._layout.block_above(section), self._layout.body(section).end
            for start, stop in comment_spans(self._text, above, end):
                key = self._key_at(section, start) if section.path in self._bare else None
                if goes(self._text[start:stop], key) and not any(first <= start < last for first, last in taken):
                    self._strip_one(start, stop)

    def _key_at(self, section: Section, at: int) -> str | None:
        """Return the key whose statement holds a comment, or that the comment's block touches from above."""
        if at < section.body:  # above the header, or behind it
            return None
        one = next((one for one in self._layout.body(section).statements if at < one.end), None)
        between = self._text[at : one.start] if one else ""
        is_apart = any(not line.strip().startswith("#") for line in between.splitlines())
        return None if one is None or is_apart else one.key

    def _strip_one(self, start: int, stop: int) -> None:
        """Take away a comment, with its line where that holds nothing else."""
        line = self._text.rfind("\n", 0, start) + 1
        before = self._text[line:start].rstrip(" \t")
        if before:
            self._cut(line + len(before), stop)
        else:
            self._cut(line, self._text.index("\n", stop) + 1)

    def edited(self) -> Edited:
        """Return the text with all edits made, and the comments that went with what was taken away.

        Raises `NotVerified` where more than the edits' own spans would change.
        """
        self._strip_all()
        splices = [*self._splices, *self._header_spans(), *self._cut_spans(), *self._new_spans()]
        lost = [comment for *_, comment in sorted(self._lost)]
        missing = Counter(lost)
        missing.subtract(comment for new in self._new for comment in comments(new.text))
        text = splice(self._layout, splices, +missing)
        added_last = any(new.at == len(self._text) for new in self._new)
        if not self._final_newline and not added_last:
            text = text.rstrip("\r\n")
        return Edited(text, tuple(lost))

    # How an edit becomes splices.

    def _update_inner(self, path: Path, value: Mapping[str, Any]) -> None:
        """Make a table that has a header of its own another one, key by key."""
        old = self._layout.value(path)
        changed = {key: held for key, held in value.items() if key not in old or not reading.same(old[key], held)}
        self.update(path, {key: None for key in old if key not in value} | changed, ())

    def _indented(self, text: str, before: Statement | None) -> str:
        """Return a new statement, its first line indented as the one it comes behind."""
        line = self._text[before.start : before.end] if before else ""
        return line[: len(line) - len(line.lstrip(" \t"))] + self._own_line_ends(text)

    def _own_line_ends(self, text: str) -> str:
        return text.replace("\n", self._newline)

    def _lose(self, start: int, old: str, new: str = "") -> None:
        kept = Counter(comments(new))
        for comment in comments(old):
            if kept[comment]:
                kept[comment] -= 1
            else:
                self._lost.append((start, len(self._lost), comment))

    def _cut(self, start: int, end: int) -> None:
        self._splices.append(Splice(start, end, ""))
        self._lose(start, self._text[start:end])

    def _cut_table(self, section: Section) -> None:
        self._gone.add(section)
        start, end = self._layout.block_above(section), self._layout.body(section).end
        self._cuts.append((start, end))
        self._lose(start, self._text[start:end])

    def _replace(self, statement: Statement, value: Any, *, keep: bool) -> None:
        raw = self._text[statement.value : statement.value_end]
        text = self._own_line_ends(render.block(value))
        if keep and isinstance(value, list) and statement.items is not None:
            old = reading.loads(f"k = {raw}\n")["k"]
            edited = arrays.edit(raw, statement.items, old, value, self._newline)
            if reading.reads_as(edited, value):
                text = edited
            elif comments(raw):
                raise CannotEdit(self._layout.line_and_column(statement.value)[0], statement.key)
        self._splices.append(Splice(statement.value, statement.value_end, text))
        self._lose(statement.value, raw, text)

    def _header_end(self, section: Section, start: int) -> int:
        """Return where the brackets of a header close: the first place where the parser reads the same path."""
        end = start
        while True:
            end = self._text.index("]", end, section.body) + 1
            if reading.is_toml(self._text[start:end]) and header_path(self._text[start:end])[0] == section.path:
                return end

    def _where(self, path: Path, order: Sequence[str]) -> tuple[int, bool]:
        kind, *rest = path
        if inline := self._layout.body(self._layout.sections[0]).of(kind):
            raise CannotEdit(self._layout.line_and_column(inline[0].at)[0], kind)
        if rest:
            tables, least = self._tables(kind)
            index = bisect_left(least, rest[0])
            if index:
                return self._end_of(tables[index - 1]), True
            if tables:
                return self._layout.block_above(tables[0]), False
        before = order[order.index(kind) :: -1] if rest else order[: order.index(kind)][::-1]
        for name in before:
            if stay := [s for s in self._layout.below((name,)) if s not in self._gone]:
                return self._layout.body(stay[-1]).end, True
        return self._layout.body(self._layout.sections[0]).end, True

    def _end_of(self, section: Section) -> int:
        """Return where the body of a table ends, with the tables in it that follow at once and stay."""
        followers = [inner for inner in self._layout.followers(section) if inner not in self._gone]
        return self._layout.body(followers[-1] if followers else section).end

    def _tables(self, kind: str) -> tuple[list[Section], list[str]]:
        """Return the tables of a kind that stay, and for each the least id from there on, which can be bisected."""
        if kind not in self._order_of:
            stay = [s for s in self._layout.below((kind,)) if len(s.path) == 2 and s not in self._gone]
            ids = [self._renamed.get(s.path, s.path)[1] for s in stay]
            self._order_of[kind] = stay, [*accumulate(reversed(ids), min)][::-1]
        return self._order_of[kind]

    def _header_spans(self) -> list[Splice]:
        """Return the splices for the headers of the tables that are renamed and stay."""
        spans = []
        for path, new in self._renamed.items():
            for section in self._layout.below(path):
                if section not in self._gone:
                    start = self._text.index("[", section.start)
                    text = render.header((*new, *section.path[len(path) :]), many=section.many)
                    spans.append(Splice(start, self._header_end(section, start), text))
        return spans

    def _cut_spans(self) -> list[Splice]:
        """Return the splices for the tables that go: neighbours as one, with the blank lines that would be too many."""
        merged: list[tuple[int, int]] = []
        for start, end in sorted(self._cuts):
            if merged and start <= self._layout.after_blank(merged[-1][1]):
                merged[-1] = merged[-1][0], max(end, merged[-1][1])
            else:
                merged.append((start, end))
        spans = []
        for start, end in merged:
            following = self._layout.after_blank(end)
            leading = self._layout.before_blank(start)
            if following == len(self._text):
                start, end = leading, following
            elif leading < start or start == 0:
                end = following
            spans.append(Splice(start, end, ""))
        return spans

    def _new_spans(self) -> list[Splice]:
        """Return the splices for the new tables, each apart from its neighbours by a blank line."""
        spans = []
        for (at, after), news in groupby(sorted(self._new), key=lambda new: (new.at, new.after)):
            texts = [new.text for new in news]
            blank = self._newline
            text = "".join(blank + text for text in texts) if after else "".join(text + blank for text in texts)
            if after and at < len(self._text) and self._layout.after_blank(at) == at:
                text += blank
            if not after and at and self._layout.before_blank(at) == at:
                text = blank + text
            spans.append(Splice(at, at, text, 1_000_000 if after else 2_000_000))
        return spans
