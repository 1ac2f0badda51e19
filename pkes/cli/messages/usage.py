"""Typer's usage errors in our own words, which fit on one line and can be translated."""

from typing import Any

import typer

from pkes.cli.messages.values import did_you_mean
from pkes.i18n import N_, _

_GLOBAL = {
    "-r": N_("pkes -r PATH list"),
    "--registry": N_("pkes -r PATH list"),
    "--lang": "pkes --lang pl list",
    "--version": "pkes --version",
    "--install-completion": "pkes --install-completion",
    "--show-completion": "pkes --show-completion",
}
"""The options of pkes itself, and how each is used."""


def words(error: Any) -> tuple[str, str]:
    """Return the error in one line, and what to do about it."""
    return _what(error), _way_out(error)


def _what(error: Any) -> str:
    # Typer exports only one of its error classes: the others are distinguished by their attributes.
    if hasattr(error, "possibilities"):
        what = _('unknown option "{name}"').format(name=error.option_name)
        return what + did_you_mean(_nearest_options(error))
    if hasattr(error, "param_type"):
        return _("{name} is missing").format(name=_name(error))
    if isinstance(error, typer.BadParameter):
        return f"{_name(error)}: {error.message}"
    if hasattr(error, "option_name"):
        needs_value = "requires" in error.message
        return (_("{name} needs a value") if needs_value else _("{name} takes no value")).format(name=error.option_name)
    if error.message.startswith("Got unexpected extra"):
        # Typer's own message would repeat what was typed: it may be a person.
        return _("too many arguments")
    return str(error.format_message())


def _nearest_options(error: Any) -> list[str]:
    from pkes.text.collation import nearest

    known = [name for one in error.ctx.command.params for name in (*one.opts, *one.secondary_opts)] if error.ctx else []
    return nearest(error.option_name, [name for name in known if name.startswith("--")])


def _name(error: Any) -> str:
    """Return the name of a parameter as the user types it."""
    parameter = error.param
    if parameter is None:
        return str(error.param_hint or "")
    if parameter.param_type_name == "argument":
        return str(parameter.metavar or parameter.name)
    return max(parameter.opts, key=len, default="")


def _way_out(error: Any) -> str:
    example = _GLOBAL.get(getattr(error, "option_name", None) or "")
    if example and error.ctx and error.ctx.parent:
        return _("options of pkes itself stand before the command: {example}").format(example=_(example))
    if error.message.startswith("Got unexpected extra"):
        return _("what holds spaces is put in quotes")
    return _('"{command} --help" shows how it is used').format(command=error.ctx.command_path) if error.ctx else ""
