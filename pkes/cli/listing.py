"""What the options of a list ask for: which records, in which order, and which of their fields."""

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from inspect import Parameter, signature
from typing import Annotated, Any, TypeVar

import typer
from msgspec import Struct

from pkes.cli import options
from pkes.cli.messages.values import labelled
from pkes.cli.state import State
from pkes.errors import gathered
from pkes.i18n import N_, _
from pkes.model import records as model
from pkes.model.records import KIND, STATUSES, Kind, Record, Registry, fields
from pkes.registry.selection import (
    INQUIRY_STATUSES,
    MEMBER_STATUSES,
    Filters,
    find_sector,
    known,
    known_field,
    select,
    sort,
)
from pkes.text.collation import fold, nearest

R = TypeVar("R", bound=Record)


class ListKind(Struct, frozen=True):
    """A kind with a list command: its statuses, the default status and order, and its filters."""

    kind: Kind
    statuses: Sequence[str]
    status: str
    status_help: str
    order: str
    filters: tuple[str, ...]


MEMBERS = ListKind(
    KIND["member"], MEMBER_STATUSES, "current", N_("current, former or all."), "name",
    ("sector", "town", "county", "legal_form", "tags", "offers", "needs", "search", "present", "absent",
     "unconfirmed"),
)  # fmt: skip
INQUIRIES = ListKind(
    KIND["inquiry"], INQUIRY_STATUSES, "open", N_("open (new or answered), all, or one status: {statuses}."),
    "received", ("sector", "search", "overdue"),
)  # fmt: skip


def _field(*names: str, metavar: str, help: str) -> Any:
    return Annotated[list[str] | None, typer.Option(*names, metavar=metavar, help=help)]


_FILTERS = {
    "sector": _field("-s", "--sector", metavar="S", help=_("Only of this sector; may be repeated.")),
    "town": _field("--town", metavar=_("TOWN"), help=_("Only from this town.")),
    "county": _field("--county", metavar=_("COUNTY"), help=_("Only from this county.")),
    "legal_form": _field("--legal-form", metavar=_("FORM"), help=_("Only of this legal form.")),
    "tags": _field("--tags", metavar=_("TAG"), help=_("Only with this tag.")),
    "offers": _field("--offers", metavar=_("OFFER"), help=_("Only who offers this.")),
    "needs": _field("--needs", metavar=_("NEED"), help=_("Only who needs this.")),
    "search": Annotated[
        str | None, typer.Option("-q", "--search", metavar=_("TEXT"), help=_("Only where a text field holds this."))
    ],
    "present": _field("--with", metavar=_("FIELD"), help=_("Only with a value in this field.")),
    "absent": _field("--without", metavar=_("FIELD"), help=_("Only without one, as who has no e-mail.")),
    "overdue": Annotated[bool, typer.Option("--overdue", help=_("Only those that should have been answered."))],
    "unconfirmed": Annotated[
        bool,
        typer.Option("--unconfirmed", help=_("Only whose facts were not confirmed for longer than the policy has.")),
    ],
}
_FLAGS = ("overdue", "unconfirmed")
"""The filters that are no text, but said or not."""
_ORDER = {
    "sort": Annotated[
        str | None, typer.Option("--sort", metavar=_("FIELD"), help=_("The order; -FIELD is the other way round."))
    ],
    "fields": Annotated[
        str | None, typer.Option("--fields", metavar="A,B,C", help=_("Show these fields, in this order."))
    ],
    "limit": options.Limit,
}


class Wanted(Struct, frozen=True):
    """The options of a list, by name, as they were given."""

    options: Mapping[str, Any] = {}

    @property
    def given(self) -> list[str]:
        """The names of the options that were given."""
        return [name for name, value in self.options.items() if value not in (None, []) and value is not False]

    def narrowing(self, kind: ListKind) -> list[str]:
        """The names of the given options that narrow the records of a kind.

        `--status all` and an empty search do not.
        """
        all_fit = {"status": self.status(kind) == "all", "search": not (self.options.get("search") or "").strip()}
        return [name for name in self.given if not all_fit.get(name)]

    def status(self, kind: ListKind) -> str:
        """Return the wanted status, or the default one. Raises `UnknownName`."""
        given = self.options.get("status")
        return kind.status if given is None else known("status", given, kind.statuses)

    def filters(self, kind: ListKind, registry: Registry) -> Filters:
        """Return the filters, the status too. Raises `UnknownName`, `Several` of them."""
        struct, status = kind.kind.struct, kind.status
        named = set(kind.filters) & fields(struct).keys()  # `status` is a field, too
        equals = {name: self.options[name] for name in self.given if name in named}
        with gathered() as step:
            if "sector" in equals:
                equals["sector"] = _each(lambda one: find_sector(registry, one), equals["sector"], step)
            with step():
                status = self.status(kind)
            present, absent = (
                tuple(_each(lambda one: _read_field(one, struct), self.options.get(name) or (), step))
                for name in ("present", "absent")
            )
        return Filters(equals, self.options.get("search") or "", status, present, absent)

    def records(self, kind: ListKind, registry: Registry, today: datetime.date) -> Sequence[Record]:
        """Return the records of a kind, limited to those overdue or unconfirmed on a day if that is wanted."""
        held = list(model.records(registry, kind.kind).values())
        if self.options.get("overdue"):
            from pkes.registry.inquiries import is_overdue

            return [one for one in held if isinstance(one, model.Inquiry) and is_overdue(registry, one, today)]
        if self.options.get("unconfirmed"):
            from pkes.registry.members import is_unconfirmed

            return [one for one in held if isinstance(one, model.Member) and is_unconfirmed(registry, one, today)]
        return held


