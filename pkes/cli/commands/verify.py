"""The command that compares the roster with the court register."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from pkes.cli import options, questions, register
from pkes.cli.messages.errors import words
from pkes.cli.state import State, load
from pkes.cli.terminal import output
from pkes.cli.terminal.progress import Progress
from pkes.cli.write import print_changes, write, writing
from pkes.errors import ChangedMeanwhile, Missing, NotAllowed, RegisterFailed
from pkes.i18n import _, ngettext
from pkes.model.records import Member, Registry, with_record
from pkes.registers import saved
from pkes.registers.comparing import COMPARED, Comparison, compare, confirmed
from pkes.registers.lookup import look_up
from pkes.registry.changes import compare as compare_registries
from pkes.registry.selection import find_member, is_current, known_field

app = typer.Typer()


@writing(app, "verify", help=_("Compare members with the court register (KRS)."), panel=_("The roster"), asks=True)
def verify(
    state: State,
    members: Annotated[
        list[str] | None,
        typer.Argument(metavar=_("MEMBER …"), help=_("Which ones; else all that have a KRS number.")),
    ] = None,
    fields: Annotated[
        str | None, typer.Option("--fields", metavar="A,B,C", help=_("Compare these fields only."))
    ] = None,
    answers: Annotated[
        Path | None, typer.Option("--answers", metavar=_("FOLDER"), help=_("Take saved answers; use no network."))
    ] = None,
    save_answers: Annotated[
        Path | None, typer.Option("--save-answers", metavar=_("FOLDER"), help=_("Keep the answers, without persons."))
    ] = None,
) -> None:
    """Propose the court register's data where it differs from members, and write what the user accepts."""
    options.refuse_together({"--answers": answers, "--save-answers": save_answers}, [("--answers", "--save-answers")])
    if answers is not None and not answers.is_dir():
        raise typer.BadParameter(_("no such folder"), param_hint="--answers")
    only = _read_fields(fields)
    registry = load(state).registry
    chosen = _chosen(state, registry, members or [])
    found, failed = _looked_up(chosen, _source(answers, save_answers, len(chosen)), only) if chosen else ({}, {})
    _say(found, failed)
    _write(state, registry, found, only)
    if failed:
        raise typer.Exit(1)


def _read_fields(text: str | None) -> Sequence[str]:
    """Read which fields to compare. Raises `UnknownName`, and `BadParameter` for one that is not in the register."""
    if text is None:
        return COMPARED
    names = [known_field(Member, part.strip()) for part in text.split(",")]
    if others := [name for name in names if name not in COMPARED]:
        what = _("the register does not know {fields}; it knows {known}")
        what = what.format(fields=", ".join(others), known=", ".join(COMPARED))
        raise typer.BadParameter(what, param_hint="--fields")
    return names


def _chosen(state: State, registry: Registry, names: Sequence[str]) -> Sequence[Member]:
    """Return the given members, or all current ones with a KRS number; report how many have none.

    Raises what `find_member` raises, and `NotAllowed` for a given member without a number.
    """
    if names:
        named = list({member.id: member for member in (find_member(registry, name) for name in names)}.values())
        if lacking := tuple(member.id for member in named if not member.krs):
            raise NotAllowed("no-krs", id=lacking, first=lacking[0])
        return named
    current = [member for member in registry.members.values() if is_current(member, state.today)]
    having = [member for member in current if member.krs]
    if count := len(current) - len(having):
        what = ngettext(
            "{count} member has no KRS number on record", "{count} members have no KRS number on record", count
        )
        output.hint(what.format(count=count), _('"pkes edit MEMBER krs=NUMBER" sets it'))
    return having


def _source(answers: Path | None, save_answers: Path | None, count: int) -> saved.Source:
    """Return the source of answers; if it is the network, say so."""
    if answers is not None:
        return saved.replaying(answers)
    source = register.online(count)
    return source if save_answers is None else saved.keeping(source, save_answers)


def _looked_up(
    members: Sequence[Member], source: saved.Source, only: Sequence[str]
) -> tuple[dict[str, Comparison], dict[str, RegisterFailed]]:
    """Return the proposals for each member, by id, and why there are none for others."""
    found: dict[str, Comparison] = {}
    failed: dict[str, RegisterFailed] = {}
    with Progress(_("Asking the court register")) as progress:
        progress.start(len(members))
        for member in members:
            try:
                found[member.id] = look_up(member.krs or "", source, member, only)
            except RegisterFailed as error:
                failed[member.id] = error
            progress.advance()
    return found, failed


def _say(found: Mapping[str, Comparison], failed: Mapping[str, RegisterFailed]) -> None:
    """Report what is not a change: first members in liquidation and the like, then failed look-ups."""
    for id, one in found.items():
        register.say(one, of_states=True, prefix=f"{id}: ")
    for id, error in failed.items():
        output.fail(f"{id}: {words(error).what}")
    for id, one in found.items():
        register.say(one, of_states=False, prefix=f"{id}: ")


def _write(state: State, registry: Registry, found: Mapping[str, Comparison], only: Sequence[str]) -> None:
    """Write the accepted proposals. Raises `Missing` if a question is needed and nobody can be asked."""
    asks = not (state.yes or state.dry_run) and any(one.values for one in found.values())
    if asks and not questions.is_interactive():
        raise Missing("--yes")
    taken = {id: one for id, one in found.items() if not (asks and one.values) or _is_taken(state, registry, id, one)}
    if not taken:
        if found:
            output.hint(_("nothing was changed"))
        print_changes((), as_json=state.as_json)
        return

    def command(before: Registry) -> Registry:
        after = before
        for id, one in taken.items():
            member = before.members.get(id)
            # The user agreed to what was shown, so nothing else is written.
            if member is None or (asks and member != registry.members[id]):
                raise ChangedMeanwhile(os.fspath(state.path))
            after = with_record(after, confirmed(member, compare(one.extract, member, only), state.today))
        return after

    write(state, command)


def _is_taken(state: State, registry: Registry, id: str, found: Comparison) -> bool:
    """Show how a member would change, and ask."""
    from pkes.cli.views import changes as views

    after = with_record(registry, confirmed(registry.members[id], found, state.today))
    output.message(output.rendered(*views.grouped(compare_registries(registry, after), (registry, after))))
    return questions.confirm(_("Take it from the register?"))
