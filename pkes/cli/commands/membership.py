"""The commands that change the roster, apart from the one that adds to it."""

import datetime
from typing import Annotated, cast

import typer
from msgspec.structs import replace

from pkes.cli import options
from pkes.cli.edits import each, edit_records, remove_record
from pkes.cli.listing import MEMBERS, Wanted, with_list_options
from pkes.cli.questions import require_form
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

app = typer.Typer()

_ROSTER = _("The roster")
_REMIND = replace(records.fields(Member)["confirmed"], name="--remind", past=False)


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
                left = cast("PartialDate", read(replace(records.fields(Member)["left"], name="--on"), given))
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
    remove_record(state, "member", member, members.remove)
