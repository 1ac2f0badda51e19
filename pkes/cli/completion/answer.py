"""Completion: what a shell is told when somebody presses TAB behind `pkes …`."""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from pkes.cli.terminal import output
from pkes.text.characters import safe

if TYPE_CHECKING:
    from typer.core import TyperGroup

    from pkes.cli.completion.candidates import Candidate

FILES = 1
"""The exit status that leaves the word to the shell: the name of a file belongs there."""

WORD_BREAKS = "\"'@><=;|&(:"
"""The characters that end a word in bash when it completes, where it has not been told others (COMP_WORDBREAKS)."""

_SPECIAL = re.compile(r"[^\w@%+=:,./-]")
"""Characters that mean something to a shell, or may."""

_ESCAPES = {"powershell": "`"}
"""What takes the meaning from the character behind it, where that is no backslash."""

_ESCAPED = {
    "bash": {'"': '"\\$`'}, "zsh": {'"': '"\\$`'}, "fish": {'"': '"\\$', "'": "'\\"}, "powershell": {'"': '"$`'},
}  # fmt: skip
"""What it takes its meaning from between quotation marks; another one there is itself."""


class Word(NamedTuple):
    """A word of a command line without its quotes, as far as it is typed.

    `quote` is the quotation mark that is still open at its end, "" where none is. `kept` is how many characters bash
    keeps when it completes: it replaces what stands behind the open quotation mark, else behind the last word break.
    """

    text: str
    quote: str
    kept: int


def answer(command: "Callable[[], TyperGroup]", shell: str, line: str, breaks: str = WORD_BREAKS) -> int:
    """Print what can stand at the end of a command line, a candidate a line, and return the exit status.

    `command` makes the command that is completed. `shell` is bash, zsh, fish or powershell, "complete_" before it or
    not. Behind each candidate stands a TAB and what it is; bash has no place for that. `breaks` are bash's word breaks.
    Whatever goes wrong is no concern of somebody who is still typing: then there are none.
    """
    with suppress(Exception, KeyboardInterrupt):
        from pkes.cli.completion import candidates

        shell = shell.removeprefix("complete_")
        *before, last = split(line, shell, breaks)
        arguments = [word.text for word in before[1:]]
        found = candidates.complete(command(), arguments, last.text, explained=shell != "bash")
        if found is None:
            return FILES
        written = _for_bash(last, found) if shell == "bash" else _explained(found)
        try:
            output.write("".join(f"{one}\n" for one in written))
            output.flush()
        except output.CannotPrint:
            output.discard()
    return 0


def split(line: str, shell: str = "bash", breaks: str = WORD_BREAKS) -> list[Word]:
    """Return the words of a command line that may end in the middle of one; the last is the one being typed."""
    words, text, quote, kept = [], "", "", 0
    has_begun, before_quote = False, 0
    rest, escape = iter(line), _ESCAPES.get(shell, "\\")
    for char in rest:
        if char == escape and not quote:
            text, has_begun = text + next(rest, ""), True
        elif char == escape and (escaped := _ESCAPED[shell].get(quote)):
            following = next(rest, "")
            text += following if following and following in escaped else char + following
        elif quote:
            text, quote, kept = (text, "", before_quote) if char == quote else (text + char, quote, kept)
        elif char in "\"'":
            quote, before_quote, kept, has_begun = char, kept, len(text), True
        elif not char.isspace():
            text, has_begun = text + char, True
            # Of the breaks, bash replaces these two together with the word behind them.
            kept = len(text) - (char in "$@") if char in breaks else kept
        elif has_begun:
            words.append(Word(text, "", kept))
            text, kept, has_begun = "", 0, False
    return [*words, Word(text, quote, kept)]


def _explained(found: "Iterable[Candidate]") -> Iterator[str]:
    return (f"{safe(one.value)}\t{safe(one.about)}".rstrip("\t") for one in found)


def _for_bash(word: Word, found: "Iterable[Candidate]") -> Iterator[str]:
    """Yield candidates as bash puts them in the place of what it takes for the last word."""
    for one in found:
        # What bash keeps cannot be put right by what it inserts.
        if one.value.startswith(word.text[: word.kept]):
            yield _quoted(safe(one.value[word.kept :]), word.quote)


def _quoted(text: str, quote: str) -> str:
    """Return a text as bash reads it behind an open quotation mark, or, without one, outside quotes."""
    if not quote:
        return _SPECIAL.sub(r"\\\g<0>", text)
    # Between double ones, bash takes `!` for an event of its history even behind a backslash.
    double = re.sub(r'(["\\$`])', r"\\\1", text).replace("!", "\"'!'\"")
    written = text.replace("'", "'\\''") if quote == "'" else double
    # Bash closes the quotation, but not where it believes that it is closed.
    return written + quote if written.endswith(quote) else written
