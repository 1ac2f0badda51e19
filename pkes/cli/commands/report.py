"""The command that shows the figures of a period."""

import datetime
from typing import Annotated

import typer
from msgspec.structs import replace

from pkes.cli import options
from pkes.cli.state import State, load
from pkes.cli.terminal import output
from pkes.errors import WrongValue, gathered
from pkes.i18n import _
from pkes.model.dates import PartialDate
from pkes.model.records import Member, fields
from pkes.model.values import read
from pkes.registry import report as figures

app = typer.Typer()

_From = Annotated[
    str | None,
    typer.Option("--from", metavar=_("DATE"), help=_("The first day, month or year (the last calendar year).")),
]
_To = Annotated[
    str | None, typer.Option("--to", metavar=_("DATE"), help=_("The last day, month or year (with --from: today)."))
]
_Markdown = Annotated[bool, typer.Option("--markdown", help=_("Print Markdown, for a page or a letter."))]


@app.command("report", help=_("The figures of a period, for a funder or a meeting."), rich_help_panel=_("The cluster"))
def report(
    context: typer.Context,
    first: _From = None,
    last: _To = None,
    as_markdown: _Markdown = False,
    as_json: options.Json = False,
) -> None:
    """Show members, employees and inquiries of a period, by default the last calendar year."""
    options.refuse_together({"--markdown": as_markdown, "--json": as_json}, [("--markdown", "--json")])
    state: State = context.obj
    period = _period(first, last, state.today)
    registry = load(state).registry
    made = figures.report(registry, *period)
    if as_json:
        output.document(figures.as_json(made, registry.sectors.values()))
        return
    from pkes.cli.views import report as views

    if as_markdown:
        output.lines(views.as_markdown(made, registry, state.language))
    elif output.on_terminal():
        output.show(views.page(made, registry, state.language, output.width()))
    else:
        output.show(views.lines(made, registry, state.language))


def _period(first: str | None, last: str | None, today: datetime.date) -> tuple[datetime.date, datetime.date]:
    """Return the days from and to which is counted. Raises `WrongValue`, `Several` of them.

    Without a first day, it is the first of the last day's year; without a last day, it is today. A month or a
    year that is not over ends today.
    """
    if first is None and last is None:
        return figures.last_year(today)
    start, end = None, today
    with gathered() as step:
        with step():
            start = None if first is None else _date("--from", first).first
        with step():
            end = today if last is None else min(_date("--to", last).last or today, today)
    start = start or end.replace(month=1, day=1)
    if start > end:
        raise WrongValue("--from", "after-the-end")
    return start, end


def _date(option: str, text: str) -> PartialDate:
    """Parse a day, a month or a year. Raises `WrongValue`."""
    found = read(replace(fields(Member)["joined"], name=option, past=True), text)
    assert isinstance(found, PartialDate)
    return found
