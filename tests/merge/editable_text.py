"""A registry's text that one edits as a person would in an editor, while what it must then hold is kept beside it.

Every line knows its owner, as in `tests/layouts.py`, so that an edit finds its lines without a parser, and without the
package's own editor.
"""

import copy
import tomllib
from collections.abc import Iterable
from typing import Any

import tomli_w

from pkes.model.records import KINDS, fields
from pkes.toml.scan import comments
from tests.layouts import Owner
from tests.merge import oracle

ORDER: dict[str, tuple[str, ...]] = {kind.table: tuple(fields(kind.struct)) for kind in KINDS}
TABLES = tuple(ORDER)
KEYED = ("sectors", "members", "inquiries")
Path = tuple[str, ...]


class EditableText:
    """Lines without their ends, each with its owner, and the data that they hold."""

    def __init__(self, lines: Iterable[tuple[str, Owner]], data: dict[str, Any]) -> None:
        self.lines = list(lines)
        self.data = copy.deepcopy(data)

    def copy(self) -> "EditableText":
        """Return another draft with the same lines and data."""
        return EditableText(self.lines, self.data)

    def text(self, newline: str = "\n", *, final: bool = True) -> str:
        """Return the text, with or without an end of its last line. It must hold the data, else it is a fault here."""
        text = newline.join(line for line, _ in self.lines) + newline * final
        if not oracle.same(tomllib.loads(text), self.data):
            raise AssertionError(f"the draft is wrong:\n{text}\n{self.data}")
        return text

    def record(self, path: Path) -> dict[str, Any]:
        """Return the data of a record or of the file; `path` leads to its table."""
        held = self.data
        for part in path:
            held = held.setdefault(part, {})
        return held

    def records(self, *tables: str) -> list[Path]:
        """Return the paths of the records of some kinds, of all that have ids where none is named."""
        return [(table, id) for table in tables or KEYED for id in self.data.get(table, {})]

    def set(self, path: Path, key: str, value: Any) -> None:
        """Give a field a value; the comment behind a value of one line stays."""
        start, end = self._span((*path, key))
        if any(owner != (*path, key) for _, owner in self.lines[start:end]):  # a sub-table
            del self.lines[start:end]
            end = start
        old = self.lines[start:end]
        behind = comments(old[0][0]) if len(old) == 1 else []
        self.record(path)[key] = value
        lines = statement(key, value)
        if behind and len(lines) == 1:
            lines[0] += f"  {behind[0]}"
        if not old:
            start = end = self._place(path, key)
        self.lines[start:end] = [(line, (*path, key)) for line in lines]

    def clear(self, path: Path, key: str) -> None:
        """Take a field away, and the comments that stand behind or in it."""
        start, end = self._span((*path, key))
        del self.lines[start:end]
        del self.record(path)[key]

    def add_item(self, path: Path, key: str, item: str) -> None:
        """Put an item at the end of a list; in one of a line an item, only that line is new."""
        lines, items = self._items(path, key), [*self.record(path).get(key, []), item]
        if lines is None:
            self._rewrite(path, key, items)
        else:
            last = self._span((*path, key))[1] - 1
            self.lines.insert(last, (f"    {inline(item)},", (*path, key)))
            self.record(path)[key] = items

    def remove_item(self, path: Path, key: str, item: str) -> None:
        """Take an item out of a list, with the comment behind it."""
        lines, items = self._items(path, key), list(self.record(path)[key])
        items.remove(item)
        if lines is None:
            self._rewrite(path, key, items)
        else:
            del self.lines[lines[self.record(path)[key].index(item)]]
            self.record(path)[key] = items

    def add(self, path: Path, record: dict[str, Any]) -> None:
        """Put in a record where its id sorts, or behind the last of its kind, or at the end."""
        lines = [(header(path), (*path, "#"))]
        lines += [(line, (*path, key)) for key, value in record.items() for line in statement(key, value)]
        after = [other for other in self.records(path[0]) if other > path]
        if after:
            at = self._span(min(after))[0]
            self.lines[at:at] = [*lines, ("", ())]
        else:
            others = self.records(path[0])
            at = self._span(max(others))[1] if others else len(self.lines)
            self.lines[at:at] = [("", ()), *lines]
        self.record(path[:1])[path[1]] = dict(record)

    def remove(self, path: Path) -> None:
        """Take a record away, its comments, and the blank line above it."""
        start, end = self._span(path)
        if start and not self.lines[start - 1][0].strip():
            start -= 1
        del self.lines[start:end]
        del self.data[path[0]][path[1]]
        if not self.data[path[0]]:
            del self.data[path[0]]

    def rename(self, path: Path, new: str) -> None:
        """Give a record another id where it stands; references stay as they are."""
        for index, (line, owner) in enumerate(self.lines):
            if owner[:2] == path:
                moved = (path[0], new, *owner[2:])
                if owner[-1] == "#" and line.lstrip().startswith("["):
                    line = "  ".join([header(moved[:-1]), *comments(line)[:1]])
                self.lines[index] = (line, moved)
        held = self.data[path[0]]
        self.data[path[0]] = {new if id == path[1] else id: record for id, record in held.items()}

    def comment_above(self, path: Path, key: str | None, comment: str) -> None:
        """Put a comment above a field, or above a table's header where no key is given."""
        at = self._span((*path, key))[0] if key else self._header(path) - 1
        self.lines.insert(at, (comment, (*path, "#")))

    def comment_behind(self, path: Path, key: str, comment: str) -> None:
        """Put a comment behind a value, or behind the last line of one that has several."""
        last = self._span((*path, key))[1] - 1
        self.lines[last] = (f"{self.lines[last][0]} {comment}", (*path, key))

    def comment_within(self, path: Path, key: str, comment: str) -> None:
        """Put a comment above the first item of a list that is written one item a line."""
        self.lines.insert(self._span((*path, key))[0] + 1, (f"    {comment}", (*path, key)))

    def is_remarked(self, path: Path, key: str) -> bool:
        """Whether a comment stands behind the value of a field or in it."""
        start, end = self._span((*path, key))
        return bool(comments("\n".join(line for line, _ in self.lines[start:end])))

    def _span(self, owner: Owner) -> tuple[int, int]:
        """Return where the lines of a field begin and end, of a sub-table too; the same where there are none."""
        found = [index for index, (_, of) in enumerate(self.lines) if of[: len(owner)] == owner]
        return (found[0], found[-1] + 1) if found else (0, 0)

    def _place(self, path: Path, key: str) -> int:
        """Return where a new field goes: behind the field that precedes it, or behind its table's header."""
        order = ORDER.get(path[0], ()) if path else ("format",)
        before = order[: order.index(key)] if key in order else [*order, *self.record(path)]
        found = self._header(path)
        for index, (_, owner) in enumerate(self.lines):
            if owner and owner[:-1] == path and owner[-1] in before:
                found = index + 1
        return found

    def _header(self, path: Path) -> int:
        """Return where the body of a table begins. One that is not there is made at the end."""
        if not path:
            return 0
        for index, (line, owner) in enumerate(self.lines):
            if owner == (*path, "#") and line.lstrip().startswith("["):
                return index + 1
        self.lines += [("", ()), (header(path), (*path, "#"))]
        return len(self.lines)

    def has_table(self, path: Path) -> bool:
        """Whether a table of an unknown key stands under a header of its own."""
        return any(owner == (*path, "#") for _, owner in self.lines)

    def _items(self, path: Path, key: str) -> list[int] | None:
        """Return the lines of a list's items where each stands on a line of its own with a comma, else None."""
        start, end = self._span((*path, key))
        lines, items = self.lines[start:end], self.record(path).get(key, [])
        if len(lines) < 2 or lines[-1][0].strip()[:1] != "]":
            return None
        plain = [index + start for index, (line, _) in enumerate(lines[1:-1], 1) if not line.lstrip().startswith("#")]
        told = [self.lines[index][0].strip() for index in plain]
        right = len(plain) == len(items) and all(
            one.startswith(f"{inline(item)},") for one, item in zip(told, items, strict=True)
        )
        return plain if right else None

    def _rewrite(self, path: Path, key: str, items: list[str]) -> None:
        """Write a list anew; its comments stay, at its beginning."""
        start, end = self._span((*path, key))
        kept = comments("\n".join(line for line, _ in self.lines[start:end]))
        self.set(path, key, items)
        if kept and items:
            start = self._span((*path, key))[0]
            self.lines[start + 1 : start + 1] = [(f"    {comment}", (*path, key)) for comment in kept]


