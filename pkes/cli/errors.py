"""Exceptions in words: the one place that says what went wrong, what is the way out, and with which exit status."""

import os
import sys
from collections.abc import Callable
from typing import Any, NamedTuple

from pkes import errors
from pkes.characters import safe
from pkes.cli import output
from pkes.cli.wording import did_you_mean, fault, malformed
from pkes.i18n import N_, _, ngettext

USAGE, UNREADABLE, NO_RECORD, UNWRITABLE, FAULT, INTERRUPTED = 2, 3, 4, 5, 70, 130

MOST_CANDIDATES = 20
"""The most records that an ambiguous name lists."""

_STATUSES: tuple[tuple[type[errors.PkesError], int], ...] = (
    (errors.Unreadable, UNREADABLE),
    (errors.NotFound, NO_RECORD),
    (errors.Ambiguous, NO_RECORD),
    (errors.WrongInput, USAGE),
    (errors.GitFailed, USAGE),
    (errors.Unwritable, UNWRITABLE),
)


class Words(NamedTuple):
    """One line that says what is wrong, and lines below it: the way out, where there is one."""

    what: str
    below: tuple[str, ...] = ()


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
            return status, words(error)
    if isinstance(error, output.CannotPrint):
        reason = errors.system_words(error.reason) if isinstance(error.reason, OSError) else _("it is closed")
        return UNWRITABLE, Words(_("stdout cannot be written: {reason}").format(reason=reason))
    if isinstance(error, KeyboardInterrupt):
        return INTERRUPTED, Words(_("interrupted; the registry is as it was"))
    # Without Typer, nothing of its own can have been raised.
    if "typer" in sys.modules:
        from pkes.cli import usage

        if isinstance(error, usage.UsageError):
            what, way_out = usage.words(error)
            return USAGE, Words(what, (way_out,) if way_out else ())
    return FAULT, _fault(error)


def _fault(error: BaseException) -> Words:
    # Neither the message nor the values: they may be personal.
    what = _("a fault of the program itself ({name}); nothing was written").format(name=type(error).__name__)
    return Words(what, (_("please report it with the command and what PKES_DEBUG=1 shows before it"),))


def words(error: errors.PkesError) -> Words:
    """Return an error that the program foresees in words."""
    return next(_WORDS[kind] for kind in type(error).__mro__ if kind in _WORDS)(error)


# The registry cannot be read.


def _no_registry(error: errors.NoRegistry) -> Words:
    what = _('no registry.toml in "{folder}" or any folder above it').format(folder=error.folder)
    return Words(what, (_('name one: "pkes -r PATH …", or PKES_REGISTRY'),))


def _cannot_read(error: errors.CannotRead) -> Words:
    reason = errors.system_words(error.reason)
    return Words(_("{path}: cannot be read: {reason}").format(path=error.path, reason=reason))


_MALFORMED_WAY_OUT = {
    "encoding": N_("save the file as UTF-8"),
    "merge-marker": N_("keep what is right of both sides, and delete the lines of the markers"),
    "format": N_("a newer pkes reads it"),
}


def _malformed(error: errors.Malformed) -> Words:
    place = ":".join([error.path, *(str(number) for number in (error.line, error.column) if number)])
    is_older = error.code == "format" and error.detail["found"] < error.detail["known"]
    way_out = None if is_older else _MALFORMED_WAY_OUT.get(error.code)
    return Words(f"{place}: {malformed(error.code, error.detail)}", (_(way_out),) if way_out else ())


# No such record, or several. What was asked for among inquiries is not repeated: it may be a person.


def _not_found(error: errors.NotFound) -> Words:
    nearest = did_you_mean(error.suggestions)
    if error.kind == "inquiry":
        return Words(_("no such inquiry") + nearest, (_('"pkes inquiry list --status all" shows them all'),))
    what = _('no {kind} "{wanted}"').format(kind=_(_KINDS[error.kind]), wanted=error.wanted)
    return Words(what + nearest, (_('"pkes list --status all" shows them all'),))


def _ambiguous(error: errors.Ambiguous) -> Words:
    count = len(error.candidates)
    if error.kind == "inquiry":
        what = ngettext("{count} inquiry fits", "{count} inquiries fit", count)
    else:
        what = ngettext('{count} member fits "{wanted}"', '{count} members fit "{wanted}"', count)
    shown = error.candidates[:MOST_CANDIDATES]
    longest = max((len(candidate[0]) for candidate in shown), default=0)
    below = [f"  {id.ljust(longest)}  {', '.join(filter(None, others))}" for id, *others in shown]
    if count > len(shown):
        below.append("  " + _("… and {count} more").format(count=count - len(shown)))
    what = what.format(wanted=error.wanted, count=count)
    return Words(_("{what}; an id names one of them:").format(what=what), tuple(below))


# What was given is wrong.

