"""JSON-LD in the vocabulary of schema.org: the cluster as a `Consortium`, each member as its own type.

It is made for publication: of a member, it contains only what `registry/publishing.py` allows.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from pkes.formats.records import Export, all_columns
from pkes.model.records import KIND, Cluster, Member
from pkes.registry import publishing
from pkes.text.characters import safe
from pkes.text.collation import fold

_TYPES = (
    ("spoldzieln", "Cooperative"),
    ("fundacj", "NGO"),
    ("stowarzyszeni", "NGO"),
    ("uczelni", "CollegeOrUniversity"),
    ("uniwersytet", "CollegeOrUniversity"),
    ("politechnik", "CollegeOrUniversity"),
    ("samorzad", "GovernmentOrganization"),
    ("gmin", "GovernmentOrganization"),
    ("powiat", "GovernmentOrganization"),
    ("urzad", "GovernmentOrganization"),
)
"""How the words of a legal form begin, folded, and the type of schema.org that they mean; the first one decides."""

_IDENTIFIERS = ("krs", "nip", "regon")
_ADDRESS = {"street": "streetAddress", "postal_code": "postalCode", "town": "addressLocality"}
_URL = re.compile(r"https?://[^\s\x00-\x1f\x7f<>\"\\^`{|}]+", re.IGNORECASE)


def write(export: Export) -> Iterator[bytes]:
    """Yield one document: the cluster with the members of an export, each with its wanted columns."""
    import msgspec

    members = (publishing.published(record) for record in export.records if isinstance(record, Member))
    data = document(export.cluster, members, export.columns)
    yield msgspec.json.format(msgspec.json.encode(data), indent=2) + b"\n"


def document(
    cluster: Cluster, members: Iterable[Member], columns: Iterable[str] = all_columns(KIND["member"])
) -> dict[str, Any]:
    """Return the JSON-LD of a cluster and members whose data may all be published."""
    columns = frozenset(columns)
    return {
        "@context": "https://schema.org",
        "@type": "Consortium",
        **_texts(
            {
                "name": cluster.name,
                "alternateName": cluster.short_name,
                "description": cluster.description,
                "foundingDate": str(cluster.founded or ""),
                "areaServed": cluster.region,
                "url": url(cluster.website),
                "telephone": cluster.phone,
                "email": cluster.email,
            }
        ),
        "member": [_organization(member, columns) for member in members],
    }


def url(website: str | None) -> str | None:
    """Return the address of a website if a link may lead to it (http or https only), or None."""
    return website if website and _URL.fullmatch(website) else None


def type_of(legal_form: str | None) -> str:
    """Return the schema.org type for a legal form, `Organization` if there is no closer one."""
    words = re.split(r"\W+", fold(legal_form or ""))
    return next((found for start, found in _TYPES if any(word.startswith(start) for word in words)), "Organization")


def _organization(member: Member, columns: frozenset[str]) -> dict[str, Any]:
    held = {name: value for name in columns if (value := getattr(member, name))}
    made: dict[str, Any] = {"@type": type_of(held.get("legal_form"))}
    if "id" in held:
        made["@id"] = f"#{safe(member.id)}"
    made |= _texts(
        {
            "name": held.get("name"),
            "alternateName": held.get("short_name"),
            "url": url(held.get("website")),
            "telephone": held.get("phone"),
            "email": held.get("email"),
        }
    )
    if address := _texts({property: held.get(name) for name, property in _ADDRESS.items()}):
        made["address"] = {"@type": "PostalAddress", **address, "addressCountry": "PL"}
    if identifiers := [_identifier(name, held[name]) for name in _IDENTIFIERS if name in held]:
        made["identifier"] = identifiers
    return made


def _identifier(name: str, value: str) -> dict[str, str]:
    return {"@type": "PropertyValue", "propertyID": f"PL-{name.upper()}", "value": safe(value)}


def _texts(texts: dict[str, str | None]) -> dict[str, str]:
    """Return the texts that are not None, without characters that are not text."""
    return {name: safe(text, keep="\n\t") for name, text in texts.items() if text}
