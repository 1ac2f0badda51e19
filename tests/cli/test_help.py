"""The help, which shows the commands by user."""

import re

import pytest

from tests.cli.helps import helps


def test_pkes_alone_is_its_help(pkes):
    ran = pkes()
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == pkes("--help").out.removesuffix("\n")
    assert [line.split("─")[1].strip() for line in ran.out.splitlines() if line.startswith("╭")][1:3] == [
        "The roster", "Inquiries",
    ]  # fmt: skip
    assert 'Begin with "pkes profile" and "pkes list"' in ran.out


def test_inquiry_alone_is_its_help(pkes):
    ran = pkes("inquiry")
    assert (ran.status, ran.err) == (0, "")
    assert " Usage: pkes inquiry [OPTIONS] COMMAND [ARGS]..." in ran.out


@pytest.mark.parametrize("command", ["list", "show", "profile", "sectors", "inquiry list", "inquiry show"])
def test_every_command_has_a_help(pkes, command):
    ran = pkes(*command.split(), "--help")
    assert (ran.status, ran.err) == (0, "")
    assert f" Usage: pkes {command} [OPTIONS]" in ran.out


def test_help_needs_no_registry_and_is_as_wide_as_the_terminal(tmp_path, monkeypatch, terminal):
    monkeypatch.chdir(tmp_path)
    assert max(map(len, terminal("list", "--help", columns=100).splitlines())) == 100


def test_help_has_plain_boxes_where_the_terminal_has_no_others(terminal):
    seen = terminal("list", "--help", LC_ALL="C", PYTHONCOERCECLOCALE="0", PYTHONUTF8="0")
    assert "+- Options -" in seen


@pytest.mark.parametrize("columns", [60, 80])
@pytest.mark.parametrize("language", ["en", "pl"])
def test_the_names_of_options_are_whole_in_a_narrow_terminal(language, columns):
    named = [
        {name: set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*…?", help.printed)) for name, help in held.items()}
        for held in (helps(language, columns), helps(language))
    ]
    assert named[0] == named[1]


def test_a_flag_can_be_turned_off_after_its_help(shipped, pkes):
    assert "--social-enterprise," in pkes("add", "--help").out
    assert pkes("add", "Nowa", "-s", "ngo", "--no-social-enterprise", "--dry-run").status == 0