def option(name: str) -> str:
    """Return the spelling of a list option for its parameter name."""
    return "--" + {"present": "with", "absent": "without"}.get(name, name).replace("_", "-")


def with_list_options(
    *kinds: ListKind, status_help: str | None = None, ordered: bool = True
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command the list options of some kinds, in place of its parameter `wanted` (a `Wanted`).

    For a single kind, its status and order are the defaults. A command that is not `ordered` has only the filters,
    without defaults.
    """
    names = [name for name in _FILTERS if any(name in kind.filters for kind in kinds)]
    said = _(kinds[0].status_help).format(statuses=labelled({one: one for one in STATUSES}))
    status = Annotated[str | None, typer.Option(metavar=_("STATUS"), help=status_help or said)]
    shown: dict[str, Any] = {name: _FILTERS[name] for name in names if name not in _FLAGS} | {"status": status}
    shown |= {name: _FILTERS[name] for name in names if name in _FLAGS} | (_ORDER if ordered else {})
    defaults = {"status": kinds[0].status, "sort": kinds[0].order} if len(kinds) == 1 and ordered else {}
    added = [
        Parameter(
            name,
            Parameter.POSITIONAL_OR_KEYWORD,
            default=defaults.get(name, False if name in _FLAGS else None),
            annotation=option,
        )
        for name, option in shown.items()
    ]

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        def decorated(**arguments: Any) -> None:
            given = {name: arguments.pop(name) for name in shown}
            command(**arguments, wanted=Wanted(given))

        own = signature(command).parameters.values()
        parameters = [one for held in own for one in (added if held.name == "wanted" else [held])]
        return options.with_parameters(decorated, command, parameters)

    return decorate


class Listing(Struct, frozen=True):
    """How to show a list. `chosen` says that the user named the columns: then none may be left out."""

    struct: type[Record]
    columns: tuple[str, ...]
    chosen: bool
    field: str
    descending: bool
    limit: int | None
    as_json: bool
    headers: bool


def read_listing(
    kind: ListKind, columns: tuple[str, ...], wanted: Wanted, *, as_json: bool = False, headers: bool = True
) -> Listing:
    """Read which columns of a list are wanted, and its order; `columns` are the default.

    Raises `UnknownName`, `Several` of them, and `typer.BadParameter` for a field named twice.
    """
    struct = kind.kind.struct
    named, order = wanted.options.get("fields"), wanted.options.get("sort")
    order = field = kind.order if order is None else order.strip()
    with gathered() as step:
        with step():
            columns = columns if named is None else _read_columns(named, struct)
        with step():
            field = _read_field(order.removeprefix("-"), struct)
    return Listing(
        struct=struct,
        columns=columns,
        chosen=named is not None,
        field=field,
        descending=order.startswith("-"),
        limit=wanted.options.get("limit"),
        as_json=as_json,
        headers=headers,
    )


def read_wanted(
    kind: ListKind,
    columns: tuple[str, ...],
    wanted: Wanted,
    registry: Registry,
    *,
    as_json: bool = False,
    headers: bool = True,
) -> tuple[Listing, Filters]:
    """Read how a list of a registry is to be shown, as `read_listing` does, and its filters.

    Raises what `read_listing` and `Wanted.filters` raise, `Several` of it.
    """
    with gathered() as step:
        with step():
            listing = read_listing(kind, columns, wanted, as_json=as_json, headers=headers)
        with step():
            filters = wanted.filters(kind, registry)
    return listing, filters


def choose(listing: Listing, records: Iterable[R], filters: Filters, state: State) -> list[R]:
    """Return the records that a list shows, in its order."""
    found = select(records, filters, state.today)
    return sort(found, listing.field, listing.descending)[: listing.limit]


def missing_values(records: Sequence[Record], filters: Filters) -> list[tuple[str, str, list[str]]]:
    """Return each field with a wanted value that no record has, and the nearest existing values."""
    missing = []
    for field, wanted in filters.equals.items():
        held = {fold(value): value for record in records for value in _texts(getattr(record, field))}
        for word in wanted:
            if fold(word.strip()) not in held:
                missing.append((field, word, nearest(word, held.values())))
    return missing


def _read_columns(named: str, struct: type[Record]) -> tuple[str, ...]:
    with gathered() as step:
        names = _each(lambda text: _read_field(text, struct), named.split(","), step)
    for name in names:
        if names.count(name) > 1:
            raise typer.BadParameter(_('"{name}" is named twice').format(name=name), param_hint="--fields")
    return tuple(names)


def _each(
    read: Callable[[str], str], texts: Iterable[str], step: Callable[[], AbstractContextManager[None]]
) -> list[str]:
    """Return what each of several texts is read as; what one of them raises is gathered."""
    found = []
    for text in texts:
        with step():
            found.append(read(text))
    return found


def _read_field(text: str, struct: type[Record]) -> str:
    """Return the name of a field that is given by its name, option or title."""
    return known_field(struct, text.strip())


def _texts(value: Any) -> list[str]:
    return [item for item in (value if isinstance(value, list) else [value]) if item]
