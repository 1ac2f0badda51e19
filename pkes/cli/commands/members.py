"""The commands that show the roster, apart from those that change it: lists must not import what writes need."""

from typing import Any

import typer
from msgspec.structs import replace

from pkes.cli import lists, options, past
from pkes.cli.listing import MEMBERS, Wanted, choose, missing_values, read_wanted, with_list_options
from pkes.cli.messages.values import did_you_mean, field_name
from pkes.cli.state import State, load
from pkes.cli.terminal import output
from pkes.errors import gathered
from pkes.i18n import _, ngettext
from pkes.model.records import Member
from pkes.registry.selection import Filters, find_member, select

app = typer.Typer()

COLUMNS = ("id", "name", "sector", "legal_form", "town")

_ROSTER = _("The roster")


@app.command("list", help=_("The members, as a table."), rich_help_panel=_ROSTER)
@with_list_options(MEMBERS)
def list_members(
    context: typer.Context,
    wanted: Wanted,
    on: past.On = None,
    no_headers: options.NoHeaders = False,
    as_json: options.Json = False,
) -> None:
    """Show the members that pass the filters."""
    state: State = context.obj
    registry = load(state).registry
    with gathered() as step:
        with step():
            listing, filters = read_wanted(MEMBERS, COLUMNS, wanted, registry, as_json=as_json, headers=not no_headers)
        with step():
            state, registry = past.as_of(state, registry, on)
    members: list[Any] = list(wanted.records(MEMBERS, registry, state.today))
    found = choose(listing, members, filters, state)
    if not found and listing.limit != 0:
        hint_at_nothing(members, filters, state)
    if on is not None:
        past.hint_at_undated(found)
    count = ngettext("{count} member", "{count} members", len(found)).format(count=len(found))
    lists.show(listing, state, registry, found, count)


@app.command("show", help=_("All that is known of one member."), rich_help_panel=_ROSTER)
def show_member(
    context: typer.Context,
    member: options.Member,
    as_json: options.Json = False,
) -> None:
    """Show one whole record."""
    state: State = context.obj
    registry = load(state).registry
    lists.show_one(state, registry, find_member(registry, member), as_json=as_json)


def hint_at_nothing(members: list[Member], filters: Filters, state: State) -> None:
    """Say on stderr why a list is empty."""
    candidates = select(members, Filters(status=filters.status), state.today)
    missing = missing_values(candidates, filters)
    for field, wanted, nearest in missing:
        what = _('no member listed has {field} "{value}"').format(field=field_name(field), value=wanted)
        output.hint(what + did_you_mean(nearest))
    if missing:
        return
    if not candidates:
        output.hint(_("the registry has no such members"))
    elif filters.status == "current" and select(members, replace(filters, status="former"), state.today):
        output.hint(_("only former members fit: --status former"))
    else:
        output.hint(_("no member fits"))
