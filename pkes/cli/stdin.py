"""Text that comes from stdin: read to its end, and cleaned rather than refused."""

import sys

from pkes.characters import clean, decode
from pkes.cli import output
from pkes.i18n import _


def read_text() -> str:
    """Return all of stdin as text, its ends stripped; one warning says what had to be done to it."""
    stream = sys.stdin
    if stream is None:  # closed
        return ""
    text, guessed = decode(stream.buffer.read()) if hasattr(stream, "buffer") else (stream.read(), False)
    text, lost = clean(text)
    done = [
        _("it is not UTF-8 and was read as Windows-1250") if guessed else "",
        _("characters that are not text were left out") if lost else "",
    ]
    if any(done):
        output.warn(_("stdin: {done}").format(done="; ".join(filter(None, done))))
    return text
