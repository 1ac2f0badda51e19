"""`pkes inquiry add --mail`: mails as mail programs save and pipe them, and what becomes of one."""

import io
import json
import os
import sys
from pathlib import Path

import pytest

from tests.cli.registry_with_members import changed_lines
from tests.registries import REGISTRY

MAILS = Path(__file__).parents[2] / "mails"
BASIS = "art. 6(1)(b)"
PLAIN = """\
From: Zofia Prosta <zofia@example.org>
To: klaster@example.org
Subject: Pytanie
Date: Fri, 28 Feb 2025 08:00:00 +0100
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

Dzień dobry,
czy można dołączyć?
"""


@pytest.fixture
def registry(write_registry):
    return write_registry(REGISTRY)


@pytest.fixture
def piped(pkes, monkeypatch):
    """Run `pkes inquiry add --mail -` with the bytes of a mail on stdin."""

    def run(data, *options):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))
        return pkes("inquiry", "add", "--mail", "-", "--lawful-basis", BASIS, *options, PKES_TODAY="2025-05-01")

    return run


def mail(name):
    return PLAIN.encode() if name == "plain" else (MAILS / f"{name}.eml").read_bytes()


def added(ran):
    """Return the fields that are set of the one inquiry that was added."""
    assert ran.status == 0, ran.err
    [change] = json.loads(ran.out)
    assert (change["kind"], change["action"]) == ("inquiry", "added")
    return {name: value for name, value in change["new"].items() if value not in (None, [])}


REAL = [
    pytest.param(
        "plain",
        ("Zofia Prosta", "zofia@example.org", "2025-02-28"),
        "Pytanie\n\nDzień dobry,\nczy można dołączyć?",
        "",
        id="plain",
    ),
    pytest.param(
        "gmail-alternative",
        ("Grażyna Brzęczyk", "grazyna@example.org", "2025-03-12"),
        "Współpraca – warsztaty 🚂\n\nSzanowni Państwo,\n\nprowadzimy warsztaty dla młodzieży. Czy klaster mógłby nas "
        "wesprzeć?\n\n*Grażyna Brzęczyk*\nFundacja Źdźbło",
        "attachments were left out: Zgłoszenie do klastra.pdf, lista uczestników i źródeł.txt",
        id="multipart",
    ),
    pytest.param(
        "outlook-html",
        ("Stodolny, Mieczysław", "m.stodolny@example.org", "2025-04-01"),
        "FW: Zgłoszenie – firma „Stodoła”\n\nDzień dobry,\n\noferujemy współpracę w zakresie:\n\n- stolarki & mebli,\n"
        "- remontów:\n  1. dachów\n  2. elewacji\n\nUsługa | Cena\nStół dębowy | 900 zł\n\n"
        "Szczegóły na naszej stronie <https://stodola.example.org/oferta?a=1&b=2>, adres: m.stodolny@example.org.\n"
        "Pozdrawiam\nMieczysław Stodolny\n\n> Poprzednia wiadomość <z wczoraj>",
        "attachments were left out: image001.png",
        id="HTML only",
    ),
    pytest.param(
        "plain-iso-8859-2",
        ("Anna Igielna", "anna.igielna@example.org", "2025-03-03"),
        "Pytanie o przystąpienie spółdzielni Żurawinowa do klastra\n\nDzień dobry,\n\nchcielibyśmy przystąpić do "
        "klastra. Jesteśmy spółdzielnią socjalną z Jasła, szyjemy torby i fartuchy, i szukamy zamówień na jesień.\n\n"
        "Jakie dokumenty są potrzebne?\n\n-- \nAnna Igielna\nSpółdzielnia Socjalna Żurawinowa",
        "",
        id="ISO-8859-2",
    ),
    pytest.param(
        "forwarded",
        ("Biuro Klastra", "biuro@example.org", "2025-04-10"),
        "Fwd: zapytanie\n\nFrom: Włodzimierz Klonowy <klonowy@example.org>\nDate: Wed, 9 Apr 2025 18:30:00 +0200\n"
        "Subject: zapytanie\n\nKiedy spotkanie klastra? Łączę program.",
        "the e-mail: the text is that of the mail that was forwarded\n"
        "pkes: warning: attachments were left out: program.doc",
        id="forwarded",
    ),
]


