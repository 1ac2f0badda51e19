"""What a registry holds about a person: where it is found, what goes with it, and whom it is not about."""

import unicodedata

import pytest

from pkes.privacy.report import DataItem, elsewhere, report
from pkes.registry.parsing import parse

PERSON, EMAIL, PHONE = "Anna Łącka", "anna@example.org", "+48 14 681 00 00"
TOP = 'format = 1\n[cluster]\nname = "Klaster"\n'
"""Three lines: what a test adds begins in the fourth."""

INQUIRY = f"""\
# called twice

# from the fair
[inquiries.2025-01-02-abc] # urgent
received = 2025-01-02
person = "{PERSON}" # speaks fast
email = ""
phone = "{PHONE}"
topic = "join"
# about the town
town = "Łańcut"
notes = [
  "2025-01-03 called back", # by Ewa
]
colour = {{ of = "the coat" }}
# knocked at the door

# nobody's

[inquiries.2025-01-02-xyz] # another
received = 2025-01-02
person = "Ewa Inna"
message = "{PERSON} told me"
"""


def found(text, *wanted):
    """Return where a text holds what is wanted: kind, id, field and line."""
    return [held[:4] for held in report(text, parse(text), *wanted)]


def found_elsewhere(text, *marks):
    return [held[:4] for held in elsewhere(text, parse(text), marks)]


FIELDS = {
    "cluster": (f'contact = "Ask {PERSON}"\n', ("cluster", None, "contact", 4)),
    "sector": (f'[sectors.x]\npl = "{PERSON}"\n', ("sector", "x", "pl", 5)),
    "member": (f'[members.x]\nname = "Firma {PERSON}"\n', ("member", "x", "name", 5)),
    "note": (f'[members.x]\nname = "X"\nnote = """\nAsk for\n{PERSON}."""\n', ("member", "x", "note", 6)),
    "list": (f'[members.x]\noffers = [\n  "a",\n  "by {PERSON}",\n]\n', ("member", "x", "offers", 5)),
    "unknown-key": (f'[members.x]\nguest = "{PERSON}"\n', ("member", "x", "guest", 5)),
    "unknown-nested": (
        f'[members.x]\nodd = {{ a = [1, {{ b = ["{PERSON}"] }}] }}\n',
        ("member", "x", "odd", 5),
    ),
    "unknown-nested-key": (f'[members.x]\nodd = {{ "{PERSON}" = true }}\n', ("member", "x", "odd", 5)),
    "unknown-subtable": (f'[members.x.odd]\na = "{PERSON}"\n', ("member", "x", "odd", 4)),
    "name-of-a-key": (f'[members.x]\nname = "X"\n"{PERSON}" = true\n', ("member", "x", PERSON, 6)),
    "unknown-table": (f'[alien]\na.b = "{PERSON}"\n', ("file", None, "alien", 4)),
    "name-of-a-table": (f'["{PERSON}"]\na = 1\n', ("file", None, PERSON, 4)),
    "id": ("[members.anna-lacka]\n", ("member", "anna-lacka", "id", 4)),
    "reference": ('coordinator = "anna-lacka"\n', ("cluster", None, "coordinator", 4)),
    "inline": (f'x = 1\n[inquiries]\nx = {{ message = "{PERSON}" }}\n', ("inquiry", "x", "message", 6)),
    "dotted": (f'[members]\nx.note = "{PERSON}"\n', ("member", "x", "note", 5)),
    "escaped": ('description = "Anna \\u0141\\u0105cka"\n', ("cluster", None, "description", 4)),
    "decomposed": (f'source = "{unicodedata.normalize("NFD", PERSON)}"\n', ("cluster", None, "source", 4)),
    "capitals": ('source = "ANNA ŁĄCKA"\n', ("cluster", None, "source", 4)),
    "without-diacritics": ('source = "anna lacka"\n', ("cluster", None, "source", 4)),
}


@pytest.mark.parametrize(("added", "place"), FIELDS.values(), ids=FIELDS.keys())
def test_a_field_that_names_the_person_is_found(added, place):
    assert found(TOP + added, PERSON) == [place]
    assert found_elsewhere(TOP + added, EMAIL, PERSON) == [place]


