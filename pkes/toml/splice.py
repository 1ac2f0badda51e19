"""Putting new text in the place of old, and the proof that nothing else changed."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pkes.errors import NotVerified
from pkes.toml.scan import comments
from pkes.toml.tree import Layout


class Splice(NamedTuple):
    """A span and the text that takes its place. Of several put in at one place the lower rank comes first."""

    start: int
    end: int
    text: str
    rank: int = 0


def splice(layout: Layout, splices: Iterable[Splice], lost: Counter[str]) -> str:
    """Return the text of a layout with all splices made.

    Raises `NotVerified`: `spans` where two splices overlap or a byte outside of them changed, `comments` where
    comments are missing that are not the `lost` ones.
    """
    ordered = sorted(splices, key=lambda one: (one.start, one.end, one.rank))
    pieces, at = [], 0
    for one in ordered:
        if one.start < at:
            raise NotVerified("spans")
        pieces += [layout.text[at : one.start], one.text]
        at = one.end
    text = "".join([*pieces, layout.text[at:]])
    _verify_spans(layout.text, text, ordered)
    _verify_comments(layout, text, ordered, lost)
    return text


def _verify_spans(old: str, new: str, splices: Sequence[Splice]) -> None:
    at, shift = 0, 0
    for one in (*splices, Splice(len(old), len(old), "")):
        if not new.startswith(old[at : one.start], at + shift):
            raise NotVerified("spans")
        at, shift = one.end, shift + len(one.text) - (one.end - one.start)
    if len(new) != len(old) + shift:
        raise NotVerified("spans")


def _verify_comments(layout: Layout, new: str, splices: Sequence[Splice], lost: Counter[str]) -> None:
    """Compare the comments of the sections around the splices, old and new, read from a place outside strings."""
    missing: Counter[str] = Counter()
    shift = 0
    for start, end, growth in _windows(layout, splices):
        missing.update(comments(layout.text[start:end]))
        missing.subtract(comments(new[start + shift : end + shift + growth]))
        shift += growth
    if +missing != lost:
        raise NotVerified("comments")


def _windows(layout: Layout, splices: Sequence[Splice]) -> list[tuple[int, int, int]]:
    """Return the spans of whole sections around the splices, and by how much the text of each grows."""
    windows: list[tuple[int, int, int]] = []
    ends = iter(layout.sections)
    section = next(ends)
    for one in splices:
        while section.end < one.start or (section.end == one.start < one.end):
            section = next(ends)
        start, growth = section.start, len(one.text) - (one.end - one.start)
        while section.end < one.end:
            section = next(ends)
        if windows and windows[-1][1] >= start:
            start, _, before = windows.pop()
            growth += before
        windows.append((start, section.end, growth))
    return windows
