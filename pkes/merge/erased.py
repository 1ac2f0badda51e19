"""What an undo may bring back of records whose personal data was erased since: nothing that erasure takes."""

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from msgspec.structs import replace

from pkes.model.records import KINDS, Inquiry, Kind, Member, Record, Registry, fields, records, table_path, with_record
from pkes.registry import inquiries, members
from pkes.registry.changes import Key, apply, compare
from pkes.registry.parsing import parse
from pkes.toml import tree
from pkes.toml.edit import every
from pkes.toml.reading import line_end
from pkes.toml.scan import comments
from pkes.toml.tree import Layout, Span


class _Version(NamedTuple):
    """A text of a registry, and what it holds."""

    registry: Registry
    layout: Layout

    def text(self, span: Span) -> str:
        return self.layout.text[span.start : span.end]


class _Kept(NamedTuple):
    """What may come back of a record, and where it stands in the earlier and in the later text.

    The spans are None where it is not one piece under one id in both.
    """

    key: Key
    record: Record
    spans: tuple[Span, Span] | None


def without_erased(
    before: str, after: str, now: str, since: datetime.date | None = None
) -> tuple[str, tuple[Key, ...]]:
    """Return the earlier text without the personal data of the records that are erased by now, and these records.

    GDPR, Art. 17: what was erased does not come back. Only what is no data of a person is taken back of such a record;
    its comments and its form are left as in the later text. An inquiry also keeps its status and what came with it: one
    without a person cannot be answered or closed again. `since` is the day on which the earlier text was saved, if that
    is known. The texts are without byte order marks.
    """
    held = parse(now)
    kinds = [kind for kind in KINDS if kind.keyed and any(map(_day, records(held, kind).values()))]
    if not kinds:
        return before, ()
    earlier, later = (_Version(parse(text), _layout(text)) for text in (before, after))
    kept = [one for kind in kinds for one in _of_kind(kind, earlier, later, held, since)]
    pieces = [(one.spans[0], later.text(one.spans[1])) for one in kept if one.spans]
    text = _with_pieces(before, earlier.layout, pieces)
    there = wanted = parse(text)
    for one in kept:
        wanted = with_record(wanted, one.record)
    changes = compare(there, wanted, find_renames=False)
    bare = {one.key: every for one in kept if not one.spans}
    return apply(text, changes, wanted, bare).text, tuple(one.key for one in kept)


def _of_kind(
    kind: Kind, earlier: _Version, later: _Version, held: Registry, since: datetime.date | None
) -> Iterator[_Kept]:
    """Yield the records of a kind of which something is not to come back."""
    became, is_now = _renames(kind, earlier.registry, later.registry), _renames(kind, later.registry, held)
    for id, record in records(earlier.registry, kind).items():
        then = records(later.registry, kind).get(became.get(id, id))
        current = records(held, kind).get(is_now.get(then.id, then.id) if then else id)
        if current is None or not _is_from_before(record, then, current, since):
            continue
        spans = _spans(earlier, later, kind, id) if then and then.id == id else None
        wanted = _without_personal(record, then or current)
        if wanted != record or (spans and _adds_comments(earlier.text(spans[0]), later.text(spans[1]))):
            yield _Kept((kind.name, id), wanted, spans)


def _day(record: Record | None) -> datetime.date | None:
    """Return the day on which a record was erased, None for one that was not, or cannot be."""
    return getattr(record, "erased", None)


def _is_from_before(record: Record, later: Record | None, current: Record, since: datetime.date | None) -> bool:
    """Whether an earlier record is from before the erasure of what is now the current one.

    One that was erased, given data again and erased once more on the same day has the same day in all versions: where
    the later or the current one holds nothing, what went may have been erased. It cannot have been where a member held
    it in a text of a later day (`since`): to erase it from then on sets another day.
    """
    erased = _day(current)
    if erased is None or _day(record) != erased:
        return erased is not None
    if isinstance(record, Member) and since is not None and since > erased:
        return False
    same_day = later is not None and _day(later) == erased
    return _is_empty(current) or (same_day and _is_empty(later))


def _without_personal(record: Record, other: Record) -> Record:
    """Return a record with what may not be taken back of it, and its unknown keys, as in another one."""
    personal = [name for name, field in fields(type(record)).items() if field.personal]
    steps = inquiries.SET_BY_STEPS if isinstance(record, Inquiry) else ()
    withheld = dict.fromkeys(["erased", *personal, *_taken(record), *steps])
    return replace(record, **{name: getattr(other, name) for name in withheld}, extra=other.extra)


def _is_empty(record: Record | None) -> bool:
    """Whether a record holds nothing that an erasure takes."""
    return record is None or all(getattr(record, name) in (None, "", []) for name in _taken(record))


def _taken(record: Record) -> tuple[str, ...]:
    """Return the fields that an erasure takes."""
    return members.ERASED if isinstance(record, Member) else inquiries.ERASED


def _renames(kind: Kind, old: Registry, new: Registry) -> dict[str, str]:
    """Return the new ids of the records of a kind that have another one, by the old."""
    changes = compare(old, new)
    return {one.old: one.new for one in changes if one.action == "renamed" and one.kind == kind.name}


def _layout(text: str) -> Layout:
    return Layout(text if text.endswith("\n") else text + line_end(text))


def _spans(earlier: _Version, later: _Version, kind: Kind, id: str) -> tuple[Span, Span] | None:
    """Return where a record stands in two texts, None where it is not one piece in both."""
    one, other = (tree.table(version.layout, table_path(kind.name, id)) for version in (earlier, later))
    return (one, other) if one and other else None


def _adds_comments(earlier: str, later: str) -> bool:
    """Whether the earlier text of a record has a comment that the later one has not."""
    return bool(Counter(comments(earlier)) - Counter(comments(later)))


def _with_pieces(text: str, layout: Layout, pieces: Iterable[tuple[Span, str]]) -> str:
    """Return a text with other pieces in some places, in its own line ends."""
    whole, newline = layout.text, line_end(text)
    for span, piece in sorted(pieces, key=lambda one: one[0].start, reverse=True):
        whole = whole[: span.start] + piece.replace("\r\n", "\n").replace("\n", newline) + whole[span.end :]
    return whole if text.endswith("\n") else whole.removesuffix(newline)
