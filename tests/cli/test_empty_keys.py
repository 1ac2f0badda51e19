"""An empty key is a key, wherever it stands: every command works on a registry that has one, and beside it."""

import difflib
import json
import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

CASE = """\
format = 1

[cluster]
name = "Klaster"
coordinator = "alfa"

[sectors.ngo]
pl = "organizacje pozarządowe"
en = "NGOs"

[members.alfa]
name = "Alfa"
sector = "ngo"
confirmed = 2025-02-01
"""

VALUES = (
    '"" = 1',
    '"" = "x"',
    '"" = { "" = [1, 2] }',
    '"".x = 1',
    '"".town = "x"',
    '"".""."" = 1',
    '\'\' . "" = ["a", "b"]  # behind',
    '# above\n"" = [\n    "a",  # of a\n    "b",\n]',
    'x."" = true',
    'y."" = ""',
    '"" = ""',
)
TOP = ('[""]', '["".""]\nx = 1', '[[""]]\n"" = 1\n\n[[""]]', '[x.""]\n"" = 1')
RECORDS = (
    '[sectors.""]\npl = "puste"\nen = "empty"',
    '[members.""]\nname = "Bez Klucza"\nsector = "ngo"',
    '[members.""]\nname = "Bez Klucza"\nsector = ""\ninquiry = ""',
    '[inquiries.""]\nreceived = 2025-01-01\nperson = "Ewa"\nemail = "ewa@example.org"\ntopic = "join"\nstatus = "new"\n'
    'channel = "email"\nmember = ""',
)


COMMANDS = [
    *map(
        str.split,
        (
            "check", "check --json", "check --github", "list --status all --json", "list --status all", "show alfa",
            "show alfa --json", "profile --json", "status --json", "sectors --json", "export inquiries -f json",
            "export members -f csv --status all", "export members -f vcard", "export members -f markdown",
            "export all -f sqlite -o all.db", "inquiry list", "privacy report Ewa", "fmt --check", "fmt --diff",
            "check --fix --dry-run", "diff registry.toml registry.toml", "match",
        ),
    ),
    ["query", "SELECT * FROM members"],
]  # fmt: skip
WRITES = (
    ("edit", "", "town=Jasło"), ("rename", "", "nowy"), ("leave", "", "--on", "2025-02-01"), ("remove", "", "--yes"),
    ("inquiry", "edit", "", "town=Jasło"), ("inquiry", "answer", ""), ("inquiry", "accept", ""),
    ("inquiry", "remove", "", "--yes"), ("privacy", "erase", "", "--yes"), ("sectors", "edit", "", "--en", "x"),
    ("sectors", "rename", "", "inne"), ("sectors", "remove", ""), ("cluster", "edit", "town=x"),
)  # fmt: skip


def values(place: str) -> st.SearchStrategy[str]:
    """Return what may stand at the end of a table: statements with empty keys, and a table of that name."""
    inner = st.sampled_from(("", "", f'\n\n[{place}.""]', f'\n\n# above\n[{place}."".""]\n"" = 1\nx = 2'))
    return st.tuples(st.sampled_from(("", *VALUES)), inner).map("\n".join).filter(fits)


def fits(text: str) -> bool:
    """Whether a piece is TOML: a key may not be set twice."""
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return False
    return True


@st.composite
def registries(draw: st.DrawFn) -> str:
    """Draw a registry with empty keys anywhere."""
    head, *tables = CASE.split("\n\n")
    parts = [head + "\n" + draw(st.sampled_from(("", *VALUES)))]
    for table in (*tables, *draw(st.lists(st.sampled_from(RECORDS), max_size=3, unique_by=lambda one: one[:9]))):
        place = re.findall(r"^\[(.*)\]", table)[0]
        parts.append(f"{table}\n" + draw(values(place)))
    text = "\n\n".join([*parts, *draw(st.lists(st.sampled_from(TOP), max_size=1))]) + "\n"
    return text if fits(text) else CASE + '"" = 1\n'


