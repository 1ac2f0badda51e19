"""The figures of a period: as tables with bars on a terminal, as plain text, and as Markdown.

Each figure is followed by notes on how it was counted, and what is unknown.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from rich import box
from rich.cells import cell_len
from rich.console import RenderableType
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from pkes.cli.messages.values import word
from pkes.cli.views import cells, markdown
from pkes.formats.markdown import cell
from pkes.i18n import _, ngettext, pgettext
from pkes.model.records import Inquiry, Registry, fields
from pkes.registry.report import Groups, Movement, Report

_LONGEST_BAR = 30
_SHORTEST_BAR = 5

Number = int | float | None


class Figures(NamedTuple):
    """A table of numbers: the titles of its columns (the first is for the labels), and its rows.

    If it `has_bars`, there is a bar for the last number of each row. `notes` say where the numbers come from. None is
    an unknown number.
    """

    title: str
    columns: Sequence[str]
    rows: Sequence[tuple[str, Sequence[Number]]]
    notes: Sequence[str] = ()
    has_bars: bool = False


def page(report: Report, registry: Registry, language: str, room: int) -> Iterator[RenderableType]:
    """Yield a report for a terminal with `room` columns. `language` is that of the labels."""
    yield cells.text(_headline(report, registry), "bold green")
    for figures in _figures(report, registry, language):
        yield Text("")
        yield Text(figures.title, style="bold")
        yield _table(figures, room)
        yield from (cells.text(note, "dim") for note in figures.notes)


def lines(report: Report, registry: Registry, language: str) -> Iterator[Text]:
    """Yield a report as plain text, one line per figure. `language` is that of the labels."""
    yield cells.text(_headline(report, registry))
    for figures in _figures(report, registry, language):
        yield Text(f"{figures.title}:")
        for label, numbers in figures.rows:
            said = ", ".join(f"{title.lower()} {_shown(number)}" for title, number in _titled(figures, numbers))
            yield cells.text(f"{label}: {said}" if len(figures.columns) > 2 else f"{label}: {_shown(numbers[0])}")
        yield from map(cells.text, figures.notes)


def as_markdown(report: Report, registry: Registry, language: str) -> Iterator[str]:
    """Yield the lines of a report as Markdown. `language` is that of the labels."""
    yield f"# {markdown.text(_headline(report, registry))}"
    for figures in _figures(report, registry, language):
        yield from ("", f"## {markdown.text(figures.title)}", "")
        yield _row(figures.columns)
        yield _row(["---", *("---:" for _number in figures.columns[1:])])
        yield from (_row([cell(label), *map(_shown, numbers)]) for label, numbers in figures.rows)
        for note in figures.notes:
            yield from ("", markdown.block(note))


def _row(texts: Iterable[str]) -> str:
    return f"| {' | '.join(texts)} |"


def _titled(figures: Figures, numbers: Sequence[Number]) -> Iterator[tuple[str, Number]]:
    return zip(figures.columns[1:], numbers, strict=True)


def _shown(number: Number) -> str:
    return _("unknown") if number is None else cells.number(number)


def _table(figures: Figures, room: int) -> Table:
    """Return the figures with bars, if there is room; the greatest number has the longest one."""
    made = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0), header_style="dim")
    made.add_column(Text(figures.columns[0]), overflow="fold")
    for title in figures.columns[1:]:
        made.add_column(Text(title), justify="right", no_wrap=True)
    widest = max(cell_len(text) for text in (figures.columns[0], *(label for label, _numbers in figures.rows)))
    # Between two columns are spaces and the line of the box.
    spare = room - widest - sum(cell_len(title) + 2 for title in figures.columns[1:]) - 2
    longest = min(_LONGEST_BAR, spare) if figures.has_bars else 0
    most = max((numbers[-1] or 0 for _label, numbers in figures.rows), default=0)
    for label, numbers in figures.rows:
        row: list[RenderableType] = [cells.text(label), *(Text(_shown(number)) for number in numbers)]
        if longest >= _SHORTEST_BAR:
            row.append(_bar(numbers[-1] or 0, most, longest))
        made.add_row(*row)
    return made


def _bar(number: float, most: float, longest: int) -> ProgressBar:
    return ProgressBar(total=most or 1, completed=number, width=longest, complete_style="green", finished_style="green")


# The content of the figures.


def _headline(report: Report, registry: Registry) -> str:
    name = registry.cluster.short_name or registry.cluster.name or ""
    return _("{name}: report for {first} to {last}").format(name=name, first=report.first, last=report.last)


def _figures(report: Report, registry: Registry, language: str) -> Iterator[Figures]:
    members = report.members
    labels = {id: sector.label(language) for id, sector in registry.sectors.items()}
    yield _movement(report, registry)
    yield _grouped(_("Sector"), _("Members by sector"), members.by_sector, lambda id: labels[id], _("another sector"))
    yield _grouped(_("Town"), _("Members by town"), members.by_town, str, _("unknown"))
    yield _grouped(_("County"), _("Members by county"), members.by_county, str, _("unknown"))
    yield _employees(report, registry)
    yield from _inquiries(report)


def _movement_columns(label: str) -> tuple[str, ...]:
    joined, left = pgettext("number of members", "Joined"), pgettext("number of members", "Left")
    return label, _("At the start"), joined, left, _("At the end")


def _numbers(movement: Movement) -> Sequence[Number]:
    return movement.start, movement.joined, movement.left, movement.end


def _movement(report: Report, registry: Registry) -> Figures:
    members = report.members
    notes = [
        _(
            "Counted from the dates of joining and leaving on record. Of a month or a year, the first day counts for "
            "joining and the last for leaving."
        )
    ]
    for said, ids in ((_("Joined: {names}"), members.joined), (_("Left: {names}"), members.left)):
        if ids:
            notes.append(said.format(names=cells.members(ids, registry)))
    if members.unknown:
        said = ngettext(
            "Of {count} member it is not known whether it joined or left before, in or after the period: {names}",
            "Of {count} members it is not known whether they joined or left before, in or after the period: {names}",
            len(members.unknown),
        )
        notes.append(said.format(count=len(members.unknown), names=cells.members(members.unknown, registry)))
    return Figures(_("Members"), _movement_columns(""), [(_("All"), _numbers(members.total))], notes)


def _grouped(column: str, title: str, groups: Groups, label: Callable[[str], str], others: str) -> Figures:
    rows = [(others if id is None else label(id), _numbers(movement)) for id, movement in groups]
    note = _("Counted as the members are on record today.")
    return Figures(title, _movement_columns(column), rows, [note], has_bars=True)


def _employees(report: Report, registry: Registry) -> Figures:
    employees = report.employees
    count = len(employees.known) + len(employees.unknown)
    said = ngettext(
        "On record for {known} of {count} member at the end.",
        "On record for {known} of {count} members at the end.",
        count,
    )
    notes = [said.format(known=len(employees.known), count=count)]
    if employees.oldest:
        days = _("The numbers are of {oldest} to {newest}.")
        notes.append(days.format(oldest=employees.oldest, newest=employees.newest))
    if employees.unknown:
        notes.append(_("Unknown: {names}").format(names=cells.members(employees.unknown, registry)))
    return Figures(_("Employees"), ("", _("Number")), [(_("Employed by members"), [employees.total])], notes)


def _inquiries(report: Report) -> Iterator[Figures]:
    inquiries = report.inquiries
    in_time = ngettext("Answered within {limit} day", "Answered within {limit} days", inquiries.limit)
    rows: list[tuple[str, Sequence[Number]]] = [
        (_("Received"), [inquiries.received]),
        (_("Answered"), [inquiries.answered]),
        (in_time.format(limit=inquiries.limit), [inquiries.in_time]),
        (_("Median days to the answer"), [inquiries.median_days]),
    ]
    notes = [_("Counted from the inquiries received in the period, whenever they were answered.")]
    if inquiries.unknown:
        said = ngettext(
            "Of {count} inquiry a date or the status is missing or wrong: {ids}",
            "Of {count} inquiries a date or the status is missing or wrong: {ids}",
            len(inquiries.unknown),
        )
        notes.append(said.format(count=len(inquiries.unknown), ids=cells.listed(inquiries.unknown)))
    yield Figures(_("Inquiries"), ("", _("Number")), rows, notes)
    status = fields(Inquiry)["status"]
    ended = [(word(one, status), [count]) for one, count in inquiries.by_status.items()]
    note = _("Where the inquiries received in the period stand today.")
    yield Figures(_("Inquiries by status"), (_("Status"), _("Number")), ended, [note], has_bars=True)
