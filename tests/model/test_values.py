"""Reading what is typed into a field, and judging what is stored in one."""

import datetime
import subprocess
import sys
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pkes.errors import WrongValue
from pkes.model.dates import PartialDate, today
from pkes.model.records import CHANNELS, Cluster, Field, Inquiry, Member, Policy, Sector, fields
from pkes.model.values import fault, faults, read, read_list

REASON = {"reason", "count", "may_be_partial", "may_be_future"}
"""Of some forms more can be said than that a text is none."""

FIELDS = {
    f"{struct.__name__}.{name}": field
    for struct in (Cluster, Policy, Sector, Member, Inquiry)
    for name, field in fields(struct).items()
}
day = datetime.date


def wrong(name: str, text: str) -> tuple[str, dict[str, Any]]:
    """Return the code and the detail with which a field refuses a text."""
    field = FIELDS[name]
    with pytest.raises(WrongValue) as caught:
        read(field, text)
    assert caught.value.field == field.name
    return caught.value.code, caught.value.detail


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("Member.name", "  Fundacja\u00a0Łąka \n", "Fundacja\u00a0Łąka"),
        ("Member.name", unicodedata.normalize("NFD", "Łąka"), "Łąka"),
        ("Member.note", "\n one\n\ttwo \n", "one\n\ttwo"),
        ("Member.sector", " ngo ", "ngo"),
        ("Member.phone", "14 681 00 00", "+48 14 681 00 00"),
        ("Member.nip", "PL 123-456-32-18", "1234563218"),
        ("Member.regon", "123 456 785", "123456785"),
        ("Member.krs", "0000 123456", "0000123456"),
        ("Member.postal_code", "35001", "35-001"),
        ("Member.website", "example.org", "https://example.org"),
        ("Member.email", " biuro@example.org", "biuro@example.org"),
        ("Member.tags", "catering; kuchnia", "catering; kuchnia"),
        ("Member.social_enterprise", "TAK", True),
        ("Member.social_enterprise", "yes", True),
        ("Member.social_enterprise", "true", True),
        ("Member.social_enterprise", "Nie", False),
        ("Member.social_enterprise", "no", False),
        ("Member.social_enterprise", "False", False),
        ("Member.joined", "2014-10-07", PartialDate(day(2014, 10, 7))),
        ("Member.joined", "2014-10", PartialDate("2014-10")),
        ("Member.joined", "7.10.2014", PartialDate(day(2014, 10, 7))),
        ("Member.joined", "02.2025", PartialDate("2025-02")),
        ("Member.left", "1.1.2999", PartialDate(day(2999, 1, 1))),
        ("Inquiry.received", "12.03.2024", day(2024, 3, 12)),
        ("Inquiry.received", "12.3.2024", day(2024, 3, 12)),
        ("Inquiry.received", "Today", today()),
        ("Inquiry.received", "dziś", today()),
        ("Inquiry.received", "dzis", today()),
        ("Inquiry.received", "wczoraj", today() - datetime.timedelta(days=1)),
        ("Member.left", "Tomorrow", PartialDate(today() + datetime.timedelta(days=1))),
        ("Member.left", "jutro", PartialDate(today() + datetime.timedelta(days=1))),
        ("Member.left", "pojutrze", PartialDate(today() + datetime.timedelta(days=2))),
        ("Member.left", "yesterday", PartialDate(today() - datetime.timedelta(days=1))),
        ("Member.joined", "2014", PartialDate("2014")),
        ("Inquiry.received", "2024-02-29", day(2024, 2, 29)),
        ("Inquiry.channel", "E\u0301mail", "email"),
        ("Inquiry.channel", "PHONE", "phone"),
        ("Cluster.declared_members", "14", 14),
        ("Cluster.declared_members", "0", 0),
        ("Policy.retention_months", "024", 24),
    ],
    ids=repr,
)
def test_read(name: str, typed: str, value: object) -> None:
    read_value = read(FIELDS[name], typed)
    assert read_value == value
    assert type(read_value) is type(value)


