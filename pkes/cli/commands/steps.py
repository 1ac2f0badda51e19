"""The commands for the steps of an inquiry: from the first contact to membership, or to its end."""

from typing import Annotated

import typer
from msgspec.structs import replace

from pkes.cli import options, questions
from pkes.cli.edits import each
from pkes.cli.questions import ask_whether_known, free_id, require_form, required, was_asked, whether_known
from pkes.cli.spelling import write_as_meant
from pkes.cli.state import State
from pkes.cli.write import write, writing
from pkes.errors import gathered
from pkes.i18n import _
from pkes.model.records import Inquiry, Member, Registry, fields
from pkes.model.values import read
from pkes.registry import inquiries, members, near_misses
from pkes.registry.assignments import assign
from pkes.registry.selection import find_inquiry
from pkes.storage import store

app = typer.Typer()

_INQUIRIES = _("Inquiries")
_Reason = Annotated[str | None, typer.Option("--reason", metavar=_("TEXT"), help=_("Why, in one line."))]


@writing(app, "accept", help=_("Make a member from an inquiry."), panel=_INQUIRIES, asks=True)
def accept(
    state: State,
    inquiry: options.Inquiry,
    assignments: Annotated[
        list[str] | None, typer.Argument(metavar=_("FIELD=VALUE …"), help=_("Fields of the member to be."))
    ] = None,
    id: Annotated[str | None, typer.Option("--id", metavar="ID", help=_("Its id; else made from the name."))] = None,
    on: options.On = None,
) -> None:
    """Create a member from an inquiry, link both, and close the inquiry, all in one write."""
    is_interactive = questions.is_interactive() and not state.dry_run
    asks = is_interactive and not state.yes
    day = options.read_day(on, state.today)
    registry = store.load(state.path).registry
    found = find_inquiry(registry, inquiry)
    inquiries.require(found, "accept")
    require_form(id)

    def member(registry: Registry, inquiry: Inquiry) -> Member:
        return assign(registry, inquiries.member_from(inquiry, day), assignments or [])

    given = {name: value for name in ("name", "sector") if (value := getattr(member(registry, found), name))}
    values = required(registry, given, asks=asks, as_fields=True)
    ask_whether_known(near_misses.named_nearly(registry, values["name"]), asks=asks)
    chosen = free_id(registry, values["name"], id, asks=is_interactive, yes=state.yes)

    def command(before: Registry) -> Registry:
        inquiry = find_inquiry(before, found.id)
        made = replace(member(before, inquiry), **values, id=members.new_id(before, chosen))
        return inquiries.accept(before, inquiry.id, made, day)

    write_as_meant(state, command, whether_known, asked=was_asked(given, values["name"], id, chosen))


_HELP = {
    "answer": _("Say that an inquiry was answered."),
    "close": _("Close an inquiry that is settled."),
    "decline": _("Close an inquiry that the cluster does not follow."),
    "withdraw": _("Close an inquiry that its sender took back."),
    "reopen": _("Open a closed inquiry again."),
}
"""The help of the steps whose commands take only their name."""


def _register(step: inquiries.Step) -> None:
    """Register the command of a step, with the options that the step uses."""

    def take(state: State, inquiry: options.Inquiries, reason: _Reason = None, on: options.On = None) -> None:
        def command(before: Registry) -> Registry:
            day, why = state.today, None
            with gathered() as tried:
                with tried():
                    day = options.read_day(on, state.today)
                with tried():
                    why = str(read(fields(Inquiry)["reason"], reason)) if reason else None
                with tried():
                    before = each(
                        before, "inquiry", inquiry, lambda held, id: inquiries.take(held, id, step.name, day, why)
                    )
            return before

        write(state, command)

    unused = [name for name, used in (("reason", step.has_reason), ("on", step.dates)) if not used]
    writing(app, step.name, help=_HELP[step.name], panel=_INQUIRIES)(options.without(*unused)(take))


for one in inquiries.STEPS.values():
    if one.name in _HELP:
        _register(one)
