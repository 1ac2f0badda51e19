"""Writing an export: the format, and the file that is replaced as a whole, or stdout."""

import os
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import typer

from pkes import formats
from pkes.cli.terminal import output
from pkes.cli.write import interrupts
from pkes.errors import Unwritable
from pkes.formats.records import Export
from pkes.i18n import _, ngettext
from pkes.registry.selection import known
from pkes.storage.files import replace_file

FORMATS = tuple(format.name for format in formats.FORMATS)

_BINARY = ("xlsx", "sqlite")
_LABELLED = ("csv", formats.EXCEL, "markdown", "xlsx")
"""The formats that can have labels; the last one has them by default."""


class Delivery(NamedTuple):
    """The name of a format, the file to replace (None for stdout), and whether titles and labels are used."""

    format: str
    file: Path | None
    labelled: bool

    def deliver(self, export: Export) -> None:
        """Write an export. The file then has all of it, or is unchanged.

        Raises what `formats.write` raises, `CannotPrint`, and `CannotWrite`.
        """
        pieces = formats.write(self.format, export)
        if self.file is None:
            output.file(pieces)
            return
        if not _replaced(self.file, b"".join(pieces)):
            what = _("{path}: written, but the system does not confirm that it would survive a power cut")
            output.warn(what.format(path=self.file))
        else:
            output.hint(_("{path}: {what} written").format(path=self.file, what=_counted(export)))


def _counted(export: Export) -> str:
    """Return how many members and inquiries are exported, in words."""
    counts = {one.kind.name: len(one.records) for one in (export, *export.others)}
    words = {
        "member": ngettext("{count} member", "{count} members", counts.get("member", 0)),
        "inquiry": ngettext("{count} inquiry", "{count} inquiries", counts.get("inquiry", 0)),
    }
    return ", ".join(word.format(count=counts[kind]) for kind, word in words.items() if kind in counts)


def read_delivery(format: str | None, file: Path | None, *, default: str, excel: bool, labels: bool | None) -> Delivery:
    """Read where to write an export; `default` is the format if nothing else determines it, `-` is stdout.

    `labels` says whether labels are wanted; None means only in a workbook.

    Raises `UnknownName`, and `typer.BadParameter` if the options cannot be combined.
    """
    file = None if file == Path("-") else file
    name = _read_format(format, file, default)
    if excel:
        if name != "csv":
            raise typer.BadParameter(_("it goes with csv only"), param_hint="--excel")
        name = formats.EXCEL
    if labels is not None and name not in _LABELLED:
        option = "--labels" if labels else "--no-labels"
        raise typer.BadParameter(_("it goes with csv, markdown and xlsx only"), param_hint=option)
    if name in _BINARY and file is None and output.on_terminal():
        what = _("{format} is not for a terminal: name a file")
        raise typer.BadParameter(what.format(format=name), param_hint="-o")
    return Delivery(name, file, name == "xlsx" if labels is None else labels)


def refuse_registry(file: Path | None, registry: Path) -> None:
    """Raise `typer.BadParameter` if an export would overwrite its own registry."""
    if file is not None:
        with suppress(OSError):  # a file that does not exist is not the registry
            if os.path.samefile(file, registry):
                raise typer.BadParameter(_("it is the registry itself"), param_hint="-o")


def _replaced(file: Path, data: bytes) -> bool:
    """Replace a file; return whether it would survive a power cut."""
    try:
        with interrupts() as let_wait:
            # No interrupt may come between the creation of a temporary file and the assignment of its name.
            let_wait()
            return replace_file(file, data)
    except Unwritable as error:
        error.path = os.fspath(file)  # as the user named it, not its real path
        raise


def _read_format(given: str | None, file: Path | None, default: str) -> str:
    if given is not None:
        return known("format", given, FORMATS)
    if file is None:
        return default
    found = formats.by_suffix(os.fspath(file))
    if found is None:
        what = _("the suffix of {file} tells no format; -f names one of {formats}")
        raise typer.BadParameter(what.format(file=file, formats=", ".join(FORMATS)), param_hint="-o")
    return found.name
