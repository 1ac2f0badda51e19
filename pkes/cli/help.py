"""The help: laid out by Typer, with Typer's words in the language of the user."""

import sys
from collections.abc import Iterable
from contextlib import redirect_stdout
from typing import Any

from typer.core import TyperCommand, TyperGroup, TyperOption

from pkes.cli.terminal import output
from pkes.i18n import N_, _

EXAMPLES: dict[str, tuple[str, ...]] = {
    "list": ("pkes list -s science", "pkes list -q lancut --fields id,name,town", "pkes list --sort=-joined --json"),
    "show": ("pkes show slady", "pkes show bergamotka --json"),
    "add": (
        'pkes add "Fundacja Nowa" --sector ngo --town Jasło',
        'pkes add "Spółdzielnia Socjalna Próba" -s social-economy --phone "13 446 00 00" --tags catering',
        "pkes add --from-krs 0000999001 --sector ngo --id nowa",
    ),
    "edit": (
        'pkes edit bergamotka phone="14 681 00 00" tags+=catering',
        "pkes edit platan town=Tyczyn --dry-run",
        "pkes edit --sector social-economy --town Rzeszów tags+=szkolenia --dry-run",
    ),
    "rename": ("pkes rename slady slady-stawiamy", "pkes rename platan platan --dry-run"),
    "leave": ("pkes leave platan", "pkes leave bergamotka --on 2025-02"),
    "note": ('pkes note slady "rozmowa o targach" --remind 2025-09-01', "pkes note slady --done"),
    "remove": ("pkes remove slady --dry-run", "pkes remove bergamotka -y"),
    "verify": (
        "pkes verify --dry-run",
        "pkes verify bergamotka --fields town,nip -y",
        "pkes verify --save-answers answers -y",
    ),
    "match": ("pkes match", "pkes match bergamotka --json"),
    "inquiry list": ("pkes inquiry list", "pkes inquiry list --status all --fields id,status,name"),
    "inquiry show": ("pkes inquiry show przyklad", "pkes inquiry show przyklad --json"),
    "inquiry add": (
        'pkes inquiry add --name "Fundacja Nowa" --email biuro@example.org',
        'pkes inquiry add --person "Anna Nowa" --phone "13 446 00 00" --channel phone --topic cooperate',
    ),
    "inquiry edit": ("pkes inquiry edit przyklad town=Jasło", "pkes inquiry edit przyklad phone= --dry-run"),
    "inquiry note": ('pkes inquiry note przyklad "oddzwonić po 15"', 'pkes inquiry note przyklad "czeka" --dry-run'),
    "inquiry answer": ("pkes inquiry answer przyklad", "pkes inquiry answer przyklad --on 2025-02-20 --dry-run"),
    "inquiry accept": (
        "pkes inquiry accept przyklad town=Krosno",
        "pkes inquiry accept przyklad --id nowa --dry-run",
    ),
    "inquiry decline": (
        'pkes inquiry decline przyklad --reason "spoza regionu"',
        "pkes inquiry decline przyklad --dry-run",
    ),
    "inquiry close": (
        "pkes inquiry close przyklad",
        'pkes inquiry close przyklad --on 2025-02-20 --reason "Answered by phone" --dry-run',
    ),
    "inquiry withdraw": ("pkes inquiry withdraw przyklad", "pkes inquiry withdraw przyklad --on 2025-02-20 --dry-run"),
    "inquiry reopen": ("pkes inquiry reopen closed", "pkes inquiry reopen closed --dry-run"),
    "inquiry remove": ("pkes inquiry remove przyklad --dry-run", "pkes inquiry remove przyklad -y"),
    "privacy report": ('pkes privacy report "Fundacja Przykład"', "pkes privacy report biuro@example.org --json"),
    "privacy due": ("pkes privacy due", "pkes privacy due members --json"),
    "privacy erase": ("pkes privacy erase closed --dry-run", "pkes privacy erase --due -y"),
    "profile": ("pkes profile", "pkes profile --markdown"),
    "page": ("pkes page", "pkes page -o public", "pkes page --on 2025-01-31"),
    "status": ("pkes status", "pkes status --json"),
    "sectors": ("pkes sectors", "pkes sectors --json"),
    "report": ("pkes report --from 2024 --to 2024", "pkes report --markdown"),
    "readiness": ("pkes readiness", "pkes readiness --json"),
    "sectors add": (
        "pkes sectors add culture --pl kultura --en culture",
        "pkes sectors add sport --pl sport --en sport",
    ),
    "sectors edit": ("pkes sectors edit ngo --en NGOs",),
    "sectors rename": ("pkes sectors rename ngo ngos", "pkes sectors rename business companies --dry-run"),
    "sectors remove": ("pkes sectors remove unused", "pkes sectors remove unused --dry-run"),
    "cluster": ("pkes cluster", "pkes cluster --json"),
    "cluster edit": ('pkes cluster edit goals+="nowy cel"', "pkes cluster edit declared_members=13 --dry-run"),
    "policy": ("pkes policy",),
    "policy edit": ("pkes policy edit answer_within_days=7", "pkes policy edit retention_months=12 --dry-run"),
    "init": (
        'pkes init nowy --name "Klaster Nowy" --coordinator "Fundacja Nowa" --sector ngo',
        'pkes init inny --name "Klaster Inny" --coordinator "Gmina Inna" -s public-administration',
    ),
    "export": (
        "pkes export -o members.csv",
        "pkes export --public --fields name,town -f markdown",
        "pkes export all -o registry.sqlite",
    ),
    "import": ("pkes import members.csv --dry-run", 'pkes import members.csv --map "Opis=note" --skip-bad -y'),
    "query": (
        'pkes query "select sector, count(*) from members group by 1"',
        "pkes query \"select name from members where town = 'Rzeszów'\" --json",
    ),
    "check": ("pkes check", "pkes check --fix --dry-run", "pkes check --explain nip"),
    "fmt": ("pkes fmt", "pkes fmt --check", "pkes fmt --diff"),
    "save": ("pkes save", 'pkes save -m "Nitka has moved"'),
    "undo": ("pkes undo --dry-run", "pkes undo HEAD --dry-run", "pkes undo --record bergamotka --yes"),
    "diff": ("pkes diff", "pkes diff HEAD --markdown", "pkes diff HEAD registry.toml --json"),
    "history": ("pkes history", "pkes history bergamotka --field phone -n 1", "pkes history cluster -n 3 --json"),
    "git setup": ("pkes git setup",),
    "git merge": ("pkes git merge base.toml ours.toml theirs.toml",),
    "schema": ("pkes schema",),
}
"""Lines for a shell, by command."""


