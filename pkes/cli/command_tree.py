"""The command tree: which module holds which command, and building only the requested one."""

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup, TyperOption
from typer.main import get_command_from_info, get_group

from pkes.cli import help
from pkes.cli.state import State, today
from pkes.cli.terminal import output
from pkes.errors import UnknownName
from pkes.i18n import LANGUAGES, N_, _, language_in_use
from pkes.model import dates

COMMANDS: dict[str, str | dict[str, str]] = {
    "list": "members",
    "show": "members",
    "add": "add",
    "edit": "membership",
    "rename": "membership",
    "note": "membership",
    "leave": "membership",
    "remove": "membership",
    "verify": "verify",
    "match": "match",
    "inquiry": {
        "list": "inquiries",
        "show": "inquiries",
        "add": "inquiry_changes",
        "edit": "inquiry_changes",
        "note": "inquiry_changes",
        "answer": "steps",
        "accept": "steps",
        "close": "steps",
        "decline": "steps",
        "withdraw": "steps",
        "reopen": "steps",
        "remove": "inquiry_changes",
    },
    "privacy": {"report": "privacy", "due": "privacy", "erase": "privacy"},
    "profile": "cluster",
    "report": "report",
    "readiness": "readiness",
    "page": "page",
    "status": "cluster",
    "sectors": {
        "": "sectors:show_sectors",
        "add": "sectors",
        "edit": "sectors",
        "rename": "sectors",
        "remove": "sectors",
    },
    "cluster": {"": "cluster:show_cluster", "edit": "cluster_changes"},
    "policy": {"": "cluster:show_policy", "edit": "cluster_changes:policy"},
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
    "git": {"setup": "git", "merge": "git"},
    "schema": "fmt",
}
"""The commands in the order of the help: for each its module in `commands/`, for a group its commands.

`module:name` is for a module with several apps, and names the one that the command is registered with. The entry "" is
the function that a group runs when no command follows; without it, the group shows its help.
"""

GROUPS = {
    "inquiry": (N_("Who asks to join, from the first contact on."), N_("Inquiries")),
    "privacy": (N_("What is held of a person, for how long, and its erasure."), N_("Privacy")),
    "git": (N_("git's own merges and diffs, made to know the registry."), N_("Review")),
    "sectors": (N_("The sectors and how many members each has; what changes them."), N_("The cluster")),
    "cluster": (N_("What the cluster says of itself; what changes it."), N_("The cluster")),
    "policy": (N_("How soon the cluster answers, how long it keeps inquiries; what changes it."), N_("The cluster")),
}
"""The help text of each group, and its panel."""


class Command(TyperCommand):
    """A command whose help is printed like all other output."""

    format_usage = help.format_usage
    format_help = help.format_help

    def get_help_option(self, ctx: Any) -> TyperOption | None:
        """Return the option `--help`, in the language in use."""
        return help.translated(super().get_help_option(ctx))


class Group(TyperGroup):
    """A group of commands, each imported and built only on demand: Typer would build all of them.

    `members` are its commands, as in `COMMANDS`.
    """

    members: Mapping[str, str | dict[str, str]] = {}
    format_usage = help.format_usage
    format_help = help.format_help

    def get_help_option(self, ctx: Any) -> TyperOption | None:
        """Return the option `--help`, in the language in use."""
        return help.translated(super().get_help_option(ctx))

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names of the commands in the order of the help."""
        return [name for name in self.members if name]

    def get_command(self, ctx: Any, cmd_name: str) -> "Command | Group | None":
        """Import and build one command; return None if there is none with this name."""
        held = self.members.get(cmd_name) if cmd_name else None
        if held is None:
            return None
        return _command(cmd_name, held) if isinstance(held, str) else _group(cmd_name, held)

    def resolve_command(self, ctx: Any, args: list[str]) -> "tuple[str, Command | Group, list[str]]":
        """Return the command named by the first argument, and the other arguments. Raises `UnknownName`."""
        name, *others = args
        command = self.get_command(ctx, name)
        if command is None:
            from pkes.text.collation import nearest

            raise UnknownName("command", name, nearest(name, self.list_commands(ctx)))
        return name, command, others


def pkes_command() -> Group:
    """Return the command `pkes`; its help is in the language in use now."""
    app = typer.Typer(
        name="pkes",
        cls=Group,
        add_completion=False,
        pretty_exceptions_enable=False,
        help=_("The registry of a cluster: its profile, its members and who asks to join, in one file under git."),
        epilog=_('Begin with "pkes profile" and "pkes list"; "pkes COMMAND --help" tells more of each command.'),
    )
    app.callback(invoke_without_command=True)(_options)
    return _built(app, COMMANDS)


def _group(name: str, members: dict[str, str]) -> Group:
    text, panel = GROUPS[name]
    app = typer.Typer(name=name, cls=Group, help=_(text))
    if "" in members:
        app.callback(invoke_without_command=True, subcommand_metavar="[COMMAND] [ARGS]...")(_imported(members[""]))
    else:
        app.callback(invoke_without_command=True)(_show_help)
    group = _built(app, members)
    group.rich_help_panel = _(panel)
    return group


def _built(app: typer.Typer, members: Mapping[str, str | dict[str, str]]) -> Group:
    group = get_group(app)
    assert isinstance(group, Group)
    group.members = members
    return group


def _command(name: str, place: str) -> Command:
    app: typer.Typer = _imported(place)
    info = next(info for info in app.registered_commands if info.name == name)
    info.cls = Command
    command = get_command_from_info(info, pretty_exceptions_short=False, rich_markup_mode="rich")
    assert isinstance(command, Command)
    return command


def _imported(place: str) -> Any:
    module, _colon, name = place.partition(":")
    return getattr(import_module(f"pkes.cli.commands.{module}"), name or "app")


def _show_help(context: typer.Context) -> None:
    """Show the available commands if none is given."""
    if context.invoked_subcommand is None:
        context.get_help()


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
            readable=False,  # errors are reported where the file is read
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
            help=_("Let TAB complete in this shell: bash, zsh, fish or PowerShell."),
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
    # The language is set by now, so the imported texts are translated.
    day = today()
    dates.use_today(day)
    context.obj = State(registry, day, language_in_use())
    _show_help(context)
