"""Completion in the shells themselves: the scripts, where they are put, and what TAB does."""

import json
import os
import shutil
from pathlib import Path

import pytest
import shellingham

from pkes.cli.completion import shells
from pkes.errors import CannotWrite, UnknownName
from tests.cli.shell_session import SHELLS, Home


def installed(*shells):
    """Each shell as a parameter, to be skipped where it is not installed."""
    return [
        pytest.param(shell, marks=pytest.mark.skipif(not shutil.which(shell), reason=f"{shell} is not installed"))
        for shell in shells
    ]


@pytest.fixture
def home(shipped, tmp_path):
    return Home(tmp_path / "home")


TYPED = {
    "pkes sho\tber\t": ["show", "bergamotka"],
    "pkes show Sła\t": ["show", "stawiamy-slady"],
    "pkes list --sec\tsoc\t": ["list", "--sector", "social-economy"],
    "pkes list --sector=soc\t": ["list", "--sector=social-economy"],
    "pkes edit 4hc sec\tsoc\t": ["edit", "4hc", "sector=social-economy"],
    "pkes edit 4hc town=Sok\t": ["edit", "4hc", "town=Sokołów Małopolski"],
    "pkes list --town 'Sok\t": ["list", "--town", "Sokołów Małopolski"],
    'pkes edit 4hc town="Sok\t': ["edit", "4hc", "town=Sokołów Małopolski"],
    "pkes fmt reg\t": ["fmt", "registry.toml"],
    "pkes --registry=reg\t": ["--registry=registry.toml"],
}
"""What is typed, and the arguments that it becomes."""
QUOTED_FILES = {
    "pkes fmt 'reg\t": ["fmt", "registry.toml"],
    'pkes fmt "reg\t': ["fmt", "registry.toml"],
}
"""The same in shells that complete the name of a file in open quotation marks and close them."""


@pytest.mark.parametrize("shell", installed(*SHELLS))
def test_tab(home, shell):
    home.run(shell, "--install-completion")
    typed = TYPED if shell == "fish" else TYPED | QUOTED_FILES
    assert home.type(shell, typed) == list(typed.values())


TAGS = [
    "ue:projekt", "kolo@wies", "x=y", "it's", 'say "hi"', r"c\d", "$HOME", "`id`", "now!", "O'",
    "(one) <two>; |&", "#1", "~me",
]  # fmt: skip
"""What means something to a shell, bash's word breaks too."""

BEGINNINGS = {
    "": [r"ue", r"ue:p", r"kolo", r"kolo@", r"x", r"x=", r"it", r"it\'", r"say", r"say\ \"", r"c", r"c\\", r"\$", r"\`",
         r"now", "O", r"\(one", r"\(one\)\ \<", r"\#", r"\~"],
    "'": ["ue:", "kolo@", "x=", "it", "say ", 'say "', "c\\", "$", "`", "now", "O", "(one) <", "#", "~"],
    '"': ["ue:", "kolo@", "x=", "it'", "say ", "c", "\\$", "now", "(one) <", "#", "~"],
}  # fmt: skip
"""What of each tag is typed, by the quotation mark before it."""


def tag_of(typed):
    plain = typed.replace("\\\\", "\0").replace("\\", "").replace("\0", "\\")
    return next(tag for tag in TAGS if tag.startswith((typed, plain)))


PLACES = ["list --tags ", "edit tagged tags-=", "list --tags="]


@pytest.mark.parametrize("shell", installed(*SHELLS))
def test_every_value_is_completed_to_itself(home, write_registry, shell):
    write_registry(
        'format = 1\n[cluster]\nname = "K"\ncoordinator = "tagged"\n[members.tagged]\nname = "Tagged"\n'
        f"tags = {json.dumps(TAGS)}\n"
    )
    home.run(shell, "--install-completion")
    wanted = {}
    for number, (quote, typed) in enumerate((quote, typed) for quote, all in BEGINNINGS.items() for typed in all):
        *words, last = PLACES[number % len(PLACES)].split(" ")
        line = " ".join(["pkes", *words, f"{last}{quote}{typed}\t"])
        wanted[line] = [*words, last + tag_of(typed)]
    assert dict(zip(wanted, home.type(shell, wanted), strict=True)) == wanted


@pytest.mark.parametrize("shell", installed(*SHELLS))
def test_the_script_is_printed_for_the_shell_that_asks(home, shell):
    ran = home.run(shell, "--show-completion")
    assert (ran.stdout, ran.stderr) == (shells.SCRIPTS[shell], "")


@pytest.mark.parametrize("shell", installed(*SHELLS))
def test_install_says_what_it_wrote_and_twice_is_once(home, shell):
    said = home.run(shell, "--install-completion").stderr.splitlines()
    written = [line.removeprefix("pkes: ").removesuffix(": written") for line in said[:-1]]
    assert said[-1] == "pkes: TAB completes in every terminal that is opened from now on"
    before = {path: Path(path).read_text(encoding="utf-8") for path in written}
    assert shells.SCRIPTS[shell] in before.values()
    assert all(path.startswith(str(home.folder)) for path in written)
    home.run(shell, "--install-completion")
    assert {path: Path(path).read_text(encoding="utf-8") for path in written} == before


