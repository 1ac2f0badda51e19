"""Which change to undo, and the registry before and after it."""

import datetime
import tempfile
from pathlib import Path
from typing import NamedTuple

from pkes.errors import GitFailed, NotAllowed, NotInClone, UnknownRevision
from pkes.git import comparing, revisions
from pkes.git.repository import Repository
from pkes.git.revisions import Revision
from pkes.git.running import line, merge_file, run
from pkes.git.unsaved import is_saved
from pkes.toml.reading import decode


class Taken(NamedTuple):
    """The change to undo: the registry's text before and after it, without byte order marks.

    `revision` is the commit that made the change, or None if it is not saved. `since` is the day on which the text
    before it was saved, or None if that is not known.
    """

    before: str
    after: str
    revision: Revision | None
    since: datetime.date | None


def unsaved(repository: Repository, now: str) -> Taken | None:
    """Return the unsaved change in a registry's text, or None.

    Raises NotAllowed if the registry was never saved, GitFailed, and `Malformed`.
    """
    if is_saved(repository):
        return None
    try:
        saved = revisions.read(repository, "HEAD")
    except UnknownRevision:
        saved = None
    if saved is None:
        raise NotAllowed("never-saved")
    return Taken(decode(saved), now, None, _saved_on(repository, "HEAD"))


def commit(repository: Repository, name: str | None) -> Taken:
    """Return what a commit, given by any name that git knows, did to the registry; None means the last that changed it.

    Raises UnknownRevision, NotAllowed if the commit did not change the registry or created it, NotInClone if a shallow
    clone ends there, GitFailed, and `Malformed`.
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
    return Taken(decode(before), decode(after), revision, _saved_on(repository, f"{revision.hash}^"))


def _saved_on(repository: Repository, revision: str) -> datetime.date | None:
    """Return the day of the commit that gave the registry the text of a revision; None if it had another path then."""
    path = f":(top,literal){repository.path}"
    day = line(run(repository.folder, "log", "-1", "--format=%as", revision, "--", path))
    return datetime.date.fromisoformat(day) if day else None


def text_merge(base: str, ours: str, theirs: str) -> str | None:
    """Return git's own merge of three texts, or None if it has conflicts."""
    with tempfile.TemporaryDirectory() as folder:
        files = {name: Path(folder) / name for name in ("ours", "base", "theirs")}
        for file, text in zip(files.values(), (ours, base, theirs), strict=True):
            file.write_bytes(text.encode())
        try:
            merged = merge_file(files["ours"], files["base"], files["theirs"])
        except GitFailed:
            return None
    return None if merged.conflicts else merged.data.decode()
