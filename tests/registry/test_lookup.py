"""Finding the one record that somebody means."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pkes.errors import Ambiguous, NotFound, UnknownName
from pkes.model.dates import PartialDate
from pkes.model.records import Inquiry, Member, Registry, Sector
from pkes.registry.selection import find_inquiry, find_member, find_sector
from pkes.text.collation import fold

MEMBERS = [
    Member(id="4hc", name="4HC Sp. z o.o."),
    Member(id="bergamotka", name="Spółdzielnia Socjalna Bergamotka"),
    Member(id="feniks", name="Spółdzielnia Socjalna FENIKS", left=PartialDate("2015")),
    Member(id="ies", name="Fundacja Nowa", short_name="Platan"),
    Member(id="nowa", name="Stowarzyszenie Feniks i Przyjaciele", short_name="SFP"),
    Member(id="rezydencja-pod-platanem", name="Spółdzielnia Socjalna Rezydencja Pod Platanem"),
    Member(id="stawiamy-slady", name="Spółdzielnia Socjalna Stawiamy Ślady"),
    Member(id="bez-nazwy"),
    Member(id="Zły", name="Zły identyfikator"),
    Member(id="zly", name="Dobry identyfikator"),
]
INQUIRIES = [
    Inquiry(id="2026-01-02-abc", name="Fundacja Łąka", person="Jan Wzorcowy", topic="join", town="Łańcut"),
    Inquiry(id="2026-01-02-abd", person="Ewa Wzorcowa", topic="information"),
    Inquiry(id="2026-03-04-xyz", name="Wzorcowa Spółka"),
]
REGISTRY = Registry(
    members={member.id: member for member in MEMBERS}, inquiries={inquiry.id: inquiry for inquiry in INQUIRIES}
)


@pytest.mark.parametrize(
    ("wanted", "id"),
    [
        ("4hc", "4hc"),
        ("4HC", "4hc"),
        (" bergamotka ", "bergamotka"),
        ("slady", "stawiamy-slady"),
        ("ŚLADY", "stawiamy-slady"),
        (unicodedata.normalize("NFD", "Ślady"), "stawiamy-slady"),
        ("stawiamy ś", "stawiamy-slady"),
        ("feniks", "feniks"),
        ("nowa", "nowa"),
        ("fundacja nowa", "ies"),
        ("platan", "ies"),
        ("platanem", "rezydencja-pod-platanem"),
        ("sfp", "nowa"),
        ("przyjaciele", "nowa"),
        ("bez-n", "bez-nazwy"),
        ("Zły", "Zły"),
        ("zly", "zly"),
    ],
    ids=repr,
)
def test_find_member(wanted: str, id: str) -> None:
    assert find_member(REGISTRY, wanted).id == id


def test_several_members_are_told_by_id_and_name() -> None:
    with pytest.raises(Ambiguous) as caught:
        find_member(REGISTRY, "Spółdzielnia")
    assert (caught.value.kind, caught.value.wanted) == ("member", "Spółdzielnia")
    assert [id for id, _ in caught.value.candidates] == [
        "bergamotka", "feniks", "rezydencja-pod-platanem", "stawiamy-slady",
    ]  # fmt: skip
    assert caught.value.candidates[0] == ("bergamotka", "Spółdzielnia Socjalna Bergamotka")


def test_one_id_in_two_cases_is_ambiguous_in_a_third() -> None:
    with pytest.raises(Ambiguous) as caught:
        find_member(REGISTRY, "ZŁY")
    assert [id for id, _ in caught.value.candidates] == ["Zły", "zly"]


def test_a_candidate_without_a_name_has_none() -> None:
    with pytest.raises(Ambiguous) as caught:
        find_member(REGISTRY, "z")
    assert ("bez-nazwy", "") in caught.value.candidates


@pytest.mark.parametrize(
    ("wanted", "suggestions"),
    [
        ("bergamtka", ["bergamotka"]),
        ("Stawiami Slady", ["stawiamy-slady"]),
        ("platenem", ["rezydencja-pod-platanem", "ies"]),
        ("Fenikss", ["feniks", "nowa"]),
        ("quite another", []),
        ("", []),
        (" ", []),
    ],
    ids=repr,
)
def test_no_member_suggests_the_nearest(wanted: str, suggestions: list[str]) -> None:
    with pytest.raises(NotFound) as caught:
        find_member(REGISTRY, wanted)
    assert (caught.value.kind, caught.value.wanted) == ("member", wanted)
    assert caught.value.suggestions == suggestions


@pytest.mark.parametrize(
    ("wanted", "id"),
    [
        ("2026-01-02-abc", "2026-01-02-abc"),
        ("2026-01-02-ABD", "2026-01-02-abd"),
        ("fundacja laka", "2026-01-02-abc"),
        ("jan wzorcowy", "2026-01-02-abc"),
        ("Wzorcowy", "2026-01-02-abc"),
        ("ewa", "2026-01-02-abd"),
        ("xyz", "2026-03-04-xyz"),
        ("2026-03", "2026-03-04-xyz"),
    ],
    ids=repr,
)
def test_find_inquiry(wanted: str, id: str) -> None:
    assert find_inquiry(REGISTRY, wanted).id == id


def test_several_inquiries_are_told_without_a_person() -> None:
    with pytest.raises(Ambiguous) as caught:
        find_inquiry(REGISTRY, "wzorcow")
    assert caught.value.kind == "inquiry"
    assert caught.value.candidates == [
        ("2026-01-02-abc", "join", "Łańcut"),
        ("2026-01-02-abd", "information", ""),
        ("2026-03-04-xyz", "", ""),
    ]


@pytest.mark.parametrize(
    ("wanted", "suggestions"),
    [("2026-03-04-xyy", ["2026-03-04-xyz"]), ("Jan Wzorcowi", ["2026-01-02-abc"]), ("", [])],
    ids=repr,
)
def test_no_inquiry_suggests_ids(wanted: str, suggestions: list[str]) -> None:
    with pytest.raises(NotFound) as caught:
        find_inquiry(REGISTRY, wanted)
    assert caught.value.kind == "inquiry"
    assert caught.value.suggestions[:1] == suggestions
    assert set(caught.value.suggestions) <= set(REGISTRY.inquiries)


NAMES = st.text("aąłŻ z-", min_size=1, max_size=4).map(str.strip).filter(bool)
MANY = st.dictionaries(st.text("az-", min_size=1, max_size=4), st.tuples(NAMES, st.none() | NAMES), max_size=6).map(
    lambda held: {id: Member(id=id, name=name, short_name=short) for id, (name, short) in held.items()}
)


def found(members: dict[str, Member], wanted: str) -> set[str]:
    """Return the ids of all that a look-up finds."""
    try:
        return {find_member(Registry(members=members), wanted).id}
    except NotFound:
        return set()
    except Ambiguous as error:
        return {id for id, *_ in error.candidates}


@given(MANY)
def test_every_member_is_found_by_its_id(members: dict[str, Member]) -> None:
    assert all(found(members, id) == {id} for id in members)
    assert all(found(members, id.upper()) == {id} for id in members)


@given(MANY, st.sampled_from([str, str.upper, str.lower, fold, lambda name: unicodedata.normalize("NFD", name)]))
def test_every_member_is_found_by_its_whole_name(members: dict[str, Member], typed: type[str]) -> None:
    for id, member in members.items():
        name = str(member.name)
        if fold(name) in members:  # it is another's id
            continue
        same = {
            other.id
            for other in members.values()
            if fold(name) in (fold(other.name or ""), fold(other.short_name or ""))
        }
        assert id in same
        assert found(members, typed(name)) == same


@given(MANY, NAMES)
def test_a_part_finds_all_that_have_it_where_nothing_is_whole(members: dict[str, Member], wanted: str) -> None:
    part = fold(wanted.strip())
    texts = {id: [fold(text) for text in (id, one.name, one.short_name) if text] for id, one in members.items()}
    ids, names = {id for id in texts if id == part}, {id for id in texts if part in texts[id]}
    parts = {id for id in texts if any(part in text for text in texts[id])}
    assert found(members, wanted) == (ids or names or parts)


def test_an_id_of_a_sector_goes_before_a_label():
    sectors = {"ngo": Sector(id="ngo", pl="science", en="Nauka"), "science": Sector(id="science", pl="nauka", en="s")}
    held = Registry(sectors=sectors)
    assert [find_sector(held, word) for word in ("science", "SCIENCE", " s ")] == ["science", "science", "science"]
    assert find_sector(Registry(sectors={"ngo": sectors["ngo"]}), "science") == "ngo"


def test_a_label_of_two_sectors_means_neither():
    labels = {"ngo": "Nauka", "science": "nauka"}
    held = Registry(sectors={id: Sector(id=id, pl=label, en=id) for id, label in labels.items()})
    with pytest.raises(UnknownName) as caught:
        find_sector(held, "nauka")
    assert (caught.value.what, caught.value.suggestions) == ("sector-label", ["ngo", "science"])
