"""What may become of the roster."""

import pytest

from pkes.errors import NotAllowed, Taken, WrongAssignment, WrongInput, WrongValue
from pkes.model.records import Cluster, Inquiry, Member, Registry
from pkes.registry import members
from pkes.registry.assignments import edit

REGISTRY = Registry(
    cluster=Cluster(name="C", coordinator="a"),
    members={id: Member(id=id, name=id.upper(), sector="ngo", tags=["t"], extra={"x": id}) for id in "abc"},
    inquiries={
        "q": Inquiry(id="q", member="b", person="P"),
        "r": Inquiry(id="r", member="b"),
        "s": Inquiry(id="s", member="c"),
        "t": Inquiry(id="t"),
    },
    extra={"alien": 1},
)


def references(registry: Registry) -> list[str | None]:
    return [registry.cluster.coordinator, *(inquiry.member for inquiry in registry.inquiries.values())]


def test_a_new_member_is_added():
    after = members.add(REGISTRY, "d-2", {"name": "D", "sector": "ngo"})
    assert after.members == {**REGISTRY.members, "d-2": Member(id="d-2", name="D", sector="ngo")}
    assert (after.cluster, after.inquiries, after.extra) == (REGISTRY.cluster, REGISTRY.inquiries, REGISTRY.extra)
    assert "d-2" not in REGISTRY.members


@pytest.mark.parametrize(
    ("id", "error"),
    [
        pytest.param("a", Taken, id="in-use"),
        pytest.param("", WrongValue, id="none"),
        pytest.param("A", WrongValue, id="upper-case"),
        pytest.param("ą", WrongValue, id="diacritics"),
        pytest.param("a b", WrongValue, id="space"),
        pytest.param("a_b", WrongValue, id="underscore"),
        pytest.param("d\n", WrongValue, id="line-end"),
    ],
)
def test_an_id_that_cannot_be_given(id, error):
    adding, renaming = (lambda: members.add(REGISTRY, id, {})), (lambda: members.rename(REGISTRY, "b", id))
    for step, field in ((adding, "id"), (renaming, "NEW-ID"), (lambda: members.new_id(REGISTRY, id), "id")):
        with pytest.raises(error) as caught:
            step()
        assert isinstance(caught.value, WrongInput)
        assert caught.value.field == field


def test_an_id_in_use_names_its_member():
    with pytest.raises(Taken) as caught:
        members.new_id(REGISTRY, "a")
    assert (caught.value.value, caught.value.id) == ("a", "a")
    assert members.new_id(REGISTRY, "a-2") == "a-2"


@pytest.mark.parametrize(
    ("taken", "id"),
    [
        pytest.param([], "laka", id="free"),
        pytest.param(["laka"], "laka-2", id="second"),
        pytest.param(["laka", "laka-2", "laka-4"], "laka-3", id="first-number-free"),
        pytest.param(["laka-2"], "laka", id="number-in-use"),
    ],
)
def test_the_free_id(taken, id):
    assert members.free_id(Registry(members={one: Member(id=one) for one in taken}), "laka") == id


def test_a_member_is_edited_in_its_place():
    after = edit(REGISTRY, "member", "b", ["town=T", "tags+=u"])
    assert list(after.members) == ["a", "b", "c"]
    assert after.members["b"] == Member(id="b", name="B", sector="ngo", tags=["t", "u"], town="T", extra={"x": "b"})
    assert (after.members["a"], after.inquiries) == (REGISTRY.members["a"], REGISTRY.inquiries)
    with pytest.raises(WrongAssignment):
        edit(REGISTRY, "member", "b", ["name="])


def test_what_refers_to_a_renamed_member_follows():
    after = members.rename(REGISTRY, "b", "new")
    assert after.members.keys() == {"a", "c", "new"}
    assert after.members["new"] == Member(id="new", name="B", sector="ngo", tags=["t"], extra={"x": "b"})
    assert references(after) == ["a", "new", "new", "c", None]
    assert after.inquiries["q"].person == "P"


def test_the_coordinator_can_be_renamed():
    assert references(members.rename(REGISTRY, "a", "new")) == ["new", "b", "b", "c", None]


def test_a_rename_to_the_same_id_changes_nothing():
    assert members.rename(REGISTRY, "b", "b") is REGISTRY


def test_what_refers_to_a_removed_member_is_cleared():
    after = members.remove(REGISTRY, "b")
    assert after.members.keys() == {"a", "c"}
    assert references(after) == ["a", None, None, "c", None]
    assert after.inquiries["q"].person == "P"


def test_the_coordinator_cannot_be_removed():
    with pytest.raises(NotAllowed) as caught:
        members.remove(REGISTRY, "a")
    assert (caught.value.code, caught.value.detail) == ("coordinator", {"id": "a"})
