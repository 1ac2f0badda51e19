"""What every command is given: where the registry is, the day, the language, and how it is to write."""

import datetime
import os
from pathlib import Path
from typing import NamedTuple

from pkes.checks import run
from pkes.cli.terminal import output
from pkes.errors import WrongValue
from pkes.i18n import _, ngettext
from pkes.model.records import Registry
from pkes.storage import store


class State(NamedTuple):
    """What was said before the command's name, what the environment says, and the options of every writing command.

    `yes` stays False for a command that never asks.
    """

    registry: Path | None
    today: datetime.date
    language: str
    dry_run: bool = False
    as_json: bool = False
    yes: bool = False

    @property
    def path(self) -> Path:
        """The file of the registry, seen from the working folder.

        Raises `NoRegistry` where none is named and none found.
        """
        return self.registry or Path(os.path.relpath(store.find(Path())))


def today() -> datetime.date:
    """Return the day that counts as today: `PKES_TODAY`, else the clock's. Raises `WrongValue`."""
    given = os.environ.get("PKES_TODAY")
    if not given:
        return datetime.date.today()
    try:
        # `fromisoformat` reads forms like 2025-W01-1 too, `strptime` reads digits of all scripts and short months.
        if not given.isascii() or len(given) != len("YYYY-MM-DD"):
            raise ValueError
        return datetime.datetime.strptime(given, "%Y-%m-%d").date()
    except ValueError:
        raise WrongValue("PKES_TODAY", "date") from None


def load(state: State, *, warnings: bool = False) -> store.Loaded:
    """Read the registry, and say once on stderr that it has findings of every read.

    Only errors count, unless `warnings` are to be told of, too. Raises what `store.find` and `store.load` raise.
    """
    loaded = store.load(state.path)
    tell_of_findings(loaded.registry, warnings=warnings)
    return loaded


def tell_of_findings(registry: Registry, *, warnings: bool) -> None:
    """Say on stderr how many findings of every read a registry has: its errors, and its `warnings` where asked for."""
    findings = run.at_read(registry)
    if findings and not warnings:
        findings = [finding for finding in findings if finding.severity == "error"]
    if findings:
        count = len(findings)
        found = ngettext("the registry has {count} finding", "the registry has {count} findings", count)
        output.warn(found.format(count=count), _('"pkes check" shows them'))
