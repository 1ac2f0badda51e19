"""The texts for each class of errors: what is wrong, and what can be done about it.

`messages.errors` fills in the fields of the error, and has functions for errors that need more than these texts.
"""

from pkes import errors
from pkes.i18n import N_

SAID: dict[type, str] = {
    errors.NoRegistry: N_('no registry.toml in "{folder}" or any folder above it'),
    errors.CannotRead: N_("{path}: cannot be read: {reason}"),
    errors.NotInRevision: N_("{revision}:{path}: git has no such file there"),
    errors.UnknownRevision: N_('git knows no revision "{revision}"'),
    errors.UnknownVersion: N_('"{name}" is neither a revision that git knows nor a file'),
    errors.NoCommonHistory: N_('"{one}" and "{other}" have no common history'),
    errors.NoRepository: N_("{path}: it stands in no git repository, or git is not installed"),
    errors.SectorInUse: N_('the sector "{id}" is in use and cannot be removed: {uses}'),
    errors.TwoColumns: N_('the columns "{one}" and "{other}" would both be {field}'),
    errors.NoColumns: N_("none of the columns is a field: {names}"),
    errors.TooLong: N_("{id}, {field}: longer than a cell of a spreadsheet can be ({most:,} characters)"),
    errors.MissingExtra: N_("spreadsheets need a library that is not installed"),
    errors.NotSecure: N_("{named_by}: not an https address without parameters (http only to this machine itself)"),
    errors.Locked: N_("{path}: another program has been writing to it for {seconds:.0f} seconds; nothing was written"),
    errors.ChangedMeanwhile: N_("{path}: somebody else changed it meanwhile; nothing was written"),
    errors.CannotWrite: N_("{path}: cannot be written: {reason}; it is as it was"),
    errors.CannotLock: N_("{path}: its lock {lock} cannot be taken: {reason}; nothing was written"),
    errors.AlreadyThere: N_("{path}: it is there already, and was not overwritten"),
    errors.CannotEdit: N_("{path}:{line}: this layout cannot be edited safely ({what}); nothing was written"),
}
"""The sentence for each class of errors with a single one; the fields of the error fill it in."""

WHY: dict[type, dict[str, str]] = {
    errors.NotFound: {
        "inquiry": N_("no such inquiry"),
        "record": N_("no such record, neither now nor in the history"),
        "member": N_('no member "{wanted}"'),
        "member-or-inquiry": N_("no such member or inquiry"),
    },
    errors.UnknownName: {
        "command": N_('unknown command "{wanted}"'),
        "kind": N_('unknown kind of record "{wanted}"'),
        "format": N_('unknown format "{wanted}"'),
        "field": N_('unknown field "{wanted}"'),
        "column": N_('no column "{wanted}"'),
        "sector": N_('unknown sector "{wanted}"'),
        "sector-label": N_('several sectors are called "{wanted}"'),
        "status": N_('unknown status "{wanted}"'),
        "code": N_('unknown code "{wanted}"'),
        "shell": N_('unknown shell "{wanted}"'),
        "number": N_('"{wanted}" is none of the numbers'),
    },
    errors.NotInClone: {
        "shallow": N_('"{revision}": this shallow clone does not reach back far enough'),
        "partial": N_('"{revision}": this partial clone does not hold what is needed'),
    },
    errors.WrongAssignment: {
        "form": N_("argument {text} is not FIELD=VALUE"),
        "twice": N_('"{text}" is given twice'),
        "required": N_('"{text}" is required and cannot be cleared'),
        "by-command": N_('"{text}" is set by a command of its own only'),
        "not-list": N_('"{text}" is not a list; only lists take += and -='),
    },
    errors.NoEditor: {
        "none": N_("it is not set, and no editor was found"),
        "quote": N_("a quotation mark in it is not closed"),
        "start": N_("the editor cannot be started: {reason}"),
        "status": N_("the editor ended with status {status}; nothing was changed"),
    },
    errors.NotAllowed: {
        "step": N_('{id}: "{step}" is no step for an inquiry that is {status}'),
        "reopen-accepted": N_('{id}: "reopen" is no step for an inquiry that is {status} and has a member'),
        "erased-step": N_('{id}: "{step}" is no step for an inquiry that is erased'),
        "erase": N_('the inquiry "{id}" is open and cannot be erased'),
        "coordinator": N_('"{id}" coordinates the cluster and cannot be removed'),
        "coordinator-leaves": N_('"{id}" coordinates the cluster and cannot leave'),
        "erasure-unsaved": N_(
            'the erasure of "{id}" is not saved yet: without the record, "pkes undo" would bring the data back'
        ),
        "no-krs": N_("no KRS number on record: {id}"),
        "never-saved": N_("the registry was never saved: there is nothing to go back to"),
        "not-changed": N_('"{revision}" did not change the registry'),
        "no-registry-before": N_("{revision} made the registry: there was none before"),
    },
    errors.NotMail: {
        "not-a-mail": N_("it is no e-mail"),
        "several-mails": N_("there are several e-mails in it"),
        "no-sender": N_("the e-mail has no sender"),
        "several-senders": N_("the e-mail has several senders"),
        "no-text": N_("the e-mail has neither subject nor text"),
    },
    errors.NotTable: {
        "empty": N_("there is nothing in it"),
        "binary": N_("it is neither text nor a spreadsheet"),
        "encoding": N_("it is not UTF-8"),
        "quote": N_("a quotation mark opens a cell that does not end where it should"),
        "json": N_("it is not JSON"),
        "spreadsheet": N_("it is no spreadsheet that can be read"),
        "encrypted": N_("it is protected by a password"),
        "merged": N_("the headers stand in merged cells"),
        "too-big": N_("it unpacks to more than a spreadsheet of members could hold"),
    },
    errors.RegisterFailed: {
        "no-number": N_("not a number of the court register (KRS)"),
        "not-found": N_("the register has no such number, neither among entrepreneurs nor among associations"),
        "no-answer": N_("no answer is saved for its number"),
        "unreadable": N_("the saved answer cannot be read: {reason}"),
        "no-host": N_("the register cannot be reached: the name of its machine is not known; is there a network?"),
        "certificate": N_("the register cannot be reached safely: its certificate is not accepted"),
        "unreachable": N_("the register cannot be reached: {reason}"),
        "slow": N_("the register does not answer in time"),
        "broken": N_("the answer of the register breaks off"),
        "status": N_("the register answers with status {status} instead of an extract"),
        "redirect": N_("the register leads to an address that is not to be asked"),
        "too-large": N_("the answer is larger than any extract"),
        "encoding": N_("the answer is not UTF-8"),
        "json": N_("the answer is not JSON"),
        "form": N_("the answer does not have the form of an extract: {place}"),
        "other-number": N_("the answer is about another number"),
    },
    errors.CannotExtend: {
        "link": N_("{path}: it is a symbolic link, which git does not follow"),
        "encoding": N_("{path}: not UTF-8; it is as it was"),
    },
    errors.NotSaved: {
        "unfinished": N_("not saved: something is under way in the repository ({said})"),
        "unreadable": N_("not saved; a file beside the registry cannot be read: {said}"),
        "git": N_("not saved; git says: {said}"),
    },
}
"""The sentences for each class of errors with several ones, by code."""

