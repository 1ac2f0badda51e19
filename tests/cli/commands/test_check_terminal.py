"""`pkes check` on a terminal: the line, a caret under the place, and the command that mends it."""

import re
import shlex

import pytest
from rich.cells import cell_len

from tests.cli.registry_with_faults import FAULTY, GOOD, MENDABLE
from tests.git.repositories import new_repository


@pytest.mark.parametrize("columns", [80, 60])
def test_the_line_stands_beneath_each_finding(write_registry, terminal, expect, columns):
    write_registry(FAULTY)
    expect(f"check-{columns}.txt", terminal("check", columns=columns))


@pytest.mark.parametrize("columns", [80, 60])
def test_the_command_that_mends_it_is_named(write_registry, terminal, expect, columns):
    write_registry(MENDABLE)
    expect(f"check-mendable-{columns}.txt", terminal("check", columns=columns))


def test_a_terminal_shows_the_same_findings_as_a_pipe(write_registry, pkes, terminal):
    write_registry(MENDABLE)
    shown = terminal("check", columns=300).splitlines()
    assert [line for line in shown if line.startswith("registry.toml:")] == pkes("check").out.splitlines()


def test_colours_tell_how_grave_it_is(write_registry, terminal):
    write_registry(GOOD.replace('"a"\n', '"a"\ndeclared_members = 9\n', 1) + 'nip = "1"\ntown = ""\n')
    seen = terminal("check", raw=True)
    assert "\x1b[1;31merror\x1b[0m nip" in seen
    assert "\x1b[33mwarning\x1b[0m empty" in seen
    assert "\x1b[36mnote\x1b[0m declared-members" in seen
    assert "\x1b" not in terminal("check", raw=True, TERM="dumb")


def test_nothing_wrong_is_one_line(write_registry, terminal):
    write_registry(GOOD)
    assert terminal("check") == "pkes: 0 errors, 0 warnings, 0 notes\n"


def carets(seen: str) -> list[tuple[str, str]]:
    """Return each line of the file that is shown, and what of it stands above the caret."""
    lines = seen.splitlines()
    marks = [number for number, line in enumerate(lines) if line.strip() == "^"]
    return [(lines[number - 1].strip(), lines[number - 1][lines[number].index("^") :]) for number in marks]


@pytest.mark.parametrize("columns", [20, 80])
def test_the_caret_stands_under_the_place(write_registry, terminal, columns):
    write_registry(f'{GOOD}\ttown = "\u202e\x7f"\tx # {"b" * 300}\n')
    seen = terminal("check", columns=columns)
    [(shown, behind)] = carets(seen)
    assert behind.startswith("x")
    assert cell_len(shown) <= columns - 4
    assert "\u202e" not in seen


def test_a_line_of_a_file_that_is_not_utf_8_is_shown(write_registry, terminal):
    path = write_registry("")
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.encode().replace(b'"A"', b'"\xf3"'))
    seen = terminal("check")
    assert carets(seen) == [(r'name = "\xf3"', r'\xf3"')]


def test_a_terminal_that_shows_ascii_only(write_registry, terminal):
    write_registry(f'{GOOD}town = "ąę漢" x # {"b" * 300}\n')
    seen = terminal("check", PYTHONIOENCODING="ascii")
    [(shown, behind)] = carets(seen)
    assert shown.startswith(r'town = "\u0105\u0119\u6f22" x # bbb')
    assert shown.endswith("...")
    assert behind.startswith("x")


def test_a_file_with_crlf_shows_no_line_end(write_registry, terminal):
    write_registry((GOOD + 'town = ""\n').replace("\n", "\r\n"))
    assert carets(terminal("check")) == [('town = ""', 'town = ""')]


# The command is one that works as it stands there.


def test_the_registry_is_named_where_it_would_not_be_found(write_registry, terminal, tmp_path):
    write_registry(GOOD)
    (tmp_path / "an other.toml").write_text(GOOD + 'town = ""\nnip = "1"\n')
    named = [
        "    to mend it: pkes -r 'an other.toml' check --fix",
        "    to mend it: pkes -r 'an other.toml' edit a nip=…",
    ]
    for arguments in (["check", "an other.toml"], ["-r", "an other.toml", "check"]):
        seen = terminal(*arguments).splitlines()
        assert [line for line in seen if "to mend it" in line] == named
    assert "to mend it: pkes check --fix" in terminal("check", PKES_REGISTRY="an other.toml")
    (tmp_path / "registry.toml").unlink()
    assert "to mend it: pkes -r 'an other.toml' check --fix" in terminal("check", "an other.toml")


