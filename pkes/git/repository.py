"""What is stored in the git repository that a registry stands in."""

import os
import subprocess
import tempfile
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import IO, NamedTuple, Self, TypeAlias

from pkes.errors import GitFailed, NoRepository
from pkes.git.running import command_line, environment, failure, fields, line, run

_LOG = (
    "rev-list", "--date-order", "--all", "--reflog",
    "--encoding=UTF-8", "--format=%H%x00%h%x00%as%x00%T%x00%P%x00%B%x00",
    # Some commits hang on these alone; those that are not there do no harm.
    "--ignore-missing", "ORIG_HEAD", "FETCH_HEAD", "MERGE_HEAD", "CHERRY_PICK_HEAD", "--",
)  # fmt: skip
_REFS = ("for-each-ref", "--format=%(refname)%00%(refname:short)%00%(objecttype)%00%(objectname)%00%(symref)%00")

_INDEXED = ("rev-list", "--objects", "--no-object-names", "--missing=print", "--indexed-objects")
_PRESENT = ("cat-file", "--batch-all-objects", "--unordered", "--batch-check=%(objectname)")
STASH = "refs/stash"
"""The whole name of the ref that leads to the last stash."""

_AHEAD = 64
"""Objects asked for before the first is read: so few that no pipe fills, so many that git need not wait."""

_SNIFFED = 8_000
"""git's own rule: a file with a NUL among so many bytes is no text."""


class Commit(NamedTuple):
    """A commit: its hash whole and short, the day it was written as YYYY-MM-DD, its tree and its parents.

    Its author and its message are no part of it: they may name persons.
    """

    hash: str
    short: str
    date: str
    tree: str
    parents: tuple[str, ...]


class Ref(NamedTuple):
    """A branch, tag or other ref: its whole and its short name, and the type and hash of the object it leads to."""

    name: str
    short: str
    type: str
    target: str


class Object(NamedTuple):
    """An object: `type` is `blob`, `tree`, `commit`, `tag`, or `missing`; `size` is how many bytes git has of it.

    A blob that is no text has no `data`, nor has one that is larger than was asked for.
    """

    hash: str
    type: str
    data: bytes
    size: int = 0


Read: TypeAlias = Callable[[Iterable[str]], Iterator[Object]]
"""Gives the objects of hashes, in their order but for missing ones. All must be taken before others are asked for."""