_ANOTHER_COORDINATOR = N_('another coordinates it after "pkes cluster edit coordinator=MEMBER"')

WAYS_OUT: dict[type, str | dict[str, str]] = {
    errors.NoRepository: N_('"git init" in its folder makes one'),
    errors.NoRegistry: N_('name one: "pkes -r PATH …", or PKES_REGISTRY'),
    errors.NotFound: {
        "inquiry": N_('"pkes inquiry list --status all" shows them all'),
        "member": N_('"pkes list --status all" shows them all'),
    },
    errors.UnknownRevision: {"HEAD": N_("nothing is committed yet")},
    errors.NotInClone: N_('"{fetch}" fetches what is missing'),
    errors.UnknownVersion: N_('"pkes history" shows the revisions'),
    errors.NotAllowed: {
        "step": N_("steps from there: {steps}"),
        "reopen-accepted": N_('"pkes remove {member}" takes its member off the record first'),
        "erase": N_('"withdraw" or "decline" closes it'),
        "coordinator": _ANOTHER_COORDINATOR,
        "coordinator-leaves": _ANOTHER_COORDINATOR,
        "no-krs": N_('"pkes edit {first} krs=NUMBER" sets it'),
        "erasure-unsaved": N_('"pkes save" saves it; then it can be removed'),
        "never-saved": N_('"pkes save" saves it'),
        "not-changed": N_('"pkes history" shows what did'),
    },
    errors.NotTable: {
        "quote": N_("inside a cell it is written twice, and the cell stands between two more"),
        "spreadsheet": N_("where LibreOffice or Excel opens it, save it there anew as .xlsx"),
        "encrypted": N_("save it without a password"),
        "merged": N_("the first line that is not empty has to be the headers, each in a cell of its own"),
    },
    errors.TwoColumns: N_('--map "{other}=" leaves one out'),
    errors.NoColumns: N_('--map "COLUMN=FIELD" says which field a column is; the headers stand in the first line'),
    errors.TooLong: N_("csv and json take any length"),
    errors.MissingExtra: 'pip install "pkes[{extra}]"',
    errors.Locked: N_("try again when it has finished"),
    errors.ChangedMeanwhile: N_("try again: the command then works on what is there now"),
    errors.CannotExtend: {"link": N_("put a file of its own there"), "encoding": N_("save the file as UTF-8")},
    errors.NotSaved: {"unfinished": N_('finish it with git, or end it with "git {said} --abort"')},
}
"""What can be done about an error: a line for a class, or a line for some of its codes."""

SET_BY = {
    "id": N_('"pkes rename MEMBER NEW-ID" gives a member another id; that of an inquiry stays'),
    "status": N_('the steps set it: "pkes inquiry answer", "accept", "close", "decline", "withdraw", "reopen"'),
    "member": N_('"pkes inquiry accept" sets it'),
    "inquiry": N_('"pkes inquiry accept" sets it'),
    "erased": N_('"pkes privacy erase" sets it'),
}
"""The commands for fields that no assignment may set."""
