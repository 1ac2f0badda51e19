"""Why a file that was given cannot be taken in or made, and why a query cannot be carried out."""

from collections.abc import Callable
from typing import Any

from pkes import errors
from pkes.cli.messages.words import Words
from pkes.i18n import N_, _

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


WORDS: dict[type, Callable[[Any], Words]] = {
    errors.NotMail: _not_mail,
    errors.NotTable: _not_table,
    errors.TooLong: _too_long,
    errors.MissingExtra: _missing_extra,
    errors.WrongQuery: _wrong_query,
}
