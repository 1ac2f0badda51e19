"""The form of a new inquiry: who asks, how to reach them, how it came in, and what it is about."""

from typing import Any

from msgspec.structs import replace

from pkes.cli import form
from pkes.cli.terminal import output
from pkes.i18n import N_, _
from pkes.model.records import Inquiry, Registry, fields
from pkes.registry import inquiries

_TITLES = {"name": N_("Organisation"), "channel": N_("How it came in"), "topic": N_("What it is about")}
"""Questions that differ from the title of the column."""


def fill_in(registry: Registry) -> dict[str, Any]:
    """Ask for the fields of an inquiry, and return the values of those it has.

    A similar open inquiry is mentioned, but there is no question. Raises `Exit` if the user leaves, and
    `KeyboardInterrupt`.
    """
    known = {name: replace(field, title=_TITLES.get(name, field.title)) for name, field in fields(Inquiry).items()}
    form.begin(_("a new inquiry"))
    values: dict[str, Any] = {}
    for one, other in (("name", "person"), ("email", "phone")):
        values[one] = form.ask(known[one], registry)
        values[other] = form.ask(replace(known[other], required=values[one] is None), registry)
    warn_of_alike(registry, values)
    values["channel"] = form.ask_choice(known["channel"], inquiries.channel_of(values))
    values["topic"] = form.ask_choice(known["topic"], "join")
    values["message"] = form.ask_text(known["message"])
    return {name: value for name, value in values.items() if value is not None}


def warn_of_alike(registry: Registry, values: dict[str, Any]) -> None:
    """Warn about open inquiries with the same e-mail address or phone number."""
    for alike in inquiries.alike(registry, Inquiry(**values)):
        output.warn(_('the open inquiry "{id}" has the same e-mail address or phone number').format(id=alike))
