"""The form of a registry's text: how its records are written and ordered, whatever they say."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from pkes.model.records import KINDS, KindName, Registry, records, table_path
from pkes.registry.changes import Key, compare
from pkes.toml import reading, tree
from pkes.toml.scan import comment_spans
from pkes.toml.tree import Layout, layout_of

_New = Mapping[Key, set[str] | None]
"""The fields of records that are new, so that their form is their own; None for a record that is new as a whole."""


def is_formed_alike(before: Registry, after: Registry, expected: str | None, text: str) -> bool:
    """Whether a text of a registry is written as another one of it, but for its comments and empty lines.

    Of what has changed since the registry `before`, the form is its own.
    """
    if expected is None or expected == text:
        return expected == text
    if reading.line_end(expected) != reading.line_end(text):
        return False
    new = _new(before, after)
    plain, formed = ([*_forms(after, one, new).items()] for one in (expected, text))
    return plain == formed


def unformed(
    before: Registry, theirs: Registry, expected: str | None, text: str, merged: str
) -> Iterator[tuple[KindName, str | None]]:
    """Yield the records of theirs whose form is neither that of the base, as `expected` has it, nor in the merged text.

    Where only the order of the records is such, yield the file.
    """
    new = _new(before, theirs)
    plain, formed, standing = (_forms(theirs, one, new) for one in (expected or "", text, merged))
    differing = [key for key, form in formed.items() if form not in (plain.get(key), standing.get(key))]
    if differing:
        yield from differing
    elif expected is not None and list(plain) != list(formed) and list(formed) != list(standing):
        yield "file", None


def _new(before: Registry, after: Registry) -> _New:
    new: dict[Key, set[str] | None] = defaultdict(set)
    for one in compare(before, after):
        fields = new[one.kind, one.id]
        if one.action != "changed" or fields is None:
            new[one.kind, one.id] = None
        else:
            fields.add(one.field or "")
    return new


def _forms(registry: Registry, text: str, new: _New) -> dict[Key, str | None]:
    """Return the text of the file's own fields and of each record in the order of the file, but for what is new.

    It is without comments and empty lines.
    """
    layout = layout_of(text)
    known = {kind.table for kind in KINDS} | (new.get(("file", None)) or set())
    own = [one for one in layout.sections if not one.path or one.path[0] not in known]
    spans: dict[Key, list[tuple[int, int]]] = {("file", None): [(one.start, layout.body(one).end) for one in own]}
    for kind in KINDS:
        for id in records(registry, kind):
            key: Key = (kind.name, id if kind.keyed else None)
            if span := tree.table(layout, table_path(*key)):
                spans[key] = [(span.start, span.end)]
    return {
        key: None if key in new and new[key] is None else _form(layout, key, held, new.get(key) or set())
        for key, held in sorted(spans.items(), key=lambda pair: pair[1])
    }


def _form(layout: Layout, key: Key, spans: list[tuple[int, int]], new: set[str]) -> str:
    found = [tree.field(layout, table_path(*key), name) for name in new]
    gone = sorted((span.start, span.end) for span in found if span)
    parts = []
    for start, end in spans:
        cuts = [*gone, *comment_spans(layout.text, start, end)]
        for first, last in sorted(cut for cut in cuts if start <= cut[0] < end):
            if last > start:
                parts.append(layout.text[start:first].rstrip(" \t"))
                start = last
        parts.append(layout.text[start:end])
    return "".join(line for line in "".join(parts).splitlines(keepends=True) if line.strip())
