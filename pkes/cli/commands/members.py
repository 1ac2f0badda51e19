"""The commands that show the roster, apart from those that change it: lists must not import what writes need."""

from collections.abc import Sequence
from typing import Annotated, Any

import typer

from pkes.cli import lists, options, past
from pkes.cli.listing import MEMBERS, Wanted, choose, missing_values, read_wanted, with_list_options
from pkes.cli.messages.values import did_you_mean, field_name
from pkes.cli.state import State, load
from pkes.cli.terminal import output
from pkes.errors import gathered
from pkes.i18n import _, ngettext
from pkes.model.records import Member
from pkes.registry import matching
from pkes.registry.selection import Filters, find_member, is_current, select

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
    elif filters.status == "current" and select(members, filters._replace(status="former"), state.today):
        output.hint(_("only former members fit: --status former"))
    else:
        output.hint(_("no member fits"))


@app.command("match", help=_("Who offers what another needs."), rich_help_panel=_ROSTER)
def match(
    context: typer.Context,
    member: Annotated[
        str | None, typer.Argument(metavar=_("MEMBER"), help=_("Only what this one offers or needs; else all."))
    ] = None,
    on: past.On = None,
    as_json: options.Json = False,
) -> None:
    """Show the offers that fit the needs of other members, for the current members or those of a day."""
    registry = load(context.obj).registry
    about = None if member is None else find_member(registry, member)
    state, then = past.as_of(context.obj, registry, on)
    current = [one for one in then.members.values() if is_current(one, state.today)]
    found = list(matching.matches(current, about.id if about else None))
    if as_json:
        output.array(one._asdict() for one in found)
    elif output.on_terminal():
        if found:
            from pkes.cli.views.tables import match_table

            output.show(*match_table(found, registry.members))
    else:
        output.rows(matching.Match._fields, found)
    if on is not None:
        past.hint_at_undated(current)
    if not found:
        output.hint(*_why_nothing(current, about, on))


def _why_nothing(current: Sequence[Member], about: Member | None, on: str | None) -> tuple[str, ...]:
    """Return why there is no match, and what to do about it."""
    if about is not None and about not in current:
        if on is not None:
            return (_('"{id}" was no member on that day').format(id=about.id),)
        return (_('"{id}" has left: only current members are matched').format(id=about.id),)
    if not any(member.offers for member in current):
        return _("no current member says what it offers"), _('"pkes edit MEMBER offers+=…" puts it on record')
    if not any(member.needs for member in current):
        return _("no current member says what it needs"), _('"pkes edit MEMBER needs+=…" puts it on record')
    return (_("no offer fits a need of another member"),)
