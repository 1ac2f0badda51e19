"""`pkes fmt`: what it writes and says, `--check`, `--diff`, several files, and what it leaves alone."""

import os
import signal
import subprocess
import sys

import pytest

from pkes.storage import files as replace
from pkes.toml.canonical import canonical
from tests.conftest import environment

REGISTRY = """\
# kept by hand
format=1
[members]
zolw = { name = "Żółw", sector = "ngo" } # the slow one
igla = { sector = "ngo", name = "Igła" }
[cluster]
coordinator = "igla" # so far
name = 'Klaster'
[sectors.ngo]
pl = "organizacje pozarządowe"
en = "NGOs"
"""
CANONICAL = """\
# kept by hand
format = 1

[cluster]
name = "Klaster"
coordinator = "igla" # so far

[sectors.ngo]
pl = "organizacje pozarządowe"
en = "NGOs"

[members.igla]
name = "Igła"
sector = "ngo"

[members.zolw] # the slow one
name = "Żółw"
sector = "ngo"
"""
SMALL = 'format = 1\n\n[cluster]\nname="K"\n'
SMALL_DIFF = (
    '--- registry.toml\n+++ registry.toml\n@@ -1,4 +1,4 @@\n format = 1\n \n [cluster]\n-name="K"\n+name = "K"\n'
)


@pytest.fixture
def registry(write_registry):
    return write_registry(REGISTRY)


def test_the_registry_is_written_in_canonical_form(registry, pkes):
    assert pkes("fmt") == (0, "", "pkes: registry.toml: formatted\n")
    assert registry.read_text(encoding="utf-8") == CANONICAL


def test_a_second_time_it_does_and_says_nothing(registry, pkes):
    pkes("fmt")
    before = registry.stat()
    assert pkes("fmt") == (0, "", "")
    assert pkes("fmt", "--check") == (0, "", "")
    assert pkes("fmt", "--diff") == (0, "", "")
    after = registry.stat()
    assert (after.st_mtime_ns, after.st_ino) == (before.st_mtime_ns, before.st_ino)


def test_the_shipped_registry_is_left_as_it_is(shipped, pkes):
    assert pkes("fmt", "--check") == (0, "", "")


def test_a_record_that_could_not_be_edited_can_be_afterwards(registry, pkes):
    ran = pkes("edit", "zolw", "town=Łańcut")
    assert ran.status == 5
    assert ran.err.splitlines()[1] == '"pkes fmt registry.toml" brings it into a form that can be edited'
    (registry.parent / "a b").mkdir()
    other = registry.rename(registry.parent / "a b" / "registry.toml")
    said = pkes("-r", "a b/registry.toml", "edit", "zolw", "town=Łańcut").err
    assert said.endswith("\"pkes fmt 'a b/registry.toml'\" brings it into a form that can be edited\n")
    other.rename(registry)
    pkes("fmt")
    assert pkes("edit", "zolw", "town=Łańcut").status == 0
    assert registry.read_text(encoding="utf-8") == CANONICAL + 'town = "Łańcut"\n'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(b"\xef\xbb\xbf" + CANONICAL.encode(), CANONICAL.encode(), id="BOM"),
        pytest.param(CANONICAL.replace("\n", "\r\n").encode(), CANONICAL.encode(), id="CRLF"),
        pytest.param(CANONICAL.removesuffix("\n").encode(), CANONICAL.encode(), id="no final line end"),
    ],
)
def test_bytes_that_no_editor_shows_are_a_difference(registry, pkes, before, after):
    registry.write_bytes(before)
    assert pkes("fmt", "--check").status == 1
    assert pkes("fmt", "--diff").out != ""
    assert pkes("fmt").status == 0
    assert registry.read_bytes() == after


def test_check_names_the_file_and_writes_nothing(registry, pkes):
    assert pkes("fmt", "--check") == (1, "", "pkes: registry.toml: not in canonical form\n")
    assert registry.read_text(encoding="utf-8") == REGISTRY
    assert os.listdir() == ["registry.toml"]


def test_diff_prints_what_would_change_and_writes_nothing(write_registry, pkes):
    registry = write_registry(SMALL)
    assert pkes("fmt", "--diff") == (0, SMALL_DIFF, "")
    assert pkes("fmt", "--diff", "--check") == (1, SMALL_DIFF, "pkes: registry.toml: not in canonical form\n")
    assert registry.read_text(encoding="utf-8") == SMALL
    assert os.listdir() == ["registry.toml"]


def test_a_diff_keeps_tabs_and_shows_what_is_no_text(write_registry, pkes):
    write_registry(SMALL.replace('="K"\n', '="a\tb\u202e"\r\n'))
    ran = pkes("fmt", "--diff")
    assert ran.out.splitlines()[-2:] == ['-name="a\tb\\u202e"\\r', '+name = "a\tb\\u202e"']


def test_a_diff_is_coloured_on_a_terminal_only(write_registry, terminal, pkes):
    write_registry(SMALL.replace("K", "K[red]\u009b2J\u202e"))
    seen = terminal("fmt", "--diff", raw=True)
    assert '\x1b[31m-name="K[red]\\x9b2J\\u202e"\x1b[0m\n' in seen
    assert "\x1b[1m--- registry.toml\x1b[0m\n" in seen
    assert "\x1b[3" not in terminal("fmt", "--diff", raw=True, NO_COLOR="1")
    assert "\x1b" not in pkes("fmt", "--diff", FORCE_COLOR="1").out


def test_a_terminal_says_that_there_is_nothing_to_do(shipped, terminal):
    assert terminal("fmt") == "pkes: nothing to do: the form is canonical\n"
    seen = terminal("fmt", "--check", columns=20)
    assert seen == "pkes: nothing to do:\nthe form is\ncanonical\n"