@pytest.mark.parametrize(("name", "sender", "message", "warning"), REAL)
def test_a_real_mail(registry, piped, pkes, name, sender, message, warning):
    ran = piped(mail(name), "--json")
    record = added(ran)
    assert record.pop("id").startswith(sender[2])
    assert record == {
        "received": sender[2], "person": sender[0], "email": sender[1], "channel": "email", "topic": "join",
        "message": message, "status": "new", "lawful_basis": BASIS,
    }  # fmt: skip
    assert ran.err == (f"pkes: warning: {warning}\n" if warning else "")
    [held] = json.loads(pkes("inquiry", "list", "--json").out)
    assert held["message"] == message
    check = pkes("check", "--json")
    assert [one for one in json.loads(check.out) if one["severity"] != "note"] == []


@pytest.mark.parametrize("name", [case.values[0] for case in REAL])
def test_a_mail_from_a_file_is_the_same(registry, piped, pkes, tmp_path, name):
    path = tmp_path / "zapytanie od kogoś.eml"
    path.write_bytes(mail(name))
    options = ("--mail", str(path), "--lawful-basis", BASIS, "--dry-run", "--json")
    ran = pkes("inquiry", "add", *options, PKES_TODAY="2025-05-01")
    other = piped(mail(name), "--dry-run", "--json")
    assert {**added(ran), "id": ""} == {**added(other), "id": ""}
    assert ran.err == other.err
    assert registry.read_text(encoding="utf-8") == REGISTRY


def test_the_file_gets_one_record(registry, piped):
    record = added(piped(mail("plain"), "--json"))
    assert registry.read_text(encoding="utf-8") == REGISTRY + (
        f'\n[inquiries.{record["id"]}]\nreceived = 2025-02-28\nperson = "Zofia Prosta"\nemail = "zofia@example.org"\n'
        'channel = "email"\ntopic = "join"\nmessage = """\nPytanie\n\nDzień dobry,\nczy można dołączyć?"""\n'
        f'status = "new"\nlawful_basis = "{BASIS}"\n'
    )


def test_what_is_given_wins(registry, piped):
    given = {
        "received": "2025-02-27", "name": "Spółdzielnia Prosta", "person": "Ewa Inna", "email": "ewa@example.org",
        "phone": "+48 22 123 45 67", "channel": "letter", "topic": "cooperate", "sector": "ngo",
        "town": "Krosno", "message": "inna", "assigned_to": "Ola",
    }  # fmt: skip
    options = [word for name, value in given.items() for word in (f"--{name.replace('_', '-')}", value)]
    record = added(piped(mail("plain"), *options, "--json"))
    assert record.pop("id").startswith("2025-02-27-")
    assert record == {**given, "status": "new", "lawful_basis": BASIS}


def test_a_mail_with_crlf_and_without_a_day_or_a_name(registry, piped):
    text = PLAIN.replace("Date: Fri, 28 Feb 2025 08:00:00 +0100\n", "").replace(
        "Zofia Prosta <zofia@example.org>", "z@example.org"
    )
    record = added(piped(text.replace("\n", "\r\n").encode(), "--json", "--name", "Prosta"))
    assert (record["received"], record["email"], record["name"]) == ("2025-05-01", "z@example.org", "Prosta")
    assert "person" not in record
    assert record["message"] == "Pytanie\n\nDzień dobry,\nczy można dołączyć?"


def test_a_mail_without_a_name_needs_one(registry, piped):
    ran = piped(PLAIN.replace("Zofia Prosta <zofia@example.org>", "zofia@example.org").encode())
    assert ran == (2, "", "pkes: --name / --person is missing\n")
    assert registry.read_text(encoding="utf-8") == REGISTRY


def test_what_is_no_text_is_left_out_and_said(registry, piped):
    ran = piped(PLAIN.replace("można", "mo\u202eżna\x07").encode(), "--json")
    assert added(ran)["message"].endswith("czy można dołączyć?")
    assert ran.err == "pkes: warning: the e-mail: characters that are not text were left out\n"


