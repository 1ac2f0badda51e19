"""The registry at git's revisions: its text at one, and the commits that changed it."""

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
    # These the user's own settings would change; a signature would run a program.
    "--root", "--no-follow", f"-O{os.devnull}", "--encoding=UTF-8", "--no-show-signature",
    "--format=%H%x00%P%x00%as%x00%aN%x00%s",
)  # fmt: skip
_FIELDS = 5
_MOVES = ("diff-tree", "-r", "-z", "--raw", "--no-abbrev", "-M", "--diff-filter=R")


class Revision(NamedTuple):
    """A commit that changed the registry's file: its hash, the day it was written as YYYY-MM-DD, author and subject.

    `blob` is the hash of the file's content, `before` are those at each parent, of a first commit one; None is no file.
    Where a shallow clone ends, nothing is known of any before.
    """

    hash: str
    date: str
    author: str
    subject: str
    blob: str | None
    before: tuple[str | None, ...]


def read(repository: Repository, revision: str) -> bytes | None:
    """Return the registry's file as it is at a revision, by any name that git knows it by; None where it has none.

    Raises `UnknownRevision`, `Malformed` where the file is larger than any that is read, and GitFailed where git fails.
    """
    named = commit(repository.folder, revision)
    # Not with the size: of an object that a partial clone left out, git would not say that it is missing.
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
    """Return the commits up to one that changed the file, the newest first and none after one that it led to.

    A merge is among them where the file differs from that of every parent; what git's merge took whole from one side
    leads to that side only. A file that was moved is followed to where it was before. Raises GitFailed.
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
            # The move of a file is its end at the one path, and tells more at the other.
            if revision.hash not in found or found[revision.hash].blob is None:
                found[revision.hash] = revision
            for origin, parent in moves:
                if parent not in seen.get(origin, ()):
                    starts.setdefault(origin, []).append(parent)
    return [*found.values()] if len(seen) < 2 else _sorted(repository.folder, start, found, seen)


def commit(folder: Path, revision: str) -> str:
    """Return the hash of the commit that a name means. Raises `UnknownRevision`."""
    try:
        # In two steps: what is put behind ":/words" would be among the words.
        named = line(run(folder, "rev-parse", "--verify", "--end-of-options", revision))
        commit = line(run(folder, "rev-parse", "--verify", "--end-of-options", f"{named}^{{commit}}"))
    except GitFailed:
        raise UnknownRevision(revision) from None
    if commit.startswith("^"):  # all but this one
        raise UnknownRevision(revision)
    return commit


def _log(folder: Path, path: str, commits: list[str]) -> Iterator[tuple[Revision, list[str]]]:
    """Yield the commits before some, and these themselves, that changed the file at a path, each with its parents."""
    left = iter(run(folder, *_LOG, *commits, "--", f":(literal){path}").split(b"\0"))
    for first in left:
        # git ends each part with a line end, a NUL or both.
        if not (hash := first.lstrip(b"\n").decode()):
            continue
        parents, date, author, subject = (next(left).decode(errors="replace") for _ in range(_FIELDS - 1))
        row = next(left).lstrip(b"\n") or next(left)
        next(left)  # the path
        *before, blob = _blobs(row)
        yield Revision(hash, date, author, subject, blob, tuple(before)), parents.split()


def _blobs(row: bytes) -> Iterator[str | None]:
    """Yield the hashes of a raw row: as many before as it has colons, then the one after."""
    count = row.count(b":") + 1
    for hash in row.decode().split()[count : 2 * count]:
        yield hash if hash.strip("0") else None


def _with_moves(
    folder: Path, path: str, revision: Revision, parents: list[str]
) -> tuple[Revision, list[tuple[str, str]]]:
    """Return a commit with the blobs of the file where it was moved from; and these paths, each with its parent."""
    before, moves = [*revision.before], []
    if revision.blob is not None:
        for number, parent in enumerate(parents):
            if before[number] is None and (moved := _origin(folder, parent, revision.hash, path)):
                origin, before[number] = moved
                moves.append((origin, parent))
    return revision._replace(before=tuple(before)), moves


def _origin(folder: Path, parent: str, commit: str, path: str) -> tuple[str, str] | None:
    """Return path and blob that a file was moved from by a commit, None where it is a new one."""
    rows = iter(run(folder, *_MOVES, parent, commit).split(b"\0")[:-1])
    for row in rows:
        old, new = os.fsdecode(next(rows)), os.fsdecode(next(rows))
        if new == path:
            return old, row.decode().split()[2]
    return None


def _sorted(folder: Path, start: str, found: dict[str, Revision], paths: Iterable[str]) -> list[Revision]:
    """Return commits that changed the file at several paths as one log has them."""
    literal = [f":(literal){path}" for path in paths]
    order = run(folder, "rev-list", "--date-order", "--full-history", start, "--", *literal).decode().split()
    return [found[hash] for hash in order if hash in found]
