"""`pkes report`: the figures of a period, here of three years that are made up."""

import json

import pytest

from tests.cli.registry_of_three_years import REGISTRY

FROM, TO = "2024-01-01", "2024-12-31"


@pytest.fixture(autouse=True)
def registry(write_registry):
    return write_registry(REGISTRY)


@pytest.mark.parametrize("language", ["en", "pl"])
def test_the_report_whole(terminal, pkes, expect, language):
    given = {"PKES_LANG": language, "NO_COLOR": "1"}
    for columns in (60, 100):
        expect(f"period-{language}-{columns}.txt", terminal("report", columns=columns, **given))
    expect(f"period-{language}.txt", pkes("report", **given).out)
    expect(f"period-{language}.md", pkes("report", "--markdown", **given).out)


def test_bars_are_of_ascii_where_nothing_else_can_be_shown(terminal):
    shown = terminal("report", columns=100, NO_COLOR="1", PYTHONIOENCODING="ascii")
    assert "━" not in shown
    assert "-----" in shown


# The figures again, each by an SQL query.

PERIOD = f"WITH period(first, last) AS (VALUES ('{FROM}', '{TO}')), "
DATED = """
dated AS (
  SELECT *, substr(joined || '-01-01', 1, 10) AS came,
    CASE length("left") WHEN 4 THEN "left" || '-12-31'
      WHEN 7 THEN date("left" || '-01', '+1 month', '-1 day') ELSE "left" END AS went
  FROM members),
counted AS (SELECT * FROM dated, period WHERE came IS NULL OR went IS NULL OR came <= went),
moved AS (
  SELECT *, (came IS NULL OR came < first) AND (went IS NULL OR went >= first) AS at_start,
    coalesce(came BETWEEN first AND last, 0) AS is_new, coalesce(went BETWEEN first AND last, 0) AS is_gone,
    (came IS NULL OR came <= last) AND (went IS NULL OR went > last) AS at_end
  FROM counted),
received AS (SELECT *, julianday(answered) - julianday(received) AS days FROM inquiries, period
  WHERE received BETWEEN first AND last),
waited AS (SELECT days, row_number() OVER (ORDER BY days) AS place, count(*) OVER () AS number
  FROM received WHERE days >= 0)
"""
MOVEMENT = "coalesce(sum(at_end), 0), coalesce(sum(at_start), 0), coalesce(sum(is_new), 0), coalesce(sum(is_gone), 0)"


@pytest.fixture
def asked(pkes):
    def ask(sql):
        ran = pkes("query", f"{PERIOD}{DATED} {sql}", "--json")
        assert ran.status == 0, ran.err
        return [tuple(row.values()) for row in json.loads(ran.out)]

    return ask


@pytest.fixture
def made(pkes):
    return json.loads(pkes("report", "--json").out)


def test_the_period(made):
    assert (made["from"], made["to"]) == (FROM, TO)


def test_the_members(made, asked):
    members = made["members"]
    numbers = (members["end"], members["start"], len(members["joined"]), len(members["left"]))
    assert [numbers] == asked(f"SELECT {MOVEMENT} FROM moved")
    assert numbers == (4, 5, 2, 3)


@pytest.mark.parametrize(("key", "condition"), [("joined", "is_new"), ("left", "is_gone")])
def test_who_joined_and_who_left(made, asked, key, condition):
    assert made["members"][key] == [id for (id,) in asked(f"SELECT id FROM moved WHERE {condition} ORDER BY id")]


def test_of_whom_it_is_not_known(made, asked):
    contradictory = "SELECT id FROM dated WHERE came > went"
    undated = "SELECT id FROM moved WHERE came IS NULL AND (at_start OR is_gone OR at_end)"
    found = asked(f"{contradictory} UNION {undated} ORDER BY 1")
    assert made["members"]["unknown"] == [id for (id,) in found] == ["naparstek", "szpulka", "zszywka"]


@pytest.mark.parametrize("place", ["sector", "town", "county"])
def test_the_members_by_place(made, asked, place):
    numbers = ("members", "start", "joined", "left")
    name = "id" if place == "sector" else place
    found = {(row[name], *(row[one] for one in numbers)) for row in made["members"][f"by_{place}"]}
    is_known = "s.id" if place == "sector" else place
    counted = asked(f"SELECT {is_known}, {MOVEMENT} FROM moved m LEFT JOIN sectors s ON s.id = m.sector GROUP BY 1")
    empty = asked("SELECT id, 0, 0, 0, 0 FROM sectors WHERE id NOT IN (SELECT sector FROM moved)")
    expected = {*counted, *(empty if place == "sector" else [])}
    # Where nobody was, there is no line, but of a sector.
    assert found == {row for row in expected if any(row[1:]) or place == "sector"}


