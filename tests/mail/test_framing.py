"""Where the headers end, and whether there is a second mail: lines that stand where the parser does not expect them."""

import pytest

from pkes.mail.framing import holds_several, with_whole_headers
from pkes.mail.message import read
from tests.mailing import outcome

FIRST = "From: Anna <anna@example.org>\n"
REST = (
    "Subject: Zapytanie\nDate: Mon, 6 Jan 2025 10:00:00 +0100\nMIME-Version: 1.0\n"
    "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\nSmFrIHByenlzdMSFcGnEhz8=\n"
)
MESSAGE = "Zapytanie\n\nJak przystąpić?"
AMONG = {
    "an escaped line of an mbox": (">From anna@example.org Mon Jan  6 10:00:00 2025\n", ()),
    "one that is escaped twice": (">>From anna@example.org\n", ()),
    "a line of an mbox": ("From anna@example.org Mon Jan  6 10:00:00 2025\n", ()),
    "a line of Thunderbird": ("From - Mon Jan  6 10:00:00 2025\n", ()),
    "words": ("to nie jest nagłówek\n", ("headers",)),
    "words that begin with a colon": (": a\n", ("headers",)),
    "a name in Polish": ("Nadawca główny: Anna\n", ("headers",)),
    "a sign": ("---\n", ("headers",)),
    "two lines": ("eins zwei\n>From a\n", ("headers",)),
    "one that is folded": ("eins zwei\n\tdrei\n", ("headers",)),
    "a space before the colon": ("X-Mailer : a\n", ()),
    "a tab before the colon": ("Organization\t: a\n", ()),
}


@pytest.mark.parametrize(("line", "notes"), AMONG.values(), ids=AMONG)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_line_among_the_headers_does_not_end_them(line: str, notes: tuple[str, ...], end: str) -> None:
    found = read((FIRST + line + REST).replace("\n", end).encode())
    assert (found.email, found.message, found.notes) == ("anna@example.org", MESSAGE, notes)
    assert str(found.received) == "2025-01-06"


def test_a_line_before_the_headers() -> None:
    assert read(f">From anna@example.org\n{FIRST}{REST}".encode()).message == MESSAGE
    assert read(f"From anna@example.org\n>From x\n{FIRST}{REST}".encode()).message == MESSAGE


def test_a_space_before_the_colon_of_what_is_read() -> None:
    head = "From : Anna <anna@example.org>\nSubject : Pytanie : jedno\nDate\t: 2025-01-06\n"
    found = read(f"{head}\nJak?".encode())
    assert (found.email, found.message, str(found.received)) == (
        "anna@example.org",
        "Pytanie : jedno\n\nJak?",
        "2025-01-06",
    )


def test_a_line_among_the_headers_of_a_part() -> None:
    part = "--b\nContent-Type: text/plain; charset=utf-8\n>From x\nContent-Transfer-Encoding: base64\n\nxYI=\n--b--\n"
    assert read(f"{FIRST}Content-Type: multipart/mixed; boundary=b\n\n{part}".encode()).message == "ł"


KEPT = {
    "a text without an empty line before it": FIRST + "Dzień dobry,\nproszę o kontakt.\n",
    "a mail that is quoted in such a text": FIRST + "Subject: a\nPisze Jan:\nFrom: jan@example.org\nSubject: b\n",
    "a letter": "Dzień dobry,\nDate: jutro\nSubject: x\n",
    "a signature": FIRST + "\nTekst\n-- \nAnna Igielna\nDate: x\nTo: y\n",
    "a list": FIRST + "\n--- a\nraz\nSubject: b\n",
    "nothing": "",
    "a line of an mbox alone": "From x\n",
}


@pytest.mark.parametrize("text", KEPT.values(), ids=KEPT)
def test_a_text_loses_nothing(text: str) -> None:
    assert with_whole_headers(text.encode()) == (text.encode(), False)


BETWEEN = [
    "From anna@example.org Mon Jan  6 10:00:00 2025", "From 1000000000000000001@xxx", "From - Mon Jan 06 10:00:00 2025",
    "From ???@??? Mon Jan 06 10:00:00 2025", "From MAILER-DAEMON", "From anna@example.org", "From -", "From ",
    "From anna@example.org 2025-01-06T10:00:00Z", "From anna@example.org  Mon Jan  6 10:00:00 2025 +0100",
]  # fmt: skip
MAIL = FIRST + "Subject: a\n\nTekst.\n"


@pytest.mark.parametrize("line", BETWEEN)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_several_mails(line: str, end: str) -> None:
    data = f"{line}\n{MAIL}\n{line}\n{MAIL}".replace("\n", end).encode()
    assert outcome(data) == "several-mails"
    assert outcome(f"{line}\n{MAIL}\n".replace("\n", end).encode()) == "a\n\nTekst."


def test_several_mails_without_an_empty_line_between_them() -> None:
    line = "From - Mon Jan 06 10:00:00 2025"
    assert outcome(f"{line}\n{MAIL}{line}\n{MAIL}".encode()) == "several-mails"


ONE = {
    "words": "\n\nFrom my side: yes\nuwaga: a\n\nKoniec",
    "words and two lines": "\n\nFrom Anna\nsubject: a\nDate jutro\n",
    "one header": "\n\nFrom Anna\nDate: jutro\n\nKoniec",
    "escaped": "\n\n>From anna@example.org Mon Jan  6 10:00:00 2025\nFrom: a@example.org\n",
    "inside a line": "a From b 10:00:00 2025\nFrom: a@example.org\n",
    "at the end": "\n\nFrom anna@example.org Mon Jan  6 10:00:00 2025\n",
    "without a date or an empty line": "ciąg\nFrom Anna\nFrom: a@example.org\nSubject: b",
}


@pytest.mark.parametrize("text", ONE.values(), ids=ONE)
def test_one_mail_with_such_a_line_in_its_text(text: str) -> None:
    assert not holds_several(f"From a@example.org Mon Jan  6 10:00:00 2025\n{MAIL}{text}".encode())


def test_a_mail_that_is_no_mbox_may_quote_one() -> None:
    assert outcome(f"{MAIL}\nFrom a@example.org Mon Jan  6 10:00:00 2025\n{MAIL}".encode()).startswith("a\n\nTekst.")


@pytest.mark.parametrize(
    "piece", ["From x 10:00 \n", "a\n", "From: a\n", "--b\ncontent-x: y\n", "\n\nFrom \n", "b c\n"]
)
def test_long_texts_are_judged_at_once(piece: str) -> None:
    data = b"From a\nFrom: b\n" + piece.encode() * 30_000
    holds_several(data)
    with_whole_headers(data)
