"""What can go wrong, as exceptions that carry data; only `cli/messages` words them."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import KW_ONLY, dataclass, field
from typing import Any


class PkesError(Exception):
    """Base of every error that the program foresees."""


class WithDetail(PkesError):
    """An error of several forms: `code` says which one it is, `detail` holds the words that go with it."""

    code: str
    detail: dict[str, Any]

    def __init__(self, code: str, **detail: Any) -> None:
        super().__init__(code, detail)
        self.code, self.detail = code, detail


class Unreadable(PkesError):
    """The registry cannot be read: there is none, or not one of this form."""


@dataclass(eq=False, repr=False)
class NoRegistry(Unreadable):
    """No `registry.toml` in a folder or any above it."""

    folder: str


@dataclass(eq=False, repr=False)
class CannotRead(Unreadable):
    """The system refuses to read the file."""

    path: str
    reason: OSError


class Malformed(WithDetail, Unreadable):
    """The file is not a registry at a place of it: line and column count characters from 1, 0 where unknown.

    `code` is `file-type`, `file-size`, `encoding`, `syntax`, `merge-marker`, `shape`, `nesting` or `format`.
    """

    def __init__(self, code: str, line: int = 0, column: int = 0, path: str = "", **detail: Any) -> None:
        super().__init__(code, **detail)
        self.line, self.column, self.path = line, column, path


@dataclass(eq=False, repr=False)
class NotInRevision(Unreadable):
    """A revision of git has no file at a path."""

    revision: str
    path: str


@dataclass(eq=False, repr=False)
class NotFound(PkesError):
    """No record answers to a look-up. `suggestions` are the nearest ids and names."""

    kind: str
    wanted: str
    suggestions: Sequence[str]


@dataclass(eq=False, repr=False)
class Ambiguous(PkesError):
    """Several records answer to a look-up; each candidate is what may be shown of it, the id first.

    `with_names` is the same for the eyes of the user alone: it may name persons.
    """

    kind: str
    wanted: str
    candidates: Sequence[tuple[str, ...]]
    with_names: Sequence[tuple[str, ...]] = ()


class WrongInput(PkesError):
    """What the user gave cannot be used; nothing was written."""


class Several(WrongInput):
    """Several things are wrong with what the user gave: `found` are the errors, in the order of what was given."""

    def __init__(self, *found: WrongInput) -> None:
        super().__init__(*found)
        self.found: Sequence[WrongInput] = found


@contextmanager
def gathered() -> Iterator[Callable[[], AbstractContextManager[None]]]:
    """Let several steps be tried before what is wrong is raised; give the context of each step.

    Raises what the only step raised that failed, or `Several`.
    """
    found: list[WrongInput] = []

    @contextmanager
    def step() -> Iterator[None]:
        try:
            yield
        except Several as error:
            found.extend(error.found)
        except WrongInput as error:
            found.append(error)

    yield step
    if found:
        raise found[0] if len(found) == 1 else Several(*found)


@dataclass(eq=False, repr=False)
class UnknownName(WrongInput):
    """No such field, sector, status or other word of a vocabulary. `what` names the vocabulary.

    `choices` are the words there are, each with its label.
    """

    what: str
    wanted: str
    suggestions: Sequence[str]
    choices: Mapping[str, str] = field(default_factory=dict)


@dataclass(eq=False, repr=False)
class UnknownRevision(WrongInput):
    """git knows no commit by this name. `fetch` is the command that may bring it, "" where there is no remote."""

    revision: str
    fetch: str = ""


@dataclass(eq=False, repr=False)
class UnknownVersion(WrongInput):
    """A name is neither that of a revision of git nor that of a file. `fetch` is as that of `UnknownRevision`."""

    name: str
    fetch: str = ""


@dataclass(eq=False, repr=False)
class UnreadableRevision(WrongInput):
    """What a revision of git holds is not a registry that could be compared. `problem` names it, and says why."""

    problem: Malformed


@dataclass(eq=False, repr=False)
class NoCommonHistory(WrongInput):
    """Two revisions have no commit in common that both came from."""

    one: str
    other: str


@dataclass(eq=False, repr=False)
class NotInClone(WrongInput):
    """The clone lacks what git is asked of a revision.

    `why` is `shallow` where its history is cut off, `partial` where it left objects out. `fetch` is the command that
    brings them.
    """

    revision: str
    why: str
    fetch: str


@dataclass(eq=False, repr=False)
class NoRepository(WrongInput):
    """The file at a path stands in no git repository, or git is not installed."""

    path: str


class WrongValue(WithDetail, WrongInput):
    """A value does not have the form of its field. `code` is that of the check which would find it."""

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
    """Something that a record needs was not given, and nobody can be asked. `options` are the options' names."""

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
    """What was given as an e-mail cannot become an inquiry.

    `why` is one of `not-a-mail`, `several-mails`, `no-sender`, `several-senders`, `no-text`.
    """

    why: str


