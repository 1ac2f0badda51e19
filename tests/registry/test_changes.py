"""What changed between two registries, field by field."""

import datetime
import math
import tomllib
from typing import Any

import pytest
import tomli_w
from hypothesis import given

from pkes.model.dates import PartialDate
from pkes.model.records import KIND, KINDS, Cluster, Inquiry, Member, Policy, Registry, Sector, fields
from pkes.registry.changes import Change, compare, same_changes
from pkes.toml.reading import same
from tests.random_registries import ALIEN, DATA, registry

day = datetime.date


def holding(*records: Any, **others: Any) -> Registry:
    """Return a registry that holds some records."""
    held: dict[str, dict[str, Any]] = {kind.table: {} for kind in KINDS if kind.keyed}
    tables = {kind.struct: kind.table for kind in KINDS}
    for record in records:
        held[tables[type(record)]][record.id] = record
    return Registry(**held, **others)


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        pytest.param(holding(format=1), holding(format=2), ("file", None, "format", 1, 2), id="format"),
        pytest.param(holding(extra={"x": 1}), holding(), ("file", None, "x", 1, None), id="unknown-gone"),
        pytest.param(
            holding(),
            holding(cluster=Cluster(name="C")),
            ("cluster", None, "name", None, "C"),
            id="field-of-the-cluster",
        ),
        pytest.param(
            holding(policy=Policy(retention_months=1)),
            holding(),
            ("policy", None, "retention_months", 1, None),
            id="policy",
        ),
    ],
)
def test_a_change_of_what_has_no_id(before, after, change):
    kind, id, field, old, new = change
    assert compare(before, after) == (Change(kind, id, "changed", field, old, new),)


def test_a_record_comes_and_goes_whole():
    member, sector = Member(id="a"), Sector(id="s")
    assert compare(holding(), holding(member)) == (Change("member", "a", "added", None, None, member),)
    assert compare(holding(sector), holding()) == (Change("sector", "s", "removed", None, sector, None),)


@pytest.mark.parametrize(
    ("field", "before", "after", "old", "new"),
    [
        pytest.param("town", "T", "U", "T", "U", id="text"),
        pytest.param("town", "", None, "", None, id="empty-cleared"),
        pytest.param("tags", None, [], None, [], id="empty-list"),
        pytest.param("tags", ["b", "c"], ["c", "b"], ["b", "c"], ["c", "b"], id="order-of-a-list"),
        pytest.param("social_enterprise", None, False, None, False, id="boolean"),
        pytest.param("left", None, PartialDate("2014"), None, "2014", id="partial-date"),
        pytest.param("left", PartialDate("2014"), PartialDate(day(2014, 1, 1)), "2014", day(2014, 1, 1), id="date"),
        pytest.param("extra", {"x": 1}, {"x": True}, 1, True, id="type-of-an-unknown"),
        pytest.param("extra", {"x": {"y": 1}}, {}, {"y": 1}, None, id="unknown-gone"),
    ],
)
def test_a_change_of_a_field(field, before, after, old, new):
    one, other = (holding(Member(id="a", **{field: value})) for value in (before, after))
    assert compare(one, other) == (Change("member", "a", "changed", "x" if field == "extra" else field, old, new),)
    assert type(compare(one, other)[0].new) is type(new)


def test_an_unknown_key_named_id_is_no_rename():
    before, after = holding(Member(id="a", extra={"id": 1})), holding(Member(id="a"))
    assert compare(before, after) == (Change("member", "a", "changed", "id", 1, None),)


def test_changes_are_sorted_by_kind_id_and_field():
    before = holding(Member(id="c", note="N"), Member(id="b"), Inquiry(id="a"), Sector(id="z"))
    after = holding(
        Member(id="d"), Member(id="c", note="M", name="X", extra={"x": 1}), Member(id="a", krs="k"),
        Inquiry(id="a", topic="join"), Sector(id="z", en="e", pl="p"), cluster=Cluster(region="R", name="C"),
        extra={"y": 1},
    )  # fmt: skip
    assert [(one.kind, one.id, one.action, one.field) for one in compare(before, after)] == [
        ("file", None, "changed", "y"), ("cluster", None, "changed", "name"), ("cluster", None, "changed", "region"),
        ("sector", "z", "changed", "pl"), ("sector", "z", "changed", "en"), ("member", "a", "added", None),
        ("member", "b", "removed", None), ("member", "c", "changed", "name"), ("member", "c", "changed", "note"),
        ("member", "c", "changed", "x"), ("member", "d", "added", None), ("inquiry", "a", "changed", "topic"),
    ]  # fmt: skip


@given(data=DATA)
def test_a_registry_does_not_differ_from_itself(data):
    assert compare(registry(data), registry(data)) == ()
    one = registry(data)
    assert compare(one, one) == ()


