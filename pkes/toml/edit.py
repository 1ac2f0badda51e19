"""Edits in the text of a TOML file that leave every byte alone which they need not change."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from pkes.errors import CannotEdit
from pkes.toml import arrays, reading, render
from pkes.toml.comments import Remarks
from pkes.toml.placing import Beside, New, Placing, new_spans
from pkes.toml.scan import Path, Section, comments, header_span
from pkes.toml.splice import Splice, splice
from pkes.toml.statements import Statement
from pkes.toml.tree import Layout, layout_of

Goes = Callable[[str, str | None], bool]
"""Whether a comment of a table is to be taken away; it is told the key that the comment belongs to, None for none."""


def every(_comment: str, _key: str | None) -> bool:
    """Whether a comment is to be taken away where all of them are."""
    return True


class Edited(NamedTuple):
    """A text after its edits, and the comments that went with what was taken away."""

    text: str
    lost: tuple[str, ...]


class _Update(NamedTuple):
    path: Path
    values: Mapping[str, Any]
    order: Sequence[str]


class Document:
    """A TOML text and the edits to be made in it.

    Every method names tables and places as they stand in the text that was given; `edited` makes all edits at once, so
    that the order in which they are asked for does not matter. A method that meets a layout which cannot be edited
    safely raises `CannotEdit` with its line.
    """

    def __init__(self, text: str) -> None:
        """Take a text without a BOM that the parser has read before."""
        self._final_newline = text.endswith("\n")
        self._layout = layout_of(text)
        self._updates: list[_Update] = []
        self._new: list[New] = []
        self._removed: list[Path] = []
        self._renamed: dict[Path, Path] = {}
        self._without_comments: dict[Path, Goes] = {}

    def place(self, path: Path, key: str | None = None, item: int | None = None) -> tuple[int, int]:
        """Return line and column, from 1 and in characters, of a table, of a field of it, or of an item of that."""
        return self._layout.place(path, key, item)

    def stands(self, path: Path) -> bool:
        """Whether a table is there: with a header, as one in it may have, or as a field of the table around it."""
        if self._layout.below(path):
            return True
        around = path[:-1]
        return self._layout.is_table(around) and bool(self._layout.body(self._layout.own(around)).of(path[-1]))

    def is_editable(self, path: Path) -> bool:
        """Whether a table has a header of its own: what is written inline or with dotted keys cannot be edited."""
        return self._layout.is_table(path)

    def comments(self) -> Iterator[tuple[Path, int, str]]:
        """Yield each comment with the path of the table it belongs to, () for nobody's, and its line."""
        return Remarks(self._layout).owned()

    def update(self, path: Path, values: Mapping[str, Any], order: Sequence[str]) -> None:
        """Set fields of a table; the value None clears one, together with the comments about it.

        A field that is there is changed in its place. A new one comes behind that of those present which `order`,
        the canonical one, has last before it; a field that `order` does not name comes last.
        """
        self._layout.own(path)
        self._updates.append(_Update(path, values, order))

    def insert(
        self,
        path: Path,
        values: Iterable[tuple[str, Any]],
        order: Sequence[str],
        text: str | None = None,
        beside: Beside | None = None,
    ) -> None:
        """Put in a new table of one key, or of two: the table of a kind and an id.

        Where free comments divide its kind into groups, it goes to the one that `beside` names, else to the first whose
        members all share its sector. In that group, else in the whole kind, it comes behind the last table whose id
        sorts before, else in front of the first. Where there is none of its kind, it comes behind the last table of the
        kind that `order`, the canonical one, has before it. `text` is its header, fields and comments with line ends
        LF, where they are written already.
        """
        held = dict(values)
        self._new.append(New(path, text or render.table(path, held.items()), held.get("sector"), order, beside))

    def remove(self, path: Path) -> None:
        """Take away a table with the tables in it, the comment blocks above them and the comments inside."""
        self._layout.own(path)
        self._removed.append(path)

    def rename(self, path: Path, new: Path) -> None:
        """Give a table another path; the headers of the tables in it follow."""
        self._layout.own(path)
        self._renamed[path] = new

    def remove_comments(self, path: Path, goes: Goes = every) -> None:
        """Take away the comments that belong to a table and to the tables in it, those that are to go."""
        self._layout.own(path)
        self._without_comments[path] = goes

    def edited(self) -> Edited:
        """Return the text with all edits made, and the comments that went with what was taken away.

        Raises `NotVerified` where more than the edits' own spans would change.
        """
        return _Edits(self._layout, self._without_comments).made(
            self._removed, self._updates, self._renamed, self._new, final_newline=self._final_newline
        )


