"""What a registry contains about a person, field by field and comment by comment."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any, NamedTuple

from pkes.model.records import KINDS, Kind, KindName, Record, Registry, field_path, records, table_path, toml_items
from pkes.privacy.traces import Traces
from pkes.registry.members import ERASED
from pkes.toml.edit import Document

IDENTITY = ("name", "person", "email", "phone")
"""The fields that say whom an inquiry is about: if one of them belongs to a person, the whole inquiry does."""

CONTACT = ("contact_person", "email", "phone")
"""The fields that say whom the personal data of a member is about."""


class DataItem(NamedTuple):
    """An item of data about a person: its record and field, its line, and the value.

    A comment has no field; if it belongs to no record, `kind` is `file` and `id` is None.
    """

    kind: KindName
    id: str | None
    field: str | None
    line: int
    value: Any


def traces(wanted: Iterable[str], *, inflected: bool = False) -> Traces:
    """Return the traces of persons, addresses or numbers; a name of two words is searched in either order."""
    return Traces((name for one in wanted for name in _names(one)), inflected=inflected)


def _names(wanted: str) -> list[str]:
    words = wanted.split()
    is_name = len(words) == 2 and not any(char.isdigit() or char == "@" for char in wanted)
    return [wanted, " ".join(reversed(words))] if is_name else [wanted]


def report(text: str, registry: Registry, wanted: str) -> list[DataItem]:
    """Return everything that a registry contains about a person or an address, in the order of the file.

    GDPR, Art. 15: the right of access. `text` is the registry's own, without a BOM. An inquiry that names the person or
    the address is about them as a whole; the same goes for the contact data and notes of a member.
    """
    return _search(text, registry, traces([wanted]), whole=True)


def similar(text: str, registry: Registry, wanted: str, found: Iterable[DataItem]) -> list[DataItem]:
    """Return what is not among the data `found` but contains a name in another form, in the order of the file.

    It may be about a person of a similar name, so that nothing else is taken to belong to it: somebody has to decide.
    """
    places = {(held.kind, held.id, held.field, held.line) for held in found}
    close = _search(text, registry, traces([wanted], inflected=True), whole=False)
    return [held for held in close if (held.kind, held.id, held.field, held.line) not in places]


def elsewhere(text: str, registry: Registry, wanted: Iterable[str]) -> list[DataItem]:
    """Return the places in a registry's text that contain one of the wanted names, addresses or numbers.

    A name is also found in its other forms, at the risk of finding one that is similar.
    """
    return _search(text, registry, traces(wanted, inflected=True), whole=False)


def _search(text: str, registry: Registry, traces: Traces, *, whole: bool) -> list[DataItem]:
    document = Document(text)
    found = list(_in_fields(document, registry, traces, whole=whole))
    theirs = {held.id for held in found if whole and held.kind == "inquiry" and held.field in IDENTITY}
    found += _in_comments(document, traces, theirs)
    return sorted(found, key=lambda held: held.line)


def _in_fields(document: Document, registry: Registry, traces: Traces, *, whole: bool) -> Iterator[DataItem]:
    for key, value in registry.extra.items():
        if _holds(traces, {key: value}):
            yield DataItem("file", None, key, document.place((), key)[0], value)
    for kind in KINDS:
        for id, record in records(registry, kind).items():
            own = id if kind.keyed else None
            path = table_path(kind.name, own)
            if traces.found_in(id):
                yield DataItem(kind.name, id, "id", document.place(path)[0], id)
            for name, value in _about(kind, record, traces, whole=whole):
                yield DataItem(kind.name, own, name, document.place(field_path(kind.name, own, name))[0], value)


def _about(kind: Kind, record: Record, traces: Traces, *, whole: bool) -> list[tuple[str, Any]]:
    """Return the fields of a record that are about somebody: those with a trace, and the ones that belong with them."""
    items = [(name, value) for name, value in toml_items(record) if value not in ("", [])]
    found = {name for name, value in items if _holds(traces, {name: value} if name in record.extra else value)}
    if whole and kind.name == "inquiry" and not found.isdisjoint(IDENTITY):
        return items
    if whole and kind.name == "member" and not found.isdisjoint(CONTACT):
        found.update(ERASED)
    return [(name, value) for name, value in items if name in found]


def _in_comments(document: Document, traces: Traces, theirs: Collection[str | None]) -> Iterator[DataItem]:
    """Yield the comments with a trace, and all comments of the inquiries whose ids are in `theirs`."""
    kinds = {kind.table: kind for kind in KINDS}
    for path, line, comment in document.comments():
        kind = kinds.get(path[0]) if path else None
        id = path[1] if kind and kind.keyed and len(path) > 1 else None
        if traces.found_in(comment) or (kind and kind.name == "inquiry" and id in theirs):
            yield DataItem(kind.name if kind else "file", id, None, line, comment)


def _holds(traces: Traces, value: Any) -> bool:
    """Return whether any text in a TOML value, at any depth, contains a trace."""
    if isinstance(value, str):
        return traces.found_in(value)
    if isinstance(value, dict):
        return any(_holds(traces, one) for one in (*value, *value.values()))
    return isinstance(value, list) and any(_holds(traces, one) for one in value)
