"""`pkes status`, and how a list shows who waits: on 15 January 2027, with an inquiry in every state."""

import json
from pathlib import Path

import pytest

from tests.registries import REGISTRY as QUIET

EVERY_STATE = (Path(__file__).parents[1] / "registries" / "every_state.toml").read_text(encoding="utf-8")
DAY = "2027-01-15"
SECTORS = [
    {"id": "social-economy", "pl": "ekonomia społeczna", "en": "social economy", "members": 2},
    {"id": "business", "pl": "biznes", "en": "business", "members": 1},
    {"id": "science", "pl": "nauka", "en": "science", "members": 0},
]


@pytest.fixture
def registry(write_registry):
    return write_registry(EVERY_STATE)


def test_the_morning_page_on_a_terminal(registry, terminal, expect):
    expect("status-80.txt", terminal("status", PKES_TODAY=DAY))


def test_the_morning_page_on_a_pipe(registry, pkes, expect):
    ran = pkes("status", PKES_TODAY=DAY)
    assert (ran.status, ran.err) == (0, "")
    expect("status-piped.txt", ran.out)


def test_the_morning_page_in_polish_has_polish_sectors(registry, pkes):
    seen = pkes("status", PKES_TODAY=DAY, LC_ALL="pl_PL.UTF-8").out
    assert "ekonomia społeczna" in seen
    assert "social economy" not in seen


def test_the_morning_page_as_json(registry, pkes):
    ran = pkes("status", "--json", PKES_TODAY=DAY)
    assert (ran.status, ran.err) == (0, "")
    assert list(json.loads(ran.out)) == [
        "waiting", "retention_due", "findings", "sectors", "leaving", "reminders", "unsaved", "unconfirmed",
        "contacts_due",
    ]  # fmt: skip
    assert json.loads(ran.out) == {
        "waiting": [
            {
                "id": "2026-12-01-ans",
                "status": "answered",
                "received": "2026-12-01",
                "days": 45,
                "late": None,
                "overdue": False,
            },
            {
                "id": "2026-12-28-new",
                "status": "new",
                "received": "2026-12-28",
                "days": 18,
                "late": 11,
                "overdue": True,
            },
            {
                "id": "2027-01-08-new",
                "status": "new",
                "received": "2027-01-08",
                "days": 7,
                "late": None,
                "overdue": False,
            },
            {
                "id": "2027-01-15-new",
                "status": "new",
                "received": "2027-01-15",
                "days": 0,
                "late": None,
                "overdue": False,
            },
        ],
        "retention_due": ["2026-07-10-dec"],
        "findings": {"error": 0, "warning": 2, "note": 9},
        "sectors": SECTORS,
        "leaving": [],
        "reminders": [],
        "unsaved": None,
        "unconfirmed": 3,
        "contacts_due": [],
    }


def test_its_findings_are_those_of_check(registry, pkes):
    found = json.loads(pkes("check", "--json", PKES_TODAY=DAY).out)
    assert sorted((one["code"], one["severity"], one["id"]) for one in found) == [
        ("declared-members", "note", None),
        ("lawful-basis", "warning", "2027-01-15-new"),
        ("not-informed", "note", "2026-07-10-dec"),
        ("not-informed", "note", "2026-07-11-wit"),
        ("not-informed", "note", "2026-10-03-lost"),
        ("not-informed", "note", "2026-11-02-acc"),
        ("not-informed", "note", "2026-12-01-ans"),
        ("overdue", "note", "2026-12-28-new"),
        ("retention-due", "note", "2026-07-10-dec"),
        ("unconfirmed", "note", None),
        ("unlinked", "warning", "2026-10-03-lost"),
    ]


def test_a_day_later_more_is_due(registry, pkes):
    page = json.loads(pkes("status", "--json", PKES_TODAY="2027-01-16").out)
    assert [one["id"] for one in page["waiting"] if one["overdue"]] == ["2026-12-28-new", "2027-01-08-new"]
    assert page["retention_due"] == ["2026-07-10-dec", "2026-07-11-wit"]


def test_the_page_names_who_asks_on_a_terminal_alone(registry, pkes, terminal):
    persons = ("Anna", "Piotr", "Jan", "Stowarzyszenie")
    piped, shown = pkes("status", PKES_TODAY=DAY).out, terminal("status", PKES_TODAY=DAY)
    assert not [word for word in (*persons, "example.org", "+48") if word in piped]
    assert [word for word in persons if word in shown] == [*persons]
    assert not [word for word in ("example.org", "+48") if word in shown]


def test_a_leaving_that_lies_ahead(write_registry, pkes, terminal):
    write_registry(QUIET + '[members.nic]\nname = "Nić"\nsector = "ngo"\nleft = "2025-06"\n')
    assert json.loads(pkes("status", "--json").out)["leaving"] == [{"id": "nic", "left": "2025-06"}]
    assert "Leaving:\n  nic  2025-06  Nić\n" in terminal("status")
    assert "Leaving:\n  nic  2025-06\n" in pkes("status").out


