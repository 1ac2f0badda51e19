"""Big registries, the same ones each time: as TOML in canonical form, and the same members as a recutils file.

The first members of a big registry are those of a smaller one. `check` finds nothing wrong with any of them.
"""

import datetime
import re
from collections.abc import Iterator, Sequence
from typing import Any, TypeVar
from zlib import crc32

Value = TypeVar("Value")

SECTORS = {
    "business": ("biznes", "business"),
    "ngo": ("organizacje pozarządowe", "NGOs"),
    "public-administration": ("administracja publiczna", "public administration"),
    "science": ("nauka", "science"),
    "social-economy": ("ekonomia społeczna", "social economy"),
}
LEGAL_FORMS = {
    "business": ("spółka z o.o.", "spółka akcyjna"),
    "ngo": ("fundacja", "stowarzyszenie"),
    "public-administration": ("gmina", "powiat"),
    "science": ("uczelnia wyższa", "instytut badawczy"),
    "social-economy": ("spółdzielnia socjalna", "spółdzielnia"),
}
WORDS = ("Źródło", "Łąka", "Świt", "Żuraw", "Ścieżka", "Pąk", "Gęśl", "Ćma", "Brzoza", "Jodła", "Ósemka", "Most")
STREETS = ("Rynek", "ul. Łąkowa", "ul. Źródlana", "ul. 3 Maja", "al. Świętojańska", "ul. Żwirki i Wigury")
TOWNS = {
    "Rzeszów": "Rzeszów", "Łańcut": "łańcucki", "Dębica": "dębicki", "Przemyśl": "Przemyśl", "Żarnowa": "strzyżowski",
    "Świlcza": "rzeszowski", "Ćmolas": "kolbuszowski", "Jasło": "jasielski",
}  # fmt: skip
OFFERS = ("catering", "druk", "księgowość", "opieka nad dziećmi", "sprzątanie", "szkolenia", "zieleń miejska")
FIRST_DAY = datetime.date(2014, 10, 1)


def member_id(number: int) -> str:
    """Return the id of a member by its number, from 0."""
    return f"m-{number:06}"


def members(count: int) -> dict[str, dict[str, Any]]:
    """Return so many members by id, each with the same 12 fields."""
    return {member_id(number): _member(number) for number in range(count)}


def toml_text(count: int) -> str:
    """Return a registry of so many members, at least one, as TOML in canonical form."""
    return "\n".join(_table(path, record) for path, record in _tables(count)).lstrip("\n")


def neighbours(text: str, id: str) -> tuple[str, str]:
    """Return a registry twice, each with another change of a member: in neighbouring lines, a conflict to git."""
    return re.sub(rf"({id}@.*\nphone = ).*", r'\1"+48 12 640 00 00"', text), text.replace(f"{id}@", "biuro@")


def rec_text(count: int, *, key: bool) -> str:
    """Return so many members as a recutils file; a list is a field that is repeated."""
    head = "%rec: Member\n" + "%key: id\n" * key
    return "\n".join([head, *(_rec(id, record) for id, record in members(count).items())])


def _member(number: int) -> dict[str, Any]:
    id = member_id(number)
    sector = _choose(tuple(SECTORS), id, "sector")
    legal_form = _choose(LEGAL_FORMS[sector], id, "legal_form")
    town = _choose(tuple(TOWNS), id, "town")
    joined = FIRST_DAY + datetime.timedelta(days=_draw(id, "joined", 4000))
    return {
        "name": f"{legal_form.capitalize()} {_choose(WORDS, id, 'name')} i {_choose(WORDS, id, 'other')} nr {number}",
        "sector": sector,
        "legal_form": legal_form,
        "social_enterprise": sector == "social-economy",
        "joined": joined if _draw(id, "day known", 4) else f"{joined:%Y-%m}",
        "street": f"{_choose(STREETS, id, 'street')} {_draw(id, 'house', 120) + 1}",
        "postal_code": f"3{_draw(id, 'region', 10)}-{_draw(id, 'office', 1000):03}",
        "town": town,
        "county": TOWNS[town],
        "email": f"{id}@example.org",
        "phone": f"+48 12 345 {_draw(id, 'phone', 100):02} {_draw(id, 'extension', 100):02}",
        "offers": [offer for offer in OFFERS if not _draw(id, offer, 4)] or ["współpraca"],
    }


def _choose(values: Sequence[Value], id: str, about: str) -> Value:
    return values[_draw(id, about, len(values))]


def _draw(id: str, about: str, below: int) -> int:
    """Return a number that looks drawn, and is the same in every version of Python."""
    return crc32(f"{about} of {id}".encode()) % below


def _tables(count: int) -> Iterator[tuple[str, dict[str, Any]]]:
    yield "", {"format": 1}
    yield "cluster", {"name": "Klaster Próbny", "coordinator": member_id(0), "declared_members": count}
    for id, (pl, en) in SECTORS.items():
        yield f"sectors.{id}", {"pl": pl, "en": en}
    for id, record in members(count).items():
        yield f"members.{id}", record


def _table(path: str, record: dict[str, Any]) -> str:
    return (f"[{path}]\n" if path else "") + "".join(f"{key} = {_toml(value)}\n" for key, value in record.items())


def _toml(value: Any) -> str:
    if isinstance(value, list):
        return "[\n" + "".join(f"    {_toml(item)},\n" for item in value) + "]"
    # No text above holds what TOML would want escaped.
    return f'"{value}"' if isinstance(value, str) else _plain(value)


def _rec(id: str, record: dict[str, Any]) -> str:
    lines = [f"id: {id}\n"]
    for key, value in record.items():
        lines += [f"{key}: {_plain(item)}\n" for item in (value if isinstance(value, list) else [value])]
    return "".join(lines)


def _plain(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
