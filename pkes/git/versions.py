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
    """A registry, and the text without a byte order mark that holds it."""

    text: str
    registry: Registry


def load(name: str, path: Path | None) -> Version:
    """Return the registry that a name means: a file or a pipe, or a revision of the one at a path (None: none).

    A name with a separator, or with the ending of a TOML file, is a file where there is one. Any other is what git
    knows by it, and a file where git knows nothing. Raises `UnknownVersion` where it is neither, `NoRepository` where
    it can only be a revision, and what `at` and `store.load` raise.
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
    """Return the registry in a file, or in a pipe where `pipes` are taken. Raises what `store.load` raises."""
    loaded = store.load(path, pipes=pipes)
    return Version(loaded.text, loaded.registry)


def parsed(data: bytes, name: str) -> Version:
    """Return the registry that bytes hold. Raises `Malformed`, which names them so."""
    try:
        text = reading.decode(data)
        return Version(text, parsing.parse(text))
    except Malformed as error:
        error.path = name
        raise


def at(repository: Repository, revision: str) -> Version:
    """Return the registry at a revision, by any name that git knows it by; of `A...B` at their merge base.

    Raises what `comparing.read` raises, `NotInRevision` where there is no such file, and `Malformed` where it is not
    a registry, both naming the revision.
    """
    path, data = comparing.read(repository, revision)
    if data is None:
        raise NotInRevision(revision, path)
    return parsed(data, f"{revision}:{path}")


def text_since(repository: Repository, revision: str) -> str | None:
    """Return the text of the registry where HEAD left a revision, or B left A where that is `A...B`; None: no file.

    Raises `UnreadableRevision` where the file cannot be parsed, and what `comparing.base` and `comparing.read` raise.
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
