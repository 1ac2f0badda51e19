"""Whole inputs from stdin or a file: bytes, text (cleaned, not rejected), and e-mails."""

import datetime
import os
import sys
from collections.abc import Iterable, Sequence
from typing import Any

import typer

from pkes.cli.terminal import output
from pkes.i18n import N_, _
from pkes.storage import sources
from pkes.text.characters import clean, clean_lines, safe
from pkes.text.charsets import NAMES, undeclared

STDIN = "-"
"""The name for stdin instead of a file; a file of that name is `./-`."""

_DONE = {
    "date": N_("its Date cannot be right, so today was taken"),
    "headers": N_("a line among its headers is none and was left out"),
    "characters": N_("characters that are not text were left out"),
    "forwarded": N_("the text is that of the mail that was forwarded"),
}


def require_stdin_once(names: Sequence[str | None]) -> None:
    """Raise `BadParameter` if stdin is named twice: it can be read only once."""
    if names.count(STDIN) > 1:
        raise typer.BadParameter(_("stdin can only be read once"), param_hint=STDIN)


def read_text() -> str:
    """Return all of stdin as text, stripped; one warning says how it was cleaned."""
    text, charset = undeclared(read_bytes(STDIN))
    text, lost = clean(text)
    _warn(_("stdin"), _codes(charset, lost=lost))
    return text


def typed(text: str, charset: str | None) -> str:
    """Return a text from an editor, cleaned; one warning says how.

    `charset` is the one in which it had to be read, or None for UTF-8.
    """
    text, lost = clean_lines(text)
    _warn(_("the text"), _codes(charset, lost=lost))
    return text


def read_mail(source: str, today: datetime.date, *, has_day: bool) -> dict[str, Any]:
    """Return the fields of an inquiry from an e-mail, in a file or, for `-`, from stdin.

    A day after today comes from a wrong clock: `received` is left out. `has_day` says that the user gives the day, so
    that the e-mail's does not matter. One warning says how the e-mail was cleaned; others name a From that is not the
    person, and the attachments that were left out. Raises `CannotRead`, and `NotMail` if it cannot become an inquiry.
    """
    from pkes.mail import message

    read = message.read(read_bytes(source))
    received = read.received if read.received and read.received <= today else None
    is_wrong = "date" in read.notes or received != read.received
    notes = [code for code in read.notes if code != "date"]
    _warn(_("the e-mail"), ["date", *notes] if is_wrong and not has_day else notes)
    if read.sender:
        output.warn(_("the person is taken from Reply-To; From is {names}").format(names=", ".join(read.sender)))
    if read.attachments:
        output.warn(_("attachments were left out: {names}").format(names=", ".join(read.attachments)))
    values = {
        "person": read.person,
        "email": read.email,
        "received": received,
        "message": read.message,
        "channel": "email",
    }
    return {name: value for name, value in values.items() if value}


def read_bytes(source: str) -> bytes:
    """Return everything in a file, a pipe or a device or, for `-`, in stdin.

    Raises `CannotRead`, and `Malformed` if it exceeds the size limit.
    """
    if source != STDIN:
        return sources.read_any(source)
    with sources.named(STDIN):
        return _stdin()


def _stdin() -> bytes:
    stream = sys.stdin
    if stream is None:  # closed
        return b""
    if hasattr(stream, "buffer"):
        return sources.within_bounds(stream.buffer.read)
    return os.fsencode(stream.read())


def _warn(what: str, codes: Iterable[str]) -> None:
    done = "; ".join(map(_done, codes))
    if done:
        output.warn(f"{safe(what)}: {done}")


def _codes(charset: str | None, *, lost: bool) -> list[str]:
    return [code for code in (charset, "characters" if lost else None) if code]


def _done(code: str) -> str:
    if code in NAMES:
        return _("it is not UTF-8 and was read as {charset}").format(charset=NAMES[code])
    return _(_DONE[code])
