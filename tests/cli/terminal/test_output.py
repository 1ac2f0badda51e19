"""What is printed is text: no markup, no emoji code and no terminal command, on a terminal, a pipe and in messages."""

import json
import os
import pty
import re
import signal
import subprocess
import sys

import pytest
from rich.text import Text

from pkes.cli.terminal import output
from tests import conftest

HOSTILE = {
    "escape": ("\x1b[31mred\x1b[0m", "\\x1b[31mred\\x1b[0m"),
    "osc-8": ("\x1b]8;;http://example.org\x1b\\x", "\\x1b]8;;http://example.org\\x1b\\x"),
    "osc-52": ("\x1b]52;c;ZXZpbA==\x07", "\\x1b]52;c;ZXZpbA==\\x07"),
    "c1": ("\x9b31mred", "\\x9b31mred"),
    "del": ("a\x7fb", "a\\x7fb"),
    "nul": ("a\x00b", "a\\x00b"),
    "bidi": ("a\u202eb", "a\\u202eb"),
    "zero-width": ("a\u200bb", "a\\u200bb"),
    "line-separator": ("a\u2028b", "a\\u2028b"),
    "brackets": ("[w likwidacji]", "[w likwidacji]"),
    "closing-tag": ("[/x]", "[/x]"),
    "tag": ("[bold]a[/bold]", "[bold]a[/bold]"),
    "emoji-code": (":smile:", ":smile:"),
}
ids = pytest.mark.parametrize(("held", "shown"), HOSTILE.values(), ids=HOSTILE)


def _registry(held: str) -> str:
    text = json.dumps(held).replace("\x7f", "\\u007f")
    return (
        f"format = 1\n[cluster]\nname = {text}\ndescription = {text}\ngoals = [{text}]\n"
        f"[sectors.s]\npl = {text}\nen = {text}\n"
        f'[members.a]\nname = {text}\nsector = "s"\ntown = {text}\ntags = [{text}]\nnote = {text}\n'
    )


@ids
@pytest.mark.parametrize(
    "command", ["list --fields name,town,tags,note,sector", "list --sort sector", "show a", "profile", "sectors"]
)
def test_a_terminal_sees_no_command(write_registry, terminal, command, held, shown):
    write_registry(_registry(held))
    raw = terminal(*command.split(), columns=200, raw=True)
    text = re.sub(r"\x1b\[[0-9;]*m", "", raw)
    assert shown in text
    assert re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\u200b\u2028]", text) is None


@ids
@pytest.mark.parametrize("command", ["list --fields name,town,tags,note", "show a", "profile", "sectors"])
def test_lines_hold_no_command(write_registry, pkes, command, held, shown):
    write_registry(_registry(held))
    out = pkes(*command.split()).out
    assert shown in out
    assert re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e\u200b\u2028]", out) is None


@ids
def test_json_holds_the_same_data_and_no_command(write_registry, pkes, held, shown):
    write_registry(_registry(held))
    out = pkes("list", "--json").out
    assert json.loads(out)[0]["name"] == held
    assert re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\u200b\u2028]", out) is None


@ids
@pytest.mark.parametrize(
    "command", [["show"], ["list", "--sort"], ["list", "-s"], ["list", "--town"], []], ids=" ".join
)
def test_messages_hold_no_command(shipped, pkes, command, held, shown):
    err = pkes(*command, held).err
    assert shown in err
    assert re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\u200b\u2028]", err) is None


def test_arguments_that_are_not_utf8_are_escaped(shipped, process):
    assert process("show", b"\xb9".decode(errors="surrogateescape")).err.startswith('pkes: no member "\\udcb9"')


def test_a_terminal_has_colour_unless_it_is_not_wanted(shipped, terminal):
    assert "\x1b[" in terminal("list", raw=True)
    assert "\x1b[" in terminal("lst", raw=True)
    assert "\x1b[" not in terminal("list", raw=True, TERM="dumb")
    assert re.search(r"\x1b\[[0-9;]*3[0-7]", terminal("list", raw=True, NO_COLOR="1")) is None


def test_a_dumb_terminal_still_has_tables_as_wide_as_it_is(shipped, terminal, expect):
    expect("list-60.txt", terminal("list", columns=60, TERM="dumb"))


def test_columns_are_those_that_the_environment_says(shipped, terminal, expect):
    expect("list-120.txt", terminal("list", columns=80, COLUMNS="120"))
    expect("list-80.txt", terminal("list", columns=80, COLUMNS="wide"))
    expect("list-80.txt", terminal("list", columns=80, COLUMNS="0"))


def test_forced_colour_colours_texts_for_people_and_draws_no_table(shipped, pkes, expect):
    forced = {"FORCE_COLOR": "1", "TERM": "xterm-256color"}
    expect("list-piped.txt", pkes("list", **forced).out)
    expect("list.json", pkes("list", "--json", **forced).out)
    profile = pkes("profile", **forced).out
    assert "\x1b[" in profile
    expect("profile-piped.txt", re.sub(r"\x1b\[[0-9;]*m", "", profile))
    assert "\x1b[" in pkes("lst", **forced).err
    assert "\x1b[" not in pkes("profile", **forced, NO_COLOR="1").out


def test_json_arrays_have_an_item_a_line(shipped, pkes):
    lines = pkes("list", "--json", "--fields", "id", "-n", "2").out
    assert lines == '[{"id": "4hc"},\n {"id": "gmina-strzyzow"}]\n'
    assert pkes("list", "--json", "-q", "nothing").out == "[]\n"


@pytest.mark.parametrize("environment", [{}, {"NO_COLOR": "1"}, {"TERM": "dumb"}], ids=["colours", "none", "dumb"])
def test_a_message_breaks_between_words_and_what_is_indented_stays_whole(shipped, terminal, environment):
    assert terminal("list", "-s", "scince", columns=40, **environment).splitlines()[:2] == [
        'pkes: unknown sector "scince" (did you',
        'mean "science"?)',
    ]
    lines = terminal("show", "spółdz", columns=40, **environment).splitlines()
    assert lines[:2] == ['pkes: 9 members fit "spółdz"; an id', "names one of them:"]
    assert "  polifonia-project        Spółdzielnia Socjalna Polifonia Project" in lines


def test_a_message_elsewhere_is_as_long_as_it_is(shipped, pkes):
    for environment in ({}, {"FORCE_COLOR": "1"}):
        said = pkes("list", "-s", "scince", COLUMNS="40", **environment).err
        assert 'unknown sector "scince" (did you mean "science"?)\n' in said


def test_a_part_is_printed_before_the_next_one_is_made(capsys):
    seen = []

    def parts():
        yield Text("first")
        seen.append(capsys.readouterr().out)
        yield Text("second")

    output.show(parts())
    assert [*seen, capsys.readouterr().out] == ["first\n", "second\n"]


def test_a_long_list_can_be_interrupted(shipped):
    members = "".join(f'[members.m-{n}]\nname = "Member {n}"\nsector = "business"\n' for n in range(3000))
    shipped.write_text(shipped.read_text(encoding="utf-8") + members, encoding="utf-8")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "pkes", "list"]
    ran = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=subprocess.PIPE, env=conftest.environment({}))
    os.close(theirs)
    os.read(ours, 1000)  # the rest does not fit into the buffer of the terminal
    ran.send_signal(signal.SIGINT)
    err = ran.communicate()[1].decode()
    os.close(ours)
    assert (ran.returncode, err) == (130, "pkes: interrupted; the registry is as it was\n")
