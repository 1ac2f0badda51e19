"""What needs doing: the coordinator's morning page."""

from collections.abc import Iterator

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from pkes.cli.messages.findings import counted
from pkes.cli.views import cells
from pkes.i18n import _, ngettext
from pkes.registry.overview import Status, Waiting


def page(status: Status, language: str, unsaved: str) -> Iterator[RenderableType]:
    """Yield the page in parts, those with nothing to do left out; one line says so where there are none.

    `unsaved` says what is not saved, "" where all is.
    """
    if status.is_quiet and not unsaved:
        yield Text(_("Nothing needs doing."), style="bold green")
    else:
        yield from _work(status)
    if unsaved:
        yield Text(unsaved, style="bold")
        yield Text("  " + _('"pkes save" saves it'))
    yield Text("")
    yield Text(_("Members by sector:"), style="bold")
    yield _grid([(sector.label(language), Text(str(count))) for sector, count in status.sectors])


def _work(status: Status) -> Iterator[RenderableType]:
    if status.waiting:
        title = ngettext(
            "Inquiries waiting (to be answered within {limit} day):",
            "Inquiries waiting (to be answered within {limit} days):",
            status.limit,
        )
        yield Text(title.format(limit=status.limit), style="bold")
        yield _grid([(one.id, _days(one)) for one in status.waiting])
    if status.retention_due:
        yield Text(_("Kept for as long as they may be:"), style="bold")
        yield _grid([(id, Text("")) for id in status.retention_due])
    if status.findings["error"] or status.findings["warning"]:
        said = counted(errors=status.findings["error"], warnings=status.findings["warning"])
        yield Text.assemble((_("Findings:"), "bold"), " ", said)
        yield Text("  " + _('"pkes check" shows them'))


def _days(one: Waiting) -> Text:
    if one.days is None:
        return Text(_("nobody knows since when"))
    said = Text(ngettext("{count} day", "{count} days", one.days).format(count=one.days))
    if one.overdue:
        said.append(" " + _("overdue!"), style="bold red")
    elif one.status == "answered":
        said.append(" " + _("answered"), style="dim")
    return said


def _grid(rows: list[tuple[str, Text]]) -> Table:
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(overflow="fold")
    grid.add_column(overflow="fold")
    for title, said in rows:
        grid.add_row(Text("  ") + cells.text(title), said)
    return grid
