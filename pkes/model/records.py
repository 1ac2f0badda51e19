"""The records of a registry: their fields, types, order and descriptions, written once.

The JSON keys, the columns and the option names all derive from the structs below. A field holds the value in the file,
right or wrong: only the TOML type is enforced here, and `checks` finds wrong values. `None` is an absent field, as
distinct from an empty one.
"""

import datetime
import re
from collections.abc import Iterator, Mapping
from functools import cache
from operator import attrgetter
from typing import Annotated, Any, Literal, NamedTuple, TypeVar, cast

from msgspec import Meta, Struct, structs

from pkes.i18n import N_
from pkes.model.dates import PartialDate

FORMAT = 1
"""The newest format of the file that this program knows."""

ID = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?")
"""The form of an id. A dash at the start would make it look like an option."""

# Views for people translate these words; the file, the commands and output for programs use them as they are.
CHANNELS = (N_("phone"), N_("email"), N_("web"), N_("letter"), N_("meeting"))
TOPICS = (N_("join"), N_("cooperate"), N_("information"))
STATUSES = (N_("new"), N_("answered"), N_("accepted"), N_("closed"), N_("declined"), N_("withdrawn"))

Form = Literal[
    "line", "text", "id", "email", "phone", "postal-code", "website", "krs", "nip", "regon",
    "sector", "member", "inquiry", "choice",
]  # fmt: skip
"""The form that the text of a field must have; `values.py` reads and checks each form."""


def about(
    title: str,
    description: str,
    form: Form = "line",
    *,
    required: bool = False,
    personal: bool = False,
    by_command: bool = False,
    choices: tuple[str, ...] = (),
    past: bool = False,
    shared: bool = False,
) -> Meta:
    """Describe a field.

    `title` is the header of its column. A `personal` field may contain personal data. A `by_command` field is set only
    by a step or a command of its own, never by `edit`. A `past` date lies in the past: it is not after today. Records
    share the values of a `shared` field, such as the name of a town: completion offers them, and spelling is checked.
    """
    return Meta(
        title=title,
        description=description,
        extra={
            "form": "choice" if choices else form,
            "required": required,
            "personal": personal,
            "by_command": by_command,
            "choices": choices,
            "past": past,
            "shared": shared,
        },
    )


class Record(Struct, frozen=True, kw_only=True):
    """Base of all records: the id (the record's key; "" for the cluster and the policy), and unknown keys."""

    id: str = ""
    extra: dict[str, Any] = {}


class Texts(Record, frozen=True, kw_only=True):
    """The cluster's texts in English (`[cluster.en]`); unknown keys in it are kept in the cluster."""

    name: Annotated[str | None, about(N_("English name"), N_("Full name in English"))] = None
    description: Annotated[
        str | None, about(N_("English description"), N_("What the cluster is, in English"), "text")
    ] = None
    composition: Annotated[
        str | None, about(N_("English composition"), N_("Who makes up the cluster, in English"), "text")
    ] = None
    goals: Annotated[list[str] | None, about(N_("English goals"), N_("What the cluster works for, in English"))] = None
    benefits: Annotated[list[str] | None, about(N_("English benefits"), N_("What members gain, in English"))] = None
    invitation: Annotated[
        str | None, about(N_("English invitation"), N_("Who is invited to join, in English"), "text")
    ] = None
    contact: Annotated[
        str | None, about(N_("English contact"), N_("The sentence before phone and e-mail, in English"), "text")
    ] = None


