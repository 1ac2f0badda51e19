"""Real shells in a terminal: what is typed there, TAB included, and which command that becomes."""

import fcntl
import os
import pty
import select
import shlex
import shutil
import subprocess
import sys
import termios

from tests.conftest import environment

SHELLS = {"bash": ["bash", "-i"], "zsh": ["zsh", "-i"], "fish": ["fish", "-i"]}
PATIENCE = 30


class Home:
    """A home of its own, with a `pkes` that completes, and else only notes with what it was called."""

    def __init__(self, folder):
        self.folder = folder
        self.called = folder / "called"
        program = folder / "bin" / "pkes"
        program.parent.mkdir(parents=True)
        program.write_text(
            f'#!/bin/sh\n[ "$_PKES_COMPLETE" ] && exec {shlex.quote(sys.executable)} -m pkes "$@"\n'
            f'(printf "%s\\t" "$@"; echo) >> {shlex.quote(str(self.called))}\n',
            encoding="utf-8",
        )
        program.chmod(0o755)
        # Without it fish reads all manuals at its first start, and holds the terminal for as long as that takes.
        (folder / ".local" / "share" / "fish" / "generated_completions").mkdir(parents=True)
        path = os.pathsep.join([str(program.parent), os.environ["PATH"]])
        given = {"HOME": str(folder), "PATH": path, "TERM": "xterm", "PS1": "$ "}
        dropped = ("XDG_CONFIG_HOME", "ZDOTDIR", "BASH_ENV", "ENV")
        self.env = {name: value for name, value in environment(given).items() if name not in dropped}

    def run(self, shell, *arguments):
        """Run the real pkes from a shell that is not interactive."""
        command = shlex.join([sys.executable, "-m", "pkes", *arguments])
        # With one command alone, a shell would become it.
        return subprocess.run(
            [shutil.which(shell), "-c", f"{command}; true"], env=self.env, capture_output=True, text=True, check=True
        )

    def type(self, shell, lines):
        """Type lines into an interactive shell, and return the arguments of each call of pkes."""
        ours, theirs = pty.openpty()
        process = subprocess.Popen(
            SHELLS[shell], stdin=theirs, stdout=theirs, stderr=theirs, env=self.env, start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )  # fmt: skip
        os.close(theirs)
        seen = _read_on(ours, b"")
        os.write(ours, "".join(f"{line}\n" for line in [*lines, "exit"]).encode())
        while piece := _read(ours):
            seen += piece
        os.close(ours)
        process.wait(PATIENCE)
        assert self.called.exists(), seen.decode(errors="replace")
        return [call.split("\t")[:-1] for call in self.called.read_text(encoding="utf-8").splitlines()]


def _read_on(ours, seen):
    """Read until nothing more comes for a moment: the prompt is there."""
    while not seen or select.select([ours], [], [], 1.5)[0]:
        seen += _read(ours)
    return seen


def _read(ours):
    assert select.select([ours], [], [], PATIENCE)[0]
    try:
        return os.read(ours, 65536)
    except OSError:
        return b""
