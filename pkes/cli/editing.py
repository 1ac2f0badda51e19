"""A record edited as text: in the user's editor, and back in it until what is typed can be written."""

import os
import textwrap
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

import typer

from pkes.checks.findings import Finding, WouldBreak
from pkes.cli import intake, questions
from pkes.cli.messages.errors import USAGE, words
from pkes.cli.messages.findings import in_words
from pkes.cli.messages.values import malformed
from pkes.cli.state import State
from pkes.cli.terminal import editor, output, plain
from pkes.cli.write import Flags, print_changes, write
from pkes.errors import CannotEdit, ChangedMeanwhile, Missing, WrongAssignment
from pkes.i18n import N_, _
from pkes.model.records import KIND, KindName, Policy, Registry, fields, records, toml_items
from pkes.storage import record_text, store
from pkes.storage.record_text import Name, Wrong
from pkes.text.characters import safe
from pkes.text.charsets import undeclared

if TYPE_CHECKING:
    from pkes.registry.changes import Change


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
    decoded, charset = undeclared(data)
    text = _own_lines(decoded.replace("\r\n", "\n"), mark)
    return text if text in known else _own_lines(intake.typed(text, charset), mark)


def _own_lines(text: str, mark: str) -> str:
    lines = [line for line in text.split("\n") if not line.startswith(mark)]
    while lines and not lines[-1].strip():
        lines.pop()
    while lines and not lines[0].strip():
        lines.pop(0)
    return "".join(f"{line}\n" for line in lines)


class Text(NamedTuple):
    """A piece as it was in the file when that was last looked at, and as it is typed."""

    base: str
    typed: str


class Tried(NamedTuple):
    """What came of a text: notes for the next round in the editor, none where it is written.

    `is_wrong` says that it cannot be written as it is.
    """

    text: Text
    notes: Sequence[Note] = ()
    is_wrong: bool = False


def edit(state: State, kind: KindName, find: Callable[[Registry], str | None], flags: Flags) -> None:
    """Let the user edit the text of a record, and write what becomes of it; `find` gives its id.

    Raises `Missing` where there is no terminal, `CannotEdit` for a record that is not one piece of text,
    `ChangedMeanwhile` where it is gone meanwhile, and what `find`, the editor and `store.edit` raise.
    """
    if not questions.is_interactive():
        raise Missing(_("FIELD=VALUE …"))
    chosen = editor.find()
    loaded = store.load(state.path)
    name = Name(kind, find(loaded.registry))
    if kind == "policy" and loaded.registry.policy == Policy():  # it need not have a table
        raise Missing(_("FIELD=VALUE …"))
    base = _take(state, loaded, name)
    mark = mark_for(base)
    help = list(help_for(kind, loaded.registry.sectors, mark))
    tried = Tried(Text(base, base))
    with editor.draft(f"{name.id or kind}.toml") as draft:
        while True:
            draft.write(annotated(tried.text.typed, mark, help, tried.notes))
            editor.run(chosen, draft.path)
            typed = without(draft.read(), mark, tried.text)
            if typed in ("", tried.text.base):
                output.hint(_("nothing was changed"))
                return
            if tried.is_wrong and typed == tried.text.typed:
                output.fail(_("the text is as wrong as before; nothing was changed"))
                raise typer.Exit(USAGE)
            tried = _try(state, name, tried.text._replace(typed=typed), flags)
            if not tried.notes:
                draft.keep = flags.dry_run
                return


# What becomes of it.


def _try(state: State, name: Name, text: Text, flags: Flags) -> Tried:
    """Write a text, with what somebody else changed in the record meanwhile."""
    wrong = record_text.judge(text.typed, text.base, name)
    if wrong:
        return _refused(text, [Note(wrong.line, _in_words(wrong, name))])
    while True:
        tried, lost = _merged(state, name, text)
        if tried.notes:
            return tried
        text = tried.text
        try:
            _write(state, name, text, flags)
        except ChangedMeanwhile:  # since the last look at it
            continue
        except WouldBreak as error:
            return _refused(text, [_note(finding, text, name) for finding in error.findings])
        for comment in lost:
            output.hint(_("the comment goes along: {comment}").format(comment=comment))
        return tried