class Cluster(Record, frozen=True, kw_only=True):
    """The cluster's own profile."""

    name: Annotated[str | None, about(N_("Name"), N_("Full name of the cluster"), required=True)] = None
    short_name: Annotated[str | None, about(N_("Short name"), N_("Short name or acronym"))] = None
    region: Annotated[str | None, about(N_("Region"), N_("Region where the cluster works"))] = None
    founded: Annotated[PartialDate | None, about(N_("Founded"), N_("Day, month or year of founding"), past=True)] = None
    coordinator: Annotated[
        str | None, about(N_("Coordinator"), N_("Id of the member that coordinates"), "member", required=True)
    ] = None
    declared_members: Annotated[
        int | None, about(N_("Declared members"), N_("Number of members that the cluster says it has"))
    ] = None
    description: Annotated[str | None, about(N_("Description"), N_("What the cluster is"), "text")] = None
    composition: Annotated[str | None, about(N_("Composition"), N_("Who makes up the cluster"), "text")] = None
    goals: Annotated[list[str] | None, about(N_("Goals"), N_("What the cluster works for"))] = None
    benefits: Annotated[list[str] | None, about(N_("Benefits"), N_("What members gain"))] = None
    invitation: Annotated[str | None, about(N_("Invitation"), N_("Who is invited to join"), "text")] = None
    contact: Annotated[str | None, about(N_("Contact"), N_("The sentence before phone and e-mail"), "text")] = None
    phone: Annotated[str | None, about(N_("Phone"), N_("Phone number of the coordinator"), "phone")] = None
    email: Annotated[str | None, about(N_("E-mail"), N_("E-mail address of the coordinator"), "email")] = None
    website: Annotated[str | None, about(N_("Website"), N_("Address of the website"), "website")] = None
    source: Annotated[str | None, about(N_("Source"), N_("Where these facts come from"))] = None
    en: Texts = Texts()


class Policy(Record, frozen=True, kw_only=True):
    """How soon the cluster answers, how long it keeps personal data, and other rules of its own."""

    answer_within_days: Annotated[
        int | None, about(N_("Answer within days"), N_("Days in which a new inquiry is answered (14)"))
    ] = None
    retention_months: Annotated[
        int | None, about(N_("Retention in months"), N_("Months for which a closed inquiry is kept (24)"))
    ] = None
    contact_retention_months: Annotated[
        int | None,
        about(N_("Contacts kept in months"), N_("Months for which the contacts of a former member are kept (24)")),
    ] = None
    confirm_months: Annotated[
        int | None,
        about(N_("Confirmed within months"), N_("Months after which the facts of a member are to be confirmed (12)")),
    ] = None
    lawful_basis: Annotated[
        str | None, about(N_("Lawful basis"), N_("Why the data of a new inquiry may be kept (GDPR, Art. 6)"))
    ] = None
    autosave: Annotated[
        bool | None, about(N_("Save at once"), N_("Whether every change is saved in git at once (no)"))
    ] = None
    ignore: Annotated[
        list[str] | None, about(N_("Ignored findings"), N_("Codes of warnings and notes that are left out here"))
    ] = None


class Sector(Record, frozen=True, kw_only=True):
    """A sector of the registry's own vocabulary."""

    pl: Annotated[str | None, about(N_("Polish label"), N_("Label in Polish"), required=True)] = None
    en: Annotated[str | None, about(N_("English label"), N_("Label in English"), required=True)] = None

    @property
    def labels(self) -> dict[str, str]:
        """Its labels by language: every field of a sector is named after the language of that label."""
        return {language: label for language in fields(Sector) if (label := getattr(self, language))}

    def label(self, language: str) -> str:
        """Return its label in a language, or its id if it has none."""
        return self.labels.get(language) or self.id


