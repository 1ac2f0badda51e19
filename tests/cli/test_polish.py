"""In Polish, not one English word but names of commands, options, fields and codes: helps, errors and views."""

import re
import subprocess
import sys

import pytest

from tests.cli.commands.test_status import EVERY_STATE
from tests.cli.helps import Help, helps
from tests.conftest import environment

ENGLISH = (
    "the of and with is are be this that which from where what who only its it for or not in has have was "
    "print write read file exit usage options arguments commands default required missing unknown cannot "
    "nothing changed removed added warning error"
)
"""Words that no Polish text has but where one goes untranslated; and that are no name of a command or a field."""

WORDS = re.compile(rf"\b(?:{ENGLISH.replace(' ', '|')})\b", re.IGNORECASE)
RAW = {"", "ID", "N", "S", "SQL", "A,B,C", "A..B", "KRS", "STATUS", "FORMAT"}
"""Metavars that both languages have in common; so are words that are typed as they stand: pl|en."""


@pytest.fixture(scope="module")
def polish() -> dict[str, Help]:
    return helps("pl")


@pytest.fixture(scope="module")
def english() -> dict[str, Help]:
    return helps("en")


def english_words(text: str) -> list[str]:
    """Return the English words of a text, without what may be typed so: in quotation marks, options, SQL."""
    return WORDS.findall(re.sub(r"„[^”]*”|--[a-z-]+|\b[A-Z]{2,}\b", "", text))


def test_there_is_english_to_be_found(english):
    assert all(english_words(one.printed) for one in english.values())


def test_helps_have_no_english_words(polish):
    told = {name: one.printed.partition("Przykłady:")[0] for name, one in polish.items()}
    assert {name: words for name, text in told.items() if (words := english_words(text))} == {}


def test_every_command_says_what_it_does_in_both_languages(english, polish):
    assert list(english) == list(polish)
    assert [name for name in english if english[name].text == polish[name].text] == []


def test_every_option_and_argument_is_explained_in_both_languages(english, polish):
    same = [
        (name, parameter)
        for name, one in english.items()
        for parameter, (_metavar, text) in one.parameters.items()
        if not text or text == polish[name].parameters[parameter][1]
    ]
    assert same == []


def test_what_is_put_in_place_of_a_metavar_is_said_in_polish(english, polish):
    same = {
        metavar
        for name, one in english.items()
        for parameter, (metavar, _text) in one.parameters.items()
        if metavar == polish[name].parameters[parameter][0]
    }
    assert {metavar for metavar in same - RAW if not metavar.islower()} == set()


ERRORS = {
    "check": (1, "check"),
    "sector": (2, "list", "-s", "scince"),
    "option": (2, "list", "--frob"),
    "argument": (2, "show"),
    "value": (2, "edit", "synergia", "phone=1"),
    "extra": (2, "list", "a", "b"),
    "missing": (2, "add"),
    "revision": (2, "diff", "0000000"),
    "step": (2, "inquiry", "answer", "2025-01-02-acc"),
    "registry": (3, "-r", "nowhere.toml", "list"),
    "toml": (3, "-r", "broken.toml", "list"),
    "shape": (3, "-r", "shapeless.toml", "list"),
    "member": (4, "show", "nikt"),
    "several": (4, "show", "spół"),
    "layout": (5, "-r", "inline.toml", "edit", "a", "town=Łańcut"),
    "there": (5, "init", "--name", "A", "--coordinator", "B", "--sector", "business"),
}


@pytest.fixture
def broken(shipped):
    """The shipped registry with an inquiry that was accepted, and others beside it that cannot be read or edited."""
    inquiry = '[inquiries.2025-01-02-acc]\nreceived = 2025-01-02\nname = "A"\nemail = "a@example.org"\n'
    accepted = 'channel = "email"\ntopic = "join"\nstatus = "accepted"\nclosed = 2025-01-03\nmember = "nikt"\n'
    shipped.write_text(f"{shipped.read_text(encoding='utf-8')}\n{inquiry}{accepted}", encoding="utf-8")
    shipped.with_name("broken.toml").write_text("format = \n", encoding="utf-8")
    shipped.with_name("shapeless.toml").write_text("format = 1\n", encoding="utf-8")
    inline = 'format = 1\n[cluster]\nname = "A"\ncoordinator = "a"\n[sectors.b]\npl = "b"\nen = "b"\n[members]\n'
    shipped.with_name("inline.toml").write_text(f'{inline}a = {{ name = "A", sector = "b" }}\n', encoding="utf-8")


@pytest.mark.usefixtures("broken")
@pytest.mark.parametrize(("status", "arguments"), [(s, a) for s, *a in ERRORS.values()], ids=ERRORS)
def test_an_error_is_said_in_polish(process, status, arguments):
    ran = process(*arguments, LC_ALL="pl_PL.UTF-8")
    assert ran.status == status
    assert ran.err
    # Only the lines of `check` on a pipe have words for programs: severity, code and field.
    assert english_words(ran.err) == []


