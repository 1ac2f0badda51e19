"""The English texts of the cluster, `[cluster.en]`: edited, shown, checked, compared, taken back."""

import json
import sqlite3
import tomllib

import pytest

from tests.cli.dialogue import Dialogue
from tests.cli.editors import Editor, empty_fields

REST = '\n[sectors.x]\npl = "iks"\nen = "ex"\n\n[members.a]\nname = "A"\nsector = "x"\n'
CLUSTER = 'format = 1\n\n[cluster]\nname = "Próba"\ncoordinator = "a"\ngoals = ["cel"]\n'
ENGLISH = '\n[cluster.en]\nname = "Trial"  # draft\ngoals = ["aim"]\n'


def test_the_first_text_makes_the_table_behind_the_cluster_and_the_last_takes_it_away(write_registry, pkes):
    path = write_registry(CLUSTER + REST)
    ran = pkes("cluster", "edit", "en.description=What it is.", "en.goals+=an aim; another")
    assert (ran.status, ran.out) == (
        0,
        "kind\tid\taction\tfield\told\tnew\n"
        "cluster\t\tchanged\ten.description\t\tWhat it is.\n"
        "cluster\t\tchanged\ten.goals\t\tan aim; another\n",
    )
    table = '\n[cluster.en]\ndescription = "What it is."\ngoals = [\n    "an aim",\n    "another",\n]\n'
    assert path.read_text(encoding="utf-8") == CLUSTER + table + REST
    assert pkes("cluster", "edit", "en.description=", "en.goals-=another", "en.goals-=an aim").status == 0
    assert path.read_text(encoding="utf-8") == CLUSTER + REST


def test_a_change_is_a_change_of_one_line_in_canonical_order(write_registry, pkes):
    path = write_registry(CLUSTER + ENGLISH + REST)
    assert pkes("cluster", "edit", "English description=D", "EN.NAME=Test").status == 0
    edited = ENGLISH.replace('"Trial"  # draft\n', '"Test"  # draft\ndescription = "D"\n')
    assert path.read_text(encoding="utf-8") == CLUSTER + edited + REST
    assert pkes("fmt", "--check").status == 1  # the list is on one line
    assert pkes("fmt").status == 0
    assert path.read_text(encoding="utf-8").index("[cluster.en]") < path.read_text(encoding="utf-8").index("[sectors")


def test_the_comment_that_goes_with_the_table_is_named(write_registry, pkes):
    path = write_registry(CLUSTER + '\n# by Anna\n[cluster.en]\nname = "Trial"\n' + REST)
    ran = pkes("cluster", "edit", "en.name=")
    assert (ran.status, path.read_text(encoding="utf-8")) == (0, CLUSTER + REST)
    assert "comment" in ran.err


@pytest.mark.parametrize(
    "written",
    ['en.name = "Trial"\n', 'en = { name = "Trial" }\n', "en = {}\n", "\n[cluster.en.more]\nx = 1\n"],
    ids=["dotted", "inline", "empty", "implied"],
)
def test_a_table_without_a_header_is_refused_until_fmt(write_registry, pkes, written):
    path = write_registry(CLUSTER + written + REST)
    ran = pkes("cluster", "edit", "en.description=D")
    assert (ran.status, ran.out) == (5, "")
    assert "pkes fmt" in ran.err
    assert path.read_text(encoding="utf-8") == CLUSTER + written + REST
    assert (pkes("fmt").status, pkes("cluster", "edit", "en.description=D").status) == (0, 0)
    assert tomllib.loads(path.read_text(encoding="utf-8"))["cluster"]["en"]["description"] == "D"


def test_it_is_shown_by_its_name(write_registry, pkes, terminal):
    write_registry(CLUSTER + ENGLISH + 'motto = "M"\n' + REST)
    lines = pkes("cluster").out.splitlines()
    assert lines[-3:] == ["en.name\tTrial", "en.goals\taim", "en.motto\tM"]
    shown = json.loads(pkes("cluster", "--json").out)
    assert list(shown)[-1] == "en"
    assert shown["en"] == {
        "name": "Trial", "description": None, "composition": None, "goals": ["aim"], "benefits": [],
        "invitation": None, "contact": None, "motto": "M",
    }  # fmt: skip
    assert "English name" in terminal("cluster")
    assert "Nazwa po angielsku" in terminal("cluster", PKES_LANG="pl")


def test_without_it_json_has_an_object_all_the_same(write_registry, pkes):
    write_registry(CLUSTER + REST)
    shown = json.loads(pkes("cluster", "--json").out)["en"]
    assert shown["name"] is None
    assert shown["goals"] == []


@pytest.mark.parametrize("arguments", [(), ("--markdown",)], ids=["pipe", "markdown"])
def test_the_profile_in_english_has_the_english_texts(write_registry, pkes, arguments):
    write_registry(CLUSTER + ENGLISH + 'description = "  "\n' + REST)
    english, polish = (pkes("profile", *arguments, PKES_LANG=language).out for language in ("en", "pl"))
    assert "Trial" in english
    assert "aim" in english
    assert "Próba" not in english
    assert "Próba" in polish
    assert "Trial" not in polish
    assert json.loads(pkes("profile", "--json").out)["cluster"]["name"] == "Próba"