def header(path: Iterable[str]) -> str:
    """Return the header of a table."""
    return "[" + ".".join(tomli_w.dumps({part: 0}).removesuffix(" = 0\n") for part in path) + "]"


def inline(value: Any) -> str:
    """Return a value on one line."""
    if isinstance(value, dict):
        pairs = ", ".join(f"{key} = {inline(held)}" for key, held in value.items())
        return f"{{ {pairs} }}" if pairs else "{}"
    if isinstance(value, list):
        return f"[{', '.join(map(inline, value))}]"
    return tomli_w.dumps({"k": value})[4:-1]


def statement(key: str, value: Any) -> list[str]:
    """Return a field as lines: a list one item a line, a text of several lines as such."""
    if oracle.is_list(value) and value:
        return [f"{key} = [", *(f"    {inline(item)}," for item in value), "]"]
    if isinstance(value, str) and "\n" in value:
        return tomli_w.dumps({key: value}, multiline_strings=True)[:-1].split("\n")
    return [f"{key} = {inline(value)}"]


def canonical(data: dict[str, Any]) -> EditableText:
    """Return data as a draft in canonical layout; tables of unknown keys stand behind their record."""
    draft = EditableText([], data)
    for key, value in data.items():
        if key not in TABLES and not isinstance(value, dict):
            draft.lines += [(line, (key,)) for line in statement(key, value)]
    paths: list[Path] = [(key,) for key in data if key not in KEYED and isinstance(data[key], dict)]
    for path in [*paths, *draft.records()]:
        draft.lines += [("", ()), (header(path), (*path, "#"))]
        for key, value in draft.record(path).items():
            draft.lines += [(line, (*path, key)) for line in statement(key, value)]
    return draft