def test_a_second_mail_of_the_same_sender_is_a_warning(registry, piped):
    first = added(piped(mail("plain"), "--json"))
    second = piped(mail("plain"), "--json")
    assert second.status == 0
    assert f'the open inquiry "{first["id"]}" has the same e-mail address' in second.err


REFUSED = [
    pytest.param("", "it is no e-mail", id="nothing"),
    pytest.param("Dzień dobry, proszę o kontakt.\n", "it is no e-mail", id="a text"),
    pytest.param("\x00\x01\x02", "it is no e-mail", id="bytes"),
    pytest.param(REGISTRY, "it is no e-mail", id="the registry itself"),
    pytest.param(
        PLAIN.replace("From: Zofia Prosta <zofia@example.org>\n", ""), "the e-mail has no sender", id="no From"
    ),
    pytest.param(PLAIN.replace("<zofia@example.org>", "<>"), "the e-mail has no sender", id="no address"),
    pytest.param(
        PLAIN.replace("<zofia@example.org>", "<zofia@example.org>, Jan <jan@example.org>"),
        "the e-mail has several senders",
        id="several senders",
    ),
    pytest.param("From: Zofia <z@example.org>\n\n", "the e-mail has neither subject nor text", id="no text"),
    pytest.param(
        f"From a@example.org Fri Feb 28 08:00:00 2025\n{PLAIN}\nFrom b@example.org Fri Feb 28 09:00:00 2025\n{PLAIN}",
        "there are several e-mails in it",
        id="a mailbox",
    ),
    pytest.param(f"From 1@xxx\n{PLAIN}\nFrom 2@xxx\n{PLAIN}", "there are several e-mails in it", id="without days"),
    pytest.param(
        PLAIN.replace("To:", "Reply-To: a@example.org, b@example.org\nTo:"),
        "the e-mail has several senders",
        id="several to answer",
    ),
]


@pytest.mark.parametrize(("text", "says"), REFUSED)
def test_what_cannot_become_an_inquiry_is_one_line(registry, piped, text, says):
    assert piped(text.encode()) == (2, "", f"pkes: {says}\n")
    assert registry.read_text(encoding="utf-8") == REGISTRY


def test_no_option_makes_a_mail_of_a_text(registry, piped):
    assert piped(b"Dzie\xf1 dobry", "--person", "Anna", "--email", "anna@example.org").status == 2


def test_a_mail_and_a_message_cannot_both_come_from_stdin(registry, piped):
    ran = piped(mail("plain"), "--message", "-")
    assert (ran.status, ran.out, ran.err.count("Traceback")) == (2, "", 0)
    assert registry.read_text(encoding="utf-8") == REGISTRY


@pytest.mark.parametrize(("name", "reason"), [("none.eml", "No such file or directory"), (".", "Is a directory")])
def test_a_file_that_cannot_be_read(registry, pkes, name, reason):
    ran = pkes("inquiry", "add", "--mail", name)
    assert ran == (3, "", f"pkes: {name}: cannot be read: {reason}\n")
    assert registry.read_text(encoding="utf-8") == REGISTRY


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads what nobody may read")
def test_a_file_that_may_not_be_read(registry, pkes, tmp_path):
    path = tmp_path / "a.eml"
    path.write_text(PLAIN, encoding="utf-8")
    path.chmod(0)
    assert pkes("inquiry", "add", "--mail", "a.eml") == (3, "", "pkes: a.eml: cannot be read: Permission denied\n")


