"""Output: data goes to stdout, all messages about it to stderr."""

import codecs
import io
import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import chain
from typing import TYPE_CHECKING, Any, TextIO

from pkes.cli.terminal import plain
from pkes.i18n import _
from pkes.text.characters import safe

if TYPE_CHECKING:
    from rich.console import RenderableType

NARROWEST = 20
"""The minimum width for laying out a table."""
MOST_LISTED = 20
"""The maximum number of items listed on stderr, followed by the number of the others: there may be thousands."""


class CannotPrint(Exception):
    """Nothing more can be written to stdout. `reason` is None if it was closed from the start."""

    def __init__(self, reason: OSError | ValueError | None) -> None:
        super().__init__(reason)
        self.reason = reason

    @property
    def is_closed_pipe(self) -> bool:
        """Whether the reader has seen enough and left."""
        return isinstance(self.reason, BrokenPipeError)


class Page(io.StringIO):
    """A buffer for a stream, with its encoding, from which rich derives whether boxes may use more than ASCII."""

    encoding: str = "utf-8"

    def __init__(self, stream: TextIO | None) -> None:
        super().__init__()
        self.encoding = getattr(stream, "encoding", None) or "utf-8"


# The streams.


_PLAIN = {
    "„": '"',
    "”": '"',
    "“": '"',
    "’": "'",
    "–": "-",
    "—": "-",
    "−": "-",
    "…": "...",
    "→": "->",
    "•": "*",
    "·": "*",
}
"""Replacements for signs that a terminal's charset, such as CP852 or Windows-1250, may lack."""