_KINDS = {"member": N_("member"), "inquiry": N_("inquiry"), "sector": N_("sector")}
_UNKNOWN = {
    "command": N_('unknown command "{wanted}"'),
    "field": N_('unknown field "{wanted}"'),
    "sector": N_('unknown sector "{wanted}"'),
    "status": N_('unknown status "{wanted}"'),
}
_ASSIGNMENTS = {
    "form": N_("argument {text} is not FIELD=VALUE"),
    "twice": N_('"{text}" is given twice'),
    "required": N_('"{text}" is required and cannot be cleared'),
    "by-command": N_('"{text}" is set by a command of its own only'),
    "not-list": N_('"{text}" is not a list; only lists take += and -='),
}
_NOT_ALLOWED_WAY_OUT = {
    "step": N_("steps from there: {steps}"),
    "erase": N_('"withdraw" or "decline" closes it'),
}
_NOT_ALLOWED = {
    "step": N_('"{step}" is no step for an inquiry that is {status}'),
    "erased-step": N_('"{step}" is no step for an inquiry that is erased'),
    "erase": N_('the inquiry "{id}" is open and cannot be erased'),
    "coordinator": N_('"{id}" coordinates the cluster and cannot be removed'),
}


def _unknown_name(error: errors.UnknownName) -> Words:
    what = _(_UNKNOWN.get(error.what, N_('unknown word "{wanted}"'))).format(wanted=error.wanted)
    return Words(what + did_you_mean(error.suggestions))


def _wrong_value(error: errors.WrongValue) -> Words:
    return Words(f"{error.field}: {fault(error.code, error.detail, error.field)}")


def _wrong_assignment(error: errors.WrongAssignment) -> Words:
    return Words(_(_ASSIGNMENTS[error.why]).format(text=error.text))


def _missing(error: errors.Missing) -> Words:
    count = len(error.options)
    what = ngettext("{options} is missing", "{options} are missing", count)
    return Words(what.format(options=", ".join(error.options)))


def _taken(error: errors.Taken) -> Words:
    what = _('the id "{value}" is taken') if error.value else _("the name gives no id")
    below = (_("choose another with --id"),) if error.field == "id" else ()
    return Words(what.format(value=error.value), below)


_NOT_MAIL = {
    "not-a-mail": N_("it is no e-mail"),
    "several-mails": N_("there are several e-mails in it"),
    "no-sender": N_("the e-mail has no sender"),
    "several-senders": N_("the e-mail has several senders"),
    "no-text": N_("the e-mail has neither subject nor text"),
}


def _not_mail(error: errors.NotMail) -> Words:
    return Words(_(_NOT_MAIL[error.why]))


def _git_failed(error: errors.GitFailed) -> Words:
    return Words(f"{error.command}: {error.reason}")


def _would_break(error: errors.WouldBreak) -> Words:
    from pkes.cli.findings import in_words

    first, *others = map(in_words, error.findings)
    if not others:
        return Words(_("refused: {finding}").format(finding=first))
    what = _("refused: {count} things would be wrong:").format(count=len(error.findings))
    return Words(what, tuple(f"  {finding}" for finding in (first, *others)))


def _not_allowed(error: errors.NotAllowed) -> Words:
    known = {name: ", ".join(held) if isinstance(held, tuple) else held for name, held in error.detail.items()}
    if error.why == "step" and not known["steps"]:
        known["steps"] = _("none")
    way_out = _NOT_ALLOWED_WAY_OUT.get(error.why)
    below = (_(way_out).format(**known),) if way_out else ()
    return Words(_(_NOT_ALLOWED[error.why]).format(**known), below)


# The registry cannot be written.


def _locked(error: errors.Locked) -> Words:
    what = _("{path}: another program has been writing to it for {seconds:.0f} seconds; nothing was written")
    return Words(what.format(path=error.path, seconds=error.seconds), (_("try again when it has finished"),))


def _changed_meanwhile(error: errors.ChangedMeanwhile) -> Words:
    what = _("{path}: somebody else changed it meanwhile; nothing was written").format(path=error.path)
    return Words(what, (_("try again: the command then works on what is there now"),))


def _cannot_write(error: errors.CannotWrite) -> Words:
    what = _("{path}: cannot be written: {reason}; it is as it was")
    return Words(what.format(path=error.path, reason=errors.system_words(error.reason)))


def _cannot_edit(error: errors.CannotEdit) -> Words:
    what = _("{path}:{line}: this layout cannot be edited safely ({what}); nothing was written")
    way_out = _("write it by hand as a table under a header of its own, or edit that line by hand")
    return Words(what.format(path=error.path, line=error.line, what=error.what), (way_out,))


_WORDS: dict[type, Callable[[Any], Words]] = {
    errors.NoRegistry: _no_registry,
    errors.CannotRead: _cannot_read,
    errors.Malformed: _malformed,
    errors.NotFound: _not_found,
    errors.Ambiguous: _ambiguous,
    errors.UnknownName: _unknown_name,
    errors.WrongValue: _wrong_value,
    errors.WrongAssignment: _wrong_assignment,
    errors.Missing: _missing,
    errors.Taken: _taken,
    errors.WouldBreak: _would_break,
    errors.NotAllowed: _not_allowed,
    errors.NotMail: _not_mail,
    errors.GitFailed: _git_failed,
    errors.Locked: _locked,
    errors.ChangedMeanwhile: _changed_meanwhile,
    errors.CannotWrite: _cannot_write,
    errors.CannotEdit: _cannot_edit,
}
