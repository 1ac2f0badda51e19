"""The form of a new member: what is asked, in which order, and warnings about existing members."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from pkes.cli import form, questions
from pkes.cli.terminal import output
from pkes.errors import NotSecure, RegisterFailed, WrongValue
from pkes.i18n import _
from pkes.model import dates
from pkes.model.records import Member, Registry, fields
from pkes.registry import members, near_misses
from pkes.registry.selection import is_current

_ASKED = (
    "legal_form", "town", "street", "postal_code", "email", "phone", "nip", "krs", "joined", "offers", "needs", "tags",
)  # fmt: skip
_UNIQUE = ("nip", "krs")
"""The fields that must be unique among current members."""
_TELLING = ("email", *_UNIQUE)
"""The fields that show that a member exists already."""


def fill_in(registry: Registry, name: str | None) -> dict[str, Any]:
    """Ask for the fields of a new member, except for a given name, and return the values that are set.

    Raises `Exit` if the user leaves, and `KeyboardInterrupt`.
    """
    known = fields(Member)
    form.begin(_("a new member of the cluster"))
    values: dict[str, Any] = {"name": name or form.ask(known["name"], registry)}
    name = values["name"]
    questions.ask_whether_known([*members.named_alike(registry, name), *near_misses.named_nearly(registry, name)])
    values["sector"] = questions.ask_sector(registry, _("Sector, by number or name"))
    proposed = {"legal_form": members.legal_form(registry, values["name"]) or "", "joined": str(dates.today())}
    for field in _ASKED:
        judge = partial(_require_unique, registry, field) if field in _UNIQUE else None
        values[field] = form.ask(known[field], registry, proposed.get(field, ""), judge=judge)
        if field in _TELLING and values[field]:
            questions.ask_whether_known(_with(registry, field, values[field]))
        if field == "krs" and values[field]:
            values |= _from_register({name: value for name, value in values.items() if value is not None})
    return {field: value for field, value in values.items() if value is not None}


def _from_register(values: Mapping[str, Any]) -> dict[str, Any]:
    """Ask whether the court register is to fill what was left empty, and return it with the values that were typed."""
    if not questions.confirm(_("Look it up in the court register, for what was left empty? It uses the network.")):
        return {}
    from pkes.cli import register

    try:
        return register.proposals(values["krs"], values, dates.today())
    except (RegisterFailed, NotSecure) as error:
        from pkes.cli.messages.errors import words

        said = words(error)
        output.fail(said.what, *said.below)
        return {}


def _require_unique(registry: Registry, field: str, value: str) -> None:
    """Raise `WrongValue` for a number that a current member has."""
    for member in _with(registry, field, value):
        if is_current(member, dates.today()):
            raise WrongValue(field, "identifier-twice", other=member.id)


def _with(registry: Registry, field: str, value: str) -> list[Member]:
    return [one for one in registry.members.values() if (getattr(one, field) or "").casefold() == value.casefold()]
