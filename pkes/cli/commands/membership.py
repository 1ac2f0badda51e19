"""The commands that change the roster."""

import datetime
from collections.abc import Mapping
from typing import Annotated, Any, cast

import typer

from pkes.cli import form, member_form, options, questions
from pkes.cli.edits import each, edit_records
from pkes.cli.listing import MEMBERS, Wanted, with_list_options
from pkes.cli.questions import free_id, require_form, required, whether_known, whether_right
from pkes.cli.spelling import write_as_meant
from pkes.cli.state import State
from pkes.cli.terminal import output
from pkes.cli.write import write, writing
from pkes.errors import Missing, gathered
from pkes.i18n import _
from pkes.model import records
from pkes.model.dates import PartialDate
from pkes.model.records import Member, Registry, with_record
from pkes.model.values import read
from pkes.registry import members, notes
from pkes.registry.selection import find_member
from pkes.storage import store

app = typer.Typer()

_ROSTER = _("The roster")
_REMIND = records.fields(Member)["confirmed"]._replace(name="--remind", past=False)


@writing(app, "add", help=_("Add a member."), panel=_ROSTER, asks=True)
@options.with_fields(Member, "name")
def add_member(
    state: State,
    given: Mapping[str, Any],
    name: Annotated[str | None, typer.Argument(metavar=_("NAME"), help=_("Its full name."))] = None,
    id: Annotated[str | None, typer.Option("--id", metavar="ID", help=_("Its id; else made from the name."))] = None,
    from_krs: Annotated[
        str | None,
        typer.Option("--from-krs", metavar="KRS", help=_("Take what the court register knows (uses the network).")),
    ] = None,
) -> None:
    """Add a member; on a terminal, ask for its fields if none are given, or else for the required ones."""
    options.refuse_together({"--krs": given.get("krs"), "--from-krs": from_krs}, [("--krs", "--from-krs")])
    is_interactive = questions.is_interactive() and not state.dry_run
    asks = is_interactive and not state.yes
    registry = store.load(state.path).registry
    typed: Mapping[str, Any] = {"name": name, **given} if name else given
    values: dict[str, Any] = {}
    with gathered() as step:
        with step():
            values = options.read_fields(Member, typed, registry)
        with step():
            if not (asks or from_krs):
                questions.require_given(typed)
        with step():
            require_form(id)
    if from_krs:
        from pkes.cli import register

        values = register.proposals(from_krs, values, state.today)
    is_form = asks and not (given or from_krs) and bool(registry.sectors)
    values |= member_form.fill_in(registry, values.get("name")) if is_form else required(registry, values, asks=asks)
    chosen = free_id(registry, values["name"], id, asks=is_interactive, yes=state.yes, says_known=not is_form)

    def command(before: Registry) -> Registry:
        return members.add(before, chosen, values)

    if is_form:
        write(state, command, form.whether_to_save, agreed_by_enter=True)
    else:
        write_as_meant(state, command, whether_right if from_krs else whether_known)


@writing(app, "edit", help=_("Change fields of a member, or of several at once."), panel=_ROSTER, asks=True)
@with_list_options(MEMBERS, ordered=False)
def edit_member(state: State, wanted: Wanted, words: options.NamesAndAssignments = None) -> None:
    """Change the given fields of members or, for a single member, fields in the editor."""
    edit_records(state, MEMBERS, words or (), wanted)


@writing(app, "rename", help=_("Give a member another id; what refers to it follows."), panel=_ROSTER)
def rename_member(
    state: State,
    member: options.Member,
    new: Annotated[str, typer.Argument(metavar=_("NEW-ID"), help=_("Letters a-z, digits and dashes."))],
) -> None:
    """Give one member another id."""
    around: list[str] = []

    def command(before: Registry) -> Registry:
        old = new
        with gathered() as step:
            with step():
                old = find_member(before, member).id
            with step():
                require_form(new, "NEW-ID")
        ids = [new if id == old else id for id in before.members]
        around[:] = ids[max(ids.index(new) - 1, 0) : ids.index(new) + 2] if new not in before.members else []
        return members.rename(before, old, new)

    write(state, command)
    if around != sorted(around):
        would = _('it would stay where it stands; "pkes fmt" would move it')
        output.hint(would if state.dry_run else _('it stays where it stands; "pkes fmt" would move it'))


@writing(app, "note", help=_("Write down what was talked about, and what to come back to."), panel=_ROSTER)
def note_member(
    state: State,
    member: options.Member,
    text: Annotated[str | None, typer.Argument(metavar=_("TEXT"), help=_("One line."))] = None,
    remind: Annotated[
        str | None, typer.Option("--remind", metavar=_("DATE"), help=_('Have "pkes status" show it from that day on.'))
    ] = None,
    done: Annotated[bool, typer.Option("--done", help=_("Clear the reminders that are due."))] = False,
) -> None:
    """Append a line to the notes of one member, and to its reminders if a day for it is given."""
    options.refuse_together({"--done": done, "--remind": remind}, [("--done", "--remind")])
    if text is None and (remind or not done):
        raise Missing(_("TEXT") if remind else f"{_('TEXT')} / --done")
    line = None if text is None else str(read(records.fields(Member)["notes"], text))
    day = None if remind is None else cast("datetime.date", read(_REMIND, remind))

    def command(before: Registry) -> Registry:
        noted = find_member(before, member)
        if done:
            noted = notes.settle(noted, state.today)
        if line is not None:
            noted = notes.note(noted, state.today, line)
        if line is not None and day is not None:
            noted = notes.remind(noted, day, line)
        return with_record(before, noted)

    write(state, command)


@writing(app, "leave", help=_("Say that members have left; they stay on record."), panel=_ROSTER)
def leave_member(
    state: State,
    member: options.Members,
    on: Annotated[
        str | None, typer.Option("--on", metavar=_("DATE"), help=_("The day, month or year (today)."))
    ] = None,
) -> None:
    """Make members former members."""
    given = str(state.today) if on is None else on
    was: dict[str, PartialDate] = {}

    def leave(held: Registry, id: str, left: PartialDate) -> Registry:
        if (day := held.members[id].left) and day != left:
            was[id] = day
        return members.leave(held, id, left)

    def command(before: Registry) -> Registry:
        left = PartialDate(state.today)
        was.clear()
        with gathered() as step:
            with step():
                left = cast("PartialDate", read(records.fields(Member)["left"]._replace(name="--on"), given))
            with step():
                before = each(before, "member", member, lambda held, id: leave(held, id, left))
        return before

    write(state, command)
    for id, day in was.items():
        output.warn(_('"{id}" had left already: the day on record was {day}').format(id=id, day=day))


@writing(app, "remove", help=_("Take a member off the record, and what refers to it."), panel=_ROSTER, asks=True)
def remove_member(
    state: State,
    member: options.Member,
) -> None:
    """Remove one member, after confirmation."""

    def command(before: Registry) -> Registry:
        return members.remove(before, find_member(before, member).id)

    registry = store.load(state.path).registry
    held = find_member(registry, member)
    if held.erased:
        from pkes.cli import saving

        saving.require_erasure(state, registry, "member", held.id)
    write(state, command, lambda _preview, _warnings: _("Remove it?"))
