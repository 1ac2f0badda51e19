"""Sheets for people: titles and labels in their language, a workbook made to be handed on, all of it taken back."""

import csv
import datetime
from pathlib import Path

import openpyxl
import pytest

from pkes.model.records import KIND, fields
from tests.cli.exporting import REGISTRY

FIELDS = ("--fields", "id,sector,social_enterprise,joined", "--status", "all")
SAME_LABELS = REGISTRY.replace("NGOs", "Science")


@pytest.fixture
def folder(write_registry) -> Path:
    """The working folder, with a registry in it."""
    return write_registry(REGISTRY).parent


def rows(path: Path) -> list[list[str]]:
    return list(csv.reader(path.read_text(encoding="utf-8").splitlines()))


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", [["Id", "Sector", "Social enterprise", "Joined"], ["dawna", "science", "", ""],
                ["igla", "NGOs", "yes", "2014-10"], ["szkola", "science", "", ""]]),
        ("pl", [["Id", "Sektor", "Przedsiębiorstwo społeczne", "Przystąpienie"], ["dawna", "nauka", "", ""],
                ["igla", "organizacje pozarządowe", "tak", "2014-10"], ["szkola", "nauka", "", ""]]),
    ],
)  # fmt: skip
def test_titles_and_labels_are_in_the_language(folder, pkes, language, expected):
    assert pkes("export", *FIELDS, "--labels", "-o", "a.csv", PKES_LANG=language).status == 0
    assert rows(folder / "a.csv") == expected


def test_those_of_inquiries(folder, pkes):
    wanted = ("--fields", "channel,topic,status,sector,member", "--status", "all", "--sort", "id", "--labels")
    ran = pkes("export", "inquiries", *wanted, "-f", "markdown", PKES_LANG="pl")
    assert ran.out.splitlines() == [
        "| Droga kontaktu | Temat | Status | Sektor | Członek |",
        "| --- | --- | --- | --- | --- |",
        "| e-mail | przystąpienie | przyjęte |  | igla |",
        "| strona WWW | przystąpienie | nowe | organizacje pozarządowe |  |",
        "| telefon | informacja | nowe |  |  |",
    ]


def test_what_scripts_read_is_as_it_was(folder, pkes):
    ran = pkes("export", *FIELDS, PKES_LANG="pl")
    assert ran.out.splitlines()[:3] == [
        "id,sector,social_enterprise,joined",
        "dawna,science,,",
        "igla,ngo,true,2014-10",
    ]
    assert pkes("export", *FIELDS, "--no-labels").out == ran.out
    labelled = pkes("export", *FIELDS, "--labels", "--excel", PKES_LANG="pl").out
    assert labelled.startswith("\ufeffId;Sektor;Przedsiębiorstwo społeczne;Przystąpienie\r\ndawna;nauka;")


def test_a_label_that_would_not_be_read_back_stays_an_id(write_registry, pkes):
    path = write_registry(SAME_LABELS)
    assert pkes("export", "--fields", "id,sector", "--status", "all", "--labels", "-o", "a.csv").status == 0
    assert rows(path.parent / "a.csv") == [
        ["Id", "Sector"],
        ["dawna", "science"],
        ["igla", "ngo"],
        ["szkola", "science"],
    ]
    assert pkes("import", "a.csv", "-y").out == ""
    assert path.read_bytes() == SAME_LABELS.encode()


@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.parametrize("kind", ["member", "inquiry"])
def test_each_title_is_read_back(folder, pkes, language, kind):
    table = KIND[kind].table
    for name in ("a.csv", "a.xlsx"):
        said = pkes("export", table, "--status", "all", "--labels", "-o", name, PKES_LANG=language)
        assert said.status == 0
        ran = pkes("import", name, "-y", "--json", PKES_LANG="en")
        assert (ran.status, ran.out) == (0, "[]\n")
        assert "not imported" not in ran.err
    assert len(rows(folder / "a.csv")[0]) == len(fields(KIND[kind].struct)) + 1


class TestWorkbook:
    @pytest.fixture
    def book(self, folder, pkes):
        assert pkes("export", "all", "-o", "a.xlsx", PKES_LANG="pl").status == 0
        return openpyxl.load_workbook(folder / "a.xlsx")

    def test_has_a_sheet_each(self, book):
        assert book.sheetnames == ["Członkowie", "Zgłoszenia", "Klaster"]
        assert [sheet.max_row for sheet in book] == [4, 4, 3]
        assert [[cell.value for cell in row] for row in book["Klaster"]] == [
            ["Nazwa", "Klaster"],
            ["Koordynator", "Igła"],
            ["Cele", "razem; osobno\ndalej"],
        ]

    def test_is_made_to_be_handed_on(self, book):
        for sheet in book:
            assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
            assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
            assert sheet.sheet_properties.pageSetUpPr.fitToPage
            assert sheet["A1"].font.bold
        for sheet in book.worksheets[:2]:
            assert sheet.freeze_panes == "A2"
            assert sheet.print_title_rows == "$1:$1"
            assert sheet.auto_filter.ref == sheet.dimensions
            assert all(cell.font.bold for cell in sheet[1])

    def test_its_columns_are_as_wide_as_their_lines(self, book):
        sheet = book["Członkowie"]
        wide = {sheet[f"{letter}1"].value: one.width for letter, one in sheet.column_dimensions.items()}
        assert 24 < wide["Sektor"] < 28
        assert 30 < wide["Przedsiębiorstwo społeczne"] < 34
        assert book["Klaster"].column_dimensions["B"].width > 99

    def test_a_long_line_is_wrapped(self, write_registry, pkes):
        path = write_registry(REGISTRY.replace('source = "rozmowa"', f'source = "{"słowo " * 20}"'))
        assert pkes("export", "--fields", "source", "-o", "a.xlsx").status == 0
        sheet = openpyxl.load_workbook(path.parent / "a.xlsx").active
        assert sheet.column_dimensions["A"].width < 42
        assert sheet["A2"].alignment.wrap_text

    def test_its_dates_are_dates(self, book):
        titles = [cell.value for cell in book["Zgłoszenia"][1]]
        received = [row[titles.index("Wpłynęło")] for row in book["Zgłoszenia"].iter_rows(min_row=2, values_only=True)]
        assert received == [
            datetime.datetime(2025, 1, 5),
            datetime.datetime(2025, 2, 1),
            datetime.datetime(2025, 2, 20),
        ]

    def test_without_labels_it_has_ids(self, folder, pkes):
        assert pkes("export", "all", "--no-labels", "-o", "a.xlsx", PKES_LANG="pl").status == 0
        book = openpyxl.load_workbook(folder / "a.xlsx")
        assert book.sheetnames == ["members", "inquiries", "cluster"]
        assert [cell.value for cell in book["members"][1]][:4] == ["id", "name", "short_name", "sector"]
        assert [cell.value for cell in book["cluster"]["A"]] == ["name", "coordinator", "goals"]
        assert book["cluster"]["B2"].value == "igla"

    def test_of_nothing_has_its_headers(self, folder, pkes):
        assert pkes("export", "-n", "0", "-o", "a.xlsx").status == 0
        sheet = openpyxl.load_workbook(folder / "a.xlsx").active
        assert (sheet.max_row, sheet["B1"].value, sheet.auto_filter.ref[:3]) == (1, "Name", "A1:")
