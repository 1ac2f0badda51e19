"""Reporting changes that are not saved in git, and saving each write if the registry's policy says so."""

from pkes.cli.messages.errors import words
from pkes.cli.state import State
from pkes.cli.terminal import output
from pkes.errors import GitFailed, NoRepository, NotSaved
from pkes.git import save
from pkes.git.repository import Repository
from pkes.i18n import _, ngettext
from pkes.model.records import Registry


def at_once(state: State, registry: Registry) -> None:
    """Save a registry that was just written; if that fails, only warn, because the write is done."""
    try:
        repository = Repository.require(state.path)
        if found := save.unsaved(repository, registry):
            save.save(repository, save.message(found))
    except (GitFailed, NoRepository, NotSaved) as error:
        said = words(error)
        output.warn(_("written, but not saved: {reason}").format(reason=said.what), *said.below)


def count(state: State, registry: Registry) -> int | None:
    """Return the number of records with unsaved changes; None without a git repository."""
    try:
        found = save.unsaved(Repository.require(state.path), registry)
    except (GitFailed, NoRepository):
        return None
    return found.records if found else 0


def line(state: State, registry: Registry) -> str:
    """Return a line that says what is not saved, and since when; "" if nothing is, or there is no git."""
    try:
        found = save.unsaved(Repository.require(state.path), registry)
    except (GitFailed, NoRepository):
        return ""
    if not found:
        return ""
    if found.since is None:
        return _("The registry is not saved in git yet.")
    if not found.records:
        return _("Not saved since {day}: the form of the file.").format(day=found.since)
    said = ngettext(
        "Not saved since {day}: changes of {count} record.",
        "Not saved since {day}: changes of {count} records.",
        found.records,
    )
    return said.format(day=found.since, count=found.records)
