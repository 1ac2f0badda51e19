"""The canonical form of a registry's text: one text for the same data and comments, however they were written."""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain
from typing import Any

from pkes.errors import NotVerified
from pkes.model.records import KINDS, Kind, Record, fields, tables
from pkes.toml import reading, render
from pkes.toml.attached import Attached, Block, Comments, holds_tables
from pkes.toml.plain import plain
from pkes.toml.scan import comments
from pkes.toml.tree import KeyPath, Layout

_KINDS: dict[str | int, Kind] = {kind.table: kind for kind in KINDS}
_TOP = {key: number for number, key in enumerate(("format", *(kind.table for kind in KINDS)))}
_NO_COMMENTS = Comments()
_key = cache(render.key)


def canonical(text: str) -> str:
    """Return the canonical form of a TOML text without a BOM; it holds the same data and the same comments.

    The tables stand in the order of the model, records by id, fields in the order of the model; what the model does
    not know comes after that, in the order of the text. Every table has a header, but for one of the top level that
    only holds tables, as the records of a kind. Values are as `render.block` writes them. Line ends are LF, a blank
    line parts the tables, and there is no BOM.

    A comment stays with what it is about, as `Attached` tells. A block with blank lines on both sides is a boundary: it
    heads a group of the records of a kind, or of the fields or tables of a table, and each group is sorted by itself.
    So no such block comes to stand above what it did not stand above before. At the end of the file it stays last.
    Raises `NotVerified` were a comment lost.
    """
    data = reading.loads(text)
    layout = Layout(text if text.endswith("\n") else text + "\n")
    attached = Attached(layout, data, loses_header=lambda place: not _has_header(place, _at(data, place)))
    paragraphs = chain(_Writer(layout, attached).table((), data), map(_lines, attached.end))
    new = "\n".join(paragraphs)
    if new != text and Counter(comments(new)) != Counter(comments(text)):
        raise NotVerified("comments")
    return new


