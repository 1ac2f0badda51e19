"""Bringing what a text changed beside its data into another: its comments, and the spelling of its values."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import groupby

from pkes.toml import reading
from pkes.toml.comments import Remark, RemarkPlace, Remarks
from pkes.toml.scan import Path, comments
from pkes.toml.splice import Splice, splice
from pkes.toml.statements import Statement
from pkes.toml.tree import layout_of

ToMerged = Callable[[Path], Path]
"""Leads the path of a table in one text to that of the same table in the merged one."""

_RANK = {"tail": 0, "free": 1, "above": 2}
"""The order of what is put in at one place."""


def merge_comments(
    base: str,
    ours: str,
    theirs: str,
    merged: str,
    to_merged: tuple[ToMerged, ToMerged, ToMerged],
    apart: Collection[Path],
) -> str:
    """Bring what theirs changed since the base, but for the data, into a text merged of ours and theirs' data.

    `to_merged` gives for the tables of base, ours and theirs the paths of the merged ones. The tables and the values of
    fields that are `apart`, by path, are left alone. A comment on a key that is not there goes to its table, one in a
    table that is written as a field goes above that, and one on a table that is not there goes nowhere. All four texts
    have the same line ends, and one at their end.
    """
    return _CommentMerger((base, ours, theirs, merged), to_merged, apart).merged()


class _Side:
    """A version, its tables under their merged paths."""

    def __init__(self, text: str, to_merged: ToMerged, merged: Collection[Path] | None = None) -> None:
        """Take a version, what leads its tables to the merged ones, and the paths of these."""
        self.layout = layout_of(text)
        self.remarks = Remarks(self.layout)
        self._from_merged = {to_merged(path): path for path in self.remarks.sections}
        self._to_merged = to_merged
        self._in_front: dict[RemarkPlace, list[RemarkPlace]] = defaultdict(list)
        """The places of free comments in front of tables that are gone, by the place where they stand then."""
        self._stands: dict[RemarkPlace, RemarkPlace] = {}
        following: Path = ()
        for path, own in reversed(self._from_merged.items() if merged is not None else ()):
            if not own or path in (merged or ()):
                following = path
            else:
                place, stands = RemarkPlace(path, None, "free"), RemarkPlace(following, None, "free")
                self._in_front[stands].insert(0, place)
                self._stands[place] = stands

    def at(self, place: RemarkPlace) -> list[Remark]:
        """Return the comments at a place of the merged text."""
        own = self._from_merged.get(place.path)
        return [] if own is None else self.remarks.at(place._replace(path=own))

    def lines(self, place: RemarkPlace) -> list[str]:
        """Return the comments at a place of the merged text, with an empty line between two blocks that are free."""
        lines: list[str] = []
        for remark in [one for each in (*self._in_front.get(place, ()), place) for one in self.at(each)]:
            lines += ["", *remark.lines] if lines and place.role == "free" else remark.lines
        return lines

    def changed(self, other: "_Side") -> set[Path]:
        """Return the merged paths of the sections that read otherwise than in another version, or are not there.

        What stands above the header of one that is not there is part of the section before it.
        """
        found = set()
        before: Path = ()
        for path, own in self._from_merged.items():
            if path not in other._from_merged:
                found |= {path, before}
            elif self.text(own) != other.text(other._from_merged[path]):
                found.add(path)
            before = path
        return found

    def text(self, path: Path) -> str:
        """Return the text of a section, by its own path."""
        section = self.layout.sections[self.remarks.sections[path]]
        return self.layout.text[section.start : section.end]

    def places(self, path: Path) -> list[RemarkPlace]:
        """Return the places of the comments in a section, both as of the merged text."""
        own = self._from_merged.get(path)
        found = () if own is None else self.remarks.of(self.remarks.sections[own])
        places = [place._replace(path=self._to_merged(place.path)) for place in found]
        return [self._stands.get(place, place) for place in places]

    def statements(self, path: Path) -> dict[str, Statement]:
        """Return the statements of a table of the merged text by key."""
        own = self._from_merged.get(path)
        return {} if own is None else self.remarks.statements(own)

    def value(self, statement: Statement | None) -> str | None:
        """Return the value of a statement as it is written."""
        return self.layout.text[statement.value : statement.value_end] if statement else None


class _CommentMerger:
    def __init__(
        self, texts: tuple[str, str, str, str], to_merged: tuple[ToMerged, ToMerged, ToMerged], apart: Collection[Path]
    ) -> None:
        layout_of(texts[3]).is_like(layout_of(texts[1]))
        self._merged = _Side(texts[3], lambda path: path)
        there = self._merged.remarks.sections.keys()
        self._base, self._ours, self._theirs = (
            _Side(text, one, there) for text, one in zip(texts[:3], to_merged, strict=True)
        )
        self._apart = apart
        self._splices: list[Splice] = []
        self._blocks: dict[RemarkPlace, list[str]] = {}
        self._newline = reading.line_end(texts[3])

    def merged(self) -> str:
        changed = sorted(self._theirs.changed(self._base) | self._base.changed(self._theirs))
        adopted = {place for path in changed for place in self._adopt(path)}
        places = dict.fromkeys(
            place for side in (self._theirs, self._base) for path in changed for place in side.places(path)
        )
        # What stands behind or inside may yet be added to what stands above.
        for place in sorted(places, key=lambda place: place.role in ("behind", "inside")):
            if not self._is_apart(place) and place not in adopted:
                self._bring(place)
        for place, lines in self._blocks.items():
            self._write_block(place, lines)
        return self._spliced()

    def _is_apart(self, place: RemarkPlace) -> bool:
        whole = place.path if place.key is None else (*place.path, place.key)
        depth = next((depth for depth in range(1, len(whole) + 1) if whole[:depth] in self._apart), None)
        outside = ("free",) if place.key is None else ("free", "above")
        return depth is not None and (depth < len(whole) or place.role not in outside)

    def _adopt(self, path: Path) -> Iterator[RemarkPlace]:
        """Write values of a table as theirs does where it alone wrote them anew, and yield the places that settles."""
        base, ours, merged = (side.statements(path) for side in (self._base, self._ours, self._merged))
        for key, statement in self._theirs.statements(path).items():
            new, there, place = self._theirs.value(statement), merged.get(key), RemarkPlace(path, key, "inside")
            if new is None or there is None or self._is_apart(place):
                continue
            before, mine = self._base.value(base.get(key)), self._ours.value(ours.get(key))
            if new != before and before == mine and _reads_alike(new, self._merged.value(there)):
                self._splices.append(Splice(there.value, there.value_end, new))
                yield place

    def _bring(self, place: RemarkPlace) -> None:
        before, mine, other = (side.lines(place) for side in (self._base, self._ours, self._theirs))
        there = self._merged.lines(place)
        if place.role == "inside":
            # An item that is not there any more has taken the comment behind it along.
            self._add_above(place, _less(_less(other, _less(before, mine)), there))
            return
        if other in (before, there):
            return
        came = _less(_less(other, before), _less(mine, before))
        if place.role == "behind":
            self._bring_behind(place, there == before, other, came)
        else:
            stay = _less(there, _less(before, other))
            self._blocks[place] = other if there == before else [*stay, *_less(came, there)]

    def _bring_behind(self, place: RemarkPlace, is_as_before: bool, other: list[str], came: list[str]) -> None:
        held = self._merged.at(place)
        if held and not is_as_before:
            self._add_above(place, came)
        elif held:
            new = f" {other[0]}" if other else ""
            self._splices.append(Splice(held[0].start, held[0].end, new))
        elif (end := self._code_end(place)) is not None:
            line_end = self._merged.layout.text.index(self._newline, end)
            self._splices.append(Splice(end, line_end, f" {other[0]}"))
        else:
            self._add_above(place, came)

    def _code_end(self, place: RemarkPlace) -> int | None:
        """Return where the code of the line ends that a comment is to stand behind."""
        if place.key is not None:
            statement = self._merged.statements(place.path).get(place.key)
            return statement.value_end if statement else None
        number = self._merged.remarks.sections.get(place.path)
        if number is None or not place.path:
            return None
        section = self._merged.layout.sections[number]
        return section.start + len(self._merged.layout.text[section.start : section.body].rstrip())

    def _add_above(self, place: RemarkPlace, lines: list[str]) -> None:
        above = place._replace(role="above")
        if lines:
            self._blocks[above] = [*self._blocks.get(above, self._merged.lines(above)), *lines]

    # Writing blocks.

    def _write_block(self, place: RemarkPlace, lines: list[str]) -> None:
        layout, held = self._merged.layout, self._merged.at(place)
        if held:
            start, end = held[0].start, held[-1].end
            if place.role == "free" and not any(lines):
                end = layout.after_blank(end)
                start = layout.before_blank(start) if end == len(layout.text) else start
            self._splices.append(Splice(start, end, self._written(lines, start)))
        elif any(lines):
            anchored = ((home, self._anchor(home)) for home in _homes(place))
            for home, at in anchored:
                if at is not None:
                    self._put_in(home, at, lines)
                    break

    def _put_in(self, place: RemarkPlace, at: int, lines: list[str]) -> None:
        text = self._written(lines if place.role == "free" else filter(None, lines), at)
        self._splices.append(Splice(at, at, self._set_off(place, at, text), _RANK[place.role]))

    def _anchor(self, place: RemarkPlace) -> int | None:
        """Return where a new block is to begin; None where what it belongs to is not there."""
        layout = self._merged.layout
        if place == RemarkPlace((), None, "free"):
            return len(layout.text)
        if place.key is not None:
            there = self._merged.statements(place.path).get(place.key)
            above = self._merged.at(place._replace(role="above")) if place.role == "free" else []
            return (above[0].start if above else there.start) if there else None
        number = self._merged.remarks.sections.get(place.path)
        if number is None:
            return None
        section = layout.sections[number]
        if place.role == "tail":
            return layout.body(section).last
        if not place.path:
            return None
        return layout.block_above(section) if place.role == "free" else section.start

    def _written(self, lines: Iterable[str], at: int) -> str:
        """Return comments as lines, indented as the line at a place is, with a blank line for empty ones."""
        text = self._merged.layout.text
        line = text[at : text.find("\n", at)]
        indent = line[: len(line) - len(line.lstrip(" \t"))]
        blocks = [list(block) for is_filled, block in groupby(lines, bool) if is_filled]
        written = ["".join(f"{indent}{line}{self._newline}" for line in block) for block in blocks]
        return self._newline.join(written)

    def _set_off(self, place: RemarkPlace, at: int, text: str) -> str:
        """Return a new block with a blank line behind it, and in front, where its place asks for that."""
        layout = self._merged.layout
        is_free = place.role == "free"
        before = self._newline if is_free and at and layout.before_blank(at) == at else ""
        is_close = at < len(layout.text) and layout.after_blank(at) == at
        return before + text + (self._newline if is_close and place.role != "above" else "")

    def _spliced(self) -> str:
        layout = self._merged.layout
        gone = Counter(comment for one in self._splices for comment in comments(layout.text[one.start : one.end]))
        gone.subtract(comment for one in self._splices for comment in comments(one.text))
        return splice(layout, self._splices, +gone)


def _homes(place: RemarkPlace) -> Iterator[RemarkPlace]:
    """Yield a place, and those to take where what it belongs to is not there: its table, or the field that this is."""
    yield place
    path = place.path
    if place.key is not None:
        yield RemarkPlace(path, None, "above")
    while path:
        *outer, key = path
        path = tuple(outer)
        yield RemarkPlace(path, key, "above")


def _less(lines: list[str], others: list[str]) -> list[str]:
    """Return lines without those that are among the others, each as often as it is there."""
    left = Counter(others)
    kept = []
    for line in lines:
        if left[line] > 0:
            left[line] -= 1
        else:
            kept.append(line)
    return kept


def _reads_alike(one: str, other: str | None) -> bool:
    return other is not None and reading.reads_as(one, reading.loads(f"k = {other}\n")["k"])
