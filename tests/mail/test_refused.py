"""What is no mail that an inquiry can be made of; and whatever comes in gives a mail that fits, or a reason."""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pkes.errors import NotMail
from pkes.mail.message import read
from pkes.model.records import Inquiry, fields
from pkes.model.values import fault
from pkes.model.values import read as read_value
from tests.mailing import MAILS, mail, multipart, outcome

FIELDS = fields(Inquiry)


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
    "UTF-16 without a mark": ("From: a@example.org\n\na".encode("utf-16-le"), "not-a-mail"),
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
    "a file alone": (multipart("mixed", "Content-Type: application/pdf\n\n%PDF"), "no-text"),
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
