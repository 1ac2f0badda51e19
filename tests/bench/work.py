"""The work that is measured, and how each program does it on the same members."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path
from typing import NamedTuple

import generated
from bench import files as forms
from bench.files import Files
from bench.goals import FLOOR, FLOOR_AND_GIT
from bench.measuring import Side

PKES = (sys.executable, "-m", "pkes")
PHONES = ("+48 12 641 00 00", "+48 12 642 00 00")
IMPORTS = "import typer, rich.table"
LOADS = """\
import sys
import toml_rs
import typer
with open(sys.argv[1], encoding="utf-8") as file:
    toml_rs.loads(file.read(), toml_version="1.0.0")
"""
GIT = """\
git -C "$0" rev-parse --show-toplevel --show-prefix &&
git -C "$0" status --porcelain -z --untracked-files=all -- "$1" && shift && exec "$@"
"""
MOST_KEYED = 1_000
"""Where recutils writes or checks a file with %key it compares each key with all: with 10,000 a run takes a minute."""


class Work(NamedTuple):
    """What is to be done: its name, the programs that do it, pkes first, and whether that is of any size."""

    name: str
    sides: Callable[[Files, int], Iterator[Side]]
    has_sizes: bool = True


def start_up(files: Files, count: int) -> Iterator[Side]:
    """Show a short list on a terminal."""
    yield Side("pkes list, on a terminal", _of(*PKES, "-r", files.toml, "list"), terminal=True)
    yield Side("pkes list", _of(*PKES, "-r", files.toml, "list"))
    yield Side("pkes --version", _of(*PKES, "--version"))
    yield Side("python -c ''", _of(sys.executable, "-c", ""))
    yield Side(f"python -c '{IMPORTS}'", _of(sys.executable, "-c", IMPORTS))
    yield Side("recsel", _of("recsel", "-t", "Member", files.keyed))
    yield Side("mlr", _of("mlr", "--icsv", "--opprint", "cat", files.csv))
    yield Side("sqlite-utils", _of("sqlite-utils", "rows", files.database, "members", "--table"))
    yield Side("khard list, on a terminal", _of("khard", "-c", files.khard, "list"), terminal=True)


def list_by_sector(files: Files, count: int) -> Iterator[Side]:
    """List the NGOs."""
    ngos = sum(record["sector"] == "ngo" for record in generated.members(count).values())
    chosen = "SELECT * FROM members WHERE sector = 'ngo'"
    tabs, words = ("\tngo\t", ngos), ("sector: ngo\n", ngos)
    yield Side("pkes list -s ngo", _of(*PKES, "-r", files.toml, "list", "-s", "ngo"), tabs)
    yield from _floor(files.toml)
    for name, path in (("recsel -C, %key", files.keyed), ("recsel -C", files.keyless)):
        yield Side(name, _of("recsel", "-t", "Member", "-e", "sector = 'ngo'", "-C", path), words)
    yield Side("mlr filter", _of("mlr", "--icsv", "--otsv", "filter", '$sector == "ngo"', files.csv), tabs)
    yield Side("sqlite-utils query", _of("sqlite-utils", "query", files.database, chosen, "--tsv"), tabs)
    if count <= forms.MOST_CARDS:
        yield Side("khard list", _of("khard", "-c", files.khard, "list", "ngo"), ("@example.org", ngos))


def look_up(files: Files, count: int) -> Iterator[Side]:
    """Show one member."""
    id = forms.middle(count)
    once = (f"{id}@example.org", 1)
    chosen = f"SELECT * FROM members WHERE id = '{id}'"
    yield Side("pkes show", _of(*PKES, "-r", files.toml, "show", id), once)
    yield from _floor(files.toml)
    yield Side("recsel, %key", _of("recsel", "-t", "Member", "-e", f"id = '{id}'", files.keyed), once)
    yield Side("mlr filter", _of("mlr", "--icsv", "--ojson", "filter", f'$id == "{id}"', files.csv), once)
    yield Side("sqlite-utils query", _of("sqlite-utils", "query", files.database, chosen), once)


def status(files: Files, count: int) -> Iterator[Side]:
    """Say how things stand, of a registry in a repository: whether it is saved is for git to tell."""
    yield Side("pkes status", _of(*PKES, "-r", files.saved, "status"), ("Members by sector", 1))
    shell = _of("sh", "-c", GIT, files.saved.parent, files.saved.name, sys.executable, "-c", LOADS, files.saved)
    yield Side(FLOOR_AND_GIT, shell, needs="git")
    yield from _floor(files.saved)


def edit(files: Files, count: int) -> Iterator[Side]:
    """Give one member another phone number."""
    id = forms.middle(count)
    chosen, update = f"id = '{id}'", "UPDATE members SET phone = 'PHONE' WHERE id = "
    put = f'if ($id == "{id}") {{$phone = "PHONE"}}'
    yield Side("pkes edit", _editing(*PKES, "-r", files.edited, "edit", id, "phone=PHONE"), makes=files.edited)
    yield from _floor(files.toml)
    keyed = [("recset, %key", files.keyed)] if count <= MOST_KEYED else []
    for name, path in [("recset", files.keyless), *keyed]:
        setting = _editing("recset", "-t", "Member", "-e", chosen, "-f", "phone", "-s", "PHONE", path)
        yield Side(name, setting, makes=path)
    yield Side("mlr -I put", _editing("mlr", "-I", "--csv", "put", put, files.edited_csv), makes=files.edited_csv)
    updating = _editing("sqlite-utils", "query", files.database, f"{update}'{id}'")
    yield Side("sqlite-utils query", updating, makes=files.database)


def add(files: Files, count: int) -> Iterator[Side]:
    """Add a member."""
    new = ("add", "Fundacja Nowa", "-s", "ngo", "--town", "Krosno")
    yield Side("pkes add", _written_anew(files, files.toml, *new), makes=files.written)
    yield from _floor(files.toml)


def answer(files: Files, count: int) -> Iterator[Side]:
    """Say that an inquiry was answered."""
    answering = _written_anew(files, files.asked, "inquiry", "answer", "nić")
    yield Side("pkes inquiry answer", answering, makes=files.written)
    yield from _floor(files.asked)


def first_row(files: Files, count: int) -> Iterator[Side]:
    """Show the first of all members on a terminal."""
    yield Side("pkes list, to the first", _listing(files.toml), ("mailto:", count), terminal=True, to_first=True)
    yield Side("pkes list", _listing(files.toml), ("m-0", count))


def whole_list(files: Files, count: int) -> Iterator[Side]:
    """Show all members on a terminal."""
    yield Side("pkes list, on a terminal", _listing(files.toml), ("mailto:", count), terminal=True)
    yield Side("pkes list", _listing(files.toml), ("m-0", count))


def export(files: Files, count: int) -> Iterator[Side]:
    """Write all members as CSV."""
    all_of_them = ("@example.org", count)
    yield Side("pkes export", _of(*PKES, "-r", files.toml, "export"), all_of_them)
    yield from _floor(files.toml)
    yield _as_csv(files, count)
    yield Side("mlr cat", _of("mlr", "--csv", "cat", files.csv), all_of_them)
    yield Side("sqlite-utils rows", _of("sqlite-utils", "rows", files.database, "members", "--csv"), all_of_them)


def page(files: Files, count: int) -> Iterator[Side]:
    """Make the cluster's page in both languages, beside all members as JSON: each page may take four times as long."""
    yield Side("pkes page, both", _of(*PKES, "-r", files.toml, "page", "-o", files.folder / "page"))
    yield Side("pkes export -f json", _of(*PKES, "-r", files.toml, "export", "-f", "json"), ("@example.org", count))
    yield from _floor(files.toml)


