"""From an e-mail, as a mail program saves or pipes it, to the data of an inquiry: who asks, when, and what.

The standard library's `email` parses it. Mail comes from strangers, so no exception of the parser escapes: what it
cannot parse is not a mail.
"""

import codecs
import datetime
import re
import unicodedata
from collections.abc import Iterator
from email.message import Message
from email.parser import BytesParser
from typing import NamedTuple, cast

from pkes.errors import NotMail
from pkes.mail import dates, framing
from pkes.mail import headers as mail_headers
from pkes.model import spelling
from pkes.text import characters, charsets, html

# A letter or a document may have lines that look like headers; only these prove that it is a mail.
_HEADERS = {"date", "from", "message-id", "mime-version", "received", "subject", "to"}
_TEXTS = {"text/plain", "text/html"}
# Signatures: they contain nothing to read.
_SIGNATURES = {"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"}


class Mail(NamedTuple):
    """The content of a mail, in the form of an inquiry's fields.

    `person` and `email` say who gets the answer: from Reply-To if present, or else from From; `sender` holds the
    addresses in From if they differ. `received` is the day as written in Date. `message` is the subject, an empty line
    and the text. `attachments` lists what was left out, by file name, or else by type. `notes` lists what was special:
    `date` (Date is present but has no valid day), `headers` (a line in the headers was not a header and was left out),
    `characters` (some were not text and were left out), `forwarded` (the text is from a mail inside the mail, below its
    From, Date and Subject), one of `charsets.NAMES` (it was read in that charset without its being declared).
    """

    person: str | None
    email: str
    received: datetime.date | None
    message: str
    attachments: tuple[str, ...]
    notes: tuple[str, ...]
    sender: tuple[str, ...] = ()


class _Found(NamedTuple):
    """What is found out while the text is read."""

    attachments: list[str]
    notes: set[str]


def read(data: bytes) -> Mail:
    """Return the content of a mail, from its bytes or those of an mbox with a single mail.

    Raises NotMail: `not-a-mail`; `several-mails` (in an mbox); `no-sender` (no address in From or Reply-To that an
    inquiry accepts); `several-senders`; `no-text` (neither subject nor text).
    """
    data, has_other_lines = framing.with_whole_headers(_normalised(data))
    mail, charset = _parse(data)
    (person, email), others = _senders(mail)
    received = dates.day(mail_headers.line(mail.get("Date", "")))
    said = {"headers": has_other_lines, "date": received is None and mail.get("Date", "").strip()}
    found = _Found([], {note for note, is_so in said.items() if is_so} | ({charset} if charset else set()))
    try:
        text, lost = characters.clean(_content(mail, found))
    except RecursionError:
        raise NotMail("not-a-mail") from None
    if lost:
        found.notes.add("characters")
    message = "\n\n".join(filter(None, (mail_headers.line(mail.get("Subject", "")), text)))
    if not message:
        raise NotMail("no-text")
    message = unicodedata.normalize("NFC", message)
    return Mail(person, email, received, message, tuple(found.attachments), tuple(sorted(found.notes)), others)


def _normalised(data: bytes) -> bytes:
    """Return a mail with LF as line end, from its first non-empty line. Raises NotMail: `several-mails`."""
    if data.startswith(charsets.MARKS_OF_UTF_16):
        data = charsets.undeclared(data)[0].encode(errors="replace")
    # CR CR LF: a program turned each LF of a mail with CRLF into CRLF.
    data = data.removeprefix(codecs.BOM_UTF8).replace(b"\r\r\n", b"\n").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    data = re.sub(rb"\A(?:[ \t]*\n)+", b"", data)
    if framing.holds_several(data):
        raise NotMail("several-mails")
    return data


def _parse(data: bytes) -> tuple[Message, str | None]:
    """Return the parsed mail, and the charset in which its headers were read without its being declared.

    Raises NotMail: `not-a-mail`.
    """
    guessed = None
    try:
        mail = BytesParser(policy=mail_headers.Policy()).parsebytes(data)
        head = data.partition(b"\n\n")[0]
        if not head.isascii():
            declared = _charset(mail)
            # The charset is easier to detect from the whole mail than from one line.
            charset = declared or charsets.undeclared(data)[1]
            mail = BytesParser(policy=mail_headers.Policy(charset=charset)).parsebytes(data)
            guessed = None if declared else charset
    except Exception:  # RecursionError and other undocumented exceptions.
        raise NotMail("not-a-mail") from None
    if _HEADERS.isdisjoint(name.lower() for name in mail.keys()):  # noqa: SIM118 (iteration is by number)
        raise NotMail("not-a-mail")
    return mail, guessed


def _charset(mail: Message) -> str | None:
    """Return the charset of the first part that declares one, or None."""
    texts = (part for part in mail.walk() if part.get_content_type() in _TEXTS)
    return next(filter(None, (mail_headers.parameter(part, "charset") for part in texts)), None)


def _senders(mail: Message) -> tuple[tuple[str | None, str], tuple[str, ...]]:
    """Return the name (or None) and address of who gets the answer, and the other addresses in From.

    A contact form sends in its own name, and puts the writer in Reply-To. Raises NotMail: `no-sender`,
    `several-senders`.
    """
    senders, replies = _people(mail, "From"), _people(mail, "Reply-To")
    if len(senders) == 1 and not senders.keys().isdisjoint(replies):
        replies = {}  # the sender is one of those who want the answer
    people = replies or senders
    if len(people) != 1:
        raise NotMail("several-senders" if people else "no-sender")
    ((folded, (name, email)),) = people.items()
    others = tuple(address for other, (_name, address) in senders.items() if other != folded)
    return (None if name.casefold() in ("", folded) else name, email), others


