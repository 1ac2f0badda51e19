"""The commands of the sectors: what `pkes sectors` shows, and what changes them."""

from collections.abc import Mapping
from functools import partial
from typing import Annotated, Any

import typer

from pkes.cli import options, questions
from pkes.cli.state import State, load
from pkes.cli.terminal import output
from pkes.cli.write import Flags, write
from pkes.errors import Missing
from pkes.i18n import _
from pkes.model.records import Registry, Sector, fields
from pkes.model.values import read
from pkes.registry import members, overview
from pkes.registry.selection import find_sector

app = typer.Typer()

_CLUSTER = _("The cluster")
_Sector = Annotated[str, typer.Argument(metavar="ID", help=_("Its id or label."))]


def show_sectors(context: typer.Context, as_json: options.Json = False) -> None:
    """Show the sectors of the registry, unless a command of the group follows."""
    if not options.stands_alone(context, as_json=as_json):
        return
    state: State = context.obj
    found = overview.sectors(load(state).registry, state.today)
    if as_json:
        output.array(one.row() for one in found)
    elif output.on_terminal():
        from pkes.cli.views.tables import sector_table

        output.show(sector_table(found, state.language))
    else:
        output.rows(("id", *fields(Sector), "members"), [tuple(one.row().values()) for one in found])


@app.command("add", help=_("Add a sector."), rich_help_panel=_CLUSTER)
@options.with_fields(Sector)
def add_sector(
    context: typer.Context,
    given: Mapping[str, Any],
    id: Annotated[str, typer.Argument(metavar="ID", help=_("Letters a-z, digits and dashes."))],
    dry_run: options.DryRun = False,
    as_json: options.Json = False,
) -> None:
    """Add a sector; on a terminal, ask for the labels that are missing."""
    labels = options.read_fields(Sector, given)
    missing = [field for field in fields(Sector).values() if field.name not in labels]
    if missing and (dry_run or not questions.is_interactive()):
        raise Missing(*(f"--{field.option}" for field in missing))
    for field in missing:
        labels[field.name] = questions.ask(_(field.title), partial(read, field))
    write(context.obj, lambda before: members.add_sector(before, id, labels), Flags(dry_run, as_json))


@app.command("edit", help=_("Change the labels of a sector."), rich_help_panel=_CLUSTER)
@options.with_fields(Sector)
def edit_sector(
    context: typer.Context,
    given: Mapping[str, Any],
    id: _Sector,
    dry_run: options.DryRun = False,
    as_json: options.Json = False,
) -> None:
    """Change the labels of one sector, those that are given."""
    labels = options.read_fields(Sector, given)
    if not labels:
        raise Missing(*(f"--{field.option}" for field in fields(Sector).values()))

    def command(before: Registry) -> Registry:
        return members.edit_sector(before, find_sector(before, id), labels)

    write(context.obj, command, Flags(dry_run, as_json))


@app.command("rename", help=_("Give a sector another id; members and inquiries follow."), rich_help_panel=_CLUSTER)
def rename_sector(
    context: typer.Context,
    id: _Sector,
    new: Annotated[str, typer.Argument(metavar=_("NEW"), help=_("Letters a-z, digits and dashes."))],
    dry_run: options.DryRun = False,
    as_json: options.Json = False,
) -> None:
    """Give one sector another id."""

    def command(before: Registry) -> Registry:
        return members.rename_sector(before, find_sector(before, id), new)

    write(context.obj, command, Flags(dry_run, as_json))


@app.command("remove", help=_("Take a sector away that nobody is of."), rich_help_panel=_CLUSTER)
def remove_sector(
    context: typer.Context,
    id: _Sector,
    dry_run: options.DryRun = False,
    as_json: options.Json = False,
) -> None:
    """Remove one sector that is not in use."""

    def command(before: Registry) -> Registry:
        return members.remove_sector(before, find_sector(before, id))

    write(context.obj, command, Flags(dry_run, as_json))
