"""The commands that show inquiries, apart from those that change them: lists must not import what writes need."""

import typer

from pkes.cli import lists, options
from pkes.cli.listing import INQUIRIES, Wanted, choose, read_wanted, with_list_options
from pkes.cli.state import State, load
from pkes.cli.terminal import output
from pkes.i18n import _, ngettext
from pkes.registry import overview
from pkes.registry.selection import find_inquiry

app = typer.Typer()

COLUMNS = ("id", "received", "status", "topic", "name", "person", "town")

_INQUIRIES = _("Inquiries")


@app.command("list", help=_("The inquiries, as a table."), rich_help_panel=_INQUIRIES)
@with_list_options(INQUIRIES)
def list_inquiries(
    context: typer.Context, wanted: Wanted, no_headers: options.NoHeaders = False, as_json: options.Json = False
) -> None:
    """Show the inquiries that pass the filters."""
    state: State = context.obj
    registry = load(state).registry
    listing, filters = read_wanted(INQUIRIES, COLUMNS, wanted, registry, as_json=as_json, headers=not no_headers)
    found = choose(listing, wanted.records(INQUIRIES, registry, state.today), filters, state)
    if not found and listing.limit != 0:
        # The search text is not repeated: it may be a person.
        output.hint(_("no open inquiry fits") if filters.status == "open" else _("no inquiry fits"))
    count = ngettext("{count} inquiry", "{count} inquiries", len(found)).format(count=len(found))
    waiting = overview.waiting(registry, state.today) if output.on_terminal() else {}
    lists.show(listing, state, registry, found, count, waiting)


@app.command("show", help=_("All that is known of one inquiry."), rich_help_panel=_INQUIRIES)
def show_inquiry(
    context: typer.Context,
    inquiry: options.Inquiry,
    as_json: options.Json = False,
) -> None:
    """Show one whole record."""
    state: State = context.obj
    registry = load(state).registry
    lists.show_one(state, registry, find_inquiry(registry, inquiry), as_json=as_json)
