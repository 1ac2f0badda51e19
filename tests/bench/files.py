"""The same members in the form of each program, in a folder.

    python -m bench.files FOLDER MEMBERS

It is a process of its own, because the memory of a big one would be taken for that of the processes it starts.
"""

import json
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import generated

CARD = """\
BEGIN:VCARD
VERSION:3.0
UID:{id}
FN:{name}
N:{name};;;;
CATEGORIES:{sector}
TEL:{phone}
EMAIL:{email}
END:VCARD
"""
MOST_CARDS = 10_000
"""A file for each of more would take longer to make than all else."""
INQUIRY = """
[inquiries.2025-02-20-abc]
received = 2025-02-20
name = "Stowarzyszenie Nić"
email = "nic@example.org"
channel = "email"
topic = "join"
sector = "ngo"
status = "new"
"""


class Files(NamedTuple):
    """Where the files are."""

    folder: Path

    def __getattr__(self, name: str) -> Path:
        return self.folder / NAMES[name]


NAMES = {
    "toml": "registry.toml",
    "edited": "edited.toml",
    "alone": "alone.toml",
    "taking": "taking.toml",
    "asked": "asked.toml",
    "written": "written.toml",
    "saved": "repository/registry.toml",
    "base": "base.toml",
    "mine": "mine.toml",
    "ours": "ours.toml",
    "theirs": "theirs.toml",
    "keyed": "keyed.rec",
    "keyless": "keyless.rec",
    "csv": "members.csv",
    "edited_csv": "edited.csv",
    "database": "members.db",
    "cards": "cards",
    "khard": "khard.conf",
}
"""An import goes into `taking`, which is `alone` before; `base` and `theirs` are merged into `ours`, before `mine`.

A member is added to `written`, which is `toml` before, and an inquiry answered in it, which is `asked` before.
"""


def middle(count: int) -> str:
    """Return the id of the member that is looked up and edited."""
    return generated.member_id(count // 2)


def write(folder: Path, count: int) -> None:
    """Write all files for so many members."""
    files = Files(folder)
    text = generated.toml_text(count)
    for path in (files.toml, files.edited, files.base):
        _put(path, text)
    _put(files.alone, alone(text))
    _put(files.asked, text + INQUIRY)
    _save(files.saved, text)
    for path, side in zip((files.mine, files.theirs), generated.neighbours(text, middle(count)), strict=True):
        _put(path, side)
    _put(files.keyed, generated.rec_text(count, key=True))
    _put(files.keyless, generated.rec_text(count, key=False))
    export = [sys.executable, "-m", "pkes", "-r", str(files.toml), "export"]
    for path in (files.csv, files.edited_csv):
        with path.open("wb") as file:
            subprocess.run(export, stdout=file, check=True)
    _write_database(files.database, count)
    _write_cards(files, min(count, MOST_CARDS))


def alone(text: str) -> str:
    """Return a registry with the first member alone."""
    return text.partition("\n[members.m-000001]")[0]


def _put(path: Path, text: str) -> None:
    path.write_bytes(text.encode())


def _save(path: Path, text: str) -> None:
    """Write a registry into a repository of its own, and commit it."""
    path.parent.mkdir()
    _put(path, text)
    git = ["git", "-C", str(path.parent), "-c", "user.name=Test", "-c", "user.email=test@example.org"]
    for arguments in (["init", "-q"], ["add", path.name], ["commit", "-q", "--no-gpg-sign", "-m", "Begin"]):
        subprocess.run([*git, *arguments], check=True)


def _write_database(path: Path, count: int) -> None:
    held = generated.members(count)
    columns = ["id", *next(iter(held.values()))]
    with sqlite3.connect(path) as database:
        database.execute(f"CREATE TABLE members ({', '.join(columns)}, PRIMARY KEY (id))")
        rows = ([id, *map(_cell, record.values())] for id, record in held.items())
        database.executemany(f"INSERT INTO members VALUES ({', '.join('?' * len(columns))})", rows)
    database.close()


def _cell(value: object) -> object:
    return json.dumps(value) if isinstance(value, list) else value if isinstance(value, bool) else str(value)


def _write_cards(files: Files, count: int) -> None:
    files.cards.mkdir()
    for id, record in generated.members(count).items():
        _put(files.cards / f"{id}.vcf", CARD.format(id=id, **record))
    _put(files.khard, f"[addressbooks]\n[[members]]\npath = {files.cards}\n[general]\n[contact table]\n[vcard]\n")


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]))
