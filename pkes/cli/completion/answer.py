"""Completion: what a shell is told when somebody presses TAB behind `pkes …`."""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from pkes.cli.terminal import output
from pkes.text.characters import safe

if TYPE_CHECKING:
    from pkes.cli.completion.candidates import Candidate

FILES = 1
"""The exit status that leaves the word to the shell: the name of a file belongs there."""


_SPECIAL = re.compile(r"[^\w@%+=:,./-]")
"""Characters that mean something to a shell, or may."""


class Word(NamedTuple):
    """A word of a command line without its quotes, as far as it is typed.

    `quote` is the quotation mark that is still open at its end, "" where none is. `apart` is how much of the word bash
    takes for words of their own, which it keeps: up to a `=` that is not quoted, or to the open quotation mark.
    """

    text: str
    quote: str
    apart: int


def answer(shell: str, line: str) -> int:
    """Print what can stand at the end of a command line, a candidate a line, and return the exit status.

    `shell` is bash, zsh or fish, "complete_" before it or not. Behind each candidate stands a TAB and what it is; bash
    has no place for that. Whatever goes wrong is no concern of somebody who is still typing: then there are none.
    """
    with suppress(Exception, KeyboardInterrupt):
        shell = shell.removeprefix("complete_")
        *before, last = split(line)
        found = _candidates([word.text for word in before[1:]], last.text, explained=shell != "bash")
        if found is None:
            return FILES
        written = _for_bash(last, found) if shell == "bash" else _explained(found)
        try:
            output.write("".join(f"{one}\n" for one in written))
            output.flush()
        except output.CannotPrint:
            output.discard()
    return 0


def split(line: str) -> list[Word]:
    """Return the words of a command line that may end in the middle of one; the last is the one being typed."""
    words, text, quote, apart = [], "", "", 0
    has_begun = False
    rest = iter(line)
    for char in rest:
        if char == "\\" and quote != "'":
            text, has_begun = text + next(rest, ""), True
        elif quote:
            text, quote = (text, "") if char == quote else (text + char, quote)
        elif char in "\"'":
            quote, apart, has_begun = char, len(text), True
        elif not char.isspace():
            text, has_begun = text + char, True
            apart = len(text) if char == "=" else apart
        elif has_begun:
            words.append(Word(text, "", apart))
            text, apart, has_begun = "", 0, False
    return [*words, Word(text, quote, apart)]


def _candidates(arguments: list[str], typed: str, *, explained: bool) -> "list[Candidate] | None":
    """Return what can stand behind arguments, None where the name of a file can."""
    from typer._click.shell_completion import _resolve_context, _resolve_incomplete

    from pkes.cli.command_tree import pkes_command
    from pkes.cli.completion import candidates

    context = _resolve_context(pkes_command(), {}, "pkes", arguments)
    target, value = _resolve_incomplete(context, [*arguments], typed)
    option = typed.removesuffix(value)
    found = candidates.of(context, target, value, arguments, explained=explained)
    return None if found is None else [one._replace(value=option + one.value) for one in found]


def _explained(found: "Iterable[Candidate]") -> Iterator[str]:
    return (f"{safe(one.value)}\t{safe(one.about)}".rstrip("\t") for one in found)


def _for_bash(word: Word, found: "Iterable[Candidate]") -> Iterator[str]:
    """Yield candidates as bash puts them in the place of what it takes for the last word."""
    for one in found:
        rest = safe(one.value[word.apart :])
        yield rest if word.quote else _SPECIAL.sub(r"\\\g<0>", rest)
