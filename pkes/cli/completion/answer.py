"""Answering a shell when somebody presses TAB after `pkes …`."""

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
"""The exit status for a file name, which the shell completes itself."""

WORD_BREAKS = "\"'@><=;|&(:"
"""The characters at which bash breaks words for completion, by default (COMP_WORDBREAKS)."""

_SPECIAL = re.compile(r"[^\w@%+=:,./-]")
"""Characters that have, or may have, a meaning in a shell."""

_ESCAPES = {"powershell": "`"}
"""The escape character of a shell, unless it is a backslash."""

_ESCAPED = {
    "bash": {'"': '"\\$`'}, "zsh": {'"': '"\\$`'}, "fish": {'"': '"\\$', "'": "'\\"}, "powershell": {'"': '"$`'},
}  # fmt: skip
"""The characters that it escapes inside quotes; before others, it stands for itself."""


class Word(NamedTuple):
    """A word of a command line without its quotes, as far as it has been typed.

    `quote` is the quotation mark that is still open at its end, or "". `kept` is the number of characters that bash
    keeps when it completes: it replaces the part after the open quotation mark, or else after the last word break.
    """

    text: str
    quote: str
    kept: int


def answer(command: "Callable[[], TyperGroup]", shell: str, line: str, breaks: str = WORD_BREAKS) -> int:
    """Print the candidates for the end of a command line, one per line, and return the exit status.

    `command` creates the command to complete. `shell` is bash, zsh, fish or powershell, with or without the prefix
    "complete_". Each candidate is followed by a TAB and its description, except for bash, which cannot show it.
    `breaks` are bash's word breaks. On any error there are no candidates: a user who is still typing should not see it.
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
            # bash replaces these two word breaks together with the word after them.
            kept = len(text) - (char in "$@") if char in breaks else kept
        elif has_begun:
            words.append(Word(text, "", kept))
            text, kept, has_begun = "", 0, False
    return [*words, Word(text, quote, kept)]


def _explained(found: "Iterable[Candidate]") -> Iterator[str]:
    return (f"{safe(one.value)}\t{safe(one.about)}".rstrip("\t") for one in found)


def _for_bash(word: Word, found: "Iterable[Candidate]") -> Iterator[str]:
    """Yield candidates as bash inserts them in place of what it considers the last word."""
    for one in found:
        # The part that bash keeps cannot be corrected by the inserted text.
        if one.value.startswith(word.text[: word.kept]):
            yield _quoted(safe(one.value[word.kept :]), word.quote)


def _quoted(text: str, quote: str) -> str:
    """Return a text escaped for bash, after an open quotation mark or, without one, outside quotes."""
    if not quote:
        return _SPECIAL.sub(r"\\\g<0>", text)
    # In double quotes, bash expands `!` as history even after a backslash.
    double = re.sub(r'(["\\$`])', r"\\\1", text).replace("!", "\"'!'\"")
    written = text.replace("'", "'\\''") if quote == "'" else double
    # Bash closes the quotes itself, unless it believes that they are closed.
    return written + quote if written.endswith(quote) else written
