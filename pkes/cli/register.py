"""Asking the court register from a command: what uses the network says so first."""

from pkes.cli.messages import register as words
from pkes.cli.terminal import output
from pkes.i18n import ngettext
from pkes.registers import service
from pkes.registers.comparing import Comparison
from pkes.registers.extract import STATES
from pkes.registers.saved import Source


def online(count: int = 1) -> Source:
    """Return what asks the register about so many numbers, and say that it will. Raises `NotSecure`."""
    register = service.of_environment()
    what = ngettext(
        "asking {host} over the network about {count} KRS number",
        "asking {host} over the network about {count} KRS numbers",
        count,
    )
    output.hint(what.format(host=register.host, count=count))
    return register.answer


def say(found: Comparison, *, of_states: bool, prefix: str = "") -> None:
    """Say what the register tells that is no change: of states such as a liquidation, or else."""
    for notice in found.notices:
        if (notice.code in STATES) == of_states:
            (output.warn if of_states else output.hint)(prefix + words.notice(notice))
