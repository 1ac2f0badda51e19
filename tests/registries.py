"""Small registries to begin with, in which nothing is wrong, and what makes other ones of them."""

import tomli_w

HEAD = 'format = 1\n[cluster]\nname = "K"\ncoordinator = "a"\n'
"""The least that begins a registry; its coordinator is still to be added."""

REGISTRY = """\
format = 1

[cluster]
name = "Klaster"
coordinator = "igla"

[sectors.ngo]
pl = "organizacje pozarządowe"
en = "NGOs"

[members.igla]
name = "Igła"
sector = "ngo"
email = "igla@example.org"
phone = "+48 12 345 67 89"
"""
"""One member, who coordinates, and one sector."""


def with_sector(text: str, id: str, pl: str, en: str) -> str:
    """Return the text of a registry with one more sector at its end."""
    return _with(text, "sectors", id, {"pl": pl, "en": en})


def with_member(text: str, id: str, **fields: object) -> str:
    """Return the text of a registry with one more member at its end, who has all that a rule may ask for."""
    whole = {"name": id.title(), "sector": "ngo", "email": f"{id}@example.org", "phone": "+48 12 345 67 89"}
    return _with(text, "members", id, whole | fields)


def _with(text: str, table: str, id: str, fields: dict[str, object]) -> str:
    return f"{text}\n{tomli_w.dumps({table: {id: fields}})}"
