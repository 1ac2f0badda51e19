"""Where a git repository still contains a person's traces, and the steps that rewrite it."""

import shlex
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple, TypeAlias

from pkes.git.repository import STASH, Commit, Object, Read, Repository, entries
from pkes.privacy.traces import Traces, Versions

REPLACEMENTS = "../replacements.txt"
"""The file of replacements, written by hand outside the repository, with lines such as `regex:(?i)first\\s+last==>`."""

_Ways: TypeAlias = Mapping[str, list[str]]


class Found(NamedTuple):
    """Where a repository contains traces; false if it does not.

    `commits` are those with a trace in a file, a file name or the message, newest first. `refs` are the short names of
    branches (also remote ones), tags and other refs that lead to such a commit or have a trace in their name. `stashes`
    are given as `stash@{0}`; their commits are not in `commits`. `staged` says whether a file in the index, but in no
    commit, contains a trace. `complete` is False if git lacks some of the data to search: in a shallow, partial or
    damaged clone.
    """

    commits: tuple[Commit, ...] = ()
    refs: tuple[str, ...] = ()
    stashes: tuple[str, ...] = ()
    staged: bool = False
    complete: bool = True

    def __bool__(self) -> bool:
        return bool(self.commits or self.refs or self.stashes or self.staged)


def search(repository: Repository, traces: Traces) -> Found:
    """Search all text files, names and messages that git can reach, and the index, for traces.

    Binary or encoded files (.xlsx, base64), the authors of commits, submodules, and unreachable objects are not
    searched. Raises GitFailed.
    """
    if not traces:
        return Found()
    refs = [ref for ref in repository.refs() if ref.name != STASH]
    commits: dict[str, Commit] = {}
    look = _Look(traces)
    for commit, message in repository.commits():
        commits[commit.hash] = commit
        look.add_commit(commit, message)
    for ref in refs:
        look.add(ref.target, ref.type)
    with repository.objects() as read:
        look.walk(read)
        look.scan(read)
        staged = look.scan_index(read, repository.indexed())
    holding = _spread(look.marked, look.within)
    reaching = _spread(holding, look.within, _children(commits.values()))
    # A stash is a commit whose first parent is the commit it was made on; others hold its index and untracked files.
    stashes = [{hash, *commits[hash].parents[1:]} if hash in commits else set() for hash in repository.stashes()]
    own = set[str]().union(*stashes)
    return Found(
        tuple(commit for hash, commit in commits.items() if hash in holding and hash not in own),
        tuple(ref.short for ref in refs if ref.target in reaching or traces.found_in(ref.short)),
        tuple(f"stash@{{{number}}}" for number, parts in enumerate(stashes) if parts & holding),
        staged,
        look.complete and repository.is_whole(),
    )


def rewriting(path: str, remote: str = "") -> tuple[str, ...]:
    """Return the commands that clear a repository's history, to be run by hand in its top folder; they name no person.

    They follow the manual of git-filter-repo (which git's manual recommends) on removing sensitive data. `path` is the
    registry's path; the file has been cleared but not committed. With a `remote`, the history is rewritten in a new
    clone of it, pushed from there, and fetched here: stashed or uncommitted changes here are lost, and all other clones
    have to be replaced. Without one, it is rewritten in place, including stashes.
    """
    commit = f"git commit -m 'Erase personal data' -- {shlex.quote(path)}"
    rewrite = f"--sensitive-data-removal --replace-text {REPLACEMENTS} --replace-message {REPLACEMENTS}"
    if not remote:
        return commit, f"git filter-repo --force {rewrite}"
    remote = shlex.quote(remote)
    return (
        commit,
        f"git push {remote} --all",
        f"git push {remote} --tags",
        f'git clone --mirror --no-local "$(git remote get-url {remote})" ../rewritten.git',
        f"git -C ../rewritten.git filter-repo {rewrite}",
        "git -C ../rewritten.git push --force --mirror origin",
        f"git fetch --force --update-head-ok {remote} '+refs/heads/*:refs/heads/*' '+refs/tags/*:refs/tags/*'",
        f"git fetch --prune {remote}",
        "git reset --hard",
        "git stash clear",
        "git reflog expire --expire=now --all",
        "git gc --prune=now",
    )


class _Look:
    """A search of all objects: which contain a trace themselves (`marked`), and which objects contain each (`within`).

    Each object is read once. Commits, their trees and the targets of refs are added first.
    """

    def __init__(self, traces: Traces) -> None:
        self.marked: set[str] = set()
        self.within: dict[str, list[str]] = defaultdict(list)
        self.complete = True
        self._traces = traces
        self._seen: set[str] = set()
        self._ahead: list[str] = []
        self._files: dict[bytes, list[str]] = defaultdict(list)
        self._names: dict[bytes, bool] = {}

    def add_commit(self, commit: Commit, message: bytes) -> None:
        if self._traces.found_in_bytes(message):
            self.marked.add(commit.hash)
        self.add(commit.tree, "tree", commit.hash)

    def add(self, hash: str, kind: str, container: str = "", name: bytes = b"") -> None:
        if container:
            self.within[hash].append(container)
        if kind == "commit" or hash in self._seen:
            return
        self._seen.add(hash)
        (self._files[name] if kind == "blob" else self._ahead).append(hash)

    def walk(self, read: Read) -> None:
        """Find everything inside the trees and behind the tags that were added."""
        while self._ahead:
            found, self._ahead = self._ahead, []
            for one in self._present(read(found)):
                if one.type == "tag":
                    self._add_tagged(one)
                else:
                    self._add_entries(one)

    def scan(self, read: Read) -> None:
        """Search the files that were found, all versions of one file in a row."""
        for hashes in self._files.values():
            versions = Versions(self._traces)
            self.marked.update(file.hash for file in self._present(read(hashes)) if versions.hold(file.data))

    def scan_index(self, read: Read, hashes: Iterable[str]) -> bool:
        """Return whether a file in the index that was not found before contains a trace."""
        new = [hash for hash in hashes if hash not in self._seen]
        files = {file.data for file in self._present(read(new)) if file.type == "blob"}
        return any(map(self._traces.found_in_bytes, files))

    def _present(self, objects: Iterable[Object]) -> Iterator[Object]:
        for one in objects:
            if one.type == "missing":
                self.complete = False
            else:
                yield one

    def _add_tagged(self, tag: Object) -> None:
        head, _, message = tag.data.partition(b"\n\n")
        target, kind = (line.split()[1].decode() for line in head.split(b"\n")[:2])
        self.add(target, kind, tag.hash)
        if self._traces.found_in_bytes(message):
            self.marked.add(tag.hash)

    def _add_entries(self, tree: Object) -> None:
        for kind, name, hash in entries(tree):
            if name not in self._names:
                self._names[name] = self._traces.found_in_bytes(name)
            if self._names[name]:
                self.marked.add(tree.hash)
            self.add(hash, kind, tree.hash, name)


def _children(commits: Iterable[Commit]) -> _Ways:
    children = defaultdict(list)
    for commit in commits:
        for parent in commit.parents:
            children[parent].append(commit.hash)
    return children


def _spread(start: Iterable[str], *ways: _Ways) -> set[str]:
    """Return everything that can be reached from the start, including the start."""
    reached = set(start)
    todo = list(reached)
    while todo:
        here = todo.pop()
        new = {there for way in ways for there in way.get(here, ())} - reached
        reached |= new
        todo += new
    return reached
