"""Mails as mail programs write them, as mailers break them, and whatever else is given for one."""

import datetime
import unicodedata
from base64 import encodebytes
from pathlib import Path

import pytest

from pkes.mail.message import Mail, read
from tests.mailing import MAILS, mail, outcome


def shown(mail: Mail) -> str:
    """Return a mail as the text that stands beside its file."""
    head = {
        "person": mail.person or "",
        "email": mail.email,
        "received": mail.received or "",
        "attachments": "; ".join(mail.attachments),
        "notes": "; ".join(mail.notes),
    }
    return "".join(f"{name}: {value}".rstrip() + "\n" for name, value in head.items()) + f"\n{mail.message}\n"


@pytest.mark.parametrize("path", MAILS, ids=lambda path: path.stem)
def test_a_mail_of_a_mail_program(path: Path) -> None:
    assert shown(read(path.read_bytes())) == path.with_suffix(".txt").read_text(encoding="utf-8")


def is_utf_8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


WAYS = {
    "CR LF": lambda data: data.replace(b"\n", b"\r\n"),
    "CR": lambda data: data.replace(b"\n", b"\r"),
    "CR CR LF": lambda data: data.replace(b"\n", b"\r\r\n"),
    "UTF-16": lambda data: data.decode("utf-8").encode("utf-16") if is_utf_8(data) else data,
    "a BOM": lambda data: b"\xef\xbb\xbf" + data,
    "empty lines before": lambda data: b"\n \n\r\n" + data,
    "mbox": lambda data: b"From anna@example.org Mon Mar  3 00:12:41 2025\n" + data + b"\n",
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize("path", MAILS, ids=lambda path: path.stem)
def test_the_same_mail_saved_in_another_way(path: Path, way) -> None:
    data = path.read_bytes()
    assert read(way(data)) == read(data)


SENDERS = {
    "no name": ("anna@example.org", None),
    "the address as a name": ("Anna@Example.org <anna@example.org>", None),
    "the address as a name, in quotes": ("\"'anna@example.org'\" <anna@example.org>", None),
    "another address as a name": ("jan@example.org <anna@example.org>", "jan@example.org"),
    "twice the same": ("Anna <anna@example.org>, Anna I. <anna@example.org>", "Anna I."),
    "twice the same, in capitals": ("ANNA@example.org, Anna I. <anna@example.org>", "Anna I."),
    "one that is no address": ("root@localhost, Anna <anna@example.org>", "Anna"),
    "decomposed": (unicodedata.normalize("NFD", "Łucja Źdźbło <anna@example.org>"), "Łucja Źdźbło"),
    "an address with a zero-width space": ("Anna <\u200banna@exam\u200bple.org>", "Anna"),
}


@pytest.mark.parametrize(("sender", "person"), SENDERS.values(), ids=SENDERS)
def test_the_sender(sender: str, person: str | None) -> None:
    found = read(mail(sender=sender))
    assert (found.person, found.email) == (person, "anna@example.org")


def test_an_answer_goes_to_no_other_header() -> None:
    found = read(mail("Sender: c@example.org", "Return-Path: <d@example.org>"))
    assert (found.email, found.sender) == ("anna@example.org", ())


FORM = "Formularz <formularz@example.org>"
REPLIES = {
    "another": (FORM, "Anna <anna@example.org>", ("Anna", "anna@example.org", ("formularz@example.org",))),
    "without a name": (FORM, "anna@example.org", (None, "anna@example.org", ("formularz@example.org",))),
    "in an encoded word": (
        FORM, "=?utf-8?q?=C5=81ucja?= <l@example.org>", ("Łucja", "l@example.org", ("formularz@example.org",))),
    "the same": ("Anna <anna@example.org>", "anna@example.org", ("Anna", "anna@example.org", ())),
    "the same in capitals": ("Anna <anna@example.org>", "ANNA@Example.org", ("Anna", "anna@example.org", ())),
    "the same and another": ("Anna <a@example.org>", "biuro@example.org, a@example.org", ("Anna", "a@example.org", ())),
    "none that is an address": ("Anna <a@example.org>", "nobody", ("Anna", "a@example.org", ())),
    "empty": ("Anna <a@example.org>", "", ("Anna", "a@example.org", ())),
    "to a From that is none": ("Formularz <>", "Anna <a@example.org>", ("Anna", "a@example.org", ())),
    "one of several that sent it": (
        "Jan <j@example.org>, A <a@example.org>",
        "Anna <a@example.org>",
        ("Anna", "a@example.org", ("j@example.org",))),
}  # fmt: skip


@pytest.mark.parametrize(("sender", "reply", "found"), REPLIES.values(), ids=REPLIES)
def test_the_person_is_whom_an_answer_reaches(sender: str, reply: str, found: tuple[object, ...]) -> None:
    seen = read(mail(f"Reply-To: {reply}", sender=sender))
    assert (seen.person, seen.email, seen.sender) == found


def test_several_that_an_answer_would_reach() -> None:
    assert outcome(mail("Reply-To: a@example.org, b@example.org", sender=FORM)) == "several-senders"


DAYS = {
    "usual": ("Mon, 3 Mar 2025 00:12:41 +0100", datetime.date(2025, 3, 3)),
    "another zone": ("Sun, 02 Mar 2025 23:30:00 -0800", datetime.date(2025, 3, 2)),
    "zone by name": ("3 Mar 2025 10:00 GMT (Zulu)", datetime.date(2025, 3, 3)),
    "year of two digits": ("Mon, 03 Mar 25 10:00:00 +0100", datetime.date(2025, 3, 3)),
    "no zone": ("Mon, 3 Mar 2025 00:12:41", datetime.date(2025, 3, 3)),
    "no such day": ("Sun, 30 Feb 2025 10:00:00 +0100", None),
    "year out of range": ("Mon, 3 Mar 99999 10:00:00 +0100", None),
    "endless year": ("Mon, 3 Mar " + "9" * 5000 + " 10:00:00 +0100", None),
    "first day of mail": ("Fri, 1 Jan 1982 10:00:00 +0000", datetime.date(1982, 1, 1)),
    "day before it": ("Thu, 31 Dec 1981 10:00:00 +0000", None),
    "clock not set": ("Thu, 1 Jan 1970 01:00:00 +0100", None),
    "words": ("wczoraj", None),
    "ISO": ("2025-01-06 10:00:00", datetime.date(2025, 1, 6)),
    "ISO with a T": ("2025-01-06T10:00:00.000Z", datetime.date(2025, 1, 6)),
    "ISO, the day alone": ("2025-01-06", datetime.date(2025, 1, 6)),
    "year first with slashes": ("2025/01/06 10:00", datetime.date(2025, 1, 6)),
    "year first with dots": ("2025.01.06, 10:00", datetime.date(2025, 1, 6)),
    "Polish, short": ("pon., 6 sty 2025 10:00:00 +0100", datetime.date(2025, 1, 6)),
    "Polish, short, without a time": ("pon., 6 sty 2025", datetime.date(2025, 1, 6)),
    "Polish, with full stops": ("śr. 15 paź. 2025, 10:00", datetime.date(2025, 10, 15)),
    "Polish, in full": ("poniedziałek, 6 stycznia 2025 r. 10:00", datetime.date(2025, 1, 6)),
    "Polish, in capitals": ("6 WRZEŚNIA 2025", datetime.date(2025, 9, 6)),
    "Polish, in the nominative": ("6 maj 2025", datetime.date(2025, 5, 6)),
    "Polish and English": ("6 Mar 2025 10:00", datetime.date(2025, 3, 6)),
    "Polish in an encoded word": ("=?utf-8?q?6_pa=C5=BA_2025?=", datetime.date(2025, 10, 6)),
    "figures": ("06.01.2025 10:00", datetime.date(2025, 1, 6)),
    "figures behind a day": ("pon., 6.1.2025 r.", datetime.date(2025, 1, 6)),
    "asctime": ("Mon Jan  6 10:00:00 2025", datetime.date(2025, 1, 6)),
    "figures that say two days": ("06/01/2025", None),
    "no such month": ("2025-13-06", None),
    "no such day in Polish": ("31 lut 2025", None),
    "too short a month": ("6 st 2025", None),
    "no month": ("6 xyz 2025", None),
    "before there was mail, in Polish": ("1 sty 1970", None),
    "empty": ("", None),
}


@pytest.mark.parametrize(("date", "day"), DAYS.values(), ids=DAYS)
def test_the_day(date: str, day: datetime.date | None) -> None:
    assert read(mail(f"Date: {date}")).received == day


def test_a_mail_without_date() -> None:
    assert (read(mail()).received, read(mail()).notes) == (None, ())


@pytest.mark.parametrize(("date", "notes"), [("wczoraj", ("date",)), ("", ()), ("2025-01-06", ())])
def test_a_date_that_says_no_day(date: str, notes: tuple[str, ...]) -> None:
    assert read(mail(f"Date: {date}")).notes == notes


MESSAGES = {
    "subject and text": (mail("Subject: Pytanie", text="Kiedy?\n"), "Pytanie\n\nKiedy?"),
    "subject alone": (mail("Subject: Pytanie", text=" \n"), "Pytanie"),
    "text alone": (mail("Subject: ", text="Kiedy?"), "Kiedy?"),
    "subject that is folded": (mail("Subject:\n Kiedy\n  \n\tspotkanie?", text=""), "Kiedy spotkanie?"),
    "decomposed": (mail("Subject: s", text=unicodedata.normalize("NFD", "jaźń")), "s\n\njaźń"),
    "tabs and inner spaces": (mail(text="a\tb  c \n d"), "a\tb  c \n d"),
    "signature": (mail(text="a\n-- \nAnna"), "a\n-- \nAnna"),
    "unknown transfer encoding": (mail("Content-Transfer-Encoding: x-y", text="a=C5"), "a=C5"),
    "transfer encoding with a space": (mail("Content-Transfer-Encoding: quoted-printable ", text="=C5=82"), "ł"),
    "line ends in quoted-printable": (mail("Content-Transfer-Encoding: quoted-printable", text="a=0D=0Ab"), "a\nb"),
    "broken quoted-printable": (mail("Content-Transfer-Encoding: quoted-printable", text="a=ZZ=C5=82="), "a=ZZł"),
    "base64 cut short": (mail("Content-Transfer-Encoding: base64", text="xYLFgsU"), "łł\ufffd"),
    "UTF-16": (
        mail(
            "Content-Type: text/plain; charset=utf-16",
            "Content-Transfer-Encoding: base64",
            text=encodebytes("źdźbło".encode("utf-16")),
        ),
        "źdźbło",
    ),
    "broken type": (mail("Content-Type: text", text="a"), "a"),
    "broken parameter": (mail("Content-Type: text/plain; name*", text="a"), "a"),
    "quoted charset": (mail('Content-Type: text/plain; charset="iso-8859-2"', text=b"\xbfagiel"), "żagiel"),
    "parts without a boundary": (mail("Content-Type: multipart/mixed", text="a"), "a"),
    "parts that are not there": (mail("Content-Type: multipart/mixed; boundary=b", text="a"), "a"),
    "the last part is not closed": (
        mail("Content-Type: multipart/mixed; boundary=b", text="--b\n\na\n--b\n\nb"),
        "a\n\nb",
    ),
    "text that is an attachment by itself": (
        mail("Content-Disposition: attachment; filename=a.txt", text="a"),
        "a",
    ),
    "a line as between the mails of an mbox": (mail(text="a\n\nFrom b c\nd: e"), "a\n\nFrom b c\nd: e"),
    "html declared inside": (
        mail("Content-Type: text/html", text='<meta charset="iso-8859-2"><p>ścięgno</p>'.encode("iso8859-2")),
        "ścięgno",
    ),
    "html with a charset of its own": (
        mail("Content-Type: text/html; charset=iso-8859-2", text=b"<meta charset='windows-1250'>\xb6ci\xeagno"),
        "ścięgno",
    ),
    "html in a text": (
        mail("Content-Type: text/plain", text="<meta charset='iso-8859-2'>są".encode("cp1250")),
        "<meta charset='iso-8859-2'>są",
    ),
    "html without a charset": (mail("Content-Type: text/html", text="<meta name=a>żółw"), "żółw"),
    "lines that flow to CR LF": (
        mail("Content-Type: text/plain; format=flowed", "Content-Transfer-Encoding: base64", text="YSANCmINCmM="),
        "a b\nc",
    ),
    "quotes that flow": (
        mail("Content-Type: text/plain; format=flowed", text="> a \n> b\n>> c \n> d\n e \n-- \nf "),
        "> a b\n> > c \n> d\ne \n-- \nf",
    ),
    "a text that flows without its spaces": (
        mail("Content-Type: text/plain; format=flowed; delsp=yes", text="ab \ncd \n\ne"),
        "abcd\ne",
    ),
    "a text that does not flow": (mail("Content-Type: text/plain; format=fixed", text="a \nb"), "a \nb"),
}


@pytest.mark.parametrize(("data", "message"), MESSAGES.values(), ids=MESSAGES)
def test_the_message(data: bytes, message: str) -> None:
    assert read(data).message == message


NOTES = {
    "nothing": (mail(), ()),
    "Windows-1250": (mail(text="żółw".encode("cp1250")), ("windows-1250",)),
    "declared": (mail("Content-Type: text/plain; charset=windows-1250", text="żółw".encode("cp1250")), ()),
    "characters": (mail(text="a\u202eb\0"), ("characters",)),
    "both": (mail(text=b"a\x1b\xbf"), ("characters", "windows-1250")),
    "forwarded": (mail("Content-Type: message/rfc822", text="Subject: a\n\nb"), ("forwarded",)),
}


@pytest.mark.parametrize(("data", "notes"), NOTES.values(), ids=NOTES)
def test_what_was_done(data: bytes, notes: tuple[str, ...]) -> None:
    assert read(data).notes == notes
