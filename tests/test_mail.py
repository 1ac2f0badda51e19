"""Mails as mail programs write them, as mailers break them, and whatever else is given for one."""

import datetime
import io
import unicodedata
import zipfile
from base64 import encodebytes
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pkes.errors import NotMail
from pkes.mail import Mail, read
from pkes.model import Inquiry, fields
from pkes.values import fault
from pkes.values import read as read_value

MAILS = sorted((Path(__file__).parent / "mails").glob("*.eml"))
FIELDS = fields(Inquiry)


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


def mail(*headers: str, text: str | bytes = "Tekst", sender: str = "Anna Igielna <anna@example.org>") -> bytes:
    body = text if isinstance(text, bytes) else text.encode()
    return "".join(f"{header}\n" for header in (f"From: {sender}", *headers)).encode() + b"\n" + body


def multipart(subtype: str, *parts: str) -> bytes:
    return mail(
        f"Content-Type: multipart/{subtype}; boundary=b",
        text="".join(f"--b\n{part}\n" for part in parts) + "--b--\n",
    )


def outcome(data: bytes) -> str:
    """Return the message of a mail, or why it is none."""
    try:
        return read(data).message
    except NotMail as refused:
        return refused.why


@pytest.mark.parametrize("path", MAILS, ids=lambda path: path.stem)
def test_a_mail_of_a_mail_program(path: Path) -> None:
    assert shown(read(path.read_bytes())) == path.with_suffix(".txt").read_text(encoding="utf-8")


WAYS = {
    "CR LF": lambda data: data.replace(b"\n", b"\r\n"),
    "CR": lambda data: data.replace(b"\n", b"\r"),
    "CR CR LF": lambda data: data.replace(b"\n", b"\r\r\n"),
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


def test_the_address_is_that_of_from_alone() -> None:
    data = mail("Reply-To: b@example.org", "Sender: c@example.org", "Return-Path: <d@example.org>")
    assert read(data).email == "anna@example.org"


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
    "empty": ("", None),
}


@pytest.mark.parametrize(("date", "day"), DAYS.values(), ids=DAYS)
def test_the_day(date: str, day: datetime.date | None) -> None:
    assert read(mail(f"Date: {date}")).received == day


