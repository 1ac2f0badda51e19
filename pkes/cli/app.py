"""The entry point: sets up the streams and the language, runs the command, and turns errors into an exit status."""

import atexit
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import NoReturn

from pkes.cli.terminal import output
from pkes.errors import WrongValue
from pkes.i18n import LANGUAGES, preferred_language, use_language


def run() -> NoReturn:
    """Run `pkes` as a process."""
    status: int | None = None

    def leave() -> None:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                with suppress(OSError, ValueError):
                    stream.flush()
        if status is not None:
            # Python would free every object one by one; the system frees all memory at once.
            os._exit(status)

    # Exit handlers run last in, first out, so all handlers registered later have run before this one.
    atexit.register(leave)
    status = main(sys.argv[1:])
    sys.exit(status)


def main(arguments: Sequence[str]) -> int:
    """Run `pkes` with arguments and return the exit status; nothing but `SystemExit` is raised."""
    output.prepare()
    use_language(preferred_language())
    if os.environ.get("_PKES_COMPLETE"):
        return _completed(os.environ)
    status = _guarded(lambda: _command(arguments))
    # A failure to print may appear only now. It must not hide an earlier error.
    return status or _guarded(_finish)


def _completed(environ: Mapping[str, str]) -> int:
    from pkes.cli.command_tree import pkes_command
    from pkes.cli.completion import answer

    breaks = environ.get("COMP_WORDBREAKS", answer.WORD_BREAKS)
    return answer.answer(pkes_command, environ["_PKES_COMPLETE"], environ.get("COMP_WORDS", ""), breaks)


def _command(arguments: Sequence[str]) -> int:
    # Before the commands are imported, because help texts are translated at import.
    use_language(_language(arguments))
    import typer

    from pkes.cli.command_tree import pkes_command

    try:
        command = pkes_command()
        with command.make_context("pkes", list(arguments)) as context:
            command.invoke(context)
    except typer.Exit as end:
        return end.exit_code
    return 0


def _language(arguments: Sequence[str]) -> str:
    """Return the language that is set by an argument or the environment. Raises `WrongValue`."""
    for name, given in (("--lang", _given_language(arguments)), ("PKES_LANG", os.environ.get("PKES_LANG") or None)):
        if given is not None:
            if given not in LANGUAGES:
                raise WrongValue(name, "choice", choices=LANGUAGES)
            return given
    return preferred_language()


def _given_language(arguments: Sequence[str]) -> str | None:
    """Return the value of `--lang` among the options that stand before the command."""
    found = None
    rest = iter(arguments)
    for argument in rest:
        name, sign, value = argument.partition("=")
        if name == "--lang":
            found = value if sign else next(rest, None)
        elif argument in ("-r", "--registry"):
            next(rest, None)
        elif argument == "--" or not argument.startswith("-"):
            break
    return found


def _finish() -> int:
    output.flush()
    return 0


def _guarded(step: Callable[[], int]) -> int:
    """Run a step; any exception becomes a message on stderr and an exit status."""
    try:
        return step()
    except (Exception, KeyboardInterrupt) as error:
        from pkes.cli.messages import errors

        return errors.report(error)
