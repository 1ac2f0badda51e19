"""The commands for what the GDPR asks of whoever keeps data about persons."""

from collections.abc import Iterable, Sequence
from typing import Annotated

import typer

from pkes.cli import lists, options
from pkes.cli.listing import INQUIRIES, Wanted, read_listing
from pkes.cli.messages.values import named, record
from pkes.cli.state import State, load
from pkes.cli.terminal import output
from pkes.cli.write import write, writing
from pkes.errors import GitFailed, Missing
from pkes.i18n import _, ngettext
from pkes.model.records import Inquiry, Registry, fields
from pkes.privacy import report as privacy
from pkes.privacy.traces import Traces
from pkes.registry import inquiries as lifecycle
from pkes.registry import overview
from pkes.registry.changes import Change
from pkes.registry.selection import find_inquiry
from pkes.storage import store

app = typer.Typer()

DUE_COLUMNS = ("id", "received", "closed", "status", "topic")

_PRIVACY = _("Privacy")


@app.command("report", help=_("All that is held about a person or an address."), rich_help_panel=_PRIVACY)
def report(
    context: typer.Context,
    text: Annotated[str, typer.Argument(metavar=_("TEXT"), help=_("A name, an e-mail address or a phone number."))],
    as_json: options.Json = False,
) -> None:
    """Answer a request for access (GDPR, Art. 15)."""
    state: State = context.obj
    loaded = store.load(state.path)
    found = privacy.report(loaded.text, loaded.registry, text)
    if as_json:
        output.array(held._asdict() for held in found)
    elif found and output.on_terminal():
        from pkes.cli.views.record import report as view

        output.show(*view(text, found, loaded.registry, state.language))
    else:
        output.rows(privacy.Held._fields, found)
    if not found:
        output.hint(_("the registry holds nothing of it"))
        return
    # GDPR, Art. 12(3): without undue delay and in any event within one month of receipt of the request.
    until = lifecycle.after_months(state.today, 1)
    output.hint(_("a request of today is to be answered by {day} (GDPR, Art. 12(3))").format(day=until))


@app.command("due", help=_("The inquiries that have been kept for long enough."), rich_help_panel=_PRIVACY)
def due(context: typer.Context, as_json: options.Json = False) -> None:
    """Show the inquiries whose retention is over (GDPR, Art. 5(1)(e))."""
    state: State = context.obj
    registry = load(state).registry
    found = overview.retention_due(registry, state.today)
    listing = read_listing(INQUIRIES, DUE_COLUMNS, Wanted({"sort": "id"}), as_json=as_json)
    if not found:
        output.hint(_("nothing is due"))
    count = ngettext("{count} inquiry", "{count} inquiries", len(found)).format(count=len(found))
    lists.show(listing, state, registry, found, count)


@writing(app, "erase", help=_("Erase the personal data of inquiries."), panel=_PRIVACY, asks=True)
def erase(
    state: State,
    inquiries: Annotated[
        list[str] | None,
        typer.Argument(metavar=_("INQUIRY …"), help=_("Their ids, or parts of an id, name or person.")),
    ] = None,
    all_due: Annotated[bool, typer.Option("--due", help=_("All that have been kept for long enough."))] = False,
) -> None:
    """Erase (GDPR, Art. 17), keep what the statistics need, and name what is left elsewhere."""
    if not inquiries and not all_due:
        raise Missing(f"{_('INQUIRY')} / --due")
    registry = store.load(state.path).registry
    named = [find_inquiry(registry, inquiry).id for inquiry in inquiries or ()]
    over = [inquiry.id for inquiry in overview.retention_due(registry, state.today)] if all_due else []
    ids = tuple(dict.fromkeys([*named, *over]))
    if not ids:
        output.hint(_("nothing is due"))

    def command(before: Registry) -> Registry:
        for id in ids:
            before = lifecycle.erase(before, find_inquiry(before, id).id, state.today)
        return before

    known = _known(registry.inquiries[id] for id in ids)
    found = privacy.traces(known)
    count = len(ids)
    question = ngettext("Erase the personal data of {count} inquiry?", "Erase that of {count} inquiries?", count)
    done = write(
        state,
        command,
        lambda preview, _warnings: question.format(count=count) if preview.changes or preview.lost else None,
        without_comments=[("inquiry", id) for id in ids],
        shown=lambda change: _cleared(change, found),
    )
    if done:
        _say_what_is_left(state, ids, known, found)


def _known(inquiries: Iterable[Inquiry]) -> list[str]:
    """Return what inquiries are known by elsewhere: person, e-mail and phone."""
    return [text for one in inquiries for text in (one.person, one.email, one.phone) if text]


def _cleared(change: Change, found: Traces) -> Change:
    """Return what may be shown of a change: not what was there, nor a key that is itself a trace."""
    return change._replace(old=None, field="…" if change.field and found.found_in(change.field) else change.field)


def _goes(held: privacy.Held, ids: Sequence[str]) -> bool:
    """Whether erasure takes a piece of data: a dry run still sees it."""
    kept = held.field in fields(Inquiry) and held.field not in lifecycle.ERASED
    return held.kind == "inquiry" and held.id in ids and not kept and held.field != "id"


def _say_what_is_left(state: State, ids: Sequence[str], known: Sequence[str], found: Traces) -> None:
    """Say where the file and its git repository still hold what was erased."""
    loaded = store.load(state.path)
    for held in privacy.elsewhere(loaded.text, loaded.registry, known):
        if _goes(held, ids):
            continue
        field = _("a comment") if held.field is None else named(held.field)
        about = f"{record(held.kind, held.id)}, {_('an unknown key') if found.found_in(field) else field}"
        place = f"{state.path}:{held.line}: {about}"
        output.warn(_("it is held elsewhere, too: {place}").format(place=place))
    try:
        _say_what_git_holds(state, found)
    except GitFailed as error:
        output.warn(_("git could not be searched: {reason}").format(reason=error.reason))


def _say_what_git_holds(state: State, found: Traces) -> None:
    from pkes.git.repository import Repository
    from pkes.privacy import in_git

    repository = Repository.find(state.path)
    if repository is None or not found:
        return
    held = in_git.search(repository, found)
    if not held.complete:
        output.warn(_("this clone does not hold all of its repository: what it lacks was not searched"))
    if not held:
        return
    count = len(held.commits)
    done = ngettext(
        "cleared in the file; still in {count} commit", "cleared in the file; still in {count} commits", count
    )
    would = ngettext(
        "it would be cleared in the file; it would still be in {count} commit",
        "it would be cleared in the file; it would still be in {count} commits",
        count,
    )
    lines = [f"  {commit.hash[:10]}  {commit.date}" for commit in held.commits]
    lines += [f"  {ref}" for ref in (*held.refs, *held.stashes)]
    if held.staged:
        lines.append("  " + _("the index"))
    output.warn((would if state.dry_run else done).format(count=count), *lines)
    steps = in_git.rewriting(repository.path, *repository.remotes()[:1])
    output.hint(
        _("these steps clear it there; write each word to replace into {file} first, a line each:").format(
            file=in_git.REPLACEMENTS
        ),
        *(f"  {step}" for step in steps),
    )
