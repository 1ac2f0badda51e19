"""The commands that save the registry in git, and undo a change."""

import datetime
import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from pkes.cli import questions
from pkes.cli.messages.values import field_name
from pkes.cli.messages.values import record as named
from pkes.cli.state import State
from pkes.cli.terminal import output
from pkes.cli.write import print_changes, say_nothing_changed, write, writing
from pkes.errors import ChangedMeanwhile, Missing, NotFound
from pkes.i18n import _, ngettext
from pkes.model.records import Registry
from pkes.registry.changes import compare
from pkes.registry.parsing import parse
from pkes.registry.selection import find_record
from pkes.storage import store

if TYPE_CHECKING:
    from pkes.git.repository import Repository
    from pkes.git.undo import Taken
    from pkes.merge.records import Conflict
    from pkes.merge.undo import Undone

app = typer.Typer()

_REVIEW = _("Review")


@app.command("save", help=_("Save the registry: a commit of it, and of nothing else."), rich_help_panel=_REVIEW)
def save_registry(
    context: typer.Context,
    text: Annotated[
        str | None, typer.Option("-m", "--message", metavar=_("TEXT"), help=_("What to say of it; else what changed."))
    ] = None,
) -> None:
    """Commit the registry; on a terminal, offer to create a repository if there is none."""
    from pkes.git import save
    from pkes.git.unsaved import Unsaved, unsaved

    state: State = context.obj
    registry = store.load(state.path).registry
    repository = _repository(state, offer=True)
    found = unsaved(repository, registry)
    saved = save.save(repository, text or save.message(found or Unsaved((), "")))
    if saved is None:
        output.hint(_("all is saved"))
    else:
        output.lines([f"{saved.revision} {saved.subject}"])


@writing(app, "undo", help=_("Take back what is not saved, else the last save."), panel=_REVIEW, asks=True)
def undo_change(
    state: State,
    revision: Annotated[
        str | None, typer.Argument(metavar=_("REV"), help=_("A revision of git: what that commit changed."))
    ] = None,
    record: Annotated[
        str | None, typer.Option("--record", metavar=_("RECORD"), help=_("Of this member or inquiry alone."))
    ] = None,
) -> None:
    """Undo a change, field by field; fields that have changed since are kept and reported."""
    from pkes.git import undo

    loaded = store.load(state.path)
    repository = _repository(state)
    taken = undo.unsaved(repository, loaded.text) if revision is None else None
    if taken is None:
        taken = undo.commit(repository, revision)
        if revision is None and not (state.yes or state.dry_run or questions.is_interactive()):
            raise Missing("REV")
    done = _undone(taken, loaded, record, state.today)
    if done.text == loaded.text:
        left = _left(done)
        if not left:
            print_changes((), as_json=state.as_json)
            say_nothing_changed(state)
            return
        output.fail(_("nothing was taken back"), *left)
        raise typer.Exit(2)
    wanted = parse(done.text)

    def command(before: Registry) -> Registry:
        if compare(loaded.registry, before):
            raise ChangedMeanwhile(os.fspath(state.path))
        return wanted

    def text(before: str) -> str:
        if before != loaded.text:
            raise ChangedMeanwhile(os.fspath(state.path))
        return done.text

    asks = _question(taken)
    if write(state, command, lambda _preview, _warnings: asks, new_text=text):
        if not compare(loaded.registry, wanted):
            would = _("only the form of the file would be taken back")
            output.hint(would if state.dry_run else _("only the form of the file was taken back"))
        if left := _left(done):
            output.warn(_("would not be taken back:") if state.dry_run else _("not taken back:"), *left)
            raise typer.Exit(1)


def _undone(taken: "Taken", loaded: store.Loaded, of: str | None, today: datetime.date) -> "Undone":
    """Undo a change in the text of the registry; `of` limits it to one record."""
    from pkes.git.undo import text_merge
    from pkes.merge.undo import undo

    only = None
    if of is not None:
        try:
            only = find_record(loaded.registry, of)
        except NotFound:  # it may be the removed record
            only = find_record(parse(taken.before), of)
    # A clock of git that is ahead of today proves nothing.
    since = taken.since and min(taken.since, today)
    return undo(taken.before, taken.after, loaded.text, only, text_merge, since)


def _question(taken: "Taken") -> str:
    if taken.revision is None:
        return _("Take back what is not saved? It cannot be brought back after that.")
    what = _('Take back "{subject}" ({revision}, {date})?')
    return what.format(subject=taken.revision.subject, revision=taken.revision.hash[:7], date=taken.revision.date)


def _left(done: "Undone") -> tuple[str, ...]:
    """Return a line for each change that could not be undone, with the reason."""
    changed = _("{what}: it was changed again since")
    erased = {
        "member": _("{what}: its personal data was erased, and stays so"),
        "inquiry": _("{what}: its personal data was erased, and stays so, as do its status and dates"),
    }
    linked = _("{inquiry} and {member}: only one of them could be taken back, so both stay")
    comments = ngettext(
        "{count} comment that found no place", "{count} comments that found no place", len(done.lost)
    ).format(count=len(done.lost))
    return (
        *(f"  {changed.format(what=', '.join(_about(one)))}" for one in done.left),
        *(f"  {erased[kind].format(what=named(kind, id))}" for kind, id in done.erased),
        *(
            f"  {linked.format(inquiry=named('inquiry', inquiry), member=named('member', member))}"
            for inquiry, member in done.linked
        ),
        *([f"  {comments}"] if done.lost else []),
    )


def _about(conflict: "Conflict") -> Iterator[str]:
    yield named(conflict.kind, conflict.id)
    if conflict.field is not None:
        yield field_name(conflict.field)


def _repository(state: State, *, offer: bool = False) -> "Repository":
    """Return the repository of the registry; if there is none, `offer` to create one. Raises NoRepository."""
    from pkes.git.repository import Repository

    repository = Repository.find(state.path)
    if repository is None and offer and questions.is_interactive():
        from pkes.git import save

        folder = state.path.resolve().parent
        if not questions.confirm(_('There is no git repository here; make one of "{folder}"?').format(folder=folder)):
            questions.leave()
        save.init(folder)
    return repository or Repository.require(state.path)