ids = settings(deadline=None, max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
some = given(registries())


@pytest.mark.parametrize(
    ("piece", "column"), [('"".x = 1', 1), ('"".town = "x"', 1), ('  "" = 1', 3), ('\n[members.alfa.""]', 1)]
)
def test_the_finding_stands_where_the_key_is(pkes, write_registry, piece, column):
    write_registry(f"{CASE}{piece}\n")
    ran = pkes("check", "registry.toml", PKES_LANG="en")
    line = 15 + piece.count("\n")
    found = f"registry.toml:{line}:{column}: warning unknown-key member alfa: unknown key\n"
    assert ran == (0, found, "pkes: 0 errors, 1 warning, 0 notes\n")


def test_a_fault_at_an_empty_key_stands_where_that_is(pkes, write_registry):
    write_registry(CASE.replace("[members.alfa]", '[members]\n"" = 1\n\n[members.alfa]'))
    (found,) = json.loads(pkes("check", "--json").out)
    assert (found["code"], found["kind"], found["id"], found["line"]) == ("shape", "member", "", 12)


@some
@example(f'{CASE}"".x = 1\n')
@ids
def test_no_command_fails_on_them(pkes, write_registry, text):
    write_registry(text)
    for command in COMMANDS:
        ran = pkes(*command)
        assert ran.status in (0, 1), (command, ran)
    for command in WRITES:
        assert pkes(*command, "--dry-run").status in (0, 2, 4, 5), command


@some
@ids
def test_the_finding_of_each_is_on_its_line(pkes, write_registry, text):
    lines = write_registry(text).read_text().split("\n")
    for found in json.loads(pkes("check", "--json").out):
        if found["code"] == "unknown-key" and found["field"] == "":
            assert '""' in lines[found["line"] - 1] or "''" in lines[found["line"] - 1]


@some
@ids
def test_an_edit_beside_them_is_one_line(pkes, write_registry, text):
    path = write_registry(text)
    ran = pkes("edit", "alfa", "name=Beta")
    assert ran.status == 0
    assert changed(text, path.read_text()) == ['-name = "Alfa"', '+name = "Beta"']


@some
@ids
def test_fmt_keeps_them(pkes, write_registry, text):
    path = write_registry(text)
    assert pkes("fmt").status == 0
    once = path.read_text()
    assert tomllib.loads(once) == tomllib.loads(text)
    assert pkes("fmt", "--check").status == 0


@some
@ids
def test_diff_tells_of_them(pkes, write_registry, text):
    path = write_registry(text)
    bare = Path(path.with_name("bare.toml"))
    bare.write_text(CASE)
    changes = json.loads(pkes("diff", "bare.toml", "registry.toml", "--json").out)
    assert bool(changes) == (tomllib.loads(text) != tomllib.loads(CASE))
    for form in ("--markdown", "--exit-code"):
        assert pkes("diff", "bare.toml", "registry.toml", form).status in (0, 1)


@given(registries(), registries(), registries())
@ids
def test_versions_with_them_can_be_merged(pkes, write_registry, base, ours, theirs):
    path = write_registry(ours)
    path.with_name("base.toml").write_text(base)
    path.with_name("theirs.toml").write_text(theirs)
    ran = pkes("git", "merge", "base.toml", "registry.toml", "theirs.toml")
    assert ran.status in (0, 1)
    assert "fault of the program" not in ran.err


def changed(old: str, new: str) -> list[str]:
    """Return the lines that differ, each behind its sign."""
    told = difflib.ndiff(old.splitlines(), new.splitlines())
    return [line[0] + line[2:] for line in told if line[0] in "-+"]


def test_a_row_may_be_found_in_the_record_of_one(pkes, write_registry):
    path = write_registry(f"{CASE}\n{RECORDS[1]}\n")
    path.with_name("rows.csv").write_text("name,sector,town\nBez Klucza,,Jasło\nNowa,ngo,Dębica\n")
    ran = pkes("import", "rows.csv", "--dry-run", "--json")
    assert [(one["id"], one["action"]) for one in json.loads(ran.out)] == [("", "changed"), ("nowa", "added")]


def test_people_see_them(pkes, terminal, write_registry):
    path = write_registry(f'{CASE}"" = 1\n\n{RECORDS[1]}\n"" = "x"\n')
    path.with_name("bare.toml").write_text(CASE)
    shown = terminal("diff", "bare.toml", "registry.toml", PKES_LANG="en")
    assert [line.split() for line in shown.splitlines() if '""' in line] == [
        ["+", "member", '""'], ['""', "x"], ['""', "—", "→", "1"],
    ]  # fmt: skip
    assert '""' in terminal("show", "", PKES_LANG="en")
    assert '### member "" – Bez Klucza: added' in pkes("diff", "bare.toml", "registry.toml", "--markdown").out
