"""Near misses: what is near, what is another word, and which of two spellings is meant."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from pkes.model.records import Inquiry, Member, Registry, with_record
from pkes.registry import near_misses
from pkes.text.collation import fold
from pkes.text.distance import distance

WORDS = st.text("aąbB cz1", min_size=1, max_size=9)


def registry(**towns):
    return Registry(members={id: Member(id=id, name=id, sector="ngo", town=town) for id, town in towns.items()})


def found(misses):
    return [(one.record.id, one.field, one.item, one.value, one.other) for one in misses]


@pytest.mark.parametrize(
    ("value", "other"),
    [
        ("rzeszow", "Rzeszów"),
        ("RZE SZÓW", "Rzeszów"),
        ("Rzeszuw", "Rzeszów"),
        ("Rzeszwó", "Rzeszów"),
        ("Rzeszuww", "Rzeszów"),
        ("Rzeszów", None),
        ("Kraków", None),
        ("Jaso", "Jasło"),
        ("Jas", None),
        ("hala 2", None),
        ("sp.k.", None),
        ("", None),
    ],
)
def test_what_is_meant(value, other):
    assert near_misses.meant(value, {"Rzeszów": 3, "Jasło": 1, "hala 1": 1, "sp.j.": 1}) == other


def test_the_nearest_is_meant_and_of_them_the_most_usual():
    assert near_misses.meant("Krosnoo", {"Krosna": 5, "Krosno": 1}) == "Krosno"
    assert near_misses.meant("krosno", {"KROSNO": 1, "Krosno": 2}) == "Krosno"


def test_among_very_many_only_the_clear_case_is_looked_for():
    many = {f"m-{number}": Member(id=f"m-{number}", town=f"Nowa Wieś {number}") for number in range(1000)}
    before = Registry(members=many)
    new = {f"n-{number}": Member(id=f"n-{number}", town=f"Nowa Wieśś {number}") for number in range(100)}
    clear = Member(id="clear", town="nowa wies 7")
    assert len(found(near_misses.added(before, Registry(members=many | new)))) == 100
    after = Registry(members=many | new | {"clear": clear})
    assert found(near_misses.added(before, after)) == [("clear", "town", None, "nowa wies 7", "Nowa Wieś 7")]


def test_what_a_change_brings_in():
    before = registry(a="Rzeszów", b="Sanok", c="Rzeszów")
    assert found(near_misses.added(before, before)) == []
    after = with_record(before, replace(before.members["b"], town="Rzezsów", tags=["x", "x"]))
    assert found(near_misses.added(before, after)) == [("b", "town", None, "Rzezsów", "Rzeszów")]
    after = with_record(before, Inquiry(id="q", town="sanok"))
    assert found(near_misses.added(before, after)) == [("q", "town", None, "sanok", "Sanok")]


def test_items_of_a_list_are_counted_and_what_was_there_is_not_looked_at():
    before = with_record(registry(a="A"), Member(id="b", tags=["gastronomia"]))
    before = with_record(before, Member(id="c", tags=["gastronmia"]))
    after = with_record(before, Member(id="c", tags=["gastronmia", "x", "Gastronomia"]))
    assert found(near_misses.added(before, after)) == [("c", "tags", 2, "Gastronomia", "gastronomia")]


def test_the_clear_case_among_all():
    members = registry(a="Rzeszów", b="rzeszow", c="Rzeszów", d="Rzeszuw", e="Sanok", f="SANOK").members
    assert found(near_misses.clear(members)) == [
        ("b", "town", None, "rzeszow", "Rzeszów"),
        ("f", "town", None, "SANOK", "Sanok"),
    ]


def test_what_two_members_have_is_no_slip():
    assert found(near_misses.clear(registry(a="Nisko", b="Nisko", c="nisko", d="nisko").members)) == []


@given(st.dictionaries(st.sampled_from("abcdef"), WORDS.map(str.strip).filter(bool)))
def test_a_clear_case_differs_by_nothing_else_and_its_mend_leaves_none(towns):
    before = registry(**towns)
    misses = list(near_misses.clear(before.members))
    mended = before
    for one in misses:
        assert "".join(fold(one.value).split()) == "".join(fold(one.other).split())
        mended = with_record(mended, replace(mended.members[one.record.id], town=one.other))
    used = Counter(one.value for one in misses)
    assert all(count == 1 for count in used.values())
    assert {found for found in near_misses.clear(mended.members) if found.value in used} == set()


@given(WORDS, WORDS)
def test_the_distance_is_one_both_ways_and_bounded(one, other):
    far = distance(one, other, 9)
    assert far is not None
    assert far == distance(other, one, 9)
    assert (far == 0) == (one == other)
    for most in range(4):
        assert distance(one, other, most) == (far if far <= most else None)


@given(WORDS, st.integers(0, 8), st.sampled_from("xyz"))
def test_one_slip_is_one_step(word, place, letter):
    place = min(place, len(word))
    assert distance(word, word[:place] + letter + word[place:], 2) == 1
    swapped = word[:place] + word[place : place + 2][::-1] + word[place + 2 :]
    assert distance(word, swapped, 2) == (swapped != word)


def test_the_places_of_members_are_spelled_alike():
    assert near_misses.FIELDS == (
        "legal_form", "town", "municipality", "county", "voivodeship", "offers", "needs", "tags",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "other", "is_near"),
    [
        ("Spółdzielnia Socjalna Bergamotki", "Spółdzielnia Socjalna Bergamotka", True),
        ("Bergamotki", "SPÓŁDZIELNIA SOCJALNA BERGAMOTKA", True),
        ("Fundacja FENIX", "Spółdzielnia Socjalna FENIKS", True),
        ("Nowa Era", "Nowaera", True),
        ("Bergamotak", "Bergamotka", True),
        ("Bergamoty", "Bergamotka", False),
        ("Bergamotka", "Fundacja Bergamotka", False),
        ("Dom", "Dym", False),
        ("Szkoła nr 4", "Szkoła nr 5", False),
        ("Bergamotka", None, False),
    ],
)
def test_a_name_is_near_that_differs_by_a_letter(name, other, is_near):
    member = Member(id="a", name=other, sector="ngo")
    assert near_misses.named_nearly(Registry(members={"a": member}), name) == ([member] if is_near else [])
