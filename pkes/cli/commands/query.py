"""The command that asks questions in SQL."""

from typing import Annotated

import typer

from pkes.cli import options, past
from pkes.cli.state import load
from pkes.cli.terminal import output
from pkes.i18n import _
from pkes.registry.roster import on_day
from pkes.registry.sql import KINDS, Column, columns

app = typer.Typer()


def _columns() -> str:
    """Return the tables and their columns, with the content of each."""
    paragraphs = [_("Lists are JSON arrays: json_each(offers). COLLATE polish sorts in Polish order.")]
    for kind in KINDS:
        known = columns(kind)
        widest = max(map(len, known))
        lines = [_line(column, widest) for column in known.values()]
        paragraphs.append("\n".join([f"[bold]{kind.table}[/bold]", *lines]))
    return "\n\n".join(paragraphs)


def _line(column: Column, widest: int) -> str:
    about = _(column.field.description) if column.field else _("Id")
    if column.field and column.field.type == "list":
        about = _("{description} (list)").format(description=about)
    return f"  [cyan]{column.name:<{widest}}[/cyan]  {about}"


@app.command(
    "query", help=_("Ask the registry in SQL; it is only read."), epilog=_columns(), rich_help_panel=_("Exchange")
)
def query(
    context: typer.Context,
    sql: Annotated[str, typer.Argument(metavar="SQL", help=_("One statement: SELECT …, WITH …, VALUES …."))],
    on: past.On = None,
    as_json: options.Json = False,
    as_csv: Annotated[bool, typer.Option("--csv", help=_("Print csv."))] = False,
) -> None:
    """Show the result of a statement."""
    options.refuse_together({"--csv": as_csv, "--json": as_json}, [("--csv", "--json")])
    state, registry = past.as_of(context.obj, load(context.obj).registry, on)
    if on is not None:
        registry = on_day(registry, state.today)
        past.hint_at_undated(registry.members.values())
    from pkes.registry.sql import run

    result = run(registry, sql)
    if as_json:
        output.array(dict(zip(result.columns, row, strict=True)) for row in result.rows)
    elif as_csv:
        from pkes.formats.csv import encode

        texts = (["" if value is None else str(value) for value in row] for row in result.rows)
        output.file(encode(result.columns, texts, delimiter=","))
    elif output.on_terminal():
        from pkes.cli.views.tables import query_table

        output.show(query_table(result, output.width()))
    else:
        output.rows(result.columns, result.rows)
