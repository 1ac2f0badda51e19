"""The rules of a registry: each is silent where all is well, and speaks where it is not."""

import datetime
from pathlib import Path
from typing import Any

import pytest

from pkes.checks import rules, run
from pkes.checks.codes import CODES
from pkes.checks.findings import Finding, Subject
from pkes.model.dates import PartialDate
from pkes.model.records import Cluster, Inquiry, Member, Policy, Registry, Sector
from pkes.registry import parsing

day = datetime.date
TODAY = day(2024, 5, 1)
SHIPPED = Path(__file__).parents[2] / "registry.toml"
BY_NAME = {rule.ensure.__name__: rule.ensure for rule in rules.RULES}


def member(id: str, **values: Any) -> Member:
    reached = {"email": f"{id}@example.org", "phone": "+48 22 000 00 00"}
    return Member(**{"id": id, "name": id.upper(), "sector": "ngo", **reached, "confirmed": TODAY, **values})


def inquiry(id: str = "q", **values: Any) -> Inquiry:
    usual = {"received": day(2024, 1, 1), "person": "P", "email": "p@example.org", "channel": "email", "topic": "join"}
    usual |= {"lawful_basis": "GDPR, Art. 6(1)(b)", "informed": TODAY}
    return Inquiry(**{"id": id, "status": "new", **usual, **values})


def erased(**values: Any) -> Inquiry:
    return inquiry(**{"person": None, "email": None, "status": "declined", "closed": TODAY, "erased": TODAY, **values})


def registry(*records: Member | Inquiry | Sector, extra: dict[str, Any] | None = None, **cluster: Any) -> Registry:
    """Return a registry where all is well but for what is given."""
    held: dict[type, dict[str, Any]] = {
        Member: {"a": member("a")},
        Inquiry: {},
        Sector: {"ngo": Sector(id="ngo", pl="p", en="e")},
    }
    for record in records:
        held[type(record)][record.id] = record
    return Registry(
        cluster=Cluster(**{"name": "C", "coordinator": "a", **cluster}),
        sectors=held[Sector], members=held[Member], inquiries=held[Inquiry], extra=extra or {},
    )  # fmt: skip


def found(held: Registry, rule: str) -> list[tuple[str, str, str | None, str | None]]:
    """Return what one rule finds."""
    return [(one.code, one.kind, one.id, one.field) for one in BY_NAME[rule](Subject(held, TODAY))]


SILENT = [
    pytest.param(registry(), id="least"),
    pytest.param(registry(inquiry(received=day(2024, 4, 17))), id="inquiry"),
    pytest.param(registry(inquiry(status="answered", answered=day(2024, 1, 2))), id="answered"),
    pytest.param(registry(member("b", nip="1234563218", krs="0000000001", regon="123456785")), id="identifiers"),
    pytest.param(
        registry(member("b", inquiry="q"), inquiry(member="b", status="accepted", answered=TODAY, closed=TODAY)),
        id="references",
    ),
    pytest.param(registry(member("0-b-9")), id="id"),
    pytest.param(registry(phone="+48 22 000 00 00", email="c@example.org", website="https://example.org"), id="forms"),
    pytest.param(registry(description="one\ntwo\tthree\n", founded=PartialDate("2014-10")), id="texts"),
    pytest.param(
        registry(inquiry(received=TODAY, person=None, name="N", email=None, phone="+48 22 000 00 00")),
        id="name-and-phone",
    ),
    pytest.param(
        registry(
            inquiry(person=None, email=None, status="declined", erased=TODAY, closed=day(2024, 2, 1), lawful_basis=None)
        ),
        id="erased",
    ),
]


