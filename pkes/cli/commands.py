"""The wiring: which module holds which command, and building only the one that is asked for."""

import sys
from contextlib import redirect_stdout
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command_from_info, get_group

from pkes.cli import output
from pkes.cli.state import State, today
from pkes.errors import UnknownName
from pkes.i18n import _, preferred_language

if TYPE_CHECKING:
    from typer._click import Command as AnyCommand
    from typer._click import Context, HelpFormatter

INQUIRY = {
    "list": "inquiries",
    "show": "inquiries",
    "add": "inquiries",
    "edit": "inquiries",
    "note": "inquiries",
    "answer": "steps",
    "accept": "steps",
    "decline": "steps",
    "withdraw": "steps",
    "reopen": "steps",
    "remove": "inquiries",
}
PRIVACY = {
    "report": "privacy",
    "due": "privacy",
    "erase": "privacy",
}
COMMANDS = {
    "list": "members",
    "show": "members",
    "add": "roster",
    "edit": "roster",
    "rename": "roster",
    "leave": "roster",
    "remove": "roster",
    "inquiry": "",
    "privacy": "",
    "profile": "cluster",
    "status": "cluster",
    "sectors": "cluster",
    "check": "review",
}
"""The commands of `pkes` in the order of its help, and the module of `pkes.cli` that holds each; "" is a group."""


class Command(TyperCommand):
    """A command whose help is printed as everything is."""

    def format_help(self, ctx: "Context", formatter: "HelpFormatter") -> None:
        """Print the help and leave the formatter empty, as Typer does. Raises `CannotPrint`."""
        _print_help(self, ctx)


class Group(TyperGroup):
    """A group of commands, each imported and built when it is asked for: Typer would build them all."""

    modules: ClassVar[dict[str, str]] = {}

    def list_commands(self, ctx: "Context") -> list[str]:
        """Return the names of the commands in the order of the help."""
        return list(self.modules)

    def get_command(self, ctx: "Context", cmd_name: str) -> "AnyCommand | None":
        """Import and build one command; None where there is none of this name."""
        if cmd_name not in self.modules:
            return None
        return _built(self.modules[cmd_name], cmd_name) if self.modules[cmd_name] else _group(cmd_name)

    def resolve_command(self, ctx: "Context", args: list[str]) -> "tuple[str | None, AnyCommand | None, list[str]]":
        """Return the command that the first argument names, and the other arguments. Raises `UnknownName`."""
        name, *others = args
        command = self.get_command(ctx, name)
        if command is None:
            from pkes.collation import nearest

            raise UnknownName("command", name, nearest(name, self.modules))
        return name, command, others

    def invoke(self, ctx: "Context") -> Any:
        """Run the command that was named, or show which there are."""
        if not ctx._protected_args:
            self.format_help(ctx, ctx.make_formatter())
            return None
        return super().invoke(ctx)

    def format_help(self, ctx: "Context", formatter: "HelpFormatter") -> None:
        """Print the help and leave the formatter empty, as Typer does. Raises `CannotPrint`."""
        _print_help(self, ctx)


class Pkes(Group):
    """`pkes` itself."""

    modules = COMMANDS


class Inquiry(Group):
    """`pkes inquiry`."""

    modules = INQUIRY


class Privacy(Group):
    """`pkes privacy`."""

    modules = PRIVACY


def pkes_command() -> TyperGroup:
    """Return the command `pkes`; the language of its help is the one in use now."""
    app = typer.Typer(
        name="pkes",
        cls=Pkes,
        add_completion=False,
        pretty_exceptions_enable=False,
        help=_("The registry of a cluster: its profile, its members and who asks to join, in one file under git."),
        epilog=_('Begin with "pkes profile" and "pkes list"; "pkes COMMAND --help" tells more of each command.'),
    )
    app.callback()(_options)
    return get_group(app)


def _group(name: str) -> TyperGroup:
    cls, text, panel = {
        "inquiry": (Inquiry, _("Who asks to join, from the first contact on."), _("Inquiries")),
        "privacy": (Privacy, _("What is held of a person, for how long, and its erasure."), _("Privacy")),
    }[name]
    group = get_group(typer.Typer(name=name, cls=cls, help=text))
    group.rich_help_panel = panel
    return group


def _built(module: str, name: str) -> "AnyCommand":
    app: typer.Typer = import_module(f"pkes.cli.{module}").app
    info = next(info for info in app.registered_commands if info.name == name)
    info.cls = Command
    return get_command_from_info(info, pretty_exceptions_short=False, rich_markup_mode="rich")


def _print_help(command: "Command | Group", ctx: "Context") -> None:
    """Let Typer lay the help out, and print it: its own console would end the process where a pipe is closed."""
    from typer import rich_utils

    rich_utils.FORCE_TERMINAL = output.is_coloured(sys.stdout)
    rich_utils.MAX_WIDTH = output.width()
    page = output.Page(sys.stdout)
    with redirect_stdout(page):
        rich_utils.rich_format_help(obj=command, ctx=ctx, markup_mode="rich")
    output.write(page.getvalue())
    output.flush()


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        output.write(f"pkes {version('pkes')}\n")
        raise typer.Exit


def _options(
    context: typer.Context,
    registry: Annotated[
        Path | None,
        typer.Option(
            "-r",
            "--registry",
            metavar="PATH",
            envvar="PKES_REGISTRY",
            readable=False,  # who reads it says so, in its own words
            help=_("The registry; else the nearest registry.toml from the working folder upward."),
        ),
    ] = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help=_("Print the version."))
    ] = False,
) -> None:
    context.obj = State(registry, today(), preferred_language())
