"""An inquiry from the day it comes in."""

import datetime
import re

import pytest
from msgspec.structs import astuple, replace

from pkes.errors import NotAllowed
from pkes.model.dates import PartialDate
from pkes.model.records import STATUSES, Inquiry, Member, Registry, fields, with_record
from pkes.registry import inquiries as lifecycle
from pkes.registry.notes import note

DAY = datetime.date(2024, 5, 1)


def test_a_drawn_id_is_the_day_and_three_characters():
    drawn = {lifecycle.draw_id(DAY, {}) for _ in range(200)}
    assert len(drawn) > 190
    assert all(re.fullmatch(r"2024-05-01-[a-z2-9]{3}", id) for id in drawn)


def test_a_drawn_id_is_not_one_in_use(monkeypatch):
    letters = iter("aaabbb")
    monkeypatch.setattr("secrets.choice", lambda alphabet: next(letters))
    assert lifecycle.draw_id(DAY, {"2024-05-01-aaa": 1}) == "2024-05-01-bbb"


def test_an_inquiry_that_comes_in_is_new():
    before = Registry(inquiries={"a": Inquiry(id="a")})
    after = lifecycle.receive(before, "b", {"person": "P", "received": DAY})
    assert after.inquiries == {"a": Inquiry(id="a"), "b": Inquiry(id="b", person="P", received=DAY, status="new")}
    assert before.inquiries.keys() == {"a"}


ASKING = Inquiry(id="q", email="q@example.org", phone="+48 22 000 00 00", status="new")


@pytest.mark.parametrize(
    ("other", "alike"),
    [
        pytest.param(Inquiry(status="new", email="q@example.org"), True, id="email"),
        pytest.param(Inquiry(status="new", email="Q@Example.org"), True, id="email-in-another-case"),
        pytest.param(Inquiry(status="answered", phone="+48 22 000 00 00"), True, id="phone-answered"),
        pytest.param(Inquiry(status="accepted", email="q@example.org"), False, id="closed"),
        pytest.param(Inquiry(status="declined", phone="+48 22 000 00 00"), False, id="declined"),
        pytest.param(Inquiry(email="q@example.org"), False, id="without-a-status"),
        pytest.param(Inquiry(status="new", email="x@example.org"), False, id="another-email"),
        pytest.param(Inquiry(status="new", email="", phone=""), False, id="empty"),
        pytest.param(Inquiry(status="new"), False, id="absent"),
    ],
)
def test_open_inquiries_with_the_same_address_are_alike(other, alike):
    registry = Registry(inquiries={"q": ASKING, "other": replace(other, id="other")})
    assert lifecycle.alike(registry, ASKING) == (["other"] if alike else [])


def test_nobody_is_alike_without_an_address():
    registry = Registry(inquiries={id: Inquiry(id=id, status="new", email="") for id in "ab"})
    assert lifecycle.alike(registry, registry.inquiries["a"]) == []


@pytest.mark.parametrize("id", ["a", "b"])
def test_an_absent_address_is_like_no_word(id):
    inquiries = {"a": Inquiry(id="a", status="new"), "b": Inquiry(id="b", status="new", email="None", phone="none")}
    assert lifecycle.alike(Registry(inquiries=inquiries), inquiries[id]) == []


# Steps.

LATER = datetime.date(2024, 6, 1)
OWN = PartialDate(LATER)


def inquiry(**values):
    return Inquiry(**{"id": "q", "received": DAY, **values})


def held(**values):
    """Return a registry with one inquiry."""
    return Registry(inquiries={"q": inquiry(**values)})


def after(step, why=None, **values):
    return lifecycle.take(held(**values), "q", step, LATER, why).inquiries["q"]


def test_the_table_of_steps():
    assert [astuple(step) for step in lifecycle.STEPS.values()] == [
        ("answer", ("new",), "answered", ("answered",), False),
        ("accept", ("new", "answered"), "accepted", ("answered", "closed"), False),
        ("close", ("new", "answered"), "closed", ("answered", "closed"), True),
        ("decline", ("new", "answered"), "declined", ("closed",), True),
        ("withdraw", ("new", "answered"), "withdrawn", ("closed",), True),
        ("reopen", ("declined", "withdrawn", "closed", "accepted"), "new", (), False),
    ]
    assert all(name == step.name for name, step in lifecycle.STEPS.items())


