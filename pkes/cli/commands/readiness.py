"""The command that measures the cluster by published thresholds."""

import typer

from pkes.cli import options
from pkes.cli.state import State, load
from pkes.cli.terminal import output
from pkes.i18n import _
from pkes.registry.readiness import readiness

app = typer.Typer()

COLUMNS = ("scheme", "criterion", "need", "have", "met", "ids", "source")


@app.command(
    "readiness", help=_("How far the cluster is from what published schemes ask."), rich_help_panel=_("The cluster")
)
def show_readiness(context: typer.Context, as_json: options.Json = False) -> None:
    """Show each criterion, whether it is met or by how much it is missed, and the records that count."""
    state: State = context.obj
    registry = load(state).registry
    verdicts = readiness(registry, state.today)
    if as_json:
        output.array(one.row() for one in verdicts)
    elif output.on_terminal():
        from pkes.cli.views.readiness import page

        output.show(page(verdicts, registry, state.language))
    else:
        output.rows(COLUMNS, [tuple(one.row().values()) for one in verdicts])
