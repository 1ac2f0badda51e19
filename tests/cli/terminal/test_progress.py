"""The bar for what takes longer than a second."""

import io
import sys
import time

import pytest

from pkes.cli.terminal import progress
from pkes.cli.terminal.progress import Progress


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self):
        return True


@pytest.fixture
def terminal(monkeypatch):
    """Give stderr a terminal: called by the test, since pytest sets the streams anew for each of its steps."""

    def open_one():
        monkeypatch.setattr(sys, "stderr", Terminal())
        return sys.stderr

    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("COLUMNS", raising=False)
    return open_one


def wait_for(stream, text):
    """Wait until a text has been written."""
    for _ in range(200):
        if text in stream.getvalue():
            return
        time.sleep(0.02)
    raise AssertionError(repr(stream.getvalue()))


def test_what_is_quick_shows_nothing(terminal):
    stderr = terminal()
    with Progress("Importing") as shown:
        shown.start(3)
        shown.advance()
    assert stderr.getvalue() == ""


def test_what_takes_long_shows_how_far_it_is_and_goes(terminal, monkeypatch):
    stderr = terminal()
    monkeypatch.setattr(progress, "PATIENCE", 0.01)
    with Progress("Importing") as shown:
        wait_for(stderr, "Importing")  # nobody knows how much it will be
        shown.start(4)
        shown.advance()
        wait_for(stderr, "25%")
        shown.stop()
        # The line is left empty, and the cursor is there again.
        assert stderr.getvalue().endswith("\x1b[2K")
        assert stderr.getvalue().rindex("\x1b[?25h") > stderr.getvalue().rindex("\x1b[?25l")
        before = stderr.getvalue()
    assert stderr.getvalue() == before


def test_it_goes_where_something_fails(terminal, monkeypatch):
    stderr = terminal()
    monkeypatch.setattr(progress, "PATIENCE", 0.01)

    def fail():
        with Progress("Importing"):
            wait_for(stderr, "Importing")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert "\x1b[?25h" in stderr.getvalue()


def test_no_terminal_sees_any_of_it(monkeypatch):
    monkeypatch.setattr(progress, "PATIENCE", 0.01)
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    with Progress("Importing"):
        time.sleep(0.1)
    assert sys.stderr.getvalue() == ""


def test_a_terminal_that_goes_away_ends_nothing(terminal, monkeypatch):
    stderr = terminal()
    monkeypatch.setattr(progress, "PATIENCE", 0.01)

    def gone(_text):
        raise OSError(5, "Input/output error")

    stderr.write = gone
    with Progress("Importing"):
        time.sleep(0.3)