class Repository(NamedTuple):
    """The work tree that a registry stands in: its top folder, and the file's path from there, with `/`.

    What is asked of it raises GitFailed where git fails.
    """

    folder: Path
    path: str

    @classmethod
    def find(cls, path: Path) -> Self | None:
        """Return the repository of the file that a path leads to, through links.

        None where it stands in no work tree, or git is not installed. Raises GitFailed where git refuses, as it does
        where the repository is another user's.
        """
        real = Path(os.path.realpath(path))
        try:
            if line(run(real.parent, "rev-parse", "--is-inside-work-tree")) != "true":
                return None
        except OSError:
            return None
        except GitFailed as error:
            if error.reason.startswith("fatal: not a git repository"):
                return None
            raise
        top = line(run(real.parent, "rev-parse", "--show-toplevel"))
        prefix = line(run(real.parent, "rev-parse", "--show-prefix"))
        return cls(Path(top), prefix + real.name)

    @classmethod
    def require(cls, path: Path) -> Self:
        """Return what `find` does. Raises NoRepository where there is none."""
        repository = cls.find(path)
        if repository is None:
            raise NoRepository(os.fspath(path))
        return repository

    def is_whole(self) -> bool:
        """Whether all history is there: the clone is not a shallow one."""
        return line(run(self.folder, "rev-parse", "--is-shallow-repository")) == "false"

    def cut_off(self) -> frozenset[str]:
        """Return the hashes of the commits at which a shallow clone ends: what was before them is not there."""
        listed = self.folder / line(run(self.folder, "rev-parse", "--git-path", "shallow"))
        try:
            return frozenset(listed.read_text(encoding="ascii").split())
        except FileNotFoundError:
            return frozenset()

    def remotes(self) -> tuple[str, ...]:
        """Return the names of the remotes, `origin` first."""
        names = os.fsdecode(run(self.folder, "remote")).split()
        return tuple(sorted(names, key=lambda name: (name != "origin", name)))

    def commits(self) -> Iterator[tuple[Commit, bytes]]:
        """Yield all commits that any ref, reflog or work tree leads to, the newest first, each with its message."""
        for hash, short, date, tree, parents, message in fields(run(self.folder, *_LOG), 6):
            # git writes a line of its own before each.
            above = tuple(parents.decode().split())
            yield Commit(hash.split()[-1].decode(), short.decode(), date.decode(), tree.decode(), above), message

    def refs(self) -> list[Ref]:
        """Return the refs that are not mere names of others."""
        rows = fields(run(self.folder, *_REFS), 5)
        return [
            Ref(os.fsdecode(name.lstrip()), os.fsdecode(short), kind.decode(), target.decode())
            for name, short, kind, target, other in rows
            if not other
        ]

    def stashes(self) -> list[str]:
        """Return the hashes of the stashes, `stash@{0}` first. The last one made outlives its expired reflog."""
        last = [ref.target for ref in self.refs() if ref.name == STASH]
        return last and (run(self.folder, "rev-list", "-g", STASH, "--").decode().split() or last)

    def indexed(self) -> list[str]:
        """Return the hashes of the objects in the index, and in those of other work trees."""
        listed = run(self.folder, *_INDEXED).decode().split()
        return [hash.removeprefix("?") for hash in listed]  # a missing one is marked so

    @contextmanager
    def objects(self, most: int | None = None) -> Iterator[Read]:
        """Give a way to read objects, for as long as the context lasts: one process reads them all.

        Of a blob of more bytes than `most` none is kept.
        """
        present = set(run(self.folder, *_PRESENT).decode().split()) if self.is_partial() else None
        command = command_line(self.folder, "cat-file", "--batch")
        # What git says goes to a file: a pipe that nobody reads could fill.
        with (
            tempfile.TemporaryFile() as said,
            subprocess.Popen(
                command, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said
            ) as git,
        ):
            yield partial(_read, git, said, present, most)

    def is_partial(self) -> bool:
        """Whether the clone left objects out. git would fetch one that is asked for, or end."""
        return b"promisor" in run(self.folder, "config", "--name-only", "--list").lower()


def entries(tree: Object) -> Iterator[tuple[str, bytes, str]]:
    """Yield the type, name and hash of each entry of a tree: `tree`, `blob`, or `commit` for a submodule."""
    size = len(tree.hash) // 2
    place = 0
    while place < len(tree.data):
        null = tree.data.index(b"\0", place)
        mode, _, name = tree.data[place:null].partition(b" ")
        place = null + 1 + size
        yield {b"40000": "tree", b"160000": "commit"}.get(mode, "blob"), name, tree.data[null + 1 : place].hex()


def _read(
    git: subprocess.Popen[bytes],
    said: IO[bytes],
    present: Collection[str] | None,
    most: int | None,
    hashes: Iterable[str],
) -> Iterator[Object]:
    assert git.stdin
    assert git.stdout
    asked: deque[str] = deque()
    try:
        for hash in hashes:
            if present is not None and hash not in present:
                yield Object(hash, "missing", b"")
                continue
            asked.append(hash)
            os.write(git.stdin.fileno(), f"{hash}\n".encode())
            if len(asked) > _AHEAD:
                yield _read_one(git.stdout, asked.popleft(), most)
        while asked:
            yield _read_one(git.stdout, asked.popleft(), most)
    except (BrokenPipeError, EOFError):
        git.wait()
        said.seek(0)
        raise failure("cat-file", said.read()) from None


def _read_one(out: IO[bytes], hash: str, most: int | None) -> Object:
    head = out.readline().split()
    if not head:
        raise EOFError
    if head[1] == b"missing":
        return Object(hash, "missing", b"")
    kind, size = head[1].decode(), int(head[2])
    data = out.read(min(size, _SNIFFED))
    left = size - len(data)
    if kind == "blob" and (b"\0" in data or (most is not None and size > most)):
        data = b""
        while left > _SNIFFED:
            left -= len(out.read(_SNIFFED)) or left
        out.read(left)
    else:
        data += out.read(left)
    out.read(1)  # the line end behind it
    return Object(hash, kind, data, size)
