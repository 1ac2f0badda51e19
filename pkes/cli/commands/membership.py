"""The commands that change the roster."""

from collections.abc import Mapping
from typing import Annotated, Any, cast

import typer

from pkes.cli import options, questions
from pkes.cli.questions import free_id, require_form, required, whether_known
from pkes.cli.state import State
from pkes.cli.terminal import output
from pkes.cli.write import Flags, write
from pkes.i18n import _
from pkes.model import records
from pkes.model.dates import PartialDate
from pkes.model.records import Member, Registry
from pkes.model.values import read
from pkes.registry import members
from pkes.registry.selection import find_member
from pkes.storage import store

app = typer.Typer()

_ROSTER = _("The roster")


@app.command("add", help=_("Add a member."), rich_help_panel=_ROSTER)
@options.with_fields(Member, "name")
def add_member(
    context: typer.Context,
    given: Mapping[str, Any],
    name: Annotated[str | None, typer.Argument(metavar=_("NAME"), help=_("Its full name."))] = None,
    id: Annotated[str | None, typer.Option("--id", metavar="ID", help=_("Its id; else made from the name."))] = None,
    dry_run: options.DryRun = False,
    as_json: options.Json = False,
    yes: options.Yes = False,
) -> None:
    """Add a member; on a terminal, ask for what is missing."""
    state: State = context.obj
    asks = questions.is_interactive() and not dry_run
    registry = store.load(state.path).registry
    require_form(id)
    values = options.read_fields(Member, {"name": name, **given} if name else given)
    values |= required(registry, values, asks=asks)
    chosen = free_id(registry, values["name"], id, asks=asks, yes=yes)
    write(state, lambda before: members.add(before, chosen, values), Flags(dry_run, as_json, yes), whether_known)


@app.command("edit", help=_("Change fields of a member."), rich_help_panel=_ROSTER)
def edit_member(
    context: typer.Context,
    member: options.Member,
    assignments: options.Assignments = None,
    dry_run: options.DryRun = False,
    as_json: options.Json = False,
) -> None:
    """Change fields of one member, those that are given or those that are changed in the editor."""
    state: State = context.obj
    if not assignments:
        from pkes.cli import editing

        editing.edit(state, "member", lambda before: find_member(before, member).id, Flags(dry_run, as_json))
        return

    def command(before: Registry) -> Registry:
        return members.edit(before, find_member(before, member).id, assignments)

    write(state, command, Flags(dry_run, as_json))


@app.command("rename", help=_("Give a member another id; what refers to it follows."), rich_help_panel=_ROSTER)
def rename_member(
    context: typer.Context,
    member: options.Member,
    new: Annotated[str, typer.Argument(metavar=_("NEW-ID"), help=_("Letters a-z, digits and dashes."))],
    dry_run: options.DryRun = False,
    as_json: options.Json = False,
) -> None:
    """Give one member another id."""
    around: list[str] = []

    def command(before: Registry) -> Registry:
        old = find_member(before, member).id
        ids = [new if id == old else id for id in before.members]
        around[:] = ids[max(ids.index(new) - 1, 0) : ids.index(new) + 2] if new not in before.members else []
        return members.rename(before, old, new)

    write(context.obj, command, Flags(dry_run, as_json))
    if around != sorted(around):
        output.hint(_('it stays where it stands; "pkes fmt" would move it'))


@app.command("leave", help=_("Say that a member has left; it stays on record."), rich_help_panel=_ROSTER)
def leave_member(
    context: typer.Context,
    member: options.Member,
    on: Annotated[
        str | None, typer.Option("--on", metavar=_("DATE"), help=_("The day, month or year (today)."))
    ] = None,
    dry_run: options.DryRun = False,
    as_json: options.Json = False,
) -> None:
    """Make one member a former member."""
    state: State = context.obj
    given = str(state.today) if on is None else on
    left = cast("PartialDate", read(records.fields(Member)["left"]._replace(name="--on"), given))

    def command(before: Registry) -> Registry:
        return members.leave(before, find_member(before, member).id, left)

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
        return members.remove(before, find_member(before, member).id)

    write(context.obj, command, Flags(dry_run, as_json, yes), lambda _preview, _warnings: _("Remove it?"))
