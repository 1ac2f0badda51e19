"""Taking a change back: the merge of what is there now with what was there before the change."""

import datetime
from collections.abc import Callable, Set
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
    data would have come back: their erasure stands. `lost` are the comments that found no place. `linked` are the
    inquiries, each with the member that it became, of which only one could have been taken back: both stay.
    """

    text: str
    left: tuple[Conflict, ...]
    erased: tuple[Key, ...]
    lost: tuple[str, ...]
    linked: tuple[tuple[str, str], ...] = ()


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
    done = _undone(before, after, now, text_merge, since)
    torn = [pair for pair in _accepted(before, after) if not _is_taken_back(parse(done.text), *pair)]
    if not torn:
        return done
    keys: set[Key] = {key for inquiry, member in torn for key in (("inquiry", inquiry), ("member", member))}
    less = _undone(_with_records(before, after, keys), after, now, text_merge, since)
    left = [one for one in done.left if (one.kind, one.id) in keys and one not in less.left]
    erased = [key for key in done.erased if key in keys and key not in less.erased]
    # What stays may have been written in another place of the file: that alone is no change.
    text = less.text if compare(parse(now), parse(less.text)) else now
    return less._replace(text=text, left=(*left, *less.left), erased=(*erased, *less.erased), linked=tuple(torn))


def _undone(before: str, after: str, now: str, text_merge: TextMerge | None, since: datetime.date | None) -> Undone:
    before, erased = without_erased(before, after, now, since)
    if now == after:
        return Undone(before, (), erased, ())
    textual = text_merge(after, now, before) if text_merge else None
    merged = merge(after, now, before, textual, with_markers=False)
    return Undone(_as_now(merged), merged.conflicts, erased, tuple(one.comment for one in merged.lost))


def _accepted(before: str, after: str) -> list[tuple[str, str]]:
    """Return the inquiries that became members between two texts, each with its member."""
    old, new = parse(before), parse(after)
    linked = [
        (id, inquiry.member)
        for id, inquiry in new.inquiries.items()
        if inquiry.member in new.members and new.members[inquiry.member].inquiry == id
    ]
    return [(id, member) for id, member in linked if id not in old.inquiries or old.inquiries[id].member != member]


def _is_taken_back(registry: Registry, inquiry: str, member: str) -> bool:
    """Whether nothing is left of an acceptance: neither a member made of the inquiry nor a reference to one."""
    held = registry.inquiries.get(inquiry)
    return not (held and held.member) and all(one.inquiry != inquiry for one in registry.members.values())


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
    """Return the later text with one record, and nothing else, as it was before.

    An inquiry and the member that it became count as one.
    """
    keys = {only}
    for inquiry, member in _accepted(before, after):
        pair: set[Key] = {("inquiry", inquiry), ("member", member)}
        if only in pair:
            keys |= pair
    old, new = parse(before), parse(after)
    return _with_records(after, before, {key for one in keys for key in (one, *_former_keys(old, new, one))})


def _with_records(text: str, other: str, keys: Set[Key]) -> str:
    """Return a text in which some records, and nothing else, are as in another text."""
    held, source = parse(text), parse(other)
    wanted = held
    for kind in {KIND[name] for name, _ in keys}:
        if not kind.keyed:
            wanted = replace(wanted, **{kind.table: getattr(source, kind.table)})
            continue
        ids = {id or "" for name, id in keys if name == kind.name}
        there = {id: record for id, record in records(held, kind).items() if id not in ids}
        there |= {id: record for id, record in records(source, kind).items() if id in ids}
        wanted = replace(wanted, **{kind.table: there})
    changes = compare(held, wanted)
    as_there = pasted(other, changes, lambda _kind, id: id, lambda kind: {id: id for id in records(held, KIND[kind])})
    return apply(text, changes, wanted, pasted=as_there).text


def _former_keys(old: Registry, new: Registry, only: Key) -> set[Key]:
    """Return the other key that a record had, or has, where it was renamed."""
    renamed = [change for change in compare(old, new) if change.action == "renamed" and change.kind == only[0]]
    return {
        (only[0], id) for change in renamed if only[1] in (change.old, change.new) for id in (change.old, change.new)
    }