def test_every_status_is_reached_and_left_by_the_table():
    assert {step.leads_to for step in lifecycle.STEPS.values()} == set(STATUSES)
    assert {start for step in lifecycle.STEPS.values() for start in step.starts} == set(STATUSES)


@pytest.mark.parametrize(
    ("asking", "steps"),
    [
        pytest.param(Inquiry(status="new"), "answer accept close decline withdraw", id="new"),
        pytest.param(Inquiry(status="answered"), "accept close decline withdraw", id="answered"),
        pytest.param(Inquiry(status="declined"), "reopen", id="declined"),
        pytest.param(Inquiry(status="withdrawn"), "reopen", id="withdrawn"),
        pytest.param(Inquiry(status="accepted", member="m"), "", id="accepted"),
        pytest.param(Inquiry(status="accepted"), "reopen", id="accepted-without-member"),
        pytest.param(Inquiry(status="declined", member="m"), "reopen", id="declined-with-a-member"),
        pytest.param(Inquiry(status="declined", erased=DAY), "", id="erased"),
        pytest.param(Inquiry(status="accepted", erased=DAY), "", id="erased-without-member"),
        pytest.param(Inquiry(status="open"), "", id="another-word"),
        pytest.param(Inquiry(), "", id="without-a-status"),
    ],
)
def test_allowed_steps(asking, steps):
    assert lifecycle.allowed(asking) == tuple(steps.split())
    for step in lifecycle.STEPS.keys() - set(steps.split()):
        registry = Registry(inquiries={"q": replace(asking, id="q")})
        with pytest.raises(NotAllowed) as caught:
            lifecycle.take(registry, "q", step, LATER)
        if (step, asking.status, asking.erased) == ("reopen", "accepted", None):
            assert caught.value.code == "reopen-accepted"
            assert caught.value.detail == {"id": "q", "status": "accepted", "member": asking.member}
            continue
        assert caught.value.code == ("erased-step" if asking.erased else "step")
        assert caught.value.detail == {"id": "q", "step": step, "status": asking.status, "steps": tuple(steps.split())}


@pytest.mark.parametrize(
    ("step", "before", "made"),
    [
        ("answer", {"status": "new"}, {"status": "answered", "answered": LATER}),
        ("answer", {"status": "new", "answered": DAY}, {"status": "answered", "answered": DAY}),
        ("decline", {"status": "new"}, {"status": "declined", "closed": LATER}),
        ("decline", {"status": "answered", "answered": DAY}, {"status": "declined", "answered": DAY, "closed": LATER}),
        ("withdraw", {"status": "answered"}, {"status": "withdrawn", "closed": LATER}),
        ("withdraw", {"status": "new", "closed": DAY}, {"status": "withdrawn", "closed": DAY}),
        ("accept", {"status": "new"}, {"status": "accepted", "answered": LATER, "closed": LATER}),
        ("reopen", {"status": "declined", "closed": DAY, "reason": "r"}, {"status": "new"}),
        (
            "reopen",
            {"status": "withdrawn", "answered": DAY, "closed": DAY},
            {"status": "answered", "answered": DAY},
        ),
        ("reopen", {"status": "accepted", "closed": DAY}, {"status": "new"}),
    ],
)
def test_what_a_step_sets(step, before, made):
    kept = {"person": "P", "notes": ["n"], "extra": {"colour": "red"}}
    assert after(step, **before, **kept) == inquiry(**made, **kept)


def test_a_reason_is_set_and_none_leaves_the_one_there_is():
    assert after("decline", "too far", status="new").reason == "too far"
    assert after("withdraw", None, status="new", reason="said so").reason == "said so"


def test_a_step_touches_nothing_else():
    before = replace(held(status="new"), inquiries={"a": Inquiry(id="a"), "q": inquiry(status="new")})
    taken = lifecycle.take(before, "q", "answer", LATER)
    assert list(taken.inquiries) == ["a", "q"]
    assert taken == replace(before, inquiries={**before.inquiries, "q": taken.inquiries["q"]})
    assert before.inquiries["q"].status == "new"


