"""The commands of the roster."""

from collections.abc import Mapping
from typing import Annotated, Any

import typer

from pkes import model, roster, store
from pkes.cli import ask, joining, lists, options, output
from pkes.cli.state import State, load
from pkes.cli.wording import did_you_mean
from pkes.cli.write import Flags, write
from pkes.i18n import _, ngettext
from pkes.lookup import find_member, find_sector
from pkes.model import Member, Registry
from pkes.selection import MEMBER_STATUSES, Filters, known, select
from pkes.values import read

app = typer.Typer()

COLUMNS = ("id", "name", "sector", "legal_form", "town")

_ROSTER = _("The roster")
_Values = list[str] | None


@app.command("list", help=_("The members, as a table."), rich_help_panel=_ROSTER)
def list_members(
    context: typer.Context,
    sector: options.Sectors = None,
    town: Annotated[_Values, typer.Option(metavar="TOWN", help=_("Only from this town."))] = None,
    county: Annotated[_Values, typer.Option(metavar="COUNTY", help=_("Only from this county."))] = None,
    legal_form: Annotated[_Values, typer.Option(metavar="FORM", help=_("Only of this legal form."))] = None,
    tags: Annotated[_Values, typer.Option(metavar="TAG", help=_("Only with this tag."))] = None,
    offers: Annotated[_Values, typer.Option(metavar="OFFER", help=_("Only who offers this."))] = None,
    needs: Annotated[_Values, typer.Option(metavar="NEED", help=_("Only who needs this."))] = None,
    search: options.Search = None,
    status: Annotated[str, typer.Option(metavar="STATUS", help=_("current, former or all."))] = "current",
    sort: options.Sort = "name",
    fields: options.Fields = None,
    limit: options.Limit = None,
    no_headers: options.NoHeaders = False,
    as_json: options.Json = False,
) -> None:
    """Show the members that the filters leave."""
    state: State = context.obj
    listing = lists.read_listing(
        Member, COLUMNS, sort_by=sort, named=fields, limit=limit, as_json=as_json, no_headers=no_headers
    )
    status = known("status", status, MEMBER_STATUSES)
    registry = load(state).registry
    wanted = {
        "sector": [find_sector(registry, one) for one in sector or ()],
        "town": town,
        "county": county,
        "legal_form": legal_form,
        "tags": tags,
        "offers": offers,
        "needs": needs,
    }
    filters = Filters({field: values for field, values in wanted.items() if values}, search or "", status)
    members = list(registry.members.values())
    found = lists.choose(listing, members, filters, state)
    if not found and limit != 0:
        _hint_at_nothing(members, filters, state)
    count = ngettext("{count} member", "{count} members", len(found)).format(count=len(found))
    lists.show(listing, state, registry, found, count)


@app.command("show", help=_("All that is known of one member."), rich_help_panel=_ROSTER)
def show_member(
    context: typer.Context,
    member: options.Member,
    as_json: options.Json = False,
) -> None:
    """Show one record whole."""
    state: State = context.obj
    registry = load(state).registry
    lists.show_one(state, registry, find_member(registry, member), as_json=as_json)


@app.command("add", help=_("Add a member."), rich_help_panel=_ROSTER)
@options.with_fields(Member, "name")
def add_member(
    context: typer.Context,
    given: Mapping[str, Any],
    name: Annotated[str | None, typer.Argument(metavar="NAME", help=_("Its full name."))] = None,
    id: Annotated[str | None, typer.Option("--id", metavar="ID", help=_("Its id; else made from the name."))] = None,
    dry_run: options.DryRun = False,
    as_json: options.Json = False,
    yes: options.Yes = False,
) -> None:
    """Add a member; on a terminal, ask for what is missing."""
    state: State = context.obj
    asks = ask.is_interactive() and not dry_run
    registry = store.load(state.path).registry
    values = options.read_fields(Member, {"name": name, **given} if name else given)
    values |= joining.required(registry, values, asks=asks)
    chosen = joining.free_id(registry, values["name"], id, asks=asks, yes=yes)
    write(state, lambda before: roster.add(before, chosen, values), Flags(dry_run, as_json, yes), joining.whether_known)


@app.command("edit", help=_("Change fields of a member."), rich_help_panel=_ROSTER)
def edit_member(
    context: typer.Context,
    member: options.Member,
    assignments: options.Assignments,
    dry_run: options.DryRun = False,
    as_json: options.Json = False,
) -> None:
    """Change fields of one member."""

    def command(before: Registry) -> Registry:
        return roster.edit(before, find_member(before, member).id, assignments)

    write(context.obj, command, Flags(dry_run, as_json))


@app.command("rename", help=_("Give a member another id; what refers to it follows."), rich_help_panel=_ROSTER)
def rename_member(
    context: typer.Context,
    member: options.Member,
    new: Annotated[str, typer.Argument(metavar="NEW-ID", help=_("Letters a-z, digits and dashes."))],
    dry_run: options.DryRun = False,
    as_json: options.Json = False,
) -> None:
    """Give one member another id."""

    def command(before: Registry) -> Registry:
        return roster.rename(before, find_member(before, member).id, new)

    write(context.obj, command, Flags(dry_run, as_json))


@app.command("leave", help=_("Say that a member has left; it stays on record."), rich_help_panel=_ROSTER)
def leave_member(
    context: typer.Context,
    member: options.Member,
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help=_("The day, month or year (today)."))] = None,
    dry_run: options.DryRun = False,
    as_json: options.Json = False,
) -> None:
    """Make one member a former member."""
    state: State = context.obj
    day = state.today if on is None else read(model.fields(Member)["left"]._replace(name="--on"), on)

    def command(before: Registry) -> Registry:
        return roster.edit(before, find_member(before, member).id, [f"left={day}"])

    write(state, command, Flags(dry_run, as_json))


@app.command("remove", help=_("Take a member off the record, and what refers to it."), rich_help_panel=_ROSTER)
def remove_member(
    context: typer.Context,
    member: options.Member,
    dry_run: options.DryRun = False,
    as_json: options.Json = False,
    yes: options.Yes = False,
) -> None:
    """Remove one member, after a question."""

    def command(before: Registry) -> Registry:
        return roster.remove(before, find_member(before, member).id)

    write(context.obj, command, Flags(dry_run, as_json, yes), lambda _preview, _warnings: _("Remove it?"))


def _hint_at_nothing(members: list[Member], filters: Filters, state: State) -> None:
    """Say on stderr why a list is empty."""
    candidates = select(members, Filters(status=filters.status), state.today)
    missing = lists.missing_values(candidates, filters)
    for field, wanted, nearest in missing:
        what = _('no member listed has {field} "{value}"').format(field=field, value=wanted)
        output.hint(what + did_you_mean(nearest))
    if missing:
        return
    if not candidates:
        output.hint(_("the registry has no such members"))
    elif filters.status == "current" and select(members, filters._replace(status="former"), state.today):
        output.hint(_("only former members fit: --status former"))
    else:
        output.hint(_("no member fits"))
