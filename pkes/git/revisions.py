"""The registry at git revisions: its content at one of them, and the commits that changed it."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from pkes.errors import GitFailed, UnknownRevision
from pkes.git.repository import Repository
from pkes.git.running import line, run
from pkes.storage import sources

_LOG = (
    "log", "-z", "--raw", "--no-abbrev", "-c", "--date-order",
    # The user's own settings could change these; a signature would run a program.
    "--root", "--no-follow", f"-O{os.devnull}", "--encoding=UTF-8", "--no-show-signature",
    "--format=%H%x00%P%x00%as%x00%aN%x00%s",
)  # fmt: skip
_FIELDS = 5
_MOVES = ("diff-tree", "-r", "-z", "--raw", "--no-abbrev", "-M", "--diff-filter=R")


class Revision(NamedTuple):
    """A commit that changed the registry's file: its hash, its author date as YYYY-MM-DD, author and subject.

    `blob` is the hash of the file's content, `before` holds the hashes at each parent (one entry for a first commit);
    None means no file. Where a shallow clone ends, `before` is unknown.
    """

    hash: str
    date: str
    author: str
    subject: str
    blob: str | None
    before: tuple[str | None, ...]


def read(repository: Repository, revision: str) -> bytes | None:
    """Return the registry's file at a revision, given by any name that git knows; None if it has no such file.

    Raises `UnknownRevision`, `Malformed` if the file exceeds the size limit, and GitFailed if git fails.
    """
    named = commit(repository.folder, revision)
    # Without the size: when asked for it, git would not report objects that a partial clone lacks as missing.
    listed = run(repository.folder, "ls-tree", "-z", "--full-tree", named, "--", f":(literal){repository.path}")
    if not listed:
        return None
    _, kind, blob = listed.partition(b"\t")[0].decode().split()
    if kind != "blob":
        return None
    if int(run(repository.folder, "cat-file", "-s", blob)) > sources.most_bytes():
        raise sources.too_large()
    return run(repository.folder, "cat-file", "blob", blob)


def history(repository: Repository, start: str = "HEAD") -> list[Revision]:
    """Return the commits up to `start` that changed the file, newest first, children before their parents.

    A merge is included if the file differs from that of every parent; if it was taken whole from one side, only that
    side is followed. Moves of the file are followed. Raises GitFailed.
    """
    try:
        starts = {repository.path: [commit(repository.folder, start)]}
    except UnknownRevision:  # nothing is committed yet
        return []
    cut_off = repository.cut_off()
    found: dict[str, Revision] = {}
    seen: dict[str, set[str]] = {}
    while starts:
        path, commits = starts.popitem()
        seen.setdefault(path, set()).update(commits)
        for logged, parents in _log(repository.folder, path, commits):
            revision, moves = _with_moves(repository.folder, path, logged, parents)
            if revision.hash in cut_off:
                revision = revision._replace(before=())
            # A move ends the file's history at one path; the commit is more informative at the other path.
            if revision.hash not in found or found[revision.hash].blob is None:
                found[revision.hash] = revision
            for origin, parent in moves:
                if parent not in seen.get(origin, ()):
                    starts.setdefault(origin, []).append(parent)
    return [*found.values()] if len(seen) < 2 else _sorted(repository.folder, start, found, seen)


def commit(folder: Path, revision: str) -> str:
    """Return the hash of the commit that a name means. Raises `UnknownRevision`."""
    try:
        # In two steps: a suffix after ":/words" would become part of the words.
        named = line(run(folder, "rev-parse", "--verify", "--end-of-options", revision))
        commit = line(run(folder, "rev-parse", "--verify", "--end-of-options", f"{named}^{{commit}}"))
    except GitFailed:
        raise UnknownRevision(revision) from None
    if commit.startswith("^"):  # a negated revision
        raise UnknownRevision(revision)
    return commit


def _log(folder: Path, path: str, commits: list[str]) -> Iterator[tuple[Revision, list[str]]]:
    """Yield those of the given commits and their ancestors that changed the file at a path, each with its parents."""
    left = iter(run(folder, *_LOG, *commits, "--", f":(literal){path}").split(b"\0"))
    for first in left:
        # git ends each field with a line end, a NUL or both.
        if not (hash := first.lstrip(b"\n").decode()):
            continue
        parents, date, author, subject = (next(left).decode(errors="replace") for _ in range(_FIELDS - 1))
        row = next(left).lstrip(b"\n") or next(left)
        next(left)  # the path
        *before, blob = _blobs(row)
        yield Revision(hash, date, author, subject, blob, tuple(before)), parents.split()


def _blobs(row: bytes) -> Iterator[str | None]:
    """Yield the hashes of a raw row: the old ones (as many as it has colons), then the new one."""
    count = row.count(b":") + 1
    for hash in row.decode().split()[count : 2 * count]:
        yield hash if hash.strip("0") else None


def _with_moves(
    folder: Path, path: str, revision: Revision, parents: list[str]
) -> tuple[Revision, list[tuple[str, str]]]:
    """Return a commit with the file's blobs at its former paths, and these paths, each with its parent."""
    before, moves = [*revision.before], []
    if revision.blob is not None:
        for number, parent in enumerate(parents):
            if before[number] is None and (moved := _origin(folder, parent, revision.hash, path)):
                origin, before[number] = moved
                moves.append((origin, parent))
    return revision._replace(before=tuple(before)), moves


def _origin(folder: Path, parent: str, commit: str, path: str) -> tuple[str, str] | None:
    """Return the path and blob that a commit moved a file from, or None if the file is new."""
    rows = iter(run(folder, *_MOVES, parent, commit).split(b"\0")[:-1])
    for row in rows:
        old, new = os.fsdecode(next(rows)), os.fsdecode(next(rows))
        if new == path:
            return old, row.decode().split()[2]
    return None


def _sorted(folder: Path, start: str, found: dict[str, Revision], paths: Iterable[str]) -> list[Revision]:
    """Return commits that changed the file at several paths, in the order of a single log."""
    literal = [f":(literal){path}" for path in paths]
    order = run(folder, "rev-list", "--date-order", "--full-history", start, "--", *literal).decode().split()
    return [found[hash] for hash in order if hash in found]
