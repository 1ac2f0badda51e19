"""What was talked about with members, and what is to be come back to."""

import datetime

import pytest

from pkes.model.records import Member, Registry
from pkes.registry import notes
from pkes.registry.notes import Reminder

DAY = datetime.date(2025, 3, 1)


def held(*items):
    return Member(id="a", reminders=list(items))


@pytest.mark.parametrize(
    ("item", "due"),
    [
        ("2025-03-01 call", Reminder("a", DAY, "call")),
        ("2025-02-28 call", Reminder("a", datetime.date(2025, 2, 28), "call")),
        ("2025-03-02 call", None),
        ("2025-03-01", Reminder("a", DAY, "")),
        ("call", Reminder("a", None, "call")),
        ("2025-02-30 call", Reminder("a", None, "2025-02-30 call")),
        ("2025-03-02call", Reminder("a", None, "2025-03-02call")),
    ],
)
def test_a_reminder_is_due_from_its_day_on(item, due):
    registry = Registry(members={"a": held(item)})
    assert notes.reminders(registry, DAY) == ((due,) if due else ())
    assert notes.settle(held(item), DAY).reminders == (None if due else [item])


def test_the_earliest_comes_first():
    registry = Registry(
        members={
            "b": Member(id="b", reminders=["2025-01-02 two", "2025-01-01 one", "none"]),
            "a": Member(id="a", reminders=["2025-01-02 two"]),
        }
    )
    assert [(one.id, one.text) for one in notes.reminders(registry, DAY)] == [
        ("b", "none"),
        ("b", "one"),
        ("a", "two"),
        ("b", "two"),
    ]


def test_what_lies_ahead_stays():
    assert notes.settle(held("2025-03-01 x", "2025-03-02 y"), DAY).reminders == ["2025-03-02 y"]
    for member in (held("2025-03-02 y"), Member(id="a"), held()):
        assert notes.settle(member, DAY) is member
