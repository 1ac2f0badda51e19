"""One whole record, as a grid of titles and values."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from pkes.cli.messages.values import KIND_WORDS, named
from pkes.cli.views import cells
from pkes.i18n import _
from pkes.model.records import (
    KIND,
    Cluster,
    Inquiry,
    KindName,
    Member,
    Policy,
    Record,
    Registry,
    fields,
    records,
    toml_items,
)
from pkes.privacy.report import DataItem
from pkes.registry.overview import POLICY_DEFAULTS


def whole(registry: Registry, record: Record, labels: Mapping[str, str]) -> Iterator[RenderableType]:
    """Yield a record without unset fields; for a member, the inquiry that it came from, too.

    `labels` are those of the sectors.
    """
    yield _grid(record, labels)
    inquiry = _origin(registry, record)
    if inquiry is not None:
        yield Text("")
        yield Text(_("The inquiry it came from"), style="bold")
        yield _grid(inquiry, labels)


def policy(held: Policy) -> RenderableType:
    """Return the policy with the values in force: those that are set, then the defaults of the others."""
    grid = _grid(held, {})
    for name, default in POLICY_DEFAULTS.items():
        if getattr(held, name) is None:
            field = fields(Policy)[name]
            shown = Text.assemble(cells.value(default, field, {}), " ", (_("(default)"), "dim"))
            grid.add_row(Text(_(field.title)), shown)
    return grid


def _origin(registry: Registry, record: Record) -> Inquiry | None:
    origin = record.inquiry if isinstance(record, Member) else None
    return None if origin is None else registry.inquiries.get(origin)


def _grid(record: Record, labels: Mapping[str, str]) -> Table:
    known = fields(type(record))
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(style="dim", overflow="fold", ratio=None)
    grid.add_column(overflow="fold")
    if record.id:
        grid.add_row(Text(_("Id")), cells.text(record.id, "cyan"))
    for name, held in toml_items(record):
        if name == "id" or held in ("", []):
            continue
        field = known.get(name)
        title = Text(_(field.title)) if field else cells.text(named(name))
        grid.add_row(title, cells.value(held, field, labels, separator="\n"))
    return grid


def report(text: str, found: Sequence[DataItem], registry: Registry, language: str) -> Iterator[RenderableType]:
    """Yield the data found about a person as a page: each record below its name, with the lines of the file."""
    yield Text.assemble(_("What the registry holds about:"), " ", cells.text(text, "bold"))
    labels = {id: sector.label(language) for id, sector in registry.sectors.items()}
    for (kind, id), group in groupby(found, key=lambda held: (held.kind, held.id)):
        yield Text("")
        pieces = [*group]
        yield _heading(kind, id, registry, [held.line for held in pieces])
        known = fields(KIND[kind].struct) if kind in KIND else {}
        grid = Table.grid(padding=(0, 2, 0, 0))
        grid.add_column(style="dim", overflow="fold")
        grid.add_column(overflow="fold")
        for held in pieces:
            field = known.get(held.field or "")
            title = _(field.title) if field else _("Comment") if held.field is None else named(held.field)
            value = held.value.removeprefix("#").strip() if held.field is None else held.value
            grid.add_row(cells.text(f"  {title}"), cells.value(value, field, labels, separator="\n"))
        yield grid


def _heading(kind: KindName, id: str | None, registry: Registry, lines: Sequence[int]) -> Text:
    """Return the name of a record, or its kind and id, with the lines where something was found."""
    record = records(registry, KIND[kind]).get(id or "") if kind in KIND else None
    name = record.name if isinstance(record, Member | Cluster) else None
    what = Text.assemble(
        *((cells.text(name, "bold"), ", ") if name else ()),
        (_(KIND_WORDS[kind]), "" if name else "bold"),
        *((" ", cells.text(named(id), "cyan")) if id is not None else ()),
    )
    first, last = min(lines), max(lines)
    where = _("line {line}").format(line=first) if first == last else _("lines {first} to {last}")
    return what.append(f" ({where.format(first=first, last=last)})", style="dim")