def test_a_mail_without_date() -> None:
    assert read(mail()).received is None


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
    "a digest": (multipart("digest", "\nFrom: b@example.org\n\na"), "From: b@example.org\n\na"),
    "html declared inside": (
        mail("Content-Type: text/html", text='<meta charset="iso-8859-2"><p>ścięgno</p>'.encode("iso8859-2")),
        "ścięgno",
    ),
    "html with a charset of its own": (
        mail("Content-Type: text/html; charset=iso-8859-2", text=b"<meta charset='windows-1250'>\xb6ci\xeagno"),
        "ścięgno",
    ),
    "html in a text": (
        mail("Content-Type: text/plain", text="<meta charset='iso-8859-2'>ścięgno".encode("cp1250")),
        "<meta charset='iso-8859-2'>ścięgno",
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


PLAIN, HTML = "Content-Type: text/plain\n\nzwykły", "Content-Type: text/html\n\n<b>żółw</b>"
EMPTY = "Content-Type: text/plain\n\n \n"
PDF = "Content-Type: application/pdf; name=a.pdf\n\n%PDF"
NESTED = "Content-Type: multipart/{}; boundary=c\n\n--c\n{}\n--c\n{}\n--c--"
PARTS = {
    "alternatives": (multipart("alternative", PLAIN, HTML), "zwykły", ()),
    "alternatives in another order": (multipart("alternative", HTML, PLAIN), "zwykły", ()),
    "alternatives, the plain one empty": (multipart("alternative", EMPTY, HTML), "żółw", ()),
    "alternatives, all empty but one file": (multipart("alternative", EMPTY, EMPTY, PLAIN, PDF), "zwykły", ("a.pdf",)),
    "alternative with its images": (
        multipart("alternative", PLAIN, NESTED.format("related", HTML, "Content-Type: image/png\n\nx")),
        "zwykły",
        ("image/png",),
    ),
    "html and its images": (multipart("related", HTML, "Content-Type: image/png; name=l.png\n\nx"), "żółw", ("l.png",)),
    "texts around a file": (multipart("mixed", PLAIN, PDF, HTML), "zwykły\n\nżółw", ("a.pdf",)),
    "attached texts": (
        multipart(
            "mixed",
            PLAIN,
            "Content-Type: text/plain; name=b.txt\n\nb",
            "Content-Disposition: attachment\n\nc",
            "Content-Disposition: inline; filename=d.txt\n\nd",
            "Content-Type: text/calendar\n\ne",
        ),
        "zwykły",
        ("b.txt", "text/plain", "d.txt", "text/calendar"),
    ),
    "PGP signature": (multipart("signed", PLAIN, "Content-Type: application/pgp-signature\n\nx"), "zwykły", ()),
    "file name with a line end": (
        multipart("mixed", PLAIN, "Content-Type: image/png; name*=utf-8''a%0Ab%E2%80%AEc\n\nx"),
        "zwykły",
        ("a bc",),
    ),
    "a report that the mail did not arrive": (
        multipart(
            "report",
            PLAIN,
            "Content-Type: message/delivery-status\n\nStatus: 5.1.1",
            "Content-Type: message/rfc822\n\nFrom: b@example.org\n\nb",
        ),
        "zwykły",
        ("message/delivery-status", "message/rfc822"),
    ),
    "a report without words": (
        multipart("report", EMPTY, HTML, "Content-Type: message/delivery-status\n\nSubject: a\n\nb"),
        "żółw",
        ("message/delivery-status",),
    ),
    "a forwarded mail that is none": (
        multipart("mixed", PLAIN.replace("zwykły", ""), PLAIN, "Content-Type: message/rfc822\n\n"),
        "zwykły",
        ("message/rfc822",),
    ),
}


@pytest.mark.parametrize(("data", "message", "attachments"), PARTS.values(), ids=PARTS)
def test_the_parts(data: bytes, message: str, attachments: tuple[str, ...]) -> None:
    found = read(data)
    assert (found.message, found.attachments) == (message, attachments)


def test_only_files() -> None:
    data = multipart("mixed", PDF).replace(b"Content-Type: multipart", b"Subject: Statut\nContent-Type: multipart")
    assert read(data)[3:5] == ("Statut", ("a.pdf",))


def test_a_mail_that_is_one_file() -> None:
    found = read(mail("Subject: Skan", "Content-Type: application/pdf; name=skan.pdf"))
    assert (found.message, found.attachments) == ("Skan", ("skan.pdf",))


def test_a_forwarded_mail_without_headers_is_left_out() -> None:
    found = read(mail("Subject: Fwd", "Content-Type: message/rfc822", text="\nno headers"))
    assert found[3:] == ("Fwd", ("message/rfc822",), ())


def test_a_mail_forwarded_twice() -> None:
    inner = "Content-Type: message/rfc822\n\n"
    data = mail(inner + f"From: b@example.org\nDate: x\n{inner}Subject: w\nTo: a@example.org", text="Najgłębiej")
    assert read(data).message == "From: b@example.org\nDate: x\n\nSubject: w\n\nNajgłębiej"


NOTES = {
    "nothing": (mail(), ()),
    "Windows-1250": (mail(text="żółw".encode("cp1250")), ("windows-1250",)),
    "declared": (mail("Content-Type: text/plain; charset=windows-1250", text="żółw".encode("cp1250")), ()),
    "characters": (mail(text="a\u202eb\0"), ("characters",)),
    "both": (mail(text=b"a\x1b\xbf"), ("characters", "windows-1250")),
    "forwarded": (mail("Content-Type: message/rfc822", text="Subject: a\n\nb"), ("forwarded",)),
    "an alternative that nobody reads": (multipart("alternative", PLAIN, "Content-Type: text/html\n\n\u202eb"), ()),
}


@pytest.mark.parametrize(("data", "notes"), NOTES.values(), ids=NOTES)
def test_what_was_done(data: bytes, notes: tuple[str, ...]) -> None:
    assert read(data).notes == notes


def zipped() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("word/document.xml", "From: anna@example.org")
    return held.getvalue()


FORWARDED = b"Content-Type: message/rfc822\n\n"
REFUSED = {
    "nothing": (b"", "not-a-mail"),
    "empty lines": (b"\r\n \n\n", "not-a-mail"),
    "a letter": ("Dzień dobry,\n\nFrom: a@example.org\n".encode(), "not-a-mail"),
    "a letter with a colon": ("Temat: pytanie\n\nDzień dobry".encode(), "not-a-mail"),
    "a registry": (b'format = 1\n\n[cluster]\nemail = "a@example.org"\n', "not-a-mail"),
    "a vCard": (b"BEGIN:VCARD\nEMAIL:a@example.org\nEND:VCARD\n", "not-a-mail"),
    "a zip file": (zipped(), "not-a-mail"),
    "a PDF": (b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj << /Type /Catalog >> endobj\n", "not-a-mail"),
    "a mail of Outlook's own format": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, "not-a-mail"),
    "UTF-16": ("From: a@example.org\n\na".encode("utf-16"), "not-a-mail"),
    "forwarded without end": (mail("Subject: s", text=b"") [:-1] + FORWARDED * 2000, "not-a-mail"),
    "no From": (b"Subject: a\n\nb", "no-sender"),
    "empty From": (mail(sender=""), "no-sender"),
    "From without an address": (mail(sender="Anna Igielna"), "no-sender"),
    "From with a wrong address": (mail(sender="Anna <anna@localhost>"), "no-sender"),
    "quoted local part": (mail(sender='"anna igielna"@example.org'), "no-sender"),
    "two senders": (mail(sender="a@example.org, b@example.org"), "several-senders"),
    "two From headers": (mail("From: b@example.org"), "several-senders"),
    "neither subject nor text": (mail(text="\n \u00a0\n"), "no-text"),
    "text of no characters": (mail("Subject: \u200b", text="\u200b\0"), "no-text"),
    "a file alone": (multipart("mixed", PDF), "no-text"),
    "an mbox": (
        b"From a@example.org Mon Mar  3 00:12:41 2025\n" + mail(text="a\n")
        + b"\nFrom b@example.org Mon Mar  3 00:12:41 2025\n" + mail(text="b\n"),
        "several-mails",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("data", "reason"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused(data: bytes, reason: str) -> None:
    assert outcome(data) == reason


def nested(depth: int) -> bytes:
    opened = (f"Content-Type: multipart/mixed; boundary=b{level}x\n\n--b{level}x\n" for level in range(depth))
    return mail("Subject: Głęboko", text=b"")[:-1] + "".join(opened).encode() + b"\nNa dnie"


def test_parts_in_parts() -> None:
    assert read(nested(50)).message == "Głęboko\n\nNa dnie"


@pytest.mark.parametrize("depth", [200, 300, 400, 600, 900])
def test_too_many_parts_in_parts_end_in_an_answer(depth: int) -> None:
    assert outcome(nested(depth)) in ("Głęboko\n\nNa dnie", "not-a-mail")


def test_a_huge_mail() -> None:
    lines = "Ala ma kota. \n" * 100_000
    found = read(mail("X: " + "x" * 1_000_000, "Subject: " + "=?utf-8?q?a?= " * 10_000,
                      "Content-Type: text/plain; format=flowed", text=lines))  # fmt: skip
    assert len(found.message) > 1_000_000


def test_an_error_of_the_mail_parser_does_not_escape(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise IndexError

    monkeypatch.setattr("email.feedparser.FeedParser.close", fail)
    assert outcome(mail()) == "not-a-mail"


# Whatever comes in, the fields of an inquiry take what comes out.


def assert_fits(data: bytes) -> None:
    try:
        found = read(data)
    except NotMail:
        return
    for name in ("person", "email", "message"):
        value = getattr(found, name)
        if value is not None:
            assert read_value(FIELDS[name], value) == value
            assert fault(FIELDS[name], value) is None
    assert found.received is None or read_value(FIELDS["received"], str(found.received)) == found.received
    for name in found.attachments:
        assert read_value(FIELDS["person"], name) == name


PIECES = [
    b"From: ", b"Subject: ", b"Date: Mon, 3 Mar 2025 10:00:00 +0100\n", b"a@example.org", b"<", b">", b'"', b"(", b",",
    b"\n", b"\n ", b"\n\n", b"\r", b"From x y\n", b"=?utf-8?q?=C5?=", b"=?utf-8?b?gg==?=", b"=?x?q?=BF?=", b"=C5=82",
    b"Content-Type: text/plain; charset=", b"utf-8", b"iso-8859-2", b"utf-7", b"idna", b"utf-16", b"hz", b"; ", b"\0",
    b"Content-Type: text/html\n", b"; format=flowed", b"; name*=", b"utf-8''%C5%82", b"; name*0*=",
    b"a\x1bb\xe2\x80\xae", b"Content-Type: multipart/mixed; boundary=b\n\n",
    b"Content-Type: multipart/alternative; boundary=b\n\n", b"--b\n",
    b"--b--\n", b"Content-Type: message/rfc822\n\n", b"Content-Disposition: attachment; filename=",
    b"A\xcc\xa8\xe2\x80\x8b", b"Content-Transfer-Encoding: quoted-printable\n",
    b"Content-Transfer-Encoding: base64\n", b"xYI=", b"\xbf\xf3\xb3w",
    b"Content-Transfer-Encoding: x-uuencode\n\nbegin 644 a\n", b"#86)C\n", b"end\n", b"<p>", b"<![x", b"<li>",
    b"&nbsp;", b"> a \n", b"-- \n", b"\xef\xbb\xbf", b"\xe2\x80\xa8", b"\xe3\x85\xa4",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES) | st.binary(max_size=4)).map(b"".join))
@example(b"From: a@example.org\nContent-Type: text/plain; charset=idna\n\n\xff.\xff")
@example(b"From: a@example.org\nContent-Type: text/plain; charset=utf-7\n\n+2AA-b")
@example(b"From: a@example.org\nContent-Transfer-Encoding: x-uuencode\n\nbegin 644 a\n\xff\nend")
@example(b"From: \xe3\x85\xa4a@example.org\n\n\xcc\x81a")
def test_any_bytes_give_a_mail_that_fits_or_none(data: bytes) -> None:
    assert_fits(data)
    assert_fits(b"From: Anna <a@example.org>\n" + data)


@given(st.sampled_from(MAILS), st.data())
def test_any_damaged_mail_gives_a_mail_that_fits_or_none(path: Path, data: st.DataObject) -> None:
    whole = path.read_bytes()
    start = data.draw(st.integers(0, len(whole)))
    stop = data.draw(st.integers(start, min(start + 200, len(whole))))
    assert_fits(whole[:start] + data.draw(st.sampled_from(PIECES) | st.binary(max_size=8)) + whole[stop:])
