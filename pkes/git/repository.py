"""The contents of the git repository that a registry is in."""

import os
import subprocess
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import IO, NamedTuple, Self, TypeAlias

from msgspec import Struct

from pkes.errors import GitFailed, NoRepository
from pkes.git.running import command_line, environment, failure, fields, line, run

_LOG = (
    "rev-list", "--date-order", "--all", "--reflog",
    "--encoding=UTF-8", "--format=%H%x00%h%x00%as%x00%T%x00%P%x00%B%x00",
    # Some commits are reachable only from these; missing ones do no harm.
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


class Commit(Struct, frozen=True):
    """A commit: its full and short hash, its author date as YYYY-MM-DD, its tree and its parents.

    Author and message are left out: they may name persons.
    """

    hash: str
    short: str
    date: str
    tree: str
    parents: tuple[str, ...]


class Ref(Struct, frozen=True):
    """A branch, tag or other ref: its full and short name, and the type and hash of the object that it points to."""

    name: str
    short: str
    type: str
    target: str


class Object(Struct, frozen=True):
    """An object: `type` is `blob`, `tree`, `commit`, `tag`, or `missing`; `size` is its length in bytes.

    `data` is missing for a blob that is not text, or that is larger than the requested limit.
    """

    hash: str
    type: str
    data: bytes
    size: int = 0


Read: TypeAlias = Callable[[Iterable[str]], Iterator[Object]]
"""Gives the objects of hashes, in their order but for missing ones. All must be taken before others are asked for."""


class Repository(NamedTuple):
    """The work tree that contains a registry: its top folder, and the file's path from there, with `/`.

    All methods raise GitFailed if git fails.
    """

    folder: Path
    path: str

    @classmethod
    def find(cls, path: Path) -> Self | None:
        """Return the repository of the file at a path, after following links.

        Return None if it is not in a work tree, or git is not installed. Raises GitFailed if git refuses, for example
        because the repository belongs to another user.
        """
        real = Path(os.path.realpath(path))
        try:
            # The way up holds no names: it can be told from another line.
            is_inside, *up = run(real.parent, "rev-parse", "--is-inside-work-tree", "--show-cdup").splitlines()
        except OSError:
            return None
        except GitFailed as error:
            if error.reason.startswith("fatal: not a git repository"):
                return None
            raise
        if is_inside != b"true":
            return None
        top = real.parents[up[0].count(b"/")]
        return cls(top, real.relative_to(top).as_posix())

    @classmethod
    def require(cls, path: Path) -> Self:
        """Return what `find` returns. Raises NoRepository if there is none."""
        repository = cls.find(path)
        if repository is None:
            raise NoRepository(os.fspath(path))
        return repository

    def is_whole(self) -> bool:
        """Whether the whole history is present, that is, the clone is not shallow."""
        return line(run(self.folder, "rev-parse", "--is-shallow-repository")) == "false"

    def cut_off(self) -> frozenset[str]:
        """Return the hashes of the commits at which a shallow clone ends."""
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
        """Yield all commits reachable from any ref, reflog or work tree, newest first, each with its message."""
        for hash, short, date, tree, parents, message in fields(run(self.folder, *_LOG), 6):
            # git prints an extra line before each commit.
            above = tuple(parents.decode().split())
            yield Commit(hash.split()[-1].decode(), short.decode(), date.decode(), tree.decode(), above), message

    def refs(self) -> list[Ref]:
        """Return all refs except symbolic ones."""
        rows = fields(run(self.folder, *_REFS), 5)
        return [
            Ref(os.fsdecode(name.lstrip()), os.fsdecode(short), kind.decode(), target.decode())
            for name, short, kind, target, other in rows
            if not other
        ]

    def stashes(self) -> list[str]:
        """Return the hashes of the stashes, `stash@{0}` first. The newest one outlives its expired reflog."""
        last = [ref.target for ref in self.refs() if ref.name == STASH]
        return last and (run(self.folder, "rev-list", "-g", STASH, "--").decode().split() or last)

    def indexed(self) -> list[str]:
        """Return the hashes of the objects in the index, and in those of other work trees."""
        listed = run(self.folder, *_INDEXED).decode().split()
        return [hash.removeprefix("?") for hash in listed]  # git marks missing ones

    @contextmanager
    def objects(self, most: int | None = None) -> Iterator[Read]:
        """Give a function that reads objects while the context lasts: one process reads them all.

        The data of a blob of more than `most` bytes is not kept.
        """
        import tempfile

        present = set(run(self.folder, *_PRESENT).decode().split()) if self.is_partial() else None
        command = command_line(self.folder, "cat-file", "--batch")
        # git's stderr goes to a file: a pipe that nobody reads could fill up.
        with (
            tempfile.TemporaryFile() as said,
            subprocess.Popen(
                command, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said
            ) as git,
        ):
            yield partial(_read, git, said, present, most)

    def is_partial(self) -> bool:
        """Whether the clone lacks objects. git would fetch a missing one on access, or exit."""
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
    out.read(1)  # the line end after it
    return Object(hash, kind, data, size)
