"""`pkes privacy` where a Polish name stands in another case than the one that was asked for."""

import json

import pytest

REGISTRY = """\
format = 1
# o Kowalskim dzwonili
[cluster]
name = "Klaster"

[members.feniks]
name = "Feniks"
contact_person = "Jan Kos"
# Jana Kosa nie ma w piątki
town = "Kosów"
note = "Rozmowa z Anną Nowak o panu Kowalskim"

[members.igla]
name = "Igła"
note = "Dzwonić do Jana Kosa"
"""


@pytest.fixture
def registry(write_registry):
    return write_registry(REGISTRY)


@pytest.mark.parametrize(
    ("name", "lines"), [("Kowalski", [2, 11]), ("Anna Nowak", [11]), ("nowak anna", [11]), ("Jan Kos", [8, 9, 15])]
)
def test_report_finds_a_name_in_its_other_cases(registry, pkes, name, lines):
    ran = pkes("privacy", "report", name, "--json")
    assert [held["line"] for held in json.loads(ran.out)] == lines


def test_report_says_which_are_only_similar(registry, pkes):
    ran = pkes("privacy", "report", "Jan Kos")
    assert "pkes: only a similar name is in lines 9, 15; decide whether the person is meant\n" in ran.err
    ran = pkes("privacy", "report", "Feniks")
    assert "similar" not in ran.err


def test_a_similar_name_alone_takes_nothing_else_along(write_registry, pkes):
    write_registry(
        'format = 1\n[cluster]\nname = "K"\n[inquiries.2025-01-02-abc]\nperson = "Anna Kowalska"\ntown = "Jasło"\n'
    )
    held = json.loads(pkes("privacy", "report", "Kowalski", "--json").out)
    assert [one["field"] for one in held] == ["person"]


def test_erasure_names_the_other_cases_but_clears_only_the_name(registry, pkes):
    ran = pkes("privacy", "erase", "feniks", "--yes")
    assert "it is held elsewhere, too: registry.toml:15: member igla, note" in ran.err
    assert "# Jana Kosa" in registry.read_text()
    assert "it is held elsewhere, too: registry.toml:8: member feniks, a comment" in ran.err
