"""Which column is which field."""

import pytest

from pkes.errors import NoColumns, TwoColumns, UnknownName, WrongAssignment
from pkes.importing.columns import KINDS, kind_of, match, plain
from pkes.model.records import KIND, fields
from pkes.model.words import HEADERS

MEMBER, INQUIRY = KIND["member"], KIND["inquiry"]

OFFICE = {
    "Nazwa": "name", "Nazwa organizacji": "name", "NAZWA PODMIOTU": "name", "Nazwa skrócona": "short_name",
    "Sektor": "sector", "Forma prawna": "legal_form", "Data przystąpienia": "joined", "Data wystąpienia": "left",
    "Ulica": "street", "Adres": "street", "Adres siedziby": "street", "Kod pocztowy": "postal_code",
    "Miejscowość": "town", "Miasto": "town",
    "Powiat": "county", "Osoba kontaktowa": "contact_person", "E-mail": "email", "e mail:": "email", "Email": "email",
    "Telefon": "phone", "Nr tel.": "phone", "Strona WWW": "website", "KRS": "krs", "Nr KRS": "krs", "NIP": "nip",
    "REGON": "regon", "Oferta": "offers", "Potrzeby": "needs", "Uwagi": "note", "Źródło": "source",
}  # fmt: skip


@pytest.mark.parametrize(("header", "field"), OFFICE.items(), ids=OFFICE)
def test_what_an_office_calls_a_field(header, field):
    assert match(MEMBER, [header]).fields == {header: field}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_names_options_and_titles_are_known(kind):
    for field in fields(kind.struct).values():
        for word in (field.name, field.option, field.title, field.title.upper()):
            assert match(kind, [word]).fields == {word: field.name}
    assert match(kind, ["ID"]).fields == {"ID": "id"}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_each_word_means_one_field_and_is_folded(kind):
    own = {plain(word) for field in fields(kind.struct).values() for word in (field.name, field.title)}
    words = [word for held in HEADERS[kind.name].values() for word in held]
    assert words == [plain(word) for word in words]
    assert sorted(words) == sorted(set(words) - own)
    assert HEADERS[kind.name].keys() <= {"id", *fields(kind.struct)}


def test_a_column_that_nobody_knows_is_named():
    assert match(MEMBER, ["Lp.", "Nazwa", "Telefon (2)"])[:2] == ({"Nazwa": "name"}, ("Lp.", "Telefon (2)"))


def test_what_the_user_says_goes_first():
    said = [("lp", "id"), ("Nazwa", "short-name"), ("INNE", "Nazwa organizacji"), ("Telefon", "")]
    found = match(MEMBER, ["Lp.", "Nazwa", "Inne", "Telefon"], said)
    assert found.fields == {"Lp.": "id", "Nazwa": "short_name", "Inne": "name"}
    assert found.unknown == ()


@pytest.mark.parametrize(
    ("headers", "said", "error", "what"),
    [
        pytest.param(["Nazwa"], [("Nazw", "name")], UnknownName, ("column", "Nazw", ["Nazwa"]), id="unknown column"),
        pytest.param(
            ["TEL", "Tel"], [("tel", "name")], UnknownName, ("column", "tel", ["TEL", "Tel"]), id="one of two columns"
        ),
        pytest.param(["Nazwa"], [("Nazwa", "nam")], UnknownName, ("field", "nam", ["name"]), id="unknown field"),
        pytest.param(
            ["Nazwa"], [("Nazwa", "name"), ("nazwa", "")], WrongAssignment, ("Nazwa", "twice"), id="column twice"
        ),
        pytest.param(
            ["Nazwa", "E-mail", "Podmiot"], [], TwoColumns, ("name", ("Nazwa", "Podmiot")), id="two columns for a field"
        ),
        pytest.param(
            ["Nazwa", "Inne"], [("Inne", "name")], TwoColumns, ("name", ("Nazwa", "Inne")), id="one said, one obvious"
        ),
        pytest.param(["a", "b"], [], NoColumns, (("a", "b"),), id="nothing obvious"),
        pytest.param(["Nazwa"], [("Nazwa", "")], NoColumns, (("Nazwa",),), id="nothing left"),
    ],
)
def test_columns_that_cannot_be_matched(headers, said, error, what):
    with pytest.raises(error) as caught:
        match(MEMBER, headers, said)
    assert caught.value.args[: len(what)] == what


def test_no_headers_are_no_columns():
    assert match(MEMBER, [])[:2] == ({}, ())


@pytest.mark.parametrize(
    ("headers", "said", "kind"),
    [
        pytest.param(["Nazwa", "Sektor", "NIP"], [], MEMBER, id="members"),
        pytest.param(["Nazwa", "E-mail", "Data wpływu"], [], INQUIRY, id="received"),
        pytest.param(["id", "status"], [], INQUIRY, id="status"),
        pytest.param(["Nazwa", "Sektor", "E-mail", "Telefon"], [], MEMBER, id="what both have"),
        pytest.param(["Nazwa", "Kiedy"], [("Kiedy", "received")], INQUIRY, id="what the user says"),
        pytest.param(["id", *fields(MEMBER.struct)], [], MEMBER, id="all fields of a member"),
        pytest.param(["id", *fields(INQUIRY.struct)], [], INQUIRY, id="all fields of an inquiry"),
        pytest.param([], [], MEMBER, id="nothing"),
    ],
)
def test_the_kind_is_that_of_which_more_is_known(headers, said, kind):
    assert kind_of(headers, said) == kind


def test_the_header_of_a_field():
    columns = match(MEMBER, ["Nazwa", "Lp."])
    assert (columns.header("name"), columns.header("nip"), columns.header(None)) == ("Nazwa", None, None)
