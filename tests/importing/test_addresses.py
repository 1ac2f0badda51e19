"""Whole addresses in one cell."""

import pytest

from pkes.importing.addresses import split
from tests.importing.examples import faults, imported, table

STREET, CODE, TOWN = "ul. Długa 1", "38-200", "Jasło"
WHOLE = (STREET, CODE, TOWN)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("ul. Długa 1, 38-200 Jasło", WHOLE),
        ("ul. Długa 1; 38-200 Jasło", WHOLE),
        ("ul. Długa 1 38-200 Jasło", WHOLE),
        ("38-200 Jasło, ul. Długa 1", WHOLE),
        ("Osiek 12/3, 38 – 200 Osiek Jasielski", ("Osiek 12/3", "38 – 200", "Osiek Jasielski")),
        ("Rynek, 38-200 Jasło", ("Rynek", CODE, TOWN)),
        ("38-200 Jasło", (None, CODE, TOWN)),
        ("Długa 1 m. 2", ("Długa 1 m. 2", None, None)),
    ],
)
def test_an_address_is_split(text, parts):
    found = split(text)
    assert found is not None
    assert tuple(map(found.get, ("street", "postal_code", "town"))) == parts


@pytest.mark.parametrize(
    "text",
    [
        "Dębica", "Rynek", "38-200", "ul. Długa 1, Jasło", "Jasło, ul. Długa 1", "ul. Długa 1, 38-200",
        "38-200 Jasło, Polska", "ul. Długa 1, 38-200 Jasło, Polska", "Fundacja, ul. Długa 1, 38-200 Jasło",
        "Polska, 38-200 Jasło", "Długa 1, 38-200 Jasło; Krótka 2, 38-200 Jasło", "ul. Długa 1, 38-200 Jasło 2",
    ],
)  # fmt: skip
def test_what_would_have_to_be_guessed_is_not_split(text):
    assert split(text) is None


def address_of(headers, *cells, said=()):
    found = imported(table(("id", *headers), ("zolw", *cells), said=said))
    member = found.registry.members["zolw"]
    assert found.bad == ()
    return (member.street, member.postal_code, member.town), [place.number for place in found.unsplit]


@pytest.mark.parametrize("header", ["Adres", "ADRES SIEDZIBY", "Address", "Ulica", "street"])
def test_an_address_is_never_a_street_as_a_whole(header):
    assert address_of([header], "ul. Długa 1,\n38-200 Jasło") == (WHOLE, [])
    assert address_of([header], "Fundacja, ul. Długa 1, 38-200 Jasło") == ((None, None, None), [2])


def test_a_town_is_no_street():
    assert address_of(["Adres"], "Dębica") == ((None, None, None), [2])
    assert address_of(["Adres"], "Rynek 5, Dębica") == ((None, None, None), [2])
    assert address_of(["Ulica"], "Rynek") == (("Rynek", None, None), [])
    assert address_of(["Adres"], "Rynek", said=[("Adres", "street")]) == (("Rynek", None, None), [])


@pytest.mark.parametrize(
    ("code", "town", "parts"),
    [
        pytest.param("38-200", "Jasło", WHOLE, id="the same"),
        pytest.param("38200", "JASŁO", (STREET, CODE, "JASŁO"), id="the same in other letters"),
        pytest.param("", "", WHOLE, id="empty"),
        pytest.param("35-001", "Jasło", None, id="another code"),
        pytest.param("38-200", "Rzeszów", None, id="another town"),
    ],
)
def test_columns_of_their_own_go_first(code, town, parts):
    found = address_of(["Adres", "Kod", "Miasto"], "ul. Długa 1, 38-200 Jasło", code, town)
    assert found == ((parts, []) if parts else ((None, code, town), [2]))


def test_an_address_on_record_is_no_news():
    registry = imported(table(("id", "town"), ("zolw", "Łąka"))).registry
    zolw = registry.members["zolw"]
    registry.members["zolw"] = zolw.__class__(id="zolw", name="Żółw", sector="ngo", street="Dom 1, 38-200, Jasło")
    found = imported(table(("id", "Ulica"), ("zolw", "Dom 1, 38-200, Jasło")), registry)
    assert (found.unsplit, found.registry) == ((), registry)


def test_a_row_of_nothing_but_an_address_that_cannot_be_split_is_bad():
    assert faults(imported(table(("Nazwa", "Adres"), ("", "Dębica")))) == {2: [("no-key", None)]}
