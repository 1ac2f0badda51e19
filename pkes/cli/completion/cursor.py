"""The position on the command line where somebody is typing: the command, and its option or argument."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typer.core import TyperGroup

# Typer exports neither the class of its contexts nor the common base class of options and arguments.


def context_of(command: "TyperGroup", arguments: Sequence[str]) -> Any:
    """Return the context of the last command in the arguments, with the words after it parsed.

    Nothing is executed or prompted for. Raises what Typer raises for wrong arguments, and `UnknownName`.
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
    """Split arguments into the options of a group and the rest, which begins with the name of a command."""
    # Add a word: Typer does not parse what follows the first word that is not an option of the group.
    left = len(group.make_context("", [*arguments, "-"], resilient_parsing=True).args)
    at = len(arguments) - left
    return arguments[:at], arguments[at:]


def find(context: Any, arguments: Sequence[str], typed: str) -> tuple[str, Any, str]:
    """Return the option or argument to which the word being typed belongs.

    `arguments` are all words before it. Returns three values: the option and `=` before the value in the same word, or
    ""; the option or argument that takes the value, or None if an option's or a command's name is being typed; and the
    typed part of that value or name.
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
    """Return whether an option or argument is given on the command line."""
    source = context.get_parameter_source(parameter.name)
    return source is not None and source.name == "COMMANDLINE"


def _takes_next(parameter: Any, arguments: Sequence[str]) -> bool:
    """Return whether the last of the arguments is an option without its value."""
    if parameter.param_type_name != "option" or parameter.is_flag or not arguments:
        return False
    return arguments[-1] in parameter.opts
