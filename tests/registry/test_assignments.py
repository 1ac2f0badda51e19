"""`FIELD=VALUE` as it is typed."""

import datetime

import pytest

from pkes.errors import UnknownName, WrongAssignment, WrongInput, WrongValue
from pkes.i18n import LANGUAGES, _, speaking
from pkes.model.dates import PartialDate
from pkes.model.records import KINDS, Cluster, Inquiry, Member, Policy, Registry, Sector, fields
from pkes.registry import assignments

REGISTRY = Registry(sectors={"ngo": Sector(id="ngo", pl="organizacje pozarządowe", en="NGOs")})
MEMBER = Member(id="x", name="X", sector="ngo", town="T", tags=["a", "b"], extra={"colour": "red"})


def assign(record, texts):
    return assignments.assign(REGISTRY, record, texts)


HELD = {"telefon": "x", "age": 5, "a=b!": ["x"], "seen": datetime.date(2025, 1, 1), "odd": [1]}


@pytest.mark.parametrize(
    ("texts", "changed"),
    [
        (["telefon="], {"telefon": None}),
        (["telefon=1", "age = 7"], {"telefon": "1", "age": 7}),
        (["a=b!+=y; x"], {"a=b!": ["x", "y"]}),
        (["a=b!-=x", "age=", "seen= "], {"a=b!": None, "age": None, "seen": None}),
        (["seen=2.1.2025", "odd=a; b"], {"seen": datetime.date(2025, 1, 2), "odd": "a; b"}),
    ],
)
def test_a_key_on_record_that_is_no_field_is_set_and_cleared(texts, changed):
    after = assign(Member(id="x", name="X", extra=HELD), texts)
    assert after.extra == {key: value for key, value in (HELD | changed).items() if value is not None}
    assert after.phone is None


def test_only_its_own_spelling_is_such_a_key():
    after = assign(Member(id="x", extra=HELD), ["Telefon=14 681 00 00"])
    assert (after.phone, after.extra) == ("+48 14 681 00 00", HELD)


@pytest.mark.parametrize(
    ("text", "code"), [("age=x", "number"), ("on=x", "boolean"), ("seen=x", "date"), ("line=a\nb", "line-break")]
)
def test_an_unknown_key_keeps_its_type(text, code):
    record = Member(
        id="x", extra={"age": 5, "on": True, "seen": datetime.date(2025, 1, 1), "line": "x", "text": "a\nb"}
    )
    with pytest.raises(WrongValue) as raised:
        assign(record, [text])
    assert raised.value.code == code
    assert assign(record, ["text=c\nd"]).extra["text"] == "c\nd"


def test_a_key_id_can_only_be_cleared():
    record = Member(id="x", extra={"id": "y"})
    assert assign(record, ["id="]).extra == {}
    with pytest.raises(WrongAssignment):
        assign(record, ["id=z"])


def test_an_item_goes_however_it_is_written():
    record = Member(id="x", tags=["o\u0301 ", "a\x07"])
    assert assign(record, ["tags-=ó"]).tags == ["a\x07"]
    assert assign(record, ["tags-=a\x07"]).tags == ["o\u0301 "]
    assert assign(record, ["tags+=ó"]).tags == record.tags


