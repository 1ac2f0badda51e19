"""Pieces of a TOML text: where a table with all that belongs to it stands, or one field of it."""

from typing import NamedTuple

from pkes.toml.scan import Path
from pkes.toml.tree import Layout


class Span(NamedTuple):
    """Where a piece begins and ends, and whether it begins with a header or the comments above one."""

    start: int
    end: int
    is_table: bool


def table(layout: Layout, path: Path) -> Span | None:
    """Return where a table stands: the comments above it, its body, and the tables in it.

    None where it has no header of its own, or where the tables in it do not follow it at once.
    """
    sections = layout.below(path)
    if not sections or sections[0].path != path or sections[0].many:
        return None
    if layout.followers(sections[0]) != sections[1:]:
        return None
    return Span(layout.block_above(sections[0]), layout.body(sections[-1]).end, is_table=True)


def field(layout: Layout, path: Path, key: str) -> Span | None:
    """Return where a field of a table stands: its lines, or the table that it is.

    None where it is not one statement, nor one table with a header of its own in a table that has one, too.
    """
    own = layout.is_table(path) or not path
    if layout.below((*path, key)):
        return table(layout, (*path, key)) if own else None
    there = layout.body(layout.own(path) if path else layout.sections[0]).of(key) if own else []
    return Span(there[0].start, there[0].end, is_table=False) if len(there) == 1 and not there[0].dotted else None
