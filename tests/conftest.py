"""How the tests of the command line run it: in this process, as a process of its own, and in a terminal."""

import fcntl
import io
import os
import pkgutil
import pty
import re
import signal
import struct
import subprocess
import sys
import termios
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import pytest

from pkes import i18n
from pkes.cli import app, commands
from pkes.model import dates
from tests import catalogue

# A job in the background of a shell is started with Ctrl-C ignored, and hands that on to what it starts.
signal.signal(signal.SIGINT, signal.default_int_handler)

# Before any test, and before pytest-xdist starts its workers.
catalogue.compile_if_older()

SHIPPED = Path(__file__).parents[1] / "registry.toml"
EXPECTED = Path(__file__).parent / "cli" / "expected"
TODAY = "2025-03-01"

SETTINGS = (
    "COLUMNS",
    "NO_COLOR",
    "FORCE_COLOR",
    "TERM",
    "LC_ALL",
    "LC_MESSAGES",
    "LANG",
    "PYTHONUTF8",
    "PYTHONIOENCODING",
)
"""What changes outputs, and is set by a test or not at all; so is all that begins with PKES_."""
COVERAGE = "COVERAGE_"
"""So begins what lets the coverage measure a process."""


class Ran(NamedTuple):
    """What a command gave: its exit status, and what it wrote."""

    status: int
    out: str
    err: str


def environment(given: Mapping[str, str]) -> dict[str, str]:
    """Return an environment with what is given, and otherwise nothing that changes outputs or measures a process."""
    dropped = ("PKES_", COVERAGE)
    kept = {name: value for name, value in os.environ.items() if name not in SETTINGS and not name.startswith(dropped)}
    return {**kept, "LC_ALL": "C.UTF-8", "PKES_TODAY": TODAY, **given}


def measured() -> dict[str, str]:
    """Return what lets the coverage measure a process, which takes it 250 ms more: it is for what runs in no other."""
    return {name: value for name, value in os.environ.items() if name.startswith(COVERAGE)}


@pytest.fixture(autouse=True)
def clock() -> None:
    """Let every test begin with the day of the clock: a command that runs in this process may leave another one."""
    dates.use_today(None)


@pytest.fixture
def write_registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Write a registry to a folder of its own, which becomes the working folder."""

    def write(text: str) -> Path:
        path = tmp_path / "registry.toml"
        path.write_text(text, encoding="utf-8", newline="")
        monkeypatch.chdir(tmp_path)
        return path

    return write


@pytest.fixture
def shipped(write_registry: Callable[[str], Path]) -> Path:
    """A copy of the shipped registry."""
    return write_registry(SHIPPED.read_text(encoding="utf-8"))


class _Bytes(io.TextIOWrapper):
    """A stream that is no terminal, and keeps what is written."""

    def __init__(self) -> None:
        super().__init__(io.BytesIO(), encoding="ascii")

    def text(self) -> str:
        self.flush()
        held = self.buffer.getvalue()  # type: ignore[attr-defined]
        return held.decode("utf-8")


@pytest.fixture(scope="session")
def english_helps() -> None:
    """Import all commands in English: their helps stay in the language in which they are imported."""
    i18n.use_language("en")
    for module in pkgutil.iter_modules(commands.__path__):
        import_module(f"{commands.__name__}.{module.name}")


@pytest.fixture
def pkes(english_helps: None, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ran]:
    """Run a command in this process, with pipes for its outputs."""

    def run(*arguments: str, **given: str) -> Ran:
        out, err = _Bytes(), _Bytes()
        with monkeypatch.context() as patch:
            wanted = environment(given)
            for name in os.environ.keys() - wanted.keys():
                patch.delenv(name)
            for name, value in wanted.items():
                patch.setenv(name, value)
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            status = app.main(arguments)
        return Ran(status, out.text(), err.text())

    return run


@pytest.fixture
def process() -> Callable[..., Ran]:
    """Run a command as a process of its own, with pipes for its outputs."""

    def run(*arguments: str, **given: str) -> Ran:
        command = [sys.executable, "-m", "pkes", *arguments]
        env = environment({**measured(), **given})
        ran = subprocess.run(command, capture_output=True, env=env, check=False)
        return Ran(ran.returncode, ran.stdout.decode(), ran.stderr.decode())

    return run


@pytest.fixture
def terminal() -> Callable[..., str]:
    """Run a command in a terminal of some columns, and return what a person sees there; `raw` keeps colours."""

    def run(*arguments: str, columns: int = 80, raw: bool = False, **given: str) -> str:
        env = {**measured(), "TERM": "xterm-256color", **given}
        seen = in_terminal([sys.executable, "-m", "pkes", *arguments], columns, environment(env))
        text = seen.decode(errors="surrogateescape").replace("\r\n", "\n")
        return (
            text
            if raw
            else re.sub(" +$", "", re.sub(r"\x1b\[[0-9;]*m|\x1b]8;[^\x1b]*\x1b\\", "", text), flags=re.MULTILINE)
        )

    return run


def in_terminal(command: list[str], columns: int, env: dict[str, str]) -> bytes:
    """Run a command in a terminal of some columns; return all that it writes there."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=env)
    os.close(theirs)
    seen = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:  # that is how Linux says that the other side has closed
            piece = b""
        if not piece:
            break
        seen += piece
    os.close(ours)
    process.wait()
    return seen


@pytest.fixture
def expect() -> Callable[[str, str], None]:
    """Compare a whole output with the file of a name; PKES_RENEW=1 writes the file."""

    def compare(name: str, output: str) -> None:
        path = EXPECTED / name
        if os.environ.get("PKES_RENEW"):
            path.write_text(output, encoding="utf-8", newline="")
        assert output == path.read_bytes().decode("utf-8")

    return compare
