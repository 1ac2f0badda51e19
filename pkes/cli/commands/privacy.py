"""The commands for the duties of the GDPR towards persons whose data is kept."""

import datetime
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Annotated

import typer
from msgspec.structs import replace

from pkes.cli import lists, options
from pkes.cli.listing import INQUIRIES, MEMBERS, Wanted, read_listing
from pkes.cli.messages.values import field_name, named, quoted, record
from pkes.cli.state import State, load
from pkes.cli.terminal import output
from pkes.cli.write import write, writing
from pkes.errors import GitFailed, Missing, gathered
from pkes.i18n import _, ngettext
from pkes.model.records import KIND, Inquiry, KindName, Member, Record, Registry, fields, records
from pkes.privacy import report as privacy
from pkes.privacy.traces import Traces
from pkes.registry import inquiries as lifecycle
from pkes.registry import members, overview
from pkes.registry.changes import Change, Key
from pkes.registry.selection import find_inquiry, find_member, find_person, is_current, known
from pkes.storage import store
from pkes.toml.edit import every

app = typer.Typer()

DUE_COLUMNS = ("id", "received", "closed", "status", "topic")
DUE_MEMBERS = ("id", "name", "left")
_DUE = ("inquiries", "members")

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
    certain = privacy.report(loaded.text, loaded.registry, text)
    similar = privacy.similar(loaded.text, loaded.registry, text, certain)
    found = sorted([*certain, *similar], key=lambda held: held.line)
    if as_json:
        output.array(held._asdict() for held in found)
    elif output.on_terminal():
        from pkes.cli.views.record import report as view

        output.show(view(text, found, loaded.registry, state.language) if found else ())
    else:
        output.rows(privacy.DataItem._fields, found)
    if not found:
        output.hint(_("the registry holds nothing of it"))
        return
    if similar:
        said = ngettext(
            "only a similar name is in line {lines}", "only a similar name is in lines {lines}", len(similar)
        )
        lines = ", ".join(str(held.line) for held in similar)
        output.hint(f"{said.format(lines=lines)}; {_('decide whether the person is meant')}")
    output.hint(
        _("this is the copy of the data (GDPR, Art. 15(3))"),
        _("purposes, recipients, how long it is kept, rights and source are to be told, too (Art. 15(1))"),
    )
    # GDPR, Art. 12(3): without undue delay and in any event within one month of receipt of the request.
    until = lifecycle.after_months(state.today, 1)
    output.hint(_("a request of today is to be answered by {day} (GDPR, Art. 12(3))").format(day=until))


@app.command("due", help=_("What has been kept for long enough."), rich_help_panel=_PRIVACY)
def due(
    context: typer.Context,
    what: Annotated[
        str, typer.Argument(metavar="inquiries|members", help=_("Closed inquiries, or former members' contacts."))
    ] = "inquiries",
    as_json: options.Json = False,
) -> None:
    """Show the inquiries, or the members, whose retention period is over (GDPR, Art. 5(1)(e))."""
    state: State = context.obj
    of_members = known("kind", what, _DUE) == "members"
    registry = load(state).registry
    find = overview.contacts_due if of_members else overview.retention_due
    found: Sequence[Record] = find(registry, state.today)
    kind, columns = (MEMBERS, DUE_MEMBERS) if of_members else (INQUIRIES, DUE_COLUMNS)
    listing = read_listing(kind, columns, Wanted({"sort": "id"}), as_json=as_json)
    # A table has these columns and no others, whatever room there is; objects have every field.
    listing = replace(listing, chosen=not as_json)
    if not found:
        output.hint(_("nothing is due"))
    if of_members:
        count = ngettext("{count} member", "{count} members", len(found))
    else:
        count = ngettext("{count} inquiry", "{count} inquiries", len(found))
    lists.show(listing, state, registry, found, count.format(count=len(found)))