@pytest.mark.parametrize(
    ("texts", "field", "value"),
    [
        pytest.param(["town=Łąka"], "town", "Łąka", id="text"),
        pytest.param(["town=  Łąka "], "town", "Łąka", id="stripped"),
        pytest.param(["town=a=b"], "town", "a=b", id="equals-sign"),
        pytest.param(["town=+=b"], "town", "+=b", id="sign-behind-the-first"),
        pytest.param(["note=one\ntwo"], "note", "one\ntwo", id="several-lines"),
        pytest.param(["legal-form=spółka"], "legal_form", "spółka", id="dashes"),
        pytest.param(["legal_form=spółka"], "legal_form", "spółka", id="underscores"),
        pytest.param(["social_enterprise=tak"], "social_enterprise", True, id="boolean"),
        pytest.param(["joined=2014-10"], "joined", PartialDate("2014-10"), id="month"),
        pytest.param(["joined=2014-10-05"], "joined", PartialDate(datetime.date(2014, 10, 5)), id="day"),
        pytest.param(["nip=123-456-32-18"], "nip", "1234563218", id="canonical-form"),
        pytest.param(["town="], "town", None, id="cleared"),
        pytest.param(["town= \t"], "town", None, id="cleared-by-spaces"),
        pytest.param(["phone="], "phone", None, id="absent-cleared"),
        pytest.param(["tags="], "tags", None, id="list-cleared"),
        pytest.param(["tags=c; d\\;e"], "tags", ["c", "d;e"], id="list-replaced"),
        pytest.param(["tags+=c; d\\;e"], "tags", ["a", "b", "c", "d;e"], id="items-added"),
        pytest.param(["tags+=a"], "tags", ["a", "b"], id="item-there-already"),
        pytest.param(["tags-=a"], "tags", ["b"], id="item-away"),
        pytest.param(["tags-=c"], "tags", ["a", "b"], id="item-not-there"),
        pytest.param(["tags-=a", "tags-=b"], "tags", None, id="last-item-away"),
        pytest.param(["tags+=c", "tags-=a", "tags+=d"], "tags", ["b", "c", "d"], id="several-items"),
        pytest.param(["offers+=o"], "offers", ["o"], id="first-item"),
        pytest.param(["tags=c; c"], "tags", ["c"], id="doublet"),
        pytest.param(["sector=Organizacje pozarzadowe"], "sector", "ngo", id="label-of-a-sector"),
        pytest.param(["offers-=o"], "offers", None, id="nothing-away-from-nothing"),
    ],
)
def test_an_assignment_sets_one_field(texts, field, value):
    after = assign(MEMBER, texts)
    assert getattr(after, field) == value
    unset = {name: getattr(after, name) for name in fields(Member) if name != field}
    assert unset == {name: getattr(MEMBER, name) for name in unset}
    assert (after.id, after.extra) == ("x", {"colour": "red"})


def test_an_item_of_a_list_that_is_twice_there_goes_twice():
    assert assign(Member(tags=["a", "b", "a"]), ["tags-=a"]).tags == ["b"]


def test_several_fields_are_set_at_once():
    after = assign(MEMBER, ["town=U", "name=Y", "tags+=c"])
    assert (after.town, after.name, after.tags) == ("U", "Y", ["a", "b", "c"])
    assert MEMBER.tags == ["a", "b"]


def test_no_assignment_changes_nothing():
    assert assign(MEMBER, []) == MEMBER


def test_records_of_every_kind_are_assigned_to():
    assert assign(Policy(), ["retention-months=12"]).retention_months == 12
    assert assign(Cluster(), ["goals=a;b"]).goals == ["a", "b"]
    assert assign(Inquiry(), ["received=2024-05-01"]).received == datetime.date(2024, 5, 1)


@pytest.mark.parametrize("name", ["telefon", "TELEFON", "Phone", "phone", "nr telefonu", " telefon "])
def test_a_field_by_its_key_or_a_title_in_any_language(name):
    assert assign(MEMBER, [f"{name}=14 681 00 00"]).phone == "+48 14 681 00 00"


@pytest.mark.parametrize("name", ["forma prawna", "Forma-prawna", "legal-form", "Legal form", "legalform"])
def test_a_field_whatever_stands_between_its_words(name):
    assert assign(MEMBER, [f"{name}=fundacja"]).legal_form == "fundacja"


def test_a_list_is_divided_alike_by_every_sign():
    assert assign(MEMBER, ["tags=a; b"]).tags == ["a", "b"]
    added = assign(Member(id="x", name="N", tags=["a", "c"]), ["tags+=a; b"])
    assert added.tags == ["a", "c", "b"]
    assert assign(added, ["tags-=a; b"]).tags == ["c"]


def test_fields_of_the_cluster_go_by_their_titles_too():
    assert assign(Cluster(), ["Cele+=a"]).goals == ["a"]


