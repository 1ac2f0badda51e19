"""Asking the court register from a command, which announces that it uses the network."""

import datetime
from collections.abc import Mapping
from typing import Any

from pkes.cli.messages import register as words
from pkes.cli.terminal import output
from pkes.i18n import ngettext
from pkes.model.records import Member, fields
from pkes.registers.comparing import COMPARED, Comparison, confirmed
from pkes.registers.extract import STATES
from pkes.registers.lookup import look_up
from pkes.registers.saved import Source


def online(count: int = 1) -> Source:
    """Announce that `count` numbers are looked up in the register, and return the source. Raises `NotSecure`."""
    from pkes.registers import service

    register = service.of_environment()
    what = ngettext(
        "asking {host} over the network about {count} KRS number",
        "asking {host} over the network about {count} KRS numbers",
        count,
    )
    output.hint(what.format(host=register.host, count=count))
    return register.answer


def proposals(number: str, given: Mapping[str, Any], today: datetime.date) -> dict[str, Any]:
    """Return the fields of a new member: the given ones, and others as far as the register knows them.

    `number` is a KRS number as typed. The register is asked over the network; its other notices are printed. Raises
    `NotSecure` and `RegisterFailed`.
    """
    found = look_up(number, online(), only=[name for name in COMPARED if name not in given])
    say(found, of_states=True)
    say(found, of_states=False)
    member = confirmed(Member(**{**given, "krs": found.extract.number}), found, today)
    return {name: value for name in fields(Member) if (value := getattr(member, name)) is not None}


def say(found: Comparison, *, of_states: bool, prefix: str = "") -> None:
    """Print the register's notices that are not changes: those about states such as a liquidation, or the others."""
    for notice in found.notices:
        if (notice.code in STATES) == of_states:
            (output.warn if of_states else output.hint)(prefix + words.notice(notice))
