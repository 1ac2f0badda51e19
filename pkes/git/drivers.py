"""git's drivers, which make a clone merge and show the registry by records: setting them up, and checking for them.

A driver has two parts: the clone's configuration defines it, and `.gitattributes` says which file it is for. The first
belongs to the clone, the second is committed.
"""

import re
import shlex
from codecs import BOM_UTF8
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from pkes.errors import CannotWrite, GitFailed
from pkes.git import running
from pkes.git.repository import Repository
from pkes.git.running import fields, run
from pkes.storage import files
from pkes.storage.files import read, with_line

DRIVER = "pkes"
"""The name of both drivers."""

ATTRIBUTES = ("merge", "diff")
"""The attributes that lead to them."""

_NAME = "a registry, record by record and field by field (pkes)"

# git uses extended POSIX expressions, without look-ahead; a hunk header shows the first group. A single quoted key, or
# one that begins with a digit, is more likely an item of an array than a header.
_BARE, _QUOTED, _BLANKS = "[A-Za-z0-9_-]+", r""""([^"\\]|\\.)*"|'[^']*'""", "[[:blank:]]*"
_DOTTED = rf"({_BLANKS}\.{_BLANKS}({_BARE}|{_QUOTED}))"
HEADER = (
    rf"^{_BLANKS}(\[\[?{_BLANKS}([A-Za-z_][A-Za-z0-9_-]*{_DOTTED}*|({_QUOTED}){_DOTTED}+){_BLANKS}\]\]?)"
    rf"{_BLANKS}(#.*)?$"
)
"""The lines that name what stands below them: headers of tables."""

_UNPRINTABLE = r"\x00-\x1f\x7f\udc80-\udcff"
"""What is written in octal: control characters, and bytes that are not UTF-8."""


class Setting(NamedTuple):
    """A setting of the clone's configuration that was written; `old` is None if it was not set."""

    name: str
    old: str | None
    new: str


class SetUp(NamedTuple):
    """What `set_up` has written.

    `line` was added to the file `attributes`; it is None if nothing was missing there. `excluded` is the file that now
    makes git ignore the files beside the registry in this clone; it is None if git already did. `others` are the
    attributes that somebody has set to other values, with these values.
    """

    settings: tuple[Setting, ...]
    attributes: Path
    line: str | None
    excluded: Path | None
    others: Mapping[str, str]


def set_up(repository: Repository, python: str) -> SetUp:
    """Set up the drivers for the registry in this clone and all its work trees; `python` will run them.

    Existing lines stay, and an attribute that another line sets for the registry alone is not overridden. Raises
    `CannotExtend`, `CannotWrite` or `ChangedMeanwhile` if a file cannot be written, and GitFailed.
    """
    # Beside the registry, not in the top folder: no file in between can override it, and it moves with the folder.
    attributes = (repository.folder / repository.path).with_name(".gitattributes")
    data = read(attributes)
    line = _missing_line(repository, data)
    # The settings first: without the line they have no effect.
    settings = tuple(_missing_settings(repository, python))
    for setting in settings:
        _configure(repository, setting)
    if line is not None:
        files.replace_file(attributes, with_line(data, line), expected=data)
    excluded = _exclude_own(repository)
    others = {name: value for name, value in _attributes(repository).items() if value != DRIVER}
    return SetUp(settings, attributes, line, excluded, others)


def _configure(repository: Repository, setting: Setting) -> None:
    try:
        run(repository.folder, "config", "--local", "--replace-all", setting.name, setting.new)
    except GitFailed as error:
        path = running.line(run(repository.folder, "rev-parse", "--git-path", "config"))
        raise CannotWrite(path, OSError(error.reason)) from error


def _exclude_own(repository: Repository) -> Path | None:
    """Make git ignore the lock and other files beside the registry in this clone; return the file that was written."""
    registry = PurePosixPath(repository.path)
    if not registry.name.isprintable():  # such a name cannot be written there
        return None
    with suppress(GitFailed):  # git fails if a file is not ignored
        for end in ("lock", "pkes-edit-x.toml"):
            run(repository.folder, "check-ignore", "--quiet", "--", str(registry.with_name(f".{registry.name}.{end}")))
        return None
    path = repository.folder / running.line(run(repository.folder, "rev-parse", "--git-path", "info/exclude"))
    data = read(path)
    path.parent.mkdir(exist_ok=True)
    files.replace_file(path, with_line(data, f".{_literal(registry.name)}.*"), expected=data)
    return path


