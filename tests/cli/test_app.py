"""The border to the system: streams, exit statuses, and that nothing ends in a traceback."""

import os
import signal
import subprocess
import sys
import time

import pytest

from pkes.cli import app
from pkes.cli.commands import cluster, members
from pkes.cli.terminal import output
from tests.conftest import environment

COMMAND = [sys.executable, "-m", "pkes"]
BIG = 'format = 1\n[cluster]\nname = "K"\ncoordinator = "m0"\n[sectors.s]\npl = "s"\nen = "s"\n' + "".join(
    f'[members.m{number}]\nname = "Member {number}"\nsector = "s"\n' for number in range(20_000)
)


def run_shell(script: str, **given: str) -> subprocess.CompletedProcess[str]:
    """Run a shell script in which `pkes` is a command."""
    script = f'pkes() {{ "{sys.executable}" -m pkes "$@"; }}\n{script}'
    env = environment(given)
    return subprocess.run(["bash", "-c", script], capture_output=True, text=True, env=env, check=False)


def test_head_ends_it_quietly(write_registry):
    write_registry(BIG)
    ran = run_shell('pkes list | head -1; echo "${PIPESTATUS[0]}"')
    assert (ran.stdout, ran.stderr) == ("id\tname\tsector\tlegal_form\ttown\n0\n", "")


@pytest.mark.parametrize("command", ["", "--help", "list --help", "profile", "list", "--version", "list --json"])
def test_a_pipe_closed_at_once_ends_it_quietly(shipped, command):
    ran = run_shell(f'pkes {command} | true; echo "${{PIPESTATUS[0]}}"')
    assert (ran.stdout, ran.stderr) == ("0\n", "")


@pytest.mark.parametrize("command", ["", "--help", "list --help", "profile", "list", "--version", "show platan --json"])
def test_a_full_disk_behind_stdout_is_an_error(shipped, command):
    ran = run_shell(f'pkes {command} > /dev/full; echo "$?"')
    assert (ran.stdout, ran.stderr) == ("5\n", "pkes: stdout cannot be written: No space left on device\n")


def test_a_closed_stdout_is_an_error(shipped):
    ran = run_shell("pkes list >&-")
    assert (ran.returncode, ran.stderr) == (5, "pkes: stdout cannot be written: it is closed\n")


def test_a_closed_stderr_hides_nothing_but_messages(shipped):
    ran = run_shell("pkes list -q nothing 2>&- ; pkes lst 2>&-; echo $?")
    assert ran.stdout == "id\tname\tsector\tlegal_form\ttown\n2\n"


def test_a_full_disk_behind_stderr_hides_nothing_but_messages(shipped):
    ran = run_shell("pkes list -q nothing 2>/dev/full; pkes lst 2>/dev/full; echo $?")
    assert ran.stdout == "id\tname\tsector\tlegal_form\ttown\n2\n"


def test_pipes_are_utf8_in_every_locale(shipped):
    ran = run_shell("pkes show platan; pkes list -s łąka", LC_ALL="C", PYTHONCOERCECLOCALE="0", PYTHONUTF8="0")
    assert "Spółdzielnia Socjalna Rezydencja Pod Platanem" in ran.stdout
    assert "łąka" in ran.stderr or "\\udcc5" in ran.stderr


def test_a_terminal_that_lacks_a_character_shows_its_escape(shipped, terminal):
    seen = terminal("show", "gmina-strzyzow", LC_ALL="C", PYTHONCOERCECLOCALE="0", PYTHONUTF8="0")
    assert "Gmina Strzy\\u017c\\xf3w" in seen


def test_an_interrupt_is_said(tmp_path):
    path = tmp_path / "pipe"
    os.mkfifo(path)
    process = subprocess.Popen([*COMMAND, "check", str(path)], stderr=subprocess.PIPE, text=True, env=environment({}))
    # Once somebody has opened the pipe for writing, the command hangs in reading it.
    with path.open("w"):
        time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        _out, err = process.communicate(timeout=10)
    assert (process.returncode, err) == (130, "pkes: interrupted; the registry is as it was\n")


