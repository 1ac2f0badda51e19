"""The entry: it sets the streams and the language up, runs the command, and turns what went wrong into a status."""

import gc
import sys
from collections.abc import Callable, Sequence
from typing import NoReturn

from pkes.cli import output
from pkes.i18n import preferred_language, use_language


def run() -> NoReturn:
    """Run `pkes` as a process."""
    # A process so short-lived leaves nothing that is worth collecting, neither on its way nor at its end.
    gc.disable()
    status = main(sys.argv[1:])
    gc.freeze()
    sys.exit(status)


def main(arguments: Sequence[str]) -> int:
    """Run `pkes` with arguments and return the exit status; nothing but `SystemExit` is raised."""
    output.prepare()
    use_language(preferred_language())
    status = _guarded(lambda: _command(arguments))
    # What could not be printed may show only now. It does not hide an earlier failure.
    return status or _guarded(_finish)


def _command(arguments: Sequence[str]) -> int:
    # Not before the language is chosen: the help texts are translated when they are made.
    import typer

    from pkes.cli.commands import pkes_command

    try:
        command = pkes_command()
        with command.make_context("pkes", list(arguments)) as context:
            command.invoke(context)
    except typer.Exit as end:
        return end.exit_code
    return 0


def _finish() -> int:
    output.flush()
    return 0


def _guarded(step: Callable[[], int]) -> int:
    """The one boundary: whatever is raised becomes words on stderr and a status."""
    try:
        return step()
    except (Exception, KeyboardInterrupt) as error:
        from pkes.cli import errors

        return errors.report(error)
