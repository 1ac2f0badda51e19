"""What is typed nearly as it stands in other records: asked about on a terminal, else warned of."""

import pytest

from tests import registries
from tests.cli.dialogue import Dialogue

REGISTRY = registries.with_member(
    registries.with_member(registries.REGISTRY, "nic", town="Rzeszów", legal_form="fundacja", tags=["gastronomia"]),
    "klos",
    tags=["szycie"],
)
IS_IN_USE = "is in use, spelled nearly the same\n"


@pytest.fixture
def registry(write_registry):
    return write_registry(REGISTRY)


def value(pkes, id, field):
    return pkes("show", id, "--json").out.partition(f'"{field}": ')[2].partition(', "')[0]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["add", "Snop", "-s", "ngo", "--town", "rzeszow"], f'member snop, Town: "Rzeszów" {IS_IN_USE}'),
        (["edit", "klos", "town=Rzeszuw"], f'member klos, Town: "Rzeszów" {IS_IN_USE}'),
        (["edit", "klos", "tags+=Gastronomia"], f'member klos, Tags: "gastronomia" {IS_IN_USE}'),
        (["edit", "klos", "legal_form=Fundacia"], f'member klos, Legal form: "fundacja" {IS_IN_USE}'),
        (["edit", "klos", "town=Rzeszuw", "--dry-run"], f'member klos, Town: "Rzeszów" {IS_IN_USE}'),
    ],
)
def test_elsewhere_there_is_a_warning(registry, pkes, arguments, said):
    ran = pkes(*arguments)
    assert (ran.status, ran.err) == (0, f"pkes: warning: {said}")


def test_the_town_of_a_person_who_asks_is_not_repeated(registry, pkes):
    ran = pkes("inquiry", "add", "--person", "Jan", "--email", "jan@example.org", "--town", "Rzeszuw")
    assert (ran.status, "Rzeszuw" in ran.err) == (0, False)
    assert f'Town: "Rzeszów" {IS_IN_USE}' in ran.err


def test_what_is_there_already_is_no_matter(registry, pkes):
    assert pkes("edit", "klos", "town=Rzeszuw").err
    assert pkes("edit", "klos", "street=Długa 1").err == ""
    assert pkes("edit", "igla", "town=Rzeszów", "tags=gastronomia").err == ""


@pytest.mark.parametrize(("answer", "town"), [("", '"Rzeszów"'), ("t", '"Rzeszów"'), ("n", '"Rzeszuw"')])
def test_on_a_terminal_it_is_asked(registry, pkes, answer, town):
    dialogue = Dialogue("edit", "klos", "town=Rzeszuw")
    assert dialogue.answer("[Y/n] ", answer) == 'Town: "Rzeszów" is in use. Is it meant? '
    said, status = dialogue.end()
    assert (status, "warning" in said) == (0, False)
    assert value(pkes, "klos", "town") == town


def test_what_is_meant_takes_its_place_among_the_items_of_a_list(registry, pkes):
    dialogue = Dialogue("edit", "klos", "tags=a; Gastronomia; gastronomi")
    dialogue.answer("[Y/n] ", "")
    dialogue.answer("[Y/n] ", "")
    assert dialogue.end()[1] == 0
    assert pkes("list", "-q", "klos", "--fields", "tags", "--no-headers").out == "a; gastronomia\n"


def test_add_with_fields_asks_too_and_a_word_leaves(registry):
    before = registry.read_bytes()
    dialogue = Dialogue("add", "Snop", "-s", "ngo", "--town", "Rzeszuw")
    dialogue.answer("[Y/n] ", "back")
    assert dialogue.end() == ("pkes: nothing was changed\n", 0)
    assert registry.read_bytes() == before


def test_no_question_with_yes(registry):
    said, status = Dialogue("add", "Snop", "-s", "ngo", "--town", "Rzeszuw", "-y").end()
    assert status == 0
    assert IS_IN_USE in said


def test_an_import_names_the_rows_before_it_asks(registry, tmp_path):
    rows = "id,town,tags\nigla,Rzeszów,\nklos,rzeszow,gastronomia; szyciee\n"
    (tmp_path / "in.csv").write_text(rows, encoding="utf-8")
    dialogue = Dialogue("import", "in.csv", PKES_LANG="pl")
    said = dialogue.answer("Zaimportować? [t/N] ", "t").partition("~ członek")[0]
    assert said == (
        "pkes: ostrzeżenie: zapisane prawie tak jak inne:\n"
        "  wiersz 3, Miejscowość: w rejestrze jest „Rzeszów”, pisane prawie tak samo\n"
    )
    assert dialogue.end()[1] == 0


def test_an_import_lists_no_more_than_can_be_read(registry, pkes, tmp_path):
    rows = "".join(f"Nowa {number},ngo,Rzeszow\n" for number in range(25))
    (tmp_path / "in.csv").write_text(f"name,sector,town\n{rows}", encoding="utf-8")
    ran = pkes("import", "in.csv", "-y")
    assert ran.status == 0
    assert ran.err.count('Town: "Rzeszów"') == 20
    assert "  … and 5 more\n" in ran.err


def test_check_notes_the_clear_case_at_the_item(registry, pkes):
    assert pkes("edit", "klos", "tags+=Gastronomia").status == 0
    ran = pkes("check", "--strict")
    assert ran.status == 0
    line = registry.read_text(encoding="utf-8").splitlines().index('    "Gastronomia",') + 1
    said = 'member klos, tags: "gastronomia" is in use, spelled nearly the same'
    assert f"registry.toml:{line}:5: note near-miss {said}\n" in ran.out


def test_the_shipped_registry_has_none(shipped, pkes):
    assert "near-miss" not in pkes("check").out