@pytest.fixture
def at_home(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("XDG_CONFIG_HOME", "ZDOTDIR"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.mark.parametrize(
    ("held", "holds"),
    [
        (None, "source ~/.bash_completions/pkes.sh\n"),
        (b"", "source ~/.bash_completions/pkes.sh\n"),
        (b"alias l=ls", "alias l=ls\nsource ~/.bash_completions/pkes.sh\n"),
        (b"source ~/.bash_completions/pkes.sh\nalias l=ls\n", "source ~/.bash_completions/pkes.sh\nalias l=ls\n"),
    ],
)
def test_a_file_of_settings_keeps_what_it_holds(at_home, held, holds):
    settings = at_home / ".bashrc"
    if held is not None:
        settings.write_bytes(held)
        settings.chmod(0o640)
    installed = shells.install("bash")
    assert installed.loader == (None if held and b"source" in held else settings)
    assert settings.read_text(encoding="utf-8") == holds
    assert held is None or settings.stat().st_mode & 0o777 == 0o640


def test_a_link_to_the_settings_stays_one(at_home):
    real = at_home / "dotfiles"
    real.write_text("x\n", encoding="utf-8")
    (at_home / ".zshrc").symlink_to(real)
    shells.install("zsh")
    assert (at_home / ".zshrc").is_symlink()
    assert real.read_text(encoding="utf-8").startswith("x\nfpath")


def test_the_folders_that_the_environment_names(at_home, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(at_home / "config"))
    monkeypatch.setenv("ZDOTDIR", str(at_home / "z"))
    (at_home / "z").mkdir()
    assert shells.install("fish") == (at_home / "config" / "fish" / "completions" / "pkes.fish", None)
    assert shells.install("zsh").loader == at_home / "z" / ".zshrc"


@pytest.mark.parametrize("shell", ["pwsh", "powershell"])
def test_powershell_says_itself_where_its_settings_are(at_home, monkeypatch, shell):
    profile = at_home / "Documents" / "PowerShell" / "profile.ps1"
    profile.parent.mkdir(parents=True)
    asked = at_home / "bin" / shell
    asked.parent.mkdir()
    asked.write_text(f"#!/bin/sh\n[ \"$3\" = 'Write-Output $PROFILE' ] && echo '{profile}'\n", encoding="utf-8")
    asked.chmod(0o755)
    monkeypatch.setenv("PATH", str(asked.parent), prepend=os.pathsep)
    script = profile.with_name("pkes-completion.ps1")
    assert shells.install(shell) == (script, profile)
    assert script.read_text(encoding="utf-8") == shells.SCRIPTS[shell]
    assert profile.read_text(encoding="utf-8") == '. "$PSScriptRoot/pkes-completion.ps1"\n'
    assert shells.install(shell) == (script, None)


def test_a_powershell_that_is_not_there(at_home, monkeypatch):
    monkeypatch.setenv("PATH", str(at_home))
    with pytest.raises(CannotWrite):
        shells.install("pwsh")


def test_what_cannot_be_written(at_home):
    (at_home / ".bash_completions").touch()
    with pytest.raises(CannotWrite):
        shells.install("bash")
    (at_home / ".zshrc").mkdir()
    with pytest.raises(CannotWrite):
        shells.install("zsh")


def test_another_shell(monkeypatch):
    with pytest.raises(UnknownName):
        shells.script("tcsh")

    def fail():
        raise shellingham.ShellDetectionFailure

    monkeypatch.setattr(shellingham, "detect_shell", fail)
    monkeypatch.setenv("SHELL", "/bin/tcsh")
    assert shells.current() == "tcsh"


def test_another_shell_is_said(pkes, monkeypatch):
    monkeypatch.setattr(shells, "current", lambda: "tcsh")
    says = 'pkes: unknown shell "tcsh" (did you mean "bash", "zsh", "fish", "pwsh" or "powershell"?)\n'
    assert pkes("--show-completion") == (2, "", says)
    assert pkes("--install-completion") == (2, "", says)


def test_options_of_pkes_stand_before_the_command(pkes):
    assert pkes("list", "--show-completion").err.endswith("before the command: pkes --show-completion\n")


# fish loads the completions of a command only where one of its name is on the PATH.
@pytest.mark.parametrize("shell", installed("bash", "zsh"))
def test_the_command_need_not_be_on_the_path(home, shell):
    home.run(shell, "--install-completion")
    path = os.environ["PATH"]
    home.env["PATH"] = path
    relative = os.path.relpath(home.folder / "bin" / "pkes")
    assert home.type(shell, [f"{relative} show ber\t"]) == [["show", "bergamotka"]]