def _merged(state: State, name: Name, text: Text) -> tuple[Tried, Sequence[str]]:
    """Return a text with what the file has now, where that is something else, and the comments without a place in it.

    What both changed is asked for; notes say that the answer was to look at it in the editor again.
    """
    loaded = store.load(state.path)
    theirs = _take(state, loaded, name)
    if record_text.was_erased(text.base, theirs, name):
        raise ChangedMeanwhile(os.fspath(state.path))
    with _placed(state, loaded, name):
        while (merged := record_text.merge(*text, theirs, name)).fields:
            tried = _settled(text, theirs, merged.fields, name)
            if tried.notes:
                return tried, ()
            text = tried.text
    return Tried(Text(theirs, merged.piece)), merged.lost


def _take(state: State, loaded: store.Loaded, name: Name) -> str:
    """Return the piece of a record that a file holds. Raises `ChangedMeanwhile` where it is gone, and `CannotEdit`."""
    _require(state, loaded.registry, name)
    with _placed(state, loaded, name):
        return record_text.take(loaded.text, name)


@contextmanager
def _placed(state: State, loaded: store.Loaded, name: Name) -> Iterator[None]:
    """Let an error that is about the text of a record say where the record stands."""
    try:
        yield
    except CannotEdit as error:
        error.path, error.line = os.fspath(state.path), record_text.line_in_file(loaded.text, name)
        raise


def _require(state: State, registry: Registry, name: Name) -> None:
    if (name.id or "") not in records(registry, KIND[name.kind]):
        raise ChangedMeanwhile(os.fspath(state.path))


def _write(state: State, name: Name, text: Text, flags: Flags) -> None:
    record = record_text.read(text.typed, name)

    def command(before: Registry) -> Registry:
        _require(state, before, name)
        return record_text.exchange(before, record, name)

    def spell(whole: str) -> str:
        if record_text.take(whole, name) != text.base:
            raise ChangedMeanwhile(os.fspath(state.path))
        return record_text.put(whole, name, text.typed)

    def tell(changes: "Sequence[Change]") -> None:
        print_changes(changes, as_json=flags.as_json)
        if not changes:
            output.hint(_("no field changed, only comments or the layout"))

    write(state, command, flags, new_text=spell, tell=tell)


def _refused(text: Text, notes: Sequence[Note]) -> Tried:
    output.fail(_("it cannot be written so:"), *(f"  {note.line}: {note.what}" for note in notes))
    return Tried(text, notes, is_wrong=True)


_WRONG = {
    "header": N_("the header of the record has to be {header}"),
    "header-member": N_('the header of the record has to be {header}; "pkes rename" gives it another id'),
    "other": N_("nothing but {header} can be changed here"),
}


def _in_words(wrong: Wrong, name: Name) -> str:
    if wrong.code == "by-command":
        return words(WrongAssignment(wrong.detail["field"], "by-command")).what
    if wrong.code not in _WRONG:
        return malformed(wrong.code, wrong.detail)
    return _(_WRONG.get(f"{wrong.code}-{name.kind}", _WRONG[wrong.code])).format(**wrong.detail)


def _note(finding: Finding, text: Text, name: Name) -> Note:
    is_own = (finding.kind, finding.id) == name
    return Note(record_text.line_of(text.typed, name, finding.field) if is_own else 1, in_words(finding))


# What both changed.


def _settled(text: Text, theirs: str, names: Sequence[str], name: Name) -> Tried:
    """Ask which value of each field stays; the answer may be to look at them in the editor again.

    There, what is typed stays unless it is changed.
    """
    base, typed = text
    for field in names:
        ours, other = (_shown(piece, field, name) for piece in (text.typed, theirs))
        output.hint(_("{field}: somebody else changed it meanwhile").format(field=field))
        choices = [
            ("ours", _("yours: {value}").format(value=ours)),
            ("theirs", _("theirs: {value}").format(value=other)),
        ]
        match questions.choose(_("Which one stays"), [*choices, ("", _("back to the editor"))], default="3"):
            case "ours":
                base = record_text.with_fields(base, theirs, [field], name)
            case "theirs":
                typed = record_text.with_fields(typed, theirs, [field], name)
            case _:
                base = record_text.with_fields(text.base, theirs, names, name)
                return Tried(Text(base, text.typed), [_about(one, text, theirs, name) for one in names])
    return Tried(Text(base, typed))


def _about(field: str, text: Text, theirs: str, name: Name) -> Note:
    what = _("somebody else changed {field} meanwhile: {value}")
    line = record_text.line_of(text.typed, name, field)
    return Note(line, what.format(field=field, value=_shown(theirs, field, name)))


def _shown(piece: str, field: str, name: Name) -> str:
    value = dict(toml_items(record_text.read(piece, name))).get(field)
    return _("(none)") if value is None else plain.cell(value)
