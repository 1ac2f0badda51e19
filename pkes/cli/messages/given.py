"""Why what was given cannot be used."""

from collections.abc import Callable
from typing import Any

from pkes import errors
from pkes.checks.findings import SEVERITIES, WouldBreak
from pkes.cli.messages import system
from pkes.cli.messages.values import did_you_mean, fault, word
from pkes.cli.messages.words import Words
from pkes.i18n import N_, _, ngettext
from pkes.model.records import Inquiry, fields

_UNKNOWN = {
    "command": N_('unknown command "{wanted}"'),
    "kind": N_('unknown kind of record "{wanted}"'),
    "format": N_('unknown format "{wanted}"'),
    "field": N_('unknown field "{wanted}"'),
    "column": N_('no column "{wanted}"'),
    "sector": N_('unknown sector "{wanted}"'),
    "status": N_('unknown status "{wanted}"'),
    "code": N_('unknown code "{wanted}"'),
    "shell": N_('unknown shell "{wanted}"'),
    "number": N_('"{wanted}" is none of the numbers'),
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
    below = (
        (_("the codes: {codes}").format(codes=", ".join(SEVERITIES)),)
        if error.what == "code" and not error.suggestions
        else ()
    )
    return Words(what + did_you_mean(error.suggestions), below)


def _unknown_revision(error: errors.UnknownRevision) -> Words:
    below = (_("nothing is committed yet"),) if error.revision == "HEAD" else ()
    return Words(_('git knows no revision "{revision}"').format(revision=error.revision), below)


def _unknown_version(error: errors.UnknownVersion) -> Words:
    what = _('"{name}" is neither a revision that git knows nor a file').format(name=error.name)
    return Words(what, (_('"pkes history" shows the revisions'),))


def _no_repository(error: errors.NoRepository) -> Words:
    return Words(_("{path}: it stands in no git repository, or git is not installed").format(path=error.path))


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


_NO_EDITOR = {
    "none": N_("it is not set, and no editor was found"),
    "quote": N_("a quotation mark in it is not closed"),
    "start": N_("the editor cannot be started: {reason}"),
    "status": N_("the editor ended with status {status}; nothing was changed"),
}


def _no_editor(error: errors.NoEditor) -> Words:
    reason = system.reason(error.reason) if error.reason else ""
    what = _(_NO_EDITOR[error.why]).format(reason=reason, status=error.status)
    return Words(f"{error.named_by}: {what}")


def _git_failed(error: errors.GitFailed) -> Words:
    return Words(f"{error.command}: {system.translated(error.reason)}")


def _would_break(error: WouldBreak) -> Words:
    from pkes.cli.messages.findings import in_words

    first, *others = map(in_words, error.findings)
    if not others:
        return Words(_("refused: {finding}").format(finding=first))
    count = len(error.findings)
    what = ngettext("refused: {count} thing would be wrong:", "refused: {count} things would be wrong:", count)
    return Words(what.format(count=count), tuple(f"  {finding}" for finding in (first, *others)))


def _not_allowed(error: errors.NotAllowed) -> Words:
    known = {name: ", ".join(held) if isinstance(held, tuple) else held for name, held in error.detail.items()}
    if error.why == "step" and not known["steps"]:
        known["steps"] = _("none")
    if "status" in known:
        known["status"] = word(known["status"], fields(Inquiry)["status"]) or _("of no status")
    way_out = _NOT_ALLOWED_WAY_OUT.get(error.why)
    below = (_(way_out).format(**known),) if way_out else ()
    return Words(_(_NOT_ALLOWED[error.why]).format(**known), below)


def _sector_in_use(error: errors.SectorInUse) -> Words:
    members = ngettext("{count} member", "{count} members", error.members).format(count=error.members)
    inquiries = ngettext("{count} inquiry", "{count} inquiries", error.inquiries).format(count=error.inquiries)
    uses = ", ".join([members] * bool(error.members) + [inquiries] * bool(error.inquiries))
    what = _('the sector "{id}" is in use and cannot be removed: {uses}').format(id=error.id, uses=uses)
    commands = ["pkes list"] * bool(error.members) + ["pkes inquiry list"] * bool(error.inquiries)
    shows = _('"{command}" shows them')
    return Words(what, tuple(shows.format(command=f"{command} -s {error.id} --status all") for command in commands))


WORDS: dict[type, Callable[[Any], Words]] = {
    errors.UnknownName: _unknown_name,
    errors.UnknownRevision: _unknown_revision,
    errors.UnknownVersion: _unknown_version,
    errors.NoRepository: _no_repository,
    errors.WrongValue: _wrong_value,
    errors.WrongAssignment: _wrong_assignment,
    errors.Missing: _missing,
    errors.NoEditor: _no_editor,
    errors.Taken: _taken,
    errors.SectorInUse: _sector_in_use,
    WouldBreak: _would_break,
    errors.NotAllowed: _not_allowed,
    errors.GitFailed: _git_failed,
}