COMMENTS = {
    "top-of-the-file": (f"# {PERSON}\n\n{TOP}", ("file", None, None, 1)),
    "behind-a-top-level-key": (TOP.replace("\n", f" # {PERSON}\n", 1), ("file", None, None, 1)),
    "cluster": (f"{TOP}# {PERSON}\n", ("cluster", None, None, 4)),
    "above-header": (f"{TOP}\n# {PERSON}\n# x\n[members.x]\n", ("member", "x", None, 5)),
    "above-header-without-a-blank-line": (f"{TOP}# {PERSON}\n[members.x]\n", ("member", "x", None, 4)),
    "behind-header": (f"{TOP}[members.x] # {PERSON}\n", ("member", "x", None, 4)),
    "inside": (f'{TOP}[members.x]\n# {PERSON}\n\nname = "X"\n', ("member", "x", None, 5)),
    "behind-a-value": (f'{TOP}[members.x]\nname = "X" # {PERSON}\n', ("member", "x", None, 5)),
    "in-an-array": (f'{TOP}[members.x]\ntags = [\n  "a", # {PERSON}\n]\n', ("member", "x", None, 6)),
    "in-an-empty-array": (f"{TOP}[members.x]\ntags = [\n# {PERSON}\n]\n", ("member", "x", None, 6)),
    "behind-the-record": (f'{TOP}[members.x]\nname = "X"\n# {PERSON}\n\n[members.y]\n', ("member", "x", None, 6)),
    "at-the-end": (f'{TOP}[members.x]\nname = "X"\n# {PERSON}', ("member", "x", None, 6)),
    "in-a-subtable": (f"{TOP}[members.x.odd]\na = 1 # {PERSON}\n", ("member", "x", None, 5)),
    "unknown-table": (f"{TOP}[alien]\na = 1 # {PERSON}\n", ("file", None, None, 5)),
    "nobodys-between-records": (
        f'{TOP}[members.x]\nname = "X"\n\n# {PERSON}\n\n[members.y]\n',
        ("file", None, None, 7),
    ),
    "nobodys-at-the-end": (f'{TOP}[members.x]\nname = "X"\n\n# {PERSON}\n', ("file", None, None, 7)),
}


@pytest.mark.parametrize(("text", "place"), COMMENTS.values(), ids=COMMENTS.keys())
def test_a_comment_that_names_the_person_is_found(text, place):
    for ends in (text, text.replace("\n", "\r\n")):
        assert report(ends, parse(ends), PERSON) == [(*place, f"# {PERSON}")]
        assert elsewhere(ends, parse(ends), [PERSON]) == [(*place, f"# {PERSON}")]


@pytest.mark.parametrize(
    ("wanted", "written"),
    [
        pytest.param("Łącka", "Anna Łącka", id="surname"),
        pytest.param(PERSON, "Anna   Łącka", id="more-spaces"),
        pytest.param(PERSON, "Anna_Łącka", id="underline"),
        pytest.param(" ANNA  łącka ", PERSON, id="asked-carelessly"),
        pytest.param(unicodedata.normalize("NFD", PERSON), PERSON, id="asked-decomposed"),
        pytest.param(EMAIL, "Anna <ANNA@Example.org>", id="email-in-capitals"),
        pytest.param(PHONE, "tel. (14) 681-00-00", id="phone-without-country"),
        pytest.param(PHONE, "0048146810000", id="phone-with-zeros"),
        pytest.param("146810000", PHONE, id="phone-asked-without-spaces"),
        pytest.param("14 681 00 00", "+48146810000", id="phone-asked-without-country"),
    ],
)
def test_it_is_found_however_it_is_written(wanted, written):
    text = f'{TOP}source = "{written}"\n# {written}\n'
    assert found(text, wanted) == [("cluster", None, "source", 4), ("cluster", None, None, 5)]


@pytest.mark.parametrize(
    ("wanted", "written"),
    [
        (PERSON, "Joanna Łącka"),
        (PERSON, "Anna Łąckańska"),
        (PERSON, "Anna Maria Łącka"),
        (PERSON, "Anna, i pan Łącka"),
        (PERSON, "Anna Łacna"),
        (EMAIL, "joanna@example.org"),
        (EMAIL, "anna@example.org.invalid"),
        (EMAIL, "anna.l@example.org"),
        (EMAIL, "l-anna@example.org"),
        (PHONE, "+48 14 681 00 001"),
        (PHONE, "+48 14 681 00 01"),
        (PHONE, "14 681 00"),
        ("", PERSON),
        ("-", "a - b"),
    ],
)
def test_another_person_is_not_found(wanted, written):
    text = f'{TOP}source = "{written}" # {written}\n[inquiries.x]\nperson = "{written}"\n'
    assert report(text, parse(text), wanted) == []
    assert elsewhere(text, parse(text), [wanted]) == []


