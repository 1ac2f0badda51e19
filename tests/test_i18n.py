"""The languages of the user."""

import pytest

from pkes import i18n
from tests.made_catalogue import write_catalogue


@pytest.fixture(autouse=True)
def as_it_was(monkeypatch):
    for name in ("PKES_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(i18n, "_translations", i18n._translations)
    monkeypatch.setattr(i18n, "_language", i18n._language)
    monkeypatch.setattr(i18n, "_language", i18n._language)


@pytest.mark.parametrize(
    ("given", "language"),
    [
        ({}, "en"),
        ({"LANG": "pl_PL.UTF-8"}, "pl"),
        ({"LANG": "pl"}, "pl"),
        ({"LANG": "pl@euro"}, "pl"),
        ({"LANG": "plt_MG.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "pl_PL.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "pl_PL.UTF-8"}, "pl"),
        ({"LC_MESSAGES": "en_GB.UTF-8", "LC_ALL": "pl_PL.UTF-8"}, "pl"),
        ({"LC_ALL": "", "LANG": "pl_PL.UTF-8"}, "pl"),
        ({"LC_ALL": "pl_PL.UTF-8", "PKES_LANG": "en"}, "en"),
        ({"LC_ALL": "C", "PKES_LANG": "pl"}, "pl"),
        ({"LC_ALL": "pl_PL.UTF-8", "PKES_LANG": "xx"}, "pl"),
    ],
)
def test_the_environment_prefers_a_language(monkeypatch, given, language):
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    assert i18n.preferred_language() == language


def test_a_catalogue_translates_with_its_plural_forms(monkeypatch, tmp_path):
    forms = {
        "no member": "brak członków",
        ("{n} member", "{n} members"): ("{n} członek", "{n} członkowie", "{n} członków"),
    }
    write_catalogue(tmp_path, "pl", forms)
    monkeypatch.setattr(i18n, "LOCALE", tmp_path)
    i18n.use_language("pl")
    assert i18n.language_in_use() == "pl"
    assert i18n._("no member") == "brak członków"
    assert i18n._("what is not in it") == "what is not in it"
    said = [i18n.ngettext("{n} member", "{n} members", n).format(n=n) for n in (1, 2, 5, 12, 22)]
    assert said == ["1 członek", "2 członkowie", "5 członków", "12 członków", "22 członkowie"]
    i18n.use_language("en")
    assert i18n._("no member") == "no member"


def test_a_language_without_a_catalogue_is_english(monkeypatch, tmp_path):
    monkeypatch.setattr(i18n, "LOCALE", tmp_path)
    i18n.use_language("pl")
    assert (i18n.language_in_use(), i18n._("no member")) == ("pl", "no member")
    assert i18n.ngettext("one", "many", 1) == "one"


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_the_words_for_yes_and_no_are_those_of_the_catalogue(language):
    i18n.use_language(language)
    assert i18n.YES_AND_NO[language] == (i18n._("yes"), i18n._("no"))
    i18n.use_language("en")