KNOWN = [
    ("known_keys", registry(extra={"membres": {}}), ("unknown-key", "file", None, "membres")),
    ("known_keys", registry(extra={"id": 1}), ("unknown-key", "file", None, "id")),
    ("known_keys", registry(member("b", extra={"colour": 1})), ("unknown-key", "member", "b", "colour")),
    ("known_keys", registry(member("b", extra={"id": 1})), ("id-key", "member", "b", "id")),
    ("known_keys", Registry(policy=Policy(extra={"id": 1})), ("unknown-key", "policy", None, "id")),
    ("known_codes", Registry(policy=Policy(ignore=["spaces", "nip"])), ("ignore", "policy", None, "ignore")),
    ("known_codes", Registry(policy=Policy(ignore=["overdu"])), ("ignore", "policy", None, "ignore")),
    ("known_sectors", registry(member("b", sector="x")), ("unknown-sector", "member", "b", "sector")),
    ("known_sectors", registry(inquiry(sector="NGO")), ("unknown-sector", "inquiry", "q", "sector")),
    ("known_choices", registry(inquiry(channel="fax")), ("choice", "inquiry", "q", "channel")),
    ("known_choices", registry(inquiry(topic="Join")), ("choice", "inquiry", "q", "topic")),
    ("known_choices", registry(inquiry(status="open")), ("choice", "inquiry", "q", "status")),
    ("known_references", registry(coordinator="x"), ("unknown-member", "cluster", None, "coordinator")),
    ("known_references", registry(member("b", inquiry="x")), ("unknown-inquiry", "member", "b", "inquiry")),
    ("known_references", registry(inquiry(member="x")), ("unknown-member", "inquiry", "q", "member")),
]
SINGLE = [
    ("right_ids", registry(member("B")), ("id", "member", "B", None)),
    ("right_ids", registry(member("ł")), ("id", "member", "ł", None)),
    ("right_ids", registry(member("a\n")), ("id", "member", "a\n", None)),
    ("right_ids", registry(member("")), ("id", "member", "", None)),
    ("right_ids", registry(Sector(id="a b", pl="p", en="e")), ("id", "sector", "a b", None)),
    ("right_ids", registry(inquiry("q_1")), ("id", "inquiry", "q_1", None)),
    ("required_fields", registry(name=None), ("required", "cluster", None, "name")),
    ("required_fields", registry(coordinator=""), ("required", "cluster", None, "coordinator")),
    ("required_fields", registry(Sector(id="s", pl="p")), ("required", "sector", "s", "en")),
    ("required_fields", registry(member("b", name="")), ("required", "member", "b", "name")),
    ("required_fields", registry(member("b", sector=None)), ("required", "member", "b", "sector")),
    ("required_fields", registry(inquiry(received=None)), ("required", "inquiry", "q", "received")),
    ("required_fields", registry(inquiry(status="")), ("required", "inquiry", "q", "status")),
    ("required_fields", registry(inquiry(person="", name=None)), ("name-or-person", "inquiry", "q", None)),
    ("required_fields", registry(inquiry(email="", phone="")), ("email-or-phone", "inquiry", "q", None)),
    ("required_fields", registry(inquiry(topic=None, erased=TODAY)), ("required", "inquiry", "q", "topic")),
    ("right_values", registry(email="nobody"), ("email", "cluster", None, "email")),
    ("right_values", registry(member("b", nip="1111111112")), ("nip", "member", "b", "nip")),
    ("right_values", registry(member("b", krs="0123")), ("krs", "member", "b", "krs")),
    ("right_values", registry(member("b", regon="000000001")), ("regon", "member", "b", "regon")),
    ("right_values", registry(member("b", phone="1")), ("phone", "member", "b", "phone")),
    ("right_values", registry(member("b", postal_code="x")), ("postal-code", "member", "b", "postal_code")),
    ("right_values", registry(website="x"), ("website", "cluster", None, "website")),
    ("right_values", registry(member("b", joined=PartialDate("soon"))), ("date", "member", "b", "joined")),
    ("right_values", registry(declared_members=-1), ("number", "cluster", None, "declared_members")),
    ("right_values", registry(member("b", name="a\u202eb")), ("character", "member", "b", "name")),
    ("right_values", registry(member("b", town="a\nb")), ("line-break", "member", "b", "town")),
    ("right_values", registry(member("b", nip="123-456-32-18")), ("form", "member", "b", "nip")),
    ("whole_organisations", registry(member("b", regon="12345678512347")), ("local-unit", "member", "b", "regon")),
    ("whole_organisations", registry(member("b", regon="123456785 12347")), ("local-unit", "member", "b", "regon")),
    ("right_values", registry(member("b", town=" T")), ("spaces", "member", "b", "town")),
    ("right_values", registry(member("b", town="o\u0301")), ("unnormalised", "member", "b", "town")),
    ("right_values", registry(member("b", town="")), ("empty", "member", "b", "town")),
    ("right_values", registry(member("b", tags=[])), ("empty", "member", "b", "tags")),
    ("right_values", registry(inquiry(notes=["right", "x\x1b"])), ("character", "inquiry", "q", "notes")),
    ("complete_erasure", registry(inquiry(email=None, erased=TODAY)), ("erased-data", "inquiry", "q", "person")),
    ("complete_erasure", registry(erased(notes=["x"])), ("erased-data", "inquiry", "q", "notes")),
    ("complete_erasure", registry(erased(extra={"pesel": 1})), ("erased-data", "inquiry", "q", "pesel")),
    ("dated_and_linked", registry(inquiry(status="answered")), ("undated", "inquiry", "q", "answered")),
    ("dated_and_linked", registry(inquiry(status="declined")), ("undated", "inquiry", "q", "closed")),
    ("dated_and_linked", registry(inquiry(status="withdrawn")), ("undated", "inquiry", "q", "closed")),
    (
        "dated_and_linked",
        registry(inquiry(status="accepted", answered=TODAY, closed=TODAY)),
        ("unlinked", "inquiry", "q", "member"),
    ),
    ("mutual_links", registry(member("b", inquiry="q"), inquiry()), ("one-sided", "member", "b", "inquiry")),
    ("mutual_links", registry(member("b"), inquiry(member="b")), ("one-sided", "inquiry", "q", "member")),
    ("lawful_bases", registry(inquiry(lawful_basis="")), ("lawful-basis", "inquiry", "q", "lawful_basis")),
    ("answers_in_time", registry(inquiry(received=day(2024, 4, 16))), ("overdue", "inquiry", "q", "received")),
    (
        "informed_persons",
        registry(inquiry(received=day(2024, 3, 31), informed=None)),
        ("not-informed", "inquiry", "q", "informed"),
    ),
    ("confirmed_facts", registry(member("b", confirmed=None)), ("unconfirmed", "cluster", None, None)),
    ("confirmed_facts", registry(member("b", confirmed=day(2023, 4, 30))), ("unconfirmed", "cluster", None, None)),
    (
        "retention",
        registry(inquiry(status="declined", closed=day(2022, 4, 30))),
        ("retention-due", "inquiry", "q", "closed"),
    ),
]


