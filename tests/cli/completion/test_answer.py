"""What a shell is told when somebody presses TAB."""

import subprocess
import sys

import pytest

from pkes.cli.completion.answer import Word, split
from tests.cli.registry_with_inquiries import REGISTRY
from tests.conftest import environment


@pytest.fixture
def registry(write_registry):
    return write_registry(REGISTRY + '\n[members.nowa-wies]\nname = "Koło z Nowej Wsi"\ntown = "Nowa Wieś Czudecka"\n')


@pytest.fixture
def complete(process):
    """Return what stands behind a command line, a candidate a line, and the exit status."""

    def run(line, shell="zsh", **given):
        ran = process(_PKES_COMPLETE=shell, COMP_WORDS=line, **given)
        assert ran.err == ""
        return ran.out.splitlines(), ran.status

    return run


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("", [("", "", 0)]),
        ("pkes", [("pkes", "", 0)]),
        ("pkes ", [("pkes", "", 0), ("", "", 0)]),
        ("  pkes   list\t", [("pkes", "", 0), ("list", "", 0), ("", "", 0)]),
        ("a='b c' d", [("a=b c", "", 2), ("d", "", 0)]),
        ('a="b c', [("a=b c", '"', 2)]),
        ("'a b", [("a b", "'", 0)]),
        ("'' ", [("", "", 0), ("", "", 0)]),
        ("a\\ b", [("a b", "", 0)]),
        ("a\\", [("a", "", 0)]),
        ("'a\\", [("a\\", "'", 0)]),
        ('"a\\"b', [('a"b', '"', 0)]),
        ("'a=b", [("a=b", "'", 0)]),
        ("a=b=c", [("a=b=c", "", 4)]),
        ("--sector=so", [("--sector=so", "", 9)]),
        ("a:b@c", [("a:b@c", "", 3)]),
        ("a@b:c", [("a@b:c", "", 4)]),
        ("a=b\\:c", [("a=b:c", "", 2)]),
        ("a=':'b", [("a=:b", "", 2)]),
        ("a=':b", [("a=:b", "'", 2)]),
        ('"a\\b\\$', [("a\\b$", '"', 0)]),
        ('"a\\', [("a\\", '"', 0)]),
    ],
)
def test_split(line, words):
    assert split(line) == [Word(*word) for word in words]


@pytest.mark.parametrize(
    ("shell", "line", "text"),
    [
        ("zsh", "'a\\'", "a\\"),
        ("fish", "'a\\'b", "a'b"),
        ("fish", "'a\\b\\\\", "a\\b\\"),
        ("powershell", "C:\\b", "C:\\b"),
        ("powershell", "a` b", "a b"),
        ("powershell", '"a`"b\\', 'a"b\\'),
        ("powershell", "'a`b", "a`b"),
    ],
)
def test_a_backslash_in_quotes_is_what_the_shell_takes_it_for(shell, line, text):
    assert split(line, shell)[-1].text == text


def test_the_word_breaks_of_bash_can_be_others():
    assert split("a:b=c", "bash", ":") == [Word("a:b=c", "", 2)]


def test_each_shell_has_its_form(complete):
    explained = "list\tThe members, as a table."
    assert complete("pkes lis", "zsh") == ([explained], 0)
    assert complete("pkes lis", "fish") == ([explained], 0)
    assert complete("pkes lis", "powershell") == ([explained], 0)
    assert complete("pkes lis", "bash") == (["list"], 0)
    assert complete("pkes lis", "complete_bash") == (["list"], 0)


def test_values_of_options(registry, complete):
    assert complete("pkes list -s ng") == (["ngo\tNGOs"], 0)
    assert complete("pkes list --sector=ng") == (["--sector=ngo\tNGOs"], 0)
    assert complete("pkes list --sector ng --town N") == (["Nowa Wieś Czudecka"], 0)
    assert complete("pkes list --town=N") == (["--town=Nowa Wieś Czudecka"], 0)


@pytest.mark.parametrize(
    ("line", "rest"),
    [
        ("pkes list --town N", "Nowa\\ Wieś\\ Czudecka"),
        ("pkes list --town 'N", "Nowa Wieś Czudecka"),
        ('pkes list --town "Nowa W', "Nowa Wieś Czudecka"),
        ("pkes list --town Nowa\\ W", "Nowa\\ Wieś\\ Czudecka"),
        ("pkes list --town=N", "Nowa\\ Wieś\\ Czudecka"),
        ("pkes edit igla town=N", "Nowa\\ Wieś\\ Czudecka"),
        ('pkes edit igla town="N', "Nowa Wieś Czudecka"),
        ("pkes edit igla 'town=N", "town=Nowa Wieś Czudecka"),
        ("pkes edit igla tow", "town="),
    ],
)
def test_bash_is_given_what_stands_behind_the_last_of_its_words(registry, complete, line, rest):
    assert complete(line, "bash") == ([rest], 0)


@pytest.fixture
def tagged(write_registry):
    tags = r"""["ue:projekt", "a@b", "it's", "say \"hi\"", "50 % off!", "a\\b", "$HOME", "`id`"]"""
    return write_registry(REGISTRY + f'\n[members.tagged]\nname = "Tagged"\ntags = {tags}\n')


