"""The command that exports records in the formats of other programs."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer
from msgspec import structs
from msgspec.structs import replace

from pkes.cli import past
from pkes.cli.delivery import FORMATS, Delivery, read_delivery, refuse_registry
from pkes.cli.listing import INQUIRIES, MEMBERS, Listing, ListKind, Wanted, option, read_wanted, with_list_options
from pkes.cli.messages.values import field_name
from pkes.cli.state import State, load
from pkes.cli.terminal import output
from pkes.errors import gathered
from pkes.formats.records import Export, all_columns
from pkes.i18n import _, ngettext
from pkes.model import records as model
from pkes.model.records import KIND, Kind, KindName, Member, Record, Registry, fields
from pkes.registry import publishing
from pkes.registry.selection import Filters, known, select, sort

app = typer.Typer()

EVERYTHING = "all"
"""The name for the whole registry, used instead of a kind."""

_KINDS_OF: Mapping[str, tuple[KindName, ...]] = {
    "sqlite": ("member", "inquiry", "cluster", "policy"),
    "xlsx": ("member", "inquiry", "cluster"),
}
"""The kinds in the formats that can contain several."""

KINDS = {"members": MEMBERS, "inquiries": INQUIRIES}
_Kind = Annotated[
    str, typer.Argument(metavar="members|inquiries|all", help=_("What to export; all goes into xlsx or sqlite."))
]
_Format = Annotated[
    str | None,
    typer.Option("-f", "--format", metavar=_("FORMAT"), help=_("One of {formats}.").format(formats=", ".join(FORMATS))),
]
_File = Annotated[
    Path | None,
    typer.Option(
        "-o", "--output", metavar=_("FILE"), readable=False, help=_("The file to write; its suffix tells the format.")
    ),
]
_Public = Annotated[bool, typer.Option("--public", help=_("Leave out what is not for lists that are published."))]
_Excel = Annotated[
    bool, typer.Option("--excel", help=_("A csv that Polish Excel opens right: to look at, not to import."))
]
_Labels = Annotated[
    bool | None,
    typer.Option(
        "--labels/--no-labels", help=_("Titles and labels, to hand on (csv, markdown; xlsx without being asked).")
    ),
]


@app.command("export", help=_("Write records in a format of other programs."), rich_help_panel=_("Exchange"))
@with_list_options(MEMBERS, INQUIRIES, status_help=_("As in their lists (current, open); all leaves none out."))
def export_records(
    context: typer.Context,
    kind: _Kind = "members",
    format: _Format = None,
    file: _File = None,
    *,
    wanted: Wanted,
    on: past.On = None,
    public: _Public = False,
    excel: _Excel = False,
    labels: _Labels = None,
) -> None:
    """Write records to stdout or a file."""
    state: State = context.obj
    kind = known("kind", kind, [*KINDS, EVERYTHING])
    default = "sqlite" if kind == EVERYTHING else "csv"
    delivery = partial(read_delivery, format, file, default=default, excel=excel, labels=labels)
    if kind == EVERYTHING:
        given = [name for name in wanted.given if (name, wanted.options[name]) != ("status", "all")]
        _export_everything([*given, *["on"] * (on is not None), *["public"] * public], delivery(), state)
    else:
        _export(KINDS[kind], wanted, delivery, state, on, public=public)


def _export(
    kind: ListKind, wanted: Wanted, read: Callable[[], Delivery], state: State, on: str | None, *, public: bool
) -> None:
    """Export the records of one kind that are wanted, where `read` says; of members with `on`, those of that day."""
    known_filters = (*kind.filters, "status", "sort", "fields", "limit")
    foreign = [name for name in wanted.given if name not in known_filters]
    if on is not None and kind.kind.name == "inquiry":
        foreign.append("on")
    _refuse(foreign, _("{kind} have no such filter").format(kind=kind.kind.table))
    registry = load(state).registry
    with gathered() as step:
        with step():
            delivery = read()
        with step():
            listing, filters = _read_wanted(kind, wanted, registry, public=public)
        with step():
            state, registry = past.as_of(state, registry, on)
    if delivery.format == "jsonld" and kind.kind.name == "inquiry":
        raise typer.BadParameter(_("inquiries are not for lists that are published"), param_hint="jsonld")
    refuse_registry(delivery.file, state.path)
    records = wanted.records(kind, registry, state.today)
    found = _choose(kind, records, listing, filters, state, says="status" not in wanted.given)
    if public:
        found = [publishing.published(record) for record in found if isinstance(record, Member)]
    if on is not None:
        past.hint_at_undated(one for one in found if isinstance(one, Member))
    if not listing.chosen:
        _warn_of_unknown(found)
    export = Export(kind.kind, listing.columns, found, registry.sectors, cluster=registry.cluster)
    delivery.deliver(_labelled(export, registry) if delivery.labelled else export)


def _export_everything(given: Sequence[str], delivery: Delivery, state: State) -> None:
    """Export the whole registry, with the cluster and, in a database, the policy; no filter may be `given`."""
    if delivery.format not in _KINDS_OF:
        raise typer.BadParameter(_("only xlsx and sqlite hold all kinds in one file"), param_hint=EVERYTHING)
    _refuse(given, _('it does not go with "{kind}"').format(kind=EVERYTHING))
    refuse_registry(delivery.file, state.path)
    registry = load(state).registry
    held = [record for kind in model.KINDS for record in model.records(registry, kind).values()]
    _warn_of_unknown(held, registry.extra)
    members, *others = (_whole(KIND[name], delivery, registry) for name in _KINDS_OF[delivery.format])
    delivery.deliver(members._replace(sectors=registry.sectors, others=others))


def _whole(kind: Kind, delivery: Delivery, registry: Registry) -> Export:
    """Return all records of a kind; in a database, where rows need keys, the cluster and the policy have an id."""
    records = list(model.records(registry, kind).values())
    if not kind.keyed:
        records = [structs.replace(record, id=kind.name) for record in records]
    has_id = kind.keyed or delivery.format == "sqlite"
    export = Export(kind, all_columns(kind) if has_id else tuple(fields(kind.struct)), records)
    return _labelled(export, registry) if delivery.labelled else export


def _labelled(export: Export, registry: Registry) -> Export:
    from pkes.cli.messages.labels import labels

    return export._replace(labels=labels(export.kind, registry))


def _refuse(names: Sequence[str], what: str) -> None:
    """Raise `typer.BadParameter` for the first of the given options."""
    if names:
        raise typer.BadParameter(what, param_hint=option(names[0]))


def _read_wanted(kind: ListKind, wanted: Wanted, registry: Registry, *, public: bool) -> tuple[Listing, Filters]:
    """Read which fields and records are wanted, and the order.

    Raises as `read_wanted`, and `typer.BadParameter` where some fields are not public.
    """
    if public and kind.kind.name == "inquiry":
        raise typer.BadParameter(_("inquiries are not for lists that are published"), param_hint="--public")
    hidden = publishing.HIDDEN if public else ()
    columns = tuple(name for name in all_columns(kind.kind) if name not in hidden)
    listing, filters = read_wanted(kind, columns, wanted, registry)
    if refused := [name for name in listing.columns if name in hidden]:
        what = _("it leaves out {fields}").format(fields=", ".join(map(field_name, refused)))
        raise typer.BadParameter(what, param_hint="--public")
    return listing, filters


def _choose(
    kind: ListKind, records: Sequence[Record], listing: Listing, filters: Filters, state: State, *, says: bool
) -> Sequence[Record]:
    """Return the records that are wanted, in order; where it `says` so, stderr has how many the status leaves out."""
    fitting = select(records, replace(filters, status="all"), state.today)
    found = select(fitting, Filters(status=filters.status), state.today)
    left_out = len(fitting) - len(found)
    if says and left_out:
        output.hint(_left_out(kind.kind, left_out))
    elif not found:
        _hint_at_nothing(kind.kind, records, filters, state)
    return sort(found, listing.field, listing.descending)[: listing.limit]


def _left_out(kind: Kind, count: int) -> str:
    if kind.name == "member":
        what = ngettext(
            "{count} former member is left out (--status all takes it)",
            "{count} former members are left out (--status all takes them)",
            count,
        )
    else:
        what = ngettext(
            "{count} inquiry that is not open is left out (--status all takes it)",
            "{count} inquiries that are not open are left out (--status all takes them)",
            count,
        )
    return what.format(count=count)


def _hint_at_nothing(kind: Kind, records: Sequence[Any], filters: Filters, state: State) -> None:
    """Say on stderr why nothing is exported, as the list command of that kind does."""
    if kind.name == "inquiry":
        output.hint(_("no open inquiry fits") if filters.status == "open" else _("no inquiry fits"))
    else:
        from pkes.cli.commands.members import hint_at_nothing

        hint_at_nothing(list(records), filters, state)


def _warn_of_unknown(records: Iterable[Record], others: Iterable[str] = ()) -> None:
    """Warn about unknown keys, which no format exports."""
    names = list(dict.fromkeys([*(key for record in records for key in record.extra), *others]))
    if names:
        what = ngettext("an unknown key is not exported: {names}", "unknown keys are not exported: {names}", len(names))
        output.warn(what.format(names=", ".join(names)))
