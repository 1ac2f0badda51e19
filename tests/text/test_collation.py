"""Folding, Polish alphabetical order, and the nearest words."""

import time
import unicodedata
from functools import cmp_to_key

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pkes.text import collation
from pkes.text.collation import collation_key, fold, nearest

ALPHABET = "aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż"
WORDS = st.text(f"{ALPHABET}{ALPHABET.upper()} -,.0129", max_size=8)
ANY = st.text(st.one_of(st.characters(), st.sampled_from("ąłŻźéßŚ „…™ﬁİΣ\u0301\u0328")), max_size=8)


def in_order(one: str, other: str) -> int:
    """Compare as one does with a finger on the alphabet: signs, digits, letters; letter by letter."""
    row = " ", "-,.", *"0129", *ALPHABET
    for left, right in zip(one.lower(), other.lower(), strict=False):
        places = [next(place for place, chars in enumerate(row) if char in chars) for char in (left, right)]
        if places[0] != places[1]:
            return places[0] - places[1]
    return len(one) - len(other)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ZAŻÓŁĆ GĘŚLĄ JAŹŃ", "zazolc gesla jazn"),
        ("zażółć gęślą jaźń", "zazolc gesla jazn"),
        ("Łańcut", "lancut"),
        ("CHATKA MAŁOLATKA", "chatka malolatka"),
        ("Škoda Café Đurđa Ørsted Æsir Œuvre", "skoda cafe durda orsted aesir oeuvre"),
        ("Straße ẞ", "strasse ss"),
        ("ﬁrma ＡＢＣ №5", "firma abc no5"),
        ("„Nowa” – 1", "„nowa” – 1"),
        ("Привет Йод", "привет иод"),
        ("İstanbul", "istanbul"),
        ("sp. z\u00a0o.o.", "sp. z o.o."),
        ("\ud800ł", "\ud800l"),
        ("", ""),
    ],
    ids=repr,
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert fold(unicodedata.normalize("NFD", text)) == folded


@given(ANY)
@example("ΰ")
def test_fold_is_for_good_and_knows_no_case_or_form(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    assert folded == fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@given(WORDS)
def test_fold_knows_no_case(text: str) -> None:
    assert fold(text) == fold(text.upper()) == fold(text.swapcase())
    assert fold(text).isascii()


@pytest.mark.parametrize("plane", range(0, 0x11000, 0x1000))
def test_the_quick_ways_agree_with_the_thorough_ones(plane: int) -> None:
    """Every character on its own: the tables of bytes say the same as Unicode."""
    for char in map(chr, range(plane, plane + 0x1000)):
        folded = fold(char)
        assert folded == collation._fold_any(char) == fold(folded)
        composed = unicodedata.normalize("NFC", char)
        weights = "".join(map(collation._weigh, composed.lower()))
        assert collation_key(char) == f"{weights}\0{composed.lower()}\0{composed.swapcase()}"


def test_the_alphabet() -> None:
    assert sorted(set(ALPHABET), key=collation_key) == list(ALPHABET)
    assert sorted(set(ALPHABET.upper()), key=collation_key) == list(ALPHABET.upper())


@pytest.mark.parametrize(
    "ordered",
    [
        ["Azja", "ą", "ąb", "Bąk", "bzyk"],
        ["lz", "Łańcut", "łąka", "ma"],
        ["zz", "źdźbło", "źz", "żaba"],
        ["Nowa", "Nowa 2", "Nowa Droga", "Nowa-Droga", "Nowa2", "Nowak"],
        ["„Zorza”", "4HC", "Feniks"],
        ["cafe", "Cafe", "café", "Café", "cafeteria"],
        ["Strasse", "Straße", "Strassen"],
        ["zza", "żużel", "αβγ", "привет"],
        ["Sokołów", "Sokołów Małopolski"],
        ["", " ", "-", "0", "a"],
    ],
    ids=lambda ordered: " ".join(ordered),
)
def test_order(ordered: list[str]) -> None:
    assert sorted(set(ordered), key=collation_key) == ordered
    decomposed = [unicodedata.normalize("NFD", word) for word in ordered]
    assert sorted(set(decomposed), key=collation_key) == decomposed


@given(st.lists(WORDS, max_size=8))
def test_order_is_that_of_the_alphabet_letter_by_letter(words: list[str]) -> None:
    by_key = sorted(words, key=collation_key)
    by_hand = sorted(words, key=cmp_to_key(in_order))
    assert all(in_order(*pair) == 0 for pair in zip(by_key, by_hand, strict=True))


@given(ANY, ANY)
def test_order_is_total(one: str, other: str) -> None:
    if collation_key(one) == collation_key(other):
        assert unicodedata.normalize("NFC", one).lower() == unicodedata.normalize("NFC", other).lower()
    assert collation_key(one) == collation_key(unicodedata.normalize("NFD", one))


@given(WORDS)
def test_case_breaks_a_tie_only(word: str) -> None:
    assert in_order(word, word.upper()) == 0
    assert collation_key(word.lower()) <= collation_key(word.upper()) <= collation_key(f"{word.lower()}a")


def test_ten_thousand_names_are_sorted_at_once() -> None:
    names = [f"Spółdzielnia Socjalna „Łączność” {number * 7919 % 10_000}" for number in range(10_000)]
    collation_key("ł")
    took = []
    for _ in range(3):
        start = time.perf_counter()
        sorted(names, key=collation_key)
        took.append(time.perf_counter() - start)
    assert min(took) < 0.5  # some 15 ms; the limit only finds a change of kind


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("scince", ["science"]),
        ("SCIENCE", ["science"]),
        ("buisness", ["business"]),
        ("łańcit", ["Łańcut"]),
        ("nothing like it", []),
        ("", []),
    ],
)
def test_nearest(word: str, found: list[str]) -> None:
    assert nearest(word, ["business", "science", "ngo", "Łańcut"]) == found


def test_nearest_gives_the_nearest_first_and_no_more_than_asked_for() -> None:
    assert nearest("town", ["tow", "town", "towns", "down", "gown"]) == ["town", "towns", "tow"]
    assert nearest("town", ["tow", "town", "TOWN"], 1) == ["town"]