def test_from_the_first_mail_to_the_member(registry, piped, pkes, terminal):
    for case in REAL:
        assert piped(mail(case.values[0])).status == 0
    found = pkes("inquiry", "list", "-q", "zurawinowa", "--fields", "id", "--no-headers")
    [id] = found.out.split()
    assert pkes("inquiry", "answer", id).status == 2  # it came in on a later day than today
    assert pkes("inquiry", "answer", id, PKES_TODAY="2025-03-04").status == 0
    before = registry.read_text(encoding="utf-8")
    given = ["name=Spółdzielnia Socjalna Żurawinowa", "sector=NGOs", "town=Jasło"]
    assert pkes("inquiry", "accept", id, *given, PKES_TODAY="2025-03-10").status == 0
    assert [line for line in changed_lines(registry, before) if line != "+ "] == [
        "+ [members.zurawinowa]", '+ name = "Spółdzielnia Socjalna Żurawinowa"', '+ sector = "ngo"',
        "+ joined = 2025-03-10", '+ town = "Jasło"', '+ contact_person = "Anna Igielna"',
        '+ email = "anna.igielna@example.org"', f'+ inquiry = "{id}"',
        '- status = "answered"', '+ status = "accepted"', "+ closed = 2025-03-10", '+ member = "zurawinowa"',
    ]  # fmt: skip
    assert "zurawinowa\tSpółdzielnia Socjalna Żurawinowa\tngo\t\tJasło\n" in pkes("list").out
    seen = terminal("show", "żurawinowa", columns=100)
    assert "The inquiry it came from" in seen
    assert "Pytanie o przystąpienie spółdzielni Żurawinowa do klastra" in seen
    assert id not in pkes("inquiry", "list").out


def test_a_mail_of_a_clock_that_goes_wrong_came_in_today(registry, piped):
    ran = piped(PLAIN.replace("28 Feb 2025", "28 Feb 2035").encode(), "--json")
    assert added(ran)["received"] == "2025-05-01"
    assert ran.err == "pkes: warning: the e-mail: its Date cannot be right, so today was taken\n"


def test_a_date_that_cannot_be_read_is_said(registry, piped):
    data = PLAIN.replace("Fri, 28 Feb 2025 08:00:00 +0100", "w piątek").encode()
    ran = piped(data, "--json")
    assert added(ran)["received"] == "2025-05-01"
    assert ran.err == "pkes: warning: the e-mail: its Date cannot be right, so today was taken\n"
    given = piped(data, "--received", "2025-02-27", "--json", "--dry-run")
    assert added(given)["received"] == "2025-02-27"
    assert "Date" not in given.err


@pytest.mark.parametrize("date", ["2025-02-28 08:00:00", "pt., 28 lut 2025 08:00"])
def test_a_date_in_another_form_is_read(registry, piped, date):
    ran = piped(PLAIN.replace("Fri, 28 Feb 2025 08:00:00 +0100", date).encode(), "--json")
    assert (added(ran)["received"], ran.err) == ("2025-02-28", "")


def test_a_mail_of_a_contact_form_is_that_of_who_wrote(registry, piped):
    form = "Formularz <form@example.org>\nReply-To: Zofia Prosta <zofia@example.net>"
    ran = piped(PLAIN.replace("Zofia Prosta <zofia@example.org>", form).encode(), "--json")
    record = added(ran)
    assert (record["person"], record["email"]) == ("Zofia Prosta", "zofia@example.net")
    assert ran.err == "pkes: warning: the person is taken from Reply-To; From is form@example.org\n"


def test_a_line_among_the_headers_that_is_none(registry, piped):
    ran = piped(PLAIN.replace("To: klaster", "to nie jest nagłówek\nTo: klaster").encode(), "--json")
    assert added(ran)["message"] == "Pytanie\n\nDzień dobry,\nczy można dołączyć?"
    assert ran.err == "pkes: warning: the e-mail: a line among its headers is none and was left out\n"
    quoted = piped(PLAIN.replace("To: klaster", ">From a@example.org\nTo: klaster").encode(), "--dry-run", "--json")
    assert added(quoted)["message"] == added(ran)["message"]
    assert "header" not in quoted.err


@pytest.mark.parametrize(
    ("codec", "name"), [("iso8859-2", "ISO-8859-2"), ("cp852", "CP852"), ("cp1250", "Windows-1250")]
)
def test_a_charset_that_is_not_declared_is_said(registry, piped, codec, name):
    text = PLAIN.replace("Content-Type: text/plain; charset=utf-8\n", "").replace("Zofia Prosta", "Zofia Śliwa")
    ran = piped(text.encode(codec), "--json")
    record = added(ran)
    assert (record["person"], record["message"]) == ("Zofia Śliwa", "Pytanie\n\nDzień dobry,\nczy można dołączyć?")
    assert ran.err == f"pkes: warning: the e-mail: it is not UTF-8 and was read as {name}\n"
