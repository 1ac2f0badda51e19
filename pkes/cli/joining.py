"""What is asked of a member to be: what is missing, a free id, and whether it is on record already."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from pkes.checks.findings import Finding
from pkes.cli import questions
from pkes.errors import Missing, Taken, WrongValue
from pkes.i18n import _, language_in_use
from pkes.model import records
from pkes.model.names import member_id
from pkes.model.records import Field, Member, Registry
from pkes.model.values import read
from pkes.registry import members
from pkes.registry.lookup import find_sector
from pkes.storage import store


def required(registry: Registry, values: Mapping[str, Any], *, asks: bool, as_fields: bool = False) -> dict[str, Any]:
    """Return the required fields of a member, what was not given asked for; the sector by id or label.

    Raises `Missing` where nobody can be asked: it names the arguments of `add`, or those of a command that takes
    them `as_fields`.
    """
    missing = [name for name in ("name", "sector") if name not in values]
    if missing and not (asks and registry.sectors):
        arguments = {"name": "name=…", "sector": "sector=…"} if as_fields else {"name": _("NAME"), "sector": "--sector"}
        raise Missing(*(arguments[name] for name in missing))
    # What is given is judged before anything is asked.
    found: dict[str, Any] = {"sector": find_sector(registry, values["sector"])} if "sector" in values else {}
    found["name"] = values["name"] if "name" in values else questions.ask(_("Name"), partial(read, _fields()["name"]))
    if "sector" in missing:
        found["sector"] = ask_sector(registry, _("Sector, by number or name"))
    return found


def ask_sector(registry: Registry, question: str) -> str:
    """Ask for a sector of a registry, by its number in the list that is shown, its id or its label; return the id."""
    labels = [(id, getattr(sector, language_in_use()) or id) for id, sector in registry.sectors.items()]

    def parse(text: str) -> str:
        return find_sector(registry, str(read(_fields()["sector"], text)))

    return questions.choose(question, labels, parse)


def _fields() -> dict[str, Field]:
    return records.fields(Member)


def require_form(id: str | None) -> None:
    """Raise `WrongValue` for a given id that no member could have."""
    if id:
        members.unused_id((), id, "id")


def free_id(registry: Registry, name: str, id: str | None, *, asks: bool, yes: bool) -> str:
    """Return the id of a member to be: the one given, else the one that its name gives.

    Where it cannot be taken, another one is offered to somebody who can be asked. Raises `Taken` for a name that gives
    none.
    """
    wanted = member_id(name) if id is None else id
    if wanted and (not asks or wanted not in registry.members):
        return wanted
    if not asks:
        raise Taken("id", "", "") if id is None else WrongValue("id", "empty")
    offered = members.free_id(registry, wanted or "member")
    if yes:
        return offered
    question = _("Its id ({id} is taken)").format(id=wanted) if wanted else _("Its id")
    return questions.ask(question, partial(members.new_id, registry), default=offered)


def whether_known(_preview: store.Written, warnings: Sequence[Finding]) -> str | None:
    """Ask before a member is added that seems to be on record."""
    known = any(finding.code in ("name-twice", "email-twice") for finding in warnings)
    return _("Add it all the same?") if known else None
