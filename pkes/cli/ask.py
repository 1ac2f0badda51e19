"""Questions: asked on stderr, answered on stdin, and only where a person sits at both."""

import sys
from collections.abc import Callable
from typing import TypeVar

from pkes.characters import safe
from pkes.cli import output
from pkes.errors import PkesError
from pkes.i18n import _

T = TypeVar("T")


def is_interactive() -> bool:
    """Return whether a question can be asked: stdin and stderr are terminals."""
    try:
        return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))
    except ValueError:  # closed
        return False


def confirm(question: str) -> bool:
    """Ask a yes-or-no question until it is answered; nothing typed is no. Raises `KeyboardInterrupt`."""
    # The letters of both languages count in either: a habit should not say the opposite.
    answers = {"y": True, "yes": True, "t": True, "tak": True, "n": False, "no": False, "nie": False, "": False}
    while True:
        answer = _read(_("{question} [y/N] ").format(question=question)).strip().lower()
        if answer in answers:
            return answers[answer]


def ask(question: str, parse: Callable[[str], T], default: str = "") -> T:
    """Ask for a value until `parse` takes it; nothing typed is `default`.

    `parse` raises a `PkesError` for what it does not take; it is shown, and the question comes again.
    Raises `KeyboardInterrupt` where the user breaks off.
    """
    from pkes.cli.errors import words

    prompt = f"{question} [{default}]: " if default else f"{question}: "
    while True:
        try:
            return parse(_read(prompt).strip() or default)
        except PkesError as error:
            wrong = words(error)
            output.fail(wrong.what, *wrong.below)


def _read(prompt: str) -> str:
    """Return a line of stdin without its end. The end of the input breaks off, as Ctrl-C does."""
    output.message(safe(prompt))
    line = sys.stdin.readline()
    if not line:
        output.message("\n")
        raise KeyboardInterrupt
    return line.removesuffix("\n")
