"""A registry as it was: at a revision of git, or in a file."""

import os
from pathlib import Path
from typing import NamedTuple

from pkes.errors import (
    Malformed,
    NoRepository,
    NotInRevision,
    UnknownRevision,
    UnknownVersion,
    UnreadableRevision,
)
from pkes.git import comparing
from pkes.git.repository import Repository
from pkes.model.records import Registry
from pkes.registry import parsing
from pkes.storage import store
from pkes.storage.sources import StrPath
from pkes.toml import reading

SHORT = 10
"""So much of a hash is shown: git knows a commit by it."""


class Version(NamedTuple):
    """A registry, and its text without a byte order mark."""

    text: str
    registry: Registry


def load(name: str, path: Path | None) -> Version:
    """Return the registry that a name refers to: a file, a pipe, or a revision of the registry at `path`, if given.

    A name with a path separator or the suffix of a TOML file is a file, if that exists. Any other name is a revision
    that git knows, or else a file. Raises `UnknownVersion` if it is neither, `NoRepository` if it can only be a
    revision, and what `at` and `store.load` raise.
    """
    fetch = ""
    is_file = os.path.lexists(name) and not os.path.isdir(name)
    if is_file and _is_path(name):
        return read(name, pipes=True)
    repository = Repository.find(path) if path else None
    if repository:
        try:
            return at(repository, name)
        except UnknownRevision as error:
            if comparing.ends(name) and not is_file:
                raise
            fetch = error.fetch
    if is_file:
        return read(name, pipes=True)
    if repository is None and path and not _is_path(name):
        raise NoRepository(os.fspath(path))
    raise UnknownVersion(name, fetch)


def read(path: StrPath, *, pipes: bool = False) -> Version:
    """Return the registry in a file, or in a pipe if `pipes` is true. Raises what `store.load` raises."""
    loaded = store.load(path, pipes=pipes)
    return Version(loaded.text, loaded.registry)


def parsed(data: bytes, name: str) -> Version:
    """Return the registry in some bytes. Raises `Malformed` with `name` as its file."""
    try:
        text = reading.decode(data)
        return Version(text, parsing.parse(text))
    except Malformed as error:
        error.path = name
        raise


def at(repository: Repository, revision: str) -> Version:
    """Return the registry at a revision, given by any name that git knows; for `A...B`, at their merge base.

    Raises what `comparing.read` raises, `NotInRevision` if there is no such file, and `Malformed` if it is not a
    registry; both name the revision.
    """
    path, data = comparing.read(repository, revision)
    if data is None:
        raise NotInRevision(revision, path)
    return parsed(data, f"{revision}:{path}")


def text_since(repository: Repository, revision: str) -> str | None:
    """Return the text of the registry where HEAD and a revision diverged (for `A...B`, A and B), or None.

    Raises `UnreadableRevision` if the file cannot be parsed, and what `comparing.base` and `comparing.read` raise.
    """
    base = comparing.base(repository, revision)
    try:
        path, data = comparing.read(repository, base)
        if data is None:
            return None
        try:
            text = reading.decode(data)
            _registry, faults = parsing.examine(text)
            if newer := [fault for fault in faults if fault.what == "format"]:
                raise Malformed("format", **newer[0].detail)
        except Malformed as error:
            error.path = f"{base[:SHORT]}:{path}"
            raise
    except Malformed as error:
        raise UnreadableRevision(error) from error
    return text


def _is_path(name: str) -> bool:
    return Path(name).name != name or name.endswith(Path(store.NAME).suffix)
