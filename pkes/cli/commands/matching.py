"""The command that brings offers and needs together."""

from collections.abc import Sequence
from typing import Annotated

import typer

from pkes.cli import options
from pkes.cli.state import State, load
from pkes.cli.terminal import output
from pkes.i18n import _
from pkes.model.records import Member
from pkes.registry import matching
from pkes.registry.lookup import find_member
from pkes.registry.selection import is_current

app = typer.Typer()

_ROSTER = _("The roster")


@app.command("match", help=_("Who offers what another needs."), rich_help_panel=_ROSTER)
def match(
    context: typer.Context,
    member: Annotated[
        str | None, typer.Argument(metavar=_("MEMBER"), help=_("Only what this one offers or needs; else all."))
    ] = None,
    as_json: options.Json = False,
) -> None:
    """Show the offers that fit the needs of other current members."""
    state: State = context.obj
    registry = load(state).registry
    about = None if member is None else find_member(registry, member)
    current = [one for one in registry.members.values() if is_current(one, state.today)]
    found = list(matching.matches(current, about.id if about else None))
    if as_json:
        output.array(one._asdict() for one in found)
    elif output.on_terminal():
        if found:
            from pkes.cli.views.matching import table

            output.show(*table(found, registry.members))
    else:
        output.rows(matching.Match._fields, found)
    if not found:
        output.hint(*_why_nothing(current, about))


def _why_nothing(current: Sequence[Member], about: Member | None) -> tuple[str, ...]:
    """Return why there is no match, and the way out."""
    if about is not None and about not in current:
        return (_('"{id}" has left: only current members are matched').format(id=about.id),)
    if not any(member.offers for member in current):
        return _("no current member says what it offers"), _('"pkes edit MEMBER offers+=…" puts it on record')
    if not any(member.needs for member in current):
        return _("no current member says what it needs"), _('"pkes edit MEMBER needs+=…" puts it on record')
    return (_("no offer fits a need of another member"),)