@dataclass(eq=False, repr=False)
class NotTable(WrongInput):
    """What was given holds no rows that could be imported. `line` counts from 1, 0 where none is to blame.

    `why` is one of `empty`, `binary`, `encoding`, `quote`, `json`, `spreadsheet`, `encrypted`, `merged`, `too-big`.
    """

    why: str
    line: int = 0


@dataclass(eq=False, repr=False)
class TwoColumns(WrongInput):
    """Two columns of a table that is imported, named by their headers, would be one field."""

    field: str
    headers: tuple[str, str]


@dataclass(eq=False, repr=False)
class NoColumns(WrongInput):
    """None of the columns of a table that is to be imported, named by their headers, is that of a field."""

    headers: Sequence[str]


@dataclass(eq=False, repr=False)
class TooLong(WrongInput):
    """The value of a record's field is longer than the most characters that a cell of a spreadsheet holds."""

    id: str
    field: str
    most: int


@dataclass(eq=False, repr=False)
class MissingExtra(WrongInput):
    """A library is not installed that only some need. `extra` is what brings it: `pip install "pkes[EXTRA]"`."""

    extra: str


@dataclass(eq=False, repr=False)
class WrongQuery(WrongInput):
    """SQLite does not carry out a query. `reason` is its own message on one line, "" where there is no statement."""

    reason: str


@dataclass(eq=False, repr=False)
class NoEditor(WrongInput):
    """No editor can be used. `named_by` is the variable that names it, or its own name where none does.

    `why` is `none`, `quote`, `start` (`reason` is the system's) or `status` (it ended with that one).
    """

    named_by: str
    why: str
    reason: OSError | None = None
    status: int = 0


class NotAllowed(WithDetail, WrongInput):
    """The registry's own rules forbid it."""


@dataclass(eq=False, repr=False)
class SectorInUse(WrongInput):
    """A sector cannot be removed: so many members and inquiries are of it."""

    id: str
    members: int
    inquiries: int


class RegisterFailed(WithDetail, WrongInput):
    """A public register could not be asked, or its answer cannot be used.

    `code` is `no-number` (what was given is no number of the register), `not-found`, `no-answer` (none is saved),
    `unreadable` (the saved one: `reason`), `no-host` (the name of the register's machine is not known), `certificate`
    (it does not prove to be that machine), `unreachable` (`reason`), `slow`, `broken` (the answer broke off), `status`
    (`status` of HTTP), `redirect` (it leads to where nothing may be asked), `too-large`, `encoding`, `json`, `form`
    (`place` is where the answer differs from what is expected) or `other-number` (it is about another organisation).
    A `reason` is the system's error.
    """


@dataclass(eq=False, repr=False)
class NotSecure(WrongInput):
    """The address of a register is none that may be asked. `named_by` is the variable that names it."""

    named_by: str


@dataclass(eq=False, repr=False)
class Unwritable(PkesError):
    """The registry could not be written; the file is as it was."""

    path: str


@dataclass(eq=False, repr=False)
class Locked(Unwritable):
    """Another writer held the lock for as long as we wait."""

    seconds: float


class ChangedMeanwhile(Unwritable):
    """Somebody changed the file, or what the change would be, since it was read."""


@dataclass(eq=False, repr=False)
class CannotWrite(Unwritable):
    """The system refuses to write the file, or to replace it."""

    reason: OSError


@dataclass(eq=False, repr=False)
class CannotLock(CannotWrite):
    """The system refuses the lock of the file. `lock` is the file that it is a lock on."""

    lock: str


class AlreadyThere(Unwritable):
    """A file is to be made where there is something by that name."""


@dataclass(eq=False, repr=False)
class CannotEdit(Unwritable):
    """A layout that the editor cannot edit safely stands at a line, counted from 1."""

    line: int
    what: str
    _: KW_ONLY
    path: str = ""


@dataclass(eq=False, repr=False)
class CannotExtend(Unwritable):
    """A file that git reads is none that can be added to. `why` is `link` or `encoding`."""

    why: str


@dataclass(eq=False, repr=False)
class GitFailed(PkesError):
    """git cannot do what it was asked. `command` is its first words, `reason` the line that says why."""

    command: str
    reason: str


@dataclass(eq=False, repr=False)
class NotSaved(PkesError):
    """The registry could not be committed; it is as it was, and so is git's index.

    `why` is `unfinished` (`said` names what is under way in the repository), `unreadable` (`said` names a file beside
    the registry, and why it cannot be read) or `git` (`said` is what git or a hook said, in lines).
    """

    why: str
    said: str


@dataclass(eq=False, repr=False)
class NotVerified(PkesError):
    """A fault of the program: the text it made is not what was meant. Nothing was written. `rule` says which."""

    rule: str


def system_words(error: OSError) -> str:
    """Return the system's own words for an error, without the file's name."""
    return os.strerror(error.errno) if error.errno else str(error)
