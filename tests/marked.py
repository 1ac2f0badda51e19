"""Random layouts whose comments are numbered, so that a test knows by itself whose each comment is."""

import random
import re
from typing import Any, NamedTuple

from tests.layouts import Owner, Writer

_MARK = "\ue000\ue001\ue000"
_COMMENT = re.compile(rf"[ \t]*{_MARK}#.*")


class Marked(NamedTuple):
    """A text, its line end, and its lines without their ends, each with its owner and a mark before its comment."""

    text: str
    newline: str
    lines: list[tuple[str, Owner]]

    def owned(self, path: Owner) -> set[int]:
        """Return the numbers of the comments that belong to a table of two keys."""
        return {int(found) for line, owner in self.lines if owner[:2] == path for found in _numbers(line, _MARK)}

    def bare(self, path: Owner) -> list[str]:
        """Return the lines without the comments of a table, and without those that would then be empty."""
        lines = [_COMMENT.sub("\0", line) if owner[:2] == path else line for line, owner in self.lines]
        return [line.replace(_MARK, "").replace("\0", "") for line in lines if line != "\0"]

    def others(self, path: Owner) -> list[str]:
        """Return the lines that are not a table's, but for blank ones."""
        return [line.replace(_MARK, "") for line, owner in self.lines if owner[:2] != path and line.strip()]


class _Marking(Writer):
    """Numbers every comment, adds one of some words to it now and then, and marks where it begins."""

    number = 0
    words: tuple[str, ...] = ()

    def comment(self, text: str) -> str:
        self.number += 1
        word = self.rng.choice(self.words) if self.words and self.rng.random() < 0.4 else ""
        return f"{_MARK}#{self.number}{text} {word}".rstrip()

    def behind(self) -> str:
        space, sign, text = super().behind().partition("#")
        return space + self.comment(text) if sign else space

    def put(self, line: str, owner: Owner) -> None:
        if line.lstrip().startswith("#"):
            space, _, text = line.partition("#")
            line = space + self.comment(text)
        super().put(line, owner)


def lay_out(data: dict[str, Any], seed: int, words: tuple[str, ...] = ()) -> Marked:
    """Return data as a TOML text in the random layout of a seed, some words in its comments."""
    writer = _Marking(random.Random(seed))
    writer.words = words
    laid = writer.write(data)
    return Marked(laid.text.replace(_MARK, ""), "\r\n" if "\r\n" in laid.text else "\n", laid.lines)


def numbers(comments: Any) -> list[int]:
    """Return the numbers of comments."""
    return [int(_numbers(comment)[0]) for comment in comments]


def _numbers(text: str, before: str = "") -> list[str]:
    return re.findall(rf"{before}#(\d+)", text)
