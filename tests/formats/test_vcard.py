"""vCard: an independent parser finds the same cells, and each line is one of RFC 6350."""

import pytest
import vobject
from hypothesis import given, settings

from pkes.formats.vcard import escaped, folded
from pkes.model.dates import PartialDate
from pkes.model.records import Inquiry, Member, Record, fields
from pkes.text.characters import safe
from tests.formats.examples import HOSTILE, TEXTS, export, hostile, shipped, written

MEMBER = Member(
    id="a", name="Łąka; Las, Spółka", short_name="ŁL", sector="business", legal_form="spółka z o.o.",
    social_enterprise=True, joined=PartialDate("2014-10"), street="Rynek 1, lok. 2", postal_code="35-001",
    town="Rzeszów", county="rzeszowski", voivodeship="podkarpackie",
    contact_person="Anna Igielna", email="a@example.org", phone="+48 12 345 67 89",
    website="https://example.org/", nip="5260250274", offers=["druk; skład", "a, b"], tags=["x,y", "z"],
    note="jeden\r\ndwa\u2028trzy\x85cztery",
)  # fmt: skip
CARD = r"""BEGIN:VCARD
VERSION:4.0
KIND:org
FN:Łąka\; Las\, Spółka
ADR:;;Rynek 1\, lok. 2;Rzeszów;podkarpackie;35-001;
UID;VALUE=text:a
ORG:Łąka\; Las\, Spółka
NICKNAME:ŁL
X-PKES-SECTOR:business
X-PKES-LEGAL-FORM:spółka z o.o.
X-PKES-SOCIAL-ENTERPRISE:true
X-PKES-JOINED:2014-10
X-PKES-COUNTY:rzeszowski
RELATED;TYPE=contact;VALUE=text:Anna Igielna
EMAIL:a@example.org
TEL;VALUE=text:+48 12 345 67 89
URL:https://example.org/
X-PKES-NIP:5260250274
X-PKES-OFFERS:druk\; skład
X-PKES-OFFERS:a\, b
CATEGORIES:x\,y
CATEGORIES:z
NOTE:jeden\ndwa\ntrzy\ncztery
END:VCARD
"""
INQUIRY = Inquiry(
    id="2025-01-02-abc", name="Łąka", person="Anna Igielna", email="a@example.org", phone="+48 12 345 67 89",
    town="Jasło", message="jeden\ndwa", notes=["2025-01-03 a;b", "c"],
)  # fmt: skip

PLACES = {"street": "street", "town": "city", "voivodeship": "region", "postal_code": "code"}
NAMES = {
    "id": "uid", "name": "org", "person": "fn", "short_name": "nickname", "contact_person": "related",
    "email": "email", "phone": "tel", "website": "url", "tags": "categories", "note": "note", "message": "note",
}  # fmt: skip


def cards(data: bytes) -> list[vobject.base.Component]:
    return list(vobject.readComponents(data.decode()))


def values(card: vobject.base.Component, name: str) -> list[str]:
    """Return the values of a property, whichever way the parser holds them."""
    held = [line.value for line in card.contents.get(name, ())]
    return [one for value in held for one in (value if isinstance(value, list) else [value])]


def found(card: vobject.base.Component, field: str) -> list[str]:
    """Return the texts that a card holds of a field."""
    if field in PLACES:
        return [part for address in values(card, "adr") if (part := getattr(address, PLACES[field]))]
    own = f"x-pkes-{field.replace('_', '-')}"
    return values(card, NAMES.get(field, own)) or values(card, own)


def expected(record: Record, field: str) -> list[str]:
    value = getattr(record, field)
    items = value if isinstance(value, list) else [] if value in (None, "") else [value]
    texts = [str(item).lower() if isinstance(item, bool) else str(item) for item in items]
    for end in ("\r\n", "\r", "\x85", "\u2028", "\u2029"):
        texts = [text.replace(end, "\n") for text in texts]
    return [safe(text, keep="\n\t") for text in texts]


@pytest.mark.parametrize("record", [MEMBER, INQUIRY, *shipped().records], ids=lambda record: record.id)
def test_the_same_cells_come_back(record):
    (card,) = cards(written("vcard", export([record])))
    for field in ("id", *fields(type(record))):
        assert found(card, field) == expected(record, field), field


def test_a_card_whole():
    assert written("vcard", export([MEMBER])).decode() == CARD.replace("\n", "\r\n")


@pytest.mark.parametrize(
    ("record", "columns", "name", "kind"),
    [
        (MEMBER, ("town",), "a", "org"),
        (MEMBER, ("name",), "Łąka; Las, Spółka", "org"),
        (INQUIRY, ("town",), "2025-01-02-abc", "org"),
        (INQUIRY, ("name", "person"), "Anna Igielna", "individual"),
        (Inquiry(id="i", name="Łąka"), ("name", "person"), "Łąka", "org"),
        (Member(id="a", name=""), ("name",), "a", "org"),
    ],
)
def test_a_card_has_a_name_that_was_asked_for(record, columns, name, kind):
    (card,) = cards(written("vcard", export([record], columns)))
    assert (card.fn.value, card.kind.value) == (name, kind)


def test_hostile_texts_stay_in_their_line():
    found_cards = cards(written("vcard", hostile()))
    assert len(found_cards) == len(HOSTILE)
    known = {"version", "kind", "fn", "org", "uid", "tel", "url", "x-pkes-website", "note", "categories"}
    assert {name for card in found_cards for name in card.contents} <= known


def test_an_address_that_would_break_the_card_is_text():
    (card,) = cards(written("vcard", export([Member(id="a", website="https://example.org/\r\nEMAIL:x@example.org")])))
    assert values(card, "x-pkes-website") == ["https://example.org/\nEMAIL:x@example.org"]
    assert "email" not in card.contents


def test_a_comma_in_an_address_is_not_escaped():
    held = export([Member(id="a", website="https://example.org/a,b;c")], ("website",))
    assert b"\r\nURL:https://example.org/a,b;c\r\n" in written("vcard", held)


@given(text=TEXTS.map(lambda text: text * 30))
@settings(max_examples=100, deadline=None)
def test_lines_are_folded(text):
    line = f"NOTE:{escaped(text)}"
    pieces = folded(line).split(b"\r\n")
    assert pieces.pop() == b""
    assert all(len(piece) <= 75 and piece.decode() for piece in pieces)
    assert all(piece.startswith(b" ") for piece in pieces[1:])
    assert b"".join([pieces[0], *(piece[1:] for piece in pieces[1:])]).decode() == line


@pytest.mark.parametrize("length", [75, 76])
def test_the_longest_line(length):
    line = "NOTE:".ljust(length, "x")
    assert folded(line).count(b"\r\n") == length - 74
