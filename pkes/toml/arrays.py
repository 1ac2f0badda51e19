"""Editing an array item by item, so that its layout and comments stay."""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple

from pkes.toml import reading
from pkes.toml.render import inline
from pkes.toml.statements import Item, line_before

_BETWEEN = re.compile(r"#[^\n]*|,|\n|[^#,\n]+")
_GAP = "\0"
"""Stands for an item that goes, until its line is tidied: no TOML text holds it."""


class _Slot(NamedTuple):
    """An item of the old array: its offsets, those of the comma behind it, of its line, and who shares the line."""

    item: Item
    comma: int | None
    line: int
    line_end: int
    first: bool
    last: bool


def edit(raw: str, items: Sequence[Item], old: Sequence[Any], new: Sequence[Any], newline: str) -> str:
    """Return the text of an array with the items `new` instead of `old`.

    `raw` is its text from bracket to bracket, `items` the offsets of the old items in it. An item that stays keeps
    its text, its line and the comments about it. One that goes, or gives way to another, takes along the comment behind
    it and those that touch it from above; of several on one line the last one does. One that is only spelled otherwise
    stays.
    """
    if "\n" not in raw:
        return _one_line(raw, items, old, new)
    slots = [_slot(raw, items, index) for index in range(len(items))]
    splices: list[tuple[int, int, str]] = []
    gone: list[int] = []
    replaced: list[int] = []
    kept: int | None = None
    for tag, i1, i2, j1, j2 in _steps(old, new):
        if tag == "equal":
            kept = i2 - 1 if i2 > i1 else kept
            continue
        both = min(i2 - i1, j2 - j1)
        splices += [(*items[i1 + k], inline(new[j1 + k])) for k in range(both)]
        kept = i1 + both - 1 if both else kept
        replaced += [i1 + k for k in range(both) if not _is_respelled(old[i1 + k], new[j1 + k])]
        gone += range(i1 + both, i2)
        if added := new[j1 + both : j2]:
            splices += _add(raw, slots, kept, [inline(value) for value in added], newline)
    splices += [*_cut(raw, slots, gone), *_without_comments(raw, slots, {*gone, *replaced})]
    for start, end, text in sorted(splices, reverse=True):
        raw = raw[:start] + text + raw[end:]
    return _without_gaps(raw)


def _steps(old: Sequence[Any], new: Sequence[Any]) -> Iterator[tuple[str, int, int, int, int]]:
    """Yield what stays and what changes, as difflib does; what stays at both ends is settled first."""
    from difflib import SequenceMatcher

    before, after = ([f"{type(value).__name__} {value!r}" for value in values] for values in (old, new))
    least = min(len(before), len(after))
    head = next((at for at in range(least) if before[at] != after[at]), least)
    tail = next((at for at in range(least - head) if before[-1 - at] != after[-1 - at]), least - head)
    yield "equal", 0, head, 0, head
    middle = before[head : len(before) - tail], after[head : len(after) - tail]
    for tag, *offsets in SequenceMatcher(None, *middle, autojunk=False).get_opcodes():
        i1, i2, j1, j2 = (offset + head for offset in offsets)
        yield tag, i1, i2, j1, j2
    yield "equal", len(before) - tail, len(before), len(after) - tail, len(after)


def _is_respelled(old: Any, new: Any) -> bool:
    """Whether two items differ in spaces and capitals alone."""
    both = isinstance(old, str) and isinstance(new, str)
    return both and " ".join(old.split()).casefold() == " ".join(new.split()).casefold()


def _one_line(raw: str, items: Sequence[Item], old: Sequence[Any], new: Sequence[Any]) -> str:
    texts = {(type(value), repr(value)): raw[item.start : item.end] for item, value in zip(items, old, strict=True)}
    inner = ", ".join(texts.get((type(value), repr(value)), inline(value)) for value in new)
    pad = raw[1 : len(raw) - len(raw[1:].lstrip(" \t"))] if items else ""
    return f"[{pad}{inner}{pad}]" if inner else "[]"