class _Edits:
    """The splices that edits are made of."""

    def __init__(self, layout: Layout, without_comments: Mapping[Path, Goes]) -> None:
        self._layout = layout
        self._text = layout.text
        self._without_comments = without_comments
        self._splices: list[Splice] = []
        self._cuts: list[tuple[int, int]] = []
        self._lost: list[tuple[int, int, str]] = []
        self._gone: set[Section] = set()

    def made(
        self,
        removed: Iterable[Path],
        updates: Iterable[_Update],
        renamed: Mapping[Path, Path],
        new: Iterable[New],
        *,
        final_newline: bool,
    ) -> Edited:
        for section in {section: None for path in removed for section in self._layout.below(path)}:
            self._cut_table(section)
        sectors: dict[Path, Any] = {}
        for path, values, order in updates:
            self._update(path, values, order)
            sectors |= {path: values["sector"]} if "sector" in values else {}
        self._remove_comments()
        placing = Placing(self._layout, self._gone, renamed, sectors)
        placed = [placing.placed(one) for one in new]
        splices = [*self._splices, *self._header_spans(renamed), *self._cut_spans(), *new_spans(self._layout, placed)]
        lost = [comment for *_, comment in sorted(self._lost)]
        missing = Counter(lost)
        if lost:  # to read the comments of 10,000 new tables in vain takes 3 % of an import
            missing.subtract(comment for one in placed for comment in comments(one.text))
        text = splice(self._layout, splices, +missing)
        if not final_newline and not any(one.at == len(self._text) for one in placed):
            text = text.removesuffix("\n").removesuffix("\r")
        return Edited(text, tuple(lost))

    # Fields.

    def _update(self, path: Path, values: Mapping[str, Any], order: Sequence[str]) -> None:
        section = self._layout.own(path)
        body = self._layout.body(section)
        rank = {key: index for index, key in enumerate(order)}
        gone, new = set(), []
        for key, value in values.items():
            there = body.of(key)
            if value is not None and len(there) == 1 and not there[0].dotted:
                self._replace(there[0], value, keep=path not in self._without_comments)
                continue
            if isinstance(value, dict) and not there and self._layout.is_table((*path, key)):
                self._update_inner((*path, key), value)
                continue
            gone.add(key)
            for statement in there:
                self._cut(body.block_above(statement) if value is None else statement.start, statement.end)
            for inner in self._layout.below((*path, key)):
                self._cut_table(inner)
            if value is not None:
                new.append(key)
        stay = [(rank.get(one.key, len(rank)), one.end, one) for one in body.statements if one.key not in gone]
        for number, key in enumerate(sorted(new, key=lambda key: rank.get(key, len(rank)))):
            before = max((one for one in stay if one[0] <= rank.get(key, len(rank))), default=None)
            at = before[1] if before else section.body
            text = self._indented(render.statement(key, values[key]), at, before[2] if before else None)
            self._splices.append(Splice(at, at, text, number))

    def _update_inner(self, path: Path, value: Mapping[str, Any]) -> None:
        """Make a table that has a header of its own another one, key by key."""
        old = self._layout.value(path)
        changed = {key: held for key, held in value.items() if key not in old or not reading.same(old[key], held)}
        self._update(path, {key: None for key in old if key not in value} | changed, ())

    def _indented(self, text: str, at: int, before: Statement | None) -> str:
        """Return a new statement, its first line indented as the one it comes behind."""
        line = self._text[before.start : before.end] if before else ""
        return line[: len(line) - len(line.lstrip(" \t"))] + text.replace("\n", reading.line_end_before(self._text, at))

    def _replace(self, statement: Statement, value: Any, *, keep: bool) -> None:
        raw = self._text[statement.value : statement.value_end]
        newline = reading.line_end_before(self._text, statement.end)
        text = render.block(value).replace("\n", newline)
        if keep and isinstance(value, list) and statement.items is not None:
            old = reading.loads(f"k = {raw}\n")["k"]
            edited = arrays.edit(raw, statement.items, old, value, newline)
            if reading.reads_as(edited, value):
                text = edited
            elif comments(raw):
                raise CannotEdit(self._layout.line_and_column(statement.value)[0], statement.key)
        self._splices.append(Splice(statement.value, statement.value_end, text))
        self._lose(statement.value, raw, text)

    # What is taken away.

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

    def _remove_comments(self) -> None:
        if not self._without_comments:
            return
        taken = [*((one.start, one.end) for one in self._splices), *self._cuts]
        remarks = Remarks(self._layout)
        tables = {one: goes for path, goes in self._without_comments.items() for one in self._layout.below(path)}
        for section, goes in tables.items():
            for belongs_to, remark in remarks.about(section):
                key = belongs_to if section.path in self._without_comments else None
                for start, stop, comment in remark.comments:
                    if goes(comment, key) and not any(first <= start < last for first, last in taken):
                        self._remove_comment(start, stop)

    def _remove_comment(self, start: int, stop: int) -> None:
        """Take away a comment, with its line where that holds nothing else."""
        line = self._text.rfind("\n", 0, start) + 1
        before = self._text[line:start].rstrip(" \t")
        if before:
            self._cut(line + len(before), stop)
        else:
            self._cut(line, self._text.index("\n", stop) + 1)

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

    # Headers.

    def _header_spans(self, renamed: Mapping[Path, Path]) -> list[Splice]:
        """Return the splices for the headers of the tables that are renamed and stay."""
        spans = []
        for path, new in renamed.items():
            for section in self._layout.below(path):
                if section not in self._gone:
                    start, end = header_span(self._text, section)
                    text = render.header((*new, *section.path[len(path) :]), many=section.many)
                    spans.append(Splice(start, end, text))
        return spans
