"""The commands that take an inquiry a step further: from the first contact to membership, or to its end."""

from typing import Annotated

import typer
from msgspec.structs import replace

from pkes.cli import options, questions
from pkes.cli.questions import free_id, require_form, required, whether_known
from pkes.cli.state import State
from pkes.cli.write import Flags, write
from pkes.i18n import _
from pkes.model.records import Inquiry, Member, Registry, fields
from pkes.model.values import read
from pkes.registry import inquiries, members
from pkes.registry.assignments import assign
from pkes.registry.selection import find_inquiry
from pkes.storage import store

app = typer.Typer()

_INQUIRIES = _("Inquiries")
_Reason = Annotated[str | None, typer.Option("--reason", metavar=_("TEXT"), help=_("Why, in one line."))]


@app.command("answer", help=_("Say that an inquiry was answered."), rich_help_panel=_INQUIRIES)
def answer(
    context: typer.Context,
    inquiry: options.Inquiry,
    on: options.On = None,
    dry_run: options.DryRun = False,
    as_json: options.Json = False,
) -> None:
    """Take the step to `answered`."""
    _take(context.obj, "answer", inquiry, Flags(dry_run, as_json), on)


@app.command("accept", help=_("Make a member from an inquiry."), rich_help_panel=_INQUIRIES)
def accept(
    context: typer.Context,
    inquiry: options.Inquiry,
    assignments: Annotated[
        list[str] | None, typer.Argument(metavar=_("FIELD=VALUE …"), help=_("Fields of the member to be."))
    ] = None,
    id: Annotated[str | None, typer.Option("--id", metavar="ID", help=_("Its id; else made from the name."))] = None,
    on: options.On = None,
    dry_run: options.DryRun = False,
    as_json: options.Json = False,
    yes: options.Yes = False,
) -> None:
    """Make the member from the inquiry, link both, and close the inquiry: one write."""
    state: State = context.obj
    asks = questions.is_interactive() and not dry_run
    day = options.read_day(on, state.today)
    registry = store.load(state.path).registry
    found = find_inquiry(registry, inquiry)
    inquiries.require(found, "accept")
    require_form(id)

    def member(registry: Registry, inquiry: Inquiry) -> Member:
        return assign(registry, inquiries.member_from(inquiry, day), assignments or [])

    given = {name: value for name in ("name", "sector") if (value := getattr(member(registry, found), name))}
    values = required(registry, given, asks=asks, as_fields=True)
    chosen = free_id(registry, values["name"], id, asks=asks, yes=yes)

    def command(before: Registry) -> Registry:
        inquiry = find_inquiry(before, found.id)
        made = replace(member(before, inquiry), **values, id=members.new_id(before, chosen))
        return inquiries.accept(before, inquiry.id, made, day)

    write(state, command, Flags(dry_run, as_json, yes), whether_known)


@app.command("close", help=_("Close an inquiry that is settled."), rich_help_panel=_INQUIRIES)
def close(
    context: typer.Context,
    inquiry: options.Inquiry,
    reason: _Reason = None,
    on: options.On = None,
    dry_run: options.DryRun = False,
    as_json: options.Json = False,
) -> None:
    """Take the step to `closed`: what asked for information or cooperation is settled."""
    _take(context.obj, "close", inquiry, Flags(dry_run, as_json), on, reason)


@app.command("decline", help=_("Close an inquiry that the cluster does not follow."), rich_help_panel=_INQUIRIES)
def decline(
    context: typer.Context,
    inquiry: options.Inquiry,
    reason: _Reason = None,
    on: options.On = None,
    dry_run: options.DryRun = False,
    as_json: options.Json = False,
) -> None:
    """Take the step to `declined`."""
    _take(context.obj, "decline", inquiry, Flags(dry_run, as_json), on, reason)


@app.command("withdraw", help=_("Close an inquiry that its sender took back."), rich_help_panel=_INQUIRIES)
def withdraw(
    context: typer.Context,
    inquiry: options.Inquiry,
    reason: _Reason = None,
    on: options.On = None,
    dry_run: options.DryRun = False,
    as_json: options.Json = False,
) -> None:
    """Take the step to `withdrawn`."""
    _take(context.obj, "withdraw", inquiry, Flags(dry_run, as_json), on, reason)


@app.command("reopen", help=_("Open a closed inquiry again."), rich_help_panel=_INQUIRIES)
def reopen(
    context: typer.Context,
    inquiry: options.Inquiry,
    dry_run: options.DryRun = False,
    as_json: options.Json = False,
) -> None:
    """Take the step back, to `answered` or `new`."""
    _take(context.obj, "reopen", inquiry, Flags(dry_run, as_json))


def _take(
    state: State, step: str, inquiry: str, flags: Flags, on: str | None = None, reason: str | None = None
) -> None:
    day = options.read_day(on, state.today)
    why = str(read(fields(Inquiry)["reason"], reason)) if reason else None

    def command(before: Registry) -> Registry:
        return inquiries.take(before, find_inquiry(before, inquiry).id, step, day, why)

    write(state, command, flags)
