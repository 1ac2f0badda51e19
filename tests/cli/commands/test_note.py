"""`pkes note`: what was talked about with a member, and what is to be come back to."""

import json

import pytest

from tests.registries import REGISTRY

NOTED = '\nnotes = [\n    "2025-03-01 o targach",\n]\n'


@pytest.fixture
def registry(write_registry):
    return write_registry(REGISTRY)


def said_of(path):
    return path.read_text(encoding="utf-8")


def reminders(pkes, today="2025-03-01"):
    return json.loads(pkes("status", "--json", PKES_TODAY=today).out)["reminders"]


def test_a_note_has_its_day(registry, pkes):
    ran = pkes("note", "igla", "  o targach ")
    assert ran.out == "kind\tid\taction\tfield\told\tnew\nmember\tigla\tchanged\tnotes\t\t2025-03-01 o targach\n"
    assert said_of(registry) == REGISTRY.rstrip("\n") + NOTED
    assert pkes("note", "igla", "i znów", PKES_TODAY="2025-03-02").status == 0
    assert '    "2025-03-01 o targach",\n    "2025-03-02 i znów",\n' in said_of(registry)
    assert reminders(pkes) == []


@pytest.mark.parametrize(
    ("word", "day"), [("jutro", "2025-03-02"), ("tomorrow", "2025-03-02"), ("pojutrze", "2025-03-03")]
)
def test_a_reminder_takes_a_word_for_a_coming_day(registry, pkes, word, day):
    assert pkes("note", "igla", "oddzwonić", "--remind", word, PKES_TODAY="2025-03-01").status == 0
    assert reminders(pkes, day) == [{"id": "igla", "date": day, "text": "oddzwonić"}]


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("kiedyś", "not a date (YYYY-MM-DD, D.M.YYYY, today, tomorrow)"),
        ("31.2.2026", "there is no such date: that month has 28 days"),
        ("29.02.2023", "there is no such date: that month has 28 days"),
        ("2024-02-30", "there is no such date: that month has 29 days"),
        ("2026-04-00", "there is no such date: that month has 30 days"),
        ("2026-13-01", "there is no such date: a year has no month 13"),
        ("0000-01-01", "not a date (YYYY-MM-DD, D.M.YYYY, today, tomorrow)"),
    ],
)
def test_a_wrong_day_to_be_reminded_is_told(registry, pkes, typed, says):
    assert pkes("note", "igla", "oddzwonić", "--remind", typed) == (2, "", f"pkes: --remind: {says}\n")


def test_a_reminder_is_in_status_from_its_day_until_it_is_done(registry, pkes):
    assert pkes("note", "igla", "oddzwonić", "--remind", "10.3.2025").status == 0
    assert pkes("note", "igla", "umowa", "--remind", "2025-12-01").status == 0
    assert reminders(pkes, "2025-03-09") == []
    for today in ("2025-03-10", "2025-11-30"):
        assert reminders(pkes, today) == [{"id": "igla", "date": "2025-03-10", "text": "oddzwonić"}]
    assert "Reminders:\n  igla  2025-03-10  oddzwonić\n" in pkes("status", PKES_TODAY="2025-03-10").out
    ran = pkes("note", "igla", "--done")
    assert (ran.status, ran.out, ran.err) == (0, "", "pkes: nothing is changed: it is so already\n")
    assert pkes("note", "igla", "--done", PKES_TODAY="2025-03-10").status == 0
    assert reminders(pkes, "2025-12-01") == [{"id": "igla", "date": "2025-12-01", "text": "umowa"}]
    assert pkes("note", "igla", "załatwione", "--done", PKES_TODAY="2025-12-02").status == 0
    assert "reminders" not in said_of(registry)
    assert '"2025-12-02 załatwione"' in said_of(registry)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param([], "TEXT / --done", id="nothing"),
        pytest.param(["--remind", "2025-09-01"], "TEXT", id="remind without text"),
        pytest.param(["x", "--remind", "2025-09-01", "--done"], "--done", id="remind and done"),
        pytest.param(["x", "--remind", "soon"], "--remind", id="no day"),
        pytest.param([""], "notes", id="empty"),
        pytest.param(["a\nb"], "notes", id="two lines"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_written(registry, pkes, arguments, said):
    ran = pkes("note", "igla", *arguments)
    assert (ran.status, ran.out, said_of(registry)) == (2, "", REGISTRY)
    assert said in ran.err


def test_nobody(registry, pkes):
    assert pkes("note", "nobody", "x").status == 4
