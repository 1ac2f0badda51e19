"""The end of a command that failed: what is said, and with which exit status it ends."""

import os
import shlex
import sys
from collections.abc import Callable
from typing import Any, NamedTuple

from pkes import errors
from pkes.checks.findings import WouldBreak
from pkes.cli.messages import foreign, rows
from pkes.cli.messages.values import did_you_mean, dotted, fault, malformed, way_out, word
from pkes.cli.terminal import output
from pkes.cli.terminal.output import MOST_LISTED
from pkes.i18n import N_, _, ngettext
from pkes.importing.rows import BadRows
from pkes.model.records import Inquiry, fields
from pkes.text.characters import safe


class Words(NamedTuple):
    """One line that says what is wrong, and lines below it: the way out, where there is one."""

    what: str
    below: tuple[str, ...] = ()


def _no_registry(error: errors.NoRegistry) -> Words:
    what = _('no registry.toml in "{folder}" or any folder above it').format(folder=error.folder)
    return Words(what, (_('name one: "pkes -r PATH …", or PKES_REGISTRY'),))


def _cannot_read(error: errors.CannotRead) -> Words:
    reason = foreign.reason(error.reason)
    return Words(_("{path}: cannot be read: {reason}").format(path=error.path, reason=reason))


def _malformed(error: errors.Malformed) -> Words:
    place = ":".join([error.path, *(str(number) for number in (error.line, error.column) if number)])
    return Words(f"{place}: {malformed(error.code, error.detail)}", way_out(error.code, error.detail))


def _not_in_revision(error: errors.NotInRevision) -> Words:
    return Words(_("{revision}:{path}: git has no such file there").format(revision=error.revision, path=error.path))


_UNREADABLE: dict[type, Callable[[Any], Words]] = {
    errors.NoRegistry: _no_registry,
    errors.CannotRead: _cannot_read,
    errors.Malformed: _malformed,
    errors.NotInRevision: _not_in_revision,
}


def _not_found(error: errors.NotFound) -> Words:
    nearest = did_you_mean(error.suggestions)
    if error.kind == "inquiry":
        return Words(_("no such inquiry") + nearest, (_('"pkes inquiry list --status all" shows them all'),))
    if error.kind == "record":
        return Words(_("no such record, neither now nor in the history") + nearest)
    return Words(
        _('no member "{wanted}"').format(wanted=error.wanted) + nearest, (_('"pkes list --status all" shows them all'),)
    )


def _ambiguous(error: errors.Ambiguous) -> Words:
    count = len(error.candidates)
    if error.kind == "inquiry":
        what = ngettext(
            "{count} inquiry fits; an id names one of them:", "{count} inquiries fit; an id names one of them:", count
        )
    else:
        what = ngettext(
            '{count} member fits "{wanted}"; an id names one of them:',
            '{count} members fit "{wanted}"; an id names one of them:',
            count,
        )
    shown = error.candidates[:MOST_LISTED]
    longest = max((len(candidate[0]) for candidate in shown), default=0)
    below = [f"  {id.ljust(longest)}  {', '.join(filter(None, others))}" for id, *others in shown]
    if count > len(shown):
        below.append("  " + _("… and {count} more").format(count=count - len(shown)))
    return Words(what.format(wanted=error.wanted, count=count), tuple(below))


_LOOKUP: dict[type, Callable[[Any], Words]] = {
    errors.NotFound: _not_found,
    errors.Ambiguous: _ambiguous,
}


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
    "coordinator": N_('another coordinates it after "pkes cluster edit coordinator=MEMBER"'),
    "coordinator-leaves": N_('another coordinates it after "pkes cluster edit coordinator=MEMBER"'),
    "never-saved": N_('"pkes save" saves it'),
    "not-changed": N_('"pkes history" shows what did'),
}
_NOT_ALLOWED = {
    "step": N_('"{step}" is no step for an inquiry that is {status}'),
    "erased-step": N_('"{step}" is no step for an inquiry that is erased'),
    "erase": N_('the inquiry "{id}" is open and cannot be erased'),
    "coordinator": N_('"{id}" coordinates the cluster and cannot be removed'),
    "coordinator-leaves": N_('"{id}" coordinates the cluster and cannot leave'),
    "never-saved": N_("the registry was never saved: there is nothing to go back to"),
    "not-changed": N_('"{revision}" did not change the registry'),
    "no-registry-before": N_("{revision} made the registry: there was none before"),
}


