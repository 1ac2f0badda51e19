"""Where a registry and what is taken in may come from: files, pipes and stdin, none of them without an end."""

import io
import json
import os
import socket
import sys
import threading

import pytest

from pkes.storage import sources
from pkes.toml.canonical import canonical
from tests.cli.registry_with_faults import GOOD
from tests.git.repositories import new_repository

ODD = GOOD + 'twon = "T"\n'
LINE = ODD.count("\n")
"""The line of the key that is unknown."""
MARK = b"\xef\xbb\xbf"


@pytest.fixture
def stdin(monkeypatch):
    """Give bytes as what comes from stdin."""

    def give(data):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))

    return give


@pytest.fixture
def small(monkeypatch):
    """Let a megabyte be the most that is read."""
    monkeypatch.setattr(sources, "MOST_MB", 1)
    return b"#" * (1 << 20)


@pytest.fixture
def pipe():
    """Give the path of a pipe that holds bytes."""
    held = []

    def make(data):
        reader, writer = os.pipe()
        held.append(reader)
        threading.Thread(target=_fill, args=(writer, data), daemon=True).start()
        return f"/dev/fd/{reader}"

    yield make
    for reader in held:
        os.close(reader)


def _fill(writer, data):
    try:
        with os.fdopen(writer, "wb") as file:
            file.write(data)
    except BrokenPipeError:
        pass


# What is no file.

NONE = {
    "a folder": lambda path: path.mkdir(),
    "a pipe": lambda path: os.mkfifo(path),
    "a device": lambda path: path.symlink_to("/dev/zero"),
}
READING = ["list", "show a", "export", "fmt --check", "fmt --diff", "privacy report x", "git setup"]
WRITING = ["edit a town=x", "add X --sector ngo", "fmt", "remove a --yes", "import rows.csv"]


@pytest.mark.parametrize("command", READING + WRITING)
@pytest.mark.parametrize("kind", NONE)
def test_the_registry_is_a_regular_file(pkes, tmp_path, monkeypatch, kind, command):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "rows.csv").write_text("name,sector\nX,ngo\n")
    NONE[kind](tmp_path / "registry.toml")
    before = sorted(os.listdir(tmp_path))
    for named in ([], ["-r", "registry.toml"]):
        ran = pkes(*named, *command.split(), PKES_LANG="en")
        assert ran == (3, "", f"pkes: registry.toml: not a regular file, but {kind}\n")
    assert sorted(os.listdir(tmp_path)) == before


@pytest.mark.parametrize("kind", NONE)
def test_check_makes_a_finding_of_it(pkes, tmp_path, monkeypatch, kind):
    monkeypatch.chdir(tmp_path)
    NONE[kind](tmp_path / "registry.toml")
    line = f"registry.toml:1:1: error file-type not a regular file, but {kind}\n"
    assert pkes("check", PKES_LANG="en") == (1, line, "pkes: 1 error, 0 warnings, 0 notes\n")
    (found,) = json.loads(pkes("check", "--json").out)
    assert (found["code"], found["line"], found["column"]) == ("file-type", 1, 1)
    assert pkes("check", "--fix").status == 1


def test_a_socket_and_a_folder_among_files(pkes, write_registry, tmp_path):
    write_registry(GOOD)
    (tmp_path / "folder").mkdir()
    with socket.socket(socket.AF_UNIX) as held:
        held.bind("socket")
        ran = pkes("check", "socket", "registry.toml", "folder", PKES_LANG="en")
    assert ran.status == 1
    assert ran.out == (
        "socket:1:1: error file-type not a regular file, but a socket\n"
        "folder:1:1: error file-type not a regular file, but a folder\n"
    )


def test_a_terminal_names_no_command_for_it(terminal, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "registry.toml").mkdir()
    seen = terminal("check", PKES_LANG="en")
    assert "registry.toml:1:1: error file-type not a regular file, but a folder\n" in seen
    assert "no command can change it" not in seen


# What is too large.


def test_as_much_as_may_be_is_read(pkes, write_registry, small):
    path = write_registry("")
    path.write_bytes(GOOD.encode() + small[len(GOOD.encode()) :])
    assert pkes("list").status == 0
    path.write_bytes(GOOD.encode() + small[len(GOOD.encode()) :] + b"#")
    for command in ("list", "edit a town=x", "fmt", "diff registry.toml registry.toml"):
        assert pkes(*command.split(), PKES_LANG="en") == (3, "", "pkes: registry.toml: larger than 1 MB\n")
    assert pkes("check", PKES_LANG="en").out == "registry.toml:1:1: error file-size larger than 1 MB\n"


def test_a_revision_is_read_within_the_same_bounds(pkes, tmp_path, monkeypatch, small):
    git = new_repository(tmp_path / "repository", monkeypatch)
    monkeypatch.chdir(git.folder)
    git.write("registry.toml", GOOD + small.decode())
    git.commit("large")
    git.write("registry.toml", GOOD)
    git.commit("small")
    said = "HEAD~1:registry.toml: larger than 1 MB\n"
    assert pkes("diff", "HEAD~1", PKES_LANG="en") == (3, "", f"pkes: {said}")
    ran = pkes("check", "--since", "HEAD~1", PKES_LANG="en")
    assert (ran.status, "larger than 1 MB" in ran.err) == (2, True)
    steps = json.loads(pkes("history", "--json").out)
    assert [one["changes"] is None for one in steps] == [False, True]
    assert "larger than 1 MB" in pkes("history", PKES_LANG="en").out