def test_the_profile_on_a_terminal_has_them_too(write_registry, terminal):
    write_registry(CLUSTER.replace('"cel"]', '"cel"]\ninvitation = "Zapraszamy."') + ENGLISH + REST)
    seen = terminal("profile")
    assert "Trial" in seen
    assert "Zapraszamy." in seen


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('en = "X"\n', '8:1: shape error: "cluster.en" is of the wrong type: string instead of table'),
        ("[[cluster.en]]\n", '"cluster.en" is of the wrong type'),
        ("[cluster.en]\nname = 1\n", '9:1: "cluster.en.name" is of the wrong type: integer instead of string'),
        ('[cluster.en]\ngoals = "x"\n', '9:1: "cluster.en.goals" is of the wrong type: string instead of array of'),
        ('"en.name" = "X"\n', '8:1: "cluster.en.name" is one key in quotation marks'),
    ],
)
def test_what_is_of_another_shape_is_refused(write_registry, pkes, written, said):
    write_registry(CLUSTER + "\n" + written + REST)
    ran = pkes("cluster")
    assert (ran.status, ran.out) == (3, "")
    assert said.replace(" shape error:", "") in ran.err
    checked = pkes("check")
    assert checked.status == 1
    assert said.split(": ", 1)[-1].removeprefix("shape error: ") in checked.out


def test_check_knows_its_keys_and_its_values(write_registry, pkes):
    write_registry(CLUSTER + '\n[cluster.en]\nid = "x"\ndescripton = "D"\nname = " X"\n' + REST)
    out = pkes("check").out
    assert "9:1: warning unknown-key cluster" in out
    assert '10:1: warning unknown-key cluster: unknown key "en.descripton"' in out
    assert "en.description" in out
    assert "11:1: warning spaces cluster, en.name" in out
    assert pkes("check", "--fix").status == 0
    assert "spaces" not in pkes("check").out


def test_an_unknown_key_in_it_can_be_edited_and_is_carried_along(write_registry, pkes):
    path = write_registry(CLUSTER + ENGLISH + 'motto = "M"\n' + REST)
    assert pkes("cluster", "edit", "en.motto=N", "en.name=").status == 0
    assert 'motto = "N"\n' in path.read_text(encoding="utf-8")
    assert pkes("cluster", "edit", "en.motto=", "en.goals=").status == 0
    assert path.read_text(encoding="utf-8") == CLUSTER + REST


def test_a_field_that_it_does_not_have_is_refused(write_registry, pkes):
    write_registry(CLUSTER + REST)
    ran = pkes("cluster", "edit", "en.phone=1")
    assert (ran.status, ran.out) == (2, "")
    assert "en.phone" in ran.err


def test_a_database_has_them_in_columns_and_a_table(write_registry, pkes):
    path = write_registry(CLUSTER + ENGLISH + REST)
    assert pkes("export", "all", "-o", "all.sqlite").status == 0
    database = sqlite3.connect(path.with_name("all.sqlite"))
    assert database.execute("SELECT en_name, en_contact FROM cluster").fetchall() == [("Trial", None)]
    assert database.execute("SELECT cluster, position, value FROM cluster_en_goals").fetchall() == [
        ("cluster", 1, "aim")
    ]
    database.close()


def test_a_workbook_has_them(write_registry, pkes):
    pytest.importorskip("xlsxwriter")
    from python_calamine import CalamineWorkbook

    path = write_registry(CLUSTER + ENGLISH + REST)
    assert pkes("export", "all", "-o", "all.xlsx").status == 0
    rows = CalamineWorkbook.from_path(path.with_name("all.xlsx")).get_sheet_by_name("Cluster").to_python()
    assert ["English name", "Trial"] in rows
    assert ["English goals", "aim"] in rows


def test_the_editor_has_them_under_their_header_and_offers_none_elsewhere(write_registry, tmp_path, monkeypatch):
    path = write_registry(CLUSTER + ENGLISH + REST)
    editor = Editor(tmp_path / "editor", monkeypatch)
    editor.rounds([("replace", '"Trial"', '"Test"\ncontact = "C"')])
    said, status = Dialogue("cluster", "edit").end()
    assert (said, status) == ("~ cluster\n    English name     Trial → Test\n    English contact  — → C\n", 0)
    offered = empty_fields(editor.seen())
    assert '# region = ""  # Region' in offered
    assert not [line for line in offered if "en." in line]
    edited = ENGLISH.replace('"Trial"  # draft', '"Test"\ncontact = "C"  # draft')
    assert path.read_text(encoding="utf-8") == CLUSTER + edited + REST


@pytest.mark.parametrize("written", ['en.name = "Trial"\n', 'en = { name = "Trial" }\n'], ids=["dotted", "inline"])
def test_the_last_text_can_be_taken_away_however_it_is_written(write_registry, pkes, written):
    path = write_registry(CLUSTER + written + REST)
    assert pkes("cluster", "edit", "en.name=").status == 0
    assert path.read_text(encoding="utf-8") == CLUSTER + REST
