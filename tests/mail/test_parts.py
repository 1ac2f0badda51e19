"""Mails of several parts: which text is taken, and what is left out."""

import pytest

from pkes.mail.message import read
from tests.mailing import mail, multipart

PLAIN, HTML = "Content-Type: text/plain\n\nzwykły", "Content-Type: text/html\n\n<b>żółw</b>"
EMPTY = "Content-Type: text/plain\n\n \n"
PDF = "Content-Type: application/pdf; name=a.pdf\n\n%PDF"
NESTED = "Content-Type: multipart/{}; boundary=c\n\n--c\n{}\n--c\n{}\n--c--"
PARTS = {
    "a digest": (multipart("digest", "\nFrom: b@example.org\n\na"), "From: b@example.org\n\na", ()),
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
    assert (found.message, found.attachments, found.notes) == ("Fwd", ("message/rfc822",), ())


def test_a_mail_forwarded_twice() -> None:
    inner = "Content-Type: message/rfc822\n\n"
    data = mail(inner + f"From: b@example.org\nDate: x\n{inner}Subject: w\nTo: a@example.org", text="Najgłębiej")
    assert read(data).message == "From: b@example.org\nDate: x\n\nSubject: w\n\nNajgłębiej"


def test_what_is_done_to_an_alternative_that_nobody_reads_is_not_noted() -> None:
    assert read(multipart("alternative", PLAIN, "Content-Type: text/html\n\n\u202eb")).notes == ()
