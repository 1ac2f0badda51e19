"""Where a new table belongs in a TOML text: among those of its kind, in the group of its sector."""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import accumulate, groupby
from typing import Any, NamedTuple

from pkes.errors import CannotEdit
from pkes.toml import reading
from pkes.toml.comments import Remarks
from pkes.toml.scan import Path, Section
from pkes.toml.splice import Splice
from pkes.toml.tree import Layout


class _Tables(NamedTuple):
    """Tables of a kind in the order of the text, and for each the least id from there on, which can be bisected."""

    tables: list[Section]
    least: list[str]


class _Kind(NamedTuple):
    """The tables of a kind, and where there are groups the first whose members all share a sector, and that of each."""

    all: _Tables
    of_sector: dict[str, _Tables]
    of_table: dict[Path, _Tables]


class Beside(NamedTuple):
    """Where another version of the text has a new table: the `paths` of this text's tables that are in its group.

    Where all in that group are new, they are those of the group before, and it comes behind; `number` is its place
    among all groups.
    """

    paths: tuple[Path, ...]
    all_new: bool
    number: int


class New(NamedTuple):
    """A new table, written with line ends LF, and what says where it belongs."""

    path: Path
    text: str
    sector: Any
    order: Sequence[str]
    beside: Beside | None


class Placed(NamedTuple):
    """A new table with its offset: it is put in behind (`after`) or in front of what stands there."""

    at: int
    after: bool
    group: int
    path: Path
    text: str


class Placing:
    """Finds the places of new tables in a layout, as it is when other edits are made."""

    def __init__(
        self, layout: Layout, gone: Collection[Section], renamed: Mapping[Path, Path], sectors: Mapping[Path, Any]
    ) -> None:
        """Take a layout, the sections that go from it, the new paths of tables, and the sectors that they get."""
        self._layout = layout
        self._gone = gone
        self._renamed = renamed
        self._sectors = sectors
        self._kinds: dict[str, _Kind] = {}
        self._found: dict[tuple[str, int], _Tables] = {}

    def placed(self, new: New) -> Placed:
        """Return a new table with its place. Raises `CannotEdit` where its kind is written inline."""
        kind, *rest = new.path
        if inline := self._layout.body(self._layout.sections[0]).of(kind):
            raise CannotEdit(self._layout.line_and_column(inline[0].at)[0], kind)
        number = new.beside.number if new.beside and new.beside.all_new else -1
        at, after = (self._among(new, rest[0]) if rest else None) or self._behind_others(new)
        return Placed(at, after, number, new.path, new.text)

    def _among(self, new: New, id: str) -> tuple[int, bool] | None:
        """Return the place among the tables of the kind that stay; None where there is none."""
        held = self._kind(new.path[0])
        found = self._beside(held, new.path[0], new.beside) if new.beside else None
        if found and new.beside and new.beside.all_new:
            return self._end_of(found.tables[-1]), True
        tables, least = found or held.of_sector.get(new.sector if isinstance(new.sector, str) else "") or held.all
        index = bisect_left(least, id)
        if index:
            return self._end_of(tables[index - 1]), True
        return (self._layout.block_above(tables[0]), False) if tables else None

    def _beside(self, held: _Kind, kind: str, beside: Beside) -> _Tables | None:
        """Return the tables among which another version has a new one: a group, where they are in one here, too."""
        key = kind, beside.number
        if key not in self._found:
            own = [held.of_table[path] for path in beside.paths if path in held.of_table]
            if own and all(group is own[0] for group in own):
                self._found[key] = own[0]
            else:
                paths = set(beside.paths)
                self._found[key] = self._tables([table for table in held.all.tables if table.path in paths])
        return self._found[key] if self._found[key].tables else None

    def _behind_others(self, new: New) -> tuple[int, bool]:
        """Return the place behind the last table of the kind that comes before in the canonical order."""
        kind = new.path[0]
        before = (
            new.order[new.order.index(kind) :: -1] if len(new.path) > 1 else new.order[: new.order.index(kind)][::-1]
        )
        for name in before:
            if stay := [s for s in self._layout.below((name,)) if s not in self._gone]:
                return self._layout.body(stay[-1]).end, True
        return self._layout.body(self._layout.sections[0]).end, True

    def _end_of(self, section: Section) -> int:
        """Return where the body of a table ends, with the tables in it that follow at once and stay."""
        followers = [inner for inner in self._layout.followers(section) if inner not in self._gone]
        return self._layout.body(followers[-1] if followers else section).end

    def _kind(self, kind: str) -> _Kind:
        if kind not in self._kinds:
            found = groups(self._layout, kind, self._gone)
            held = [self._tables(group) for group in found] if len(found) > 1 else []
            of_sector: dict[str, _Tables] = {}
            for group in held:
                sectors = {self._sector(table) for table in group.tables}
                if len(sectors) == 1 and (sector := sectors.pop()):
                    of_sector.setdefault(sector, group)
            of_table = {table.path: group for group in held for table in group.tables}
            every = self._tables([table for group in found for table in group])
            self._kinds[kind] = _Kind(every, of_sector, of_table)
        return self._kinds[kind]

    def _sector(self, table: Section) -> str | None:
        sector = self._sectors.get(table.path, self._layout.value(table.path).get("sector"))
        return sector if isinstance(sector, str) else None

    def _tables(self, tables: list[Section]) -> _Tables:
        ids = [self._renamed.get(table.path, table.path)[1] for table in tables]
        return _Tables(tables, [*accumulate(reversed(ids), min)][::-1])


def groups(layout: Layout, kind: str, gone: Collection[Section] = ()) -> list[list[Section]]:
    """Return the tables of a kind that stay, in groups: a free comment begins one.

    A table with such a comment in front of a table in it is a group for itself.
    """
    remarks = Remarks(layout)
    found: list[list[Section]] = [[]]
    for section in layout.below((kind,)):
        depth = len(section.path)
        if depth < 2 or section.many or section in gone:
            continue
        is_divided = remarks.is_divided(section)
        if depth > 2:
            if is_divided and found[-1]:
                found += [[found[-1].pop()], []]
            continue
        if is_divided:
            found.append([])
        found[-1].append(section)
    return [group for group in found if group]


def new_spans(layout: Layout, placed: Iterable[Placed]) -> list[Splice]:
    """Return the splices for the new tables, each apart from its neighbours by a blank line."""
    spans = []
    for (at, after), news in groupby(sorted(placed), key=lambda one: (one.at, one.after)):
        blank = reading.line_end_before(layout.text, at)
        texts = [one.text.replace("\n", blank) for one in news]
        text = "".join(blank + text for text in texts) if after else "".join(text + blank for text in texts)
        if after and at < len(layout.text) and layout.after_blank(at) == at:
            text += blank
        if not after and at and layout.before_blank(at) == at:
            text = blank + text
        spans.append(Splice(at, at, text, 1_000_000 if after else 2_000_000))
    return spans
