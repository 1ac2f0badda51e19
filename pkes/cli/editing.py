"""Editing a record as text in the user's editor, which is opened again until the text can be written."""

import os
import textwrap
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

import typer

from pkes.checks import run
from pkes.checks.findings import Finding, WouldBreak
from pkes.cli import empty_fields, intake, questions
from pkes.cli.messages.errors import USAGE, words
from pkes.cli.messages.findings import in_words
from pkes.cli.messages.values import malformed
from pkes.cli.spelling import warn_of
from pkes.cli.state import State
from pkes.cli.terminal import editor, output
from pkes.cli.write import print_changes, write
from pkes.errors import CannotEdit, CannotWrite, ChangedMeanwhile, Missing, UnknownName, WrongAssignment
from pkes.i18n import N_, _
from pkes.model.records import KIND, KindName, Policy, Record, Registry, fields, records, with_record
from pkes.registry import near_misses
from pkes.registry.changes import compare
from pkes.storage import record_text, store
from pkes.storage.files import keep_beside
from pkes.storage.record_text import Name, Wrong
from pkes.text.characters import safe
from pkes.text.charsets import undeclared

if TYPE_CHECKING:
    from pkes.registry.changes import Change


MARK = "#pkes:"
"""The beginning of lines that do not belong to the text."""

_WIDTH = 72


class Note(NamedTuple):
    """A message, and the line of the text that it is about, from 1."""

    line: int
    what: str


def mark_for(text: str) -> str:
    """Return a mark that begins no line of a text, to distinguish added lines from those of the text."""
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
    """Yield the help lines for a kind of record."""
    known = fields(KIND[kind].struct)
    names = ", ".join(field.name for field in known.values() if not field.by_command)
    said = [
        _("Save and close to write what you change; unchanged or empty, it is not written."),
        _("Lines that begin with {mark} are not part of the record.").format(mark=mark),
        _('Empty fields stand as comments: one without its "# " is set. What is left of them goes again.'),
        _("Fields: {names}").format(names=names),
    ]
    if "sector" in known:
        said.append(_("Sectors: {names}").format(names=", ".join(sectors)))
    for text in said:
        yield from textwrap.wrap(safe(text), _WIDTH, subsequent_indent="  ", break_on_hyphens=False)


def without(data: bytes, mark: str, known: Collection[str], offered: Mapping[str, str] = MappingProxyType({})) -> str:
    """Return the edited text without the lines that begin with the mark, and without blank lines at its ends.

    Unused lines of the empty fields in `offered` are removed, too. Unless it is one of the `known` texts, it is
    cleaned, and one warning says what was done.
    """
    decoded, charset = undeclared(data)
    text = _own_lines(empty_fields.without(decoded.replace("\r\n", "\n"), offered), mark)
    return text if text in known else _own_lines(intake.typed(text, charset), mark)


def _own_lines(text: str, mark: str) -> str:
    lines = [line for line in text.split("\n") if not line.startswith(mark)]
    while lines and not lines[-1].strip():
        lines.pop()
    while lines and not lines[0].strip():
        lines.pop(0)
    return "".join(f"{line}\n" for line in lines)


def edit(state: State, kind: KindName, find: Callable[[Registry], str | None]) -> None:
    """Let the user edit the text of a record, and write the result; `find` returns its id.

    Raises `Missing` without a terminal, `CannotEdit` for a record whose text is not in one place, `ChangedMeanwhile` if
    somebody else changed it meanwhile, and what `find`, the editor and `store.edit` raise.
    """
    if not questions.is_interactive():
        raise Missing(_("FIELD=VALUE …"))
    chosen = editor.find()
    loaded = store.load(state.path)
    name = Name(kind, find(loaded.registry))
    if kind == "policy" and loaded.registry.policy == Policy():  # a policy without a table
        raise Missing(_("FIELD=VALUE …"))
    typed = base = _take(state, loaded, name)
    mark = mark_for(base)
    help = list(help_for(kind, loaded.registry.sectors, mark))
    notes: Sequence[Note] = ()
    with editor.draft(f"{name.id or kind}.toml") as draft:
        while True:
            offered = {} if notes else empty_fields.offered(typed, name)
            shown = empty_fields.inserted(typed, name, offered.values())
            draft.write(annotated(shown, mark, help, notes))
            editor.run(chosen, draft.path)
            before, typed = typed, without(draft.read(), mark, (base, typed), offered)
            if typed in ("", base):
                output.hint(_("nothing was changed"))
                return
            if notes and typed == before:
                output.fail(_("the text is as wrong as before; nothing was changed"))
                raise typer.Exit(USAGE)
            try:
                notes = _write(state, name, base, typed)
            except ChangedMeanwhile:
                with suppress(CannotWrite):  # the draft itself is kept then
                    draft.kept = keep_beside(state.path, typed.encode())
                raise
            if not notes:
                draft.keep = state.dry_run
                return