class Member(Record, frozen=True, kw_only=True):
    """A member of the cluster, current or former."""

    name: Annotated[str | None, about(N_("Name"), N_("Full name"), required=True)] = None
    short_name: Annotated[str | None, about(N_("Short name"), N_("Short name or acronym"))] = None
    sector: Annotated[
        str | None,
        about(N_("Sector"), N_('Its sector, by id or label; "pkes sectors" lists them'), "sector", required=True),
    ] = None
    legal_form: Annotated[str | None, about(N_("Legal form"), N_("Legal form, in words"), shared=True)] = None
    social_enterprise: Annotated[
        bool | None, about(N_("Social enterprise"), N_("Whether it has the status of a social enterprise"))
    ] = None
    social_enterprise_since: Annotated[
        datetime.date | None,
        about(N_("Social enterprise since"), N_("Day it got the status of a social enterprise"), past=True),
    ] = None
    social_enterprise_decision: Annotated[
        str | None,
        about(N_("Social enterprise decision"), N_("Number of the voivode's decision on that status")),
    ] = None
    joined: Annotated[PartialDate | None, about(N_("Joined"), N_("Day, month or year of joining"))] = None
    declared: Annotated[
        datetime.date | None, about(N_("Declared"), N_("Day its declaration of membership was signed"), past=True)
    ] = None
    left: Annotated[PartialDate | None, about(N_("Left"), N_("Day, month or year of leaving"))] = None
    street: Annotated[str | None, about(N_("Street"), N_("Street and number"))] = None
    postal_code: Annotated[str | None, about(N_("Postal code"), N_("Postal code, NN-NNN"), "postal-code")] = None
    town: Annotated[str | None, about(N_("Town"), N_("Town or village"), shared=True)] = None
    municipality: Annotated[str | None, about(N_("Municipality"), N_("Municipality (gmina)"), shared=True)] = None
    county: Annotated[str | None, about(N_("County"), N_("County (powiat)"), shared=True)] = None
    voivodeship: Annotated[str | None, about(N_("Voivodeship"), N_("Voivodeship (województwo)"), shared=True)] = None
    contact_person: Annotated[str | None, about(N_("Contact person"), N_("Person to ask for"), personal=True)] = None
    email: Annotated[str | None, about(N_("E-mail"), N_("E-mail address"), "email", personal=True)] = None
    phone: Annotated[str | None, about(N_("Phone"), N_("Phone number"), "phone", personal=True)] = None
    public_contact: Annotated[
        bool | None, about(N_("Public contact"), N_("Whether its e-mail and phone may be published (no)"))
    ] = None
    website: Annotated[str | None, about(N_("Website"), N_("Address of the website"), "website")] = None
    krs: Annotated[str | None, about(N_("KRS"), N_("Number in the court register (KRS), ten digits"), "krs")] = None
    nip: Annotated[str | None, about(N_("NIP"), N_("Tax number (NIP), ten digits"), "nip")] = None
    regon: Annotated[str | None, about(N_("REGON"), N_("Statistical number (REGON)"), "regon")] = None
    employees: Annotated[int | None, about(N_("Employees"), N_("Number of people it employs"))] = None
    employees_on: Annotated[
        datetime.date | None, about(N_("Employees on"), N_("Day that number was true on"), past=True)
    ] = None
    offers: Annotated[list[str] | None, about(N_("Offers"), N_("What it offers; may be repeated"), shared=True)] = None
    needs: Annotated[list[str] | None, about(N_("Needs"), N_("What it needs; may be repeated"), shared=True)] = None
    tags: Annotated[list[str] | None, about(N_("Tags"), N_("Words to find it by; may be repeated"), shared=True)] = None
    inquiry: Annotated[
        str | None, about(N_("Inquiry"), N_("Id of the inquiry it came from"), "inquiry", by_command=True)
    ] = None
    source: Annotated[str | None, about(N_("Source"), N_("Where these facts come from"))] = None
    confirmed: Annotated[
        datetime.date | None, about(N_("Confirmed"), N_("Day these facts were last confirmed"), past=True)
    ] = None
    note: Annotated[str | None, about(N_("Note"), N_("Anything else"), "text", personal=True)] = None
    notes: Annotated[list[str] | None, about(N_("Notes"), N_("What was talked about"), personal=True)] = None
    reminders: Annotated[
        list[str] | None, about(N_("Reminders"), N_("What to come back to, and from which day"), personal=True)
    ] = None
    erased: Annotated[
        datetime.date | None, about(N_("Erased"), N_("Day the personal data was erased"), by_command=True)
    ] = None


