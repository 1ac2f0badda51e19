"""Which findings a write adds: those that keep it from being done, or that it is warned of."""

import datetime
from typing import Any

import pytest
from msgspec.structs import replace

from pkes.checks import run
from pkes.checks.findings import Finding, Subject, WouldBreak
from pkes.model import values
from pkes.model.dates import PartialDate
from pkes.model.records import Cluster, Inquiry, Member, Registry, Sector
from pkes.registry import changes, members

TODAY = datetime.date(2024, 5, 1)
NIP = "1234563218"
REGISTRY = Registry(
    cluster=Cluster(name="C", coordinator="a"),
    sectors={"ngo": Sector(id="ngo", pl="p", en="e")},
    members={
        "a": Member(id="a", name="A", sector="ngo", nip=NIP, email="wrong"),
        "b": Member(id="b", name="B", sector="x", nip=NIP, krs="wrong"),
        "c": Member(id="c", name="C", sector="ngo", joined=PartialDate("2014")),
    },
)
"""It has findings already: a wrong e-mail and KRS, an unknown sector, a NIP twice."""
INQUIRY = Inquiry(id="q", status="new", topic="join", channel="email", person="P", received=TODAY)


def added(after: Registry, before: Registry = REGISTRY) -> list[tuple[str, str | None, str | None]]:
    """Return the findings that a write adds, by code, id and field."""
    findings = run.added(before, after, changes.compare(before, after), TODAY)
    return [(one.code, one.id, one.field) for one in findings]


def with_new(id: str, **values: Any) -> Registry:
    return members.add(REGISTRY, id, {"sector": "ngo", **values})


def edited(id: str, **values: Any) -> Registry:
    return replace(REGISTRY, members={**REGISTRY.members, id: replace(REGISTRY.members[id], **values)})


@pytest.mark.parametrize(
    "after",
    [
        pytest.param(REGISTRY, id="nothing-changed"),
        pytest.param(edited("a", town="T"), id="old-faults-of-the-record"),
        pytest.param(edited("a", email="wrong too"), id="old-fault-of-the-field"),
        pytest.param(edited("b", nip=NIP, town="T"), id="old-pair"),
        pytest.param(edited("a", nip=None, email=None), id="faults-mended"),
        pytest.param(members.rename(REGISTRY, "a", "z"), id="renamed-with-its-faults"),
        pytest.param(members.remove(REGISTRY, "b"), id="removed-with-its-faults"),
        pytest.param(with_new("d", name="D"), id="added-without-faults"),
        pytest.param(
            replace(REGISTRY, cluster=Cluster(name="C", coordinator="a", declared_members=9)),
            id="what-only-check-finds",
        ),
        pytest.param(edited("b", left=PartialDate("2023")), id="left"),
    ],
)
def test_a_write_answers_for_nothing_that_was_there_before(after):
    assert added(after) == []


@pytest.mark.parametrize(
    ("after", "findings"),
    [
        pytest.param(edited("a", phone="wrong"), [("phone", "a", "phone")], id="of-the-touched-record"),
        pytest.param(edited("a", sector="y"), [("unknown-sector", "a", "sector")], id="of-a-read"),
        pytest.param(edited("c", left=PartialDate("2013")), [("date-order", "c", "left")], id="dates"),
        pytest.param(edited("c", name=""), [("required", "c", "name")], id="required"),
        pytest.param(edited("c", nip=NIP), [("identifier-twice", "c", "nip")], id="nip-of-others"),
        pytest.param(edited("c", name="b"), [("name-twice", "c", "name")], id="name-of-another"),
        pytest.param(edited("c", name="A", email="wrong"), [("email", "c", "email"), ("name-twice", "c", "name"),
                     ("email-twice", "c", "email")], id="several"),
        pytest.param(with_new("0", name="B"), [("name-twice", "0", "name")], id="new-record"),
        pytest.param(members.rename(REGISTRY, "c", "c-2"), [], id="renamed"),
        pytest.param(members.rename(edited("c", town=""), "c", "d"), [("empty", "d", "town")], id="renamed-and-edited"),
        pytest.param(replace(REGISTRY, sectors={}),
                     [("unknown-sector", "a", "sector"), ("unknown-sector", "c", "sector")], id="not-touched"),
        pytest.param(replace(REGISTRY, extra={"x": 1}), [("unknown-key", None, "x")], id="of-the-file"),
        pytest.param(replace(REGISTRY, inquiries={"q": INQUIRY}),
                     [("email-or-phone", "q", None), ("lawful-basis", "q", "lawful_basis")], id="new-inquiry"),
    ],
)  # fmt: skip
def test_a_write_answers_for_what_it_adds(after, findings):
    assert added(after) == findings


def test_an_old_pair_is_new_to_who_comes_back():
    before = edited("a", left=PartialDate("2023"))
    assert added(REGISTRY, before) == [("identifier-twice", "a", "nip")]


def test_the_new_member_of_an_old_pair_is_told():
    before = edited("c", nip=None)
    assert added(edited("c", nip=NIP), before) == [("identifier-twice", "c", "nip")]


def test_findings_of_many_records_stand_in_the_order_of_the_file():
    ids = [f"m{number}" for number in range(10, 30)]
    before = Registry(members={id: Member(id=id, name=id, sector="ngo") for id in ids}, sectors=REGISTRY.sectors)
    after = replace(before, members={id: replace(member, krs=f"x{id}") for id, member in before.members.items()})
    assert added(after, before) == [("krs", id, "krs") for id in ids]


def test_members_are_not_compared_where_nothing_of_it_changed(monkeypatch):
    def compare(subject: Subject) -> None:
        raise AssertionError("compared")

    monkeypatch.setattr(Subject, "current", compare)
    assert added(edited("c", town="T")) == []
    with pytest.raises(AssertionError, match="compared"):
        added(edited("c", nip=NIP))


def test_values_that_did_not_change_are_not_judged(monkeypatch):
    judged = set()
    real = values.faults
    monkeypatch.setattr(values, "faults", lambda field, held: judged.add(field.name) or real(field, held))
    assert added(edited("c", town="T ")) == [("spaces", "c", "town")]
    assert judged == {"town"}


def finding(code: str) -> Finding:
    return Finding(code, "member", "a", None, {})


def test_only_an_error_keeps_a_write_from_being_done():
    run.refuse_errors([])
    run.refuse_errors([finding("name-twice"), finding("declared-members")])
    with pytest.raises(WouldBreak) as caught:
        run.refuse_errors([finding("name-twice"), finding("nip"), finding("krs")])
    assert [one.code for one in caught.value.findings] == ["nip", "krs"]


def test_a_pair_is_found_at_the_record_that_was_touched():
    before = replace(REGISTRY, members={"z": Member(id="z", name="Z", sector="ngo", krs="0000000001")})
    after = members.add(before, "a", {"name": "A", "sector": "ngo", "krs": "0000000001"})
    [finding] = run.added(before, after, changes.compare(before, after), TODAY)
    assert (finding.code, finding.id, finding.detail) == ("identifier-twice", "a", {"other": "z"})
