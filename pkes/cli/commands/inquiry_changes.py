"""The commands that take inquiries in and change them, apart from their steps."""

from collections.abc import Container
from functools import partial
from typing import Annotated, Any

import typer

from pkes.cli import inquiry_form, options, questions
from pkes.cli.edits import edit_records, remove_record
from pkes.cli.listing import INQUIRIES, Wanted, with_list_options
from pkes.cli.spelling import write_as_meant
from pkes.cli.state import State
from pkes.cli.write import write, writing
from pkes.errors import Missing, gathered
from pkes.i18n import _
from pkes.model.records import Inquiry, Registry, fields, with_record
from pkes.model.values import read
from pkes.registry import inquiries as lifecycle
from pkes.registry.notes import note
from pkes.registry.selection import find_inquiry
from pkes.storage import store

app = typer.Typer()

_INQUIRIES = _("Inquiries")


@writing(app, "add", help=_("Put an inquiry on record."), panel=_INQUIRIES, asks=True)
@options.with_fields(Inquiry, "answered", "closed", "reason", "notes")
def add_inquiry(
    state: State,
    given: dict[str, Any],
    mail: Annotated[
        str | None,
        typer.Option("--mail", metavar=_("FILE|-"), help=_("An e-mail (.eml) to take it from; options given win.")),
    ] = None,
) -> None:
    """Add an inquiry; on a terminal, ask for its fields if none are given, or else only for who asks."""
    if given.get("message") == "-":
        from pkes.cli import intake

        given["message"] = intake.read_text()
    asks = questions.is_interactive() and not (state.dry_run or state.yes)
    registry = store.load(state.path).registry
    values = {}
    if mail:
        from pkes.cli import intake

        values = intake.read_mail(mail, state.today, has_day="received" in given)
    with gathered() as step:
        with step():
            values = {**values, **options.read_fields(Inquiry, given, registry)}
        with step():
            if not asks:
                _require_sender({**values, **given})
    if is_form := asks and not values:
        values = inquiry_form.fill_in(registry)
    lacking = _lacking(values)
    for pair in lacking:
        values |= _asked(*pair)
    values = {"received": state.today, "channel": lifecycle.channel_of(values), "topic": "join", **values}
    id = lifecycle.draw_id(values["received"], registry.inquiries)

    def command(before: Registry) -> Registry:
        # Under the lock, so that nobody else draws the same id meanwhile.
        free = lifecycle.draw_id(values["received"], before.inquiries) if id in before.inquiries else id
        return lifecycle.receive(before, free, values)

    if is_form:
        write(state, command, asked=True)
    else:
        write_as_meant(state, command, asked=bool(lacking))
        inquiry_form.warn_of_alike(registry, values)


@writing(app, "edit", help=_("Change fields of an inquiry, or of several at once."), panel=_INQUIRIES, asks=True)
@with_list_options(INQUIRIES, ordered=False)
def edit_inquiry(state: State, wanted: Wanted, words: options.NamesAndAssignments = None) -> None:
    """Change the given fields of inquiries or, for a single inquiry, fields in the editor."""
    edit_records(state, INQUIRIES, words or (), wanted)


@writing(app, "note", help=_("Write down what happened, with the day."), panel=_INQUIRIES)
def note_inquiry(
    state: State,
    inquiry: options.Inquiry,
    text: Annotated[str, typer.Argument(metavar=_("TEXT"), help=_("One line."))],
) -> None:
    """Append a line to the notes of one inquiry."""
    line = str(read(fields(Inquiry)["notes"], text))

    def command(before: Registry) -> Registry:
        return with_record(before, note(find_inquiry(before, inquiry), state.today, line))

    write(state, command)


@writing(app, "remove", help=_("Take an inquiry off the record."), panel=_INQUIRIES, asks=True)
def remove_inquiry(
    state: State,
    inquiry: options.Inquiry,
) -> None:
    """Remove one inquiry, after confirmation."""
    remove_record(state, "inquiry", inquiry, lifecycle.remove)


def _lacking(names: Container[str]) -> list[tuple[str, str]]:
    """Return the pairs of fields of which an inquiry needs one, and neither is among those given."""
    return [pair for pair in (("name", "person"), ("email", "phone")) if not any(name in names for name in pair)]


def _require_sender(names: Container[str]) -> None:
    """Raise `Missing` where it is not said who asks, or how to answer."""
    known = fields(Inquiry)
    if lacking := _lacking(names):
        raise Missing(*(" / ".join(f"--{known[name].option}" for name in pair) for pair in lacking))


def _asked(one: str, other: str) -> dict[str, Any]:
    """Return one of two fields, asked for one after the other."""
    known = fields(Inquiry)
    skip = _("Enter: none")
    first = questions.ask(f"{_(known[one].title)} ({skip})", lambda text: read(known[one], text) if text else None)
    if first:
        return {one: first}
    return {other: questions.ask(_(known[other].title), partial(read, known[other]))}
