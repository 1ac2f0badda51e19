"""`pkes import` of a workbook with several sheets: which one is read, and that the others are named."""

import pytest
from openpyxl import Workbook

from tests.cli.registry_with_inquiries import REGISTRY
from tests.formats.workbooks import saved


@pytest.fixture
def registry(write_registry):
    return write_registry(REGISTRY)


def book(*sheets):
    """Return a workbook with sheets, each given as its title, its headers and one row."""
    made = Workbook()
    made.remove(made.active)
    for title, *rows in sheets:
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
    return saved(made)


def test_an_exported_workbook_is_read_sheet_by_sheet(registry, pkes):
    assert pkes("export", "all", "-o", "all.xlsx", PKES_LANG="pl").status == 0
    registry.write_text(REGISTRY.replace('topic = "join"', 'topic = "cooperate"'), encoding="utf-8")
    ran = pkes("import", "all.xlsx", "-y")
    assert ran.status == 0
    assert 'read from the sheet "Członkowie"\n' in ran.err
    assert 'sheets are not imported: "Zgłoszenia", "Klaster"\n' in ran.err
    ran = pkes("import", "all.xlsx", "--as", "inquiries", "-y")
    assert ran.status == 0
    assert 'read from the sheet "Zgłoszenia"\n' in ran.err
    assert 'sheets are not imported: "Członkowie", "Klaster"\n' in ran.err
    assert registry.read_text(encoding="utf-8") == REGISTRY


INQUIRY = ("Data wpływu", "Osoba", "E-mail"), ("2025-02-03", "Anna", "a@example.org")
MEMBER = ("Nazwa", "Sektor", "NIP"), ("Nowa", "ngo", "")
EITHER = ("Nazwa", "E-mail"), ("Nowa", "a@example.org")


@pytest.mark.parametrize(
    ("sheets", "wanted", "read"),
    [
        pytest.param([("a", *MEMBER), ("b", *INQUIRY)], "inquiries", "b", id="by the headers"),
        pytest.param([("a", *INQUIRY), ("b", *MEMBER)], "members", "b", id="members by the headers"),
        pytest.param([("a", *EITHER), ("Inquiries", *EITHER)], "inquiries", "Inquiries", id="by the title"),
        pytest.param([("zapytania", *EITHER), ("b", *EITHER)], "members", "b", id="not what is titled otherwise"),
        pytest.param([("a", *MEMBER), ("b", ["x"], ["y"])], "inquiries", "a", id="else the first"),
    ],
)
def test_as_chooses_the_sheet(registry, pkes, sheets, wanted, read):
    registry.with_name("in.xlsx").write_bytes(book(*sheets))
    said = pkes("import", "in.xlsx", "--as", wanted, "--dry-run").err
    assert f'read from the sheet "{read}"\n' in said
    [other] = [title for title, *_rows in sheets if title != read]
    assert f'a sheet is not imported: "{other}"\n' in said


def test_the_title_tells_the_kind_where_the_headers_do_not(registry, pkes):
    registry.with_name("in.xlsx").write_bytes(book(("Zgłoszenia", *EITHER)))
    ran = pkes("import", "in.xlsx", "--dry-run")
    assert ran.status == 2
    assert "without an id it needs the day it was received" in ran.err
    assert "not imported" not in ran.err


@pytest.mark.parametrize("word", ["zgłoszenia", "Zgloszenia", "zapytania", "inquiries"])
def test_the_kind_has_its_words_in_both_languages(registry, pkes, word):
    registry.with_name("in.xlsx").write_bytes(book(("a", *MEMBER), ("b", *INQUIRY)))
    assert 'read from the sheet "b"\n' in pkes("import", "in.xlsx", "--as", word, "--dry-run").err
    assert pkes("export", word) == pkes("export", "inquiries")
    assert pkes("privacy", "due", word) == pkes("privacy", "due", "inquiries")


def test_an_unknown_kind_is_refused_with_the_labels_of_all(registry, pkes):
    ran = pkes("export", "sectors", PKES_LANG="pl")
    assert "members (członkowie), inquiries (zgłoszenia), all (wszystkie)\n" in ran.err