VALUES = {
    "sector": "ngo",
    "email": "a@example.org",
    "person": "Anna",
    "phone": "14 681 00 00",
    "topic": "join",
    "informed": "2023-01-02",
}


def test_the_commands_mend_what_they_are_named_for(write_registry, pkes, terminal):
    write_registry(MENDABLE)
    named = dict.fromkeys(re.findall(r"to mend it: pkes (.*)", terminal("check", columns=300)))
    assert len(named) == 8
    # What closes a record comes when the others have found it.
    for command in sorted(named, key=lambda command: command.startswith("privacy")):
        typed = re.sub(r"(\w+)=…", lambda found: f"{found[1]}='{VALUES[found[1]]}'", command)
        arguments = shlex.split(typed)
        yes = ["-y"] if arguments[0] == "privacy" else []
        assert pkes(*arguments, *yes).status == int(command == "check --fix"), command
    left = [line.split(": ")[1] for line in pkes("check").out.splitlines()]
    assert left == [
        "warning unknown-key file", "note unconfirmed cluster", "error id member",
        "error unknown-sector member, sector", "warning name-twice member igla, name",
    ]  # fmt: skip


INLINE = 'format = 1\n[cluster]\nname = "K"\ncoordinator = "a"\n[sectors]\nngo = {pl = "p", en = "e"}\n[members]\n'


def test_what_no_command_can_edit_is_formatted_first(write_registry, pkes, terminal):
    write_registry(INLINE + 'a = {name = "A", sector = "ngo", phone = "1"}\n[members.b]\nname = " B"\nsector = "ngo"\n')
    seen = terminal("check")
    assert re.findall("to mend it: (.*)", seen) == ["pkes fmt", "pkes check --fix"]
    assert "--fix mends 1 of them" in seen
    assert pkes("fmt").status == 0
    assert "to mend it: pkes edit a phone=…" in terminal("check")


def test_where_fix_would_stop_at_a_layout_it_mends_nothing(write_registry, pkes, terminal):
    write_registry(INLINE + 'a = {name = "A", sector = "ngo", town = ""}\n[members.b]\nname = " B"\nsector = "ngo"\n')
    seen = terminal("check")
    assert re.findall("to mend it: (.*)", seen) == ["pkes fmt", "pkes fmt"]
    assert "--fix mends" not in seen
    assert (pkes("check", "--fix").status, pkes("fmt").status, pkes("check", "--fix", "--strict").status) == (5, 0, 0)


def test_what_to_do_with_merge_markers_is_said(write_registry, terminal, pkes):
    write_registry(GOOD + "<<<<<<< ours\na = 1\n=======\n>>>>>>> theirs\n")
    said = "keep what is right of both sides, and delete the lines of the markers\n"
    assert terminal("check").count(said) == 1
    assert said in pkes("list").err
    assert said not in pkes("check").err


# Clones without git's drivers.


def test_a_clone_that_merges_line_by_line_is_told(tmp_path, monkeypatch, terminal, pkes):
    git = new_repository(tmp_path / "repository", monkeypatch)
    git.write("registry.toml", GOOD)
    monkeypatch.chdir(git.folder)
    said = 'pkes: git merges the registry line by line in this clone\n"pkes git setup" lets it merge by records\n'
    assert terminal("check").endswith(said)
    assert said not in terminal("check", "--json")
    assert said not in terminal("check", "--github")
    assert pkes("check").err == "pkes: 0 errors, 0 warnings, 0 notes\n"
    assert pkes("git", "setup").status == 0
    assert said not in terminal("check")


def test_a_git_that_fails_says_nothing(tmp_path, monkeypatch, terminal):
    git = new_repository(tmp_path / "repository", monkeypatch)
    git.write("registry.toml", GOOD)
    git.write(".git/config", "[core")
    monkeypatch.chdir(git.folder)
    assert terminal("check") == "pkes: 0 errors, 0 warnings, 0 notes\n"
