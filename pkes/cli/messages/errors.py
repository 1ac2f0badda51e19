"""The end of a failed command: its error message and exit status."""

import os
import shlex
import sys
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from pkes import errors
from pkes.checks.findings import WouldBreak
from pkes.cli.messages import foreign, rows
from pkes.cli.messages.error_texts import SAID, SET_BY, WAYS_OUT, WHY
from pkes.cli.messages.values import (
    MOST_CHOICES,
    did_you_mean,
    dotted,
    field_name,
    labelled,
    malformed,
    way_out,
    word,
    wrong_value,
)
from pkes.cli.terminal import output
from pkes.cli.terminal.output import MOST_LISTED
from pkes.i18n import _, ngettext
from pkes.importing.rows import BadRows
from pkes.model.records import Inquiry, fields
from pkes.text.characters import safe


class Words(NamedTuple):
    """One line that says what is wrong, and further lines with what to do about it, if any."""

    what: str
    below: tuple[str, ...] = ()


_CODE_FIELDS: dict[type, str] = {
    errors.NotAllowed: "code",
    errors.RegisterFailed: "code",
    errors.NotFound: "kind",
    errors.UnknownName: "what",
    errors.UnknownRevision: "revision",
}
"""The field with the code for `WHY` and `WAYS_OUT`, if it is not `why`."""


def _from_tables(error: errors.PkesError, **others: Any) -> Words:
    """Return the texts of an error, filled in with its fields; `others` override fields or add to them."""
    kind, values = type(error), vars(error) | others
    code = values.get(_CODE_FIELDS.get(kind, "why"), "")
    if isinstance(values.get("reason"), OSError):
        values["reason"] = foreign.reason(values["reason"])
    sentence = SAID[kind] if kind in SAID else WHY[kind][code]
    what = _(sentence).format(**values) + did_you_mean(values.get("suggestions", ()))
    ways_out = WAYS_OUT.get(kind, "")
    below = ways_out if isinstance(ways_out, str) else ways_out.get(code, "")
    return Words(what, (_(below).format(**values),) if below else ())


def _malformed(error: errors.Malformed) -> Words:
    place = ":".join([error.path, *(str(number) for number in (error.line, error.column) if number)])
    return Words(f"{place}: {malformed(error.code, error.detail)}", way_out(error.code, error.detail))


def _ambiguous(error: errors.Ambiguous) -> Words:
    count = len(error.candidates)
    if error.kind == "inquiry":
        what = ngettext(
            "{count} inquiry fits; an id names one of them:", "{count} inquiries fit; an id names one of them:", count
        )
    elif error.kind == "record":
        what = ngettext(
            "{count} record fits; an id names one of them:", "{count} records fit; an id names one of them:", count
        )
    else:
        what = ngettext(
            '{count} member fits "{wanted}"; an id names one of them:',
            '{count} members fit "{wanted}"; an id names one of them:',
            count,
        )
    # stderr may go to a log, which must not name persons.
    shown = error.candidates[:MOST_LISTED]
    if error.with_names and output.is_terminal(sys.stderr):
        topic = fields(Inquiry)["topic"]
        shown = [(id, *(word(one, topic) for one in others)) for id, *others in error.with_names[:MOST_LISTED]]
    longest = max((len(candidate[0]) for candidate in shown), default=0)
    below = [f"  {id.ljust(longest)}  {', '.join(filter(None, others))}" for id, *others in shown]
    if count > len(shown):
        below.append("  " + _("… and {count} more").format(count=count - len(shown)))
    return Words(what.format(wanted=error.wanted, count=count), tuple(below))


def _unknown_name(error: errors.UnknownName) -> Words:
    from pkes.checks.codes import CODES

    words = _from_tables(error)
    if error.what == "code" and not error.suggestions:
        return Words(words.what, (_("the codes: {codes}").format(codes=", ".join(CODES)),))
    if error.what == "command" and not error.suggestions:
        return Words(words.what, (_('"pkes --help" lists the commands'),))
    if error.what == "field" and error.choices:
        return Words(words.what, (_("fields: {names}").format(names=", ".join(map(_, error.choices.values()))),))
    if 0 < len(error.choices) <= MOST_CHOICES:
        return Words(words.what, (_("it can be: {words}").format(words=labelled(error.choices)),))
    return words


