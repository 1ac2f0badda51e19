"""What holds of every write: bytes that stay, layouts that are refused, interrupts, a stdout that fails."""

import os
import signal
import subprocess
import sys

import pytest

from tests.cli.registry_with_members import REGISTRY, changed_lines
from tests.conftest import environment


@pytest.fixture
def registry(write_registry):
    return write_registry(REGISTRY)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(b"\xef\xbb\xbf", b"\xef\xbb\xbf", id="BOM"),
        pytest.param(b"", b"", id="no BOM"),
    ],
)
def test_bytes_that_were_there_stay(registry, pkes, before, after):
    data = before + REGISTRY.replace("\n", "\r\n").encode().removesuffix(b"\r\n")
    registry.write_bytes(data)
    pkes("edit", "zolw", "town=Łańcut")
    written = registry.read_bytes()
    new = 'town = "Łańcut"\r\n'.encode()
    assert new in written
    assert written.replace(new, b"") == data
    assert written.startswith(after + b"# kept")


def test_a_layout_that_cannot_be_edited_is_refused_with_its_line(write_registry, pkes):
    text = REGISTRY.replace('[members.zolw]\nname = "Fundacja Żółw"\nsector = "ngo"\nemail = "zolw@example.org"\n', "")
    text = text.replace("[inquiries.", '[members]\nzolw = { name = "Żółw", sector = "ngo" }\n\n[inquiries.')
    path = write_registry(text)
    ran = pkes("edit", "zolw", "town=x")
    line = text[: text.index("zolw = {")].count("\n") + 1
    assert (ran.status, ran.out) == (5, "")
    assert ran.err.startswith(f"pkes: registry.toml:{line}: ")
    assert path.read_text(encoding="utf-8") == text


def test_an_interrupt_at_the_replace_waits_until_all_is_said(registry, pkes, monkeypatch):
    replace, handler = os.replace, signal.getsignal(signal.SIGINT)

    def interrupted(*arguments):
        os.kill(os.getpid(), signal.SIGINT)
        return replace(*arguments)

    monkeypatch.setattr(os, "replace", interrupted)
    ran = pkes("edit", "zolw", "town=Łańcut")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.endswith("town\t\tŁańcut\n")
    assert changed_lines(registry) == ['+ town = "Łańcut"']
    assert signal.getsignal(signal.SIGINT) is handler


def test_an_interrupt_before_the_replace_leaves_the_file_as_it_was(registry, pkes, monkeypatch):
    monkeypatch.setattr(os, "fsync", lambda _: os.kill(os.getpid(), signal.SIGINT))
    ran = pkes("edit", "zolw", "town=Łańcut")
    assert ran == (130, "", "pkes: interrupted; the registry is as it was\n")
    assert registry.read_text(encoding="utf-8") == REGISTRY


def test_what_cannot_be_printed_after_a_write_is_saved(registry):
    with open("/dev/full", "w") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "pkes", "edit", "zolw", "town=Łańcut"],
            stdout=full, stderr=subprocess.PIPE, env=environment({}), check=False,
        )  # fmt: skip
    assert ran.returncode == 0
    assert b"the changes are saved, but could not be printed" in ran.stderr
    assert changed_lines(registry) == ['+ town = "Łańcut"']


def test_what_is_wrong_with_the_lock_names_the_lock(write_registry, pkes):
    path = write_registry(REGISTRY)
    lock = path.with_name(".registry.toml.lock")
    lock.mkdir()
    assert pkes("edit", "igla", "town=Jasło") == (
        5, "", f"pkes: registry.toml: its lock {lock} cannot be taken: Is a directory; nothing was written\n"
    )  # fmt: skip
    assert path.read_text(encoding="utf-8") == REGISTRY
