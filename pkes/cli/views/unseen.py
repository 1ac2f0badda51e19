"""What nobody would see in a change: spaces, empty values, characters that look like others. It is shown in quotes."""

import re
from typing import Any
from unicodedata import combining, normalize

from pkes.cli.views import cells, differences
from pkes.cli.views.differences import Line, Part
from pkes.text.characters import SPACES, clean_lines, strip

_RUNS = re.compile(f"[{SPACES}]+")


def value(held: Any) -> Any:
    """Return a TOML value, with quotes around a text of which a part is not seen; `[]` for an empty list."""
    if isinstance(held, list):
        return [*map(value, held)] or "[]"
    return _quoted(held) if isinstance(held, str) and _has_unseen_ends(held) else held


def pair(old: Any, new: Any) -> tuple[Any, Any]:
    """Return the two values of a change, texts in quotes where the values look alike, too."""
    if old is None or new is None or _look(old) != _look(new):
        return value(old), value(new)
    one, other = (_quoted(held) if isinstance(held, str) else value(held) for held in (old, new))
    return one, other


def lines(old: Any, new: Any) -> list[Line]:
    """Return what `differences.lines` does, with quotes around what differs where that is not seen."""
    told = differences.lines(old, new)
    are_items = isinstance(old, list) or isinstance(new, list)
    taken, put = ({_look(_text(line)) for line in told if line.sign == sign} for sign in "-+")
    alike = taken & put
    return [_line(line, are_items=are_items, is_alike=_look(_text(line)) in alike) for line in told]


def _line(line: Line, *, are_items: bool, is_alike: bool) -> Line:
    def shown(part: Part) -> Part:
        is_unseen = _has_unseen_ends(part.text) if are_items else part.text and not strip(part.text)
        return part._replace(text=_quoted(part.text)) if part.differs and (is_alike or is_unseen) else part

    return line._replace(parts=tuple(map(shown, line.parts)))


def _text(line: Line) -> str:
    return "".join(part.text for part in line.parts)


def _look(held: Any) -> str:
    """Return what is seen of a value."""
    text = held if isinstance(held, str) else cells.value(held, None, {}).plain
    return strip(_RUNS.sub(" ", normalize("NFC", clean_lines(text)[0])))


def _has_unseen_ends(text: str) -> bool:
    return "\n" not in text and (not text or strip(text) != text)


def _quoted(text: str) -> str:
    """Return a text in quotes, with an escape for what looks like another character."""
    return '"' + "".join(map(_told_apart, text)) + '"'


def _told_apart(char: str) -> str:
    looks_alike = combining(char) or normalize("NFC", char) != char or (char in SPACES and char != " ")
    return char.encode("unicode_escape").decode() if looks_alike else char
