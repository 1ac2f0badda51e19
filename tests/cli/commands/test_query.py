"""`pkes query`: what it prints for people and programs, and what it refuses."""

import json
import os
import re
import signal
import subprocess
import sys

import pytest

from pkes.registry.sql import KINDS, columns, run
from tests.cli.exporting import REGISTRY
from tests.conftest import environment

BY_SECTOR = "select sector, count(*) from members group by 1 order by 2 desc, 1"
VALUES = "values (1, null, 'Łąka; \"x\"', 0.5), (20, x'00ff', 'jeden' || char(13, 10) || 'dwa' || char(9), 'a')"


@pytest.fixture
def registry(write_registry):
    return write_registry(REGISTRY)


def test_a_question_to_the_shipped_registry(shipped, pkes):
    assert pkes("query", BY_SECTOR) == (
        0, "sector\tcount(*)\nsocial-economy\t9\nbusiness\t1\nngo\t1\npublic-administration\t1\nscience\t1\n", "",
    )  # fmt: skip


def test_lines_for_programs(shipped, pkes):
    assert pkes("query", VALUES).out == (
        'column1\tcolumn2\tcolumn3\tcolumn4\n1\t\tŁąka; "x"\t0.5\n20\t00ff\tjeden dwa \ta\n'
    )


def test_json(shipped, pkes):
    out = pkes("query", VALUES, "--json").out
    assert out == (
        '[{"column1": 1, "column2": null, "column3": "Łąka; \\"x\\"", "column4": 0.5},\n'
        ' {"column1": 20, "column2": "00ff", "column3": "jeden\\r\\ndwa\\t", "column4": "a"}]\n'
    )
    assert len(json.loads(out)) == 2


def test_csv(shipped, pkes):
    assert pkes("query", VALUES, "--csv").out == (
        'column1,column2,column3,column4\r\n1,,"Łąka; ""x""",0.5\r\n20,00ff,"jeden\r\ndwa\t",a\r\n'
    )


@pytest.mark.parametrize(
    ("options", "out"), [([], "id\n"), (["--json"], "[]\n"), (["--csv"], "id\r\n")], ids=["lines", "json", "csv"]
)
def test_no_rows(shipped, pkes, options, out):
    assert pkes("query", "select id from members where 0", *options) == (0, out, "")


@pytest.mark.parametrize("options", [["--json"], ["--csv"], []], ids=["json", "csv", "lines"])
def test_two_columns_of_one_name(registry, pkes, options):
    out = pkes("query", "select id, id from sectors where id = 'ngo'", *options).out
    assert (out.count("id"), out.count("id_2"), out.count("ngo")) == (2, 1, 2)


def test_warnings_of_the_registry_are_no_matter_here(registry, pkes):
    assert pkes("query", "select count(*) n from inquiries") == (0, "n\n3\n", "")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        pytest.param(["selec 1"], 'SQLite: near "selec": syntax error\n', id="syntax"),
        pytest.param(["select town from sectors"], "SQLite: no such column: town\n", id="column"),
        pytest.param(["select\n\nx\x1b\n"], 'SQLite: unrecognized token: "\\x1b"\n', id="hostile"),
        pytest.param(["select 1; select 2"], "SQLite: ", id="two statements"),
        pytest.param(["delete from members"], "SQLite: not authorized\na query only reads: SELECT …", id="writing"),
        pytest.param(["attach 'x.db' as x"], "SQLite: not authorized\na query only reads", id="attaching"),
        pytest.param([""], "there is no statement in the query\n", id="empty"),
        pytest.param(["select 1", "--json", "--csv"], "--csv: not together with --json\n", id="two forms"),
        pytest.param(["select 1", "2"], "too many arguments\n", id="no quotes"),
        pytest.param([], "SQL is missing\n", id="nothing"),
    ],
)
def test_it_refuses(shipped, pkes, arguments, says):
    ran = pkes("query", *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(f"pkes: {says}")
    assert ran.err.count("\n") <= 2
    assert [path.name for path in shipped.parent.iterdir()] == ["registry.toml"]


def test_an_interrupt_ends_it(shipped):
    endless = "with recursive c(x) as (select 1 union all select x + 1 from c) select count(*) from c"
    command = [sys.executable, "-m", "pkes", "query", endless]
    with subprocess.Popen(command, env=environment({}), stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(1.5)
        os.kill(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=20)
    assert (process.returncode, out, err) == (130, b"", b"pkes: interrupted; the registry is as it was\n")


def test_a_table_for_people(shipped, terminal):
    assert terminal("query", BY_SECTOR) == (
        "sector                 count(*)\n"
        "───────────────────────────────\n"
        "social-economy                9\n"
        "business                      1\n"
        "ngo                           1\n"
        "public-administration         1\n"
        "science                       1\n"
        "5 rows\n"
    )


def test_a_table_wider_than_the_terminal_is_folded(shipped, terminal):
    seen = terminal("query", "select id, name, source from members limit 2", columns=70)
    assert max(map(len, seen.splitlines())) <= 70
    assert "…" not in seen
    assert seen.splitlines()[0].split() == ["id", "name", "source"]
    assert seen.endswith("2 rows\n")


def test_more_columns_than_have_room_stand_below_one_another(shipped, terminal):
    seen = terminal("query", "select * from members where id = '4hc'", columns=60)
    assert re.search(r"\nlegal_form +spółka z o\.o\.\n", seen)
    assert seen.endswith("\n\n1 row\n")


def test_a_terminal_sees_no_command(shipped, terminal):
    sql = "select char(27) || ']52;c;x' || char(7, 155, 0x202e) || '[/x]' as \"\x1b[31m\", 1 as '[bold]'"
    seen = re.sub(r"\x1b\[[0-9;]*m", "", terminal("query", sql, raw=True))
    assert "\\x1b]52;c;x\\x07\\x9b\\u202e[/x]" in seen
    assert "\\x1b[31m" in seen
    assert "[bold]" in seen
    assert not set(seen) & set("\x1b\x07\x9b\u202e")
    assert not set(terminal("query", sql, "--csv")) & set("\x1b\x07\x9b\u202e")


def test_null_and_no_rows_are_seen_as_nothing(shipped, terminal):
    assert terminal("query", "select null as a, 'x' as b").splitlines()[2:] == ["   x", "1 row"]
    assert terminal("query", "select 1 as a where 0").splitlines()[::2] == ["a", "0 rows"]


def test_the_help_shows_all_columns(pkes):
    out = pkes("query", "--help", COLUMNS="100").out
    shown = re.split(r"^ (\w+) *$", out[out.index("JSON arrays") :], flags=re.MULTILINE)[1:]
    assert dict(
        zip(shown[::2], [re.findall(r"^   (\w+)  ", text, re.MULTILINE) for text in shown[1::2]], strict=True)
    ) == {kind.table: list(columns(kind)) for kind in KINDS}
    # All that is said of the columns of a table stands below each other.
    assert "   offers                      What it offers; may be repeated (list)\n" in re.sub(" +\n", "\n", out)
    assert "   social_enterprise_decision  Number of" in out


def test_the_columns_of_the_help_are_those_of_a_query(shipped):
    from pkes.storage.store import load

    for kind in KINDS:
        assert run(load(shipped).registry, f"select * from {kind.table}").columns == tuple(columns(kind))
