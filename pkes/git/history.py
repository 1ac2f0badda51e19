"""What changed in a registry along git's history, record by record."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache, partial
from typing import Any, NamedTuple, TypeAlias

from pkes.errors import Malformed, NotFound
from pkes.git import comparing, revisions
from pkes.git.repository import Read, Repository
from pkes.git.revisions import Revision
from pkes.model.records import (
    KIND,
    KINDS,
    KindName,
    Member,
    Record,
    Registry,
    fields,
    records,
    toml_value,
    value_of,
)
from pkes.registry import parsing
from pkes.registry.changes import Change, compare
from pkes.registry.selection import find_member, find_record
from pkes.storage import sources
from pkes.toml import reading

_NEAR = 8
"""The registries kept in memory: each is asked for again by the next revisions, and all would be too many."""

Key: TypeAlias = tuple[KindName, str | None]
"""Which record: its kind and id; None is the id of the cluster and the policy."""

_ORDER = ("file", *KIND)
_Parsed: TypeAlias = Registry | Malformed | None


class Step(NamedTuple):
    """A revision and its changes; for an unreadable one, the changes are None and the error says why.

    There is no error either if the clone lacks the file or the version before it.
    """

    revision: Revision
    changes: tuple[Change, ...] | None
    problem: Malformed | None = None


class History:
    """The revisions of a registry, as `revisions.history` returns them, and a function that reads their files."""

    def __init__(self, found: Sequence[Revision], read: Read, reported: Collection[str] | None = None) -> None:
        """Take revisions, and the hashes of those to report (None for all)."""
        self._revisions = found
        self._reported = reported
        self._parsed = lru_cache(_NEAR)(partial(_parse, read))

    def newest(self) -> Registry:
        """Return the newest registry that can be read, or an empty one."""
        return (self._readable(self._revisions[0].blob, -1) if self._revisions else None) or Registry()

    def steps(self, keys: Iterable[Key] = (), now: Registry | None = None) -> Iterator[Step]:
        """Yield those steps from `_steps` that are to be reported."""
        steps = self._steps(keys, now)
        return steps if self._reported is None else (step for step in steps if step.revision.hash in self._reported)

    def _steps(self, keys: Iterable[Key], now: Registry | None) -> Iterator[Step]:
        """Yield the revisions with their changes, the newest first; with keys, only changes to these records.

        The keys are those of the newest revision, or of the current registry `now`; renames are followed. The changes
        of a merge are those that differ from every parent; a merge without any is left out. An unreadable revision is
        skipped in the comparison, so that the next one shows the changes of both. With keys, only those revisions are
        yielded that changed the records, or that cannot be read and may have.
        """
        wanted = frozenset(keys)
        newest = self._revisions[0].blob if self._revisions else None
        trail = _Trail(newest, _before(wanted, compare(self.newest(), now)) if now else wanted)
        for place, revision in enumerate(self._revisions):
            after = self._parsed(revision.blob)
            before = [self._readable(blob, place) for blob in revision.before]
            known = [registry for registry in before if registry is not None]
            if not isinstance(after, Registry) or len(known) < max(len(before), 1):
                if trail.may_pass_by(revision) or not wanted:
                    yield Step(revision, None, after if isinstance(after, Malformed) else None)
                continue
            compared = [compare(registry, after) for registry in known]
            changes = _unlike_any(compared)
            if wanted:
                changes = trail.pick(revision, compared, changes)
            if changes or (not wanted and len(compared) == 1):
                yield Step(revision, changes)

    def keys_of(self, wanted: str, now: Registry) -> list[Key]:
        """Return the keys of the record that an id, a name or a part of one refers to.

        `now` is the current registry. These are tried in order: the id of a member, inquiry or sector; the words
        `cluster` and `policy`; a former id; a name, or a part of an id or a name, of a member, then of an inquiry, then
        of a removed member. Raises NotFound and Ambiguous.
        """
        by_id: list[Key] = [("member", wanted), ("inquiry", wanted), ("sector", wanted)]
        for name, id in by_id:
            if id in records(now, KIND[name]):
                return [(name, id)]
        for kind in KINDS:
            if wanted == kind.name and not kind.keyed:
                return [(kind.name, None)]
        if any(step.changes for step in self._steps(by_id, now)):
            return by_id
        try:
            return [find_record(now, wanted)]
        except NotFound as error:
            try:
                return [("member", find_member(Registry(members=self._gone(now)), wanted).id)]
            except NotFound:
                raise error from None

    def _gone(self, now: Registry) -> dict[str, Member]:
        """Return the removed members by id, as they were before their removal."""
        gone: dict[str, Member] = {}
        for step in self._steps((), now):
            for one in step.changes or ():
                if one.kind == "member" and one.action == "removed" and one.id and one.id not in now.members:
                    gone.setdefault(one.id, one.old)
        return gone

    def _readable(self, blob: str | None, place: int) -> Registry | None:
        """Return the registry in a blob; if that is unreadable, the last readable one before this position in the list.

        None if the clone does not have it.
        """
        while isinstance(held := self._parsed(blob), Malformed):
            older = range(place + 1, len(self._revisions))
            place = next((number for number in older if self._revisions[number].blob == blob), -1)
            if place < 0 or not self._revisions[place].before:
                return None
            blob = self._revisions[place].before[0]
        return held


class _Trail:
    """Records followed back in time: the keys that they have in each version of the file.

    An unreadable version may hide a change to them if the next readable one shows a change.
    """

    def __init__(self, newest: str | None, keys: frozenset[Key]) -> None:
        self._keys = defaultdict[str | None, frozenset[Key]](frozenset, {newest: keys})
        self._suspect = {newest}

    def pick(
        self, revision: Revision, compared: Sequence[tuple[Change, ...]], changes: tuple[Change, ...]
    ) -> tuple[Change, ...]:
        """Return the changes of a revision to the records; `compared` holds the changes against each parent."""
        keys = self._keys[revision.blob]
        # The key of a removed record may be the one from before its last rename.
        shown = keys | {
            (one.kind, one.id) for one in changes if one.action == "renamed" and (one.kind, one.old) in keys
        }
        picked = tuple(one for one in changes if (one.kind, one.id) in shown)
        for blob, differing in zip(revision.before, compared, strict=True):
            self._keys[blob] |= _before(keys, differing)
            if picked:
                self._suspect.add(blob)
        return picked

    def may_pass_by(self, revision: Revision) -> bool:
        """Pass by an unreadable revision, and return whether it may have changed the records."""
        is_suspect = revision.blob in self._suspect
        for blob in revision.before:
            self._keys[blob] |= self._keys[revision.blob]
            if is_suspect:
                self._suspect.add(blob)
        return is_suspect


@contextmanager
def opened(repository: Repository, span: str | None = None) -> Iterator[History]:
    """Open the history of a registry while the context lasts: everything up to HEAD, or only `A..B`.

    Raises NotInClone and GitFailed, and what `comparing.between` raises.
    """
    start, reported = "HEAD", None
    if span is not None:
        last, reported = comparing.between(repository, span)
        # Start from HEAD if B is in its history, so that records have their current ids.
        if not comparing.is_in_head(repository, last):
            start, (path, _data) = last, comparing.read(repository, last)
            repository = repository._replace(path=path)
    with comparing.explaining_partial(repository, start):
        found = revisions.history(repository, start)
    with repository.objects(sources.most_bytes()) as read:
        yield History(found, read, reported)


def of_fields(steps: Iterable[Step], wanted: Mapping[KindName, str]) -> Iterator[Step]:
    """Yield steps with only the changes to a field or an unknown key of each kind; steps without known changes stay.

    Adding or removing a record sets or clears its fields.
    """
    for step in steps:
        changes = None if step.changes is None else tuple(_of_fields(step.changes, wanted))
        if changes is None or changes:
            yield step._replace(changes=changes)


def _of_fields(changes: Iterable[Change], wanted: Mapping[KindName, str]) -> Iterator[Change]:
    for one in changes:
        field = wanted.get(one.kind)
        if field is None:
            continue
        if one.field is not None:
            if one.field == field:
                yield one
            continue
        old, new = (None if side is None else _held(side, field) for side in (one.old, one.new))
        if (old, new) != (None, None):
            yield Change(one.kind, one.id, "changed", field, old, new)


def _held(record: Record, field: str) -> Any:
    """Return the TOML value of a field, of an unknown key, or None."""
    if field == "id" or field in fields(type(record)):
        return toml_value(value_of(record, field))
    return record.extra.get(field)


def _parse(read: Read, blob: str | None) -> _Parsed:
    """Return the registry in a blob, or the error that makes it unreadable; None if git does not have it."""
    if blob is None:
        return Registry()
    (found,) = read([blob])
    if found.type != "blob":
        return None
    if found.size > sources.most_bytes():
        return sources.too_large()
    try:
        return parsing.parse(reading.decode(found.data))
    except Malformed as error:
        return error


def _unlike_any(compared: Sequence[tuple[Change, ...]]) -> tuple[Change, ...]:
    """Return the changes against every parent: what differs from only one parent came from another."""
    if len(compared) == 1:
        return compared[0]
    identities = [{one[:4] for one in changes} for changes in compared]

    def is_in_all(one: Change) -> bool:
        # Compared with a parent without the record, every field differs.
        added = (one.kind, one.id, "added", None)
        return all(one[:4] in each or (one.field is not None and added in each) for each in identities)

    found = {one[:4]: one for changes in reversed(compared) for one in changes if is_in_all(one)}
    return tuple(sorted(found.values(), key=lambda one: (_ORDER.index(one.kind), one.id or "")))


def _before(keys: Iterable[Key], changes: Iterable[Change]) -> frozenset[Key]:
    """Return the keys that records had before the changes."""
    was = {(one.kind, one.id): (one.kind, one.old) for one in changes if one.action == "renamed"}
    return frozenset(was.get(key, key) for key in keys)
