"""The options that several commands share."""

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import wraps
from inspect import Parameter, Signature, signature
from typing import Annotated, Any, cast

import typer
from msgspec.structs import replace

from pkes.cli.messages.values import labelled
from pkes.errors import WrongAssignment, gathered
from pkes.i18n import N_, _
from pkes.model import records
from pkes.model.records import Field, Record, Registry, fields
from pkes.registry.selection import find_sector


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise typer.BadParameter(_("a whole number from 0 is expected"))
    return int(text)


Json = Annotated[bool, typer.Option("--json", help=_("Print JSON."))]
Limit = Annotated[
    int | None, typer.Option("-n", "--limit", parser=_count, metavar="N", help=_("Show no more than these."))
]
NoHeaders = Annotated[
    bool, typer.Option("--no-headers", help=_("No line of titles; with one field: bare values, one a line."))
]
Member = Annotated[str, typer.Argument(metavar=_("MEMBER"), help=_("Its id or name, or a part of one."))]
Inquiry = Annotated[str, typer.Argument(metavar=_("INQUIRY"), help=_("Its id, or a part of its id, name or person."))]
Members = Annotated[list[str], typer.Argument(metavar=_("MEMBER …"), help=_("Their ids or names, or parts of one."))]
Inquiries = Annotated[
    list[str], typer.Argument(metavar=_("INQUIRY …"), help=_("Their ids, or parts of an id, name or person."))
]
NamesAndAssignments = Annotated[
    list[str] | None,
    typer.Argument(
        metavar=_("[NAME …] [FIELD=VALUE …]"),
        help=_(
            "Ids or names, or parts of one, or none where filters choose; then what to set: FIELD= clears; LIST+=ITEM "
            "and LIST-=ITEM change one item. Without that, your editor opens on the one that is named."
        ),
    ),
]
Assignments = Annotated[
    list[str] | None,
    typer.Argument(
        metavar=_("FIELD=VALUE …"),
        help=_("FIELD= clears; LIST+=ITEM and LIST-=ITEM change one item. Without any, your editor opens."),
    ),
]
On = Annotated[str | None, typer.Option("--on", metavar=_("DATE"), help=_("The day (today)."))]

DryRun = Annotated[bool, typer.Option("--dry-run", help=_("Show the changes and write nothing."))]
Yes = Annotated[bool, typer.Option("-y", "--yes", help=_("Answer every question with yes."))]


def stands_alone(context: typer.Context, given: Mapping[str, object]) -> bool:
    """Return whether a group is called without a command. Raises `BadParameter` for an option before a command.

    `given` are the options of the group, by name, with their values.
    """
    if context.invoked_subcommand:
        for name, value in given.items():
            if value:
                raise typer.BadParameter(_("it stands behind the command"), param_hint=name)
    return not context.invoked_subcommand


def refuse_together(given: Mapping[str, object], apart: Iterable[tuple[str, str]]) -> None:
    """Raise `BadParameter` if two options that exclude each other are given; `given` holds their values by name."""
    for one, other in apart:
        if given[one] and given[other]:
            raise typer.BadParameter(_("not together with {other}").format(other=_(other)), param_hint=one)


def with_fields(struct: type[Record], *without: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command an option for each field of a record, except those in `without` and those set by steps.

    The command receives the given ones as `given`: texts by field name (lists of texts for lists, booleans for
    booleans).
    """
    chosen = [field for field in fields(struct).values() if not field.by_command and field.name not in without]

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        def decorated(**arguments: Any) -> None:
            given = {field.name: _given(field, arguments.pop(field.name)) for field in chosen}
            command(**arguments, given={name: value for name, value in given.items() if value not in (None, [])})

        own = [one for one in signature(command).parameters.values() if one.name != "given"]
        added = [
            Parameter(field.name, Parameter.KEYWORD_ONLY, default=None, annotation=_option(field)) for field in chosen
        ]
        return with_parameters(decorated, command, [*own, *added])

    return decorate


def without(*names: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Remove options from a command by name; it uses their defaults."""

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        kept = [one for one in signature(command).parameters.values() if one.name not in names]
        return with_parameters(lambda **arguments: command(**arguments), command, kept)

    return decorate


def with_parameters(
    function: Callable[..., None], command: Callable[..., None], parameters: Sequence[Parameter]
) -> Callable[..., None]:
    """Return a function in place of a command, with the parameters from which Typer makes options."""
    shown = wraps(command)(function)
    shown.__signature__ = Signature(parameters)  # type: ignore[attr-defined]
    shown.__annotations__ = {one.name: one.annotation for one in parameters}
    return shown


def read_fields(struct: type[Record], given: Mapping[str, Any], registry: Registry | None = None) -> dict[str, Any]:
    """Return the values of the fields that were given as options; sectors are looked up in a registry.

    Raises `WrongValue`, `UnknownName`, and `Several` if more than one is wrong.
    """
    known, values = fields(struct), dict[str, Any]()
    with gathered() as step:
        for name, text in given.items():
            with step():
                value = _read(known[name], text)
                values[name] = find_sector(registry, value) if registry and known[name].form == "sector" else value
    return values


def read_day(on: str | None, today: datetime.date) -> datetime.date:
    """Return the day of `--on`, by default today. Raises `WrongValue`."""
    if on is None:
        return today
    from pkes.model.values import read

    return cast(datetime.date, read(replace(fields(records.Inquiry)["closed"], name="--on"), on))


def _read(field: Field, given: Any) -> Any:
    if isinstance(given, bool):
        return given
    from pkes.model.values import read, read_list

    if field.type == "list":
        return list(dict.fromkeys(item for text in given for item in read_list(field, text)))
    return read(field, given)


def _given(field: Field, values: Any) -> Any:
    """Return the value given for a field; an empty one (such as an empty variable in a script) counts as not given.

    Raises `WrongAssignment` for a field that takes one value and was given two.
    """
    if values is None or isinstance(values, bool):
        return values
    texts = [text for text in values if text]
    if field.type == "list":
        return texts
    if len(texts) > 1:
        raise WrongAssignment(field.name, "twice")
    return texts[0] if texts else None


def _option(field: Field) -> Any:
    names = [f"--{field.option}"]
    if field.name == "sector":
        names.insert(0, "-s")
    description = _(field.description)
    if field.choices:
        description = f"{description}: {labelled({one: one for one in field.choices})}"
    if field.type == "bool":
        return Annotated[bool | None, typer.Option(f"--{field.option}/--no-{field.option}", help=description)]
    # To Typer, all of them can be repeated: otherwise it would silently keep only the last one.
    return Annotated[
        list[str] | None, typer.Option(*names, metavar=_(_METAVARS.get(field.type, "TEXT")), help=description)
    ]


_METAVARS = {"date": N_("DATE"), "partial-date": N_("DATE"), "int": "N"}
