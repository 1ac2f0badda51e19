"""The option `--on` of commands that can show the roster of a day."""

from collections.abc import Iterable
from typing import Annotated

import typer
from msgspec.structs import replace

from pkes.cli.options import read_day
from pkes.cli.state import State
from pkes.cli.terminal import output
from pkes.i18n import _, ngettext
from pkes.model.records import Member, Registry

On = Annotated[
    str | None, typer.Option("--on", metavar=_("DATE"), help=_("The roster of this day, by who had joined and left."))
]


def as_of(state: State, registry: Registry, on: str | None) -> tuple[State, Registry]:
    """Return the state and the registry as they were on the day of `--on`: without those who had not joined by then.

    Both are unchanged if no day is given. Raises `WrongValue`.
    """
    if on is None:
        return state, registry
    from pkes.registry import roster

    day = read_day(on, state.today)
    return replace(state, today=day), roster.by_day(registry, day)


def hint_at_undated(shown: Iterable[Member]) -> None:
    """Say on stderr how many of the shown members have no date of joining."""
    from pkes.registry import roster

    count = len(roster.undated(shown))
    if count:
        said = ngettext(
            "{count} member without a date of joining is counted",
            "{count} members without a date of joining are counted",
            count,
        )
        output.hint(said.format(count=count))