def test_a_quiet_registry_says_so(write_registry, pkes, terminal):
    write_registry(f"{QUIET}confirmed = 2025-02-01\n")
    assert pkes("status") == (0, "Nothing needs doing.\n\nMembers by sector:\n  NGOs  1\n", "")
    assert terminal("status").startswith("Nothing needs doing.\n")
    assert json.loads(pkes("status", "--json").out) == {
        "waiting": [], "retention_due": [], "findings": {"error": 0, "warning": 0, "note": 0},
        "sectors": [{"id": "ngo", "pl": "organizacje pozarządowe", "en": "NGOs", "members": 1}],
        "leaving": [],
        "reminders": [],
        "unsaved": None,
        "unconfirmed": 0,
        "contacts_due": [],
    }  # fmt: skip


def test_a_note_is_no_work(write_registry, pkes):
    write_registry(QUIET.replace('"igla"\n', '"igla"\ndeclared_members = 2\n', 1) + "confirmed = 2025-02-01\n")
    assert pkes("status").out.startswith("Nothing needs doing.\n")
    assert json.loads(pkes("status", "--json").out)["findings"]["note"] == 1


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        pytest.param('"ngo"\n', '"ngi"\n', "Findings: 1 error, 0 warnings\n", id="an error"),
        pytest.param('"ngo"\n', '"ngo"\ntwon = "X"\n', "Findings: 0 errors, 1 warning\n", id="a warning"),
    ],
)
def test_a_finding_alone_is_work(write_registry, pkes, old, new, says):
    write_registry(QUIET.replace(old, new))
    seen = pkes("status").out
    assert "Nothing needs doing" not in seen
    assert says in seen


def test_an_open_inquiry_without_a_day_is_on_the_page(write_registry, pkes):
    write_registry(f'{QUIET}[inquiries.q]\nname = "N"\nstatus = "new"\n')
    assert "  q  nobody knows since when\n" in pkes("status").out
    [one] = json.loads(pkes("status", "--json").out)["waiting"]
    assert one == {"id": "q", "status": "new", "received": None, "days": None, "late": None, "overdue": False}


def test_a_registry_that_cannot_be_read(write_registry, pkes):
    write_registry("format = \n")
    ran = pkes("status")
    assert (ran.status, ran.out) == (3, "")


# The list.


@pytest.mark.parametrize(
    ("arguments", "ids"),
    [
        ("", "2026-12-01-ans 2026-12-28-new 2027-01-08-new 2027-01-15-new"),
        ("--status open", "2026-12-01-ans 2026-12-28-new 2027-01-08-new 2027-01-15-new"),
        ("--status new", "2026-12-28-new 2027-01-08-new 2027-01-15-new"),
        ("--status answered", "2026-12-01-ans"),
        ("--status accepted", "2026-10-03-lost 2026-11-02-acc"),
        ("--status declined", "2026-02-01-era 2026-07-10-dec"),
        ("--status withdrawn", "2026-07-11-wit"),
        ("--overdue", "2026-12-28-new"),
        ("--overdue --status all", "2026-12-28-new"),
        ("--overdue --status answered", ""),
        ("--overdue -q olga", ""),
        ("--overdue -q ANNA", "2026-12-28-new"),
    ],
)
def test_which_are_listed(registry, pkes, arguments, ids):
    ran = pkes("inquiry", "list", *arguments.split(), "--fields", "id", "--no-headers", PKES_TODAY=DAY)
    assert (ran.status, ran.out.split()) == (0, ids.split())


def test_all_of_them_are_listed(registry, pkes):
    assert len(json.loads(pkes("inquiry", "list", "--status", "all", "--json", PKES_TODAY=DAY).out)) == 9


def test_no_overdue_one_is_no_error(registry, pkes):
    ran = pkes("inquiry", "list", "--overdue", "--json", PKES_TODAY="2026-12-28")
    assert ran == (0, "[]\n", "pkes: no open inquiry fits\n")


def test_days_are_shown_on_a_terminal_only(registry, pkes, terminal, expect):
    expect("inquiries-every-state-100.txt", terminal("inquiry", "list", "--status", "all", columns=100, PKES_TODAY=DAY))
    assert "days" not in pkes("inquiry", "list", PKES_TODAY=DAY).out
    assert "days" not in pkes("inquiry", "list", "--json", PKES_TODAY=DAY).out


def test_an_overdue_one_is_read_without_colour(registry, terminal):
    seen = terminal("inquiry", "list", "--overdue", columns=100, NO_COLOR="1", PKES_TODAY=DAY)
    assert "2026-12-28  18 !" in seen


@pytest.mark.parametrize(
    ("day", "is_said"),
    [("2025-01-31", False), ("2025-02-01", True), ("2025-03-31", True), ("2025-04-01", False)],
)
def test_social_enterprises_report_to_the_voivode_by_the_end_of_march(write_registry, pkes, day, is_said):
    enterprises = "".join(
        f'[members.{id}]\nname = "{id}"\nsector = "ngo"\nsocial_enterprise = {held}\n{left}'
        for id, held, left in (("nic", "true", ""), ("len", "false", ""), ("juta", "true", 'left = "2020"\n'))
    )
    write_registry(QUIET + enterprises)
    said = "Social enterprises that report to the voivode by 2025-03-31:\n  nic\n"
    assert (said in pkes("status", PKES_TODAY=day).out) == is_said
    assert ("voivode" in pkes("status", PKES_TODAY=day).out) == is_said
