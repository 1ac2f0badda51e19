"""`pkes inquiry answer`, `decline`, `withdraw` and `reopen`: what a step writes, and who may take it."""

import json

import pytest

from tests.cli.registry_with_inquiries import ACCEPTED, ANSWERED, DECLINED, ERASED, NEW, REGISTRY, WITHDRAWN
from tests.cli.registry_with_members import changed_lines, changes

STEPS = ("answer", "accept", "close", "decline", "withdraw", "reopen")
STATUS = {NEW: "new", ANSWERED: "answered", ACCEPTED: "accepted", DECLINED: "declined", WITHDRAWN: "withdrawn"}
ALLOWED = {
    NEW: "answer, accept, close, decline, withdraw",
    ANSWERED: "accept, close, decline, withdraw",
    ACCEPTED: "none",
    DECLINED: "reopen",
    WITHDRAWN: "reopen",
}


@pytest.fixture
def registry(write_registry):
    return write_registry(REGISTRY)


def lines_of(registry):
    return changed_lines(registry, REGISTRY)


@pytest.mark.parametrize(
    ("command", "lines"),
    [
        pytest.param(f"answer {NEW}", ['- status = "new"', '+ status = "answered"', "+ answered = 2025-03-01"]),
        pytest.param(f"decline {NEW}", ['- status = "new"', '+ status = "declined"', "+ closed = 2025-03-01"]),
        pytest.param(f"withdraw {NEW}", ['- status = "new"', '+ status = "withdrawn"', "+ closed = 2025-03-01"]),
        pytest.param(
            f"decline {ANSWERED}", ['- status = "answered"', '+ status = "declined"', "+ closed = 2025-03-01"]
        ),
        pytest.param(
            f"withdraw {ANSWERED}", ['- status = "answered"', '+ status = "withdrawn"', "+ closed = 2025-03-01"]
        ),
        pytest.param(
            f"reopen {DECLINED}",
            ['- status = "declined"', '+ status = "answered"', "- closed = 2025-01-08", '- reason = "za daleko"'],
        ),
        pytest.param(f"reopen {WITHDRAWN}", ['- status = "withdrawn"', '+ status = "new"', "- closed = 2025-01-09"]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_step_changes_its_fields_and_no_other_line(registry, pkes, command, lines):
    ran = pkes("inquiry", *command.split())
    assert (ran.status, ran.err) == (0, "")
    assert sorted(lines_of(registry)) == sorted(lines)
    assert pkes("check").status == 0


@pytest.mark.parametrize(
    ("command", "lines"),
    [
        ("answer nic --on 2025-02-21", ['- status = "new"', '+ status = "answered"', "+ answered = 2025-02-21"]),
        (
            "decline Pytany --on 2025-02-28 --reason po_terminie",
            ['- status = "answered"', '+ status = "declined"', "+ closed = 2025-02-28", '+ reason = "po_terminie"'],
        ),
        (
            "withdraw pytany --reason rozmyślił_się --on 2025-02-12",
            ['- status = "answered"', '+ status = "withdrawn"', "+ closed = 2025-02-12", '+ reason = "rozmyślił_się"'],
        ),
    ],
)
def test_the_day_and_the_reason(registry, pkes, command, lines):
    assert pkes("inquiry", *command.split()).status == 0
    assert sorted(lines_of(registry)) == sorted(lines)


def test_a_reason_is_stripped_and_composed_and_an_empty_one_is_none(registry, pkes):
    pkes("inquiry", "decline", NEW, "--reason", " za po\u0301z\u0301no ")
    assert '+ reason = "za późno"' in lines_of(registry)
    assert pkes("inquiry", "withdraw", ANSWERED, "--reason", "", "--json").out.count('"reason"') == 0


def test_a_step_as_json(registry, pkes):
    assert changes(pkes("inquiry", "decline", NEW, "--reason", "za daleko", "--json")) == [
        {"kind": "inquiry", "id": NEW, "action": "changed", "field": field, "old": old, "new": new}
        for field, old, new in [
            ("status", "new", "declined"), ("closed", None, "2025-03-01"), ("reason", None, "za daleko"),
        ]
    ]  # fmt: skip


def test_a_step_on_a_pipe(registry, pkes):
    assert pkes("inquiry", "reopen", WITHDRAWN).out == (
        "kind\tid\taction\tfield\told\tnew\n"
        f"inquiry\t{WITHDRAWN}\tchanged\tstatus\twithdrawn\tnew\n"
        f"inquiry\t{WITHDRAWN}\tchanged\tclosed\t2025-01-09\t\n"
    )


REFUSED = [(id, step) for id in STATUS for step in STEPS if step not in ALLOWED[id].split(", ")]


@pytest.mark.parametrize(("id", "step"), REFUSED, ids=[f"{step}-{STATUS[id]}" for id, step in REFUSED])
def test_a_step_that_is_not_allowed_names_those_that_are(registry, pkes, id, step):
    ran = pkes("inquiry", step, id)
    says, below = "", f"steps from there: {ALLOWED[id]}"
    if (step, id) == ("reopen", ACCEPTED):
        says, below = " and has a member", '"pkes remove zolw" takes its member off the record first'
    what = f'{id}: "{step}" is no step for an inquiry that is {STATUS[id]}{says}'
    assert ran == (2, "", f"pkes: {what}\n{below}\n")
    assert registry.read_text(encoding="utf-8") == REGISTRY


@pytest.mark.parametrize("step", STEPS)
def test_an_erased_inquiry_takes_no_step(registry, pkes, step):
    ran = pkes("inquiry", step, ERASED)
    assert ran == (2, "", f'pkes: {ERASED}: "{step}" is no step for an inquiry that is erased\n')
    assert registry.read_text(encoding="utf-8") == REGISTRY


@pytest.mark.parametrize(
    ("command", "says"),
    [
        pytest.param(f"answer {NEW} --on kiedyś", "not a date (YYYY-MM-DD, D.M.YYYY, today, yesterday)", id="no day"),
        pytest.param(f"answer {NEW} --on jutro", "it is after today", id="tomorrow"),
        pytest.param(
            f"answer {NEW} --on 2025-02-30", "there is no such date: that month has 28 days", id="no such day"
        ),
        pytest.param(f"answer {NEW} --on 2025-02", "not a date (YYYY-MM-DD, D.M.YYYY, today, yesterday)", id="a month"),
        pytest.param(f"answer {NEW} --on 2025-02-19", 'answered: it is before "received"', id="answered too early"),
        pytest.param(f"decline {ANSWERED} --on 2025-02-11", 'closed: it is before "answered"', id="closed too early"),
        pytest.param(f"reopen {DECLINED} --on 2025-03-01", "--on", id="reopen has no day"),
        pytest.param(f"answer {NEW} --reason x", "--reason", id="answer has no reason"),
        pytest.param(f"decline {NEW} --reason a\u202eb", "reason: the character U+202E", id="character"),
        pytest.param(f"decline {NEW} --reason a\nb", "reason: a line end", id="line end"),
    ],
)
def test_what_is_given_wrongly_is_refused(registry, pkes, command, says):
    ran = pkes("inquiry", *command.split(" "))
    assert (ran.status, ran.out) == (2, "")
    assert says in ran.err
    assert registry.read_text(encoding="utf-8") == REGISTRY


def test_an_empty_day_is_refused(registry, pkes):
    ran = pkes("inquiry", "answer", NEW, "--on", "")
    assert (ran.status, ran.out) == (2, "")
    assert registry.read_text(encoding="utf-8") == REGISTRY


@pytest.mark.parametrize("step", STEPS)
def test_nobody_and_several(registry, pkes, step):
    assert pkes("inquiry", step, "Kowalska")[:2] == (4, "")
    several = pkes("inquiry", step, "2025-01")
    assert several[:2] == (4, "")
    assert "4 inquiries fit" in several.err
    assert "Ewa" not in several.err
    assert registry.read_text(encoding="utf-8") == REGISTRY


# Reopen.


def test_an_accepted_one_is_reopened_once_its_member_is_removed(registry, pkes):
    assert '\n"pkes remove zolw" takes its member off the record first\n' in pkes("inquiry", "reopen", ACCEPTED).err
    assert pkes("remove", "zolw", "-y").status == 0
    between = registry.read_text(encoding="utf-8")
    assert pkes("inquiry", "reopen", ACCEPTED).status == 0
    assert changed_lines(registry, between) == [
        '- status = "accepted"', '+ status = "answered"', "- closed = 2025-01-07",
    ]  # fmt: skip
    assert pkes("check").status == 0


def test_a_reopened_one_goes_the_whole_way_again(registry, pkes):
    for step in ("reopen", "answer", "decline", "reopen", "withdraw"):
        assert pkes("inquiry", step, WITHDRAWN).status == 0
    [held] = json.loads(pkes("inquiry", "list", "--status", "withdrawn", "--json").out)
    assert (held["answered"], held["closed"], held["reason"]) == ("2025-03-01", "2025-03-01", None)


# What a removal clears.


def test_removing_a_member_leaves_its_inquiry_without_it(registry, pkes):
    made = changes(pkes("remove", "zolw", "-y", "--json"))
    assert [(one["kind"], one["action"], one["field"]) for one in made] == [
        ("member", "removed", None), ("inquiry", "changed", "member"),
    ]  # fmt: skip
    assert "unlinked" in pkes("check").out


def test_removing_an_inquiry_leaves_its_member_without_it(registry, pkes):
    made = changes(pkes("inquiry", "remove", ACCEPTED, "-y", "--json"))
    assert [(one["kind"], one["id"], one["action"], one["field"], one["new"]) for one in made] == [
        ("member", "zolw", "changed", "inquiry", None), ("inquiry", ACCEPTED, "removed", None, None),
    ]  # fmt: skip
    assert ACCEPTED not in registry.read_text(encoding="utf-8")
    assert pkes("check").status == 0


def test_the_help_of_the_group_names_every_step(registry, pkes):
    seen = pkes("inquiry", "--help").out
    assert all(f" {step} " in seen for step in STEPS)
