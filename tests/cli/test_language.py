"""`--lang` and `PKES_LANG`."""

import subprocess
import sys

import pytest

from pkes.cli.app import _given_language
from tests.conftest import environment, in_terminal
from tests.made_catalogue import write_catalogue

POLISH = {
    "The members, as a table.": "Członkowie w tabeli.",
    "The roster": "Lista członków",
    'unknown sector "{wanted}"': "nieznany sektor „{wanted}”",
    "the registry has no such members": "w rejestrze nie ma takich członków",
}


@pytest.fixture
def speak(tmp_path):
    """Run pkes with a small Polish catalogue in place of its own."""
    write_catalogue(tmp_path / "locale", "pl", POLISH)
    script = (
        f"import pathlib, sys; from pkes import i18n; i18n.LOCALE = pathlib.Path({str(tmp_path / 'locale')!r}); "
        "from pkes.cli.app import main; sys.exit(main(sys.argv[1:]))"
    )

    def run(*arguments, **given):
        command = [sys.executable, "-c", script, *arguments]
        return subprocess.run(command, capture_output=True, text=True, env=environment(given), check=False)

    return run


@pytest.mark.parametrize(
    "arguments",
    [
        ["--lang", "pl", "list", "--help"],
        ["--lang=pl", "list", "--help"],
        ["-r", "x.toml", "--lang", "pl", "list", "--help"],
        ["--lang", "en", "--lang", "pl", "list", "--help"],
    ],
)
def test_the_option_translates_what_is_imported_after_it(speak, arguments):
    ran = speak(*arguments)
    assert "Członkowie w tabeli." in ran.stdout
    assert (ran.returncode, ran.stderr) == (0, "")


@pytest.mark.parametrize("arguments", [["--lang", "pl", "--help"], ["--help", "--lang", "pl"], ["--lang", "pl"]])
def test_it_translates_the_help_of_pkes_itself(speak, arguments):
    assert "─ Lista członków ─" in speak(*arguments).stdout


@pytest.mark.parametrize(
    ("arguments", "given", "is_polish"),
    [
        ([], {"LC_ALL": "pl_PL.UTF-8"}, True),
        ([], {"PKES_LANG": "pl"}, True),
        ([], {"PKES_LANG": "en", "LC_ALL": "pl_PL.UTF-8"}, False),
        (["--lang", "en"], {"PKES_LANG": "pl"}, False),
        (["--lang", "pl"], {"PKES_LANG": "wrong"}, True),
        (["--lang", "pl"], {"PKES_LANG": "en"}, True),
        ([], {"PKES_LANG": ""}, False),
    ],
)
def test_which_language_is_taken(shipped, speak, arguments, given, is_polish):
    ran = speak(*arguments, "list", "-s", "x", **given)
    assert ("nieznany sektor „x”" in ran.stderr) is is_polish
    assert ran.returncode == 2


@pytest.mark.parametrize("language", ["de", "PL", "pl_PL.UTF-8", "", "list"])
def test_a_wrong_language_is_one_line(pkes, language):
    assert pkes("--lang", language, "list") == (2, "", "pkes: --lang: not one of pl, en\n")
    if language:
        assert pkes("list", PKES_LANG=language) == (2, "", "pkes: PKES_LANG: not one of pl, en\n")


def test_the_option_needs_a_value_and_stands_before_the_command(shipped, pkes):
    assert pkes("--lang") == (2, "", "pkes: --lang needs a value\n")
    ran = pkes("list", "--lang", "pl")
    assert ran.status == 2
    assert ran.err.endswith("options of pkes itself stand before the command: pkes --lang pl list\n")


def test_labels_are_in_the_language_chosen_and_data_is_not(shipped, pkes, terminal):
    assert "ekonomia społeczna" in terminal("--lang", "pl", "sectors")
    assert "social economy" in terminal("--lang", "en", "sectors", PKES_LANG="pl")
    assert pkes("--lang", "pl", "list").out == pkes("list").out


@pytest.fixture
def speak_german():
    """Run pkes in a terminal as if it had a third language, with neither labels nor a catalogue."""
    script = (
        "import sys; from pkes import i18n; i18n.LANGUAGES = (*i18n.LANGUAGES, 'de'); "
        "from pkes.cli.app import main; sys.exit(main(['--lang', 'de', *sys.argv[1:]]))"
    )
    return lambda *arguments: in_terminal([sys.executable, "-c", script, *arguments], 120, environment({})).decode()


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        (["sectors"], "social-economy"),
        (["profile"], "social-economy"),
        (["profile", "--markdown"], "social-economy"),
        (["status"], "social-economy"),
        (["list", "-s", "ngo", "--fields", "id,sector"], "ngo"),
        (["show", "4hc"], "business"),
        (["sectors", "add", "law", "--pl", "prawo", "--en", "law", "--dry-run"], "law"),
    ],
)
def test_a_language_without_labels_shows_the_ids(shipped, speak_german, arguments, shown):
    said = speak_german(*arguments)
    assert shown in said
    assert "pkes: " not in said
    assert "social economy" not in said
    assert "ekonomia" not in said


def test_changes_in_a_language_without_labels_name_the_id(shipped, speak_german, pkes):
    before = shipped.with_name("before.toml")
    before.write_bytes(shipped.read_bytes())
    pkes("sectors", "add", "law", "--pl", "prawo", "--en", "law")
    assert "### sector law: added" in speak_german("diff", "--markdown", "before.toml", "registry.toml")


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        ([], None),
        (["list", "--lang", "pl"], None),
        (["--", "--lang", "pl"], None),
        (["-r", "--lang", "pl"], None),
        (["--registry", "--lang", "--lang", "pl"], "pl"),
        (["-rx", "--lang", "pl"], "pl"),
        (["--registry=x", "--lang=pl"], "pl"),
        (["--version", "--lang", "pl", "list", "--lang", "en"], "pl"),
        (["--lang"], None),
    ],
)
def test_only_what_stands_before_the_command_counts(arguments, found):
    assert _given_language(arguments) == found
