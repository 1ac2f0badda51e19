"""Lines that a person types at a terminal: edited with the arrow keys, and shown on stderr."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout

from pkes.cli.terminal import output

_STDIN, _STDOUT, _STDERR = 0, 1, 2


def read(prompt: str) -> str:
    """Print a prompt on stderr and return the typed line, without its line end.

    With readline, the line can be edited, and the arrow keys bring back earlier lines of this process, which are not
    saved. Raises `EOFError` at the end of the input, and `KeyboardInterrupt`.
    """
    # Output that is already buffered comes before the question.
    output.message("")
    if _has_readline():
        with _stdout_on_stderr():
            return input(prompt)
    output.message(prompt)
    if line := sys.stdin.readline():
        return line.removesuffix("\n")
    raise EOFError


def _has_readline() -> bool:
    """Return whether stdin of the process is a terminal, and readline is available; Windows has none."""
    try:
        if sys.stdin.fileno() != _STDIN or not (os.isatty(_STDIN) and os.isatty(_STDERR)):
            return False
    except (OSError, ValueError):  # it is not a file, or closed
        return False
    try:
        with _stdout_on_stderr():  # libedit looks at stdout when it is loaded
            import readline  # noqa: F401
    except ImportError:
        return False
    return True


@contextmanager
def _stdout_on_stderr() -> Iterator[None]:
    """Redirect stdout, where `input` edits the line and which may be a pipe, to stderr for a while."""
    try:
        before = os.dup(_STDOUT)
    except OSError:  # stdout is closed
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
