"""A command in a terminal that asks questions, and is answered."""

import codecs
import os
import pty
import select
import signal
import subprocess
import sys

from tests.conftest import environment, measured

PATIENCE = 20
"""Seconds after which a program that says nothing is taken to hang."""


class Dialogue:
    """A command in a terminal: what it says is read up to a question, and answered."""

    def __init__(self, *arguments, command=(sys.executable, "-m", "pkes"), stdout=None, **given):
        self.ours, theirs = pty.openpty()
        command = [*command, *arguments]
        env = environment({**measured(), "TERM": "dumb", "COLUMNS": "200", **given})
        self.process = subprocess.Popen(
            command, stdin=theirs, stdout=stdout or theirs, stderr=theirs, env=env, start_new_session=True
        )
        os.close(theirs)
        # A piece may end within a character.
        self.decoder = codecs.getincrementaldecoder("utf-8")()
        self.said = ""
        self.seen = ""
        """All that stood on the terminal so far."""

    def read_to(self, text):
        """Read until a text appears; return what was said before it."""
        self._wait_for(text, lambda: text in self.said)
        before, _, self.said = self.said.partition(text)
        return before

    def read_to_any(self, *ends):
        """Read until what was said ends with one of these texts, which end questions; return it."""
        self._wait_for(ends, lambda: self.said.endswith(ends))
        said, self.said = self.said, ""
        return said

    def _wait_for(self, wanted, is_there):
        while not is_there():
            piece = self._read()
            assert piece, f"it ended, and never said {wanted!r}: {self.said!r}"
            self.said += piece

    def answer(self, question, text):
        said = self.read_to(question)
        self.type(text)
        return said

    def type(self, text):
        """Type a line, and read its echo."""
        os.write(self.ours, f"{text}\n".encode())
        self.read_to("\n")

    def interrupt(self):
        """Press Ctrl-C until something is said to it: readline misses one that comes right behind its prompt."""
        self.process.send_signal(signal.SIGINT)
        while not select.select([self.ours], [], [], 1)[0]:
            self.process.send_signal(signal.SIGINT)

    def end(self):
        """Read to the end; return it and the exit status."""
        while piece := self._read():
            self.said += piece
        os.close(self.ours)
        return self.said, self.process.wait(PATIENCE)

    def _read(self):
        ready, _, _ = select.select([self.ours], [], [], PATIENCE)
        assert ready, f"it waits for ever after {self.said!r}"
        try:
            piece = os.read(self.ours, 65536)
        except OSError:
            piece = b""
        text = self.decoder.decode(piece).replace("\r", "")
        self.seen += text
        return text if text or not piece else self._read()