def is_set_up(repository: Repository) -> bool:
    """Return whether git uses the driver to merge the registry in this clone. Raises GitFailed."""
    if _attributes(repository)["merge"] != DRIVER:
        return False
    return any(_configured(repository).get(f"merge.{DRIVER}.driver", ()))


def merge_command(python: str) -> str:
    """Return the shell command that git runs for a merge.

    git replaces `%O`, `%A` and `%B` with names of temporary files, which are safe, and quotes the path for `%P`. If the
    command fails without leaving a conflict (for example, because this Python or this program is gone), git's own merge
    is used. The status is never one that git takes for a crash.
    """
    # -P prevents imports from the work tree, which can contain folders of any name.
    program = shlex.quote(python).replace("%", "%%")
    ours = f"{program} -P -m pkes git merge -- %O %A %B %P"
    gits = "{ ! grep -q '^<<<<<<< ' %A && git merge-file -L ours -L base -L theirs %A %O %B; }"
    return f"{ours} || {gits} || exit 1"


def _literal(name: str) -> str:
    """Return a git pattern that matches a name literally."""
    return re.sub(r"([*?\[\\])", r"\\\1", name)


def pattern(name: str) -> str:
    """Return the pattern for `.gitattributes` that matches only the file with this name in the same folder."""
    escaped = f"/{_literal(name)}"
    if not re.search(f'[ "{_UNPRINTABLE}]', escaped):
        return escaped
    quoted = escaped.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + re.sub(f"[{_UNPRINTABLE}]", lambda found: f"\\{ord(found[0]) & 0xFF:03o}", quoted) + '"'


def is_own_attribute(line: str, name: str) -> bool:
    """Return whether a line of `.gitattributes` is one that `set_up` writes for a registry with this file name."""
    own = {f"{attribute}={DRIVER}" for attribute in ATTRIBUTES}
    head = pattern(name)
    return not line or (line.startswith(f"{head} ") and set(line.removeprefix(head).split()) <= own)


# The clone's configuration.


def _missing_settings(repository: Repository, python: str) -> Iterator[Setting]:
    wanted = {
        f"merge.{DRIVER}.name": _NAME,
        f"merge.{DRIVER}.driver": merge_command(python),
        f"diff.{DRIVER}.xfuncname": HEADER,
    }
    held = _configured(repository, "--local")
    for name, value in wanted.items():
        there = held.get(name, [])
        if there != [value]:
            yield Setting(name, there[-1] if there else None, value)


def _configured(repository: Repository, *scope: str) -> dict[str, list[str]]:
    """Return all values of each setting, overridden ones first."""
    found: dict[str, list[str]] = {}
    for entry in run(repository.folder, "config", *scope, "-z", "--list").decode(errors="surrogateescape").split("\0"):
        name, _, value = entry.partition("\n")
        found.setdefault(name, []).append(value)
    return found


# The attributes.


def _attributes(repository: Repository) -> dict[str, str]:
    """Return the attributes that git applies to the registry, whichever file they come from."""
    listed = run(repository.folder, "check-attr", "-z", *ATTRIBUTES, "--", repository.path)
    return {name.decode(): value.decode(errors="replace") for _path, name, value in fields(listed, 3)}


def _missing_line(repository: Repository, data: bytes | None) -> str | None:
    """Return the line that is missing in `.gitattributes`, or None."""
    name = PurePosixPath(repository.path).name
    said = set(_said((data or b"").removeprefix(BOM_UTF8).decode(), pattern(name)))
    missing = [
        f"{attribute}={DRIVER}"
        for attribute, value in _attributes(repository).items()
        if value != DRIVER and attribute not in said
    ]
    return " ".join([pattern(name), *missing]) if missing else None


def _said(text: str, path: str) -> Iterator[str]:
    """Yield the attributes that are set by lines for this file alone."""
    anywhere = path.replace("/", "", 1)
    for line in map(str.strip, text.split("\n")):
        for one in (path, anywhere):
            head, after, rest = line[: len(one)], line[len(one) : len(one) + 1], line[len(one) :]
            if head == one and after in (" ", "\t"):
                names = [word.lstrip("-!").partition("=")[0] for word in rest.split()]
                yield from ATTRIBUTES if "binary" in names else names
