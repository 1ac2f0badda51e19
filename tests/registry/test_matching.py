"""Who offers what another needs."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pkes.model.records import Member
from pkes.registry.matching import Match, matches, stems
from pkes.text.collation import fold


def member(id, *, offers=(), needs=(), name=None):
    return Member(id=id, name=name or id.upper(), sector="ngo", offers=list(offers), needs=list(needs))


@pytest.mark.parametrize(
    ("offer", "need"),
    [
        pytest.param("gastronomia", "usługi gastronomiczne", id="first-six-letters"),
        pytest.param("sprzątanie biur", "Sprzątania po remoncie", id="another-ending"),
        pytest.param("DRUK", "druk ulotek", id="case"),
        pytest.param("zdjęcia", "zdjecia", id="diacritics"),
        pytest.param("zdje\u0328cia", "zdjęcia", id="decomposed"),
        pytest.param("lokale", "lokale", id="six-letters"),
        pytest.param("szkolenia/kursy", "kursy", id="signs-between"),
        pytest.param("druk 3d", "drukarka 3D", id="a-digit-in-a-word"),
    ],
)
def test_it_fits(offer, need):
    assert list(matches([member("a", offers=[offer]), member("b", needs=[need])])) == [Match("a", offer, "b", need)]


@pytest.mark.parametrize(
    ("offer", "need"),
    [
        pytest.param("lokal", "lokale", id="five-letters-and-six"),
        pytest.param("kurs", "kursy", id="short-words"),
        pytest.param("szkoła", "szkolenie", id="five-letters-in-common"),
        pytest.param("usługi w mieście", "usługa z dostawą", id="words-that-say-nothing"),
        pytest.param("pomoc prawna", "Pomocy i wsparcia", id="their-other-forms"),
        pytest.param("help with mail", "help and support for us", id="english-ones"),
        pytest.param("sala na 30 osób", "30 krzeseł", id="numbers"),
        pytest.param("–", "–", id="no-word"),
        pytest.param("", "", id="empty"),
    ],
)
def test_it_does_not_fit(offer, need):
    assert list(matches([member("a", offers=[offer]), member("b", needs=[need])])) == []


def test_nobody_matches_themselves_and_the_same_item_twice_is_one():
    one = member("a", offers=["druk", "druk"], needs=["druk"])
    assert list(matches([one])) == []
    assert list(matches([one, member("b", needs=["druk", "druk"])])) == [Match("a", "druk", "b", "druk")]


def test_two_words_in_common_are_one_match():
    found = list(matches([member("a", offers=["druk ulotek"]), member("b", needs=["druk ulotek"])]))
    assert len(found) == 1


def test_absent_lists_match_nothing():
    assert list(matches([Member(id="a"), Member(id="b", offers=["druk"]), Member(id="c")])) == []


def test_the_order_is_that_of_the_names_and_of_the_record():
    members = [
        member("x", name="Źródło", offers=["druk"], needs=["druk", "kawa"]),
        member("y", name="Łąka", offers=["kawa", "druk"], needs=["druk"]),
        member("z", name="Zorza", offers=[], needs=["kawa i druk"]),
        member("a", name="Zorza", offers=[], needs=["druk"]),
    ]
    found = list(matches(members))
    assert [tuple(one) for one in found] == [
        ("y", "kawa", "z", "kawa i druk"),
        ("y", "kawa", "x", "kawa"),
        ("y", "druk", "a", "druk"),
        ("y", "druk", "z", "kawa i druk"),
        ("y", "druk", "x", "druk"),
        ("x", "druk", "y", "druk"),
        ("x", "druk", "a", "druk"),
        ("x", "druk", "z", "kawa i druk"),
    ]
    assert list(matches(reversed(members))) == found


ITEMS = st.lists(
    st.sampled_from(["druk", "druk ulotek", "drukowanie", "drukarnia i skład", "usługi", "kawa", "Kawą", "sprzątanie"]),
    max_size=3,
    unique=True,
)
MEMBERS = st.lists(st.tuples(st.sampled_from(["Ala", "Łąka", "Zorza"]), ITEMS, ITEMS), max_size=5).map(
    lambda found: [member(f"m{n}", name=name, offers=o, needs=d) for n, (name, o, d) in enumerate(found)]
)


def _are_alike(one, other):
    return one == other or (min(len(one), len(other)) >= 6 and one[:6] == other[:6])


def _fit(offer, need):
    """The rule as it is written, each word against each."""
    said_nothing = {"uslugi", "i"}
    words, others = (set(re.findall(r"\w+", fold(text))) - said_nothing for text in (offer, need))
    return any(_are_alike(one, other) for one in words for other in others)


@settings(max_examples=60)
@given(MEMBERS)
def test_it_is_every_pair_that_the_rule_makes(members):
    pairs = {
        Match(one.id, offer, other.id, need)
        for one in members
        for other in members
        if one is not other
        for offer in one.offers
        for need in other.needs
        if _fit(offer, need)
    }
    found = list(matches(members))
    assert (set(found), len(found)) == (pairs, len(pairs))


@settings(max_examples=40)
@given(MEMBERS)
def test_about_one_member_it_is_what_concerns_this_one(members):
    found = list(matches(members))
    for one in members:
        concerned = [match for match in found if one.id in (match.member, match.needed_by)]
        assert list(matches(members, one.id)) == concerned


@settings(max_examples=40)
@given(MEMBERS)
def test_offers_and_needs_swapped_give_the_same_pairs(members):
    swapped = [member(one.id, name=one.name, offers=one.needs, needs=one.offers) for one in members]
    turned = {Match(one.needed_by, one.need, one.member, one.offers) for one in matches(swapped)}
    assert turned == set(matches(members))


def test_many_members_take_no_longer_than_their_matches():
    members = [member(f"m{n}", offers=[f"usługa nr x{n}", "kawa"], needs=[f"usługi x{n + 1}"]) for n in range(10_000)]
    # Each pair compared would be a hundred million.
    assert len(list(matches(members))) == 9_999


def test_stems():
    assert stems("Usługi gastronomiczne, i catering (do 100 osób)") == {"gastro", "cateri", "osob"}
