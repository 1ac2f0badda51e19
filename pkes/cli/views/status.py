"""What needs doing: the coordinator's morning page."""

import datetime
from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from pkes.cli.messages.findings import counted
from pkes.cli.messages.values import word
from pkes.cli.views import cells
from pkes.cli.views.lists import who
from pkes.i18n import _, ngettext
from pkes.model.records import Inquiry, Registry, fields
from pkes.registry.overview import Leaving, Status, Waiting


def page(
    status: Status, registry: Registry, today: datetime.date, language: str, unsaved: str, *, with_names: bool
) -> Iterator[RenderableType]:
    """Yield the parts of the page that have something to do, or one line that says that there is nothing.

    `unsaved` says what is not saved, "" where all is. Who asks and members are named where `with_names`:
    on a terminal alone.
    """
    if status.is_quiet and not unsaved:
        yield Text(_("Nothing needs doing."), style="bold green")
    else:
        yield from _work(status, registry, with_names=with_names)
    if status.leaving:
        yield Text(_("Leaving:"), style="bold")
        yield _grid([(one.id, _left(one), _member(registry, one.id, with_names=with_names)) for one in status.leaving])
    yield from _members(status, registry, today, with_names=with_names)
    yield Text("")
    yield Text(_("Members by sector:"), style="bold")
    yield _grid([(sector.label(language), Text(str(count))) for sector, count in status.sectors])
    if unsaved:
        yield Text("")
        yield Text(unsaved, style="bold")
        yield Text("  " + _('"pkes save" saves it'))


def _members(status: Status, registry: Registry, today: datetime.date, *, with_names: bool) -> Iterator[RenderableType]:
    """Yield what there is to be asked of members: no work of today."""
    if status.unconfirmed:
        count = len(status.unconfirmed)
        said = ngettext(
            "The facts of {count} member have not been confirmed for longer than the policy has",
            "The facts of {count} members have not been confirmed for longer than the policy has",
            count,
        )
        yield Text(said.format(count=count), style="bold")
        yield Text("  " + _('"pkes list --unconfirmed" shows them'))
    if status.social_enterprises:
        said = _("Social enterprises that report to the voivode by {day}:").format(day=f"{today.year:04}-03-31")
        yield Text(said, style="bold")
        yield _grid([(id, _member(registry, id, with_names=with_names)) for id in status.social_enterprises])


def _work(status: Status, registry: Registry, *, with_names: bool) -> Iterator[RenderableType]:
    new = [one for one in status.waiting if one.status != "answered"]
    answered = [one for one in status.waiting if one.status == "answered"]
    if new:
        title = ngettext(
            "Inquiries waiting (to be answered within {limit} day):",
            "Inquiries waiting (to be answered within {limit} days):",
            status.limit,
        )
        yield Text(title.format(limit=status.limit), style="bold")
        yield _grid([(one.id, _days(one), _about(registry, one.id, with_names=with_names)) for one in new])
    if answered:
        yield Text(_("Answered, and still open:"), style="bold")
        yield _grid([(one.id, _days(one), _about(registry, one.id, with_names=with_names)) for one in answered])
    if status.reminders:
        yield Text(_("Reminders:"), style="bold")
        yield _grid(
            [
                (
                    one.id,
                    cells.value(one.date, None, {}),
                    _member(registry, one.id, with_names=with_names),
                    cells.text(one.text),
                )
                for one in status.reminders
            ]
        )
    if status.retention_due:
        yield Text(_("Kept for as long as they may be:"), style="bold")
        yield _grid([(id, _about(registry, id, with_names=with_names)) for id in status.retention_due])
    if status.contacts_due:
        yield Text(_("Contacts of former members, kept for as long as they may be:"), style="bold")
        yield _grid(
            [(one.id, _left(one), _member(registry, one.id, with_names=with_names)) for one in status.contacts_due]
        )
    if status.findings["error"] or status.findings["warning"]:
        said = counted(errors=status.findings["error"], warnings=status.findings["warning"])
        yield Text.assemble((_("Findings:"), "bold"), " ", said)
        yield Text("  " + _('"pkes check" shows them'))


def _about(registry: Registry, id: str, *, with_names: bool) -> Text:
    """Return what distinguishes an inquiry from others: who asks, what for, and from where."""
    inquiry = registry.inquiries[id]
    topic = word(inquiry.topic, fields(Inquiry)["topic"]) if inquiry.topic else ""
    said = (who(inquiry) if with_names else "", topic, inquiry.town or "")
    return cells.text(", ".join(one for one in said if one))


def _member(registry: Registry, id: str, *, with_names: bool) -> Text:
    """Return what tells a member from others: its name, and where it is from; nothing off a terminal."""
    if not with_names:
        return Text("")
    member = registry.members[id]
    return cells.text(", ".join(filter(None, (member.name, member.town))))


def _days(one: Waiting) -> Text:
    if one.days is None:
        return Text(_("nobody knows since when"))
    said = Text(ngettext("{count} day", "{count} days", one.days).format(count=one.days))
    if one.late:
        late = ngettext("{count} day late", "{count} days late", one.late).format(count=one.late)
        said.append(f", {late}", style="bold red")
    return said


def _left(one: Leaving) -> Text:
    return cells.value(one.left, None, {})


def _grid(rows: Sequence[tuple[str, *tuple[Text, ...]]]) -> Table:
    grid = Table.grid(padding=(0, 2, 0, 0))
    for title, *said in rows:
        grid.add_row(Text("  ") + cells.text(title), *(one for one in said if one.plain))
    return grid