@pytest.mark.parametrize(
    ("record", "texts", "why", "named"),
    [
        pytest.param(MEMBER, ["town=U", "town"], "form", "2", id="no-sign"),
        pytest.param(MEMBER, ["=U"], "form", "1", id="no-field"),
        pytest.param(MEMBER, ["to?wn=U"], "form", "1", id="sign-in-the-field"),
        pytest.param(MEMBER, [""], "form", "1", id="empty"),
        pytest.param(MEMBER, ["town=U", "town=U"], "twice", "town", id="set-twice"),
        pytest.param(MEMBER, ["town=", "town=U"], "twice", "town", id="cleared-and-set"),
        pytest.param(MEMBER, ["legal-form=a", "legal_form=b"], "twice", "legal_form", id="twice-in-two-spellings"),
        pytest.param(MEMBER, ["tags=a", "tags+=b"], "twice", "tags", id="set-and-added-to"),
        pytest.param(MEMBER, ["tags-=a", "tags=b"], "twice", "tags", id="taken-from-and-set"),
        pytest.param(MEMBER, ["name="], "required", "name", id="required"),
        pytest.param(MEMBER, ["id=y"], "by-command", "id", id="id"),
        pytest.param(MEMBER, ["inquiry=q"], "by-command", "inquiry", id="inquiry-of-a-member"),
        pytest.param(Inquiry(), ["status=new"], "by-command", "status", id="status"),
        pytest.param(Inquiry(), ["member="], "by-command", "member", id="member-of-an-inquiry"),
        pytest.param(Inquiry(), ["erased=2024-05-01"], "by-command", "erased", id="erased"),
        pytest.param(MEMBER, ["town+=U"], "not-list", "town", id="no-list-to-add-to"),
        pytest.param(MEMBER, ["town-=T"], "not-list", "town", id="no-list-to-take-from"),
    ],
)
def test_what_cannot_be_carried_out_is_named(record, texts, why, named):
    with pytest.raises(WrongAssignment) as caught:
        assign(record, texts)
    assert (caught.value.why, caught.value.text) == (why, named)


def test_an_unknown_field_is_answered_with_the_nearest():
    with pytest.raises(UnknownName) as caught:
        assign(MEMBER, ["Twon=U"])
    assert (caught.value.what, caught.value.wanted) == ("field", "Twon")
    assert caught.value.suggestions[0] == "town"


@pytest.mark.parametrize(
    ("text", "field", "code"),
    [
        pytest.param("email=nobody", "email", "email", id="form"),
        pytest.param("joined=soon", "joined", "date", id="date"),
        pytest.param("town=a\nb", "town", "line-break", id="line-end"),
        pytest.param("town=a\x1bb", "town", "character", id="control-character"),
        pytest.param("town=\x1c", "town", "character", id="nothing-but-a-control-character"),
        pytest.param("town=\u2028", "town", "character", id="nothing-but-a-line-separator"),
        pytest.param("tags+=", "tags", "empty", id="empty-item"),
        pytest.param("tags-= ", "tags", "empty", id="blank-item"),
        pytest.param("tags=;", "tags", "empty", id="list-of-nothing"),
    ],
)
def test_a_wrong_value_is_refused(text, field, code):
    with pytest.raises(WrongValue) as caught:
        assign(MEMBER, [text])
    assert (caught.value.field, caught.value.code) == (field, code)


@pytest.mark.parametrize("text", ["secret", "name=secret\x1b", "email=secret", "joined=secret", "town+=secret"])
def test_no_refusal_repeats_what_was_typed(text):
    with pytest.raises(WrongInput) as caught:
        assign(MEMBER, [text])
    assert "secret" not in repr(caught.value.args)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_field_is_called_by_its_title_in_every_language(kind, language):
    for field in fields(kind.struct).values():
        with speaking(language):
            title = _(field.title)
        if not field.by_command and not field.required:
            assert assign(kind.struct(id="x"), [f" {title} = "]) == kind.struct(id="x")


@pytest.mark.parametrize("text", ["(private)=1", "–=1", "Jan – x@example.org = 1"])
def test_what_no_field_is_called_is_no_assignment_and_not_repeated(text):
    with pytest.raises(WrongAssignment) as caught:
        assign(Member(id="x"), [text])
    assert (caught.value.text, caught.value.why) == ("1", "form")