def _unknown_revision(error: errors.UnknownRevision | errors.UnknownVersion) -> Words:
    words = _from_tables(error)
    fetch = (_('it may not be fetched yet: "{command}"').format(command=error.fetch),) if error.fetch else ()
    return Words(words.what, fetch + words.below)


def _unreadable_revision(error: errors.UnreadableRevision) -> Words:
    what, below = _malformed(error.problem)
    return Words(_("nothing to compare with: {what}").format(what=what), below)


def _wrong_value(error: errors.WrongValue) -> Words:
    # Arguments of a command are named as in its help.
    name = _(error.field) if error.field.isupper() else field_name(error.field)
    return Words(f"{name}: {wrong_value(error.code, error.detail, error.field, is_typed=True)}")


def _wrong_assignment(error: errors.WrongAssignment) -> Words:
    way_out = SET_BY.get(error.text) if error.why == "by-command" else None
    return Words(_from_tables(error, text=field_name(error.text)).what, (_(way_out),) if way_out else ())


def _missing(error: errors.Missing) -> Words:
    what = ngettext("{options} is missing", "{options} are missing", len(error.options))
    return Words(what.format(options=", ".join(error.options)))


def _taken(error: errors.Taken) -> Words:
    what = _('the id "{value}" is taken').format(value=error.value) if error.value else _("the name gives no id")
    return Words(what, (_("choose another with --id"),) if error.field == "id" else ())


def _no_editor(error: errors.NoEditor) -> Words:
    return Words(f"{error.named_by}: {_from_tables(error).what}")


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
    detail = {name: ", ".join(held) if isinstance(held, tuple) else held for name, held in error.detail.items()}
    if "steps" in detail:
        detail["steps"] = detail["steps"] or _("none")
    if "status" in detail:
        detail["status"] = word(detail["status"], fields(Inquiry)["status"]) or _("of no status")
    return _from_tables(error, **detail)


def _sector_in_use(error: errors.SectorInUse) -> Words:
    members = ngettext("{count} member", "{count} members", error.members).format(count=error.members)
    inquiries = ngettext("{count} inquiry", "{count} inquiries", error.inquiries).format(count=error.inquiries)
    uses = [members] * bool(error.members) + [inquiries] * bool(error.inquiries)
    commands = ["pkes list"] * bool(error.members) + ["pkes inquiry list"] * bool(error.inquiries)
    shows = _('"{command}" shows them')
    return Words(
        _from_tables(error, uses=", ".join(uses)).what,
        tuple(shows.format(command=f"{command} -s {error.id} --status all") for command in commands),
    )


def _not_table(error: errors.NotTable) -> Words:
    what, below = _from_tables(error)
    return Words(_("line {line}: {what}").format(line=error.line, what=what) if error.line else what, below)


def _wrong_query(error: errors.WrongQuery) -> Words:
    if not error.reason:
        return Words(_("there is no statement in the query"))
    # SQLite has several messages for it.
    denied = ("not authorized", "authorization denied")
    below = (_("a query only reads: SELECT …, WITH … SELECT …, VALUES …"),) if error.reason.startswith(denied) else ()
    return Words(_("SQLite: {reason}").format(reason=error.reason), below)


def _cannot_edit(error: errors.CannotEdit) -> Words:
    below = _('"pkes fmt {path}" brings it into a form that can be edited').format(path=shlex.quote(error.path))
    return Words(_from_tables(error, what=dotted(error.what)).what, (below,))


def _register_failed(error: errors.RegisterFailed) -> Words:
    return _from_tables(error, **error.detail)


def _bad_rows(error: BadRows) -> Words:
    what = ngettext("{count} row cannot be imported:", "{count} rows cannot be imported:", len(error.rows))
    below = [*rows.listed(error.rows)]
    if len(error.rows) < error.total:
        below.append(_("--skip-bad leaves them out and takes the rest"))
    return Words(what.format(count=len(error.rows)), tuple(below))


def _two_columns(error: errors.TwoColumns) -> Words:
    one, other = map(rows.short, error.headers)
    return _from_tables(error, one=one, other=other, field=field_name(error.field))