def test_a_fault_of_the_program_is_one_line_and_how_to_report_it(shipped, pkes, monkeypatch):
    def fail(*_args: object) -> None:
        raise ValueError("Anna Igielna")

    monkeypatch.setattr(cluster.overview, "sectors", fail)
    ran = pkes("sectors")
    assert ran.status == 70
    assert ran.err.splitlines() == [
        "pkes: a fault of the program itself (ValueError); nothing was written",
        "please report it with the command and what PKES_DEBUG=1 shows before it",
    ]
    assert "Traceback" in pkes("sectors", PKES_DEBUG="1").err


def test_an_earlier_failure_is_not_hidden_by_stdout(shipped, monkeypatch):
    def fail() -> None:
        raise output.CannotPrint(OSError(28, "No space left on device"))

    monkeypatch.setattr(output, "flush", fail)
    assert app.main(["list"]) == 5
    assert app.main(["lst"]) == 2


def test_version(process):
    ran = process("--version")
    assert ran.status == 0
    assert ran.out.startswith("pkes ")


@pytest.mark.parametrize("today", ["2025-02-30", "20250301", "tomorrow", "2025-W09-6", "٢٠٢٥-03-01"])
def test_a_wrong_today_is_refused(shipped, pkes, today):
    ran = pkes("list", PKES_TODAY=today)
    assert (ran.status, ran.err) == (2, "pkes: PKES_TODAY: not a date (YYYY-MM-DD)\n")


def test_today_decides_who_is_current(write_registry, pkes):
    write_registry('format = 1\n[cluster]\n[members.a]\nname = "A"\nleft = "2025-03"\n')
    arguments = ("list", "--no-headers", "--fields", "id")
    assert pkes(*arguments, PKES_TODAY="2025-03-30").out == "a\n"
    assert pkes(*arguments, PKES_TODAY="2025-03-31").out == ""


def test_the_registry_is_the_one_named_before_the_nearest(shipped, pkes, tmp_path, monkeypatch):
    other = tmp_path / "other.toml"
    other.write_text('format = 1\n[cluster]\nname = "Other"\n', encoding="utf-8")
    folder = tmp_path / "a" / "b"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    assert pkes("profile").out.startswith("Podkarpacki")
    assert pkes("profile", PKES_REGISTRY=str(other)).out.startswith("Other")
    assert pkes("-r", str(shipped), "profile", PKES_REGISTRY=str(other)).out.startswith("Podkarpacki")


HEAVY = {"rich", "stdnum", "phonenumbers", "filelock", "tomli_w", "json", "tempfile", "dataclasses"}
WRITING = {"pkes.cli.write", "pkes.cli.questions", "pkes.toml.edit", "pkes.registry.changes"}
JUDGING = {"pkes.checks.rules", "pkes.model.values", "pkes.model.spelling"}
EDITING = {"pkes.cli.terminal.editor", "pkes.cli.messages.errors", "pkes.importing", "pkes.cli.intake"}


@pytest.mark.parametrize(
    ("arguments", "unneeded"),
    [
        (["list"], HEAVY | WRITING | JUDGING | EDITING),
        (["show", "slady"], HEAVY | WRITING | JUDGING | EDITING),
        (["inquiry", "list"], HEAVY | WRITING | JUDGING | EDITING),
        (["status"], {"rich", "filelock", "tomli_w", "json", "tempfile", "pkes.git.save"} | WRITING | EDITING),
        (["edit", "slady", "town=Łańcut", "--dry-run"], {"rich", "phonenumbers", "filelock", "json"} | EDITING),
        (["add", "Nowa", "-s", "ngo", "--dry-run"], {"rich", "filelock", "json"} | EDITING),
    ],
    ids=lambda given: " ".join(given) if isinstance(given, list) else "",
)
def test_a_command_imports_only_what_it_needs(shipped, arguments, unneeded):
    script = (
        "import sys; from pkes.cli.app import main; "
        f"assert main({arguments!r}) == 0; print('\\n', {unneeded!r} & sys.modules.keys())"
    )
    command = [sys.executable, "-c", script]
    ran = subprocess.run(command, capture_output=True, text=True, env=environment({}), check=True)
    assert ran.stdout.splitlines()[-1] == " set()"


def test_members_is_built_of_the_asked_command_alone(shipped, pkes, monkeypatch):
    built: list[str | None] = []
    from pkes.cli import command_tree

    real = command_tree.get_command_from_info
    monkeypatch.setattr(
        command_tree, "get_command_from_info", lambda info, **options: built.append(info.name) or real(info, **options)
    )
    pkes("list")
    assert built == ["list"]
    assert members.app.registered_commands