class Inquiry(Record, frozen=True, kw_only=True):
    """A request that somebody made to the cluster."""

    received: Annotated[
        datetime.date | None, about(N_("Received"), N_("Day it came in (today)"), required=True, past=True)
    ] = None
    informed: Annotated[
        datetime.date | None,
        about(N_("Informed"), N_("Day the person was told how the data is used (GDPR, Art. 13 or 14)"), past=True),
    ] = None
    name: Annotated[str | None, about(N_("Name"), N_("Name of the organisation"), personal=True)] = None
    person: Annotated[str | None, about(N_("Person"), N_("Person who asks"), personal=True)] = None
    email: Annotated[str | None, about(N_("E-mail"), N_("E-mail address"), "email", personal=True)] = None
    phone: Annotated[str | None, about(N_("Phone"), N_("Phone number"), "phone", personal=True)] = None
    channel: Annotated[
        str | None, about(N_("Channel"), N_("How it came in (email)"), required=True, choices=CHANNELS)
    ] = None
    topic: Annotated[str | None, about(N_("Topic"), N_("What it is about (join)"), required=True, choices=TOPICS)] = (
        None
    )
    sector: Annotated[str | None, about(N_("Sector"), N_("The sector, by id or label"), "sector")] = None
    town: Annotated[str | None, about(N_("Town"), N_("Town or village"), personal=True)] = None
    message: Annotated[str | None, about(N_("Message"), N_("What was asked"), "text", personal=True)] = None
    status: Annotated[
        str | None,
        about(N_("Status"), N_("Where it stands"), required=True, by_command=True, choices=STATUSES),
    ] = None
    assigned_to: Annotated[str | None, about(N_("Assigned to"), N_("Who answers it"), personal=True)] = None
    answered: Annotated[datetime.date | None, about(N_("Answered"), N_("Day of the answer"), past=True)] = None
    closed: Annotated[datetime.date | None, about(N_("Closed"), N_("Day it was closed"), past=True)] = None
    reason: Annotated[str | None, about(N_("Reason"), N_("Why it was closed"), personal=True)] = None
    member: Annotated[str | None, about(N_("Member"), N_("Id of the member it became"), "member", by_command=True)] = (
        None
    )
    lawful_basis: Annotated[str | None, about(N_("Lawful basis"), N_("Why the data may be kept (GDPR, Art. 6)"))] = None
    erased: Annotated[
        datetime.date | None, about(N_("Erased"), N_("Day the personal data was erased"), by_command=True)
    ] = None
    notes: Annotated[list[str] | None, about(N_("Notes"), N_("What happened since"), personal=True)] = None


class Registry(Struct, frozen=True, kw_only=True):
    """A whole registry: the cluster, its policy, and its sectors, members and inquiries by id."""

    format: int = FORMAT
    cluster: Cluster = Cluster()
    policy: Policy = Policy()
    sectors: dict[str, Sector] = {}
    members: dict[str, Member] = {}
    inquiries: dict[str, Inquiry] = {}
    extra: dict[str, Any] = {}
    """Unknown tables and keys at the top level."""


KindName = Literal["file", "cluster", "policy", "sector", "member", "inquiry"]


class Kind(NamedTuple):
    """A kind of record: its name, its table in the file, its struct, and whether its records are keyed by id."""

    name: KindName
    table: str
    struct: type[Record]
    keyed: bool


KINDS = (
    Kind("cluster", "cluster", Cluster, False),
    Kind("policy", "policy", Policy, False),
    Kind("sector", "sectors", Sector, True),
    Kind("member", "members", Member, True),
    Kind("inquiry", "inquiries", Inquiry, True),
)
"""The kinds of record in the order of the file."""

KIND = {kind.name: kind for kind in KINDS}


FieldType = Literal["str", "int", "bool", "date", "partial-date", "list"]


class Field(NamedTuple):
    """A field of a record, as its struct describes it. `type` is the type that `values.py` reads and TOML stores."""

    name: str
    type: FieldType
    title: str
    description: str
    form: Form
    required: bool
    personal: bool
    by_command: bool
    choices: tuple[str, ...]
    past: bool
    shared: bool

    @property
    def option(self) -> str:
        """The name of the command-line option, without `--`."""
        return self.name.replace("_", "-")


_TYPES: dict[Any, Any] = {
    str: "str", int: "int", bool: "bool", datetime.date: "date", PartialDate: "partial-date", list[str]: "list",
}  # fmt: skip


@cache
def tables(struct: type[Record]) -> dict[str, type[Record]]:
    """Return the tables nested in that of a kind of record, by name."""
    inner = {name: held for name, held in struct.__annotations__.items() if isinstance(held, type)}
    return {name: held for name, held in inner.items() if issubclass(held, Record)}


