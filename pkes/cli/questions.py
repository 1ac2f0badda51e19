"""Questions: asked on stderr, answered on stdin, and only where a person sits at both."""

import sys
from collections.abc import Callable, Sequence
from typing import TypeVar

from pkes.cli.terminal import output
from pkes.errors import PkesError, UnknownName
from pkes.i18n import _
from pkes.text.characters import safe

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
    from pkes.cli.messages.reasons import words

    prompt = f"{question} [{default}]: " if default else f"{question}: "
    while True:
        try:
            return parse(_read(prompt).strip() or default)
        except PkesError as error:
            wrong = words(error)
            output.fail(wrong.what, *wrong.below)


def choose(
    question: str,
    choices: Sequence[tuple[T, str]],
    parse: Callable[[str], T] | None = None,
    default: str = "",
) -> T:
    """Ask for one of several things, each shown with its number: an answer is a number, or what `parse` takes.

    `default` is what stands for an answer where nothing is typed. Raises `KeyboardInterrupt` as `ask` does.
    """
    longest = len(str(len(choices)))
    for number, (_thing, label) in enumerate(choices, 1):
        output.message(f"  {number:{longest}}  {safe(label)}\n")

    def read(text: str) -> T:
        if text.isascii() and text.isdigit() and 0 < int(text) <= len(choices):
            return choices[int(text) - 1][0]
        if parse is None:
            raise UnknownName("number", text, ())
        return parse(text)

    return ask(question, read, default)


def _read(prompt: str) -> str:
    """Return a line of stdin without its end. The end of the input breaks off, as Ctrl-C does."""
    try:
        output.message(safe(prompt))
        if line := sys.stdin.readline():
            return line.removesuffix("\n")
    except KeyboardInterrupt:
        # What is said of it stands on a line of its own.
        output.message("\n")
        raise
    output.message("\n")
    raise KeyboardInterrupt