def _unknown_name(error: errors.UnknownName) -> Words:
    from pkes.checks.codes import CODES

    what = _(_UNKNOWN.get(error.what, N_('unknown word "{wanted}"'))).format(wanted=error.wanted)
    below = (
        (_("the codes: {codes}").format(codes=", ".join(CODES)),)
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
    reason = foreign.reason(error.reason) if error.reason else ""
    what = _(_NO_EDITOR[error.why]).format(reason=reason, status=error.status)
    return Words(f"{error.named_by}: {what}")


def _git_failed(error: errors.GitFailed) -> Words:
    return Words(f"{error.command}: {foreign.translated(error.reason)}")


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
    if error.code == "step" and not known["steps"]:
        known["steps"] = _("none")
    if "status" in known:
        known["status"] = word(known["status"], fields(Inquiry)["status"]) or _("of no status")
    way_out = _NOT_ALLOWED_WAY_OUT.get(error.code)
    below = (_(way_out).format(**known),) if way_out else ()
    return Words(_(_NOT_ALLOWED[error.code]).format(**known), below)


def _sector_in_use(error: errors.SectorInUse) -> Words:
    members = ngettext("{count} member", "{count} members", error.members).format(count=error.members)
    inquiries = ngettext("{count} inquiry", "{count} inquiries", error.inquiries).format(count=error.inquiries)
    uses = ", ".join([members] * bool(error.members) + [inquiries] * bool(error.inquiries))
    what = _('the sector "{id}" is in use and cannot be removed: {uses}').format(id=error.id, uses=uses)
    commands = ["pkes list"] * bool(error.members) + ["pkes inquiry list"] * bool(error.inquiries)
    shows = _('"{command}" shows them')
    return Words(what, tuple(shows.format(command=f"{command} -s {error.id} --status all") for command in commands))


_GIVEN: dict[type, Callable[[Any], Words]] = {
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


_NOT_MAIL = {
    "not-a-mail": N_("it is no e-mail"),
    "several-mails": N_("there are several e-mails in it"),
    "no-sender": N_("the e-mail has no sender"),
    "several-senders": N_("the e-mail has several senders"),
    "no-text": N_("the e-mail has neither subject nor text"),
}


def _not_mail(error: errors.NotMail) -> Words:
    return Words(_(_NOT_MAIL[error.why]))


_NOT_TABLE = {
    "empty": N_("there is nothing in it"),
    "binary": N_("it is neither text nor a spreadsheet"),
    "encoding": N_("it is not UTF-8"),
    "quote": N_("a quotation mark opens a cell that does not end where it should"),
    "json": N_("it is not JSON"),
    "spreadsheet": N_("it is no spreadsheet that can be read"),
    "old-spreadsheet": N_("it is a spreadsheet of the old form (.xls)"),
    "open-document": N_("it is a spreadsheet of another form (.ods)"),
    "encrypted": N_("it is protected by a password"),
    "merged": N_("the headers stand in merged cells"),
    "too-big": N_("it unpacks to more than a spreadsheet of members could hold"),
}

_NOT_TABLE_WAY_OUT = {
    "quote": N_("inside a cell it is written twice, and the cell stands between two more"),
    "old-spreadsheet": N_("save it as .xlsx"),
    "open-document": N_("save it as .xlsx"),
    "encrypted": N_("save it without a password"),
    "merged": N_("the first line that is not empty has to be the headers, each in a cell of its own"),
}


def _not_table(error: errors.NotTable) -> Words:
    what = _(_NOT_TABLE[error.why])
    if error.line:
        what = _("line {line}: {what}").format(line=error.line, what=what)
    way_out = _NOT_TABLE_WAY_OUT.get(error.why)
    return Words(what, (_(way_out),) if way_out else ())


def _too_long(error: errors.TooLong) -> Words:
    what = _("{id}, {field}: longer than a cell of a spreadsheet can be ({most:,} characters)")
    return Words(what.format(id=error.id, field=error.field, most=error.most), (_("csv and json take any length"),))


def _missing_extra(error: errors.MissingExtra) -> Words:
    what = _("spreadsheets need a library that is not installed")
    return Words(what, (f'pip install "pkes[{error.extra}]"',))


def _wrong_query(error: errors.WrongQuery) -> Words:
    if not error.reason:
        return Words(_("there is no statement in the query"))
    # SQLite says it in several ways.
    denied = ("not authorized", "authorization denied")
    below = (_("a query only reads: SELECT …, WITH … SELECT …, VALUES …"),) if error.reason.startswith(denied) else ()
    return Words(_("SQLite: {reason}").format(reason=error.reason), below)


_FILES: dict[type, Callable[[Any], Words]] = {
    errors.NotMail: _not_mail,
    errors.NotTable: _not_table,
    errors.TooLong: _too_long,
    errors.MissingExtra: _missing_extra,
    errors.WrongQuery: _wrong_query,
}


def _locked(error: errors.Locked) -> Words:
    what = _("{path}: another program has been writing to it for {seconds:.0f} seconds; nothing was written")
    return Words(what.format(path=error.path, seconds=error.seconds), (_("try again when it has finished"),))


def _changed_meanwhile(error: errors.ChangedMeanwhile) -> Words:
    what = _("{path}: somebody else changed it meanwhile; nothing was written").format(path=error.path)
    return Words(what, (_("try again: the command then works on what is there now"),))


def _cannot_write(error: errors.CannotWrite) -> Words:
    what = _("{path}: cannot be written: {reason}; it is as it was")
    return Words(what.format(path=error.path, reason=foreign.reason(error.reason)))


def _already_there(error: errors.AlreadyThere) -> Words:
    return Words(_("{path}: it is there already, and was not overwritten").format(path=error.path))


def _cannot_edit(error: errors.CannotEdit) -> Words:
    what = _("{path}:{line}: this layout cannot be edited safely ({what}); nothing was written")
    way_out = _('"pkes fmt {path}" brings it into a form that can be edited').format(path=shlex.quote(error.path))
    return Words(what.format(path=error.path, line=error.line, what=dotted(error.what)), (way_out,))


_CANNOT_EXTEND = {
    "link": (N_("{path}: it is a symbolic link, which git does not follow"), N_("put a file of its own there")),
    "encoding": (N_("{path}: not UTF-8; it is as it was"), N_("save the file as UTF-8")),
}


def _cannot_extend(error: errors.CannotExtend) -> Words:
    what, way_out = _CANNOT_EXTEND[error.why]
    return Words(_(what).format(path=error.path), (_(way_out),))


_UNWRITABLE: dict[type, Callable[[Any], Words]] = {
    errors.Locked: _locked,
    errors.ChangedMeanwhile: _changed_meanwhile,
    errors.CannotWrite: _cannot_write,
    errors.AlreadyThere: _already_there,
    errors.CannotEdit: _cannot_edit,
    errors.CannotExtend: _cannot_extend,
}


def _bad_rows(error: BadRows) -> Words:
    what = ngettext("{count} row cannot be imported:", "{count} rows cannot be imported:", len(error.rows))
    below = [*rows.listed(error.rows)]
    if len(error.rows) < error.total:
        below.append(_("--skip-bad leaves them out and takes the rest"))
    return Words(what.format(count=len(error.rows)), tuple(below))


def _two_columns(error: errors.TwoColumns) -> Words:
    one, other = map(rows.short, error.headers)
    what = _('the columns "{one}" and "{other}" would both be {field}').format(one=one, other=other, field=error.field)
    return Words(what, (_('--map "{other}=" leaves one out').format(other=other),))


def _no_columns(error: errors.NoColumns) -> Words:
    what = _("none of the columns is a field: {names}").format(names=rows.headers(error.headers))
    return Words(what, (_('--map "COLUMN=FIELD" says which field a column is; the headers stand in the first line'),))


_ROWS: dict[type, Callable[[Any], Words]] = {
    BadRows: _bad_rows,
    errors.TwoColumns: _two_columns,
    errors.NoColumns: _no_columns,
}


def _not_saved(error: errors.NotSaved) -> Words:
    if error.why == "unfinished":
        what = _("not saved: something is under way in the repository ({said})")
        return Words(what.format(said=error.said), (_('finish it with git, or end it with "--abort"'),))
    first, *others = error.said.splitlines() or [""]
    return Words(_("not saved; git says: {said}").format(said=foreign.translated(first)), tuple(others))


WORDS = {errors.NotSaved: _not_saved, **_UNREADABLE, **_LOOKUP, **_GIVEN, **_FILES, **_ROWS, **_UNWRITABLE}


def words(error: errors.PkesError) -> Words:
    """Return an error that the program foresees in words."""
    return next(WORDS[kind] for kind in type(error).__mro__ if kind in WORDS)(error)


USAGE, UNREADABLE, NO_RECORD, UNWRITABLE, FAULT, INTERRUPTED = 2, 3, 4, 5, 70, 130

_STATUSES: tuple[tuple[type[errors.PkesError], int], ...] = (
    (errors.Unreadable, UNREADABLE),
    (errors.NotFound, NO_RECORD),
    (errors.Ambiguous, NO_RECORD),
    (errors.WrongInput, USAGE),
    (errors.GitFailed, USAGE),
    (errors.NotSaved, UNWRITABLE),
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
            return status, words(error)
    if isinstance(error, output.CannotPrint):
        reason = foreign.reason(error.reason) if isinstance(error.reason, OSError) else _("it is closed")
        return UNWRITABLE, Words(_("stdout cannot be written: {reason}").format(reason=reason))
    if isinstance(error, KeyboardInterrupt):
        return INTERRUPTED, Words(_("interrupted; the registry is as it was"))
    # Without Typer, nothing of its own can have been raised.
    if "typer" in sys.modules:
        import typer

        from pkes.cli.messages import usage

        if isinstance(error, typer.TyperException):
            what, way_out = usage.words(error)
            return USAGE, Words(what, (way_out,) if way_out else ())
    return FAULT, _fault(error)


def _fault(error: BaseException) -> Words:
    # Neither the message nor the values: they may be personal.
    what = _("a fault of the program itself ({name}); nothing was written").format(name=type(error).__name__)
    return Words(what, (_("please report it with the command and what PKES_DEBUG=1 shows before it"),))