def _in_place(error: UnicodeError) -> tuple[str, int]:
    """Return the replacement for characters that cannot be encoded: a plain sign, or else an escape."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    gone = error.object[error.start : error.end]
    shown = (_PLAIN.get(char) or char.encode("ascii", "backslashreplace").decode() for char in gone)
    return "".join(shown), error.end


def prepare() -> None:
    """Set up the streams: UTF-8 unless it is a terminal; there, replacements for characters that it cannot show."""
    codecs.register_error("pkes.plain", _in_place)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            encoding = stream.encoding if is_terminal(stream) else "utf-8"
            stream.reconfigure(encoding=encoding, errors="pkes.plain")
    if isinstance(sys.stdin, io.TextIOWrapper):
        # Input that cannot be decoded is rejected by its field.
        sys.stdin.reconfigure(errors="surrogateescape")


def discard() -> None:
    """Give up stdout after a failure."""
    _give_up(sys.stdout)


def _give_up(stream: TextIO | None) -> None:
    """Redirect a stream of the process to the null device: the interpreter would fail again on it at exit."""
    if isinstance(stream, io.TextIOWrapper) and stream in (sys.__stdout__, sys.__stderr__):
        with suppress(OSError, ValueError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)


def on_terminal() -> bool:
    """Return whether stdout is a terminal: tables are drawn only there."""
    return is_terminal(sys.stdout)


def width(stream: TextIO | None = None) -> int:
    """Return the width of a stream's terminal (by default, stdout's): `COLUMNS`, or its own width, or 80."""
    stream = stream or sys.stdout
    columns = os.environ.get("COLUMNS", "")
    given = int(columns) if columns.isascii() and columns.isdigit() and len(columns) < 6 else 0
    if not given and stream is not None:
        with suppress(OSError, ValueError):
            given = os.get_terminal_size(stream.fileno()).columns
    return max(given or 80, NARROWEST)


def is_coloured(stream: TextIO | None) -> bool:
    """Return whether texts for people on a stream may have colour: on a terminal, or if it is forced."""
    if os.environ.get("TERM", "").lower() in ("dumb", "unknown"):
        return False
    forced = bool(os.environ.get("FORCE_COLOR")) and not os.environ.get("NO_COLOR")
    return forced or is_terminal(stream)


def can_show(char: str) -> bool:
    """Return whether stdout can show a character."""
    try:
        char.encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        return False
    return True


def write(text: str) -> None:
    """Write a text to stdout unchanged. Raises `CannotPrint`."""
    if sys.stdout is None:
        raise CannotPrint(None)
    try:
        sys.stdout.write(text)
    except (OSError, ValueError) as error:
        raise CannotPrint(error) from error


def _write_bytes(data: bytes) -> None:
    if sys.stdout is None:
        raise CannotPrint(None)
    rest = memoryview(data)
    try:
        while rest:  # without a buffer (python -u), a short write is not an error
            rest = rest[sys.stdout.buffer.write(rest) :]
    except (OSError, ValueError) as error:
        raise CannotPrint(error) from error


def flush() -> None:
    """Flush stdout. Raises `CannotPrint`."""
    if sys.stdout is not None:
        try:
            sys.stdout.flush()
        except (OSError, ValueError) as error:
            raise CannotPrint(error) from error


@contextmanager
def after_saving() -> Iterator[None]:
    """Print the result of a write: the change is saved, so a failure of stdout is only a warning."""
    try:
        yield
        flush()
    except Exception as error:
        if isinstance(error, CannotPrint):
            discard()
        if not (isinstance(error, CannotPrint) and error.is_closed_pipe):
            warn(_("the changes are saved, but could not be printed"))


# Data.


def rows(header: Sequence[str], values: Iterable[Iterable[object]], *, headers: bool = True) -> None:
    """Write tab-separated lines, the field names above them unless `headers` is false. Raises `CannotPrint`."""
    lines = [plain.line(row) for row in values]
    if headers:
        lines.insert(0, plain.line(header))
    write("".join(lines))


def lines(texts: Iterable[str]) -> None:
    """Write lines of text. Raises `CannotPrint`."""
    write("".join(f"{safe(text)}\n" for text in texts))


def file(pieces: Iterable[bytes]) -> None:
    """Write a text file byte for byte; on a terminal, its lines in visible characters. Raises `CannotPrint`."""
    if on_terminal():
        text = b"".join(pieces).decode("utf-8-sig").replace("\r\n", "\n").removesuffix("\n")
        write("".join(safe(line, keep="\t") + "\n" for line in text.split("\n")) if text else "")
    else:
        flush()  # text that was written earlier comes first
        for piece in pieces:
            _write_bytes(piece)


def document(value: Any) -> None:
    """Write one value as JSON. Raises `CannotPrint`."""
    write(plain.json(value))


def array(values: Iterable[Any]) -> None:
    """Write values as a JSON array. Raises `CannotPrint`."""
    write(plain.json_array(values))


def show(views: "Iterable[RenderableType]") -> None:
    """Print the output of a view as it comes: laid out for a terminal, unwrapped elsewhere. Raises `CannotPrint`."""
    for text in _rendered(sys.stdout, views, wrap=on_terminal()):
        write(text)


# Messages.


def fail(what: str, *below: str) -> None:
    """Print an error on stderr, and what to do about it on the lines below."""
    _say([what, *below], "bold red")


def warn(what: str, *below: str) -> None:
    """Print a warning on stderr about something that the user should know."""
    _say([_("warning: {what}").format(what=what), *below], "yellow")


def hint(what: str, *below: str) -> None:
    """Print a hint on stderr."""
    _say([what, *below], "cyan")


def rendered(*views: "RenderableType") -> str:
    """Return views as rendered for stderr, for `message`."""
    return "".join(_rendered(sys.stderr, views, wrap=is_terminal(sys.stderr)))


def message(text: str) -> None:
    """Write a text to stderr unchanged, after pending output on stdout; if stderr is closed, drop it."""
    if on_terminal():
        with suppress(CannotPrint):
            flush()
    if sys.stderr is not None:
        try:
            sys.stderr.write(text)
            sys.stderr.flush()
        except (OSError, ValueError):
            _give_up(sys.stderr)


def _say(lines: Sequence[str], style: str) -> None:
    first, *below = [safe(line) for line in lines]
    if sys.stderr is not None and (is_coloured(sys.stderr) or is_terminal(sys.stderr)):
        message(_styled(first, below, style, sys.stderr))
    else:
        message("\n".join([f"pkes: {first}", *below]) + "\n")


def _styled(first: str, below: Sequence[str], style: str, stream: TextIO) -> str:
    from rich.text import Text

    lines = [Text.assemble(("pkes:", style), " ", first), *(Text(line, style="dim") for line in below)]
    # Indented lines, such as commands or paths, must stay whole for copying.
    wraps = [is_terminal(stream) and not line.startswith(" ") for line in (first, *below)]
    rendered = (_rendered(stream, [line], wrap=wrap) for line, wrap in zip(lines, wraps, strict=True))
    return "".join(chain.from_iterable(rendered))


def _rendered(stream: TextIO | None, views: "Iterable[RenderableType]", *, wrap: bool) -> Iterator[str]:
    """Yield views as rendered for a stream. rich must not write them: it would end the process on a failure."""
    from rich.console import Console

    page = Page(stream)
    coloured = is_coloured(stream)
    console = Console(
        file=page,
        force_terminal=coloured,
        color_system="auto" if coloured else None,
        width=width(stream),
        height=25,
        highlight=False,
        markup=False,
        emoji=False,
    )
    for view in views:
        console.print(view, soft_wrap=not wrap)
        yield re.sub(" +$", "", page.getvalue(), flags=re.MULTILINE)
        page.seek(0)
        page.truncate()


def is_terminal(stream: TextIO | None) -> bool:
    """Return whether a stream of the process is a terminal; a closed one is not."""
    try:
        return stream is not None and stream.isatty()
    except ValueError:  # closed
        return False
