"""Reporting changes that are not saved in git, and saving each write if the registry's policy says so."""

from contextlib import suppress

from pkes.cli.state import State
from pkes.cli.terminal import output
from pkes.errors import GitFailed, NoRepository, NotAllowed, NotSaved
from pkes.git.repository import Repository
from pkes.git.unsaved import Unsaved, unsaved
from pkes.i18n import _, ngettext
from pkes.model.records import KindName, Registry


def at_once(state: State, registry: Registry) -> None:
    """Save a registry that was just written; if that fails, only warn, because the write is done."""
    from pkes.cli.messages.errors import words
    from pkes.git import save

    try:
        repository = Repository.require(state.path)
        if found := unsaved(repository, registry):
            save.save(repository, save.message(found))
    except NotSaved as error:  # it says so itself
        said = words(error)
        output.warn(_("written, but {reason}").format(reason=said.what), *said.below)
    except (GitFailed, NoRepository) as error:
        said = words(error)
        output.warn(_("written, but not saved: {reason}").format(reason=said.what), *said.below)


def require_erasure(state: State, registry: Registry, kind: KindName, id: str) -> None:
    """Raise `NotAllowed` if git does not know yet that the personal data of a record was erased.

    Once the record is gone, too, nothing tells of the erasure, and `undo` would bring the data back (GDPR, Art. 17).
    """
    repository = Repository.find(state.path)
    found = unsaved(repository, registry) if repository else None
    if found and any((one.kind, one.id, one.field) == (kind, id, "erased") for one in found.changes):
        raise NotAllowed("erasure-unsaved", id=id)


def count(state: State, registry: Registry) -> int | None:
    """Return the number of records with unsaved changes; None without a git repository."""
    with suppress(GitFailed, NoRepository):
        found = _unsaved(state, registry)
        return found.records if found else 0
    return None


def line(state: State, registry: Registry) -> str:
    """Return a line that says what is not saved, and since when; "" if nothing is, or there is no git."""
    with suppress(GitFailed, NoRepository):
        if found := _unsaved(state, registry):
            return _in_words(found)
    return ""


def _unsaved(state: State, registry: Registry) -> Unsaved | None:
    return unsaved(Repository.require(state.path), registry)


def _in_words(found: Unsaved) -> str:
    if found.since is None:
        return _("The registry is not saved in git yet.")
    if not found.records:
        return _("Not saved since the last save ({day}): the form of the file.").format(day=found.since)
    said = ngettext(
        "Not saved since the last save ({day}): changes of {count} record.",
        "Not saved since the last save ({day}): changes of {count} records.",
        found.records,
    )
    return said.format(day=found.since, count=found.records)
