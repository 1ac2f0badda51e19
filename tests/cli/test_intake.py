"""`pkes inquiry add`."""

import io
import json
import re
import sys

import pytest

from tests.registries import REGISTRY

WITHOUT_BASIS = "lawful_basis: it is not said why the data may be kept (GDPR, Art. 6)\n"


@pytest.fixture
def registry(write_registry):
    return write_registry(REGISTRY)


@pytest.fixture
def typed(monkeypatch):
    """Give bytes as what comes from stdin."""

    def give(data: bytes) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))

    return give


def test_add_with_what_is_usual(registry, pkes):
    ran = pkes("inquiry", "add", "--name", "Koło Gospodyń", "--email", "kolo@example.org", "--json")
    [change] = json.loads(ran.out)
    assert re.fullmatch(r"2025-03-01-[a-z2-9]{3}", change["id"])
    record = {name: value for name, value in change["new"].items() if value not in (None, [])}
    assert record == {
        "id": change["id"], "received": "2025-03-01", "name": "Koło Gospodyń", "email": "kolo@example.org",
        "channel": "email", "topic": "join", "status": "new",
    }  # fmt: skip
    assert (
        registry.read_text(encoding="utf-8")
        == REGISTRY
        + f"""
[inquiries.{change["id"]}]
received = 2025-03-01
name = "Koło Gospodyń"
email = "kolo@example.org"
channel = "email"
topic = "join"
status = "new"
"""
    )


def test_add_with_all_that_is_said(registry, pkes):
    ran = pkes(
        "inquiry", "add", "--person", "Anna Igielna", "--phone", "22 123 45 67", "--channel", "PHONE", "--topic",
        "information", "--received", "2025-02-28", "--sector", "organizacje pozarzadowe", "--message", "Co dalej?",
    )  # fmt: skip
    assert ran.status == 0, ran.err
    [listed] = json.loads(pkes("inquiry", "list", "--json").out)
    assert listed["id"].startswith("2025-02-28-")
    assert (listed["channel"], listed["sector"], listed["phone"]) == ("phone", "ngo", "+48 22 123 45 67")
    assert pkes("check").status == 0


def test_message_from_stdin_is_cleaned(registry, pkes, typed):
    typed("\r\nDzień dobry\r\n\tprosimy\x07 o\u200b kontakt\u202e\n\n".encode())
    ran = pkes("inquiry", "add", "--name", "X", "--email", "x@example.org", "--message", "-", "--json")
    [change] = json.loads(ran.out)
    assert change["new"]["message"] == "Dzień dobry\n\tprosimy o kontakt"
    assert ran.err.startswith("pkes: warning: stdin: characters that are not text were left out\n")


def test_message_that_is_not_utf_8_is_read_as_windows_1250(registry, pkes, typed):
    typed("zażółć".encode("cp1250"))
    ran = pkes("inquiry", "add", "--name", "X", "--email", "x@example.org", "--message", "-", "--json")
    [change] = json.loads(ran.out)
    assert change["new"]["message"] == "zażółć"
    assert ran.err.startswith("pkes: warning: stdin: it is not UTF-8 and was read as Windows-1250\n")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        pytest.param(["--email", "x@example.org"], "--name / --person is missing", id="nobody"),
        pytest.param(["--name", "X"], "--email / --phone is missing", id="no way back"),
        pytest.param(["--name", "X", "--email", "x"], "email: not an e-mail address", id="e-mail"),
        pytest.param(["--name", "X", "--phone", "1"], "phone: not a phone number", id="phone"),
        pytest.param(
            ["--name", "X", "--email", "x@example.org", "--channel", "fax"], "channel: not one of", id="channel"
        ),
        pytest.param(["--name", "X", "--email", "x@example.org", "--topic", "xo"], "topic: not one of", id="topic"),
        pytest.param(["--name", "X", "--email", "x@example.org", "-s", "ngi"], 'unknown sector "ngi"', id="sector"),
        pytest.param(["--name", "X", "--email", "x@example.org", "--received", "wtedy"], "received: not a", id="date"),
        pytest.param(
            ["--name", "X", "--email", "x@example.org", "--received", "jutro"], "received: it is after", id="future"
        ),
    ],
)
def test_add_refuses(registry, pkes, arguments, says):
    ran = pkes("inquiry", "add", *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert f"pkes: {says}" in ran.err
    assert registry.read_text(encoding="utf-8") == REGISTRY


def test_an_open_inquiry_of_the_same_person_is_a_warning(registry, pkes):
    pkes("inquiry", "add", "--name", "X", "--email", "x@example.org")
    [first] = json.loads(pkes("inquiry", "list", "--fields", "id", "--json").out)
    ran = pkes("inquiry", "add", "--name", "Y", "--email", "X@example.org", "--lawful-basis", "art. 6(1)(b)")
    assert ran.status == 0
    assert ran.err == (f'pkes: warning: the open inquiry "{first["id"]}" has the same e-mail address or phone number\n')


def test_a_missing_lawful_basis_is_a_warning(registry, pkes):
    ran = pkes("inquiry", "add", "--name", "X", "--email", "x@example.org")
    assert ran.status == 0
    assert ran.err.endswith(WITHOUT_BASIS)


def test_a_closed_stdin_is_an_empty_message(registry, pkes, monkeypatch):
    monkeypatch.setattr(sys, "stdin", None)
    ran = pkes("inquiry", "add", "--name", "X", "--email", "x@example.org", "--message", "-")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == "pkes: message: empty\n"


def test_no_inquiry_takes_the_place_of_another(registry, pkes, monkeypatch):
    drawn = iter("aaaaaabbb")
    monkeypatch.setattr("secrets.choice", lambda _: next(drawn))
    for name in ("First", "Second"):
        assert pkes("inquiry", "add", "--name", name, "--email", "x@example.org").status == 0
    listed = json.loads(pkes("inquiry", "list", "--fields", "id,name", "--json").out)
    assert sorted((one["id"], one["name"]) for one in listed) == [
        ("2025-03-01-aaa", "First"), ("2025-03-01-bbb", "Second"),
    ]  # fmt: skip
