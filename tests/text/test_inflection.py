"""Polish names in their cases: each form finds the others, and other words are not found."""

import re

import pytest

from pkes.text.collation import fold
from pkes.text.inflection import forms


def is_found(word, other):
    return re.fullmatch(forms(fold(word)), fold(other)) is not None


NAMES = (
    "Kowalski Kowalskiego Kowalskiemu Kowalskim Kowalscy Kowalskich",
    "Jabłońska Jabłońskiej Jabłońską",
    "Nowak Nowaka Nowakowi Nowakiem Nowakowie Nowaków",
    "Wójcik Wójcika Wójcikiem",
    "Zając Zająca Zającem",
    "Kos Kosa Kosem Kosowi Kosie",
    "Anna Anny Annie Annę Anną Anno",
    "Ewa Ewy Ewie Ewę",
    "Marta Marty Marcie",
    "Olga Oldze",
    "Mucha Musze Muchą",
    "Barbara Barbarze",
    "Maria Marii Marią",
    "Jan Jana Janem Janowi",
    "Robert Roberta Robercie",
    "Marek Marka Markiem",
    "Paweł Pawła Pawłem",
    "Joachim Joachima Joachimem",
)


@pytest.mark.parametrize("names", NAMES, ids=lambda names: names.split()[0])
def test_a_name_finds_its_forms(names):
    name, *others = names.split()
    assert [other for other in (name, *others) if not is_found(name, other)] == []


@pytest.mark.parametrize("names", NAMES, ids=lambda names: names.split()[0])
def test_a_form_finds_its_name(names):
    name, *others = names.split()
    assert [other for other in others if not is_found(other, name)] == []


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Kos", "koszt"),
        ("Kos", "ks"),
        ("Nowak", "nowa"),
        ("Jan", "janowski"),
        ("Ida", "id"),
        ("Ala", "al"),
        ("Kowalski", "kowal"),
        ("ab", "aba"),
        ("x12", "x12a"),
    ],
)
def test_another_word_is_not_found(name, other):
    assert not is_found(name, other)
