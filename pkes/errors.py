"""Errors as exceptions that carry data; only `cli/messages` puts them into words."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import KW_ONLY, dataclass, field
from typing import Any


class PkesError(Exception):
    """Base class of all expected errors."""


class WithDetail(PkesError):
    """An error with several forms: `code` says which one it is, `detail` holds the parameters of its message."""

    code: str
    detail: dict[str, Any]

    def __init__(self, code: str, **detail: Any) -> None:
        super().__init__(code, detail)
        self.code, self.detail = code, detail


class Unreadable(PkesError):
    """The registry cannot be read: it does not exist or is not in this format."""


@dataclass(eq=False, repr=False)
class NoRegistry(Unreadable):
    """No `registry.toml` in a folder or any above it."""

    folder: str


@dataclass(eq=False, repr=False)
class CannotRead(Unreadable):
    """The system does not let us read the file."""

    path: str
    reason: OSError


class Malformed(WithDetail, Unreadable):
    """The file is not a registry. `line` and `column` (in characters) count from 1 and are 0 if unknown.

    `code` is `file-type`, `file-size`, `encoding`, `syntax`, `merge-marker`, `shape`, `nesting` or `format`.
    """

    def __init__(self, code: str, line: int = 0, column: int = 0, path: str = "", **detail: Any) -> None:
        super().__init__(code, **detail)
        self.line, self.column, self.path = line, column, path


@dataclass(eq=False, repr=False)
class NotInRevision(Unreadable):
    """A git revision has no file at a path."""

    revision: str
    path: str


@dataclass(eq=False, repr=False)
class NotFound(PkesError):
    """A look-up found no record. `suggestions` are the nearest ids and names."""

    kind: str
    wanted: str
    suggestions: Sequence[str]


@dataclass(eq=False, repr=False)
class Ambiguous(PkesError):
    """A look-up found several records; each candidate holds what may be shown of it, the id first.

    `with_names` is the same for the user's terminal only: it may name persons.
    """

    kind: str
    wanted: str
    candidates: Sequence[tuple[str, ...]]
    with_names: Sequence[tuple[str, ...]] = ()


class WrongInput(PkesError):
    """The user's input cannot be used; nothing was written."""


class Several(WrongInput):
    """Several things are wrong with the user's input: `found` are the errors, in the order of the input."""

    def __init__(self, *found: PkesError) -> None:
        super().__init__(*found)
        self.found: Sequence[PkesError] = found


@contextmanager
def gathered() -> Iterator[Callable[[], AbstractContextManager[None]]]:
    """Collect the errors of several steps; yield a function that makes the context for each step.

    Raises the error if one step failed, or `Several`.
    """
    found: list[PkesError] = []

    @contextmanager
    def step() -> Iterator[None]:
        try:
            yield
        except Several as error:
            found.extend(error.found)
        except (WrongInput, NotFound, Ambiguous) as error:
            found.append(error)

    yield step
    if found:
        raise found[0] if len(found) == 1 else Several(*found)


@dataclass(eq=False, repr=False)
class UnknownName(WrongInput):
    """No such field, sector, status or other word of a vocabulary. `what` names the vocabulary.

    `choices` are the known words, each with its label.
    """

    what: str
    wanted: str
    suggestions: Sequence[str]
    choices: Mapping[str, str] = field(default_factory=dict)


@dataclass(eq=False, repr=False)
class UnknownRevision(WrongInput):
    """git knows no commit by this name. `fetch` is the command that may fetch it, "" if there is no remote."""

    revision: str
    fetch: str = ""


@dataclass(eq=False, repr=False)
class UnknownVersion(WrongInput):
    """A name is neither a git revision nor a file. `fetch` is as in `UnknownRevision`."""

    name: str
    fetch: str = ""


@dataclass(eq=False, repr=False)
class UnreadableRevision(WrongInput):
    """A git revision contains no registry that could be compared. `problem` is the error, which names the revision."""

    problem: Malformed


@dataclass(eq=False, repr=False)
class NoCommonHistory(WrongInput):
    """Two revisions have no common ancestor."""

    one: str
    other: str


@dataclass(eq=False, repr=False)
class NotInClone(WrongInput):
    """The clone lacks data of a revision.

    `why` is `shallow` if its history is cut off, `partial` if it lacks objects. `fetch` is the command that fetches
    them.
    """

    revision: str
    why: str
    fetch: str


@dataclass(eq=False, repr=False)
class NoRepository(WrongInput):
    """The file at a path is not in a git repository, or git is not installed."""

    path: str


class WrongValue(WithDetail, WrongInput):
    """A value does not have the form of its field. `code` is the code of the check that would find it."""

    def __init__(self, field: str, code: str, **detail: Any) -> None:
        super().__init__(code, **detail)
        self.field = field


@dataclass(eq=False, repr=False)
class WrongAssignment(WrongInput):
    """An assignment cannot be carried out.

    `why` is one of `form`, `twice`, `required`, `by-command`, `not-list`.
    """

    text: str
    why: str


class Missing(WrongInput):
    """A required value was not given, and nobody can be asked. `options` are the names of the options."""

    def __init__(self, *options: str) -> None:
        super().__init__(*options)
        self.options: Sequence[str] = options


