"""Mails whose headers or text are in a charset that they declare elsewhere, wrongly or not at all."""

import pytest

from pkes.mail.message import read

CODECS = {"windows-1250": "cp1250", "iso-8859-2": "iso8859-2", "cp852": "cp852"}
TEXT = "Chcemy dołączyć się do klastra jeszcze w styczniu."


def raw(*headers: str, text: str = TEXT, codec: str) -> bytes:
    head = ("From: Łucja Śliwa <lucja@example.org>", "Subject: Źródło, są", *headers)
    return ("\n".join(head) + "\n\n" + text).encode(codec)


@pytest.mark.parametrize(("name", "codec"), CODECS.items())
def test_nothing_is_declared(name: str, codec: str) -> None:
    found = read(raw(codec=codec))
    assert (found.person, found.message) == ("Łucja Śliwa", f"Źródło, są\n\n{TEXT}")
    assert found.notes == (name,)


@pytest.mark.parametrize(("name", "codec"), CODECS.items())
def test_the_headers_alone_tell(name: str, codec: str) -> None:
    found = read(raw(text="Kiedy?", codec=codec))
    assert (found.person, found.message, found.notes) == ("Łucja Śliwa", "Źródło, są\n\nKiedy?", (name,))


@pytest.mark.parametrize("kind", ["text/plain", "text/html", "TEXT/PLAIN"])
@pytest.mark.parametrize(("name", "codec"), CODECS.items())
def test_the_text_declares_it_for_the_headers(name: str, codec: str, kind: str) -> None:
    found = read(raw(f"Content-Type: {kind}; charset={name}", codec=codec))
    assert (found.person, found.message, found.notes) == ("Łucja Śliwa", f"Źródło, są\n\n{TEXT}", ())


def test_the_first_part_that_is_text_declares_it() -> None:
    parts = "--b\nContent-Type: image/png; charset=cp852\n\nx\n--b\nContent-Type: text/plain; charset=iso-8859-2\n\n"
    found = read(raw("Content-Type: multipart/mixed; boundary=b", text=f"{parts}są\n--b--\n", codec="iso8859-2"))
    assert (found.person, found.message) == ("Łucja Śliwa", "Źródło, są\n\nsą")


def test_a_single_letter_is_read_as_its_text_says() -> None:
    head = "From: a@example.org\nSubject: Ćma\nContent-Type: text/plain; charset=cp852\n\nx"
    assert read(head.encode("cp852")).message == "Ćma\n\nx"


def test_headers_in_utf_8_beside_a_text_in_another() -> None:
    data = raw("Content-Type: text/plain; charset=iso-8859-2", codec="utf-8", text="").rstrip() + b"\n\ns\xb1"
    found = read(data)
    assert (found.person, found.message, found.notes) == ("Łucja Śliwa", "Źródło, są\n\nsą", ())


def test_a_wrong_charset_is_none() -> None:
    found = read(raw("Content-Type: text/plain; charset=utf-8", codec="iso8859-2"))
    assert (found.message, found.notes) == (f"Źródło, są\n\n{TEXT}", ("iso-8859-2",))
