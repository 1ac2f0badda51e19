"""The end of a command that failed: what is said, and with which exit status it ends."""

import os
import sys

from pkes import errors
from pkes.cli.messages import reasons, system
from pkes.cli.messages.words import Words
from pkes.cli.terminal import output
from pkes.i18n import _
from pkes.text.characters import safe

USAGE, UNREADABLE, NO_RECORD, UNWRITABLE, FAULT, INTERRUPTED = 2, 3, 4, 5, 70, 130

_STATUSES: tuple[tuple[type[errors.PkesError], int], ...] = (
    (errors.Unreadable, UNREADABLE),
    (errors.NotFound, NO_RECORD),
    (errors.Ambiguous, NO_RECORD),
    (errors.WrongInput, USAGE),
    (errors.GitFailed, USAGE),
    (errors.Unwritable, UNWRITABLE),
)


def report(error: BaseException) -> int:
    """Say on stderr what went wrong, and return the exit status."""
    if isinstance(error, BrokenPipeError) or (isinstance(error, output.CannotPrint) and error.is_closed_pipe):
        output.discard()
        return 0
    status, words = _judged(error)
    output.fail(words.what, *words.below)
    if isinstance(error, output.CannotPrint):
        output.discard()
    if status == FAULT and os.environ.get("PKES_DEBUG"):
        import traceback

        output.message(safe("".join(traceback.format_exception(error)), keep="\n"))
    return status


def _judged(error: BaseException) -> tuple[int, Words]:
    for kind, status in _STATUSES:
        if isinstance(error, kind):
            return status, reasons.words(error)
    if isinstance(error, output.CannotPrint):
        reason = system.reason(error.reason) if isinstance(error.reason, OSError) else _("it is closed")
        return UNWRITABLE, Words(_("stdout cannot be written: {reason}").format(reason=reason))
    if isinstance(error, KeyboardInterrupt):
        return INTERRUPTED, Words(_("interrupted; the registry is as it was"))
    # Without Typer, nothing of its own can have been raised.
    if "typer" in sys.modules:
        from pkes.cli.messages import usage

        if isinstance(error, usage.UsageError):
            what, way_out = usage.words(error)
            return USAGE, Words(what, (way_out,) if way_out else ())
    return FAULT, _fault(error)


def _fault(error: BaseException) -> Words:
    # Neither the message nor the values: they may be personal.
    what = _("a fault of the program itself ({name}); nothing was written").format(name=type(error).__name__)
    return Words(what, (_("please report it with the command and what PKES_DEBUG=1 shows before it"),))
