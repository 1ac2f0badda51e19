"""What can go wrong, as exceptions that carry data; only `cli/reasons` words them."""

import os
from collections.abc import Sequence
from typing import Any, dataclass_transform


@dataclass_transform(eq_default=False)
class PkesError(Exception):
    """Base of every error that the program foresees. Its fields are attributes and arguments at once."""

    def __init__(self, *values: Any, **fields: Any) -> None:
        names = [name for kind in reversed(type(self).__mro__) for name in getattr(kind, "__annotations__", ())]
        given = dict(zip(names, values, strict=False)) | fields
        super().__init__(*given.values())
        self.__dict__.update(given)


# The registry cannot be read.


class Unreadable(PkesError):
    """The registry cannot be read: there is none, or not one of this form."""


class NoRegistry(Unreadable):
    """No `registry.toml` in a folder or any above it."""

    folder: str


class CannotRead(Unreadable):
    """The system refuses to read the file."""

    path: str
    reason: OSError


class Malformed(Unreadable):
    """The file is not a registry at a place of it: line and column count characters from 1, 0 where unknown.

    `code` says what is wrong: `file-type`, `file-size`, `encoding`, `syntax`, `merge-marker`, `shape`, `nesting` or
    `format`; `detail` holds the words that go with it.
    """

    code: str
    line: int
    column: int
    detail: dict[str, Any]
    path: str

    def __init__(self, code: str, line: int = 0, column: int = 0, path: str = "", **detail: Any) -> None:
        super().__init__(code=code, line=line, column=column, detail=detail, path=path)


class NotInRevision(Unreadable):
    """A revision of git has no file at a path."""

    revision: str
    path: str


# What was asked for is not there, or not one.


class NotFound(PkesError):
    """No record answers to a look-up. `suggestions` are the nearest ids and names."""

    kind: str
    wanted: str
    suggestions: Sequence[str]


class Ambiguous(PkesError):
    """Several records answer to a look-up; each candidate is what may be shown of it, the id first."""

    kind: str
    wanted: str
    candidates: Sequence[tuple[str, ...]]


# What was given is wrong.


class WrongInput(PkesError):
    """What the user gave cannot be used; nothing was written."""


class UnknownName(WrongInput):
    """No such field, sector, status or other word of a vocabulary. `what` names the vocabulary."""

    what: str
    wanted: str
    suggestions: Sequence[str]


class UnknownRevision(WrongInput):
    """git knows no commit by this name."""

    revision: str


class UnknownVersion(WrongInput):
    """A name is neither that of a revision of git nor that of a file."""

    name: str


class NoRepository(WrongInput):
    """The file at a path stands in no git repository, or git is not installed."""

    path: str


class WrongValue(WrongInput):
    """A value does not have the form of its field. `code` is that of the check which would find it."""

    field: str
    code: str
    detail: dict[str, Any]

    def __init__(self, field: str, code: str, **detail: Any) -> None:
        super().__init__(field=field, code=code, detail=detail)


class WrongAssignment(WrongInput):
    """An assignment cannot be carried out.

    `why` is one of `form`, `twice`, `required`, `by-command`, `not-list`.
    """

    text: str
    why: str


class Missing(WrongInput):
    """Something that a record needs was not given, and nobody can be asked. `options` are the options' names."""

    options: Sequence[str]

    def __init__(self, *options: str) -> None:
        super().__init__(options=options)


class Taken(WrongInput):
    """An id, or an identifier of a current member, is in use by the record `id`."""

    field: str
    value: str
    id: str


class NotMail(WrongInput):
    """What was given as an e-mail cannot become an inquiry.

    `why` is one of `not-a-mail`, `several-mails`, `no-sender`, `several-senders`, `no-text`.
    """

    why: str


class NotTable(WrongInput):
    """What was given holds no rows that could be imported. `line` counts from 1, 0 where none is to blame.

    `why` is one of `empty`, `binary`, `encoding`, `quote`, `json`, `spreadsheet`, `old-spreadsheet`,
    `open-document`, `encrypted`, `merged`, `too-big`.
    """

    why: str
    line: int

    def __init__(self, why: str, line: int = 0) -> None:
        super().__init__(why=why, line=line)


class TwoColumns(WrongInput):
    """Two columns of a table that is imported, named by their headers, would be one field."""

    field: str
    headers: tuple[str, str]


class NoColumns(WrongInput):
    """None of the columns of a table that is to be imported, named by their headers, is that of a field."""

    headers: Sequence[str]


class TooLong(WrongInput):
    """The value of a record's field is longer than the most characters that a cell of a spreadsheet holds."""

    id: str
    field: str
    most: int


class MissingExtra(WrongInput):
    """A library is not installed that only some need. `extra` is what brings it: `pip install "pkes[EXTRA]"`."""

    extra: str


class WrongQuery(WrongInput):
    """SQLite does not carry out a query. `reason` is its own message on one line, "" where there is no statement."""

    reason: str


class NoEditor(WrongInput):
    """No editor can be used. `named_by` is the variable that names it, or its own name where none does.

    `why` is `none`, `quote`, `start` (`reason` is the system's) or `status` (it ended with that one).
    """

    named_by: str
    why: str
    reason: OSError | None = None
    status: int = 0


class NotAllowed(WrongInput):
    """The registry's own rules forbid it. `why` is a code; `detail` holds the words that go with it."""

    why: str
    detail: dict[str, Any]

    def __init__(self, why: str, **detail: Any) -> None:
        super().__init__(why=why, detail=detail)


class SectorInUse(WrongInput):
    """A sector cannot be removed: so many members and inquiries are of it."""

    id: str
    members: int
    inquiries: int


# The registry cannot be written; the file is as it was.


class Unwritable(PkesError):
    """The registry could not be written; the file is as it was."""

    path: str


class Locked(Unwritable):
    """Another writer held the lock for as long as we wait."""

    seconds: float


class ChangedMeanwhile(Unwritable):
    """Somebody changed the file, or what the change would be, since it was read."""


class CannotWrite(Unwritable):
    """The system refuses to write the file, or to replace it."""

    reason: OSError


class AlreadyThere(Unwritable):
    """A file is to be made where there is something by that name."""


class CannotEdit(Unwritable):
    """A layout that the editor cannot edit safely stands at a line, counted from 1."""

    line: int
    what: str

    def __init__(self, line: int, what: str, path: str = "") -> None:
        PkesError.__init__(self, line=line, what=what, path=path)


class CannotExtend(Unwritable):
    """A file that git reads is none that can be added to. `why` is `link` or `encoding`."""

    why: str


class GitFailed(PkesError):
    """git cannot do what it was asked. `command` is its first words, `reason` the line that says why."""

    command: str
    reason: str


class NotSaved(PkesError):
    """The registry could not be committed; it is as it was, and so is git's index.

    `why` is `unfinished` (`said` names what is under way in the repository) or `git` (`said` is what git or a hook
    said, in lines).
    """

    why: str
    said: str


class NotVerified(PkesError):
    """A fault of the program: the text it made is not what was meant. Nothing was written. `rule` says which."""

    rule: str


def system_words(error: OSError) -> str:
    """Return the system's own words for an error, without the file's name."""
    return os.strerror(error.errno) if error.errno else str(error)