def _people(mail: Message, header: str) -> dict[str, tuple[str, str]]:
    """Return the names and addresses in a header, by casefolded address; the last name of each wins."""
    return {
        email.casefold(): (name, email)
        for text in mail.get_all(header, [])
        for name, address in mail_headers.mailboxes(text)
        if (email := spelling.email(address))
    }


def _content(mail: Message, found: _Found) -> str:
    """Return the text of a mail or, if it has none, the text of the mails forwarded in it."""
    text = characters.strip(_text(mail, mail, found))
    forwarded = []
    for leaf in _leaves(mail):
        inner = None if text else _forwarded(leaf)
        if inner:
            forwarded.append(_with_headers(inner, found))
            found.notes.add("forwarded")
        elif not _is_text(leaf, mail) and leaf.get_content_type() not in _SIGNATURES:
            found.attachments.append(_name(leaf))
    return text or "\n\n".join(forwarded)


def _with_headers(mail: Message, found: _Found) -> str:
    """Return a forwarded mail as mail programs quote it: below its sender, date and subject."""
    headers = [f"{name}: {mail_headers.line(mail[name])}" for name in ("From", "Date", "Subject") if name in mail]
    return "\n".join(headers) + "\n\n" + _content(mail, found)


def _leaves(mail: Message) -> Iterator[Message]:
    """Yield the parts without sub-parts, in order; a forwarded mail is one of them."""
    waiting = [mail]
    while waiting:
        part = waiting.pop()
        if _is_branch(part):
            waiting.extend(reversed(_children(part)))
        else:
            yield part


def _is_branch(part: Message) -> bool:
    return part.is_multipart() and part.get_content_maintype() == "multipart"


def _children(part: Message) -> list[Message]:
    return cast("list[Message]", part.get_payload())


def _is_text(part: Message, mail: Message) -> bool:
    """Return whether a leaf is text of the mail itself; a part with a file name is an attachment."""
    if part.get_content_maintype() == "multipart":
        return True  # Declared as multipart but without parts: mail programs show the body.
    if part.get_content_type() not in _TEXTS:
        return False
    return part is mail or not (part.get_content_disposition() == "attachment" or _file_name(part))


def _forwarded(leaf: Message) -> Message | None:
    """Return the mail in a leaf, or None if it is not a mail or has no headers."""
    if leaf.get_content_type() != "message/rfc822":
        return None
    inner = _children(leaf)[0]
    return inner if inner.keys() else None


def _name(leaf: Message) -> str:
    inner = _forwarded(leaf)
    subject = mail_headers.line(inner.get("Subject", "")) if inner else ""
    return _file_name(leaf) or subject or mail_headers.line(leaf.get_content_type())


def _file_name(part: Message) -> str | None:
    return mail_headers.parameter(part, "filename", "Content-Disposition") or mail_headers.parameter(part, "name")


def _text(part: Message, mail: Message, found: _Found) -> str:
    """Return the text of a part and its sub-parts; among alternatives, the plain one unless it is empty."""
    if not _is_branch(part):
        return _decoded(part, found) if _is_text(part, mail) else ""
    parts = _children(part)
    if part.get_content_subtype() == "alternative":
        parts = sorted(parts, key=lambda child: child.get_content_type() != "text/plain")
    texts = filter(None, (characters.strip(_text(child, mail, found)) for child in parts))
    return next(texts, "") if part.get_content_subtype() == "alternative" else "\n\n".join(texts)


def _decoded(part: Message, found: _Found) -> str:
    """Return the text of a leaf: decoded, with flowed lines joined, and HTML converted."""
    is_html = part.get_content_type() == "text/html"
    charset, form, delsp = (mail_headers.parameter(part, name) for name in ("charset", "format", "delsp"))
    data = cast("bytes", part.get_payload(decode=True))
    if is_html and not charset and (meta := re.search(rb"<meta[^>]{1,200}?charset=[\"']?([\w-]+)", data[:4096], re.I)):
        charset = meta[1].decode("ascii")
    text, guessed = charsets.decode(data, charset)
    if guessed:
        found.notes.add(guessed)
    if is_html:
        return html.read(text)
    return _unflowed(text, (delsp or "").lower() == "yes") if (form or "").lower() == "flowed" else text


def _unflowed(text: str, delsp: bool) -> str:
    """Return text of format=flowed (RFC 3676) with each paragraph on one line.

    A space at the end of a line means that it continues; with `delsp` that space is not part of the text.
    """
    pieces: list[str] = []
    before: int | None = None  # quote depth of the line before, None if it does not continue
    for line in text.replace("\r\n", "\n").split("\n"):
        content = line.lstrip(">")
        depth = len(line) - len(content)
        content = content.removeprefix(" ")
        goes_on = content.endswith(" ") and content != "-- "
        if before != depth or content == "-- ":
            pieces.append("\n" + "> " * depth)
        pieces.append(content[:-1] if goes_on and delsp else content)
        before = depth if goes_on else None
    return "".join(pieces).removeprefix("\n")
