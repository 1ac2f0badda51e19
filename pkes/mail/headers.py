"""Decoding the headers of an e-mail: encoded words, mailboxes, parameters.

The standard library's policies parse a header as a whole: they lose bytes whose charset is missing or unknown, drop an
address with a stray character in its name, and raise undocumented exceptions (IndexError for `name*`, for example).
This module accepts whatever mail programs still show.
"""

import binascii
import re
import unicodedata
from email.message import Message
from email.policy import Compat32
from itertools import groupby
from typing import NamedTuple

from pkes.text import characters, charsets

_WORD = r"=\?[^?\s]+\?[bq]\?[^?]*\?="
_WORD_PARTS = re.compile(r"=\?([^?\s]+)\?([bq])\?([^?]*)\?=", re.IGNORECASE)
_WORDS = re.compile(rf"{_WORD}(?:\s*{_WORD})*", re.IGNORECASE)
_TOKEN = re.compile(
    rf"""(?P<word>{_WORD})
        |"(?P<quoted>(?:\\.|[^"\\])*)"
        |\((?P<comment>(?:\\.|[^()\\])*)\)
        |<(?P<angle>[^<>]*)>
        |(?P<separator>[,;])
        |(?P<bare>[^"(<,;=]+|.)""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
# Longer than any real header; an unclosed quote would take quadratic time.
_MAILBOXES_MAX = 5_000


class Policy(Compat32):
    """A policy that returns headers as one line of plain text; encoded words stay encoded.

    Non-ASCII bytes, which headers should not have, are read as UTF-8, or else in the `charset` of the message's text.
    """

    charset: str | None

    def __init__(self, charset: str | None = None) -> None:
        super().__init__()
        # Policies are immutable and reject attributes that the library does not define.
        object.__setattr__(self, "charset", charset)

    def header_fetch_parse(self, name: str, value: str) -> str:
        """Return the text of a header. `value` has non-ASCII bytes as surrogates."""
        unfolded = re.sub("[\r\n]+", "", value)
        return charsets.decode(unfolded.encode("ascii", "surrogateescape"), self.charset)[0].strip()


class Mailbox(NamedTuple):
    """A name, which may be empty, and an address, which may be wrong."""

    name: str
    address: str


class _Token(NamedTuple):
    kind: str
    text: str


def line(text: str) -> str:
    """Return the text of a header as one clean line, its encoded words decoded."""
    return unicodedata.normalize("NFC", characters.clean(" ".join(_decode_words(text).split()))[0])


def mailboxes(text: str) -> list[Mailbox]:
    """Return the mailboxes of a From header, each name as one clean line.

    A comma in a name need not be quoted, a comment serves as the name if there is no other, and the whole may be a
    single encoded word.
    """
    text = text[:_MAILBOXES_MAX]
    return _mailboxes(text) or _mailboxes(_decode_words(text))


def parameter(part: Message, name: str, header: str = "Content-Type") -> str | None:
    """Return a parameter of a header (RFC 2231 or encoded words) as one clean line, or None if it is empty."""
    try:
        value = part.get_param(name, header=header)
    except Exception:  # An invalid parameter can raise many exceptions, none of them documented.
        return None
    if isinstance(value, tuple):
        charset, _, encoded = value
        value = charsets.decode(encoded.encode("latin-1", errors="replace"), charset)[0]
    return line(value or "") or None


def _decode_words(text: str) -> str:
    """Return a text with its encoded words (RFC 2047) decoded, even inside quotes, where some programs put them."""
    return _WORDS.sub(lambda words: _decode_run(words[0]), text)


def _decode_run(words: str) -> str:
    """Return a run of encoded words as text: a letter may be split between words of the same charset."""
    decoded = [
        # The charset may be followed by a language (RFC 2231).
        (charset.partition("*")[0].lower(), _bytes(encoding, encoded))
        for charset, encoding, encoded in _WORD_PARTS.findall(words)
    ]
    runs = groupby(decoded, key=lambda word: word[0])
    return "".join(charsets.decode(b"".join(data for _, data in run), charset)[0] for charset, run in runs)


def _bytes(encoding: str, encoded: str) -> bytes:
    data = encoded.encode("utf-8", errors="replace")
    if encoding in "qQ":
        return binascii.a2b_qp(data, header=True)
    digits = re.sub(rb"[^A-Za-z0-9+/]", b"", data)
    # Padding may be missing; a single extra digit encodes no byte.
    return binascii.a2b_base64(digits[: len(digits) - (len(digits) % 4 == 1)] + b"==")


def _mailboxes(text: str) -> list[Mailbox]:
    found: list[Mailbox] = []
    surname = ""
    for is_separator, group in groupby(_tokens(text), key=lambda token: token.kind == "separator"):
        if is_separator:
            continue
        tokens = list(group)
        mailboxes = _bracketed(tokens) or _bare(tokens)
        # A token group without an address belongs to the name of the next one: Igielna, Anna <…>.
        name = ", ".join(filter(None, (surname, mailboxes[0].name if mailboxes else _name(tokens))))
        if mailboxes:
            mailboxes[0] = Mailbox(name, mailboxes[0].address)
        surname = "" if mailboxes else name
        found += mailboxes
    return found


def _tokens(text: str) -> list[_Token]:
    return [_Token(str(found.lastgroup), found[str(found.lastgroup)]) for found in _TOKEN.finditer(text)]


def _bracketed(tokens: list[_Token]) -> list[Mailbox]:
    """Return the mailboxes whose address is in angle brackets."""
    return [Mailbox(_name(tokens), line(text)) for kind, text in tokens if kind == "angle"]


def _bare(tokens: list[_Token]) -> list[Mailbox]:
    """Return the mailboxes whose address has no brackets. Quoted text is a name, never an address."""
    words = " ".join("".join(text for kind, text in tokens if kind == "bare").split()).split(" ")
    rest = [_Token("bare", " ".join(word for word in words if "@" not in word))]
    comments = [token for token in tokens if token.kind in ("comment", "quoted", "word")]
    return [Mailbox(_name([*comments, *rest]), line(word)) for word in words if "@" in word]


def _name(tokens: list[_Token]) -> str:
    """Return the name among the tokens of a mailbox, or else a comment."""
    written = "".join(_unquoted(token) for token in tokens if token.kind in ("bare", "quoted", "word"))
    comment = " ".join(_unquoted(token) for token in tokens if token.kind == "comment")
    name = line(written) or line(comment)
    return name[1:-1].strip() if len(name) > 1 and name[0] == name[-1] == "'" else name


def _unquoted(token: _Token) -> str:
    return token.text if token.kind in ("bare", "word") else re.sub(r"\\(.)", r"\1", token.text)