@pytest.fixture
def files(registry):
    """Files beside the registry: in canonical form, in another, no TOML, and one that is not there."""
    texts = {"good.toml": CANONICAL, "bad.toml": "x = \n", "odd.toml": SMALL}
    for name, text in texts.items():
        registry.with_name(name).write_text(text, encoding="utf-8")
    return registry.parent


def test_files_are_formatted_by_name_and_the_registry_is_not(files, pkes):
    assert pkes("fmt", "odd.toml", "good.toml", "odd.toml") == (0, "", "pkes: odd.toml: formatted\n")
    assert (files / "odd.toml").read_text(encoding="utf-8") == canonical(SMALL)
    assert (files / "registry.toml").read_text(encoding="utf-8") == REGISTRY


def test_a_file_that_fails_keeps_no_other_from_it(files, pkes):
    ran = pkes("fmt", "missing.toml", "bad.toml", "odd.toml", str(files))
    assert (ran.status, ran.out) == (3, "")
    assert ran.err.splitlines() == [
        "pkes: missing.toml: cannot be read: No such file or directory",
        "pkes: bad.toml:1:5: not TOML: string values must be quoted, expected literal string",
        "pkes: odd.toml: formatted",
        f"pkes: {files}: not a regular file, but a folder",
    ]
    assert (files / "bad.toml").read_text(encoding="utf-8") == "x = \n"


def test_the_first_failure_gives_the_status(files, pkes, monkeypatch):
    monkeypatch.setattr(replace, "LOCK_SECONDS", 0.01)
    with replace.lock(files / "odd.toml"):
        assert pkes("fmt", "good.toml", "odd.toml", "bad.toml").status == 5
        assert pkes("fmt", "bad.toml", "odd.toml", "good.toml").status == 3
        assert pkes("fmt", "--check", "odd.toml", "good.toml").status == 1
        assert pkes("fmt", "--check", "odd.toml", "bad.toml").status == 3
    assert (files / "odd.toml").read_text(encoding="utf-8") == SMALL


@pytest.mark.parametrize("option", ["--check", "--diff"])
def test_merge_markers_are_named_as_such(write_registry, pkes, option):
    text = "format = 1\n<<<<<<< HEAD\n"
    registry = write_registry(text)
    for arguments in (["fmt"], ["fmt", option]):
        ran = pkes(*arguments)
        assert (ran.status, ran.out) == (3, "")
        assert ran.err.startswith("pkes: registry.toml:2:1: a merge marker that git left: <<<<<<<\n")
    assert registry.read_text(encoding="utf-8") == text


def test_no_registry_at_all(tmp_path, pkes, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert pkes("fmt").status == 3


def test_a_text_that_would_mean_something_else_is_a_fault_and_not_written(registry, pkes, monkeypatch):
    monkeypatch.setattr("pkes.cli.commands.fmt.canonical", lambda text: text.replace("Klaster", "K"))
    ran = pkes("fmt")
    assert (ran.status, ran.out) == (70, "")
    assert ran.err.startswith("pkes: a fault of the program itself (NotVerified); nothing was written\n")
    assert registry.read_text(encoding="utf-8") == REGISTRY


def test_an_interrupt_at_the_replace_waits_until_all_is_said(registry, pkes, monkeypatch):
    real, handler = os.replace, signal.getsignal(signal.SIGINT)

    def interrupted(*arguments):
        os.kill(os.getpid(), signal.SIGINT)
        return real(*arguments)

    monkeypatch.setattr(os, "replace", interrupted)
    assert pkes("fmt") == (0, "", "pkes: registry.toml: formatted\n")
    assert registry.read_text(encoding="utf-8") == CANONICAL
    assert signal.getsignal(signal.SIGINT) is handler


def test_an_interrupt_before_the_replace_leaves_the_file_as_it_was(registry, pkes, monkeypatch):
    monkeypatch.setattr(os, "fsync", lambda _: os.kill(os.getpid(), signal.SIGINT))
    assert pkes("fmt") == (130, "", "pkes: interrupted; the registry is as it was\n")
    assert registry.read_text(encoding="utf-8") == REGISTRY


def test_a_write_that_the_system_does_not_confirm_is_said(registry, pkes, monkeypatch):
    monkeypatch.setattr(replace, "_sync_folder", lambda folder: False)
    ran = pkes("fmt")
    assert ran.status == 0
    assert ran.err.splitlines()[1].startswith("pkes: warning: the changes are saved, but the system does not confirm")


def test_a_diff_that_cannot_be_printed(registry):
    command = [sys.executable, "-m", "pkes", "fmt", "--diff"]
    with open("/dev/full", "w") as full:
        ran = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, env=environment({}), check=False)
    assert ran.returncode == 5
    assert ran.stderr.startswith(b"pkes: stdout cannot be written: ")


def test_nothing_to_do_leaves_no_lock_behind(shipped, pkes):
    assert pkes("fmt") == (0, "", "")
    assert [path.name for path in shipped.parent.iterdir()] == [shipped.name]


def test_a_file_that_may_not_be_read_is_left_to_the_system(registry, pkes, monkeypatch):
    monkeypatch.setattr(os, "access", lambda *_arguments, **_options: False)
    ran = pkes("fmt", "--check", "none.toml", "registry.toml")
    assert (ran.status, ran.err.splitlines()) == (3, [
        "pkes: none.toml: cannot be read: No such file or directory", "pkes: registry.toml: not in canonical form",
    ])  # fmt: skip
