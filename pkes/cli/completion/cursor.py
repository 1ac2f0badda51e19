"""Where on the command line somebody is typing: in which command, at which of its options and arguments."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typer.core import TyperGroup

# Typer exports neither the class of the contexts that it makes nor the one that options and arguments have in common.


def context_of(command: "TyperGroup", arguments: Sequence[str]) -> Any:
    """Return the context of the last command that the arguments name, with what stands behind that parsed.

    Nothing is carried out or asked for. Raises what Typer raises for arguments that are wrong, and `UnknownName`.
    """
    from typer.core import TyperGroup

    found: Any = command
    name, rest, parent = "pkes", list(arguments), None
    while True:
        own, following = _divided(found, rest) if isinstance(found, TyperGroup) else (rest, [])
        context = found.make_context(name, list(own), parent, resilient_parsing=True)
        if not following:
            return context
        name, found, rest = found.resolve_command(context, following)
        parent = context


def _divided(group: "TyperGroup", arguments: list[str]) -> tuple[list[str], list[str]]:
    """Divide arguments into the options of a group and what follows them, which begins with the name of a command."""
    # One word more than there are: Typer leaves over what stands behind the first word that is no option of the group.
    left = len(group.make_context("", [*arguments, "-"], resilient_parsing=True).args)
    at = len(arguments) - left
    return arguments[:at], arguments[at:]


def find(context: Any, arguments: Sequence[str], typed: str) -> tuple[str, Any, str]:
    """Return what a word being typed belongs to.

    `arguments` are all words before it. Three values come back: what is typed of an option and its `=` before the
    value, else ""; the option or argument that the value is of, None where an option's or a command's own name belongs
    there; and what is typed of that.
    """
    option, sign, value = typed.partition("=")
    if sign and option.startswith("-"):
        arguments, option = [*arguments, option], option + sign
    else:
        option, value = "", typed
    if value.startswith("-") and "--" not in arguments:
        return option, None, value
    parameters = context.command.get_params(context)
    for parameter in parameters:
        if _takes_next(parameter, arguments):
            return option, parameter, value
    for parameter in parameters:
        if parameter.param_type_name == "argument" and (parameter.nargs == -1 or not is_given(context, parameter)):
            return option, parameter, value
    return option, None, value


def is_given(context: Any, parameter: Any) -> bool:
    """Say whether an option or argument stands on the command line."""
    source = context.get_parameter_source(parameter.name)
    return source is not None and source.name == "COMMANDLINE"


def _takes_next(parameter: Any, arguments: Sequence[str]) -> bool:
    """Say whether the last of the arguments is an option that lacks its value."""
    if parameter.param_type_name != "option" or parameter.is_flag or not arguments:
        return False
    return arguments[-1] in parameter.opts
