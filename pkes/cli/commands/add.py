"""The command that adds a member: the others need not make an option for each of its fields."""

from collections.abc import Mapping
from typing import Annotated, Any

import typer

from pkes.cli import member_form, options, questions
from pkes.cli.questions import (
    ask_whether_known,
    free_id,
    require_form,
    required,
    was_asked,
    whether_known,
    whether_right,
)
from pkes.cli.spelling import write_as_meant
from pkes.cli.state import State
from pkes.cli.write import write, writing
from pkes.errors import gathered
from pkes.i18n import _
from pkes.model.records import Member, Registry
from pkes.registry import members, near_misses
from pkes.storage import store

app = typer.Typer()


@writing(app, "add", help=_("Add a member."), panel=_("The roster"), asks=True)
@options.with_fields(Member, "name")
def add_member(
    state: State,
    given: Mapping[str, Any],
    name: Annotated[str | None, typer.Argument(metavar=_("NAME"), help=_("Its full name."))] = None,
    id: Annotated[str | None, typer.Option("--id", metavar="ID", help=_("Its id; else made from the name."))] = None,
    from_krs: Annotated[
        str | None,
        typer.Option("--from-krs", metavar="KRS", help=_("Take what the court register knows (uses the network).")),
    ] = None,
) -> None:
    """Add a member; on a terminal, ask for its fields if none are given, or else for the required ones."""
    options.refuse_together({"--krs": given.get("krs"), "--from-krs": from_krs}, [("--krs", "--from-krs")])
    is_interactive = questions.is_interactive() and not state.dry_run
    asks = is_interactive and not state.yes
    registry = store.load(state.path).registry
    typed: Mapping[str, Any] = {"name": name, **given} if name else given
    values: dict[str, Any] = {}
    with gathered() as step:
        with step():
            values = options.read_fields(Member, typed, registry)
        with step():
            if not (asks or from_krs):
                questions.require_given(typed)
        with step():
            require_form(id)
    if from_krs:
        from pkes.cli import register

        values = register.proposals(from_krs, values, state.today)
    is_form = asks and not (given or from_krs) and bool(registry.sectors)
    known = frozenset(values)
    values |= member_form.fill_in(registry, values.get("name")) if is_form else required(registry, values, asks=asks)
    if not is_form:
        ask_whether_known(near_misses.named_nearly(registry, values["name"]), asks=asks)
    chosen = free_id(registry, values["name"], id, asks=is_interactive, yes=state.yes, says_known=not is_form)

    def command(before: Registry) -> Registry:
        return members.add(before, chosen, values)

    if is_form:
        write(state, command, asked=True)
    else:
        question = whether_right if from_krs else whether_known
        write_as_meant(state, command, question, asked=was_asked(known, values["name"], id, chosen))