# Writing the result.


def _take(state: State, loaded: store.Loaded, name: Name) -> str:
    """Return the text of a record in a file. Raises `CannotEdit` with the line of the record."""
    try:
        return record_text.take(loaded.text, name)
    except CannotEdit as error:
        error.path, error.line = os.fspath(state.path), record_text.line_in_file(loaded.text, name)
        raise


def _write(state: State, name: Name, base: str, typed: str) -> Sequence[Note]:
    """Write the text of a record; return notes on why that is not possible, or none if it was written.

    Raises `ChangedMeanwhile` if the record is no longer as in `base`.
    """
    typed = record_text.spelled(typed, base, name)
    registry = store.load(state.path).registry
    typed = record_text.as_meant(typed, base, name, registry)
    wrong, record = record_text.judge(typed, base, name)
    if wrong or record is None:
        notes = [Note(one.line, _in_words(one, name)) for one in wrong]
        if record is not None:
            # What is wrong with no field in particular may come from the fields that are wrong already.
            found = _errors(registry, record, state, {None, *(one.field for one in wrong)})
            notes += [_note(finding, typed, name) for finding in found]
        return _refused(sorted(notes))

    def command(before: Registry) -> Registry:
        if (name.id or "") not in records(before, KIND[name.kind]):
            raise ChangedMeanwhile(os.fspath(state.path))
        return with_record(before, record)

    def new_text(whole: str) -> str:
        try:
            if record_text.take(whole, name) == base:
                return record_text.put(whole, name, typed)
        except CannotEdit:  # its layout has changed
            pass
        raise ChangedMeanwhile(os.fspath(state.path))

    def report(changes: "Sequence[Change]", *registries: Registry) -> None:
        print_changes(changes, *registries, as_json=state.as_json)
        if not changes:
            output.hint(_("no field changed, only comments or the layout"))

    missed: list[near_misses.NearMiss] = []

    def noting(before: Registry) -> Registry:
        after = command(before)
        missed[:] = near_misses.added(before, after)
        return after

    try:
        if write(state, noting, new_text=new_text, report=report):
            warn_of(missed)
    except WouldBreak as error:
        return _refused([_note(finding, typed, name) for finding in error.findings])
    return ()


def _errors(registry: Registry, record: Record, state: State, without: Collection[str | None]) -> list[Finding]:
    """Return the errors that writing a record would add, except in the fields `without`."""
    after = with_record(registry, record)
    found = run.added(registry, after, compare(registry, after), state.today)
    return [one for one in found if one.severity == "error" and one.field not in without]


def _refused(notes: Sequence[Note]) -> Sequence[Note]:
    output.fail(_("it cannot be written so:"), *(f"  {note.line}: {note.what}" for note in notes))
    return notes


_WRONG = {
    "header": N_("the header of the record has to be {header}"),
    "header-member": N_('the header of the record has to be {header}; "pkes rename" gives it another id'),
    "other": N_("nothing but {header} can be changed here"),
}


def _in_words(wrong: Wrong, name: Name) -> str:
    if wrong.code == "by-command":
        return words(WrongAssignment(wrong.detail["field"], "by-command")).what
    if wrong.code == "unknown":
        return words(UnknownName("field", **wrong.detail)).what
    if wrong.code not in _WRONG:
        return malformed(wrong.code, wrong.detail)
    return _(_WRONG.get(f"{wrong.code}-{name.kind}", _WRONG[wrong.code])).format(**wrong.detail)


def _note(finding: Finding, typed: str, name: Name) -> Note:
    is_own = (finding.kind, finding.id) == name
    return Note(record_text.line_of(typed, name, finding.field) if is_own else 1, in_words(finding))
