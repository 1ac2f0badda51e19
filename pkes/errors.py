"""What can go wrong, as exceptions that carry data; only `cli/errors.py` words them."""

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pkes.findings import Finding


class PkesError(Exception):
    """Base of every error that the program foresees. Its fields are attributes and arguments at once."""

    def __init__(self, **fields: Any) -> None:
        super().__init__(*fields.values())
        self.__dict__.update(fields)


# The registry cannot be read.


class Unreadable(PkesError):
    """The registry cannot be read: there is none, or not one of this form."""


class NoRegistry(Unreadable):
    """No `registry.toml` in a folder or any above it."""

    folder: str

    def __init__(self, folder: str) -> None:
        super().__init__(folder=folder)


class CannotRead(Unreadable):
    """The system refuses to read the file."""

    path: str
    reason: OSError

    def __init__(self, path: str, reason: OSError) -> None:
        super().__init__(path=path, reason=reason)


class Malformed(Unreadable):
    """The file is not a registry at a place of it: line and column count characters from 1, 0 where unknown.

    `code` says what is wrong: `encoding`, `syntax`, `merge-marker`, `shape` or `format`; `detail` holds the words
    that go with it.
    """

    code: str
    line: int
    column: int
    detail: dict[str, Any]
    path: str

    def __init__(self, code: str, line: int = 0, column: int = 0, path: str = "", **detail: Any) -> None:
        super().__init__(code=code, line=line, column=column, detail=detail, path=path)


# What was asked for is not there, or not one.


class NotFound(PkesError):
    """No record answers to a look-up. `suggestions` are the nearest ids and names."""

    kind: str
    wanted: str
    suggestions: Sequence[str]

    def __init__(self, kind: str, wanted: str, suggestions: Sequence[str]) -> None:
        super().__init__(kind=kind, wanted=wanted, suggestions=suggestions)


class Ambiguous(PkesError):
    """Several records answer to a look-up; each candidate is what may be shown of it, the id first."""

    kind: str
    wanted: str
    candidates: Sequence[tuple[str, ...]]

    def __init__(self, kind: str, wanted: str, candidates: Sequence[tuple[str, ...]]) -> None:
        super().__init__(kind=kind, wanted=wanted, candidates=candidates)


# What was given is wrong.


class WrongInput(PkesError):
    """What the user gave cannot be used; nothing was written."""


class UnknownName(WrongInput):
    """No such field, sector, status or other word of a vocabulary. `what` names the vocabulary."""

    what: str
    wanted: str
    suggestions: Sequence[str]

    def __init__(self, what: str, wanted: str, suggestions: Sequence[str]) -> None:
        super().__init__(what=what, wanted=wanted, suggestions=suggestions)


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

    def __init__(self, text: str, why: str) -> None:
        super().__init__(text=text, why=why)


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

    def __init__(self, field: str, value: str, id: str) -> None:
        super().__init__(field=field, value=value, id=id)


class NotMail(WrongInput):
    """What was given as an e-mail cannot become an inquiry.

    `why` is one of `not-a-mail`, `several-mails`, `no-sender`, `several-senders`, `no-text`.
    """

    why: str

    def __init__(self, why: str) -> None:
        super().__init__(why=why)


class NotAllowed(WrongInput):
    """The registry's own rules forbid it. `why` is a code; `detail` holds the words that go with it."""

    why: str
    detail: dict[str, Any]

    def __init__(self, why: str, **detail: Any) -> None:
        super().__init__(why=why, detail=detail)


class WouldBreak(WrongInput):
    """The write would add findings of severity `error`."""

    findings: "Sequence[Finding]"

    def __init__(self, findings: "Sequence[Finding]") -> None:
        super().__init__(findings=findings)


# The registry cannot be written; the file is as it was.


class Unwritable(PkesError):
    """The registry could not be written; the file is as it was."""

    path: str


class Locked(Unwritable):
    """Another writer held the lock for as long as we wait."""

    seconds: float

    def __init__(self, path: str, seconds: float) -> None:
        super().__init__(path=path, seconds=seconds)


class ChangedMeanwhile(Unwritable):
    """Somebody changed the file, or what the change would be, since it was read."""

    def __init__(self, path: str) -> None:
        super().__init__(path=path)


class CannotWrite(Unwritable):
    """The system refuses to write the file, or to replace it."""

    reason: OSError

    def __init__(self, path: str, reason: OSError) -> None:
        super().__init__(path=path, reason=reason)


class CannotEdit(Unwritable):
    """A layout that the editor cannot edit safely stands at a line, counted from 1."""

    line: int
    what: str

    def __init__(self, line: int, what: str, path: str = "") -> None:
        super().__init__(line=line, what=what, path=path)


class GitFailed(PkesError):
    """git cannot do what it was asked. `command` is its first words, `reason` the line that says why."""

    command: str
    reason: str

    def __init__(self, command: str, reason: str) -> None:
        super().__init__(command=command, reason=reason)


class NotVerified(PkesError):
    """A fault of the program: the text it made is not what was meant. Nothing was written. `rule` says which."""

    rule: str

    def __init__(self, rule: str) -> None:
        super().__init__(rule=rule)


def system_words(error: OSError) -> str:
    """Return the system's own words for an error, without the file's name."""
    return os.strerror(error.errno) if error.errno else str(error)
