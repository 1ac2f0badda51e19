"""One registry file: finding it, loading it, and editing it so that exactly the change is written, or nothing."""

import errno
import gc
import os
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from pkes import errors
from pkes.model.records import Registry
from pkes.registry import parsing
from pkes.storage import files, sources
from pkes.storage.sources import StrPath
from pkes.toml.reading import decode

if TYPE_CHECKING:
    from pkes.registry.changes import Change, Key
    from pkes.toml.edit import Goes

NAME = "registry.toml"
"""The file name of a registry."""

Command = Callable[[Registry], Registry]
Guard = Callable[[Registry, Registry, "tuple[Change, ...]"], object]


class Loaded(Struct, frozen=True):
    """A registry as it was read: `data` is the content of the file, `text` has no byte order mark."""

    path: Path
    text: str
    bom: bool
    registry: Registry

    @property
    def data(self) -> bytes:
        # Computed, not stored with the text: that would double the memory for a big registry. For parsed text it is
        # fast.
        return self.marked(self.text.encode())

    def marked(self, data: bytes) -> bytes:
        """Return the bytes of a text for this file: after its byte order mark, if it has one."""
        return (BOM_UTF8 if self.bom else b"") + data


class Written(Struct, frozen=True):
    """The result of an edit.

    `registry` is what the file now contains (after a dry run: would contain), in the `text`, and `before` is what it
    contained. `lost` are the comments that were removed together with data. `durable` is False if everything is saved
    but might not survive a power cut.
    """

    before: Registry
    text: str
    registry: Registry
    changes: "tuple[Change, ...]"
    lost: tuple[str, ...]
    durable: bool


class Rewritten(Struct, frozen=True):
    """A rewritten registry: the previous text of the file, with its byte order mark, and the new one.

    `durable` is as in `Written`.
    """

    old: str
    new: str
    durable: bool


def find(start: Path) -> Path:
    """Return the nearest `registry.toml` in a folder or its parents, as git finds `.git`.

    The nearest one counts even if it cannot be read (a folder, a broken link): silently using one further up would be a
    surprise. Raises `NoRegistry`.
    """
    try:
        folder = Path(os.path.realpath(start))
    except OSError:  # the working folder was removed
        raise errors.NoRegistry(os.fspath(start)) from None
    for place in (folder, *folder.parents):
        if os.path.lexists(place / NAME):
            return place / NAME
    raise errors.NoRegistry(os.fspath(folder))


def load(path: StrPath, *, pipes: bool = False) -> Loaded:
    """Read the registry at a path, which may be a pipe if `pipes` is true.

    No lock is needed, because the file is only ever replaced as a whole. Raises `CannotRead`, and `Malformed` if it is
    not a regular file, not UTF-8 or not a registry.
    """
    return loaded(Path(path), sources.read(path, pipes=pipes))


def loaded(path: Path, data: bytes) -> Loaded:
    """Return the registry in bytes that were read from a path. Raises `Malformed`."""
    with _named(path):
        text, bom = decode(data), data.startswith(BOM_UTF8)
        del data  # the parser needs a lot of memory
        return Loaded(path, text, bom, _registry_in(text))


@lru_cache(maxsize=1)
def _registry_in(text: str) -> Registry:
    """Return the registry in a text; it is not parsed again if the same text is read again, as before a write."""
    return _parse(text)


def read_text(path: StrPath) -> str:
    """Return the text of the file at a path without its byte order mark, registry or not.

    Raises `CannotRead`, and `Malformed` if it is not a regular file or not UTF-8.
    """
    path = Path(path)
    with _named(path):
        return decode(sources.read(path))


def edit(
    path: StrPath,
    command: Command,
    *,
    guard: Guard,
    without_comments: "Mapping[Key, Goes]" = MappingProxyType({}),
    new_text: Callable[[str], str] | None = None,
    expected: Written | None = None,
    prepared: Written | None = None,
    dry_run: bool = False,
    before_replace: Callable[[], object] = files.nothing,
) -> Written:
    """Apply `command` to the registry at a path, under its lock from the read to the replacement.

    The records in `without_comments` lose the comments that its predicate selects. `new_text` makes the new text from
    the old one, if that is not simply the old one with the changes applied. `guard(before, after, changes)` can refuse
    the write by raising any exception. `expected` is what the user was shown: if the changes or the removed comments
    differ from it, the write is refused. `prepared` is the result of the same edit as a dry run: it counts if the file
    has not changed since. `before_replace` is called right before the file is replaced, the last moment at which
    nothing is saved. A `dry_run` fails where the write would fail, takes no lock and writes nothing. If nothing
    changes, nothing is written.

    Raises what `load` raises, `Locked`, `CannotWrite`, `ChangedMeanwhile`, `CannotEdit`, `NotVerified`, and
    what `command`, `new_text`, `guard` and `before_replace` raise. The file is then as it was.
    """
    path = Path(path)
    with _named(path), _held(path, dry_run=dry_run) as loaded:
        if prepared is not None and prepared.before is loaded.registry:
            written = prepared
        else:
            written = _carry_out(loaded, command, guard, without_comments, new_text, expected)
        old, data = loaded.data, loaded.marked(written.text.encode())
        if dry_run or data == old:
            return written
        return replace(written, durable=_replaced(loaded.path, old, data, before_replace))


