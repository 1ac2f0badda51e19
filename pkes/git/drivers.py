"""git's drivers: what makes a clone merge and show the registry by its records, and whether it is there.

Two things make a driver: the clone's own configuration says what it is, and `.gitattributes` which file it is for. The
first belongs to the clone, the second is committed.
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

# git's regular expressions are extended POSIX ones, without look-ahead; the first group is what a hunk header shows.
# A single key in quotes alone, or one that begins with a digit, is rather an item of an array than a header.
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
    """A setting of the clone's configuration that was written; `old` is None where there was none."""

    name: str
    old: str | None
    new: str


class SetUp(NamedTuple):
    """What setting the drivers up has written.

    `line` went into the file `attributes`; it is None where nothing was missing there. `excluded` is the file where
    what stands beside the registry was added to what git ignores in this clone, None where it does so already.
    `others` are the attributes that lead elsewhere all the same, by somebody's decision, with the values they have.
    """

    settings: tuple[Setting, ...]
    attributes: Path
    line: str | None
    excluded: Path | None
    others: Mapping[str, str]


def set_up(repository: Repository, python: str) -> SetUp:
    """Make the drivers those of the registry in this clone, and of all its work trees; `python` is to run them.

    What is there stays; what a line for the registry alone says of an attribute is not overridden. Raises
    `CannotExtend`, `CannotWrite` or `ChangedMeanwhile` where a file cannot be written, and GitFailed.
    """
    # Beside the registry, not in the top folder: nothing in between can override it, and it moves with the folder.
    attributes = (repository.folder / repository.path).with_name(".gitattributes")
    data = read(attributes)
    line = _missing_line(repository, data)
    # The settings first: without the line they do nothing.
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
    """Let git ignore the lock and what is kept beside the registry in this clone; return the file that was written."""
    registry = PurePosixPath(repository.path)
    if not registry.name.isprintable():  # a name that is no text cannot be written there
        return None
    with suppress(GitFailed):  # so it says that a file is not ignored
        for end in ("lock", "pkes-edit-x.toml"):
            run(repository.folder, "check-ignore", "--quiet", "--", str(registry.with_name(f".{registry.name}.{end}")))
        return None
    path = repository.folder / running.line(run(repository.folder, "rev-parse", "--git-path", "info/exclude"))
    data = read(path)
    path.parent.mkdir(exist_ok=True)
    files.replace_file(path, with_line(data, f".{_literal(registry.name)}.*"), expected=data)
    return path


def is_set_up(repository: Repository) -> bool:
    """Whether git merges the registry by the driver in this clone. Raises GitFailed."""
    if _attributes(repository)["merge"] != DRIVER:
        return False
    return any(_configured(repository).get(f"merge.{DRIVER}.driver", ()))


def merge_command(python: str) -> str:
    """Return the shell command that git is to run for a merge.

    git puts the names of its files for `%O`, `%A` and `%B`, of its own making and safe, and quotes what `%P` stands
    for. Where the command fails and leaves no conflict, as where this Python or this program is gone, the merge is
    git's own. The status is never one that git takes for a crash.
    """
    # With -P the work tree, which can have a folder of any name, is no place to import from.
    program = shlex.quote(python).replace("%", "%%")
    ours = f"{program} -P -m pkes git merge -- %O %A %B %P"
    gits = "{ ! grep -q '^<<<<<<< ' %A && git merge-file -L ours -L base -L theirs %A %O %B; }"
    return f"{ours} || {gits} || exit 1"


def _literal(name: str) -> str:
    """Return the pattern of git that stands for a name alone."""
    return re.sub(r"([*?\[\\])", r"\\\1", name)


def pattern(name: str) -> str:
    """Return the pattern of `.gitattributes` that fits the file of a name in the same folder, and no other file."""
    escaped = f"/{_literal(name)}"
    if not re.search(f'[ "{_UNPRINTABLE}]', escaped):
        return escaped
    quoted = escaped.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + re.sub(f"[{_UNPRINTABLE}]", lambda found: f"\\{ord(found[0]) & 0xFF:03o}", quoted) + '"'


def is_own_attribute(line: str, name: str) -> bool:
    """Whether a line of `.gitattributes` is one that `set_up` writes for the registry of a name."""
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
    """Return the values of each setting, those that are overridden first."""
    found: dict[str, list[str]] = {}
    for entry in run(repository.folder, "config", *scope, "-z", "--list").decode(errors="surrogateescape").split("\0"):
        name, _, value = entry.partition("\n")
        found.setdefault(name, []).append(value)
    return found


# The attributes.


def _attributes(repository: Repository) -> dict[str, str]:
    """Return the values that git finds for the registry, wherever they are written."""
    listed = run(repository.folder, "check-attr", "-z", *ATTRIBUTES, "--", repository.path)
    return {name.decode(): value.decode(errors="replace") for _path, name, value in fields(listed, 3)}


def _missing_line(repository: Repository, data: bytes | None) -> str | None:
    """Return the line that `.gitattributes` lacks, None where it lacks nothing."""
    name = PurePosixPath(repository.path).name
    said = set(_said((data or b"").removeprefix(BOM_UTF8).decode(), pattern(name)))
    missing = [
        f"{attribute}={DRIVER}"
        for attribute, value in _attributes(repository).items()
        if value != DRIVER and attribute not in said
    ]
    return " ".join([pattern(name), *missing]) if missing else None


def _said(text: str, path: str) -> Iterator[str]:
    """Yield the attributes about which the lines for a file alone say something."""
    anywhere = path.replace("/", "", 1)
    for line in map(str.strip, text.split("\n")):
        for one in (path, anywhere):
            head, after, rest = line[: len(one)], line[len(one) : len(one) + 1], line[len(one) :]
            if head == one and after in (" ", "\t"):
                names = [word.lstrip("-!").partition("=")[0] for word in rest.split()]
                yield from ATTRIBUTES if "binary" in names else names
