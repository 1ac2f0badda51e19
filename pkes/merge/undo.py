"""Taking a change back: the merge of what is there now with what was there before the change."""

import datetime
from collections.abc import Callable
from typing import NamedTuple

from msgspec.structs import replace

from pkes.merge.erased import without_erased
from pkes.merge.pasting import pasted
from pkes.merge.records import Conflict
from pkes.merge.text import Merged, merge
from pkes.model.records import KIND, Record, Registry, records, toml_items, with_values
from pkes.registry.changes import Key, apply, compare
from pkes.registry.parsing import parse

TextMerge = Callable[[str, str, str], str | None]
"""git's own merge of base, ours and theirs; None where it is not clean."""


class Undone(NamedTuple):
    """What taking a change back makes of a registry's text.

    `left` is what could not be taken back, for it was changed again later. `erased` are the records whose personal
    data would have come back: their erasure stands. `lost` are the comments that found no place.
    """

    text: str
    left: tuple[Conflict, ...]
    erased: tuple[Key, ...]
    lost: tuple[str, ...]


def undo(
    before: str,
    after: str,
    now: str,
    only: Key | None = None,
    text_merge: TextMerge | None = None,
    since: datetime.date | None = None,
) -> Undone:
    """Take back what led from one text of a registry to another, in the text that is there now.

    All three are without byte order marks. `only` limits it to one record, by the id that it has in `after`, or had in
    `before`. `since` is the day on which `before` was saved, if that is known. What was changed since stays.
    Raises what `merge` raises.
    """
    if only is not None:
        before = _limited(before, after, only)
    before, erased = without_erased(before, after, now, since)
    if now == after:
        return Undone(before, (), erased, ())
    textual = text_merge(after, now, before) if text_merge else None
    merged = merge(after, now, before, textual, with_markers=False)
    return Undone(_as_now(merged), merged.conflicts, erased, tuple(one.comment for one in merged.lost))


def _as_now(merged: Merged) -> str:
    """Return a merged text without what stands at a conflict and is not there now: it was removed since."""
    _, now, _ = merged.versions
    wanted = merged.registry
    for kind_name, id, field in merged.conflicts:
        if kind_name not in KIND:  # the format and unknown tables stay as the merge left them
            continue
        kind = KIND[kind_name]
        there, own = dict(records(wanted, kind)), records(now, kind).get(id or "")
        if own is None and field is None:
            del there[id or ""]
        elif own is not None and field is not None and field not in dict(toml_items(own)):
            there[id or ""] = _without(there[id or ""], field)
        wanted = replace(wanted, **{kind.table: there if kind.keyed else there[""]})
    return apply(merged.text, compare(merged.registry, wanted, find_renames=False), wanted).text


def _without(record: Record, field: str) -> Record:
    if field in record.extra:
        return replace(record, extra={key: value for key, value in record.extra.items() if key != field})
    return with_values(record, {field: None})


def _limited(before: str, after: str, only: Key) -> str:
    """Return the later text with one record, and nothing else, as it was before."""
    old, new = parse(before), parse(after)
    kind = KIND[only[0]]
    if not kind.keyed:
        wanted = replace(new, **{kind.table: getattr(old, kind.table)})
    else:
        ids = {only[1] or ""} | _former_ids(old, new, only)
        held = {id: record for id, record in records(new, kind).items() if id not in ids}
        held |= {id: record for id, record in records(old, kind).items() if id in ids}
        wanted = replace(new, **{kind.table: held})
    changes = compare(new, wanted)
    as_before = pasted(before, changes, lambda _kind, id: id, lambda kind: {id: id for id in records(new, KIND[kind])})
    return apply(after, changes, wanted, pasted=as_before).text


def _former_ids(old: Registry, new: Registry, only: Key) -> set[str]:
    """Return the other id that a record had, or has, where it was renamed."""
    renamed = [change for change in compare(old, new) if change.action == "renamed" and change.kind == only[0]]
    return {id for change in renamed if only[1] in (change.old, change.new) for id in (change.old, change.new)}
