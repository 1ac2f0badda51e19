"""SQL over the registry: what it answers, and that it does nothing else."""

import os
import signal
import threading
import time

import pytest

from pkes.errors import WrongQuery
from pkes.model.records import Registry
from pkes.registry.parsing import parse
from pkes.registry.sql import run
from tests.conftest import SHIPPED

TEXT = """
format = 1
[cluster]
name = "K"
[sectors.ngo]
pl = "organizacje"
en = "NGOs"
[members.a]
name = "Łąka"
sector = "ngo"
left = "2014-10"
social_enterprise = true
offers = ["druk; skład", "zdjęcia"]
town = ""
[members.b]
name = "Las"
social_enterprise = false
joined = 2014-10-01
[members.c]
name = "Zamek"
[inquiries.2025-01-02-abc]
received = 2025-01-02
person = "Anna Igielna"
member = "a"
notes = ["x"]
"""


@pytest.fixture
def registry() -> Registry:
    return parse(TEXT)


@pytest.mark.parametrize(
    ("sql", "columns", "rows"),
    [
        pytest.param("select * from sectors", ("id", "pl", "en"), [("ngo", "organizacje", "NGOs")], id="sectors"),
        pytest.param("select id, social_enterprise from members", ("id", "social_enterprise"),
                     [("a", 1), ("b", 0), ("c", None)], id="booleans"),
        pytest.param("select left, joined, town from members where id < 'c'", ("left", "joined", "town"),
                     [("2014-10", None, None), (None, "2014-10-01", None)], id="dates, and no empty text"),
        pytest.param("select received, notes from inquiries", ("received", "notes"),
                     [("2025-01-02", '["x"]')], id="lists"),
        pytest.param("select m.id, value from members m, json_each(offers)", ("id", "value"),
                     [("a", "druk; skład"), ("a", "zdjęcia")], id="items"),
        pytest.param("select needs from members where id = 'a'", ("needs",), [("[]",)], id="no items"),
        pytest.param("select m.name n, i.person from members m join inquiries i on i.member = m.id", ("n", "person"),
                     [("Łąka", "Anna Igielna")], id="joined"),
        pytest.param("with x as (select count(*) n from members) select n, n n, 1 n_2 from x", ("n", "n_3", "n_2"),
                     [(3, 3, 1)], id="the same name twice"),
        pytest.param("select name from members order by name collate polish", ("name",),
                     [("Las",), ("Łąka",), ("Zamek",)], id="Polish order"),
        pytest.param("values (x'00ff', cast(x'ff' as text), 0.5, null)", ("column1", "column2", "column3", "column4"),
                     [("00ff", "\ufffd", 0.5, None)], id="values of all types"),
        pytest.param("select 1 where 0;", ("1",), [], id="no rows"),
        pytest.param("with recursive c(x) as (select 1 union all select x + 1 from c limit 3) select max(x) m from c",
                     ("m",), [(3,)], id="recursive"),
    ],
)  # fmt: skip
def test_what_it_answers(registry, sql, columns, rows):
    assert run(registry, sql) == (columns, rows)


def test_all_columns_of_the_shipped_members():
    found = run(parse(SHIPPED.read_text(encoding="utf-8")), "select * from members where sector = 'science'")
    assert found.columns[:4] == ("id", "name", "short_name", "sector")
    assert [row[:2] for row in found.rows] == [("uniwersytet-rzeszowski", "Uniwersytet Rzeszowski")]


def reason(registry: Registry, sql: str) -> str:
    with pytest.raises(WrongQuery) as raised:
        run(registry, sql)
    return raised.value.reason


@pytest.mark.parametrize(
    "sql",
    [
        "delete from members", "update members set name = 'x'", "insert into sectors values ('a', 'b', 'c')",
        "insert into sectors values ('a', 'b', 'c') returning id", "replace into sectors values ('a', 'b', 'c')",
        "create table x (a)", "create temp table x (a)", "create view x as select 1", "drop table members",
        "alter table members rename to x", "attach '{path}' as x", "detach main", "begin", "commit", "savepoint x",
        "pragma query_only = 0", "pragma writable_schema = 1", "pragma temp_store_directory = '{path}'", "reindex",
        "analyze", "vacuum", "vacuum into '{path}'", "explain delete from members", "select load_extension('{path}')",
        "create virtual table x using fts5(a)", "update sqlite_master set sql = ''",
    ],
)  # fmt: skip
def test_it_only_reads(registry, sql, tmp_path):
    path = tmp_path / "made"
    said = reason(registry, sql.format(path=path))
    assert said.startswith(("not authorized", "authorization denied", "table sqlite_master may not be modified"))
    assert not path.exists()


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        pytest.param("select nix\n from members", "no such column: nix", id="column"),
        pytest.param("select", "incomplete input", id="half"),
        pytest.param("selec 1", 'near "selec": syntax error', id="syntax"),
        pytest.param("select 1; select 2", "You can only execute one statement at a time.", id="two"),
        pytest.param("", "", id="none"),
        pytest.param("-- nothing", "", id="comment"),
        pytest.param("select json_extract(name, '$') from members", "malformed JSON", id="value"),
        pytest.param("select load_extension('x')", "not authorized to use function: load_extension", id="extension"),
        pytest.param("select abs(-9223372036854775808)", "integer overflow", id="number"),
        pytest.param("select zeroblob(200000000)", "string or blob too big", id="too big"),
        pytest.param("select \udcff", 'unrecognized token: "\\"', id="not UTF-8"),
    ],
)
def test_a_wrong_statement(registry, sql, said):
    assert reason(registry, sql) == said


@pytest.mark.parametrize(
    "sql",
    [
        pytest.param(
            "with recursive c(x) as (select 1 union all select x + 1 from c) select count(*) from c", id="steps"
        ),
        pytest.param("with recursive c(x) as (select 1 union all select -x from c) select x from c", id="rows"),
        pytest.param(
            "with recursive c(x) as (select 1 union all select x + 1 from c limit 3000000)"
            " select x || name n from c, members order by n collate polish",
            id="collation",
        ),
    ],
)
def test_it_can_be_interrupted(registry, sql):
    started = time.monotonic()
    timer = threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT))
    timer.start()
    try:
        with pytest.raises(KeyboardInterrupt):
            run(registry, sql)
    finally:
        timer.join()
    assert time.monotonic() - started < 10