@dataclass(eq=False, repr=False)
class Taken(WrongInput):
    """An id, or an identifier of a current member, is in use by the record `id`."""

    field: str
    value: str
    id: str


@dataclass(eq=False, repr=False)
class NotMail(WrongInput):
    """The given e-mail cannot become an inquiry.

    `why` is one of `not-a-mail`, `several-mails`, `no-sender`, `several-senders`, `no-text`.
    """

    why: str


@dataclass(eq=False, repr=False)
class NotTable(WrongInput):
    """The given file has no rows that could be imported. `line` counts from 1; 0 means no particular line.

    `why` is one of `empty`, `binary`, `encoding`, `quote`, `json`, `spreadsheet`, `encrypted`, `merged`, `too-big`.
    """

    why: str
    line: int = 0


@dataclass(eq=False, repr=False)
class TwoColumns(WrongInput):
    """Two columns of an imported table, named by their headers, would fill the same field."""

    field: str
    headers: tuple[str, str]


@dataclass(eq=False, repr=False)
class NoColumns(WrongInput):
    """None of the columns of an imported table, named by their headers, belongs to a field."""

    headers: Sequence[str]


@dataclass(eq=False, repr=False)
class TooLong(WrongInput):
    """The value of a field is longer than a cell of a spreadsheet can be."""

    id: str
    field: str
    most: int


@dataclass(eq=False, repr=False)
class MissingExtra(WrongInput):
    """An optional library is not installed. `extra` is its extra: `pip install "pkes[EXTRA]"`."""

    extra: str


@dataclass(eq=False, repr=False)
class WrongQuery(WrongInput):
    """SQLite rejects a query. `reason` is its own message on one line, "" if there is no statement."""

    reason: str


@dataclass(eq=False, repr=False)
class NoEditor(WrongInput):
    """No editor can be used. `named_by` is the variable that names it, or the editor's own name.

    `why` is `none`, `quote`, `start` (`reason` is the system's) or `status` (its exit status).
    """

    named_by: str
    why: str
    reason: OSError | None = None
    status: int = 0


class NotAllowed(WithDetail, WrongInput):
    """The registry's rules forbid it."""


@dataclass(eq=False, repr=False)
class SectorInUse(WrongInput):
    """A sector cannot be removed because members or inquiries use it; both are counted."""

    id: str
    members: int
    inquiries: int


class RegisterFailed(WithDetail, WrongInput):
    """A public register could not be asked, or its answer cannot be used.

    `code` is `no-number` (not a number of the register), `not-found`, `no-answer` (none is saved), `unreadable` (the
    saved answer; see `reason`), `no-host` (the register's host name cannot be resolved), `certificate` (it is invalid),
    `unreachable` (see `reason`), `slow`, `broken` (the answer is incomplete), `status` (the HTTP status is `status`),
    `redirect` (to an address that may not be asked), `too-large`, `encoding`, `json`, `form` (the answer is not as
    expected at `place`) or `other-number` (it is about another organisation). `reason` is the system's error.
    """


@dataclass(eq=False, repr=False)
class NotSecure(WrongInput):
    """The address of a register is not allowed. `named_by` is the variable that sets it."""

    named_by: str


@dataclass(eq=False, repr=False)
class Unwritable(PkesError):
    """The registry could not be written; the file is unchanged."""

    path: str


@dataclass(eq=False, repr=False)
class Locked(Unwritable):
    """Another writer held the lock until the timeout."""

    seconds: float


class ChangedMeanwhile(Unwritable):
    """The file, or the outcome of the change, is no longer what it was when it was read."""


@dataclass(eq=False, repr=False)
class CannotWrite(Unwritable):
    """The system does not let us write or replace the file."""

    reason: OSError


@dataclass(eq=False, repr=False)
class CannotLock(CannotWrite):
    """The system does not let us lock the file. `lock` is the lock file."""

    lock: str


class AlreadyThere(Unwritable):
    """A file cannot be created because its name is taken."""


@dataclass(eq=False, repr=False)
class CannotEdit(Unwritable):
    """The editor cannot safely edit the layout at a line, counted from 1."""

    line: int
    what: str
    _: KW_ONLY
    path: str = ""


@dataclass(eq=False, repr=False)
class CannotExtend(Unwritable):
    """A file that git reads cannot be extended. `why` is `link` or `encoding`."""

    why: str


@dataclass(eq=False, repr=False)
class GitFailed(PkesError):
    """A git command failed. `command` is its first words, `reason` the line that says why."""

    command: str
    reason: str


@dataclass(eq=False, repr=False)
class NotSaved(PkesError):
    """The registry could not be committed; the file and git's index are unchanged.

    `why` is `unfinished` (`said` names the command of git in progress), `unreadable` (`said` names a file
    beside the registry, and why it cannot be read) or `git` (`said` is the output of git or a hook, in lines).
    """

    why: str
    said: str


@dataclass(eq=False, repr=False)
class NotVerified(PkesError):
    """A bug: the new text is not what was intended. Nothing was written. `rule` names the violated rule."""

    rule: str


def system_words(error: OSError) -> str:
    """Return the system's own message for an error, without the file's name."""
    return os.strerror(error.errno) if error.errno else str(error)
