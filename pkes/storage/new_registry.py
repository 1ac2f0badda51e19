"""A new registry: its initial content, and writing it into a folder."""

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import msgspec

from pkes.errors import AlreadyThere, CannotWrite
from pkes.model.names import member_id
from pkes.model.records import KINDS, Cluster, Member, Policy, Registry, Sector, records, table_path, toml_items
from pkes.storage import files, store
from pkes.storage.files import read, with_line
from pkes.toml import render

SECTORS = {
    "business": Sector(id="business", pl="biznes", en="business"),
    "ngo": Sector(id="ngo", pl="organizacje pozarządowe", en="NGOs"),
    "public-administration": Sector(
        id="public-administration", pl="administracja publiczna", en="public administration"
    ),
    "science": Sector(id="science", pl="nauka", en="science"),
    "social-economy": Sector(id="social-economy", pl="ekonomia społeczna", en="social economy"),
}
"""The initial sectors of every registry; the coordinator can change them."""

_POLICY = Policy(answer_within_days=14, retention_months=24)
_IGNORED = f".{store.NAME}.*"


class Begun(NamedTuple):
    """The registry that was created, and the `.gitignore` that was written, if any.

    `durable` is False if everything is saved but might not survive a power cut.
    """

    registry: Path
    ignore: Path | None
    durable: bool


def first(
    name: str, coordinator: str, sector: str, short_name: str | None, email: str | None, *, autosave: bool | None = None
) -> Registry:
    """Return the initial content of a registry.

    `name`, `short_name` and `email` are the cluster's; `coordinator` is the name of its first member, `sector` the
    sector of that member, an id in `SECTORS`. All of them are valid values of their fields. `autosave` is for the
    policy.
    """
    # A name of punctuation alone gives no id.
    id = member_id(coordinator) or "coordinator"
    return Registry(
        cluster=Cluster(name=name, short_name=short_name, coordinator=id, email=email),
        policy=msgspec.structs.replace(_POLICY, autosave=autosave),
        sectors=SECTORS,
        members={id: Member(id=id, name=coordinator, sector=sector)},
    )


def free_place(folder: Path) -> Path:
    """Return the path for the registry of a folder. Raises `AlreadyThere` if there is one."""
    path = folder / store.NAME
    if os.path.lexists(path):
        raise AlreadyThere(os.fspath(path))
    return path


def begin(folder: Path, registry: Registry, *, before_replace: Callable[[], object] = files.nothing) -> Begun:
    """Write a registry into a folder, which is created if missing, and make git ignore its lock.

    `before_replace` is called right before the file appears. Raises `AlreadyThere`, `CannotWrite`, `CannotExtend` and
    `ChangedMeanwhile`; then there is no new registry.
    """
    path = free_place(folder)
    _make(folder)
    # The line first: without a registry it has no effect.
    ignore = _ignore_own(folder / ".gitignore")
    durable = store.create(path, text(registry), registry, before_replace=before_replace)
    return Begun(path, ignore, durable)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        if isinstance(error, FileExistsError):  # it is not a folder
            error = OSError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
        raise CannotWrite(os.fspath(folder), error) from error


def text(registry: Registry) -> str:
    """Return the canonical text of a registry without unknown keys."""
    parts = [render.statement("format", registry.format)]
    for kind in KINDS:
        for id, record in sorted(records(registry, kind).items()):
            parts.append(render.table(table_path(kind.name, id if kind.keyed else None), toml_items(record)))
    return "\n".join(parts)


def _ignore_own(path: Path) -> Path | None:
    """Add the files beside the registry to a `.gitignore`; return that file if it was written."""
    held = read(path)
    lines = map(str.strip, (held or b"").decode().split("\n"))
    if not {_IGNORED, f"/{_IGNORED}"}.isdisjoint(lines):
        return None
    new = with_line(held, _IGNORED)
    if held is None:
        files.create_file(path, new)
    else:
        files.replace_file(path, new, expected=held)
    return path


def is_own_ignore(line: str, name: str = store.NAME) -> bool:
    """Return whether a line of `.gitignore` is one that we write for a registry with this file name."""
    return line in ("", *(f"{root}.{name}.{end}" for root in ("", "/") for end in ("lock", "*")))