_USAGE = (N_("[OPTIONS]"), N_("COMMAND [ARGS]..."), N_("[COMMAND] [ARGS]..."))
"""What Typer puts into a usage line besides the arguments."""


# Typer calls these functions with contexts and formatters, whose classes it does not export.


def translated(option: TyperOption | None) -> TyperOption | None:
    """Return the option `--help` with its text in the language in use."""
    if option is not None:
        option.help = _("Show this message and exit.")
    return option


def format_usage(command: TyperCommand | TyperGroup, ctx: Any, formatter: Any) -> None:
    """Write the usage line: `pkes show [OPTIONS] MEMBER`."""
    pieces = [
        # A name in the help shows whether it may be repeated.
        _(piece) if piece in _USAGE else piece.removesuffix("...").strip("{}")
        for piece in command.collect_usage_pieces(ctx)
    ]
    formatter.write_usage(ctx.command_path, " ".join(pieces), _("Usage: "))


def format_help(command: TyperCommand | TyperGroup, ctx: Any, formatter: Any) -> None:
    """Let Typer lay out the help, and print it; the formatter stays empty, as it does in Typer.

    Typer's own console would end the process if the pipe is closed. Raises `CannotPrint`.
    """
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
    utils: Any = rich_utils
    utils.Table = _kind_of_table()  # Typer's own shortens names to make room for the texts
    parameters = command.get_params(ctx)
    if 2 * sum(_longest(parameters, of) for of in ("opts", "secondary_opts")) > output.width():
        for parameter in parameters:
            _put_below_each_other(parameter)
    for parameter in parameters:
        if parameter.param_type_name == "argument" or getattr(parameter, "is_flag", False):
            _hide_type(parameter)
    page = output.Page(sys.stdout)
    with redirect_stdout(page):
        rich_utils.rich_format_help(obj=command, ctx=ctx, markup_mode="rich")
    output.write(page.getvalue())
    if examples := EXAMPLES.get(ctx.command_path.removeprefix("pkes ")):
        output.lines([f" {_('Examples:')}", *(f"   {line}" for line in examples), ""])
    output.flush()


def _kind_of_table() -> Any:
    """Return a kind of table whose columns, except the last, are not made narrower than what stands in them."""
    from rich.table import Table

    class Whole(Table):
        def add_row(self, *cells: Any, **how: Any) -> None:
            while len(self.columns) < len(cells) - 1:
                self.add_column(no_wrap=True)
            super().add_row(*cells, **how)

    return Whole


def _longest(parameters: Iterable[Any], of: str) -> int:
    return max((len(name) for one in parameters for name in getattr(one, of)), default=0)


def _put_below_each_other(parameter: Any) -> None:
    """Let the name that turns a flag off stand below the one that turns it on, instead of in a column of its own."""
    if parameter.secondary_opts:
        parameter.opts = [*parameter.opts, *(f"\n{name}" for name in parameter.secondary_opts)]
        parameter.secondary_opts = []


class _Unnamed:
    """A type that is not shown in the help."""

    name = ""

    def get_metavar(self, param: Any, ctx: Any) -> str:
        return ""


def _hide_type(parameter: Any) -> None:
    """Leave the type out of the help: it is obvious that an argument is a text or path, and a flag a bool."""
    # Typer 0.28 asks the type for its name, and from 0.29 on the parameter.
    parameter.type = _Unnamed()
    parameter.display_type_rich = lambda ctx: None
