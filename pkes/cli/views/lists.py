"""A list of records as a table that fits the terminal: nothing is cut, and omitted columns are named."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from rich.console import RenderableType
from rich.style import Style
from rich.text import Text

from pkes.cli.listing import Listing
from pkes.cli.views import cells
from pkes.cli.views.tables import Column, column, fits, stacked, table, widths
from pkes.i18n import _
from pkes.model.records import Inquiry, Member, Record, fields
from pkes.text.characters import safe

if TYPE_CHECKING:
    from pkes.registry.overview import Waiting

NAME_ROOM = 32
"""The room for a name before other columns get any: most members' names take one line, the others two."""

ORDERS: Mapping[type[Record], tuple[str, ...]] = {
    Member: ("name", "town", "left", "sector", "email", "phone", "legal_form", "id"),
    Inquiry: ("received", "days", "status", "who", "topic", "town", "id"),
}
"""The columns of a list if the user names none, by importance: as many as fit are shown."""

_KEPT = ("name", "who", "received", "status")
"""The columns that are always shown."""
_WHOLE = ("phone", "postal-code")
"""The forms of values that stay on one line; dates do, too."""
_STYLES = {"id": Style(color="cyan"), "name": Style(bold=True), "who": Style(bold=True)}
_ALARM = Style(bold=True, color="red")


def records(
    listing: Listing,
    found: Sequence[Record],
    labels: Mapping[str, str],
    count: str,
    room: int,
    waiting: "Mapping[str, Waiting]",
) -> Iterator[RenderableType]:
    """Yield the table of a list, with headings for sectors if it is sorted by them, and a line below.

    `labels` are those of the sectors, `count` says how many records there are, `room` is the terminal's width. For
    `waiting` inquiries, the days of waiting are shown beside the day of receipt. Columns that the user did not choose
    are left out if they are empty or have no room; the line below names the latter.
    """
    by_sector = listing.field == "sector" and listing.headers
    names = listing.columns if listing.chosen else ORDERS[listing.struct]
    columns = [
        _column(listing.struct, name, found, labels, waiting)
        for name in names
        if listing.chosen or name != "sector" or not by_sector
    ]
    if not listing.chosen:
        columns = [one for one in columns if one.name in _KEPT or any(one.texts)]
    shown = columns if listing.chosen else _fitting(columns, room)
    if not found:
        pass
    elif not fits(shown, room):
        yield from stacked(columns, len(found), room)
        shown = columns
    elif by_sector:
        yield from _sections(found, labels, shown, widths(shown, room))
    else:
        yield from table(shown, widths(shown, room), range(len(found)), header=listing.headers)
    if listing.headers:
        names_shown = {one.name for one in shown}
        yield _below(count, [one.title for one in columns if one.name not in names_shown])


def _sections(
    found: Sequence[Record], labels: Mapping[str, str], columns: Sequence[Column], widths: Sequence[int]
) -> Iterator[RenderableType]:
    yield from table(columns, widths, range(0), header=True)
    sector_of = attrgetter("sector")
    for sector, group in groupby(range(len(found)), lambda row: sector_of(found[row]) or ""):
        rows = list(group)
        label = labels.get(sector, sector) or _("no sector")
        yield Text.assemble(cells.text(label, "bold green"), f" · {len(rows)}")
        yield from table(columns, widths, rows, header=False)
        yield Text("")


def _column(
    struct: type[Record],
    name: str,
    found: Sequence[Record],
    labels: Mapping[str, str],
    waiting: "Mapping[str, Waiting]",
) -> Column:
    if name == "days":
        delays = [waiting.get(record.id) for record in found]
        return column(
            name, _("Days"), [_days(one) for one in delays], own_style=lambda row: _alarm(delays[row]), whole=True
        )
    if name == "who":
        askers = [safe(who(record)) for record in found]
        return column(name, _("Who"), askers, room=NAME_ROOM, style=_STYLES[name])
    field = fields(struct).get(name)
    title = _(field.title) if field else _("Id")
    held = [getattr(record, name) for record in found]
    return column(
        name,
        title,
        [cells.words(one, field, labels) for one in held],
        room=NAME_ROOM if name == "name" else 0,
        style=_STYLES.get(name),
        own_style=lambda row: cells.link(held[row], field),
        whole=field is not None and (field.form in _WHOLE or field.type in ("date", "partial-date")),
    )


def who(inquiry: Record) -> str:
    """Return who asks: the organisation, or else the person, or ""."""
    return getattr(inquiry, "name", None) or getattr(inquiry, "person", None) or ""


def _days(waiting: "Waiting | None") -> str:
    if waiting is None:
        return ""
    # The sign can be read without colour, too.
    return f"{waiting.days} !" if waiting.overdue else str(waiting.days)


def _alarm(waiting: "Waiting | None") -> Style | None:
    return _ALARM if waiting is not None and waiting.overdue else None


def _fitting(columns: Sequence[Column], room: int) -> list[Column]:
    """Return the columns that fit, each on one line except names; the id is shown only if all others fit."""
    shown: list[Column] = []
    for one in columns:
        whole = one._replace(min_width=min(one.max_width, NAME_ROOM) if one.name in ("name", "who") else one.max_width)
        if one.name == "id" and len(shown) < len(columns) - 1:
            break
        if one.name in _KEPT or fits([*shown, whole], room):
            shown.append(whole if fits([*shown, whole], room) else one)
    return shown


def _below(count: str, left_out: Sequence[str]) -> Text:
    said = Text(count, style="dim")
    if left_out:
        what = _("no room here for: {fields} (--fields shows what you choose)")
        said.append(" · " + what.format(fields=", ".join(left_out)))
    return said
