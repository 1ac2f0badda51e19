"""The commands that change what the cluster says of itself, and its policy."""

import typer

from pkes.cli import options
from pkes.cli.edits import edit_record
from pkes.cli.state import State
from pkes.cli.write import writing
from pkes.i18n import _

app = typer.Typer()
policy = typer.Typer()

_CLUSTER = _("The cluster")


@writing(app, "edit", help=_("Change what the cluster says of itself."), panel=_CLUSTER)
def edit_cluster(
    state: State,
    assignments: options.Assignments = None,
) -> None:
    """Change fields of the cluster: those given, or those changed in the editor."""
    edit_record(state, "cluster", lambda _before: None, assignments)


@writing(policy, "edit", help=_("Change the days to answer in and the months to keep."), panel=_CLUSTER)
def edit_policy(
    state: State,
    assignments: options.Assignments = None,
) -> None:
    """Change fields of the policy: those given, or those changed in the editor."""
    edit_record(state, "policy", lambda _before: None, assignments)