@cache
def fields(struct: type[Record]) -> dict[str, Field]:
    """Return the fields of a kind of record by name, in canonical order, without `id`.

    A field in a nested table is named after both, such as `en.name`.
    """
    found: dict[str, Field] = {}
    for name, annotation in struct.__annotations__.items():
        if name in tables(struct):
            inner = fields(annotation).values()
            found |= {f"{name}.{field.name}": field._replace(name=f"{name}.{field.name}") for field in inner}
            continue
        meta: Meta = annotation.__metadata__[0]
        kind = next(_TYPES[part] for part in annotation.__origin__.__args__ if part in _TYPES)
        found[name] = Field(name, kind, cast(str, meta.title), cast(str, meta.description), **(meta.extra or {}))
    return found


def kind_of(record: Record) -> Kind:
    """Return the kind of a record."""
    return next(kind for kind in KINDS if kind.struct is type(record))


def records(registry: Registry, kind: Kind) -> dict[str, Record]:
    """Return the records of a kind by id; the cluster and the policy have the id ""."""
    held = getattr(registry, kind.table)
    return cast("dict[str, Record]", held) if kind.keyed else {"": held}


def with_record(registry: Registry, record: Record) -> Registry:
    """Return a registry with a record in place of the one with its kind and id; a new one is added at the end."""
    kind = kind_of(record)
    held = {**getattr(registry, kind.table), record.id: record} if kind.keyed else record
    return structs.replace(registry, **{kind.table: held})


def table_path(kind: KindName, id: str | None) -> tuple[str, ...]:
    """Return the path of a record's table; that of the file itself is ()."""
    if kind == "file":
        return ()
    return (KIND[kind].table,) if id is None else (KIND[kind].table, id)


def field_path(kind: KindName, id: str | None, field: str | None) -> tuple[str, ...]:
    """Return the path of a field of a record, or of its table if no field is given."""
    if field is None:
        return table_path(kind, id)
    table, dot, key = field.partition(".")
    is_inner = dot and kind in KIND and table in tables(KIND[kind].struct)
    return (*table_path(kind, id), table, key) if is_inner else (*table_path(kind, id), field)


R = TypeVar("R", bound=Record)


def value_of(record: Record, field: str) -> Any:
    """Return the value of a field of a record."""
    return attrgetter(field)(record)


@cache
def _values(struct: type[Record]) -> "attrgetter[tuple[Any, ...]]":
    return attrgetter(*fields(struct))


def values_of(record: Record) -> Iterator[tuple[Field, Any]]:
    """Return every field of a record with its value, in canonical order."""
    return zip(fields(type(record)).values(), _values(type(record))(record), strict=True)


def with_values(record: R, values: Mapping[str, Any]) -> R:
    """Return a record with new values, by the names of fields or attributes."""
    own: dict[str, Any] = {}
    for name, value in values.items():
        table, _dot, key = name.rpartition(".")
        if table:
            own[table] = structs.replace(own.get(table, getattr(record, table)), **{key: value})
        else:
            own[name] = value
    return structs.replace(record, **own)


def toml_value(value: Any) -> Any:
    """Return a field's value as TOML stores it."""
    return value.value if isinstance(value, PartialDate) else value


def toml_items(record: Record) -> Iterator[tuple[str, Any]]:
    """Yield the fields that are set in a record, in canonical order, as TOML values; unknown keys come last."""
    for field, value in values_of(record):
        if value is not None:
            yield field.name, toml_value(value)
    yield from record.extra.items()


def as_json(record: Record) -> dict[str, Any]:
    """Return a record as the flat object of `--json`: `id`, every field (absent: null, lists `[]`), unknown keys.

    A nested table becomes an object and comes last. Dates are left to the encoder, which writes them as `YYYY-MM-DD`.
    """
    shown: dict[str, Any] = {"id": record.id} if kind_of(record).keyed else {}
    for field, value in values_of(record):
        shown[field.name] = [] if value is None and field.type == "list" else toml_value(value)
    shown.update((key, value) for key, value in record.extra.items() if key != "id")
    for table in tables(type(record)):
        inner = [name for name in shown if name.startswith(f"{table}.")]
        shown[table] = {name.removeprefix(f"{table}."): shown.pop(name) for name in inner}
    return shown