@writing(app, "erase", help=_("Erase the personal data of inquiries and members."), panel=_PRIVACY, asks=True)
def erase(
    state: State,
    persons: Annotated[
        list[str] | None,
        typer.Argument(metavar=_("INQUIRY|MEMBER …"), help=_("Their ids, or parts of an id or a name.")),
    ] = None,
    all_due: Annotated[bool, typer.Option("--due", help=_("All that have been kept for long enough."))] = False,
) -> None:
    """Erase personal data (GDPR, Art. 17), keep what statistics need, and report what is left elsewhere."""
    if not persons and not all_due:
        raise Missing(f"{_('INQUIRY|MEMBER')} / --due")
    registry = store.load(state.path).registry
    keys: list[tuple[KindName, str]] = []
    with gathered() as step:
        for one in persons or ():
            with step():
                keys.append(find_person(registry, one))
    if all_due:
        keys += [("inquiry", one.id) for one in overview.retention_due(registry, state.today)]
        keys += [("member", one.id) for one in overview.contacts_due(registry, state.today)]
    keys = list(dict.fromkeys(keys))
    if not keys:
        output.hint(_("nothing is due"))

    def command(before: Registry) -> Registry:
        for kind, id in keys:
            if kind == "member":
                before = members.erase(before, find_member(before, id).id, state.today)
            else:
                before = lifecycle.erase(before, find_inquiry(before, id).id, state.today)
        return before

    names = _known(registry, keys)
    found = privacy.traces(names)
    asks = _question(registry, keys, state.today)
    done = write(
        state,
        command,
        lambda preview, _warnings: asks if preview.changes or preview.lost else None,
        without_comments={key: partial(_is_about_person, found) if key[0] == "member" else every for key in keys},
        shown=lambda change: _cleared(change, found),
    )
    if done:
        _say_what_is_left(state, keys, names, found)
        if not all(_is_erased(registry, key) for key in keys):
            output.hint(_("whoever was given the data is to be told of the erasure (GDPR, Art. 19)"))


def _is_erased(registry: Registry, key: Key) -> bool:
    kind, id = key
    record = records(registry, KIND[kind])[id or ""]
    return isinstance(record, Member | Inquiry) and record.erased is not None


def _is_about_person(found: Traces, comment: str, field: str | None) -> bool:
    """Return whether a comment of a member is about a person; comments about the organisation stay."""
    return field in members.ERASED or found.found_in(comment)


def _question(registry: Registry, keys: Sequence[Key], today: datetime.date) -> str:
    """Return the question to ask before an erasure; it points out members that have not left."""
    of_members = [id or "" for kind, id in keys if kind == "member"]
    count = len(keys) - len(of_members)
    # Where none has a contact, it is a comment that is to go.
    ids = [id for id in of_members if members.has_contact(registry.members[id])] or ([] if count else of_members)
    inquiries = ngettext("the personal data of {count} inquiry", "the personal data of {count} inquiries", count)
    contacts = ngettext(
        "the contact and the notes of {count} member", "the contacts and the notes of {count} members", len(ids)
    )
    if not keys:
        return ""
    whose = [said.format(count=n) for said, n in ((inquiries, count), (contacts, len(ids))) if n]
    asks = _("Erase {what} and {more}?") if len(whose) > 1 else _("Erase {what}?")
    asks = asks.format(what=whose[0], more=whose[-1])
    current = [quoted(id) for id in ids if is_current(registry.members[id], today)]
    if not current:
        return asks
    said = ngettext("{ids} is a current member.", "{ids} are current members.", len(current))
    return f"{said.format(ids=', '.join(current))} {asks}"


def _known(registry: Registry, keys: Iterable[Key]) -> list[str]:
    """Return the names, e-mails and phone numbers by which the persons of records are known elsewhere."""
    known: list[str | None] = []
    for kind, id in keys:
        record = records(registry, KIND[kind])[id or ""]
        # The name in an inquiry is that of an organisation.
        names = privacy.CONTACT if kind == "member" else ("person", "email", "phone")
        known += [getattr(record, name) for name in names]
    return [text for text in known if text]


def _cleared(change: Change, found: Traces) -> Change:
    """Return a change as it may be shown: without the old value, and without a key that is itself a trace."""
    return change._replace(old=None, field="…" if change.field and found.found_in(change.field) else change.field)


def _goes(held: privacy.DataItem, keys: Sequence[Key], found: Traces) -> bool:
    """Return whether the erasure removes an item of data, which a dry run still finds."""
    if (held.kind, held.id) not in keys or held.field == "id":
        return False
    if held.kind == "member":
        return held.field in members.ERASED or (held.field is None and found.found_in(str(held.value)))
    return held.field not in fields(Inquiry) or held.field in lifecycle.ERASED


def _say_what_is_left(state: State, keys: Sequence[Key], names: Sequence[str], found: Traces) -> None:
    """Report where the file and its git repository still contain the erased data."""
    loaded = store.load(state.path)
    close = privacy.traces(names, inflected=True)
    for held in privacy.elsewhere(loaded.text, loaded.registry, names):
        if _goes(held, keys, found):
            continue
        field = "" if held.field is None else named(held.field)
        where = _("an unknown key") if close.found_in(field) else field_name(field) or _("a comment")
        about = f"{record(held.kind, held.id)}, {where}"
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
