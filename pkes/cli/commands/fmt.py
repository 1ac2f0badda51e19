"""The command that formats files canonically."""

import json
import os
from collections.abc import Collection
from pathlib import Path
from typing import Annotated

import typer

from pkes.cli.intake import STDIN, read_bytes, require_stdin_once
from pkes.cli.state import State
from pkes.cli.terminal import output
from pkes.cli.write import doubt, interrupts
from pkes.errors import NoRegistry, PkesError, Unreadable
from pkes.i18n import _
from pkes.model import schema as schemas
from pkes.storage import store
from pkes.text import diff as unified
from pkes.text.characters import safe
from pkes.toml.canonical import canonical

app = typer.Typer()

_Files = Annotated[
    list[str] | None,
    typer.Argument(
        metavar=_("FILE …"), help=_("The files to format; else the registry. - is stdin: the result goes to stdout.")
    ),
]
_Check = Annotated[bool, typer.Option("--check", help=_("Write nothing; exit with 1 where a file would change."))]
_Diff = Annotated[bool, typer.Option("--diff", help=_("Write nothing; print what would change, as a unified diff."))]


@app.command(
    "fmt",
    help=_("Write the file in its canonical form: everything in order, comments kept, the data as it is."),
    rich_help_panel=_("Review"),
)
def fmt(context: typer.Context, files: _Files = None, check: _Check = False, diff: _Diff = False) -> None:
    """Format each file; after a failure, the others are still formatted. The first failure gives the exit status."""
    state: State = context.obj
    require_stdin_once(files or [])
    paths = [*map(Path, files)] if files else [state.path]
    changed, failures = False, []
    for number, path in enumerate(paths):
        try:
            if files and files[number] == STDIN:
                changed |= _format_stdin(check=check, diff=diff)
            else:
                changed |= _format(path, check=check, diff=diff, is_named=bool(files))
        except PkesError as error:
            from pkes.cli.messages import errors

            failures.append(errors.report(error))
    if failures:
        raise typer.Exit(failures[0])
    if not changed and output.on_terminal():
        output.hint(_("nothing to do: the form is canonical"))
    if changed and check:
        raise typer.Exit(1)


def _format(path: Path, *, check: bool, diff: bool, is_named: bool) -> bool:
    """Format a file, or say what would change; return whether anything did or would. A named file may be a pipe."""
    # Check first: if there is nothing to do, no lock file is created.
    done = store.reworded(store.load(path, pipes=is_named and (check or diff)), canonical)
    if done.old == done.new:
        return False
    if check or diff:
        _report(os.fspath(path), done, check=check, diff=diff)
        return True
    with interrupts() as let_wait:
        done = store.rewrite(path, canonical, prepared=done, before_replace=let_wait)
        output.hint(_("{path}: formatted").format(path=path))
        doubt(done.durable)
    return True


def _format_stdin(*, check: bool, diff: bool) -> bool:
    """Print stdin in canonical form, or say what would change; return whether it differs."""
    done = store.reworded(store.loaded(Path(STDIN), read_bytes(STDIN)), canonical)
    differs = done.old != done.new
    if not (check or diff):
        output.file([done.new.encode()])
    elif differs:
        _report(STDIN, done, check=check, diff=diff)
    return differs


def _report(name: str, done: store.Rewritten, *, check: bool, diff: bool) -> None:
    """Say what would change in a file."""
    if diff:
        _show(name, done)
    if check:
        output.hint(_("{path}: not in canonical form").format(path=name))


def _show(name: str, done: store.Rewritten) -> None:
    lines = unified.diff(name, done.old, done.new)
    if output.on_terminal():
        from pkes.cli.views import unified as views

        output.show([views.coloured(lines)])
    else:
        output.write("".join(safe(line, keep="\t") + "\n" for line in lines))


@app.command("schema", help=_("The JSON Schema of the file, for editors."), rich_help_panel=_("Review"))
def schema(context: typer.Context) -> None:
    """Print the schema, with titles and descriptions in the language of the user, and the sectors of the registry."""
    output.write(json.dumps(schemas.schema(_, _sectors(context.obj)), ensure_ascii=False, indent=2) + "\n")


def _sectors(state: State) -> Collection[str]:
    """Return the ids of the registry's sectors, none if there is no registry; report one that cannot be read."""
    try:
        return store.load(state.path).registry.sectors
    except NoRegistry:
        return ()
    except Unreadable as error:
        from pkes.cli.messages import errors

        output.warn(_("the schema does not name the registry's sectors: {why}").format(why=errors.words(error).what))
        return ()
