"""`pkes import` of a spreadsheet as an office keeps it: 40 members, two of one name, two that cannot be right."""

import json
from pathlib import Path

import pytest

from tests.cli import spreadsheet_of_members
from tests.cli.registry_with_members import changed_lines, changes

OFFICE = Path(__file__).parents[1] / "office"
"""What other programs saved. LibreOffice made members.xls and members.ods of the members.xlsx that is tried here."""
FILES = {
    "members.xlsx": spreadsheet_of_members.as_xlsx,
    "members.xls": (OFFICE / "members.xls").read_bytes,
    "members.ods": (OFFICE / "members.ods").read_bytes,
    "members.csv": spreadsheet_of_members.as_csv,
}
READ = {
    "members.xlsx": 'pkes: read from the sheet "Sheet"\n',
    "members.xls": 'pkes: read from the sheet "Sheet"\n',
    "members.ods": 'pkes: read from the sheet "Sheet"\n',
    "members.csv": 'pkes: read as Windows-1250, columns divided by ";"\n',
}


@pytest.fixture(params=FILES)
def file(request, write_registry):
    registry = write_registry(spreadsheet_of_members.REGISTRY)
    (registry.parent / request.param).write_bytes(FILES[request.param]())
    return request.param


def toml():
    return Path("registry.toml").read_bytes().decode("utf-8")


def test_bad_rows_stop_it_and_are_listed(file, pkes, expect):
    for more in ([], ["--dry-run"], ["--yes"], ["--json"]):
        ran = pkes("import", file, *more)
        assert (ran.status, ran.out) == (2, "")
        assert ran.err.startswith(READ[file])
        expect("import-bad.txt", ran.err.removeprefix(READ[file]))
    assert toml() == spreadsheet_of_members.REGISTRY


def test_a_dry_run_shows_the_rest_and_writes_nothing(file, pkes, expect):
    ran = pkes("import", file, "--skip-bad", "--dry-run")
    assert ran.status == 0
    expect("import-dry-run.txt", ran.out)
    expect("import-left-out.txt", ran.err.removeprefix(READ[file]))
    assert toml() == spreadsheet_of_members.REGISTRY


def test_it_is_shown_to_people(file, terminal, expect):
    shown = terminal("import", file, "--skip-bad", "--dry-run", "--map", "Lp.=")
    expect("import-80.txt", shown.replace(READ[file], ""))


def test_the_rest_is_written_as_it_was_shown(file, pkes):
    shown = pkes("import", file, "--skip-bad", "--dry-run")
    written = pkes("import", file, "--skip-bad", "--yes")
    assert (written.status, written.out) == (0, shown.out)
    gone = [line for line in changed_lines(Path("registry.toml"), spreadsheet_of_members.REGISTRY) if line[0] == "-"]
    assert gone == ['- name = "Fundacja Igła"']
    assert pkes("check").status == 0


def test_the_second_time_changes_nothing(file, pkes):
    pkes("import", file, "--skip-bad", "--yes")
    before = toml()
    again = pkes("import", file, "--skip-bad", "--yes")
    assert (again.status, again.out, toml()) == (0, "", before)
    # It asks nothing where nothing would change.
    assert json.loads(pkes("import", file, "--skip-bad", "--json").out) == []


def test_all_files_say_the_same(write_registry, pkes):
    for name, made in FILES.items():
        write_registry(spreadsheet_of_members.REGISTRY).with_name(name).write_bytes(made())
    *others, csv = (changes(pkes("import", name, "--skip-bad", "--dry-run", "--json")) for name in FILES)
    assert others == [csv] * len(others)
    assert len({change["id"] for change in csv}) == 37


def test_it_has_to_ask(file, pkes):
    ran = pkes("import", file, "--skip-bad")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.endswith("pkes: --yes is missing\n")
    assert toml() == spreadsheet_of_members.REGISTRY


@pytest.mark.parametrize(
    ("name", "joined"),
    [
        pytest.param("empty-fill.xlsx", ["2014-10-01", "2015-02-03"], id="a style that holds nothing"),
        # Without styles a day is the number that it is.
        pytest.param("no-stylesheet.xlsx", [None, None], id="no styles at all"),
    ],
)
def test_what_other_programs_leave_out_is_not_missed(write_registry, pkes, name, joined):
    write_registry(spreadsheet_of_members.REGISTRY.replace('"NGOs"', '"nauka"'))
    mapped = ["--map", "Data przystąpienia="] if joined == [None, None] else []
    made = changes(pkes("import", str(OFFICE / name), "--dry-run", "--json", *mapped))
    records = [change["new"] for change in made]
    assert [(record["name"], record["phone"]) for record in records] == [
        ("Fundacja Alfa", "+48 14 681 00 00"), ("Fundacja Beta", "+48 14 681 00 01")
    ]  # fmt: skip
    assert [record.get("joined") for record in records] == joined
