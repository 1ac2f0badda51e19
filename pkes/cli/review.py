"""The commands for those who review the file."""

import os
from collections import Counter
from collections.abc import Sequence

import typer

from pkes import inspection, store
from pkes.characters import safe
from pkes.cli import options, output
from pkes.cli.findings import counted, in_words
from pkes.cli.state import State
from pkes.errors import Malformed
from pkes.i18n import _

app = typer.Typer()


@app.command("check", help=_("What is wrong with the registry, and where."), rich_help_panel=_("Review"))
def check(context: typer.Context, as_json: options.Json = False) -> None:
    """Print every finding; exit with 1 where one is an error."""
    state: State = context.obj
    file = safe(os.fspath(state.path))
    try:
        found = inspection.inspect(store.read_text(state.path), state.today)
    except Malformed as error:
        found = [inspection.malformed(error)]
    if as_json:
        output.array(inspection.as_json(file, one, in_words(one.finding)) for one in found)
    else:
        output.lines(_line(file, one) for one in found)
        output.hint(_counted(found))
    if any(one.finding.severity == "error" for one in found):
        raise typer.Exit(1)


def _line(file: str, placed: inspection.Placed) -> str:
    finding, line, column = placed
    return f"{file}:{line}:{column}: {finding.severity} {finding.code} {in_words(finding)}"


def _counted(found: Sequence[inspection.Placed]) -> str:
    count = Counter(one.finding.severity for one in found)
    return counted(errors=count["error"], warnings=count["warning"], notes=count["note"])