@pytest.mark.parametrize(
    ("name", "typed", "code"),
    [
        ("Member.name", "", "empty"),
        ("Member.name", " \t\n\u00a0", "empty"),
        ("Member.note", "\n", "empty"),
        ("Member.joined", "", "empty"),
        ("Member.name", "one\ntwo", "line-break"),
        ("Member.name", "one\rtwo", "line-break"),
        ("Member.tags", "one\ntwo", "line-break"),
        ("Member.email", "brak", "email"),
        ("Member.phone", "112", "phone"),
        ("Member.postal_code", "35-01", "postal-code"),
        ("Member.website", "example", "website"),
        ("Member.krs", "0123456", "krs"),
        ("Member.nip", "1234563219", "nip"),
        ("Member.regon", "123456784", "regon"),
        ("Member.social_enterprise", "1", "boolean"),
        ("Cluster.declared_members", "-1", "number"),
        ("Cluster.declared_members", "+1", "number"),
        ("Cluster.declared_members", "1.5", "number"),
        ("Cluster.declared_members", "1_000", "number"),
        ("Cluster.declared_members", "٣", "number"),
        ("Cluster.declared_members", "9" * 5000, "number"),
        ("Inquiry.received", "2014-10", "date"),
        ("Inquiry.received", "10.2014", "date"),
        ("Inquiry.received", "31.02.2024", "date"),
        ("Inquiry.received", "2999-01-01", "future"),
        ("Cluster.founded", "2999-01-01", "future"),
        ("Cluster.founded", "2999-01", "future"),
        ("Cluster.founded", "2999", "future"),
        ("Inquiry.informed", "1.1.2999", "future"),
        ("Inquiry.closed", "2999-01-01", "future"),
        ("Member.joined", "13.2014", "date"),
        ("Inquiry.received", "2023-02-29", "date"),
        ("Inquiry.received", "20140101", "date"),
        ("Inquiry.received", "2014-W01-1", "date"),
        ("Inquiry.received", "2014-1-1", "date"),
        ("Inquiry.received", "2014-01-01T00:00", "date"),
        ("Inquiry.received", "0000-01-01", "date"),
        ("Member.joined", "2014-13", "date"),
        ("Member.joined", "2014-02-30", "date"),
        ("Member.joined", "2014-1", "date"),
        ("Member.joined", "14", "date"),
        ("Member.joined", "0000", "date"),
        ("Member.joined", "jesień", "date"),
    ],
    ids=repr,
)
def test_refuse(name: str, typed: str, code: str) -> None:
    found, detail = wrong(name, typed)
    assert found == code
    assert detail.keys() <= REASON


@pytest.mark.parametrize(
    ("name", "typed", "char"),
    [
        ("Member.name", "a\u202eb", "U+202E"),
        ("Member.name", "a\tb", "U+0009"),
        ("Member.name", "a\x1f", "U+001F"),
        ("Member.name", "\ufeffa", "U+FEFF"),
        ("Member.note", "a\r\nb", "U+000D"),
        ("Member.note", "a\udc9c", "U+DC9C"),
        ("Member.tags", "a\u200bb", "U+200B"),
        ("Member.email", "a@example.org\u200b", "U+200B"),
        ("Member.note", "\U000e0041", "U+E0041"),
    ],
    ids=repr,
)
def test_refuse_a_character(name: str, typed: str, char: str) -> None:
    assert wrong(name, typed) == ("character", {"name": char})
    assert fault(FIELDS[name], typed) == ("character", {"name": char})


def test_refuse_what_is_no_choice() -> None:
    detail = {"choices": CHANNELS, "suggestions": ["phone"]}
    assert wrong("Inquiry.channel", "phome") == ("choice", detail)
    assert fault(FIELDS["Inquiry.channel"], "phome") == ("choice", detail)


def test_a_beginning_that_two_choices_have_is_none() -> None:
    assert wrong("Inquiry.status", "a")[0] == "choice"


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("Inquiry.channel", "telefon", "phone"),
        ("Inquiry.channel", "E-mail", "email"),
        ("Inquiry.channel", "strona-www", "web"),
        ("Inquiry.channel", "spot", "meeting"),
        ("Inquiry.topic", "WSPOLPRACA", "cooperate"),
        ("Inquiry.status", "odrzucone", "declined"),
        ("Member.social_enterprise", "T", True),
        ("Member.social_enterprise", "no", False),
    ],
)
def test_a_choice_by_its_label_or_a_beginning(name: str, typed: str, value: object) -> None:
    assert read(FIELDS[name], typed) == value


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("a; b", ["a", "b"]),
        ("a;b ;; ", ["a", "b"]),
        (r"a\; b; c\\; d\x\ ", ["a; b", "c\\", "d\\x\\"]),
        ("14 681; 12", ["14 681", "12"]),
    ],
    ids=repr,
)
def test_read_list(text: str, items: list[str]) -> None:
    assert read_list(FIELDS["Member.tags"], text) == items


@pytest.mark.parametrize(
    ("text", "code"), [("", "empty"), (" ; ", "empty"), ("a; b\x1b", "character"), ("a; b\nc", "line-break")]
)
def test_refuse_a_list(text: str, code: str) -> None:
    with pytest.raises(WrongValue) as caught:
        read_list(FIELDS["Member.tags"], text)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("name", "stored"),
    [
        ("Member.name", "Fundacja „Łąka”"),
        ("Member.note", "one\n\ttwo\n"),
        ("Member.phone", "+48 14 681 00 00"),
        ("Member.nip", "1234563218"),
        ("Member.tags", ["one", "two"]),
        ("Member.social_enterprise", True),
        ("Member.social_enterprise", False),
        ("Member.joined", PartialDate(day(2014, 10, 7))),
        ("Member.joined", PartialDate("2014-10")),
        ("Inquiry.received", day(2014, 10, 7)),
        ("Inquiry.channel", "web"),
        ("Cluster.declared_members", 0),
    ],
    ids=repr,
)
def test_no_fault(name: str, stored: Any) -> None:
    assert not list(faults(FIELDS[name], [stored]))


