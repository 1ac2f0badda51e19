"""Errors as exceptions that carry data; only `cli/messages` puts them into words."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from types import MappingProxyType
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


class NoRegistry(Unreadable):
    """No `registry.toml` in a folder or any above it."""

    def __init__(self, folder: str) -> None:
        self.folder = folder


class CannotRead(Unreadable):
    """The system does not let us read the file."""

    def __init__(self, path: str, reason: OSError) -> None:
        self.path, self.reason = path, reason


class Malformed(WithDetail, Unreadable):
    """The file is not a registry. `line` and `column` (in characters) count from 1 and are 0 if unknown.

    `code` is `file-type`, `file-size`, `encoding`, `syntax`, `merge-marker`, `shape`, `nesting` or `format`.
    """

    def __init__(self, code: str, line: int = 0, column: int = 0, path: str = "", **detail: Any) -> None:
        super().__init__(code, **detail)
        self.line, self.column, self.path = line, column, path


class NotInRevision(Unreadable):
    """A git revision has no file at a path."""

    def __init__(self, revision: str, path: str) -> None:
        self.revision, self.path = revision, path


class NotFound(PkesError):
    """A look-up found no record. `suggestions` are the nearest ids and names."""

    def __init__(self, kind: str, wanted: str, suggestions: Sequence[str]) -> None:
        self.kind, self.wanted, self.suggestions = kind, wanted, suggestions


class Ambiguous(PkesError):
    """A look-up found several records; each candidate holds what may be shown of it, the id first.

    `with_names` is the same for the user's terminal only: it may name persons.
    """

    def __init__(
        self, kind: str, wanted: str, candidates: Sequence[tuple[str, ...]], with_names: Sequence[tuple[str, ...]] = ()
    ) -> None:
        self.kind, self.wanted, self.candidates, self.with_names = kind, wanted, candidates, with_names


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


class UnknownName(WrongInput):
    """No such field, sector, status or other word of a vocabulary. `what` names the vocabulary.

    `choices` are the known words, each with its label.
    """

    def __init__(
        self,
        what: str,
        wanted: str,
        suggestions: Sequence[str],
        choices: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self.what, self.wanted, self.suggestions, self.choices = what, wanted, suggestions, choices


class UnknownRevision(WrongInput):
    """git knows no commit by this name. `fetch` is the command that may fetch it, "" if there is no remote."""

    def __init__(self, revision: str, fetch: str = "") -> None:
        self.revision, self.fetch = revision, fetch


class UnknownVersion(WrongInput):
    """A name is neither a git revision nor a file. `fetch` is as in `UnknownRevision`."""

    def __init__(self, name: str, fetch: str = "") -> None:
        self.name, self.fetch = name, fetch


class UnreadableRevision(WrongInput):
    """A git revision contains no registry that could be compared. `problem` is the error, which names the revision."""

    def __init__(self, problem: Malformed) -> None:
        self.problem = problem


class NoCommonHistory(WrongInput):
    """Two revisions have no common ancestor."""

    def __init__(self, one: str, other: str) -> None:
        self.one, self.other = one, other


class NotInClone(WrongInput):
    """The clone lacks data of a revision.

    `why` is `shallow` if its history is cut off, `partial` if it lacks objects. `fetch` is the command that fetches
    them.
    """

    def __init__(self, revision: str, why: str, fetch: str) -> None:
        self.revision, self.why, self.fetch = revision, why, fetch


class NoRepository(WrongInput):
    """The file at a path is not in a git repository, or git is not installed."""

    def __init__(self, path: str) -> None:
        self.path = path


class WrongValue(WithDetail, WrongInput):
    """A value does not have the form of its field. `code` is the code of the check that would find it."""

    def __init__(self, field: str, code: str, **detail: Any) -> None:
        super().__init__(code, **detail)
        self.field = field


class WrongAssignment(WrongInput):
    """An assignment cannot be carried out.

    `why` is one of `form`, `twice`, `required`, `by-command`, `not-list`.
    """

    def __init__(self, text: str, why: str) -> None:
        self.text, self.why = text, why


class Missing(WrongInput):
    """A required value was not given, and nobody can be asked. `options` are the names of the options."""

    def __init__(self, *options: str) -> None:
        super().__init__(*options)
        self.options: Sequence[str] = options


class Taken(WrongInput):
    """An id, or an identifier of a current member, is in use by the record `id`."""

    def __init__(self, field: str, value: str, id: str) -> None:
        self.field, self.value, self.id = field, value, id


class NotMail(WrongInput):
    """The given e-mail cannot become an inquiry.

    `why` is one of `not-a-mail`, `several-mails`, `no-sender`, `several-senders`, `no-text`.
    """

    def __init__(self, why: str) -> None:
        self.why = why


class NotTable(WrongInput):
    """The given file has no rows that could be imported. `line` counts from 1; 0 means no particular line.

    `why` is one of `empty`, `binary`, `encoding`, `quote`, `json`, `spreadsheet`, `encrypted`, `merged`, `too-big`.
    """

    def __init__(self, why: str, line: int = 0) -> None:
        self.why, self.line = why, line


class TwoColumns(WrongInput):
    """Two columns of an imported table, named by their headers, would fill the same field."""

    def __init__(self, field: str, headers: tuple[str, str]) -> None:
        self.field, self.headers = field, headers


class NoColumns(WrongInput):
    """None of the columns of an imported table, named by their headers, belongs to a field."""

    def __init__(self, headers: Sequence[str]) -> None:
        self.headers = headers


class TooLong(WrongInput):
    """The value of a field is longer than a cell of a spreadsheet can be."""

    def __init__(self, id: str, field: str, most: int) -> None:
        self.id, self.field, self.most = id, field, most


class MissingExtra(WrongInput):
    """An optional library is not installed. `extra` is its extra: `pip install "pkes[EXTRA]"`."""

    def __init__(self, extra: str) -> None:
        self.extra = extra


class WrongQuery(WrongInput):
    """SQLite rejects a query. `reason` is its own message on one line, "" if there is no statement."""

    def __init__(self, reason: str) -> None:
        self.reason = reason


class NoEditor(WrongInput):
    """No editor can be used. `named_by` is the variable that names it, or the editor's own name.

    `why` is `none`, `quote`, `start` (`reason` is the system's) or `status` (its exit status).
    """

    def __init__(self, named_by: str, why: str, reason: OSError | None = None, status: int = 0) -> None:
        self.named_by, self.why, self.reason, self.status = named_by, why, reason, status


class NotAllowed(WithDetail, WrongInput):
    """The registry's rules forbid it."""


class SectorInUse(WrongInput):
    """A sector cannot be removed because members or inquiries use it; both are counted."""

    def __init__(self, id: str, members: int, inquiries: int) -> None:
        self.id, self.members, self.inquiries = id, members, inquiries


class RegisterFailed(WithDetail, WrongInput):
    """A public register could not be asked, or its answer cannot be used.

    `code` is `no-number` (not a number of the register), `not-found`, `no-answer` (none is saved), `unreadable` (the
    saved answer; see `reason`), `no-host` (the register's host name cannot be resolved), `certificate` (it is invalid),
    `unreachable` (see `reason`), `slow`, `broken` (the answer is incomplete), `status` (the HTTP status is `status`),
    `redirect` (to an address that may not be asked), `too-large`, `encoding`, `json`, `form` (the answer is not as
    expected at `place`) or `other-number` (it is about another organisation). `reason` is the system's error.
    """


class NotSecure(WrongInput):
    """The address of a register is not allowed. `named_by` is the variable that sets it."""

    def __init__(self, named_by: str) -> None:
        self.named_by = named_by


class Unwritable(PkesError):
    """The registry could not be written; the file is unchanged."""

    def __init__(self, path: str) -> None:
        self.path = path


class Locked(Unwritable):
    """Another writer held the lock until the timeout."""

    def __init__(self, path: str, seconds: float) -> None:
        super().__init__(path)
        self.seconds = seconds


class ChangedMeanwhile(Unwritable):
    """The file, or the outcome of the change, is no longer what it was when it was read."""


class CannotWrite(Unwritable):
    """The system does not let us write or replace the file."""

    def __init__(self, path: str, reason: OSError) -> None:
        super().__init__(path)
        self.reason = reason


class CannotLock(CannotWrite):
    """The system does not let us lock the file. `lock` is the lock file."""

    def __init__(self, path: str, reason: OSError, lock: str) -> None:
        super().__init__(path, reason)
        self.lock = lock


class AlreadyThere(Unwritable):
    """A file cannot be created because its name is taken."""


class CannotEdit(Unwritable):
    """The editor cannot safely edit the layout at a line, counted from 1."""

    def __init__(self, line: int, what: str, *, path: str = "") -> None:
        super().__init__(path)
        self.line, self.what = line, what


class CannotExtend(Unwritable):
    """A file that git reads cannot be extended. `why` is `link` or `encoding`."""

    def __init__(self, path: str, why: str) -> None:
        super().__init__(path)
        self.why = why


class GitFailed(PkesError):
    """A git command failed. `command` is its first words, `reason` the line that says why."""

    def __init__(self, command: str, reason: str) -> None:
        self.command, self.reason = command, reason


class NotSaved(PkesError):
    """The registry could not be committed; the file and git's index are unchanged.

    `why` is `unfinished` (`said` names the command of git in progress), `unreadable` (`said` names a file
    beside the registry, and why it cannot be read) or `git` (`said` is the output of git or a hook, in lines).
    """

    def __init__(self, why: str, said: str) -> None:
        self.why, self.said = why, said


class NotVerified(PkesError):
    """A bug: the new text is not what was intended. Nothing was written. `rule` names the violated rule."""

    def __init__(self, rule: str) -> None:
        self.rule = rule


def system_words(error: OSError) -> str:
    """Return the system's own message for an error, without the file's name."""
    return os.strerror(error.errno) if error.errno else str(error)