def reworded(loaded: Loaded, make: Callable[[str], str]) -> Rewritten:
    """Rewrite a registry's text: `make` makes the new text from the old one; neither has a BOM.

    The new text must contain the same registry. Raises `NotVerified` if it does not, and what `make` raises.
    """
    new = make(loaded.text)
    if new != loaded.text:
        _verified(new, loaded.registry)
    return Rewritten(loaded.data.decode(), new, durable=True)


def rewrite(
    path: StrPath,
    make: Callable[[str], str],
    *,
    prepared: Rewritten | None = None,
    before_replace: Callable[[], object] = files.nothing,
) -> Rewritten:
    """Replace the text of the registry at a path, as `reworded` rewrites it.

    It works under the lock, and calls `before_replace`, as `edit` does. `prepared` is what `reworded` gave before: it
    counts if the file has not changed since. If the text is the same, nothing is written.

    Raises what `load` and `reworded` raise, `Locked`, `CannotWrite`, `ChangedMeanwhile`, and what `before_replace`
    raises. The file is then as it was.
    """
    path = Path(path)
    with _named(path), _held(path) as loaded:
        old = loaded.data
        done = prepared if prepared is not None and prepared.old.encode() == old else reworded(loaded, make)
        if done.new == done.old:
            return done
        return replace(done, durable=_replaced(loaded.path, old, done.new.encode(), before_replace))


def create(
    path: StrPath, text: str, registry: Registry, *, before_replace: Callable[[], object] = files.nothing
) -> bool:
    """Create the file of a registry at a path; `text` must contain exactly that registry.

    Returns whether the system confirms that it would survive a power cut. Raises `AlreadyThere`, `CannotWrite` and
    `NotVerified`; then nothing was created.
    """
    _verified(text, registry)
    return files.create_file(path, text.encode(), before_replace=before_replace)


@contextmanager
def _held(path: Path, *, dry_run: bool = False) -> Iterator[Loaded]:
    """Load the registry at a path in order to replace it; it is locked, except in a dry run."""
    real = _real_file(path)
    files.require_writable(real)
    with nullcontext() if dry_run else files.lock(real):
        yield load(real)


def _replaced(path: Path, old: bytes, new: bytes, before_replace: Callable[[], object]) -> bool:
    """Replace the content of a locked registry file; return whether it would survive a power cut."""
    files.remove_leftovers(path)
    try:
        return files.replace_file(path, new, expected=old, before_replace=before_replace)
    except BaseException:
        # An interrupt can come between the creation of a temporary file and the assignment of its name.
        files.remove_leftovers(path)
        raise


def _carry_out(
    loaded: Loaded,
    command: Command,
    guard: Guard,
    without_comments: "Mapping[Key, Goes]",
    new_text: Callable[[str], str] | None,
    expected: Written | None,
) -> Written:
    """Return the verified and permitted result of an edit."""
    from pkes.registry import changes

    before = loaded.registry
    try:
        wanted = command(before)
    except (errors.WrongInput, errors.NotFound, errors.Ambiguous) as error:
        if expected is None:
            raise
        # It was possible when it was shown to the user.
        raise errors.ChangedMeanwhile(os.fspath(loaded.path)) from error
    found = changes.compare(before, wanted)
    if expected is not None and not changes.same_changes(found, expected.changes):
        raise errors.ChangedMeanwhile(os.fspath(loaded.path))
    if not found and not without_comments and not new_text:
        return Written(before, loaded.text, before, (), (), durable=True)
    text, lost = (
        (new_text(loaded.text), ()) if new_text else changes.apply(loaded.text, found, wanted, without_comments)
    )
    if expected is not None and lost != expected.lost:
        raise errors.ChangedMeanwhile(os.fspath(loaded.path))
    after = _verified(text, wanted, loaded)
    guard(before, after, found)
    return Written(before, text, after, found, lost, durable=True)


def _verified(text: str, wanted: Registry, edited: Loaded | None = None) -> Registry:
    """Return the registry in a new text; raise `NotVerified` unless it is the wanted one, and can be written as UTF-8.

    If the text was made by an edit, only what is not written in the `edited` registry in the same way is parsed.
    """
    from pkes.registry import changes

    try:
        after = _parse(text, edited)
        text.encode()
    except (UnicodeEncodeError, errors.Malformed) as error:
        raise errors.NotVerified("meaning") from error
    if changes.compare(after, wanted):
        raise errors.NotVerified("meaning")
    return after


def _real_file(path: Path) -> Path:
    """Return the path of a file with all links resolved; raise `CannotRead` or `Malformed` if there is no such file."""
    try:
        real = Path(os.path.realpath(path, strict=True))
        sources.require_regular(real.stat())
        if not os.access(real, os.R_OK):
            raise OSError(errno.EACCES, os.strerror(errno.EACCES))
    except OSError as error:
        raise errors.CannotRead(os.fspath(path), error) from error
    return real


def _parse(text: str, known: Loaded | None = None) -> Registry:
    """Parse without the garbage collector, which would search thousands of new records in vain."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        if known is None:
            return parsing.parse(text)
        from pkes.registry.parsing_again import parse_near

        return parse_near(text, known.text, known.registry)
    finally:
        if enabled:
            gc.enable()


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Make errors name the file as the user does, not by its real path."""
    try:
        yield
    except (errors.CannotRead, errors.Malformed, errors.Unwritable) as error:
        error.path = os.fspath(path)
        raise
