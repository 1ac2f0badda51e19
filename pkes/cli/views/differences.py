"""The difference of two values of a field: what was removed and what was added."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any, Literal, NamedTuple, TypeAlias
from unicodedata import combining, normalize

from pkes.cli.terminal import plain
from pkes.cli.views import cells
from pkes.text.characters import SPACES, clean_lines, strip

_RUNS = re.compile(f"[{SPACES}]+")

LONG = 100
"""Texts with more characters than this in total are compared word by word."""

_WORDS_AROUND = 4
_LINES_AROUND = 1

_MOST = 1_000
"""With more words or lines than this, a comparison would take too long."""

Sign: TypeAlias = Literal["-", "+", " "]
_Opcode: TypeAlias = tuple[str, int, int, int, int]


class Part(NamedTuple):
    """A part of a line, and whether it differs."""

    text: str
    differs: bool


class Line(NamedTuple):
    """A line that was removed (-), added (+) or kept ( ). Omitted parts are shown as "…"."""

    sign: Sign
    parts: tuple[Part, ...]


def lines(old: Any, new: Any) -> list[Line]:
    """Return the differences between two TOML values of a field, line by line; None is an absent value.

    For lists, these are items; for long texts and those of several lines, the changes with some context. The result is
    empty if two short values, or lists that differ only in order, are better shown as a whole.
    """
    if isinstance(old, list) or isinstance(new, list):
        return [*_items(_listed(old), _listed(new))]
    if isinstance(old, str | None) and isinstance(new, str | None) and _is_long(old or "", new or ""):
        return [*_texts(old or "", new or "")]
    return []


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _items(old: list[Any], new: list[Any]) -> Iterator[Line]:
    was, now = [[*map(_item, side)] for side in (old, new)]
    sides: tuple[tuple[Sign, list[str], list[str]], ...] = (("-", was, now), ("+", now, was))
    for sign, some, others in sides:
        left = Counter(others)
        for item in some:
            left[item] -= 1
            if left[item] < 0:
                yield Line(sign, (Part(item, True),))


def _item(value: Any) -> str:
    return value if isinstance(value, str) else plain.cell(value)


def _is_long(old: str, new: str) -> bool:
    return len(old) + len(new) > LONG or "\n" in old + new


def _texts(old: str, new: str) -> Iterator[Line]:
    was, now = (text.split("\n") if text else [] for text in (old, new))
    for number, hunk in enumerate(_hunks(was, now, _LINES_AROUND)):
        if number:
            yield Line(" ", (Part("…", False),))
        for tag, i, j, k, m in hunk:
            if tag == "equal":
                yield from (Line(" ", (Part(line, False),)) for line in was[i:j])
            elif j - i == m - k:
                for before, after in zip(was[i:j], now[k:m], strict=True):
                    yield from _lines(before, after)
            else:
                yield from (Line("-", (Part(line, True),)) for line in was[i:j])
                yield from (Line("+", (Part(line, True),)) for line in now[k:m])


def _lines(old: str, new: str) -> Iterator[Line]:
    """Yield the differences between two lines; the text between words counts as a word."""
    was, now = (re.findall(r"\s+|\S+", line) for line in (old, new))
    for hunk in _hunks(was, now, 2 * _WORDS_AROUND):
        yield Line("-", (*_parts(was, [(tag, i, j) for tag, i, j, _, _ in hunk]),))
        yield Line("+", (*_parts(now, [(tag, k, m) for tag, _, _, k, m in hunk]),))


def _parts(words: Sequence[str], spans: Sequence[tuple[str, int, int]]) -> Iterator[Part]:
    if spans[0][1]:
        yield Part("…", False)
    yield from (Part("".join(words[start:end]), tag != "equal") for tag, start, end in spans if end > start)
    if spans[-1][2] < len(words):
        yield Part("…", False)


def _hunks(old: Sequence[str], new: Sequence[str], around: int) -> Iterator[list[_Opcode]]:
    """Yield the groups of differences as difflib opcodes, each with `around` unchanged items on both sides."""
    hunk: list[_Opcode] = []
    for tag, i, j, k, m in _opcodes(old, new):
        if tag == "equal" and hunk and j - i > 2 * around:
            yield [*hunk, (tag, i, i + around, k, k + around)]
            hunk = []
        if tag == "equal" and not hunk:
            hunk = [(tag, max(i, j - around), j, max(k, m - around), m)]
        else:
            hunk.append((tag, i, j, k, m))
    if hunk and hunk[-1][0] == "equal":
        tag, i, j, k, m = hunk.pop()
        if hunk:
            hunk.append((tag, i, min(j, i + around), k, min(m, k + around)))
    if hunk:
        yield hunk


def _opcodes(old: Sequence[str], new: Sequence[str]) -> Iterator[_Opcode]:
    """Yield the opcodes that turn one into the other; common beginnings and ends are found first."""
    shorter = min(len(old), len(new))
    start = next((n for n in range(shorter) if old[n] != new[n]), shorter)
    end = next((n for n in range(shorter - start) if old[-1 - n] != new[-1 - n]), shorter - start)
    was, now = old[start : len(old) - end], new[start : len(new) - end]
    if start:
        yield "equal", 0, start, 0, start
    if max(len(was), len(now)) > _MOST:
        yield "replace", start, start + len(was), start, start + len(now)
    else:
        for tag, i, j, k, m in SequenceMatcher(str.isspace, was, now).get_opcodes():
            yield tag, start + i, start + j, start + k, start + m
    if end:
        yield "equal", len(old) - end, len(old), len(new) - end, len(new)


def value(held: Any) -> Any:
    """Return a TOML value, with quotes around a text with invisible parts; `[]` for an empty list."""
    if isinstance(held, list):
        return [*map(value, held)] or "[]"
    return _quoted(held) if isinstance(held, str) and _has_unseen_ends(held) else held


def pair(old: Any, new: Any) -> tuple[Any, Any]:
    """Return the two values of a change, with quotes around texts also if the values look the same."""
    if old is None or new is None or _look(old) != _look(new):
        return value(old), value(new)
    one, other = (_quoted(held) if isinstance(held, str) else value(held) for held in (old, new))
    return one, other


def visible_lines(old: Any, new: Any) -> list[Line]:
    """Return the same as `lines`, with quotes around differences that would be invisible."""
    found = lines(old, new)
    are_items = isinstance(old, list) or isinstance(new, list)
    taken, put = ({_look(_text(line)) for line in found if line.sign == sign} for sign in "-+")
    alike = taken & put
    return [_line(line, are_items=are_items, is_alike=_look(_text(line)) in alike) for line in found]


def _line(line: Line, *, are_items: bool, is_alike: bool) -> Line:
    def shown(part: Part) -> Part:
        is_unseen = _has_unseen_ends(part.text) if are_items else part.text and not strip(part.text)
        return part._replace(text=_quoted(part.text)) if part.differs and (is_alike or is_unseen) else part

    return line._replace(parts=tuple(map(shown, line.parts)))


def _text(line: Line) -> str:
    return "".join(part.text for part in line.parts)


def _look(held: Any) -> str:
    """Return a value as it looks to the reader."""
    text = held if isinstance(held, str) else cells.value(held, None, {}).plain
    return strip(_RUNS.sub(" ", normalize("NFC", clean_lines(text)[0])))


def _has_unseen_ends(text: str) -> bool:
    return "\n" not in text and (not text or strip(text) != text)


def _quoted(text: str) -> str:
    """Return a text in quotes, with escapes for characters that look like others."""
    return '"' + "".join(map(_distinct, text)) + '"'


def _distinct(char: str) -> str:
    looks_alike = combining(char) or normalize("NFC", char) != char or (char in SPACES and char != " ")
    return char.encode("unicode_escape").decode() if looks_alike else char
