"""The command of the cluster's policy: how soon it answers, and how long it keeps what it was told."""

import typer
from msgspec.structs import replace

from pkes.cli import options
from pkes.cli.state import State
from pkes.cli.write import Flags, write
from pkes.i18n import _
from pkes.model.records import Registry
from pkes.registry.assignments import assign

app = typer.Typer()

_CLUSTER = _("The cluster")


@app.command("edit", help=_("Change the days to answer in and the months to keep."), rich_help_panel=_CLUSTER)
def edit_policy(
    context: typer.Context,
    assignments: options.Assignments = None,
    dry_run: options.DryRun = False,
    as_json: options.Json = False,
) -> None:
    """Change fields of the policy, those that are given or those that are changed in the editor."""
    state: State = context.obj
    if not assignments:
        from pkes.cli import editing

        editing.edit(state, "policy", lambda _before: None, Flags(dry_run, as_json))
        return

    def command(before: Registry) -> Registry:
        return replace(before, policy=assign(before, before.policy, assignments))

    write(state, command, Flags(dry_run, as_json))
