"""vCard 4.0 (RFC 6350): one card for each record, for address books and phones.

A field without a standard property gets one of our own: `legal_form` is `X-PKES-LEGAL-FORM`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from pkes.formats.records import Export, texts, values
from pkes.text.characters import safe

LONGEST = 75
"""The most octets of a line without its end (RFC 6350, 3.2)."""

_LINE_END = re.compile("\r\n|[\r\x85\u2028\u2029]")
_URI = re.compile(r"https?://[^\s\\]+")

# Phone numbers in the registry contain spaces for readability: that is a text value, not a tel: URI.
_PROPERTIES = {
    "member": {
        "id": "UID;VALUE=text", "name": "ORG", "short_name": "NICKNAME",
        "contact_person": "RELATED;TYPE=contact;VALUE=text", "email": "EMAIL", "phone": "TEL;VALUE=text",
        "website": "URL", "tags": "CATEGORIES", "note": "NOTE",
    },
    "inquiry": {
        "id": "UID;VALUE=text", "name": "ORG", "email": "EMAIL", "phone": "TEL;VALUE=text", "message": "NOTE",
    },
}  # fmt: skip

# Post-office box and extended address should be empty (6.3.1); the registry does not record the country.
_ADDRESS = ("", "", "street", "town", "voivodeship", "postal_code", "")


def write(export: Export) -> Iterator[bytes]:
    """Yield a card for each record, with the wanted fields that are set; a record without a name uses its id."""
    for record, held, cells in zip(export.records, values(export), texts(export), strict=True):
        shown = {name: cell for name, cell in zip(export.columns, cells, strict=True) if cell}
        lists = {name: value for name, value in zip(export.columns, held, strict=True) if isinstance(value, list)}
        yield b"".join(map(folded, _card(export.kind.name, record.id, shown, lists)))


def escaped(text: str) -> str:
    r"""Return a text as a value: line ends become `\n`, characters that are not text become visible escapes."""
    text = safe(_LINE_END.sub("\n", text), keep="\n\t")
    return re.sub(r"[\\,;]", r"\\\g<0>", text).replace("\n", "\\n")


def folded(line: str) -> bytes:
    """Return a line with its end, folded before its 76th octet but never inside a character."""
    octets = line.encode()
    pieces, start, room = [], 0, LONGEST
    while len(octets) - start > room:
        end = start + room
        while octets[end] & 0b1100_0000 == 0b1000_0000:
            end -= 1
        pieces.append(octets[start:end])
        start, room = end, LONGEST - 1  # a continuation line begins with a space
    return b"\r\n ".join([*pieces, octets[start:]]) + b"\r\n"


def _card(kind: str, id: str, shown: Mapping[str, str], lists: Mapping[str, Iterable[str]]) -> Iterator[str]:
    """Yield the lines of a card, not folded; `shown` are the cells that are not empty."""
    person = shown.get("person", "")
    yield "BEGIN:VCARD"
    yield "VERSION:4.0"
    yield f"KIND:{'individual' if person else 'org'}"
    yield f"FN:{escaped(person or shown.get('name') or id)}"
    if any(name in shown for name in _ADDRESS):
        yield f"ADR:{';'.join(escaped(shown.get(name, '')) for name in _ADDRESS)}"
    for name, cell in shown.items():
        if name != "person" and name not in _ADDRESS:
            yield from _lines(kind, name, cell, lists.get(name))
    yield "END:VCARD"


def _lines(kind: str, name: str, cell: str, items: Iterable[str] | None) -> Iterator[str]:
    """Yield the line of a field; of a list, one for each of its items."""
    own = f"X-PKES-{name.upper().replace('_', '-')}"
    found = _PROPERTIES[kind].get(name, own)
    if found == "URL" and _URI.fullmatch(cell) and safe(cell) == cell:
        yield f"URL:{cell}"  # a URI is not escaped
    elif found == "URL":
        yield f"{own}:{escaped(cell)}"
    else:
        for item in (cell,) if items is None else items:
            yield f"{found}:{escaped(item)}"