@pytest.mark.parametrize("command", ["import -", "inquiry add --mail -", "inquiry add --name X --message -", "check -"])
def test_stdin_without_an_end(pkes, write_registry, small, stdin, command):
    write_registry(GOOD)
    stdin(small + b"##")
    ran = pkes(*command.split(), PKES_LANG="en")
    assert "-:1:1: error file-size larger than 1 MB\n" in ran.out or ran == (3, "", "pkes: -: larger than 1 MB\n")


@pytest.mark.parametrize("command", ["import", "inquiry add --mail", "git merge registry.toml registry.toml"])
def test_a_device_without_an_end(pkes, write_registry, small, command):
    write_registry(GOOD)
    ran = pkes(*command.split(), "/dev/zero", PKES_LANG="en")
    assert ran.status in (2, 3)
    assert "larger than 1 MB\n" in ran.err


# Pipes.


def test_a_file_of_check_diff_and_fmt_may_be_a_pipe(pkes, write_registry, pipe):
    write_registry(GOOD)
    name = pipe(ODD.encode())
    ran = pkes("check", name)
    assert (ran.status, ran.out) == (
        0, f'{name}:{LINE}:1: warning unknown-key member a: unknown key "twon" (did you mean "town"?)\n'
    )  # fmt: skip
    (change,) = json.loads(pkes("diff", pipe(ODD.encode()), "registry.toml", "--json").out)
    assert (change["field"], change["old"]) == ("twon", "T")
    assert pkes("fmt", "--check", pipe(GOOD.replace(" = ", "=").encode())).status == 1
    assert pkes("fmt", pipe(GOOD.encode())).status == 3


def test_a_pipe_without_an_end(pkes, write_registry, pipe, small):
    write_registry(GOOD)
    assert "file-size" in pkes("check", pipe(3 * small)).out
    assert pkes("diff", pipe(3 * small), "registry.toml").status == 3


# stdin.


def test_check_reads_stdin(pkes, write_registry, stdin):
    write_registry(GOOD)
    stdin(MARK + ODD.encode())
    ran = pkes("check", "-", "registry.toml", PKES_LANG="en")
    assert ran.out == f'-:{LINE}:1: warning unknown-key member a: unknown key "twon" (did you mean "town"?)\n'
    stdin(b"x = [")
    assert pkes("check", "-").status == 1


def test_check_compares_stdin_with_the_registry_at_a_revision(pkes, tmp_path, monkeypatch, stdin):
    git = new_repository(tmp_path / "repository", monkeypatch)
    monkeypatch.chdir(git.folder)
    git.write("registry.toml", ODD)
    git.commit("one")
    stdin(ODD.encode() + b"nwe = 1\n")
    (found,) = json.loads(pkes("check", "-", "--since", "HEAD", "--json").out)
    assert (found["file"], found["field"]) == ("-", "nwe")


def test_fmt_prints_what_stdin_holds(pkes, write_registry, stdin):
    path = write_registry(GOOD)
    odd = GOOD.replace(" = ", "=")
    for data in (odd.encode(), MARK + odd.replace("\n", "\r\n").encode(), GOOD.encode()):
        stdin(data)
        assert pkes("fmt", "-") == (0, canonical(GOOD), "")
    stdin(odd.encode())
    assert pkes("fmt", "-", "--check", PKES_LANG="en") == (1, "", "pkes: -: not in canonical form\n")
    stdin(odd.encode())
    assert pkes("fmt", "-", "--diff").out.startswith("--- -\n+++ -\n")
    stdin(canonical(GOOD).encode())
    assert pkes("fmt", "-", "--check") == (0, "", "")
    stdin(b"x = [")
    assert pkes("fmt", "-", PKES_LANG="en").err.startswith("pkes: -:1:6: not TOML")
    assert path.read_text() == GOOD


def test_diff_reads_stdin_on_either_side(pkes, write_registry, stdin):
    write_registry(GOOD)
    for arguments, side in ((["-"], "old"), (["-", "registry.toml"], "old"), (["registry.toml", "-"], "new")):
        stdin(ODD.encode())
        (change,) = json.loads(pkes("diff", *arguments, "--json").out)
        assert (change["field"], change[side]) == ("twon", "T")
    stdin(b"x = [")
    assert pkes("diff", "-", PKES_LANG="en").err.startswith("pkes: -:1:6: not TOML")


@pytest.mark.parametrize("command", ["check - -", "fmt - registry.toml -", "diff - -"])
def test_stdin_is_read_once(pkes, write_registry, command):
    write_registry(GOOD)
    ran = pkes(*command.split(), PKES_LANG="en")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("pkes: -: stdin can only be read once\n")


def test_stdin_is_not_mended(pkes, write_registry):
    write_registry(GOOD)
    ran = pkes("check", "--fix", "-", PKES_LANG="en")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("pkes: --fix: stdin cannot be mended\n")


def test_a_file_may_have_that_name(pkes, write_registry, stdin):
    path = write_registry(GOOD)
    path.with_name("-").write_text(ODD)
    stdin(b"")
    assert pkes("check", "./-").out.startswith(f"-:{LINE}:1: warning unknown-key")
    assert json.loads(pkes("diff", "./-", "--json").out)[0]["field"] == "twon"
    assert pkes("-r", "./-", "list").status == 0
