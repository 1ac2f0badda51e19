"""The commands that show the cluster itself, apart from those that change it."""

import sys
from typing import Annotated

import typer
from msgspec.structs import asdict, replace

from pkes.checks import run
from pkes.cli import lists, options, past
from pkes.cli.state import State, load
from pkes.cli.terminal import output
from pkes.i18n import _
from pkes.model import records
from pkes.registry import overview
from pkes.registry.roster import on_day

app = typer.Typer()

_CLUSTER = _("The cluster")


@app.command("profile", help=_("The cluster, as its own page tells it."), rich_help_panel=_CLUSTER)
def show_profile(
    context: typer.Context,
    as_json: options.Json = False,
    as_markdown: Annotated[bool, typer.Option("--markdown", help=_("Print Markdown, for a page or a letter."))] = False,
    on: past.On = None,
) -> None:
    """Show the profile of the cluster, as of today or of a given day."""
    from pkes.cli.views import profile as views

    options.refuse_together({"--markdown": as_markdown, "--json": as_json}, [("--markdown", "--json")])
    registry = load(context.obj).registry
    state, then = past.as_of(context.obj, registry, on)
    # Only today's coordinator is known.
    profile = replace(overview.profile(then, state.today), coordinator=overview.coordinator(registry))
    if on is not None:
        past.hint_at_undated(on_day(then, state.today).members.values())
    if as_json:
        output.document(_profile_as_json(profile))
        return
    profile = replace(profile, cluster=overview.in_language(profile.cluster, state.language))
    if as_markdown:
        output.lines(views.markdown(profile, state.language))
        return
    marks = views.FINE if all(map(output.can_show, views.FINE)) else views.PLAIN
    if output.on_terminal():
        from pkes.cli.views.profile_page import page

        output.show(page(profile, state.language, marks, output.width()))
    else:
        output.show(views.lines(profile, state.language, marks))


@app.command("status", help=_("What needs doing today."), rich_help_panel=_CLUSTER)
def show_status(context: typer.Context, as_json: options.Json = False) -> None:
    """Show what needs doing: waiting inquiries, due erasures, findings, unsaved changes."""
    from pkes.cli import saving

    state: State = context.obj
    registry = load(state, warnings=True).registry
    severities = (finding.severity for finding in run.check(registry, state.today))
    status = overview.status(registry, state.today, severities)
    if as_json:
        output.document(_status_as_json(status, saving.count(state, registry)))
    else:
        from pkes.cli.views import outline
        from pkes.cli.views.status import page

        unsaved, with_names = saving.line(state, registry), output.on_terminal()
        parts = page(status, registry, state.today, state.language, unsaved, with_names=with_names)
        if output.on_terminal() or output.is_coloured(sys.stdout):
            output.show(outline.laid_out(parts))
        else:
            output.write(outline.plain(parts))


def show_cluster(context: typer.Context, as_json: options.Json = False) -> None:
    """Show what the cluster says about itself, unless a command of the group follows."""
    if options.stands_alone(context, {"--json": as_json}):
        state: State = context.obj
        registry = load(state).registry
        lists.show_one(state, registry, registry.cluster, as_json=as_json)


def show_policy(context: typer.Context, as_json: options.Json = False) -> None:
    """Show the policy, on a terminal with the defaults, unless a command of the group follows."""
    if options.stands_alone(context, {"--json": as_json}):
        state: State = context.obj
        registry = load(state).registry
        if as_json or not output.on_terminal():
            lists.show_one(state, registry, registry.policy, as_json=as_json)
            return
        from pkes.cli.views import record as record_views

        output.show([record_views.policy(registry.policy)])


def _status_as_json(status: overview.Status, unsaved: int | None) -> dict[str, object]:
    return {
        "waiting": [asdict(one) for one in status.waiting],
        "retention_due": status.retention_due,
        "findings": status.findings,
        "sectors": [one.row() for one in status.sectors],
        "leaving": [{"id": one.id, "left": str(one.left)} for one in status.leaving],
        "reminders": [one._asdict() for one in status.reminders],
        "unsaved": unsaved,
        "unconfirmed": len(status.unconfirmed),
        "contacts_due": [one.id for one in status.contacts_due],
    }


def _profile_as_json(profile: overview.Profile) -> dict[str, object]:
    return {
        "cluster": records.as_json(profile.cluster),
        "coordinator": records.as_json(profile.coordinator) if profile.coordinator else None,
        "members": {
            "declared": profile.declared,
            "listed": profile.listed,
            "by_sector": [one.row() for one in profile.by_sector],
        },
    }
