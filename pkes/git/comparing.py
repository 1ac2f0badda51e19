"""What a comparison with a revision means: the merge base of two revisions, and the registry's path at a revision."""

import os
import re
import shlex
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

from pkes.errors import GitFailed, Malformed, NoCommonHistory, NotInClone, UnknownRevision
from pkes.git import revisions
from pkes.git.repository import Repository
from pkes.git.running import line, run

_MOVES = ("--raw", "-z", "--no-abbrev", "-M", "--diff-filter=R")
_PLAIN = re.compile(r"[\w][\w./+-]*")
_HASH = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")


def ends(name: str) -> tuple[str, str] | None:
    """Return A and B of `A...B`, with HEAD for an omitted one, or None for any other name."""
    one, dots, other = name.partition("...")
    # A search for words in a message may contain dots, too.
    if not dots or ":/" in one or "{/" in one:
        return None
    return one or "HEAD", other or "HEAD"


def commit(repository: Repository, name: str) -> str:
    """Return the hash of the commit that a name means; `A...B` means the merge base of the two.

    Raises what `revisions.commit` and `merge_base` raise, UnknownRevision with the command that may fetch it.
    """
    if both := ends(name):
        return merge_base(repository, *both)
    try:
        return revisions.commit(repository.folder, name)
    except UnknownRevision as error:
        error.fetch = _fetch(repository, name)
        raise


def merge_base(repository: Repository, one: str, other: str) -> str:
    """Return the hash of the newest commit that two revisions have in common.

    Raises UnknownRevision; NoCommonHistory, or NotInClone if the clone is too shallow to know; and GitFailed.
    """
    hashes = [commit(repository, name) for name in (one, other)]
    try:
        return line(run(repository.folder, "merge-base", *hashes))
    except GitFailed as error:
        if error.reason:
            raise
    if not repository.is_whole():
        raise NotInClone(f"{one}...{other}", "shallow", whole(repository))
    raise NoCommonHistory(one, other)


def between(repository: Repository, span: str) -> tuple[str, frozenset[str]]:
    """Return the hash of B, and those of the commits in `A..B` (in B but not in A); A or B may be omitted.

    `A...B` begins at the merge base of the two. Raises UnknownRevision if it is neither, and what `merge_base` raises.
    """
    one, dots, other = span.partition("..")
    if not dots:
        raise UnknownRevision(span)
    last = commit(repository, other.removeprefix(".") or "HEAD")
    first = commit(repository, span if ends(span) else one or "HEAD")
    with explaining_partial(repository, span):
        return last, frozenset(run(repository.folder, "rev-list", last, f"^{first}", "--").decode().split())


def is_in_head(repository: Repository, commit: str) -> bool:
    """Return whether a commit, given by its hash, is part of HEAD's history."""
    try:
        return not run(repository.folder, "rev-list", "-n1", commit, "^HEAD", "--")
    except GitFailed:  # nothing is committed yet
        return False


def base(repository: Repository, name: str) -> str:
    """Return the hash of the commit where a revision and HEAD diverged; for `A...B`, where A and B did.

    Raises what `merge_base` raises.
    """
    return commit(repository, name) if ends(name) else merge_base(repository, name, "HEAD")


def read(repository: Repository, revision: str) -> tuple[str, bytes | None]:
    """Return the path of the registry at a revision, and its bytes (None if there is no such file).

    If the registry was moved before or after that revision, it is found at its path there. Raises what `commit` raises,
    NotInClone if a partial clone lacks the objects, and `Malformed`, naming the file, if it is too large.
    """
    named = commit(repository, revision)
    with explaining_partial(repository, revision):
        for path in _paths(repository, named):
            there = repository._replace(path=path)
            try:
                data = revisions.read(there, named)
            except Malformed as error:
                error.path = f"{revision}:{path}"
                raise
            if data is not None:
                return path, data
    return repository.path, None


@contextmanager
def explaining_partial(repository: Repository, revision: str) -> Iterator[None]:
    """Turn a failure of git into NotInClone if the clone may lack the objects that were asked for."""
    try:
        yield
    except GitFailed:
        if not repository.is_partial():
            raise
        remote = next(iter(repository.remotes()), "origin")
        raise NotInClone(revision, "partial", f"git fetch --refetch --no-filter {shlex.quote(remote)}") from None


def _paths(repository: Repository, commit: str) -> Iterator[str]:
    """Yield the path of the registry, then other paths that it had through moves, the nearest first."""
    yield repository.path
    near = _moves(repository, commit)
    found = [repository.path]
    for path in found:
        others = [other for other in near[path] if other not in found]
        yield from others
        found += others


def _moves(repository: Repository, commit: str) -> dict[str, list[str]]:
    """Return for each path the other paths of moves from or to it, in the history of a commit, HEAD or the index."""
    logged = ("log", "--format=", "-m", "--no-show-signature", "--no-follow", *_MOVES, "HEAD", commit, "--")
    near = defaultdict[str, list[str]](list)
    for command in (("diff-index", "--cached", *_MOVES, "HEAD", "--"), logged):
        # Each row is followed by the two paths; git may put a NUL between commits.
        parts = [part for part in run(repository.folder, *command).split(b"\0") if part]
        for old, new in zip(parts[1::3], parts[2::3], strict=True):
            near[os.fsdecode(old)].append(os.fsdecode(new))
            near[os.fsdecode(new)].append(os.fsdecode(old))
    return near


def _fetch(repository: Repository, name: str) -> str:
    """Return the command that may fetch what a name means, or "" if the name cannot belong to a remote."""
    remotes = repository.remotes()
    if not remotes or name == "HEAD":
        return ""
    remote, _slash, branch = name.partition("/")
    if not _PLAIN.fullmatch(name):
        return "" if repository.is_whole() else whole(repository)
    if remote in remotes and branch:
        return f"git fetch {remote} {branch}:refs/remotes/{name}"
    return f"git fetch {remotes[0]} {name if _HASH.fullmatch(name) else f'{name}:{name}'}"


def whole(repository: Repository) -> str:
    """Return the command that fetches the history that a shallow clone lacks."""
    return " ".join(["git fetch --unshallow", *repository.remotes()[:1]])
