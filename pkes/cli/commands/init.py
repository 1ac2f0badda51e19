"""The command that creates a new registry."""

import os
import shlex
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import typer
from msgspec.structs import replace

from pkes.cli import questions
from pkes.cli.questions import ask_sector
from pkes.cli.terminal import output
from pkes.cli.write import doubt, interrupts
from pkes.errors import GitFailed, Missing, gathered
from pkes.i18n import _
from pkes.model.records import Cluster, Field, Member, Registry, fields
from pkes.model.values import read
from pkes.registry.selection import find_sector
from pkes.storage import new_registry

app = typer.Typer()

_CLUSTER = _("The cluster")
_Text = str | None


class _Asked(NamedTuple):
    """A question about the new registry, and how to read the answer; Enter skips an optional one."""

    option: str
    question: str
    read: Callable[[str], Any]
    required: bool = True


@app.command("init", help=_("Begin the registry of another cluster."), rich_help_panel=_CLUSTER)
def begin_registry(
    context: typer.Context,
    folder: Annotated[
        Path,
        typer.Argument(metavar=_("FOLDER"), readable=False, help=_("Where it is to be; made where it is missing.")),
    ] = Path(),
    name: Annotated[_Text, typer.Option("--name", metavar=_("TEXT"), help=_("Full name of the cluster"))] = None,
    short_name: Annotated[
        _Text, typer.Option("--short-name", metavar=_("TEXT"), help=_("Short name or acronym"))
    ] = None,
    coordinator: Annotated[
        _Text, typer.Option("--coordinator", metavar=_("NAME"), help=_("Full name of the member that coordinates"))
    ] = None,
    sector: Annotated[_Text, typer.Option("-s", "--sector", metavar="S", help=_("The sector of that member"))] = None,
    email: Annotated[
        _Text, typer.Option("--email", metavar=_("TEXT"), help=_("E-mail address of the coordinator"))
    ] = None,
    autosave: Annotated[
        bool | None,
        typer.Option("--autosave/--no-autosave", help=_("Save every change in git at once.")),
    ] = None,
) -> None:
    """Create a registry with the coordinator as first member; on a terminal, ask for missing values."""
    _refuse_registry_option(context)
    path = new_registry.free_place(folder)
    given = {"name": name, "short_name": short_name, "coordinator": coordinator, "sector": sector, "email": email}
    asked = _asked()
    values: dict[str, Any] = {}
    missing = [one.option for key, one in asked.items() if one.required and not given[key]]
    with gathered() as step:
        for key, text in given.items():
            with step():
                if text:
                    values[key] = asked[key].read(text)
        with step():
            if missing and not questions.is_interactive():
                raise Missing(*missing)
    if missing:
        _explain(path)
        values = _answers(asked, values)
        if autosave is None:
            autosave = questions.confirm(_("Save every change in git at once?")) or None
    registry = new_registry.first(**{**dict.fromkeys(asked), **values}, autosave=autosave)
    with interrupts() as let_wait:
        begun = new_registry.begin(folder, registry, before_replace=let_wait)
        _say(begun, folder)
        doubt(begun.durable)


def _refuse_registry_option(context: typer.Context) -> None:
    """Refuse `-r`, which names an existing registry; one named by the environment is ignored."""
    source = context.parent.get_parameter_source("registry") if context.parent else None
    if source is not None and source.name == "COMMANDLINE":
        raise typer.BadParameter(_("FOLDER says where the new registry is to be"), param_hint="-r")


def _asked() -> dict[str, _Asked]:
    cluster = fields(Cluster)
    coordinator = replace(fields(Member)["name"], name="coordinator")
    skip = _("Enter: none")
    return {
        "name": _Asked("--name", _("Name of the cluster"), partial(read, cluster["name"])),
        "short_name": _Asked(
            "--short-name", f"{_('Short name')} ({skip})", partial(_read_optional, cluster["short_name"]), False
        ),
        "coordinator": _Asked("--coordinator", _("Name of the member that coordinates it"), partial(read, coordinator)),
        "sector": _Asked("--sector", _("Its sector, by number or name"), partial(find_sector, _first_sectors())),
        "email": _Asked(
            "--email", f"{_('Its e-mail address')} ({skip})", partial(_read_optional, cluster["email"]), False
        ),
    }


def _read_optional(field: Field, text: str) -> Any:
    return read(field, text) if text else None


def _first_sectors() -> Registry:
    return Registry(sectors=new_registry.SECTORS)


def _explain(path: Path) -> None:
    output.hint(
        _("this begins a registry in {path}").format(path=path),
        _('Each question is answered with Enter; "back" or Ctrl-C leaves, and nothing is written.'),
    )


def _answers(asked: dict[str, _Asked], values: dict[str, Any]) -> dict[str, Any]:
    """Return the values, after asking for the missing ones in order."""
    found = dict(values)
    for key, one in asked.items():
        if key not in found:
            is_sector = key == "sector"
            found[key] = (
                ask_sector(_first_sectors(), one.question) if is_sector else questions.ask(one.question, one.read)
            )
    return found


def _say(begun: new_registry.Begun, folder: Path) -> None:
    """Say what was written, and what comes next."""
    written = _("{path}: written")
    for path in filter(None, (begun.registry, begun.ignore)):
        output.hint(written.format(path=path))
    steps = list(_next_steps(begun, folder))
    longest = max(len(command) for command, about in steps if about)
    output.hint(_("what comes next:"), *(f"  {command.ljust(longest)}  {about}".rstrip() for command, about in steps))


def _next_steps(begun: new_registry.Begun, folder: Path) -> Iterator[tuple[str, str]]:
    if folder != Path():
        yield f"cd {shlex.quote(os.fspath(folder))}", ""
    if not _is_under_git(begun.registry):
        yield "git init", _("keeps every change, with its day and its author")
    yield "pkes git setup", _("lets git merge and show the registry by its records")
    yield "pkes cluster edit", _("says more of the cluster: FIELD=VALUE …")
    yield "pkes sectors", _("shows the sectors; add, rename and remove fit them to the cluster")
    yield "pkes add", _("adds the next member")


def _is_under_git(path: Path) -> bool:
    from pkes.git.repository import Repository

    try:
        return Repository.find(path) is not None
    except GitFailed:  # the repository belongs to another user
        return True