class _Writer:
    """Writes tables together with the comments about them."""

    def __init__(self, layout: Layout, attached: Attached) -> None:
        self._text = layout.text
        # What a table of the top level holds may stand elsewhere, too, with dotted keys.
        self._sections = {
            place: section for place, section in zip(layout.key_paths, layout.sections, strict=True) if len(place) > 1
        }
        self._about = attached.about
        self._divided = attached.divided

    def table(self, place: KeyPath, table: dict[str, Any]) -> Iterator[str]:
        """Yield a table and the tables in it in paragraphs, which are to be parted by blank lines."""
        own = self._of(place)
        keys = [key for key, value in table.items() if not holds_tables(value)]
        if _has_header(place, table) or keys:
            written = self._as_it_stands(place, keys) or self._header(place) + "".join(self._body(place, table, keys))
            yield _lines(own.above) + written
        else:
            loose = [[*own.above, *own.behind], *own.head, own.tail]
            yield from map(_lines, filter(None, loose))
        tables = [key for key in table if key not in keys]
        for apart, group in self._groups(place, tables) if place else self._kinds(tables):
            yield from map(_lines, apart)
            for key in group:
                for inner, held in _tables((*place, key), table[key]):
                    yield from map(_lines, self._of(inner).apart if inner[-1] != key else ())
                    yield from self.table(inner, held)

    def _as_it_stands(self, place: KeyPath, keys: list[str]) -> str | None:
        """Return the header and the statements of a table as they stand in the text, if that is their canonical form.

        Else, or where they have comments of their own, None.
        """
        section = self._sections.get(place)
        if section is None or self._of(place).is_inside or _ordered(place, keys) != keys:
            return None
        return plain(self._text, section)

    def _groups(self, place: KeyPath, keys: Iterable[str]) -> Iterator[tuple[list[Block], list[str]]]:
        """Yield the free blocks at the head of each group of keys, and these in order.

        A group begins with a free block. A table with such a block inside is one for itself: where it stood, that
        block stays in front of the same ones.
        """
        groups: list[list[str]] = [[]]
        for key in keys:
            inner = (*place, key)
            is_divided = inner in self._divided
            if is_divided or self._of(inner).apart:
                groups.append([])
            groups[-1].append(key)
            if is_divided:
                groups.append([])
        for group in filter(None, groups):
            yield self._of((*place, group[0])).apart, _ordered(place, group)

    def _kinds(self, keys: Iterable[str]) -> Iterator[tuple[list[Block], list[str]]]:
        """Yield the free blocks in front of each table of the top level, and its key, in the one order they have."""
        return ((self._of((key,)).apart, [key]) for key in _ordered((), keys))

    def _header(self, place: KeyPath) -> str:
        if not place:
            return ""
        name = ".".join(_key(key) for key in place if isinstance(key, str))
        header = f"[[{name}]]" if isinstance(place[-1], int) else f"[{name}]"
        return header + _behind(self._of(place)) + "\n"

    def _body(self, place: KeyPath, table: dict[str, Any], keys: list[str]) -> Iterator[str]:
        """Yield the statements of a table; what stands apart in it has a blank line on both sides."""
        own = self._of(place)
        head = own.head
        for number, (apart, group) in enumerate(self._groups(place, keys)):
            if blocks := [*head, *apart]:
                yield from ("\n" if number else "", "\n".join(map(_lines, blocks)), "\n")
            head = []
            for key in group:
                about = self._of((*place, key))
                yield f"{_lines(about.above)}{_key(key)} = {self._value((*place, key), table[key])}{_behind(about)}\n"
        yield _lines([*chain(*head), *own.tail])

    def _value(self, place: KeyPath, value: Any) -> str:
        own = self._of(place)
        if not isinstance(value, list) or not (value or own.opening or own.tail):
            return render.block(value)
        lines = ["[" + "".join(f" {comment}" for comment in own.opening)]
        for number, item in enumerate(value):
            about = self._of((*place, number))
            lines += [f"    {line}" for line in (*about.above, f"{render.inline(item)},{_behind(about)}")]
        return "\n".join([*lines, *(f"    {comment}" for comment in own.tail), "]"])

    def _of(self, place: KeyPath) -> Comments:
        return self._about.get(place, _NO_COMMENTS)


def _ordered(place: KeyPath, keys: Iterable[str]) -> list[str]:
    """Return keys of a table in canonical order."""
    kind = _KINDS.get(place[0]) if place else None
    if kind and kind.keyed and len(place) == 1:
        return sorted(keys)
    rank = {} if place else _TOP
    if kind and len(place) == (2 if kind.keyed else 1):
        rank = _rank(kind.struct)
    elif kind and len(place) == 2 and place[1] in tables(kind.struct):
        rank = _rank(tables(kind.struct)[str(place[1])])
    return sorted(keys, key=lambda key: rank.get(key, len(rank)))


@cache
def _rank(struct: type[Record]) -> dict[str, int]:
    """Return the number of each key of a table in its canonical order."""
    return {key: number for number, key in enumerate((*fields(struct), *tables(struct)))}


def _has_header(place: KeyPath, table: dict[str, Any]) -> bool:
    """Whether a table has a header: at the top level one that holds nothing but tables must be a record."""
    if len(place) != 1 or not all(map(holds_tables, table.values())):
        return bool(place)
    return not table or (place[0] in _KINDS and not _KINDS[place[0]].keyed)


def _at(data: dict[str, Any], place: KeyPath) -> Any:
    held: Any = data
    for key in place:
        held = held[key]
    return held


def _tables(place: KeyPath, value: Any) -> Iterator[tuple[KeyPath, dict[str, Any]]]:
    """Yield a value that is written with headers: a table, or each of an array of tables."""
    if isinstance(value, dict):
        yield place, value
    elif holds_tables(value):
        yield from (((*place, number), element) for number, element in enumerate(value))


def _lines(block: Block) -> str:
    return "".join(f"{comment}\n" for comment in block)


def _behind(about: Comments) -> str:
    return "".join(f" {comment}" for comment in about.behind)
