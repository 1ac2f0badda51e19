"""The text of one record: taken out of the file to be edited by hand, checked, and put back as typed.

A record's text is that of its table with the comments that belong to it; its line ends are LF.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any, NamedTuple

from pkes.errors import Ambiguous, CannotEdit, Malformed, UnknownName, WrongInput
from pkes.model.records import (
    KIND,
    Field,
    KindName,
    Record,
    Registry,
    field_path,
    fields,
    records,
    table_path,
    toml_value,
    value_of,
    with_values,
)
from pkes.registry.assignments import typed_value
from pkes.registry.parsing import examine, located, parse
from pkes.registry.selection import known_field
from pkes.toml import reading, tree
from pkes.toml.edit import Document
from pkes.toml.render import header, inline
from pkes.toml.tree import Layout


class Name(NamedTuple):
    """A record's kind and id; the id is None for the cluster and the policy."""

    kind: KindName
    id: str | None

    @property
    def path(self) -> tuple[str, ...]:
        """The path of its table."""
        return table_path(self.kind, self.id)


class Wrong(NamedTuple):
    """Why a record's text cannot be put back: the line in it, from 1, a code with its detail, and the field if any.

    The codes are those of `Malformed`, and `header` (the record's header is missing or has changed), `other` (there is
    more than this record), `by-command` (a field has changed that only a command of its own may change) and `unknown`
    (a new key that is not a field).
    """

    line: int
    code: str
    detail: Mapping[str, Any]
    field: str | None = None


class Judged(NamedTuple):
    """All that is wrong with a record's text, and the record that it would be with that left out.

    In it, fields that cannot be read are missing, and those that only a command may change are as they were. It is None
    if the text is not TOML, or its tables are not those of the record.
    """

    wrong: Sequence[Wrong]
    record: Record | None


def line_in_file(text: str, name: Name) -> int:
    """Return the line of a record in the text of a registry, from 1."""
    return _layout(text).place(name.path)[0]


def take(text: str, name: Name) -> str:
    """Return the text of a record in the text of a registry.

    Raises `CannotEdit` if it is not in one place, or is written inline or with dotted keys.
    """
    layout = _layout(text)
    start, end = _span(layout, name)
    return layout.text[start:end].replace("\r\n", "\n")


def put(text: str, name: Name, piece: str) -> str:
    """Return the text of a registry with a new text for a record. Raises `CannotEdit` as `take` does."""
    newline = reading.line_end(text)
    layout = _layout(text)
    start, end = _span(layout, name)
    behind = layout.text[end:]
    if piece.splitlines()[-1].lstrip(" \t").startswith("#") and behind.strip() and behind == behind.lstrip("\r\n"):
        piece += "\n"  # or its last comment would run into the next record
    new = layout.text[:start] + piece.replace("\n", newline) + behind
    return new if text.endswith("\n") else new.removesuffix(newline)


def read(piece: str, name: Name) -> Record:
    """Return the record in a record's text. Raises `Malformed`."""
    return records(parse(_whole(piece, name)), KIND[name.kind])[name.id or ""]


def as_meant(piece: str, base: str, name: Name, registry: Registry) -> str:
    """Return a piece in which each new text is what an assignment makes of it.

    That is a date, a number or a list, or a text in its canonical form, such as a phone number without spaces.
    What stood in `base` already stays, as does what means nothing: it is judged as it is.
    """
    try:
        layout = Layout(piece)
        held, typed = (_values(text, name) for text in (base, piece))
        for one in reversed(layout.body(layout.own(name.path)).statements):
            text = typed.get(one.key)
            if one.dotted or not isinstance(text, str) or text == held.get(one.key):
                continue
            start = one.end - len(piece[one.value : one.end].lstrip())
            written = next((form for form in (inline(text), f"'{text}'") if piece.startswith(form, start)), "")
            value = _value(registry, fields(KIND[name.kind].struct).get(one.key), text)
            if written and value not in (None, text):
                piece = piece[:start] + inline(value) + piece[start + len(written) :]
    except (CannotEdit, Malformed):
        pass
    return piece


def _values(text: str, name: Name) -> Mapping[str, Any]:
    held: Any = reading.loads(text)
    for key in name.path:
        held = held.get(key, {})
    return held if isinstance(held, dict) else {}


def _value(registry: Registry, field: Field | None, text: str) -> Any:
    """Return the TOML value that a text stands for in a field, None where it means nothing."""
    if field is None or field.by_command:
        return None
    with suppress(WrongInput, Ambiguous):
        return toml_value(typed_value(registry, field, text))
    return None


def spelled(piece: str, base: str, name: Name) -> str:
    """Return a record's text with titles of fields replaced by the fields' names; the lines stay the same otherwise.

    A key that the record already had in `base` is left alone. If the text cannot be parsed, as much as possible is
    done.
    """
    try:
        piece = _quoted(piece, name)
        layout = Layout(piece)
        held = read(base, name).extra
        for one in reversed(layout.body(layout.own(name.path)).statements):
            field = _meant(one.key, name)
            if field and one.key not in held and not one.dotted:
                sign = piece.rindex("=", one.at, one.value)
                piece = piece[: one.at] + field + " " + piece[sign:]
    except (CannotEdit, Malformed):
        pass
    return piece


