"""The wiring: which module holds which command, and building only the one that is asked for."""

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command_from_info, get_group

from pkes.cli.help import Helped
from pkes.cli.state import State, today
from pkes.cli.terminal import output
from pkes.errors import UnknownName
from pkes.i18n import LANGUAGES, _, language_in_use

if TYPE_CHECKING:
    from typer._click import Command as AnyCommand
    from typer._click import Context

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
GIT = {
    "setup": "git",
    "merge": "git",
}
SECTORS = {
    "add": "sectors",
    "rename": "sectors",
    "remove": "sectors",
}
CLUSTER = {
    "edit": "cluster",
}
POLICY = {
    "edit": "cluster:policy",
}
COMMANDS = {
    "list": "members",
    "show": "members",
    "add": "membership",
    "edit": "membership",
    "rename": "membership",
    "leave": "membership",
    "remove": "membership",
    "match": "members",
    "inquiry": "",
    "privacy": "",
    "profile": "cluster",
    "status": "cluster",
    "sectors": "",
    "cluster": "",
    "policy": "",
    "init": "init",
    "export": "export",
    "import": "import_",
    "query": "query",
    "check": "check",
    "fmt": "fmt",
    "save": "save",
    "undo": "save",
    "diff": "review",
    "history": "review",
    "git": "",
    "schema": "fmt",
}
"""The commands of `pkes` in the order of its help, and the module in `commands/` that holds each; "" is a group."""


class Command(Helped, TyperCommand):
    """A command, its help printed as everything is."""


class Group(Helped, TyperGroup):
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
            from pkes.text.collation import nearest

            raise UnknownName("command", name, nearest(name, self.modules))
        return name, command, others

    def invoke(self, ctx: "Context") -> Any:
        """Run the command that was named, else what the group is without one, or show which there are."""
        if not ctx._protected_args and not self.invoke_without_command:
            self.format_help(ctx, ctx.make_formatter())
            return None
        return super().invoke(ctx)


class Pkes(Group):
    """`pkes` itself."""

    modules = COMMANDS


class Inquiry(Group):
    """`pkes inquiry`."""

    modules = INQUIRY


class Privacy(Group):
    """`pkes privacy`."""

    modules = PRIVACY


class Git(Group):
    """`pkes git`."""

    modules = GIT


class Sectors(Group):
    """`pkes sectors`."""

    modules = SECTORS


class Cluster(Group):
    """`pkes cluster`."""

    modules = CLUSTER


class Policy(Group):
    """`pkes policy`."""

    modules = POLICY


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
        "git": (Git, _("git's own merges and diffs, made to know the registry."), _("Review")),
        "sectors": (Sectors, _("The sectors and how many members each has; what changes them."), _("The cluster")),
        "cluster": (Cluster, _("What the cluster says of itself, to be changed."), _("The cluster")),
        "policy": (Policy, _("How soon the cluster answers, and how long it keeps inquiries."), _("The cluster")),
    }[name]
    app = typer.Typer(name=name, cls=cls, help=text)
    if name == "sectors":
        # Without a command it shows them.
        show = import_module("pkes.cli.commands.sectors").show_sectors
        app.callback(invoke_without_command=True, subcommand_metavar="[COMMAND] [ARGS]...")(show)
    group = get_group(app)
    group.rich_help_panel = panel
    return group


def _built(module: str, name: str) -> "AnyCommand":
    module, _colon, group = module.partition(":")
    app: typer.Typer = getattr(import_module(f"pkes.cli.commands.{module}"), group or "app")
    info = next(info for info in app.registered_commands if info.name == name)
    info.cls = Command
    return get_command_from_info(info, pretty_exceptions_short=False, rich_markup_mode="rich")


def _version(context: typer.Context, asked: bool) -> None:
    if asked and not context.resilient_parsing:
        from importlib.metadata import version

        output.write(f"pkes {version('pkes')}\n")
        raise typer.Exit


def _show_completion(context: typer.Context, asked: bool) -> None:
    if asked and not context.resilient_parsing:
        from pkes.cli.completion import shells

        output.write(shells.script(shells.current()))
        raise typer.Exit


def _install_completion(context: typer.Context, asked: bool) -> None:
    if asked and not context.resilient_parsing:
        from pkes.cli.completion import shells

        written = _("{path}: written")
        for path in filter(None, shells.install(shells.current())):
            output.hint(written.format(path=path))
        output.hint(_("TAB completes in every terminal that is opened from now on"))
        raise typer.Exit


def _options(
    context: typer.Context,
    registry: Annotated[
        Path | None,
        typer.Option(
            "-r",
            "--registry",
            metavar=_("PATH"),
            envvar="PKES_REGISTRY",
            readable=False,  # who reads it says so, in its own words
            help=_("The registry; else the nearest registry.toml from the working folder upward."),
        ),
    ] = None,
    lang: Annotated[
        str | None,
        typer.Option(
            "--lang",
            metavar="|".join(LANGUAGES),
            envvar="PKES_LANG",
            help=_("The language; else that of LC_ALL, LC_MESSAGES or LANG."),
        ),
    ] = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help=_("Print the version."))
    ] = False,
    install_completion: Annotated[
        bool,
        typer.Option(
            "--install-completion",
            callback=_install_completion,
            is_eager=True,
            help=_("Let TAB complete in this shell: bash, zsh or fish."),
        ),
    ] = False,
    show_completion: Annotated[
        bool,
        typer.Option(
            "--show-completion",
            callback=_show_completion,
            is_eager=True,
            help=_("Print the script that lets it."),
        ),
    ] = False,
) -> None:
    # The language has been chosen by now: what is imported is translated.
    context.obj = State(registry, today(), language_in_use())
