"""What needs doing: the coordinator's morning page."""

import datetime
from collections.abc import Iterator

from pkes.cli.messages.findings import counted
from pkes.cli.messages.values import word
from pkes.cli.views.outline import Cell, Grid, Part, Piece
from pkes.i18n import _, ngettext
from pkes.model.dates import PartialDate
from pkes.model.records import Inquiry, Registry, fields
from pkes.registry.overview import Leaving, Status, Waiting
from pkes.text.characters import safe


def page(
    status: Status, registry: Registry, today: datetime.date, language: str, unsaved: str, *, with_names: bool
) -> Iterator[Part]:
    """Yield the parts of the page that have something to do, or one line that says that there is nothing.

    `unsaved` says what is not saved, "" where all is. Who asks and members are named where `with_names`:
    on a terminal alone.
    """
    if status.is_quiet and not unsaved:
        yield [Piece(_("Nothing needs doing."), "bold green")]
    else:
        yield from _work(status, registry, with_names=with_names)
    if status.leaving:
        yield _title(_("Leaving:"))
        yield _grid([(one.id, _left(one), _member(registry, one.id, with_names=with_names)) for one in status.leaving])
    yield from _members(status, registry, today, with_names=with_names)
    yield []
    yield _title(_("Members by sector:"))
    yield _grid([(sector.label(language), [Piece(str(count))]) for sector, count in status.sectors])
    if unsaved:
        yield []
        yield _title(unsaved)
        yield [Piece("  " + _('"pkes save" saves it'))]


def _members(status: Status, registry: Registry, today: datetime.date, *, with_names: bool) -> Iterator[Part]:
    """Yield what there is to be asked of members: no work of today."""
    if status.unconfirmed:
        count = len(status.unconfirmed)
        said = ngettext(
            "The facts of {count} member have not been confirmed for longer than the policy has",
            "The facts of {count} members have not been confirmed for longer than the policy has",
            count,
        )
        yield _title(said.format(count=count))
        yield [Piece("  " + _('"pkes list --unconfirmed" shows them'))]
    if status.social_enterprises:
        said = _("Social enterprises that report to the voivode by {day}:").format(day=f"{today.year:04}-03-31")
        yield _title(said)
        yield _grid([(id, _member(registry, id, with_names=with_names)) for id in status.social_enterprises])


def _work(status: Status, registry: Registry, *, with_names: bool) -> Iterator[Part]:
    new = [one for one in status.waiting if one.status != "answered"]
    answered = [one for one in status.waiting if one.status == "answered"]
    if new:
        title = ngettext(
            "Inquiries waiting (to be answered within {limit} day):",
            "Inquiries waiting (to be answered within {limit} days):",
            status.limit,
        )
        yield _title(title.format(limit=status.limit))
        yield _grid([(one.id, _days(one), _about(registry, one.id, with_names=with_names)) for one in new])
    if answered:
        yield _title(_("Answered, and still open:"))
        yield _grid([(one.id, _days(one), _about(registry, one.id, with_names=with_names)) for one in answered])
    if status.reminders:
        yield _title(_("Reminders:"))
        yield _grid(
            [
                (
                    one.id,
                    _day(one.date),
                    _member(registry, one.id, with_names=with_names),
                    _cell(one.text),
                )
                for one in status.reminders
            ]
        )
    if status.retention_due:
        yield _title(_("Kept for as long as they may be:"))
        yield _grid([(id, _about(registry, id, with_names=with_names)) for id in status.retention_due])
    if status.contacts_due:
        yield _title(_("Contacts of former members, kept for as long as they may be:"))
        yield _grid(
            [(one.id, _left(one), _member(registry, one.id, with_names=with_names)) for one in status.contacts_due]
        )
    if status.findings["error"] or status.findings["warning"]:
        said = counted(errors=status.findings["error"], warnings=status.findings["warning"])
        yield [Piece(_("Findings:"), "bold"), Piece(f" {said}")]
        yield [Piece("  " + _('"pkes check" shows them'))]


def _about(registry: Registry, id: str, *, with_names: bool) -> Cell:
    """Return what distinguishes an inquiry from others: who asks, what for, and from where."""
    inquiry = registry.inquiries[id]
    name = ""
    if with_names:
        from pkes.cli.views.lists import who

        name = who(inquiry)
    topic = word(inquiry.topic, fields(Inquiry)["topic"]) if inquiry.topic else ""
    said = (name, topic, inquiry.town or "")
    return _cell(", ".join(one for one in said if one))


def _member(registry: Registry, id: str, *, with_names: bool) -> Cell:
    """Return what tells a member from others: its name, and where it is from; nothing off a terminal."""
    if not with_names:
        return []
    member = registry.members[id]
    return _cell(", ".join(filter(None, (member.name, member.town))))


def _days(one: Waiting) -> Cell:
    if one.days is None:
        return [Piece(_("nobody knows since when"))]
    said = [Piece(ngettext("{count} day", "{count} days", one.days).format(count=one.days))]
    if one.late:
        late = ngettext("{count} day late", "{count} days late", one.late).format(count=one.late)
        said.append(Piece(f", {late}", "bold red"))
    return said


def _left(one: Leaving) -> Cell:
    return _day(one.left)


def _day(held: PartialDate | datetime.date | None) -> Cell:
    return _cell("" if held is None else str(held))


def _cell(text: str) -> Cell:
    return [Piece(safe(text))] if text else []


def _title(text: str) -> Cell:
    return [Piece(text, "bold")]


def _grid(rows: list[tuple[str, *tuple[Cell, ...]]]) -> Grid:
    return Grid([[[Piece("  " + safe(title))], *filter(None, said)] for title, *said in rows])
