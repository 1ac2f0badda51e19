"""A current extract from the National Court Register (KRS), read from the JSON of its open interface.

Of an answer only what is declared here is read: persons (boards, shareholders, liquidators) are skipped unread.
"""

import datetime
import re

import msgspec
from msgspec import Raw, Struct, field

from pkes.errors import RegisterFailed
from pkes.text import characters


class Extract(Struct, frozen=True, kw_only=True):
    """What the register says of an organisation, in its own spelling: mostly capitals; None where it says nothing.

    `day` is the day that the extract shows. `states` are those of `STATES` that it is in.
    """

    number: str
    day: datetime.date
    name: str
    states: tuple[str, ...] = ()
    legal_form: str | None = None
    nip: str | None = None
    regon: str | None = None
    street: str | None = None
    house: str | None = None
    flat: str | None = None
    postal_code: str | None = None
    town: str | None = None
    municipality: str | None = None
    county: str | None = None
    voivodeship: str | None = None
    email: str | None = None
    website: str | None = None


MOST_BYTES = 5 * 1024 * 1024
"""No extract is as long; a longer answer is something else."""

STATES = ("liquidation", "bankruptcy", "dissolved", "not-current")
"""What an organisation can be in that is no usual state; `not-current` is an entry that is not marked as current."""

_CURRENT = 1
_CLAUSES = {
    "liquidation": re.compile(r"[\s,-]+W\s+LIKWIDACJI\b", re.IGNORECASE),
    "bankruptcy": re.compile(r"[\s,-]+W\s+UPADŁOŚCI(?:\s+(?:LIKWIDACYJNEJ|UKŁADOWEJ))?\b", re.IGNORECASE),
}
"""What the law adds to a name in such a state (Commercial Companies Code, art. 274 § 2; Bankruptcy Law, art. 60)."""
_SECTION_6 = {"likwidacj": "liquidation", "upad": "bankruptcy", "rozwiazani": "dissolved", "wykresl": "dissolved"}
"""The state that a part of section 6 stands for, by a piece of its key."""
_EMPTY = (b"null", b"false", b"[]", b"{}", b'""')


# The answer as the register writes it, the fields named by its keys.


class _Part(Struct, omit_defaults=True, kw_only=True):
    """A part of the answer; a key may be absent or null."""


class _Identifiers(_Part):
    regon: str | None = None
    nip: str | None = None


class _Entity(_Part):
    name: str = field(name="nazwa")
    legal_form: str | None = field(name="formaPrawna", default=None)
    identifiers: _Identifiers | None = field(name="identyfikatory", default=None)


class _Seat(_Part):
    voivodeship: str | None = field(name="wojewodztwo", default=None)
    county: str | None = field(name="powiat", default=None)
    municipality: str | None = field(name="gmina", default=None)
    town: str | None = field(name="miejscowosc", default=None)


class _Address(_Part):
    street: str | None = field(name="ulica", default=None)
    house: str | None = field(name="nrDomu", default=None)
    flat: str | None = field(name="nrLokalu", default=None)
    town: str | None = field(name="miejscowosc", default=None)
    postal_code: str | None = field(name="kodPocztowy", default=None)


class _SeatAndAddress(_Part):
    seat: _Seat | None = field(name="siedziba", default=None)
    address: _Address | None = field(name="adres", default=None)
    email: str | None = field(name="adresPocztyElektronicznej", default=None)
    website: str | None = field(name="adresStronyInternetowej", default=None)


class _Section1(_Part):
    entity: _Entity = field(name="danePodmiotu")
    place: _SeatAndAddress | None = field(name="siedzibaIAdres", default=None)


class _Data(_Part):
    section_1: _Section1 = field(name="dzial1")
    section_6: dict[str, Raw] | None = field(name="dzial6", default=None)


class _Header(_Part):
    number: str = field(name="numerKRS")
    day: str = field(name="stanZDnia")
    position: int | None = field(name="stanPozycji", default=None)


class _Extract(_Part):
    header: _Header = field(name="naglowekA")
    data: _Data = field(name="dane")


class _Answer(_Part):
    extract: _Extract = field(name="odpis")


