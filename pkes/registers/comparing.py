"""What an extract says otherwise than a member's record: proposed values, and what has to be said in words."""

import datetime
import re
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from msgspec.structs import replace

from pkes.errors import WrongValue
from pkes.model.records import Member, fields
from pkes.model.values import read
from pkes.registers import capitals
from pkes.registers.extract import Extract

COMPARED = (
    "name", "legal_form", "street", "postal_code", "town", "municipality", "county", "voivodeship", "email", "website",
    "nip", "regon",
)  # fmt: skip
"""The fields that the register knows, in the model's order."""

_ONLY_FILLED = ("email", "website")
"""Fields in which the members' own word is better than the register's: these are filled where they are empty."""

_SOURCE = re.compile(r"(?:\A|(?<=; ))KRS, [0-9]{4}-[0-9]{2}-[0-9]{2}(?=; |\Z)")
"""What `confirmed` itself writes in `source`."""


class Notice(NamedTuple):
    """Something to be said of a member that is no change.

    `code` is one of `extract.STATES`; `spelt` (the new value in `field` was made from capitals by rule), `kept` (the
    register has another value in `field`: `said`), or `wrong` (what it has for `field` is no such value).
    """

    code: str
    field: str = ""
    said: str = ""


class Comparison(NamedTuple):
    """What an extract proposes: new values by field, in the model's order, and notices, those of states first."""

    extract: Extract
    values: Mapping[str, str]
    notices: tuple[Notice, ...]


def compare(extract: Extract, member: Member | None = None, only: Collection[str] = COMPARED) -> Comparison:
    """Return what an extract says otherwise than a member's record, in `only` these fields.

    Without a record all that the extract says is proposed. A value that means the same in another spelling is none;
    what the register does not say clears nothing, and an e-mail address that was erased does not come back.
    """
    member = member or Member()
    values: dict[str, str] = {}
    notices = [Notice(state) for state in extract.states]
    for field, text in _proposals(extract, member):
        if field not in only or not text or (member.erased and field == "email"):
            continue
        try:
            value = str(read(fields(Member)[field], text))
        except WrongValue:
            notices.append(Notice("wrong", field))
            continue
        held = getattr(member, field)
        if not held:
            values[field] = value
        elif not _same(field, held, value, extract.town):
            if field in _ONLY_FILLED:
                notices.append(Notice("kept", field, value))
            else:
                values[field] = value
    if "name" in values and values["name"] != extract.name:
        notices.append(Notice("spelt", "name", values["name"]))
    return Comparison(extract, values, tuple(notices))


def confirmed(member: Member, comparison: Comparison, today: datetime.date) -> Member:
    """Return a member's record with all that was proposed, and with where and when it was confirmed.

    `source` names the register and the day of the extract, in the place of an earlier such part. One that is in any of
    the states is not confirmed.
    """
    part = f"KRS, {comparison.extract.day}"
    held = member.source or ""
    source = _SOURCE.sub(part, held, count=1) if _SOURCE.search(held) else "; ".join(filter(None, (held, part)))
    day = member.confirmed if comparison.extract.states else today
    return replace(member, **comparison.values, source=source, confirmed=day)


def _proposals(extract: Extract, member: Member) -> Iterator[tuple[str, str | None]]:
    """Yield what the register has for each field, in our spelling."""
    town = extract.town
    yield "name", capitals.name(extract.name, member.name or "")
    yield "legal_form", extract.legal_form and capitals.legal_form(extract.legal_form)
    yield "street", capitals.street(extract.street, extract.house, extract.flat, town)
    yield "postal_code", extract.postal_code
    yield "town", town and capitals.place(town)
    yield "municipality", extract.municipality and capitals.place(extract.municipality)
    yield "county", extract.county and capitals.county(extract.county)
    yield "voivodeship", extract.voivodeship and capitals.voivodeship(extract.voivodeship)
    yield "email", extract.email and extract.email.lower()
    yield "website", extract.website and extract.website.lower()
    yield "nip", extract.nip
    yield "regon", extract.regon


def _same(field: str, held: str, text: str, town: str | None) -> bool:
    """Return whether a value on record means what the register says."""
    if field == "name":
        return capitals.same_name(held, text)
    if field == "legal_form":
        return capitals.same_legal_form(held, text)
    if field == "street":
        return capitals.same_street(held, text, town)
    if field in ("town", "municipality", "county", "voivodeship"):
        return capitals.same_place(held, text)
    if field == "website":
        return _host_and_path(held) == _host_and_path(text)
    if field == "regon":
        # A local unit's number is that of the whole with five digits behind it.
        return held.startswith(text)
    return held.casefold() == text.casefold()


def _host_and_path(address: str) -> str:
    return re.sub(r"\A(?:https?://)?(?:www\.)?", "", address.casefold()).rstrip("/")
