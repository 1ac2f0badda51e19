"""The command for editors."""

import json

import typer

from pkes.cli.terminal import output
from pkes.i18n import _
from pkes.model import schema as schemas

app = typer.Typer()


@app.command("schema", help=_("The JSON Schema of the file, for editors."), rich_help_panel=_("Review"))
def schema() -> None:
    """Print the schema, with titles and descriptions in the language of the user."""
    output.write(json.dumps(schemas.schema(_), ensure_ascii=False, indent=2) + "\n")
