"""Saving: committing the registry alone."""

import os
import subprocess
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from pkes.errors import GitFailed, NotSaved, system_words
from pkes.git.drivers import is_own_attribute
from pkes.git.repository import Repository
from pkes.git.running import line, run
from pkes.git.unsaved import Unsaved, is_changed, literal
from pkes.model.records import KIND, is_id
from pkes.registry.changes import Change
from pkes.storage.new_registry import is_own_ignore

_LONGEST_SUBJECT = 72
_VERBS = {"added": "add", "changed": "change", "renamed": "rename", "removed": "remove"}

_UNFINISHED = {
    "MERGE_HEAD": "merge",
    "CHERRY_PICK_HEAD": "cherry-pick",
    "REVERT_HEAD": "revert",
    "rebase-merge": "rebase",
    "rebase-apply": "rebase",
}
"""The commands of git by what it keeps while one is in progress; a commit of one file has no place in them."""

# These run with the user's own identity, signing, settings and hooks.
_KEPT = ("GIT_AUTHOR_", "GIT_COMMITTER_", "GIT_CONFIG")


class Saved(NamedTuple):
    """A commit that was made: its short hash and the first line of its message."""

    revision: str
    subject: str


def init(folder: Path) -> None:
    """Make a folder a git repository. Raises NotSaved."""
    _git(folder, "init", "--quiet")


def save(repository: Repository, text: str) -> Saved | None:
    """Commit the registry, and what pkes itself wrote beside it, with a message; return None if nothing differs.

    No other changed or staged file is committed. The hooks of the repository run as in any commit. Raises NotSaved with
    the output of git or a hook; the index is then unchanged. `.gitattributes` and `.gitignore` are committed too if
    they are untracked, or differ from the last commit only by lines from pkes.
    """
    if what := _unfinished(repository):
        raise NotSaved("unfinished", what)
    paths = [repository.path, *_companions(repository)]
    changed = [path for path in paths if is_changed(repository, path)]
    if not changed:
        return None
    untracked = [path for path in changed if not run(repository.folder, "ls-files", "--", literal(path))]
    named = [literal(path) for path in changed]
    try:
        if untracked:
            _git(repository.folder, "add", "--intent-to-add", "--", *map(literal, untracked))
        _git(repository.folder, "commit", "--quiet", "--only", "--message", text, "--", *named)
    except BaseException:
        if untracked:
            with suppress(NotSaved):
                _git(repository.folder, "reset", "--quiet", "--", *map(literal, untracked))
        raise
    revision, _, subject = line(run(repository.folder, "log", "-1", "--format=%h %s")).partition(" ")
    return Saved(revision, subject)


def message(found: Unsaved) -> str:
    """Return a commit message: the kinds and ids of the changed records, never a value.

    The subject names as many as fit, the body all of them.
    """
    if found.since is None:
        return "Add the registry"
    said = list(_said(found.changes))
    if not said:
        return "Change the form of the registry"
    subject = "; ".join(said)
    if len(subject) > _LONGEST_SUBJECT:
        subject = _shortened(said)
    subject = subject[0].upper() + subject[1:]
    return subject if len(said) == 1 and subject.lower() == said[0].lower() else f"{subject}\n\n" + "\n".join(said)


def _shortened(said: list[str]) -> str:
    """Return as many of the changes as fit into a subject, but at least one, without its fields if it is too long."""
    for count in range(len(said) - 1, 0, -1):
        subject = f"{'; '.join(said[:count])}; and {len(said) - count} more"
        if len(subject) <= _LONGEST_SUBJECT:
            return subject
    first = said[0].partition(" (")[0]
    return f"{first}; and {len(said) - 1} more" if len(said) > 1 else first


def _said(changes: Iterable[Change]) -> Iterator[str]:
    """Yield what happened to each record: `add nitka`, `change bergamotka (phone, tags)`."""
    fields: dict[tuple[str, str | None], list[str]] = {}
    for change in changes:
        if change.action == "changed":
            fields.setdefault((change.kind, change.id), []).append(_field(change))
        elif change.action == "renamed":
            yield f"rename {_record(change.kind, change.old)} to {_id(change.id)}"
        else:
            yield f"{_VERBS[change.action]} {_record(change.kind, change.id)}"
    for (kind, id), names in fields.items():
        yield f"change {_record(kind, id)} ({', '.join(dict.fromkeys(names))})"


def _record(kind: str, id: str | None) -> str:
    if id is None:
        return kind
    return _id(id) if kind == "member" else f"{kind} {_id(id)}"


def _id(id: str | None) -> str:
    # An id that breaks the rule can be anything, even a person's name.
    return id if id and is_id(id) else "…"


def _field(change: Change) -> str:
    known = ("format",) if change.kind == "file" else KIND[change.kind].struct.__struct_fields__
    return change.field if change.field in known else "other keys"


def _companions(repository: Repository) -> Iterator[str]:
    """Yield the files beside the registry that are committed with it, as paths from the top folder."""
    name = PurePosixPath(repository.path).name
    for companion, is_own in (
        (".gitattributes", lambda one: is_own_attribute(one, name)),
        (".gitignore", lambda one: is_own_ignore(one, name)),
    ):
        path = str(PurePosixPath(repository.path).with_name(companion))
        try:
            if _goes_along(repository, path, is_own):
                yield path
        except OSError as error:
            raise NotSaved("unreadable", f"{path}: {system_words(error)}") from error


def _goes_along(repository: Repository, path: str, is_own: Callable[[str], bool]) -> bool:
    """Return whether a file is untracked, or differs from the last commit only by lines from pkes."""
    file = repository.folder / path
    if not file.is_file() or file.is_symlink():
        return False
    held = run(repository.folder, "ls-files", "--stage", "-z", "--", literal(path))
    if not held:
        return not run(repository.folder, "ls-files", "--others", "--ignored", "--exclude-standard", "--", path)
    try:
        committed = run(repository.folder, "cat-file", "blob", f"HEAD:{path}")
    except GitFailed:  # it is staged by the user, so leave it alone
        return False
    before, after = (data.splitlines() for data in (committed, file.read_bytes()))
    new = [one.decode(errors="replace") for one in after if one not in before]
    return not [one for one in before if one not in after] and all(map(is_own, new))


def _unfinished(repository: Repository) -> str | None:
    """Return the command of git (`merge`, `rebase` …) that is in progress in the repository, or None."""
    named = [word for name in _UNFINISHED for word in ("--git-path", name)]
    paths = run(repository.folder, "rev-parse", *named).splitlines()
    for name, path in zip(_UNFINISHED, paths, strict=True):
        if os.path.lexists(repository.folder / os.fsdecode(path)):
            return _UNFINISHED[name]
    return None


def _git(folder: Path, *arguments: str) -> None:
    """Run git as the user would. Raises NotSaved with the output of git or a hook."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("GIT_") or name.startswith(_KEPT)}
    command = ["git", "-C", os.fspath(folder), *arguments]
    try:
        ran = subprocess.run(
            command,
            env=env | {"GIT_TERMINAL_PROMPT": "0", "GIT_EDITOR": ":"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
    except OSError as error:
        raise NotSaved("git", system_words(error)) from error
    if ran.returncode:
        raise NotSaved("git", ran.stdout.decode(errors="replace").strip())
