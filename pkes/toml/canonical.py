"""The canonical form of a registry's text: one text for the same data and comments, however they were written."""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain
from typing import Any

from pkes.errors import NotVerified
from pkes.model.records import KINDS, Kind, fields
from pkes.toml import reading, render
from pkes.toml.comments import Attached, Block, Comments, Place, holds_tables
from pkes.toml.scan import comments
from pkes.toml.tree import Layout

_KINDS: dict[str | int, Kind] = {kind.table: kind for kind in KINDS}
_TOP = ("format", *(kind.table for kind in KINDS))
_NO_COMMENTS = Comments()
_key = cache(render.key)


def canonical(text: str) -> str:
    """Return the canonical form of a TOML text without a BOM; it holds the same data and the same comments.

    The tables stand in the order of the model, records by id, fields in the order of the model; what the model does
    not know comes after that, in the order of the text. Every table has a header, but for one of the top level that
    only holds tables, as the records of a kind. Values are as `render.block` writes them. Line ends are LF, a blank
    line parts the tables, and there is no BOM.

    A comment stays with what it is about, as `Attached` tells. A block that has blank lines on both sides is nobody's
    and stays so; it goes with what follows, and at the end it stays last. Raises `NotVerified` were a comment lost.
    """
    data = reading.loads(text)
    attached = Attached(Layout(text if text.endswith("\n") else text + "\n"), data)
    paragraphs = chain(_Writer(attached.about).table((), data), map(_lines, attached.end))
    new = "\n".join(paragraphs)
    if Counter(comments(new)) != Counter(comments(text)):
        raise NotVerified("comments")
    return new


class _Writer:
    """Writes tables together with the comments about them."""

    def __init__(self, about: dict[Place, Comments]) -> None:
        self._about = about

    def table(self, place: Place, table: dict[str, Any]) -> Iterator[str]:
        """Yield a table and the tables in it in paragraphs, which are to be parted by blank lines."""
        own = self._of(place)
        values = [(key, table[key]) for key in _ordered(place, table)]
        plain = [(key, value) for key, value in values if not holds_tables(value)]
        if plain or _has_header(place, table):
            yield from map(_lines, own.apart)
            yield "".join([_lines(own.above), self._header(place), *self._body(place, plain)])
        else:
            loose = [*own.apart, [*own.above, *own.behind], *own.head, own.tail]
            yield from map(_lines, filter(None, loose))
        for key, value in values:
            for inner, held in _tables((*place, key), value):
                yield from self.table(inner, held)

    def _header(self, place: Place) -> str:
        if not place:
            return ""
        name = ".".join(_key(key) for key in place if isinstance(key, str))
        header = f"[[{name}]]" if isinstance(place[-1], int) else f"[{name}]"
        return header + _behind(self._of(place)) + "\n"

    def _body(self, place: Place, values: list[tuple[str, Any]]) -> Iterator[str]:
        """Yield the statements of a table; what stands apart in it has a blank line on both sides."""
        own = self._of(place)
        head = own.head
        for number, (key, value) in enumerate(values):
            about = self._of((*place, key))
            if apart := [*head, *about.apart]:
                yield from ("\n" if number else "", "\n".join(map(_lines, apart)), "\n")
            yield f"{_lines(about.above)}{_key(key)} = {self._value((*place, key), value)}{_behind(about)}\n"
            head = []
        yield _lines([*chain(*head), *own.tail])

    def _value(self, place: Place, value: Any) -> str:
        own = self._of(place)
        if not isinstance(value, list) or not (value or own.opening or own.tail):
            return render.block(value)
        lines = ["[" + "".join(f"  {comment}" for comment in own.opening)]
        for number, item in enumerate(value):
            about = self._of((*place, number))
            lines += [f"    {line}" for line in (*about.above, f"{render.inline(item)},{_behind(about)}")]
        return "\n".join([*lines, *(f"    {comment}" for comment in own.tail), "]"])

    def _of(self, place: Place) -> Comments:
        return self._about.get(place, _NO_COMMENTS)


def _ordered(place: Place, table: dict[str, Any]) -> list[str]:
    """Return the keys of a table in canonical order."""
    kind = _KINDS.get(place[0]) if place else None
    if kind and kind.keyed and len(place) == 1:
        return sorted(table)
    order: Iterable[str] = () if place else _TOP
    if kind and len(place) == (2 if kind.keyed else 1):
        order = fields(kind.struct)
    known = [key for key in order if key in table]
    return [*known, *(key for key in table if key not in known)]


def _has_header(place: Place, table: dict[str, Any]) -> bool:
    """Whether a table that holds no value but tables has a header: at the top level only those that are a record."""
    if len(place) != 1 or not table:
        return bool(place)
    return place[0] in _KINDS and not _KINDS[place[0]].keyed


def _tables(place: Place, value: Any) -> Iterator[tuple[Place, dict[str, Any]]]:
    """Yield a value that is written with headers: a table, or each of an array of tables."""
    if isinstance(value, dict):
        yield place, value
    elif holds_tables(value):
        yield from (((*place, number), element) for number, element in enumerate(value))


def _lines(block: Block) -> str:
    return "".join(f"{comment}\n" for comment in block)


def _behind(about: Comments) -> str:
    return "".join(f"  {comment}" for comment in about.behind)