def read(data: bytes, number: str) -> Extract:
    """Return the extract that an answer is: bytes of JSON in UTF-8, asked for by a number of ten digits.

    Raises `RegisterFailed` for what is no such answer: `too-large`, `encoding`, `json`, `form` (detail: `place`, the
    keys that lead to where it differs) and `other-number` (it is the extract of another organisation).
    """
    answer = _decoded(data).extract
    if answer.header.number != number:
        raise RegisterFailed("other-number")
    section = answer.data.section_1
    entity, place = section.entity, section.place or _SeatAndAddress()
    seat, address = place.seat or _Seat(), place.address or _Address()
    identifiers = entity.identifiers or _Identifiers()
    texts = {
        "legal_form": entity.legal_form,
        "nip": identifiers.nip,
        "regon": identifiers.regon,
        "street": address.street,
        "house": address.house,
        "flat": address.flat,
        "postal_code": address.postal_code,
        "town": address.town or seat.town,
        "municipality": seat.municipality,
        "county": seat.county,
        "voivodeship": seat.voivodeship,
        "email": place.email,
        "website": place.website,
    }
    return Extract(
        number=number,
        day=_day(answer.header.day),
        name=_bare_name(entity.name),
        states=_states(answer),
        **{name: _line(text) for name, text in texts.items()},
    )


def reduced(data: bytes) -> bytes:
    """Return an answer with nothing in it but what `read` reads: no person. Raises `RegisterFailed` as `read` does."""
    answer = _decoded(data)
    held = answer.extract.data.section_6 or {}
    kept = {key: Raw(b"[{}]") for key in held if _state(key, held[key])}
    answer.extract.data.section_6 = kept or None
    return msgspec.json.format(msgspec.json.encode(answer), indent=2) + b"\n"


def _decoded(data: bytes) -> _Answer:
    if len(data) > MOST_BYTES:
        raise RegisterFailed("too-large")
    try:
        data = data.decode("utf-8-sig").encode()
    except UnicodeDecodeError:
        raise RegisterFailed("encoding") from None
    try:
        return msgspec.json.decode(data, type=_Answer)
    except msgspec.ValidationError as error:
        # The words are the library's; where it was is ours to say.
        place = re.search(r"at `\$\.?(.*)`", str(error))
        raise RegisterFailed("form", place=place[1] if place else "odpis") from None
    except (msgspec.DecodeError, RecursionError):
        raise RegisterFailed("json") from None


def _line(text: str | None) -> str | None:
    """Return a text of the answer on one line, None where there is nothing in it; a dash alone stands for nothing."""
    line = " ".join(characters.clean(text or "")[0].split())
    return line if line.strip("-–—") else None


def _day(text: str) -> datetime.date:
    try:
        # `strptime` alone would take `1.2.2026`, too.
        if not re.fullmatch(r"[0-9]{2}\.[0-9]{2}\.[0-9]{4}", text):
            raise ValueError
        return datetime.datetime.strptime(text, "%d.%m.%Y").date()
    except ValueError:
        raise RegisterFailed("form", place="odpis.naglowekA.stanZDnia") from None


def _bare_name(text: str) -> str:
    """Return a name without the clause that tells of a state."""
    name = _line(text)
    if name is None:
        raise RegisterFailed("form", place="odpis.dane.dzial1.danePodmiotu.nazwa")
    for clause in _CLAUSES.values():
        name = clause.sub("", name)
    return name


def _states(answer: _Extract) -> tuple[str, ...]:
    name = _line(answer.data.section_1.entity.name) or ""
    found = {state for state, clause in _CLAUSES.items() if clause.search(name)}
    found |= {state for key, held in (answer.data.section_6 or {}).items() if (state := _state(key, held))}
    if answer.header.position not in (None, _CURRENT):
        found.add("not-current")
    return tuple(state for state in STATES if state in found)


def _state(key: str, held: Raw) -> str | None:
    """Return the state that a part of section 6 stands for, None where it is empty or another one's."""
    if b"".join(bytes(held).split()) in _EMPTY:
        return None
    folded = key.lower()
    return next((state for piece, state in _SECTION_6.items() if piece in folded), None)
