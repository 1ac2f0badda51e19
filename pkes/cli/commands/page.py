"""The command that generates the cluster's page."""

import os
from pathlib import Path
from typing import Annotated

import typer

from pkes.cli import options
from pkes.cli.past import hint_at_undated
from pkes.cli.state import State, load
from pkes.cli.terminal import output
from pkes.cli.write import doubt, interrupts
from pkes.errors import CannotRead, CannotWrite
from pkes.i18n import _
from pkes.registry.roster import on_day
from pkes.storage.files import replace_file

app = typer.Typer()

_Folder = Annotated[
    Path | None,
    typer.Option("-o", "--output", metavar=_("FOLDER"), help=_("The folder to write to (page, beside the registry).")),
]
_Check = Annotated[
    bool, typer.Option("--check", help=_("Write nothing; exit with 1 where the folder is not up to date."))
]


@app.command("page", help=_("Make the cluster's own page, in Polish and English."), rich_help_panel=_("The cluster"))
def page(context: typer.Context, folder: _Folder = None, check: _Check = False, on: options.On = None) -> None:
    """Write the page to a folder, or say whether the page in the folder is up to date."""
    from pkes.page import pages

    state: State = context.obj
    day = options.read_day(on, state.today)
    registry = load(state).registry
    folder = state.path.parent / "page" if folder is None else folder
    if check:
        stale = pages.outdated({name: _held(folder / name) for name in pages.FILES.values()}, registry, day)
        for name in stale:
            output.hint(_("{path}: not up to date").format(path=folder / name))
        if stale:
            raise typer.Exit(1)
        return
    if on is not None:
        hint_at_undated(on_day(registry, day).members.values())
    _write(folder, pages.make(registry, day))


def _write(folder: Path, made: dict[str, bytes]) -> None:
    """Write each file of the folder. Raises `CannotWrite`."""
    with interrupts() as let_wait:
        let_wait()
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CannotWrite(os.fspath(folder), error) from error
        for name, data in made.items():
            doubt(replace_file(folder / name, data))
            if output.on_terminal():
                output.hint(_("{path}: written").format(path=folder / name))


def _held(path: Path) -> bytes | None:
    """Return the content of a file, or None if there is none. Raises `CannotRead`."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise CannotRead(os.fspath(path), error) from error
