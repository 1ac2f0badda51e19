"""An inquiry from the day it comes in."""

import datetime
import re

import pytest
from msgspec.structs import replace

from pkes import lifecycle
from pkes.model import Inquiry, Registry

DAY = datetime.date(2024, 5, 1)


def test_a_drawn_id_is_the_day_and_three_characters():
    drawn = {lifecycle.draw_id(DAY, {}) for _ in range(200)}
    assert len(drawn) > 190
    assert all(re.fullmatch(r"2024-05-01-[a-z2-9]{3}", id) for id in drawn)


def test_a_drawn_id_is_not_one_in_use(monkeypatch):
    letters = iter("aaabbb")
    monkeypatch.setattr(lifecycle.secrets, "choice", lambda alphabet: next(letters))
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