def export_json(files: Files, count: int) -> Iterator[Side]:
    """Write all members as JSON."""
    yield Side("pkes export -f json", _of(*PKES, "-r", files.toml, "export", "-f", "json"), ("@example.org", count))
    yield from _floor(files.toml)
    yield _as_csv(files, count)
    yield Side("mlr, to JSON", _of("mlr", "--icsv", "--ojson", "cat", files.csv), ("@example.org", count))


def import_(files: Files, count: int) -> Iterator[Side]:
    """Take all members but one from CSV into a registry that has the first."""
    made = files.folder / "made.db"

    def anew() -> list[str]:
        shutil.copy(files.alone, files.taking)
        return [*PKES, "-r", os.fspath(files.taking), "import", os.fspath(files.csv), "--yes"]

    def into_none() -> list[str]:
        made.unlink(missing_ok=True)
        return ["sqlite-utils", "insert", os.fspath(made), "members", os.fspath(files.csv), "--csv", "--pk", "id"]

    yield Side("pkes import", anew, makes=files.taking)
    yield from _floor(files.toml)
    yield Side("csv2rec", _of("csv2rec", files.csv), ("@example.org", count))
    yield Side("mlr, to JSON", _of("mlr", "--icsv", "--ojson", "cat", files.csv), ("@example.org", count))
    yield Side("sqlite-utils insert", into_none, makes=made)


