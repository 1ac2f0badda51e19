"""The help: laid out by Typer, with its own words in the language of the user."""

import sys
from contextlib import redirect_stdout
from typing import TYPE_CHECKING

from typer._click import Command
from typer._click.types import ParamType

from pkes.cli.examples import EXAMPLES
from pkes.cli.terminal import output
from pkes.i18n import N_, _

if TYPE_CHECKING:
    from typer._click import Context, HelpFormatter, Parameter
    from typer.core import TyperGroup, TyperOption

_USAGE = (N_("[OPTIONS]"), N_("COMMAND [ARGS]..."), N_("[COMMAND] [ARGS]..."))
"""What Typer puts into a line of usage beside the arguments."""


class Helped(Command):
    """A command, or a group of them, whose help is printed as everything is."""

    def get_help_option(self, ctx: "Context") -> "TyperOption | None":
        """Return the option `--help`."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = _("Show this message and exit.")
        return option

    def format_usage(self, ctx: "Context", formatter: "HelpFormatter") -> None:
        """Write the line of usage: `pkes show [OPTIONS] MEMBER`."""
        pieces = [_(piece) if piece in _USAGE else piece.strip("{}") for piece in self.collect_usage_pieces(ctx)]
        formatter.write_usage(ctx.command_path, " ".join(pieces), _("Usage: "))

    def format_help(self, ctx: "Context", formatter: "HelpFormatter") -> None:
        """Print the help and leave the formatter empty, as Typer does. Raises `CannotPrint`."""
        _print(self, ctx)


class _Untold(ParamType):
    """A type that goes without saying: an argument is a text or a path."""

    name = ""

    def get_metavar(self, param: "Parameter", ctx: "Context") -> str:
        return ""


def _print(command: "Helped | TyperGroup", ctx: "Context") -> None:
    """Let Typer lay the help out, and print it: its own console would end the process where a pipe is closed."""
    from typer import rich_utils

    rich_utils.FORCE_TERMINAL = output.is_coloured(sys.stdout)
    rich_utils.MAX_WIDTH = output.width()
    rich_utils.ARGUMENTS_PANEL_TITLE = _("Arguments")
    rich_utils.OPTIONS_PANEL_TITLE = _("Options")
    rich_utils.DEFAULT_STRING = _("[default: {}]")
    rich_utils.ENVVAR_STRING = _("[env var: {}]")
    rich_utils.REQUIRED_LONG_STRING = _("[required]")
    usage = f"(?P<usage>{_('Usage: ')})"
    if usage not in rich_utils.OptionHighlighter.highlights:
        rich_utils.OptionHighlighter.highlights.append(usage)
    for parameter in command.params:
        if parameter.param_type_name == "argument":
            parameter.type = _Untold()
    page = output.Page(sys.stdout)
    with redirect_stdout(page):
        rich_utils.rich_format_help(obj=command, ctx=ctx, markup_mode="rich")
    output.write(page.getvalue())
    if examples := EXAMPLES.get(ctx.command_path.removeprefix("pkes ")):
        output.lines([f" {_('Examples:')}", *(f"   {line}" for line in examples), ""])
    output.flush()
