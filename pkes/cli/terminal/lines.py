"""Lines that a person types at a terminal: edited with the arrow keys, and shown on stderr."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout

from pkes.cli.terminal import output

_STDIN, _STDOUT, _STDERR = 0, 1, 2


def read(prompt: str) -> str:
    """Ask on stderr and return the line that is typed, without its end.

    Where there is readline, the line can be edited, and the arrows bring back what was typed before in this process:
    nothing of it is kept. Raises `EOFError` at the end of the input, and `KeyboardInterrupt`.
    """
    # What is already on its way to the terminal stands above the question.
    output.message("")
    if _has_readline():
        with _stdout_on_stderr():
            return input(prompt)
    output.message(prompt)
    if line := sys.stdin.readline():
        return line.removesuffix("\n")
    raise EOFError


def _has_readline() -> bool:
    """Return whether the process itself reads from a terminal, and a library edits the line; Windows has none."""
    try:
        if sys.stdin.fileno() != _STDIN or not (os.isatty(_STDIN) and os.isatty(_STDERR)):
            return False
    except (OSError, ValueError):  # it is no file, or closed
        return False
    try:
        with _stdout_on_stderr():  # libedit looks at it when it is loaded
            import readline  # noqa: F401
    except ImportError:
        return False
    return True


@contextmanager
def _stdout_on_stderr() -> Iterator[None]:
    """Let stdout, which `input` edits a line on and which may be a pipe, lead to where stderr leads, for a while."""
    try:
        before = os.dup(_STDOUT)
    except OSError:  # it is closed
        before = None
    encoding, errors = sys.stderr.encoding, sys.stderr.errors
    os.dup2(_STDERR, _STDOUT)
    try:
        with open(_STDOUT, "w", encoding=encoding, errors=errors, closefd=False) as stream, redirect_stdout(stream):
            yield
    finally:
        if before is None:
            os.close(_STDOUT)
        else:
            os.dup2(before, _STDOUT)
            os.close(before)