def order(change: Change) -> tuple[int, str, int]:
    names = ["format"] if change.kind == "file" else ["id", *fields(KIND[change.kind].struct)]
    place = -1 if change.field is None or change.action == "renamed" else len(names)
    return (
        ("file", *KIND).index(change.kind),
        change.id or "",
        names.index(change.field) if change.field in names[1:] else place,
    )


@given(before=DATA, after=DATA)
def test_changes_of_any_two_registries_are_sorted_and_told_once(before, after):
    found = compare(registry(before), registry(after))
    assert list(found) == sorted(found, key=order)
    assert len({(one.kind, one.id, one.action, one.field) for one in found}) == len(found)
    assert all(not same(one.old, one.new) for one in found)


@given(before=DATA, after=DATA)
def test_a_difference_is_seen_from_both_sides(before, after):
    there, back = compare(registry(before), registry(after)), compare(registry(after), registry(before))
    assert len(there) == len(back)
    swapped = {(one.kind, one.field, repr(one.new), repr(one.old)) for one in back if one.action != "renamed"}
    assert {(one.kind, one.field, repr(one.old), repr(one.new)) for one in there if one.action != "renamed"} == swapped


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(Member(id="a", name="X"), Member(id="b", name="X", town="T"), id="same-name"),
        pytest.param(Member(id="a", name="X", nip="1"), Member(id="b", name="Y", nip="1"), id="same-nip"),
        pytest.param(Member(id="a", krs="1"), Member(id="b", krs="1"), id="same-krs"),
        pytest.param(Sector(id="a", pl="p", en="e"), Sector(id="b", pl="p", en="e", extra={"x": 1}), id="both-labels"),
        pytest.param(
            Inquiry(id="a", person="P", topic="join"), Inquiry(id="b", person="P", topic="join"), id="all-fields"
        ),
        pytest.param(
            Inquiry(id="a", person="P", town=""), Inquiry(id="b", person="P", notes=[]), id="all-fields-but-empty-ones"
        ),
    ],
)
def test_a_rename_is_known_by_a_mark(old, new):
    found = compare(holding(old), holding(new))
    assert found[0][1:] == (new.id, "renamed", "id", old.id, new.id)
    assert {one.action for one in found[1:]} <= {"changed"}
    assert {one.id for one in found} == {new.id}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param([Member(id="a", name="X")], [Member(id="b", name="Y")], id="nothing-shared"),
        pytest.param([Member(id="a", name="")], [Member(id="b", name="")], id="nothing-but-empty"),
        pytest.param([Member(id="a", regon="1", town="T")], [Member(id="b", regon="1", town="T")], id="no-key"),
        pytest.param([Member(id="a", name="1")], [Member(id="b", nip="1")], id="another-field"),
        pytest.param([Member(id="a", name="X")], [Member(id="b", name="X"), Member(id="c", name="X")], id="two-added"),
        pytest.param(
            [Member(id="a", name="X"), Member(id="b", name="X")], [Member(id="c", name="X")], id="two-removed"
        ),
        pytest.param(
            [Member(id="a", name="X", nip="1")],
            [Member(id="b", name="X"), Member(id="c", nip="1")],
            id="two-marks-two-members",
        ),
        pytest.param([Sector(id="a", pl="p", en="e")], [Sector(id="b", pl="p", en="f")], id="one-label"),
        pytest.param([Sector(id="a", pl="p")], [Sector(id="b", pl="p")], id="only-one-label"),
        pytest.param([Inquiry(id="a", person="P")], [Inquiry(id="b", person="P", topic="join")], id="one-field-more"),
        pytest.param(
            [Inquiry(id="a", person="P", extra={"x": 1})], [Inquiry(id="b", person="P")], id="one-unknown-less"
        ),
        pytest.param([Inquiry(id="a")], [Inquiry(id="b")], id="no-field"),
    ],
)
def test_no_rename_is_guessed_at(before, after):
    found = compare(holding(*before), holding(*after))
    assert {one.action for one in found} == {"added", "removed"}
    assert len(found) == len(before) + len(after)


def test_two_renames_at_once_are_told_apart():
    before, after = (
        holding(Member(id="a", name="X"), Member(id="b", nip="1")),
        holding(Member(id="d", nip="1", name="Z"), Member(id="c", name="X")),
    )
    assert [(one.action, one.field, one.old, one.new) for one in compare(before, after)] == [
        ("renamed", "id", "a", "c"), ("renamed", "id", "b", "d"), ("changed", "name", None, "Z"),
    ]  # fmt: skip


def test_changes_are_the_same_to_the_last_digit():
    def change(new):
        return (Change("file", None, "changed", "x", None, new),)

    assert same_changes(change(math.nan), change(float("nan")))
    assert same_changes((), ())
    assert not same_changes(change(1), change(1.0))
    assert not same_changes(change(1), ())


@given(value=ALIEN)
def test_a_value_is_the_same_as_its_like(value):
    assert same(value, tomllib.loads(tomli_w.dumps({"k": value}))["k"])