def _slot(raw: str, items: Sequence[Item], index: int) -> _Slot:
    item = items[index]
    before = items[index - 1].end if index else 1
    after = items[index + 1].start if index + 1 < len(items) else len(raw) - 1
    comma = next((m.start() for m in _BETWEEN.finditer(raw, item.end, after) if m[0] == ","), None)
    line = raw.rfind("\n", 0, item.start) + 1
    line_end = raw.find("\n", item.end) + 1
    first = line >= before and not raw[line : item.start].strip()
    last = 0 < line_end <= after
    return _Slot(item, comma, line, line_end, first, last)


def _cut(raw: str, slots: Sequence[_Slot], gone: Sequence[int]) -> list[tuple[int, int, str]]:
    """Return the splices that leave a gap for each item that goes, without one comma for each."""
    splices = [(*slots[index].item, _GAP) for index in gone]
    commas: set[int] = set()
    for index in gone:
        slot, before = slots[index], slots[index - 1].comma if index else None
        leads = before is not None and before >= slot.line and not (slot.comma and slot.comma < slot.line_end)
        choice = (before, slot.comma) if leads else (slot.comma,)
        commas |= set([comma for comma in choice if comma is not None and comma not in commas][:1])
    return [*splices, *((comma, comma + 1, "") for comma in commas)]


def _without_comments(raw: str, slots: Sequence[_Slot], going: Collection[int]) -> Iterator[tuple[int, int, str]]:
    """Yield the splices that take away the comments of the lines on which no item stays."""
    staying = {slot.line_end for index, slot in enumerate(slots) if index not in going}
    for index in sorted(going):
        slot = slots[index]
        if slot.line_end in staying:
            continue
        if slot.last:
            start = max(slot.item.end, slot.comma + 1 if slot.comma and slot.comma < slot.line_end else 0)
            yield start, slot.line_end - len(reading.line_end(raw[start : slot.line_end])), ""
        if slot.first:
            floor = raw.find("\n", slots[index - 1].item.end if index else 0) + 1
            above = slot.line
            while above > floor and raw[line_before(raw, above) : above].strip().startswith("#"):
                above = line_before(raw, above)
            yield above, slot.line, ""


def _without_gaps(raw: str) -> str:
    """Close the gaps: a line with nothing else goes, and so do the spaces that stood around an item."""
    raw = re.sub(rf"^[ \t]*(?:{_GAP}[ \t]*)+\r?\n", "", raw, flags=re.MULTILINE)
    raw = re.sub(rf"[ \t]*(?:{_GAP}[ \t]*)+(?=\r?$)", "", raw, flags=re.MULTILINE)
    return re.sub(rf"{_GAP}[ \t]*", "", raw)


def _add(
    raw: str, slots: Sequence[_Slot], kept: int | None, texts: Sequence[str], newline: str
) -> list[tuple[int, int, str]]:
    """Return the splices that put new items behind the item `kept`, or in front of all."""
    own_line = next((slot for slot in slots if slot.first), None)
    indent = raw[own_line.line : own_line.item.start] if own_line else "    "
    lines = "".join(f"{indent}{text},{newline}" for text in texts)
    if kept is None:
        line_end = raw.index("\n") + 1
        if slots and slots[0].item.start < line_end:
            return [(1, 1, "".join(f"{text}, " for text in texts))]
        return [(line_end, line_end, lines)]
    slot = slots[kept]
    if slot.comma is None:
        # The last item, written without a comma: it gets one, and the new last one goes without.
        comma = [(slot.item.end, slot.item.end, ",")]
        if slot.last:
            lines = lines.removesuffix("," + newline) + newline
            return [*comma, (slot.line_end, slot.line_end, lines)]
        return [(slot.item.end, slot.item.end, "".join(f",{newline}{indent}{text}" for text in texts))]
    if slot.last and slot.comma < slot.line_end:
        return [(slot.line_end, slot.line_end, lines)]
    return [(slot.comma + 1, slot.comma + 1, "".join(f" {text}," for text in texts))]
