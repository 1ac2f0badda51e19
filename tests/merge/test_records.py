"""Three registries become one, field by field."""

import datetime

import pytest

from pkes.merge.records import Conflict, combine
from pkes.model.dates import PartialDate
from pkes.model.records import Cluster, Inquiry, Member, Registry, Sector


def registry(*records, cluster=None, extra=None):
    """Return a registry with members, inquiries and sectors under their ids."""
    held = {"members": {}, "inquiries": {}, "sectors": {}}
    tables = {Member: "members", Inquiry: "inquiries", Sector: "sectors"}
    for record in records:
        held[tables[type(record)]][record.id] = record
    return Registry(cluster=cluster or Cluster(name="K", coordinator="a"), extra=extra or {}, **held)


def member(id="a", **values):
    return Member(id=id, **{"name": f"Name of {id}", **values})


def merged_member(base, ours, theirs, id="a"):
    combined = combine(registry(*base), registry(*ours), registry(*theirs))
    return combined.registry.members.get(id), [clash.conflict for clash in combined.clashes]


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "merged"),
    [
        pytest.param("x", "x", "x", "x", id="nobody changed it"),
        pytest.param("x", "y", "x", "y", id="ours changed it"),
        pytest.param("x", "x", "y", "y", id="theirs changed it"),
        pytest.param("x", "y", "y", "y", id="both, to the same"),
        pytest.param("x", None, "x", None, id="ours cleared it"),
        pytest.param(None, None, "y", "y", id="theirs set it"),
    ],
)
def test_a_field_that_one_side_changed(base, ours, theirs, merged):
    found, conflicts = merged_member(*([member(town=town)] for town in (base, ours, theirs)))
    assert (found.town, conflicts) == (merged, [])


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "shown"),
    [
        pytest.param("x", "y", "z", "y", id="changed, each in its way"),
        pytest.param("x", None, "z", "z", id="cleared and changed"),
        pytest.param(None, "y", "z", "y", id="set, each in its way"),
    ],
)
def test_a_field_that_both_changed(base, ours, theirs, shown):
    found, conflicts = merged_member(*([member(town=town)] for town in (base, ours, theirs)))
    assert (found.town, conflicts) == (shown, [Conflict("member", "a", "town")])


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "merged"),
    [
        pytest.param(["a"], ["a", "b"], ["a", "c"], ["a", "b", "c"], id="each added one: ours first"),
        pytest.param(["a"], ["a", "b"], ["b", "a"], ["a", "b"], id="both added the same"),
        pytest.param(["a", "b"], ["b"], ["a"], [], id="each took one away"),
        pytest.param(["a", "b"], None, ["a"], None, id="cleared, and one taken away"),
        pytest.param(None, ["a"], ["b"], ["a", "b"], id="both began it"),
        pytest.param(["a", "b"], ["b", "a"], ["a", "b", "c"], ["b", "a", "c"], id="turned round, and one added"),
        pytest.param(["a", "a"], ["a"], ["a"], ["a"], id="both took one of two away"),
        pytest.param(["a", "b"], ["a", "b"], ["b", "a"], ["b", "a"], id="only theirs: as it is there"),
    ],
)
def test_lists_take_what_each_side_added_and_removed(base, ours, theirs, merged):
    found, conflicts = merged_member(*([member(tags=tags)] for tags in (base, ours, theirs)))
    assert (found.tags, conflicts) == (merged, [])


def test_types_count():
    found, conflicts = merged_member([member(extra={"n": 1})], [member(extra={"n": 1.0})], [member(extra={"n": True})])
    assert conflicts == [Conflict("member", "a", "n")]
    found, conflicts = merged_member([member(extra={"n": 1})], [member(extra={"n": 1.0})], [member(extra={"n": 1})])
    assert (found.extra, conflicts) == ({"n": 1.0}, [])


def test_an_unknown_table_is_merged_key_by_key():
    base, ours, theirs = ({"web": held} for held in ({"a": 1, "b": 1}, {"a": 2, "b": 1}, {"a": 1, "b": 2, "c": ["x"]}))
    found, conflicts = merged_member(*([member(extra=extra)] for extra in (base, ours, theirs)))
    assert (found.extra, conflicts) == ({"web": {"a": 2, "b": 2, "c": ["x"]}}, [])
    for before in ({}, {"web": "scalar"}):
        found, conflicts = merged_member([member(extra=before)], [member(extra=ours)], [member(extra=theirs)])
        assert (found.extra, conflicts) == (ours, [Conflict("member", "a", "web")])
    found, conflicts = merged_member([member()], [member(extra={"web": {"a": 1}})], [member(extra={"web": {"b": 1}})])
    assert (found.extra, conflicts) == ({"web": {"a": 1, "b": 1}}, [])


def test_a_partial_date_stays_one():
    day = datetime.date(2020, 1, 1)
    found, conflicts = merged_member(
        [member(joined=PartialDate("2014"))],
        [member(joined=PartialDate("2014"), left=PartialDate(day))],
        [member(joined=PartialDate("2014-10"))],
    )
    assert (found.joined, found.left, conflicts) == (PartialDate("2014-10"), PartialDate(day), [])