def merge(files: Files, count: int) -> Iterator[Side]:
    """Merge two changes in neighbouring lines, as git's driver does; git itself leaves a conflict."""

    def anew() -> list[str]:
        shutil.copy(files.mine, files.ours)
        return [*PKES, "git", "merge", *map(os.fspath, (files.base, files.ours, files.theirs))]

    lines = 'git merge-file -p "$0" "$1" "$2" || [ $? -eq 1 ]'
    yield Side("pkes git merge", anew, makes=files.ours)
    yield from _floor(files.toml)
    yield Side("pkes list", _listing(files.toml), ("m-0", count))
    yield Side("git merge-file", _of("sh", "-c", lines, files.mine, files.base, files.theirs), needs="git")


def check(files: Files, count: int) -> Iterator[Side]:
    """Look for anything that is wrong."""
    yield Side("pkes check", _of(*PKES, "-r", files.toml, "check"))
    yield from _floor(files.toml)
    yield Side("recfix", _of("recfix", files.keyless))
    if count <= MOST_KEYED:
        yield Side("recfix, %key", _of("recfix", files.keyed))


def fmt(files: Files, count: int) -> Iterator[Side]:
    """See that a file is in canonical form."""
    yield Side("pkes fmt --check", _of(*PKES, "-r", files.toml, "fmt", "--check"))
    yield from _floor(files.toml)


WORK = (
    Work("start-up", start_up, has_sizes=False),
    Work("list by sector", list_by_sector),
    Work("look-up", look_up),
    Work("status", status),
    Work("first row", first_row),
    Work("whole list", whole_list),
    Work("one edit", edit),
    Work("one member more", add),
    Work("an answer", answer),
    Work("export to CSV", export),
    Work("export to JSON", export_json),
    Work("the page", page),
    Work("import of CSV", import_),
    Work("merge", merge),
    Work("check", check),
    Work("fmt", fmt),
)


def _floor(path: Path) -> Iterator[Side]:
    """The least that a program of these means could take: to read the file, and no more."""
    yield Side(FLOOR, _of(sys.executable, "-c", LOADS, path))


def _listing(path: Path) -> Callable[[], list[str]]:
    return _of(*PKES, "-r", path, "list")


def _as_csv(files: Files, count: int) -> Side:
    piped = _of("sh", "-c", 'recsel -t Member "$0" | rec2csv', files.keyed)
    return Side("recsel | rec2csv, %key", piped, ("@example.org", count), needs="recsel")


def _written_anew(files: Files, before: Path, *words: str) -> Callable[[], list[str]]:
    """Return a command that writes into a file that is the same before each time."""

    def anew() -> list[str]:
        shutil.copy(before, files.written)
        return [*PKES, "-r", os.fspath(files.written), *words]

    return anew


def _editing(*words: str | Path) -> Callable[[], list[str]]:
    """Return a command with another phone number each time."""
    phones = cycle(PHONES)

    def command() -> list[str]:
        phone = next(phones)
        return [os.fspath(word).replace("PHONE", phone) for word in words]

    return command


def _of(*words: str | Path) -> Callable[[], list[str]]:
    return lambda: [os.fspath(word) for word in words]
