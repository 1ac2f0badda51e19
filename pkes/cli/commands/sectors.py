"""The commands that show and change sectors."""

from collections.abc import Mapping
from functools import partial
from typing import Annotated, Any

import typer

from pkes.cli import options, past, questions
from pkes.cli.state import State, load
from pkes.cli.terminal import output
from pkes.cli.write import write, writing
from pkes.errors import Missing, gathered
from pkes.i18n import _
from pkes.model.records import Registry, Sector, fields
from pkes.model.values import read
from pkes.registry import members, overview
from pkes.registry.roster import on_day
from pkes.registry.selection import find_sector

app = typer.Typer()

_CLUSTER = _("The cluster")
_Sector = Annotated[str, typer.Argument(metavar="ID", help=_("Its id or label."))]


def show_sectors(context: typer.Context, on: past.On = None, as_json: options.Json = False) -> None:
    """Show the sectors of the registry, unless a command of the group follows."""
    if not options.stands_alone(context, {"--json": as_json, "--on": on}):
        return
    state, registry = past.as_of(context.obj, load(context.obj).registry, on)
    found = overview.sectors(registry, state.today)
    if as_json:
        output.array(one.row() for one in found)
    elif output.on_terminal():
        from pkes.cli.views.tables import sector_table

        output.show([sector_table(found, state.language)])
    else:
        output.rows(("id", *fields(Sector), "members"), [tuple(one.row().values()) for one in found])
    if on is not None:
        past.hint_at_undated(on_day(registry, state.today).members.values())


@writing(app, "add", help=_("Add a sector."), panel=_CLUSTER, asks=True)
@options.with_fields(Sector)
def add_sector(
    state: State,
    given: Mapping[str, Any],
    id: Annotated[str, typer.Argument(metavar="ID", help=_("Letters a-z, digits and dashes."))],
) -> None:
    """Add a sector; on a terminal, ask for the labels that are missing."""
    labels: dict[str, Any] = {}
    missing = [field for field in fields(Sector).values() if field.name not in given]
    with gathered() as step:
        with step():
            questions.require_form(id, "ID")
        with step():
            labels = options.read_fields(Sector, given)
        with step():
            if missing and (state.dry_run or state.yes or not questions.is_interactive()):
                raise Missing(*(f"--{field.option}" for field in missing))
    for field in missing:
        labels[field.name] = questions.ask(_(field.title), partial(read, field))
    write(state, lambda before: members.add_sector(before, id, labels), asked=bool(missing))


@writing(app, "edit", help=_("Change the labels of a sector."), panel=_CLUSTER)
@options.with_fields(Sector)
def edit_sector(
    state: State,
    given: Mapping[str, Any],
    id: _Sector,
) -> None:
    """Change the given labels of one sector."""
    labels = options.read_fields(Sector, given)
    if not labels:
        raise Missing(*(f"--{field.option}" for field in fields(Sector).values()))

    def command(before: Registry) -> Registry:
        return members.edit_sector(before, find_sector(before, id), labels)

    write(state, command)


@writing(app, "rename", help=_("Give a sector another id; members and inquiries follow."), panel=_CLUSTER)
def rename_sector(
    state: State,
    id: _Sector,
    new: Annotated[str, typer.Argument(metavar=_("NEW"), help=_("Letters a-z, digits and dashes."))],
) -> None:
    """Give one sector another id."""

    def command(before: Registry) -> Registry:
        return members.rename_sector(before, find_sector(before, id), new)

    write(state, command)


@writing(app, "remove", help=_("Take a sector away that nobody is of."), panel=_CLUSTER)
def remove_sector(
    state: State,
    id: _Sector,
) -> None:
    """Remove one sector that is not in use."""

    def command(before: Registry) -> Registry:
        return members.remove_sector(before, find_sector(before, id))

    write(state, command)
