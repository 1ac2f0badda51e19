"""The commands of the cluster itself."""

import typer

from pkes import model, overview, store
from pkes.cli import options, output
from pkes.cli.state import State, load
from pkes.i18n import _

app = typer.Typer()

_CLUSTER = _("The cluster")


@app.command("profile", help=_("The cluster, as its own page tells it."), rich_help_panel=_CLUSTER)
def show_profile(context: typer.Context, as_json: options.Json = False) -> None:
    """Show the profile of the cluster."""
    from pkes.cli.views import profile as views

    state: State = context.obj
    profile = overview.profile(load(state).registry, state.today)
    if as_json:
        output.document(_profile_as_json(profile))
        return
    marks = views.FINE if all(map(output.can_show, views.FINE)) else views.PLAIN
    view = views.laid_out if output.on_terminal() else views.lines
    output.show(*view(profile, state.language, marks))


@app.command("sectors", help=_("The sectors and how many members each has."), rich_help_panel=_CLUSTER)
def show_sectors(context: typer.Context, as_json: options.Json = False) -> None:
    """Show the sectors of the registry."""
    state: State = context.obj
    sectors = overview.sectors(load(state).registry, state.today)
    if as_json:
        output.array(sector._asdict() for sector in sectors)
    elif output.on_terminal():
        from pkes.cli.views.sectors import table

        output.show(table(sectors, state.language))
    else:
        output.rows(overview.SectorCount._fields, sectors)


@app.command("status", help=_("What needs doing today."), rich_help_panel=_CLUSTER)
def show_status(context: typer.Context, as_json: options.Json = False) -> None:
    """Show what needs doing: inquiries waiting, retention due, findings."""
    state: State = context.obj
    status = overview.status(store.load(state.path).registry, state.today)
    if as_json:
        output.document(_status_as_json(status))
    else:
        from pkes.cli.views.status import page

        output.show(*page(status, state.language))


def _status_as_json(status: overview.Status) -> dict[str, object]:
    return {
        "waiting": [one._asdict() for one in status.waiting],
        "retention_due": status.retention_due,
        "findings": status.findings,
        "sectors": [sector._asdict() for sector in status.sectors],
    }


def _profile_as_json(profile: overview.Profile) -> dict[str, object]:
    return {
        "cluster": model.as_json(profile.cluster),
        "coordinator": model.as_json(profile.coordinator) if profile.coordinator else None,
        "members": {
            "declared": profile.declared,
            "listed": profile.listed,
            "by_sector": [sector._asdict() for sector in profile.by_sector],
        },
    }