def case_id(value: Any) -> str | None:
    if isinstance(value, tuple):
        return "-".join(part.strip() or "empty" for part in value if part is not None)
    return value if isinstance(value, str) else "held"


@pytest.mark.parametrize(("rule", "held", "finding"), KNOWN + SINGLE, ids=case_id)
def test_a_rule_speaks(rule, held, finding):
    assert found(held, rule) == [finding]


def test_wrong_values_come_by_record_and_then_by_field():
    held = registry(member("b", phone="1", town="x "), member("c", phone="1", street="y "))
    assert [(id, field) for _code, _kind, id, field in found(held, "right_values")] == [
        ("b", "town"), ("b", "phone"), ("c", "street"), ("c", "phone"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "held"),
    [
        ("known_sectors", registry(member("b", sector=None), inquiry(sector=""))),
        ("complete_erasure", registry(erased(notes=[], town="", extra={}))),
        ("complete_erasure", registry(inquiry())),
        ("dated_and_linked", registry(erased(closed=None))),
        ("lawful_bases", registry(erased(lawful_basis=None))),
        ("answers_in_time", registry(inquiry(received=day(2024, 4, 17)), inquiry("r", status="answered"))),
        ("answers_in_time", registry(inquiry(received=None))),
        ("informed_persons", registry(inquiry(received=day(2024, 4, 1), informed=None))),
        ("informed_persons", registry(inquiry(received=None, informed=None))),
        ("informed_persons", registry(erased(received=day(2020, 1, 1), informed=None))),
        ("confirmed_facts", registry(member("b", confirmed=day(2023, 5, 1)))),
        ("confirmed_facts", registry(member("b", confirmed=None, left=PartialDate("2024-04")))),
        ("retention", registry(inquiry(status="declined", closed=day(2022, 5, 1)), inquiry("r"))),
        ("retention", registry(erased(closed=day(2020, 1, 1)))),
        ("known_choices", registry(inquiry(status=None, channel=""))),
        ("known_references", registry(member("b", inquiry=""), inquiry(member=None), coordinator=None)),
        ("right_values", registry(member("b", name=""), inquiry(channel="fax"), name="")),
    ],
)
def test_what_is_absent_or_anothers_matter_is_passed_over(rule, held):
    assert found(held, rule) == []


def test_a_finding_holds_no_value():
    held = registry(
        member("b", email="secret", nip="secret", phone="secret", joined=PartialDate("secret"), town="secret ")
    )
    assert "secret" not in repr(run.check(held, TODAY))


def partial(first: str | day, second: str | day) -> Registry:
    return registry(member("b", joined=PartialDate(first), left=PartialDate(second)))


