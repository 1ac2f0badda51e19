"""The state of every command: the path of the registry, the day, the language, and how to write."""

import datetime
import os
from collections import Counter
from pathlib import Path

from msgspec import Struct

from pkes.checks import run
from pkes.checks.read_rules import misspelt_tables
from pkes.cli.terminal import output
from pkes.errors import WrongValue
from pkes.i18n import _
from pkes.model.records import Registry
from pkes.storage import store


class State(Struct, frozen=True):
    """The global options, settings from the environment, and the common options of writing commands.

    `yes` is always False for a command that never asks.
    """

    registry: Path | None
    today: datetime.date
    language: str
    dry_run: bool = False
    as_json: bool = False
    yes: bool = False

    @property
    def path(self) -> Path:
        """The path of the registry's file, relative to the working folder.

        Raises `NoRegistry` if none is named and none is found.
        """
        return self.registry or Path(os.path.relpath(store.find(Path())))


def today() -> datetime.date:
    """Return the day that counts as today: `PKES_TODAY`, or else the clock's. Raises `WrongValue`."""
    given = os.environ.get("PKES_TODAY")
    if not given:
        return datetime.date.today()
    try:
        # `fromisoformat` also accepts 2025-W01-1, and `strptime` accepts digits of all scripts and short months.
        if not given.isascii() or len(given) != len("YYYY-MM-DD"):
            raise ValueError
        return datetime.datetime.strptime(given, "%Y-%m-%d").date()
    except ValueError:
        raise WrongValue("PKES_TODAY", "iso-date") from None


def load(state: State, *, warnings: bool = False) -> store.Loaded:
    """Read the registry, and report once on stderr that it has findings.

    Only errors are reported, unless `warnings` is true. Raises what `store.find` and `store.load` raise.
    """
    loaded = store.load(state.path)
    report_findings(loaded.registry, warnings=warnings)
    return loaded


def report_findings(registry: Registry, *, warnings: bool) -> None:
    """Say on stderr how many errors of every read a registry has, and how many `warnings` where asked for.

    Where these are not, a table is named whose name is nearly that of a known one: no command shows what is in it.
    There may be more: "pkes check" has rules that do not run at every read.
    """
    findings = run.at_read(registry)
    counts = Counter(finding.severity for finding in findings)
    errors, others = counts["error"], counts["warning"] if warnings else 0
    for table, known in ({} if warnings else misspelt_tables(findings, registry)).items():
        from pkes.cli.messages.values import did_you_mean

        what = _('unknown table "{table}": no command shows what is in it').format(table=table)
        output.warn(what + did_you_mean([known]))
    if errors or others:
        from pkes.cli.messages.findings import counted

        found = counted(errors=errors or None, warnings=others or None)
        output.warn(_("the registry has at least {found}").format(found=found), _('"pkes check" shows them'))