def _too_long(error: errors.TooLong) -> Words:
    return _from_tables(error, field=field_name(error.field))


def _no_columns(error: errors.NoColumns) -> Words:
    return _from_tables(error, names=rows.headers(error.headers))


def _not_saved(error: errors.NotSaved) -> Words:
    if error.why != "git":
        return _from_tables(error)
    first, *others = error.said.splitlines() or [""]
    return Words(_from_tables(error, said=foreign.translated(first)).what, tuple(others))


BY_FUNCTION: dict[type, Callable[[Any], Words]] = {
    errors.Malformed: _malformed,
    errors.Ambiguous: _ambiguous,
    errors.UnknownName: _unknown_name,
    errors.UnknownRevision: _unknown_revision,
    errors.UnknownVersion: _unknown_revision,
    errors.UnreadableRevision: _unreadable_revision,
    errors.WrongValue: _wrong_value,
    errors.WrongAssignment: _wrong_assignment,
    errors.Missing: _missing,
    errors.Taken: _taken,
    errors.NoEditor: _no_editor,
    errors.GitFailed: _git_failed,
    WouldBreak: _would_break,
    errors.NotAllowed: _not_allowed,
    errors.SectorInUse: _sector_in_use,
    errors.NotTable: _not_table,
    errors.WrongQuery: _wrong_query,
    errors.CannotEdit: _cannot_edit,
    BadRows: _bad_rows,
    errors.TwoColumns: _two_columns,
    errors.NoColumns: _no_columns,
    errors.TooLong: _too_long,
    errors.NotSaved: _not_saved,
    errors.RegisterFailed: _register_failed,
}
"""Functions for the errors that need more than the tables."""


def words(error: errors.PkesError) -> Words:
    """Return an expected error in words."""
    kind = type(error)
    return BY_FUNCTION[kind](error) if kind in BY_FUNCTION else _from_tables(error)


USAGE, UNREADABLE, NO_RECORD, UNWRITABLE, INTERNAL_ERROR, INTERRUPTED = 2, 3, 4, 5, 70, 130

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
    """Print an error on stderr, and return the exit status."""
    if isinstance(error, BrokenPipeError) or (isinstance(error, output.CannotPrint) and error.is_closed_pipe):
        output.discard()
        return 0
    if isinstance(error, errors.Several):
        return _report_each(error.found)
    status, words = _status_and_words(error)
    output.fail(words.what, *words.below)
    if isinstance(error, output.CannotPrint):
        output.discard()
    if status == INTERNAL_ERROR and os.environ.get("PKES_DEBUG"):
        import traceback

        output.message(safe("".join(traceback.format_exception(error)), keep="\n"))
    return status


def _report_each(found: Sequence[errors.PkesError]) -> int:
    """Say what each of several errors is, the same way out but once, and return the highest exit status."""
    status, said = zip(*map(_status_and_words, found), strict=True)
    for number, (what, below) in enumerate(said):
        comes_again = any(later.below == below for later in said[number + 1 :])
        output.fail(what, *(() if comes_again else below))
    return int(max(status))


def _status_and_words(error: BaseException) -> tuple[int, Words]:
    for kind, status in _STATUSES:
        if isinstance(error, kind):
            return status, words(error)
    if isinstance(error, output.CannotPrint):
        reason = foreign.reason(error.reason) if isinstance(error.reason, OSError) else _("it is closed")
        return UNWRITABLE, Words(_("stdout cannot be written: {reason}").format(reason=reason))
    if isinstance(error, KeyboardInterrupt):
        return INTERRUPTED, Words(_("interrupted; the registry is as it was"))
    # If Typer was not imported, the error cannot be one of its own.
    if "typer" in sys.modules:
        import typer

        from pkes.cli.messages import usage

        if isinstance(error, typer.TyperException):
            what, way_out = usage.words(error)
            return USAGE, Words(what, (way_out,) if way_out else ())
    # Neither the message nor values: they may be personal.
    what = _("a fault of the program itself ({name}); nothing was written").format(name=type(error).__name__)
    report_it = _("please report it with the command and what PKES_DEBUG=1 shows before it")
    return INTERNAL_ERROR, Words(what, (report_it,))
