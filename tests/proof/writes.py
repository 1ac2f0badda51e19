"""The kinds of writes that are proven, one in a line of a table, and what each may leave behind."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from pkes.git import running
from tests import generated
from tests.proof.warm import Warm

NAME, LIST = "registry.toml", "list.csv"
MEMBERS = 30
ROWS = 1_000

INQUIRY = """
[inquiries.2025-02-20-abc]
received = 2025-02-20
name = "Stowarzyszenie Nić"
person = "Anna Nowa"
email = "nic@example.org"
channel = "email"
topic = "join"
sector = "ngo"
status = "new"
lawful_basis = "art. 6(1)(b)"
"""
REGISTRY = generated.toml_text(MEMBERS) + INQUIRY
UNTIDY = "# kept\n" + REGISTRY.replace(" = ", "=").replace("\n\n", "\n\n\n")
OURS, THEIRS = generated.neighbours(REGISTRY, "m-000007")


class Kind(NamedTuple):
    """A kind of write: the command in its folder, the file that it writes, and others there by their names.

    `before` is what the file holds, None where it is to be made. What has no lock leaves it to others to tidy up.
    """

    name: str
    arguments: tuple[str, ...]
    before: str | None = REGISTRY
    beside: Mapping[str, str] = {}
    target: str = NAME
    locks: bool = True


def _kind(name: str, *arguments: str, **files: Any) -> Kind:
    return Kind(name, arguments, **files)


def rows() -> str:
    """Return new members as CSV."""
    lines = (f"nowy-{number},Fundacja Nowa {number},ngo,Krosno" for number in range(ROWS))
    return "\n".join(["id,name,sector,town", *lines]) + "\n"


MERGED = {"base": REGISTRY, "theirs": THEIRS}
KINDS = (
    _kind("add", "add", "Fundacja Nowa", "-s", "ngo", "--town", "Krosno"),
    _kind("edit", "edit", "m-000007", "phone=14 681 00 00", "offers+=haft"),
    _kind("accept", "inquiry", "accept", "2025-02-20-abc", "-y"),
    _kind("fmt", "fmt", before=UNTIDY),
    _kind("import", "import", "rows.csv", "--yes", beside={"rows.csv": rows()}),
    _kind("merge", "git", "merge", "base", NAME, "theirs", before=OURS, beside=MERGED, locks=False),
    _kind("init", "init", ".", "--name", "K", "--coordinator", "Igła", "--sector", "ngo", before=None, locks=False),
    _kind("export", "export", "-o", LIST, before="id\n", beside={NAME: REGISTRY}, target=LIST, locks=False),
)


BY_NAME = {kind.name: kind for kind in KINDS}


class States(NamedTuple):
    """What may be in the file after a write of a kind: None where there is no file.

    `between` is git's own merge by lines, which the merge driver writes first.
    """

    old: bytes | None
    new: bytes
    between: bytes | None = None

    def of(self, path: Path) -> str:
        """Return which of them a file is in, or "torn"."""
        data = path.read_bytes() if path.exists() else None
        named = {"old": self.old, "new": self.new, "between": self.between or self.old}
        return next((name for name, state in named.items() if state == data), "torn")


def lay_out(kind: Kind, folder: Path) -> Path:
    """Put the files of a kind into a folder; return where the one is, or will be, that it writes."""
    for name, text in kind.beside.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    path = folder / kind.target
    reset(kind, path)
    return path


def reset(kind: Kind, path: Path) -> None:
    """Make the file what it was before the write."""
    if kind.before is None:
        path.unlink(missing_ok=True)
    else:
        path.write_bytes(kind.before.encode())


def states(kind: Kind, path: Path, warm: Warm, folder: Path | None = None) -> States:
    """Return what a write of a kind, from a folder, may leave, by doing it twice, the first time as a rehearsal."""
    folder = folder or path.parent
    between = None
    if kind.name == "merge":
        between = running.merge_file(path, folder / "base", folder / "theirs").data
    warm.rehearse(folder, *kind.arguments)
    reset(kind, path)
    done = warm.run(folder, *kind.arguments)
    assert done.status == 0, done
    found = States(kind.before.encode() if kind.before is not None else None, path.read_bytes(), between)
    reset(kind, path)
    assert found.new != found.old
    return found


def leftovers(path: Path) -> list[str]:
    """Return the names of the temporary files beside a file."""
    return sorted(found.name for found in path.parent.glob(f".{path.name}.pkes-*.tmp"))
