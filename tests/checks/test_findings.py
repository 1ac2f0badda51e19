"""What a finding is, and what the rules look at."""

import datetime

import pytest
from msgspec.structs import replace

from pkes.checks.codes import CODES
from pkes.checks.findings import Finding, Subject, are_new
from pkes.model.dates import PartialDate
from pkes.model.records import Cluster, Inquiry, Member, Registry

TODAY = datetime.date(2024, 5, 1)
REGISTRY = Registry(
    cluster=Cluster(name="C"),
    members={"a": Member(id="a"), "b": Member(id="b", left=PartialDate("2023"))},
    inquiries={"a": Inquiry(id="a")},
)


@pytest.mark.parametrize(("code", "severity"), [("nip", "error"), ("empty", "warning"), ("declared-members", "note")])
def test_a_finding_is_as_grave_as_its_code(code, severity):
    assert Finding(code, "member", "a", None, {}).severity == severity


def test_severities_are_of_three_kinds():
    assert {code.severity for code in CODES.values()} == {"error", "warning", "note"}
    assert {CODES[code].severity for code in ("declared-members", "overdue", "retention-due")} == {"note"}


def seen(subject: Subject, *kinds: str) -> list[tuple[str, str]]:
    return [(kind.name, record.id) for kind, record in subject.records(*kinds)]


def test_a_subject_shows_all_records_in_the_order_of_the_file():
    everything = [("cluster", ""), ("policy", ""), ("member", "a"), ("member", "b"), ("inquiry", "a")]
    assert seen(Subject(REGISTRY, TODAY)) == everything
    assert seen(Subject(REGISTRY, TODAY), "inquiry", "cluster") == [("cluster", ""), ("inquiry", "a")]


def test_a_subject_can_be_narrowed_to_the_records_that_a_write_touched():
    touched = Subject(REGISTRY, TODAY, {("cluster", None), ("member", "a"), ("member", "gone"), ("file", None)})
    assert seen(touched) == [("cluster", ""), ("member", "a")]
    assert seen(touched, "inquiry") == []
    assert seen(Subject(REGISTRY, TODAY, set())) == []


def test_current_members_are_seen_touched_or_not():
    assert [member.id for member in Subject(REGISTRY, TODAY, set()).current()] == ["a"]
    assert [member.id for member in Subject(REGISTRY, datetime.date(2023, 5, 1)).current()] == ["a", "b"]


@pytest.mark.parametrize(
    ("changed", "is_concerned"),
    [(None, True), (frozenset(), False), (frozenset({"town"}), False), (frozenset({"town", "nip"}), True)],
    ids=["all", "none", "another", "one-of-them"],
)
def test_the_fields_that_changed_are_looked_at(changed, is_concerned):
    assert Subject(REGISTRY, TODAY, None, changed).concerns("nip", "left") is is_concerned


def finding(code: str = "nip", id: str | None = "a", field: str | None = "nip", **detail: object) -> Finding:
    return Finding(code, "member", id, field, detail)


@pytest.mark.parametrize(
    ("found", "had", "new"),
    [
        pytest.param([finding()], [], [True], id="none-before"),
        pytest.param([], [finding()], [], id="none-now"),
        pytest.param([finding()], [finding(other="b")], [False], id="same-but-for-its-words"),
        pytest.param([finding()], [finding("krs")], [True], id="code"),
        pytest.param([finding()], [finding(id="b")], [True], id="record"),
        pytest.param([finding()], [finding(field="krs")], [True], id="field"),
        pytest.param([finding()], [replace(finding(), kind="inquiry")], [True], id="kind"),
        pytest.param([finding(n=1), finding(n=2)], [finding()], [False, True], id="one-more"),
        pytest.param([finding(), finding()], [finding()] * 3, [False, False], id="one-less"),
        pytest.param([finding(id="new")], [finding(id="old")], [False], id="renamed"),
        pytest.param([finding(id="old")], [finding(id="old")], [True], id="another-under-the-old-id"),
    ],
)
def test_which_findings_are_new(found, had, new):
    assert list(are_new(found, had, {("member", "old"): "new"})) == new