def test_a_record_that_both_added_is_merged_against_nothing():
    found, conflicts = merged_member([], [member(town="x", tags=["a"])], [member(phone="1", tags=["b"])])
    assert (found.town, found.phone, found.tags, conflicts) == ("x", "1", ["a", "b"], [])


@pytest.mark.parametrize(
    ("ours", "theirs", "stays", "conflicts"),
    [
        pytest.param([], [member()], False, [], id="removed, and left alone"),
        pytest.param([], [], False, [], id="removed by both"),
        pytest.param([], [member(town="x")], True, [Conflict("member", "a", None)], id="removed, and changed"),
        pytest.param([member(town="x")], [], True, [Conflict("member", "a", None)], id="changed, and removed"),
    ],
)
def test_a_record_that_one_side_removed(ours, theirs, stays, conflicts):
    found, told = merged_member([member()], ours, theirs)
    assert (found is not None, told) == (stays, conflicts)


INQUIRY = Inquiry(id="2025-01-02-abc", person="P", member="a")


@pytest.mark.parametrize("swapped", [False, True], ids=["ours", "theirs"])
def test_the_other_sides_edits_and_references_follow_a_rename(swapped):
    base = registry(member())
    renamed = registry(member("b", name="Name of a"), cluster=Cluster(name="K", coordinator="b"))
    edited = registry(member(town="x"), INQUIRY)
    combined = combine(base, *((edited, renamed) if swapped else (renamed, edited)))
    assert list(combined.registry.members) == ["b"]
    assert combined.registry.members["b"].town == "x"
    assert combined.registry.inquiries[INQUIRY.id].member == "b"
    assert combined.registry.cluster.coordinator == "b"
    assert combined.clashes == ()
    assert combined.to_merged[1] == ({("member", "a"): "b"} if swapped else {})


def test_a_renamed_sector_takes_the_members_of_the_other_side_along():
    sector = Sector(id="ngo", pl="p", en="e")
    base = registry(sector)
    ours = registry(Sector(id="ngos", pl="p", en="e"))
    theirs = registry(sector, member(sector="ngo"))
    combined = combine(base, ours, theirs)
    assert combined.registry.members["a"].sector == "ngos"
    assert list(combined.registry.sectors) == ["ngos"]


def test_references_follow_also_where_the_record_itself_is_gone():
    base = registry(member(), INQUIRY)
    ours = registry(member("b", name="Name of a"), Inquiry(id=INQUIRY.id, person="P", member="b"))
    theirs = registry(INQUIRY)
    combined = combine(base, ours, theirs)
    assert [clash.conflict for clash in combined.clashes] == [Conflict("member", "b", None)]
    assert combined.registry.inquiries[INQUIRY.id].member == "b"


def test_one_record_given_two_ids_is_a_conflict():
    base, ours, theirs = (registry(member(id, name="N")) for id in ("a", "b", "c"))
    combined = combine(base, ours, theirs)
    assert list(combined.registry.members) == ["b"]
    assert [clash.conflict for clash in combined.clashes] == [Conflict("member", "b", None)]
    assert combined.own_id(2, "member", "b") == "c"


def test_both_gave_the_same_new_id():
    base = registry(member("a", name="N"))
    same = registry(member("b", name="N"), cluster=Cluster(name="K", coordinator="b"))
    combined = combine(base, same, same)
    assert (combined.registry, combined.clashes, combined.to_merged[1]) == (same, (), {})


@pytest.mark.parametrize("swapped", [False, True], ids=["ours renames", "theirs renames"])
def test_an_id_given_to_two_records_is_a_conflict(swapped):
    base = registry(member("a", name="N"))
    renamed = registry(member("b", name="N"))
    added = registry(member("a", name="N"), member("b", name="Other"))
    combined = combine(base, *((added, renamed) if swapped else (renamed, added)))
    assert {clash.conflict for clash in combined.clashes} == {
        Conflict("member", "a", None),
        Conflict("member", "b", None),
    }


def test_a_rename_against_a_removal_is_a_conflict():
    base, renamed, removed = registry(member("a")), registry(member("b", name="Name of a")), registry()
    for sides in ((renamed, removed), (removed, renamed)):
        combined = combine(base, *sides)
        assert [clash.conflict for clash in combined.clashes] == [Conflict("member", "b", None)]


def test_the_top_level_is_merged_too():
    base, ours, theirs = (
        registry(extra=extra) for extra in ({"x": {"a": 1}}, {"x": {"a": 2}}, {"x": {"a": 1}, "y": True})
    )
    combined = combine(base, ours, theirs)
    assert (combined.registry.extra, combined.clashes) == ({"x": {"a": 2}, "y": True}, ())
    combined = combine(registry(), registry(extra={"x": 1}), registry(extra={"x": 2}))
    assert [clash.conflict for clash in combined.clashes] == [Conflict("file", None, "x")]