def test_the_sectors_have_their_labels(made):
    labels = [(row["id"], row["pl"], row["en"]) for row in made["members"]["by_sector"]]
    assert labels == [
        ("ngo", "organizacje pozarządowe", "NGOs"),
        ("business", "biznes", "business"),
        ("science", "nauka", "science"),
        (None, None, None),
    ]


def test_the_places_are_in_polish_order(made):
    assert [row["town"] for row in made["members"]["by_town"]] == ["Jasło", "Rzeszów", "Żarnowiec", None]


def test_the_employees(made, asked):
    assert [(made["employees"],)] == asked("SELECT sum(employees) FROM moved WHERE at_end")
    unknown = asked("SELECT id FROM moved WHERE at_end AND employees IS NULL ORDER BY id")
    assert made["employees_unknown"] == [id for (id,) in unknown] == ["mulina"]


def test_the_inquiries(made, asked):
    found = made["inquiries"]
    assert asked("SELECT count(*), sum(days >= 0), sum(days BETWEEN 0 AND 10) FROM received") == [
        (found["received"], found["answered"], found["in_time"])
    ]
    median = asked("SELECT avg(days) FROM waited WHERE place IN ((number + 1) / 2, number / 2 + 1)")
    assert median == [(found["median_days"],)] == [(7.5,)]
    by_status = dict(asked("SELECT status, count(*) FROM received GROUP BY 1"))
    assert {status: count for status, count in found["by_status"].items() if count} == by_status
    assert sum(found["by_status"].values()) == found["received"] == 7
    unanswered = asked("SELECT id FROM received WHERE status IN ('answered', 'accepted', 'closed') AND days IS NULL")
    assert found["unknown"] == [id for (id,) in unanswered] == ["2024-07-01-aaa"]


# Which period.


@pytest.mark.parametrize(
    ("arguments", "first", "last"),
    [
        ([], "2024-01-01", "2024-12-31"),
        (["--from", "2023-06-01", "--to", "31.08.2023"], "2023-06-01", "2023-08-31"),
        (["--from", "2022", "--to", "2023"], "2022-01-01", "2023-12-31"),
        (["--from", "2023-02", "--to", "02.2024"], "2023-02-01", "2024-02-29"),
        (["--from", "2023"], "2023-01-01", "2025-03-01"),
        (["--to", "2025"], "2025-01-01", "2025-03-01"),
        (["--from", "2024", "--to", "3.2025"], "2024-01-01", "2025-03-01"),
        (["--to", "2023-06-30"], "2023-01-01", "2023-06-30"),
        (["--from", "today", "--to", "today"], "2025-03-01", "2025-03-01"),
    ],
)
def test_the_period_that_is_asked_for(pkes, arguments, first, last):
    made = json.loads(pkes("report", "--json", *arguments).out)
    assert (made["from"], made["to"]) == (first, last)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--to", "2026"], "pkes: --to: it is after today\n"),
        (["--to", "2025-03-02"], "pkes: --to: it is after today\n"),
        (["--from", "2024-05-02", "--to", "2024-05-01"], "pkes: --from: the period would end before it begins\n"),
        (["--from", "2025-03-02"], "pkes: --from: it is after today\n"),
        (["--from", "31.4.2024"], "pkes: --from: there is no such date: that month has 30 days\n"),
        (["--from", "13.2024"], "pkes: --from: there is no such date: a year has no month 13\n"),
        (["--to", "jutro"], "pkes: --to: it is after today\n"),
        (["--from", "maj"], "pkes: --from: not a date (YYYY-MM-DD, D.M.YYYY, MM.YYYY, YYYY, today, yesterday)\n"),
    ],
)
def test_a_period_that_is_none(pkes, arguments, said):
    assert pkes("report", *arguments) == (2, "", said)


def test_one_form_at_a_time(pkes):
    ran = pkes("report", "--markdown", "--json")
    assert (ran.status, ran.out) == (2, "")


def test_many_names_are_not_all_said(pkes, registry):
    more = "".join(f'[members.m{n:02}]\nname = "Szew {n:02}"\nsector = "ngo"\n' for n in range(30))
    registry.write_text(f"{REGISTRY}\n{more}", encoding="utf-8")
    assert "Szew 18, Szew 19 and 13 more\n" in pkes("report").out


def test_an_empty_registry(pkes, registry):
    registry.write_text('format = 1\n[cluster]\nname = "K"\ncoordinator = "k"\n', encoding="utf-8")
    made = json.loads(pkes("report", "--json").out)
    assert (made["members"]["end"], made["employees"], made["members"]["by_town"]) == (0, None, [])
    assert pkes("report").status == pkes("report", "--markdown").status == 0
