"""Mails that the tests make, those of mail programs in `mails/`, and what comes of them."""

from pathlib import Path

from pkes.errors import NotMail
from pkes.mail.message import read

MAILS = sorted((Path(__file__).parent / "mails").glob("*.eml"))


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