def _quoted(piece: str, name: Name) -> str:
    """Return a record's text with titles that TOML requires in quotes (several words) replaced by fields' names.

    Raises `Malformed` if that does not help.
    """
    while True:
        try:
            reading.loads(piece)
            return piece
        except Malformed as error:
            lines = piece.splitlines(keepends=True)
            title, sign, value = lines[error.line - 1].partition("=") if 0 < error.line <= len(lines) else ("", "", "")
            field = _meant(title.strip(), name) if sign and "#" not in title else None
            if field is None:
                raise
            lines[error.line - 1] = f"{field} ={value}"
            piece = "".join(lines)


def _meant(key: str, name: Name) -> str | None:
    """Return the name of the field that an unknown key means, or None."""
    try:
        field = known_field(KIND[name.kind].struct, key)
    except UnknownName:
        return None
    return field if field not in ("id", key) else None


def judge(piece: str, base: str, name: Name) -> Judged:
    """Return why a record's text cannot replace its current text `base`, and the record in it."""
    try:
        registry, faults = examine(piece)
    except Malformed as error:
        return Judged([_malformed(error)], None)
    own = [fault for fault in faults if fault.names[: len(name.path)] == name.path]
    if not own and (misplaced := _misplaced(Layout(piece), name)):
        return Judged([misplaced], None)
    wrong = [_malformed(located(piece, fault), ".".join(fault.names[len(name.path) :])) for fault in own]
    if any(not one.field for one in wrong):
        return Judged(wrong, None)
    record, old = records(registry, KIND[name.kind])[name.id or ""], read(base, name)
    known = {one.field for one in wrong}
    by_command = [one for one in _by_command(piece, record, old, name) if one.field not in known]
    unknown = [one for one in _unknown(piece, record, old, name) if one.field not in known]
    record = with_values(record, {one.field: value_of(old, one.field) for one in by_command if one.field})
    return Judged(sorted((*wrong, *by_command, *unknown), key=lambda one: one.line), record)


def _malformed(error: Malformed, field: str | None = None) -> Wrong:
    return Wrong(error.line or 1, error.code, error.detail, field)


def line_of(piece: str, name: Name, field: str | None) -> int:
    """Return the line of a field in a valid record's text, from 1, or that of the header if the field is absent."""
    return Document(piece).place(field_path(*name, field))[0]


def end_of_fields(piece: str, name: Name) -> int:
    """Return where the line after the last field begins in a valid record's text.

    Raises `CannotEdit` if its table has no header of its own.
    """
    layout = Layout(piece)
    section = layout.own(name.path)
    statements = layout.body(section).statements
    return statements[-1].end if statements else section.body


def _layout(text: str) -> Layout:
    return Layout(text if text.endswith("\n") else text + reading.line_end(text))


def _span(layout: Layout, name: Name) -> tuple[int, int]:
    span = tree.table(layout, name.path)
    if span is None:
        raise CannotEdit(layout.place(name.path)[0], ".".join(name.path))
    return span.start, span.end


def _whole(piece: str, name: Name) -> str:
    """Return the text of a registry that contains only a record. The part before it ends with a blank line."""
    return "format = 1\n\n" + ("" if name.kind == "cluster" else "[cluster]\n\n") + piece


def _misplaced(layout: Layout, name: Name) -> Wrong | None:
    """Return what is wrong with the tables in a record's text: only its own table, and tables in that, may be there."""
    top, *tables = layout.sections
    outside = layout.body(top).statements
    stray = [layout.text.index("[", one.start) for one in tables if one.path[: len(name.path)] != name.path]
    first = tables[0] if tables else None
    has_header = first is not None and first.path == name.path and not first.many
    if has_header and not outside and not stray:
        return None
    places = [one.start for one in outside] + stray
    code = "other" if any(one.path == name.path for one in tables) and has_header else "header"
    return Wrong(layout.line_and_column(min(places, default=0))[0], code, {"header": header(name.path)})


def _by_command(piece: str, new: Record, old: Record, name: Name) -> Iterator[Wrong]:
    for field in fields(type(new)).values():
        if field.by_command and getattr(new, field.name) != getattr(old, field.name):
            yield Wrong(line_of(piece, name, field.name), "by-command", {"field": field.name}, field.name)


def _unknown(piece: str, new: Record, old: Record, name: Name) -> Iterator[Wrong]:
    # A key `id` is reported by a rule of its own.
    for key in new.extra.keys() - {"id", *old.extra}:
        try:
            near: Sequence[str] = (known_field(KIND[name.kind].struct, key),)
        except UnknownName as error:
            near = error.suggestions
        yield Wrong(line_of(piece, name, key), "unknown", {"wanted": key, "suggestions": near}, key)
