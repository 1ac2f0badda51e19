"""The commands of the roster."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Annotated, Any

import typer

from pkes import model, roster, store
from pkes.cli import ask, lists, options, output
from pkes.cli.state import State, load
from pkes.cli.wording import did_you_mean
from pkes.cli.write import Flags, write
from pkes.errors import Missing
from pkes.findings import Finding
from pkes.i18n import _, ngettext
from pkes.lookup import find_member
from pkes.model import Member, Registry
from pkes.naming import member_id
from pkes.selection import MEMBER_STATUSES, Filters, known, select
from pkes.values import read

app = typer.Typer()

COLUMNS = ("id", "name", "sector", "legal_form", "town")

_ROSTER = _("The roster")
_Values = list[str] | None
_Member = Annotated[str, typer.Argument(metavar="MEMBER", help=_("Its id or name, or a part of one."))]


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
        "sector": lists.read_sectors(registry, sector or []),
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
    member: _Member,
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
    values |= _asked(registry, values, asks=asks)
    if id is None:
        id = member_id(values["name"])
        if asks and (not id or id in registry.members):
            id = _another_id(registry, values["name"])
    write(state, lambda before: roster.add(before, id, values), Flags(dry_run, as_json, yes), _whether_known)


@app.command("edit", help=_("Change fields of a member."), rich_help_panel=_ROSTER)
def edit_member(
    context: typer.Context,
    member: _Member,
    assignments: Annotated[
        list[str],
        typer.Argument(metavar="FIELD=VALUE …", help=_("FIELD= clears; LIST+=ITEM and LIST-=ITEM change one item.")),
    ],
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
    member: _Member,
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
    member: _Member,
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help=_("The day, month or year (today)."))] = None,
    dry_run: options.DryRun = False,
    as_json: options.Json = False,
) -> None:
    """Make one member a former member."""
    state: State = context.obj

    def command(before: Registry) -> Registry:
        return roster.edit(before, find_member(before, member).id, [f"left={on or state.today}"])

    write(state, command, Flags(dry_run, as_json))


@app.command("remove", help=_("Take a member off the record, and what refers to it."), rich_help_panel=_ROSTER)
def remove_member(
    context: typer.Context,
    member: _Member,
    dry_run: options.DryRun = False,
    as_json: options.Json = False,
    yes: options.Yes = False,
) -> None:
    """Remove one member, after a question."""

    def command(before: Registry) -> Registry:
        return roster.remove(before, find_member(before, member).id)

    write(context.obj, command, Flags(dry_run, as_json, yes), lambda _preview, _warnings: _("Remove it?"))


def _asked(registry: Registry, values: Mapping[str, Any], *, asks: bool) -> dict[str, Any]:
    """Return the required fields of a member that were not given, asked for; the sector by id or label.

    Raises `Missing` where nobody can be asked.
    """
    name_field = model.fields(Member)["name"]
    missing = [name for name in ("name", "sector") if name not in values]
    if missing and not asks:
        raise Missing(*("NAME" if name == "name" else "--sector" for name in missing))
    found = {name: values[name] for name in ("name", "sector") if name in values}
    if "name" in missing:
        found["name"] = ask.ask(_("Name"), partial(read, name_field))
    if "sector" in missing:
        choices = ", ".join(registry.sectors)
        found["sector"] = ask.ask(_("Sector ({choices})").format(choices=choices), partial(_sector, registry))
    else:
        found["sector"] = _sector(registry, values["sector"])
    return found


def _sector(registry: Registry, text: str) -> str:
    return lists.read_sectors(registry, [text])[0]


def _another_id(registry: Registry, name: str) -> str:
    question = _("Its id (the one that the name gives is taken)") if member_id(name) else _("Its id")
    return ask.ask(question, partial(roster.new_id, registry), default=roster.free_id(registry, name))


def _whether_known(_preview: store.Written, warnings: Sequence[Finding]) -> str | None:
    """Ask before a member is added that seems to be on record."""
    known = any(finding.code in ("name-twice", "email-twice") for finding in warnings)
    return _("Add it all the same?") if known else None


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