@pytest.mark.parametrize(
    ("held", "field"),
    [
        pytest.param(partial("2014", "2013"), "left", id="years"),
        pytest.param(partial("2014-10", "2014-09"), "left", id="months"),
        pytest.param(
            partial("2014-10", day(2014, 9, 30)),
            "left",
            id="day-before",
        ),
        pytest.param(registry(inquiry(answered=day(2023, 12, 31))), "answered", id="answered-before-received"),
        pytest.param(registry(inquiry(closed=day(2023, 12, 31))), "closed", id="closed-before-received"),
        pytest.param(
            registry(inquiry(answered=day(2024, 3, 1), closed=day(2024, 2, 1))), "closed", id="before-answered"
        ),
        pytest.param(registry(inquiry(closed=day(2024, 3, 1), erased=day(2024, 2, 1))), "erased", id="before-closed"),
    ],
)
def test_dates_out_of_order_are_found(held, field):
    assert [(code, at) for code, _, _, at in found(held, "ordered_dates")] == [("date-order", field)]


@pytest.mark.parametrize(
    "held",
    [
        pytest.param(partial("2014-10", "2014"), id="left-some-time-in-the-year"),
        pytest.param(partial("2014", "2014-01"), id="joined-some-time-in-the-year"),
        pytest.param(partial("soon", "2014"), id="joined-at-no-date"),
        pytest.param(partial("2014", "soon"), id="left-at-no-date"),
        pytest.param(partial(day(2014, 1, 1), day(2014, 1, 1)), id="same-day"),
        pytest.param(registry(member("b", left=PartialDate("2014"))), id="no-start"),
        pytest.param(
            registry(inquiry(**dict.fromkeys(("answered", "closed", "erased"), day(2024, 1, 1)))), id="one-day"
        ),
        pytest.param(registry(inquiry(received=None, closed=day(2024, 1, 1))), id="never-received"),
    ],
)
def test_dates_that_may_be_in_order_are_let_pass(held):
    assert found(held, "ordered_dates") == []


def test_a_date_out_of_order_names_the_earlier_one():
    held = registry(inquiry(answered=day(2024, 3, 1), closed=day(2024, 2, 1)))
    assert next(rules.ordered_dates(Subject(held, TODAY))).detail == {"earlier": "answered"}


TWICE = [
    pytest.param("unique_identifiers", "identifier-twice", "nip", "1234563218", "1234563218", id="nip"),
    pytest.param("unique_identifiers", "identifier-twice", "krs", "0000000001", "1", id="krs"),
    pytest.param("unique_identifiers", "identifier-twice", "regon", "123456785", "12345678500000", id="regon"),
    pytest.param("unique_names", "name-twice", "name", "Łąka", "ŁĄKA Sp. z o.o.", id="name"),
    pytest.param("unique_emails", "email-twice", "email", "x@example.org", "X@example.org", id="email"),
]


@pytest.mark.parametrize(("rule", "code", "field", "one", "other"), TWICE)
def test_what_two_members_may_not_share(rule, code, field, one, other):
    ensure = BY_NAME[rule]
    pair = registry(member("b", **{field: one}), member("c", **{field: other}), member("d", **{field: one}))
    assert found(pair, rule) == [(code, "member", "c", field), (code, "member", "d", field)]
    assert [finding.detail for finding in ensure(Subject(pair, TODAY))] == [{"other": "b"}, {"other": "b"}]


@pytest.mark.parametrize(("rule", "code", "field", "one", "other"), TWICE)
def test_an_identifier_may_be_shared_with_a_former_member(rule, code, field, one, other):
    former = member("b", left=PartialDate("2023"), **{field: one})
    shared = [] if code == "identifier-twice" else [(code, "member", "c", field)]
    assert found(registry(former, member("c", **{field: other})), rule) == shared
    blank = registry(member("b", **{field: None}), member("c", **{field: ""}), member("d", **{field: ""}))
    assert found(blank, rule) == []


@pytest.mark.parametrize(
    ("declared", "listed"),
    [
        pytest.param(2, 1, id="more-declared"),
        pytest.param(0, 1, id="fewer-declared"),
        pytest.param(1, None, id="as-many"),
        pytest.param(None, None, id="none-declared"),
    ],
)
def test_declared_members_are_held_against_the_current_ones(declared, listed):
    held = registry(member("b", left=PartialDate("2023")), declared_members=declared)
    findings = list(rules.declared_members(Subject(held, TODAY)))
    detail = {"declared": declared, "listed": listed}
    expected = [Finding("declared-members", "cluster", None, "declared_members", detail)]
    assert findings == (expected if listed is not None else [])


