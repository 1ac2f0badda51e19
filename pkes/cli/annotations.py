"""What stands in the editor beside the text of a record: help and notes, on lines that are taken away again."""

import textwrap
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from pkes.cli import intake
from pkes.i18n import _
from pkes.model.records import KIND, KindName, fields
from pkes.text.characters import decode, safe

MARK = "#pkes:"
"""Begins a line that is no part of the text."""

_WIDTH = 72


class Note(NamedTuple):
    """What is said, and the line of the text that it is about, from 1."""

    line: int
    what: str


def mark_for(text: str) -> str:
    """Return a mark that begins no line of a text, to tell other lines from its own."""
    mark = MARK
    while any(line.startswith(mark) for line in text.splitlines()):
        mark = f"#{mark}"
    return mark


def annotated(text: str, mark: str, help: Iterable[str], notes: Iterable[Note]) -> str:
    """Return a text with help above it, and each note above the line that it is about."""
    return "".join(f"{line}\n" for line in (*(f"{mark} {line}" for line in help), *_with_notes(text, mark, notes)))


def _with_notes(text: str, mark: str, notes: Iterable[Note]) -> Iterator[str]:
    left = sorted(notes)
    for number, line in enumerate(text.splitlines(), 1):
        while left and left[0].line <= number:
            yield f"{mark} {_('the next line: {what}').format(what=safe(left.pop(0).what))}"
        yield line
    yield from (f"{mark} {_('the end: {what}').format(what=safe(note.what))}" for note in left)


def help_for(kind: KindName, sectors: Iterable[str], mark: str) -> Iterator[str]:
    """Yield the lines of help for a kind of record."""
    known = fields(KIND[kind].struct)
    names = ", ".join(field.name for field in known.values() if not field.by_command)
    said = [
        _("Save and close to write what you change; unchanged or empty, it is not written."),
        _("Lines that begin with {mark} are not part of the record.").format(mark=mark),
        _("Fields: {names}").format(names=names),
    ]
    if "sector" in known:
        said.append(_("Sectors: {names}").format(names=", ".join(sectors)))
    for text in said:
        yield from textwrap.wrap(safe(text), _WIDTH, subsequent_indent="  ", break_on_hyphens=False)


def without(data: bytes, mark: str, known: Collection[str]) -> str:
    """Return what an editor left, without the lines that begin with the mark and blank ones at the ends.

    Unless it is one of the texts that are `known`, it is cleaned, and one warning says what was done.
    """
    decoded, guessed = decode(data)
    text = _own_lines(decoded.replace("\r\n", "\n"), mark)
    return text if text in known else _own_lines(intake.typed(text, guessed=guessed), mark)


def _own_lines(text: str, mark: str) -> str:
    lines = [line for line in text.split("\n") if not line.startswith(mark)]
    while lines and not lines[-1].strip():
        lines.pop()
    while lines and not lines[0].strip():
        lines.pop(0)
    return "".join(f"{line}\n" for line in lines)
