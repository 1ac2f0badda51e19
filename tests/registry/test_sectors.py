"""What may become of the sectors."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pkes.errors import SectorInUse, Taken, WrongValue
from pkes.model.records import Cluster, Inquiry, Member, Registry, Sector
from pkes.registry.changes import compare
from pkes.registry.members import add_sector as add
from pkes.registry.members import remove_sector as remove
from pkes.registry.members import rename_sector as rename
from tests import random_registries

REGISTRY = Registry(
    cluster=Cluster(name="C", coordinator="a"),
    sectors={id: Sector(id=id, pl=f"{id} po polsku", en=f"{id} in English") for id in ("ngo", "art", "law")},
    members={"a": Member(id="a", name="A", sector="ngo"), "b": Member(id="b", name="B", sector="art", left=None)},
    inquiries={"q": Inquiry(id="q", sector="ngo"), "r": Inquiry(id="r")},
    extra={"alien": 1},
)


def test_a_new_sector_is_added():
    after = add(REGISTRY, "it", {"pl": "informatyka", "en": "IT"})
    assert after.sectors == {**REGISTRY.sectors, "it": Sector(id="it", pl="informatyka", en="IT")}
    assert (after.members, after.inquiries, after.extra) == (REGISTRY.members, REGISTRY.inquiries, REGISTRY.extra)


@pytest.mark.parametrize(
    ("id", "error"),
    [
        pytest.param("ngo", Taken, id="in-use"),
        pytest.param("", WrongValue, id="none"),
        pytest.param("IT", WrongValue, id="upper-case"),
        pytest.param("i t", WrongValue, id="space"),
    ],
)
def test_an_id_that_cannot_be_given(id, error):
    steps = {
        "ID": lambda: add(REGISTRY, id, {"pl": "p", "en": "e"}),
        "NEW": lambda: rename(REGISTRY, "art", id),
    }
    for field, step in steps.items():
        with pytest.raises(error) as caught:
            step()
        assert caught.value.field == field


def test_what_is_of_a_renamed_sector_follows():
    after = rename(REGISTRY, "ngo", "third-sector")
    assert after.sectors.keys() == {"third-sector", "art", "law"}
    assert after.sectors["third-sector"] == Sector(id="third-sector", pl="ngo po polsku", en="ngo in English")
    assert [one.sector for one in after.members.values()] == ["third-sector", "art"]
    assert [one.sector for one in after.inquiries.values()] == ["third-sector", None]


def test_a_rename_to_the_same_id_changes_nothing():
    assert rename(REGISTRY, "ngo", "ngo") is REGISTRY


def test_a_sector_that_nobody_is_of_is_removed():
    after = remove(REGISTRY, "law")
    assert after.sectors.keys() == {"ngo", "art"}
    assert (after.members, after.inquiries) == (REGISTRY.members, REGISTRY.inquiries)


@pytest.mark.parametrize(("id", "members", "inquiries"), [("ngo", 1, 1), ("art", 1, 0)])
def test_a_sector_in_use_is_not_removed(id, members, inquiries):
    with pytest.raises(SectorInUse) as caught:
        remove(REGISTRY, id)
    assert (caught.value.id, caught.value.members, caught.value.inquiries) == (id, members, inquiries)


@settings(max_examples=60)
@given(random_registries.DATA.filter(lambda data: "sectors" in data), st.data())
def test_renamed_and_back_is_the_same(data, choose):
    before = random_registries.registry(data)
    id = choose.draw(st.sampled_from(sorted(before.sectors)))
    away = rename(before, id, "quite-new")
    assert "quite-new" not in before.sectors
    assert id not in {one.sector for one in (*away.members.values(), *away.inquiries.values())}
    assert compare(rename(away, "quite-new", id), before) == ()