@pytest.mark.parametrize(
    ("status", "raised"), [pytest.param(70, "ValueError", id="fault"), pytest.param(130, "KeyboardInterrupt", id="end")]
)
def test_an_end_that_nobody_foresaw_is_said_in_polish(shipped, status, raised):
    code = f"""import sys
from pkes.storage import store
def fail(path): raise {raised}
store.load = fail
from pkes.cli import app
sys.exit(app.main(["list"]))"""
    env = environment({"PKES_LANG": "pl"})
    ran = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, encoding="utf-8", check=False)
    assert (ran.returncode, ran.stdout) == (status, "")
    assert ran.stderr.startswith("pkes: ")
    assert english_words(ran.stderr) == []


VIEWS = {
    "list": ["list"],
    "inquiries": ["inquiry", "list", "--status", "all"],
    "inquiry": ["inquiry", "show", "2026-12-28-new"],
    "status": ["status"],
    "check": ["check"],
    "explain": ["check", "--explain", "declared-members"],
    "add": ["add", "Nowa", "--sector", "science", "--nip", "5260250274", "--dry-run"],
    "decline": ["inquiry", "decline", "2026-12-28-new", "--dry-run"],
}
"""What people look at on a terminal: words of the vocabularies are Polish there, too."""


@pytest.mark.parametrize(("name", "arguments"), VIEWS.items(), ids=VIEWS)
def test_views_on_a_terminal(write_registry, terminal, expect, name, arguments):
    write_registry(EVERY_STATE)
    expect(f"pl-{name}.txt", terminal(*arguments, PKES_LANG="pl", PKES_TODAY="2027-01-15"))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(["edit", "synergia", "nip=1"], "NIP: ", id="value"),
        pytest.param(["edit", "synergia", "joined=x"], "Przystąpienie: ", id="date"),
        pytest.param(["add", "Nowa", "-s", "ngo", "--id=-y"], "id: identyfikator składa się tylko z", id="id"),
        pytest.param(["rename", "synergia", "A b"], "NOWY-ID: identyfikator", id="argument"),
        pytest.param(["export", "--public", "--fields", "note"], "--public: pomija pola: Notatka", id="public"),
        pytest.param(["list", "--legal-form", "x"], "żaden członek na liście nie ma wartości „x” w polu Forma prawna",
                     id="filter"),
    ],
)  # fmt: skip
def test_a_field_is_named_by_its_title(shipped, pkes, arguments, said):
    assert said in pkes(*arguments, PKES_LANG="pl").err


def test_in_english_it_is_the_name_that_is_typed(shipped, pkes):
    assert pkes("edit", "synergia", "joined=x").err.startswith("pkes: joined: ")


def test_what_check_says_to_programs_has_the_names_of_fields(write_registry, pkes):
    write_registry(EVERY_STATE)
    for option in ((), ("--json",), ("--github",)):
        assert "klaster, declared_members: " in pkes("check", *option, PKES_LANG="pl").out


class TestChanges:
    """Sectors by their labels, where people look at changes."""

    def test_of_a_write(self, shipped, terminal, pkes):
        command = ("edit", "synergia", "sector=science", "--dry-run")
        assert "    Sektor  ekonomia społeczna → nauka\n" in terminal(*command, PKES_LANG="pl")
        assert "    Sector  social economy → science\n" in terminal(*command)
        assert pkes(*command, PKES_LANG="pl").out.endswith("\tsocial-economy\tscience\n")

    def test_of_a_sector_that_is_renamed(self, shipped, terminal):
        seen = terminal("sectors", "rename", "science", "nauki", "--dry-run", PKES_LANG="pl")
        assert "~ sektor science → nauki\n" in seen
        assert "    Sektor  science → nauki\n" in seen

    def test_of_a_file(self, shipped, terminal, pkes):
        old = shipped.with_name("old.toml")
        old.write_bytes(shipped.read_bytes())
        assert pkes("edit", "synergia", "sector=science").status == 0
        assert "Sektor  ekonomia społeczna → nauka\n" in terminal("diff", "old.toml", "registry.toml", PKES_LANG="pl")

    def test_of_history(self, shipped, terminal, pkes):
        for command in (
            ["init", "-q"],
            ["add", "-A"],
            ["-c", "user.name=A", "-c", "user.email=a@b", "commit", "-qm", "x"],
        ):
            subprocess.run(["git", *command], cwd=shipped.parent, check=True)
        seen = terminal("history", "synergia", PKES_LANG="pl")
        assert re.search("Sektor +ekonomia społeczna\n", seen)
        shipped.write_text("no registry", encoding="utf-8")
        assert re.search("Sektor +social-economy\n", terminal("history", "synergia", PKES_LANG="pl"))