@pytest.mark.parametrize(
    ("left", "found_it"), [(None, False), (PartialDate("2023"), True), (PartialDate("2099-01-01"), False)]
)
def test_a_coordinator_that_has_left(left, found_it):
    held = registry(member("a", left=left), coordinator="a")
    expected = [("coordinator-left", "cluster", None, "coordinator")] if found_it else []
    assert found(held, "current_coordinator") == expected


def test_a_spelling_that_nobody_else_has():
    held = registry(
        member("b", town="Rzeszów", tags=["Szycie"]),
        member("c", town="rzeszow"),
        member("d", town="Rzeszów", tags=["x", "szycie"]),
    )
    assert list(rules.alike_spellings(Subject(held, TODAY))) == [
        Finding("near-miss", "member", "c", "town", {"other": "Rzeszów"}),
        Finding("near-miss", "member", "d", "tags", {"other": "Szycie", "item": 1}),
    ]


def test_a_label_that_two_sectors_have():
    labels = {"b": ("x", "Y z"), "c": ("yź", "x2"), "d": ("w", "w"), "e": ("", None)}
    held = Registry(sectors={id: Sector(id=id, pl=pl, en=en) for id, (pl, en) in labels.items()})
    assert found(held, "unique_labels") == [("label-twice", "sector", "b", "en"), ("label-twice", "sector", "c", "pl")]


TRIED = (
    {rule for rule, *_ in KNOWN + SINGLE}
    | {case.values[0] for case in TWICE}
    | {
        "ordered_dates",
        "current_coordinator",
        "declared_members",
        "settled_conflicts",
        "alike_spellings",
        "unique_labels",
    }
)
"""The rules that have cases here, in which they speak."""


@pytest.mark.parametrize("held", SILENT)
def test_all_is_well(held):
    assert {rule: found(held, rule) for rule in sorted(TRIED)} == {rule: [] for rule in TRIED}


def test_every_rule_says_what_it_ensures_and_is_tried():
    assert all(rule.ensure.__doc__.startswith("Ensure that ") for rule in rules.RULES)
    assert {rule.ensure.__name__ for rule in rules.RULES} == TRIED


def test_every_code_has_a_severity():
    assert {finding[0] for _, _, finding in KNOWN + SINGLE} <= CODES.keys()


def test_every_read_looks_at_what_costs_nothing():
    held = registry(member("b", sector="x", nip="wrong"), declared_members=9, extra={"x": 1})
    assert [one.code for one in run.at_read(held)] == ["unknown-key", "unknown-sector"]


def test_the_shipped_registry_has_no_more_than_notes():
    findings = run.check(parsing.parse(SHIPPED.read_text("utf-8")), TODAY)
    assert {one.severity for one in findings} == {"note"}
    assert [one.detail for one in findings if one.code == "declared-members"] == [{"declared": 14, "listed": 13}]


CONFLICT = "one\n<<<<<<< ours\ntwo\n=======\nthree\n>>>>>>> theirs\n"


@pytest.mark.parametrize(
    ("text", "speaks"),
    [
        pytest.param(CONFLICT, True, id="whole"),
        pytest.param(CONFLICT.replace("\n", "\r\n"), True, id="crlf"),
        pytest.param(CONFLICT.replace("=======", "||||||| base\nnone\n======="), True, id="with-its-base"),
        pytest.param(f"Title\n=======\n{CONFLICT}Title\n=======\n", True, id="between-underlines"),
        pytest.param("<<<<<<<\n=======\n>>>>>>>", True, id="without-names-and-sides"),
        pytest.param(CONFLICT.replace(">>>>>>> theirs", ""), False, id="without-its-end"),
        pytest.param(CONFLICT.replace("=======\n", ""), False, id="without-its-middle"),
        pytest.param(CONFLICT.replace("<<<<<<< ours\n", ""), False, id="without-its-beginning"),
        pytest.param(CONFLICT.replace("<<<<<<< ", "x <<<<<<< "), False, id="inside-a-line"),
        pytest.param("Title\n=======\n", False, id="underlined"),
    ],
)
def test_a_conflict_inside_a_text_is_found(text, speaks):
    expected = [("conflict", "member", "b", "note")] if speaks else []
    assert found(registry(member("b", note=text)), "settled_conflicts") == expected


def test_a_conflict_is_found_in_every_value_but_a_message():
    held = registry(
        member("b", notes=[CONFLICT], extra={"x": {"y": [CONFLICT]}}), inquiry("2020-01-01-abc", message=CONFLICT)
    )
    assert found(held, "settled_conflicts") == [("conflict", "member", "b", "notes"), ("conflict", "member", "b", "x")]