@pytest.mark.parametrize(
    ("name", "stored", "code"),
    [
        ("Member.name", "", "empty"),
        ("Member.name", " ", "empty"),
        ("Member.note", "\n", "empty"),
        ("Member.tags", [], "empty"),
        ("Member.tags", ["a", ""], "empty"),
        ("Member.joined", PartialDate(""), "empty"),
        ("Member.name", "a ", "spaces"),
        ("Member.name", "\u00a0a", "spaces"),
        ("Member.name", "a\n", "line-break"),
        ("Member.note", "\na", "spaces"),
        ("Member.note", "a \n", "spaces"),
        ("Member.tags", ["a", " b"], "spaces"),
        ("Member.phone", "+48 14 681 00 00 ", "spaces"),
        ("Member.tags", ["a\nb"], "line-break"),
        ("Member.name", unicodedata.normalize("NFD", "ą"), "unnormalised"),
        ("Member.phone", "14 681 00 00", "form"),
        ("Member.nip", "123-456-32-18", "form"),
        ("Member.regon", "123 456 785", "form"),
        ("Member.krs", "0000 123 456", "form"),
        ("Member.krs", "413516", "form"),
        ("Member.regon", "30204683000000", "form"),
        ("Member.postal_code", "35001", "form"),
        ("Member.website", "example.org", "form"),
        ("Member.joined", PartialDate("2014-10-07"), "form"),
        ("Member.phone", "112", "phone"),
        ("Member.email", "a@b", "email"),
        ("Member.krs", "0123456", "krs"),
        ("Member.nip", "1234563219", "nip"),
        ("Member.regon", "123456784", "regon"),
        ("Member.postal_code", "35-01", "postal-code"),
        ("Member.website", "ftp://example.org", "website"),
        ("Member.joined", PartialDate("2014-13"), "date"),
        ("Member.joined", PartialDate("2014 "), "date"),
        ("Cluster.declared_members", -1, "number"),
        ("Cluster.declared_members", 2**63, "number"),
    ],
    ids=repr,
)
def test_fault(name: str, stored: Any, code: str) -> None:
    [(_number, _item, (found, detail))] = faults(FIELDS[name], [stored])
    assert found == code
    assert detail.keys() <= REASON


def test_two_phones_are_said_to_be_two() -> None:
    text = "tel. 14 681 00 00, 502 741 703"
    with pytest.raises(WrongValue) as caught:
        read(FIELDS["Member.phone"], text)
    assert (caught.value.code, caught.value.detail) == ("phone", {"reason": "several", "count": 0})
    assert fault(FIELDS["Member.phone"], text) == ("phone", {"reason": "several", "count": 0})


def test_a_choice_in_another_case_is_none() -> None:
    found = fault(FIELDS["Inquiry.channel"], "Phone")
    assert found is not None
    assert found[0] == "choice"
    assert found[1]["suggestions"] == ["phone"]


TYPED = st.one_of(
    st.text(max_size=12),
    st.from_regex(r"\+?(48)?[ -]?[1-9][0-9]{8}( wew\. [0-9]{2})?", fullmatch=True),
    st.from_regex(r"[0-9]{4}(-[01][0-9](-[0-3][0-9])?)?", fullmatch=True),
    st.from_regex(r"(https?://)?[a-zł-]{1,5}(\.[a-z]{1,3}){1,2}(:[0-9]{1,3})?(/[a-z#?]*)?", fullmatch=True),
    st.sampled_from([*CHANNELS, "tak", "14", "1234563218", "123456785", "0000123456", "35 001", "a@example.org"]),
)


@given(st.sampled_from(list(FIELDS.values())), TYPED)
def test_what_is_read_has_no_fault_and_is_read_again_as_it_is(field: Field, typed: str) -> None:
    try:
        value = read(field, typed)
    except WrongValue:
        return
    assert fault(field, value) is None
    assert read(field, str(value)) == value


@given(st.sampled_from(list(FIELDS.values())), st.text(st.characters()))
def test_a_refusal_never_holds_the_text(field: Field, text: str) -> None:
    detail: dict[str, Any] = {}
    try:
        read(field, text)
    except WrongValue as error:
        detail = error.detail
    assert set(detail) <= {"name", "choices", "suggestions", *REASON}
    assert detail.get("choices", field.choices) == field.choices


def test_no_part_is_imported_that_is_not_needed() -> None:
    program = (
        "import sys, pkes.model.values, pkes.registry.selection\n"
        "heavy = {'phonenumbers', 'stdnum', 'difflib'} & set(sys.modules)\n"
        "print(*heavy)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
