"""Finding out whether there is anything to save, and what."""

from typing import TYPE_CHECKING, NamedTuple

from pkes.errors import Malformed, UnknownRevision
from pkes.git.repository import Repository
from pkes.git.revisions import read
from pkes.git.running import line, run
from pkes.model.records import Registry

if TYPE_CHECKING:
    from pkes.registry.changes import Change


class Unsaved(NamedTuple):
    """What is not saved yet: the changes since the last commit, and that commit's day as YYYY-MM-DD.

    If the registry is in no commit, all of it is new, and there is no day. If the committed version cannot be read, or
    only the form differs, there are no changes.
    """

    changes: "tuple[Change, ...]"
    since: str | None

    @property
    def records(self) -> int:
        """The number of changed records."""
        return len({(change.kind, change.id) for change in self.changes})


def unsaved(repository: Repository, registry: Registry) -> Unsaved | None:
    """Return what is not saved yet of the registry in the file, or None. Raises GitFailed."""
    if is_saved(repository):
        return None
    from pkes.registry.changes import compare
    from pkes.registry.parsing import parse
    from pkes.toml.reading import decode

    try:
        data = read(repository, "HEAD")
        if data is None:
            return Unsaved(compare(Registry(), registry), None)
        changes = compare(parse(decode(data)), registry)
    except UnknownRevision:  # nothing is committed yet
        return Unsaved(compare(Registry(), registry), None)
    except Malformed:
        changes = ()
    day = line(run(repository.folder, "log", "-1", "--format=%as", "--", literal(repository.path)))
    return Unsaved(changes, day)


def is_saved(repository: Repository) -> bool:
    """Return whether the registry's file equals that of the last commit. Raises GitFailed."""
    return not is_changed(repository, repository.path)


def is_changed(repository: Repository, path: str) -> bool:
    """Return whether a file of the work tree differs from that of the last commit. Raises GitFailed."""
    return bool(run(repository.folder, "status", "--porcelain", "-z", "--untracked-files=all", "--", literal(path)))


def literal(path: str) -> str:
    """Return the pathspec of one path from the top folder, whatever characters it has."""
    return f":(top,literal){path}"