@pytest.mark.parametrize(
    ("line", "rest"),
    [
        ("pkes edit tagged tags-=ue", "ue:projekt"),
        ("pkes edit tagged tags-=ue:p", "projekt"),
        ("pkes edit tagged tags-=ue\\:p", "ue:projekt"),
        ("pkes list --tags=a@", "@b"),
        ("pkes list --tags a@", "@b"),
        ("pkes list --tags it", "it\\'s"),
        ("pkes list --tags 'it", "it'\\''s"),
        ('pkes list --tags "it', "it's"),
        ('pkes list --tags "say', 'say \\"hi\\""'),
        ('pkes list --tags "50', '50 % off"\'!\'""'),
        ('pkes list --tags "a\\\\', "a\\\\b"),
        ("pkes list --tags 'a\\", "a\\b"),
        ("pkes list --tags a\\\\", "a\\\\b"),
        ("pkes list --tags '$", "$HOME"),
        ("pkes list --tags \\$", "\\$HOME"),
        ('pkes list --tags "\\`', "\\`id\\`"),
    ],
)
def test_bash_reads_what_it_is_given_as_the_value(tagged, complete, line, rest):
    assert complete(line, "bash") == ([rest], 0)


def test_bash_is_given_nothing_where_it_would_keep_what_is_wrong(tagged, complete):
    assert complete("pkes list --tags UE:p", "bash") == ([], 0)
    assert complete("pkes list --tags UE:p", "bash", COMP_WORDBREAKS=" =") == (["ue:projekt"], 0)
    assert complete("pkes list --tags UE:p", "zsh") == (["ue:projekt"], 0)


@pytest.mark.parametrize(
    "line",
    [
        "pkes -r ",
        "pkes --registry=",
        "pkes check ",
        "pkes fmt a",
        "pkes inquiry add --mail ",
        "pkes diff ",
        "pkes init ",
    ],
)
def test_files_are_left_to_the_shell(complete, line):
    assert complete(line) == ([], 1)


@pytest.mark.parametrize(
    "line", ["pkes nonsense ", "pkes nonsense --", "pkes list nonsense ", "pkes list --nonsense ", "pkes edit igla xyz"]
)
def test_what_cannot_be_completed_makes_no_noise(registry, complete, line):
    assert complete(line) == ([], 0)


@pytest.mark.parametrize("line", ["pkes show ", "pkes list -s ", "pkes edit igla sector=", "pkes inquiry show "])
@pytest.mark.parametrize("held", [None, b"", b"a = ", b"\xff", b"format = 1\n[cluster]\n[members.a]\nname = 1\n"])
def test_a_registry_that_cannot_be_read_gives_nothing(complete, tmp_path, monkeypatch, line, held):
    monkeypatch.chdir(tmp_path)
    if held is not None:
        (tmp_path / "registry.toml").write_bytes(held)
    assert complete(line) == ([], 0)


def test_the_registry_is_the_one_of_the_command_line(registry, complete, tmp_path, monkeypatch):
    other = tmp_path / "other.toml"
    other.write_text('format = 1\n[cluster]\n[members.inny]\nname = "Inny"\n', encoding="utf-8")
    assert complete("pkes -r other.toml show ") == (["inny\tInny"], 0)
    assert complete("pkes --registry=other.toml show ") == (["inny\tInny"], 0)
    assert complete("pkes show ", PKES_REGISTRY=str(other)) == (["inny\tInny"], 0)


@pytest.mark.parametrize("asked", ["--version", "--help", "--show-completion", "--install-completion"])
def test_nothing_that_stands_before_is_carried_out(complete, tmp_path, monkeypatch, asked):
    monkeypatch.setenv("HOME", str(tmp_path))
    assert complete(f"pkes {asked} lis", "bash") == (["list"], 0)
    assert list(tmp_path.iterdir()) == []


def test_a_wrong_language_makes_no_noise(registry, complete):
    assert complete("pkes list -s ng", PKES_LANG="xx") == (["ngo\tNGOs"], 0)
    assert complete("pkes list -s ng", PKES_LANG="pl")[0] == ["ngo\torganizacje pozarządowe"]


def test_a_reader_that_is_gone_makes_no_noise(shipped):
    env = environment({"_PKES_COMPLETE": "zsh", "COMP_WORDS": "pkes show "})
    script = f'{{ "{sys.executable}" -m pkes; echo "$?" >&2; }} | true'
    ran = subprocess.run(["bash", "-c", script], env=env, capture_output=True, text=True, check=False)
    assert ran.stderr == "0\n"


def test_it_imports_little_more_than_a_list(shipped):
    script = (
        "import sys; from pkes.cli.app import main; main(sys.argv[1:]); "
        "print(*(name for name in sys.modules if name.partition('.')[0] in {'pkes', 'rich', 'typer', 'tomli_w', "
        "'stdnum', 'phonenumbers', 'filelock', 'json', 'subprocess', 'sqlite3'}))"
    )

    def modules(*arguments, **given):
        command = [sys.executable, "-c", script, *arguments]
        ran = subprocess.run(command, capture_output=True, text=True, env=environment(given), check=True)
        return set(ran.stdout.splitlines()[-1].split())

    more = modules(_PKES_COMPLETE="bash", COMP_WORDS="pkes show ") - modules("list")
    assert more == {
        "pkes.cli.completion",
        *(f"pkes.cli.completion.{name}" for name in ("answer", "candidates", "cursor")),
    }
