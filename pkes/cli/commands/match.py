"""The command that shows which offers fit the needs of other members."""

from collections.abc import Sequence
from typing import Annotated

import typer

from pkes.cli import options, past
from pkes.cli.state import load
from pkes.cli.terminal import output
from pkes.i18n import _
from pkes.model.records import Member
from pkes.registry import matching
from pkes.registry.selection import find_member, is_current

app = typer.Typer()


@app.command("match", help=_("Who offers what another needs."), rich_help_panel=_("The roster"))
def match(
    context: typer.Context,
    member: Annotated[
        str | None, typer.Argument(metavar=_("MEMBER"), help=_("Only what this one offers or needs; else all."))
    ] = None,
    on: past.On = None,
    as_json: options.Json = False,
) -> None:
    """Show the offers that fit the needs of other members, for the current members or those of a day."""
    registry = load(context.obj).registry
    about = None if member is None else find_member(registry, member)
    state, then = past.as_of(context.obj, registry, on)
    current = [one for one in then.members.values() if is_current(one, state.today)]
    found = list(matching.matches(current, about.id if about else None))
    if as_json:
        output.array(one._asdict() for one in found)
    elif output.on_terminal():
        if found:
            from pkes.cli.views.tables import match_table

            output.show(match_table(found, registry.members, output.width()))
    else:
        output.rows(matching.Match._fields, found)
    if on is not None:
        past.hint_at_undated(current)
    if not found:
        output.hint(*_why_nothing(current, about, on))


def _why_nothing(current: Sequence[Member], about: Member | None, on: str | None) -> tuple[str, ...]:
    """Return why there is no match, and what to do about it."""
    if about is not None and about not in current:
        if on is not None:
            return (_('"{id}" was no member on that day').format(id=about.id),)
        return (_('"{id}" has left: only current members are matched').format(id=about.id),)
    if not any(member.offers for member in current):
        return _("no current member says what it offers"), _('"pkes edit MEMBER offers+=…" puts it on record')
    if not any(member.needs for member in current):
        return _("no current member says what it needs"), _('"pkes edit MEMBER needs+=…" puts it on record')
    return (_("no offer fits a need of another member"),)