def test_accept_links_both_ways():
    accepted = lifecycle.accept(held(status="new"), "q", Member(id="m", name="M"), LATER)
    assert accepted.members == {"m": Member(id="m", name="M", inquiry="q")}
    assert accepted.inquiries["q"] == inquiry(status="accepted", answered=LATER, closed=LATER, member="m")


def test_accept_keeps_the_day_of_the_answer():
    accepted = lifecycle.accept(held(status="answered", answered=DAY), "q", Member(id="m"), LATER)
    assert (accepted.inquiries["q"].answered, accepted.inquiries["q"].closed) == (DAY, LATER)


def test_accept_of_a_closed_one_is_refused():
    with pytest.raises(NotAllowed):
        lifecycle.accept(held(status="declined"), "q", Member(id="m"), LATER)


def test_what_an_inquiry_tells_of_its_member():
    asking = inquiry(
        name="N", person="P", email="q@example.org", phone="+48 22 000 00 00", sector="ngo", town="T", message="m",
        topic="join", channel="web", assigned_to="a", reason="r", notes=["n"], lawful_basis="b", extra={"x": 1},
    )  # fmt: skip
    assert lifecycle.member_from(asking, LATER) == Member(
        name="N", sector="ngo", joined=OWN, town="T", contact_person="P", email="q@example.org",
        phone="+48 22 000 00 00",
    )  # fmt: skip
    assert lifecycle.member_from(inquiry(), LATER) == Member(joined=OWN)


@pytest.mark.parametrize("before", [None, [], ["2024-05-01 called"]])
def test_a_note_goes_last_and_has_its_day(before):
    noted = note(held(notes=before).inquiries["q"], LATER, "wrote")
    assert noted == inquiry(notes=[*(before or []), "2024-06-01 wrote"])


def test_removing_an_inquiry_clears_what_refers_to_it():
    members = {"m": Member(id="m", name="M", inquiry="q"), "n": Member(id="n", inquiry="other")}
    before = replace(held(), inquiries={"q": inquiry(), "other": Inquiry(id="other")}, members=members)
    removed = lifecycle.remove(before, "q")
    assert removed.inquiries == {"other": Inquiry(id="other")}
    assert removed.members == {"m": Member(id="m", name="M"), "n": members["n"]}


# Erasure.

FULL = {
    "received": DAY, "informed": DAY, "name": "N", "person": "P", "email": "q@example.org",
    "phone": "+48 22 000 00 00", "channel": "web", "topic": "join", "sector": "ngo", "town": "T", "message": "m",
    "status": "accepted", "assigned_to": "a", "answered": DAY, "closed": DAY, "reason": "r", "member": "m",
    "lawful_basis": "b", "notes": ["n"], "extra": {"pesel": 1},
}  # fmt: skip


def test_erasure_leaves_what_the_statistics_need():
    assert FULL.keys() | {"erased"} == fields(Inquiry).keys() | {"extra"}
    erased = lifecycle.erase(held(**FULL), "q", LATER).inquiries["q"]
    assert erased == Inquiry(
        id="q", received=DAY, informed=DAY, channel="web", topic="join", sector="ngo", status="accepted",
        answered=DAY, closed=DAY, member="m", lawful_basis="b", erased=LATER,
    )  # fmt: skip


def test_erasure_takes_every_field_that_is_personal():
    personal = {name for name, field in fields(Inquiry).items() if field.personal}
    assert personal <= set(lifecycle.ERASED)


def test_a_second_erasure_takes_what_is_left_and_keeps_the_first_day():
    once = lifecycle.erase(held(**FULL), "q", DAY)
    assert lifecycle.erase(once, "q", LATER) == once
    left = with_record(once, replace(once.inquiries["q"], person="P"))
    assert lifecycle.erase(left, "q", LATER) == once


@pytest.mark.parametrize("status", ["new", "answered"])
def test_an_open_inquiry_is_not_erased(status):
    with pytest.raises(NotAllowed) as caught:
        lifecycle.erase(held(status=status), "q", LATER)
    assert (caught.value.code, caught.value.detail) == ("erase", {"id": "q"})
