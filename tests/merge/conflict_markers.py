"""Texts with git's merge markers: their regions, and what is left when one side is taken everywhere."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_LINE = re.compile(r"(<{7}|\|{7}|={7}|>{7})(?: ([^\r\n]*))?\r?\n?\Z")
_NEXT = {"": "<", "<": "|=", "|": "=", "=": ">"}


class Ill(Exception):
    """Markers that no git would have left."""


class Region(NamedTuple):
    """What stands between the markers of one conflict, and what the first and the last of them are labelled with."""

    labels: tuple[str, str]
    ours: str
    theirs: str


def split(text: str) -> Iterator[str | Region]:
    """Yield a text in pieces: lines with their ends that no marker concerns, and regions. Raises `Ill`."""
    state, label, parts = "", "", {"<": "", "|": "", "=": ""}
    for line in re.findall(r"[^\n]*\n|[^\n]+", text):
        marker = _LINE.match(line)
        if marker is None:
            if state:
                parts[state] += line
            else:
                yield line
        elif marker[1][0] not in _NEXT[state]:
            raise Ill(line)
        elif marker[1][0] == ">":
            yield Region((label, marker[2] or ""), parts["<"], parts["="])
            state, parts = "", {"<": "", "|": "", "=": ""}
        else:
            state = marker[1][0]
            label = marker[2] or "" if state == "<" else label
    if state:
        raise Ill(text)


def regions(text: str) -> list[Region]:
    """Return the regions of a text. Raises `Ill`."""
    return [piece for piece in split(text) if isinstance(piece, Region)]


def take(text: str, side: str) -> str:
    """Return a text with "ours" or "theirs" taken in every region. Raises `Ill`."""
    return "".join(getattr(piece, side) if isinstance(piece, Region) else piece for piece in split(text))
