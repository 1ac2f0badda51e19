"""Which change is to be taken back, and what was there before and after it."""

import tempfile
from pathlib import Path
from typing import NamedTuple

from pkes.errors import GitFailed, NotAllowed, NotInClone, UnknownRevision
from pkes.git import comparing, revisions
from pkes.git.repository import Repository
from pkes.git.revisions import Revision
from pkes.git.running import merge_file, run
from pkes.git.save import is_saved
from pkes.toml.reading import decode


class Taken(NamedTuple):
    """What is to be taken back: the registry's text before and after it, without byte order marks.

    `revision` is the commit that did it; None where it is not saved.
    """

    before: str
    after: str
    revision: Revision | None


def unsaved(repository: Repository, now: str) -> Taken | None:
    """Return what is not saved yet of a registry's text, None where all is.

    Raises NotAllowed where the registry was never saved, GitFailed, and `Malformed`.
    """
    if is_saved(repository):
        return None
    try:
        saved = revisions.read(repository, "HEAD")
    except UnknownRevision:
        saved = None
    if saved is None:
        raise NotAllowed("never-saved")
    return Taken(decode(saved), now, None)


def commit(repository: Repository, name: str | None) -> Taken:
    """Return what a commit did to the registry, by any name that git knows it by; None is the last one that changed it.

    Raises UnknownRevision, NotAllowed where it did nothing to the registry or made it, NotInClone where a shallow clone
    ends there, GitFailed, and `Malformed`.
    """
    found = revisions.history(repository)
    hash = revisions.commit(repository.folder, name) if name is not None else None
    revision = next((one for one in found if hash in (None, one.hash)), None)
    if revision is None:
        raise NotAllowed("not-changed", revision=name or "HEAD")
    if not revision.before:
        raise NotInClone(name or "HEAD", "shallow", comparing.whole(repository))
    if revision.blob is None or revision.before[0] is None:
        raise NotAllowed("no-registry-before", revision=revision.hash[:7])
    before, after = (run(repository.folder, "cat-file", "blob", blob) for blob in (revision.before[0], revision.blob))
    return Taken(decode(before), decode(after), revision)


def text_merge(base: str, ours: str, theirs: str) -> str | None:
    """Return git's own merge of three texts, None where it is not clean."""
    with tempfile.TemporaryDirectory() as folder:
        files = {name: Path(folder) / name for name in ("ours", "base", "theirs")}
        for file, text in zip(files.values(), (ours, base, theirs), strict=True):
            file.write_bytes(text.encode())
        try:
            merged = merge_file(files["ours"], files["base"], files["theirs"])
        except GitFailed:
            return None
    return None if merged.conflicts else merged.data.decode()