def test_an_inquiry_of_the_person_is_about_them_as_a_whole():
    text = TOP + INQUIRY
    id = "2025-01-02-abc"
    assert [held[1:] for held in report(text, parse(text), PERSON)] == [
        (id, None, 6, "# from the fair"),
        (id, None, 7, "# urgent"),
        (id, "received", 8, parse(text).inquiries[id].received),
        (id, "person", 9, PERSON),
        (id, None, 9, "# speaks fast"),
        (id, "phone", 11, PHONE),
        (id, "topic", 12, "join"),
        (id, None, 13, "# about the town"),
        (id, "town", 14, "Łańcut"),
        (id, "notes", 15, ["2025-01-03 called back"]),
        (id, None, 16, "# by Ewa"),
        (id, "colour", 18, {"of": "the coat"}),
        (id, None, 19, "# knocked at the door"),
        ("2025-01-02-xyz", "message", 26, f"{PERSON} told me"),
    ]


@pytest.mark.parametrize("field", ["name", "person", "email", "phone"])
def test_each_field_of_the_identity_makes_an_inquiry_theirs(field):
    value = {"email": EMAIL, "phone": PHONE}.get(field, PERSON)
    text = f'{TOP}[inquiries.x]\n{field} = "{value}"\nreason = "R" # C\n'
    wanted = [("inquiry", "x", field, 5), ("inquiry", "x", "reason", 6), ("inquiry", "x", None, 6)]
    assert found(text, value) == wanted
    assert found_elsewhere(text, value) == wanted[:1]


@pytest.mark.parametrize(
    "line", [f'message = "{PERSON}"', f'notes = ["{PERSON}"]', f'assigned_to = "{PERSON}"', f'odd = "{PERSON}"']
)
def test_what_only_names_the_person_does_not_make_an_inquiry_theirs(line):
    text = f'{TOP}[inquiries.x] # another\nperson = "Ewa Inna"\nemail = "ewa@example.org"\n{line}\n'
    assert found(text, PERSON) == [("inquiry", "x", line.split()[0], 7)]


def test_a_comment_that_names_the_person_does_not_make_an_inquiry_theirs():
    text = f'{TOP}[inquiries.x] # {PERSON} knows her\n# new\nperson = "Ewa Inna"\n'
    assert found(text, PERSON) == [("inquiry", "x", None, 4)]


@pytest.mark.parametrize("wanted", [PERSON, EMAIL, PHONE])
def test_the_contact_details_of_a_member_go_together(wanted):
    text = (
        f'{TOP}[members.x] # the first\nname = "X"\ncontact_person = "{PERSON}"\nemail = "{EMAIL}"\n'
        f'phone = "{PHONE}"\nnote = "N"\n[members.y]\nphone = "+48 14 681 00 01"\n'
    )
    trio = [("contact_person", 6), ("email", 7), ("phone", 8)]
    assert found(text, wanted) == [("member", "x", *place) for place in trio]
    assert found_elsewhere(text, wanted) == [("member", "x", *trio[[PERSON, EMAIL, PHONE].index(wanted)])]


def test_of_the_contact_details_only_those_that_are_set_are_held():
    text = f'{TOP}[members.x]\nname = "X"\nemail = ""\nphone = "{PHONE}"\n'
    assert report(text, parse(text), PHONE) == [DataItem("member", "x", "phone", 7, PHONE)]


def test_a_note_about_the_person_brings_no_contact_details_along():
    text = f'{TOP}[members.x]\nname = "X"\nphone = "+48 14 681 00 01"\nnote = "{PERSON}"\n'
    assert found(text, PERSON) == [("member", "x", "note", 7)]


def test_what_is_held_stands_in_the_order_of_the_file():
    text = (
        f'# {PERSON}\nformat = 1\n[inquiries.b]\nmessage = "{PERSON}"\n[members.b] # {PERSON}\nnote = "{PERSON}"\n'
        f'[cluster]\nsource = "{PERSON}"\n[inquiries.a]\nmessage = "{PERSON}"\n'
    )
    assert [held.line for held in report(text, parse(text), PERSON)] == [1, 4, 5, 6, 8, 10]


def test_each_of_several_marks_is_found_elsewhere():
    text = f'{TOP}source = "{EMAIL}"\n[members.x]\nname = "X"\nphone = "{PHONE}"\nnote = "x" # {PERSON}\n'
    places = [("cluster", None, "source", 4), ("member", "x", "phone", 7), ("member", "x", None, 8)]
    assert found_elsewhere(text, PERSON, EMAIL, PHONE) == places
    assert found_elsewhere(text, PHONE) == places[1:2]
    assert found_elsewhere(text) == []
