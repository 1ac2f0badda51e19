"""The records of a registry: their fields, types, order and descriptions, written once.

The JSON keys, the columns and the option names all derive from the structs below. A field holds the value in the file,
right or wrong: only the TOML type is enforced here, and `checks` finds wrong values. `None` is an absent field, as
distinct from an empty one.
"""

import datetime
import re
from collections.abc import Iterator, Mapping
from functools import cache, partial
from operator import attrgetter
from typing import Any, Literal, TypeVar, cast

from msgspec import Struct, StructMeta, structs

from pkes.i18n import N_
from pkes.model.dates import PartialDate

FORMAT = 1
"""The newest format of the file that this program knows."""

ID = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
"""The pattern of an id. A dash at the start would make it look like an option."""


def is_id(text: str) -> bool:
    """Return whether a text has that form."""
    return re.fullmatch(ID, text) is not None


# Views for people translate these words; the file, the commands and output for programs use them as they are.
CHANNELS = (N_("phone"), N_("email"), N_("web"), N_("letter"), N_("meeting"))
TOPICS = (N_("join"), N_("cooperate"), N_("information"))
STATUSES = (N_("new"), N_("answered"), N_("accepted"), N_("closed"), N_("declined"), N_("withdrawn"))

Form = Literal[
    "line", "text", "id", "email", "phone", "postal-code", "website", "krs", "nip", "regon",
    "sector", "member", "inquiry", "choice",
]  # fmt: skip
"""The form that the text of a field must have; `values.py` reads and checks each form."""


FieldType = Literal["str", "int", "bool", "date", "partial-date", "list"]


class Field(Struct, frozen=True):
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
) -> Any:
    """Describe a field, which is absent by default.

    `title` is the header of its column. A `personal` field may contain personal data. A `by_command` field is set only
    by a step or a command of its own, never by `edit`. A `past` date lies in the past: it is not after today. Records
    share the values of a `shared` field, such as the name of a town: completion offers them, and spelling is checked.
    """
    return partial(
        Field,
        title=title,
        description=description,
        form="choice" if choices else form,
        required=required,
        personal=personal,
        by_command=by_command,
        choices=choices,
        past=past,
        shared=shared,
    )


class RecordMeta(StructMeta):
    """The type of the structs below: it keeps what `about` says of each field, and makes None its default.

    `Annotated` would hold the same, and take 2 ms longer at every start.
    """

    described: "Mapping[str, partial[Field]]"

    def __new__(mcls, name: str, bases: tuple[type, ...], namespace: dict[str, Any], **settings: Any) -> "RecordMeta":
        """Make a struct from the body of its class."""
        described = {field: held for field, held in namespace.items() if isinstance(held, partial)}
        made = super().__new__(mcls, name, bases, namespace | dict.fromkeys(described), **settings)
        made.described = described
        return made


class Record(Struct, frozen=True, kw_only=True, metaclass=RecordMeta):
    """Base of all records: the id (the record's key; "" for the cluster and the policy), and unknown keys."""

    id: str = ""
    extra: dict[str, Any] = {}


class Texts(Record, frozen=True, kw_only=True):
    """The cluster's texts in English (`[cluster.en]`); unknown keys in it are kept in the cluster."""

    name: str | None = about(N_("English name"), N_("Full name in English"))
    description: str | None = about(N_("English description"), N_("What the cluster is, in English"), "text")
    composition: str | None = about(N_("English composition"), N_("Who makes up the cluster, in English"), "text")
    goals: list[str] | None = about(N_("English goals"), N_("What the cluster works for, in English"))
    benefits: list[str] | None = about(N_("English benefits"), N_("What members gain, in English"))
    invitation: str | None = about(N_("English invitation"), N_("Who is invited to join, in English"), "text")
    contact: str | None = about(N_("English contact"), N_("The sentence before phone and e-mail, in English"), "text")


class Cluster(Record, frozen=True, kw_only=True):
    """The cluster's own profile."""

    name: str | None = about(N_("Name"), N_("Full name of the cluster"), required=True)
    short_name: str | None = about(N_("Short name"), N_("Short name or acronym"))
    region: str | None = about(N_("Region"), N_("Region where the cluster works"))
    founded: PartialDate | None = about(N_("Founded"), N_("Day, month or year of founding"), past=True)
    coordinator: str | None = about(N_("Coordinator"), N_("Id of the member that coordinates"), "member", required=True)
    declared_members: int | None = about(N_("Declared members"), N_("Number of members that the cluster says it has"))
    description: str | None = about(N_("Description"), N_("What the cluster is"), "text")
    composition: str | None = about(N_("Composition"), N_("Who makes up the cluster"), "text")
    goals: list[str] | None = about(N_("Goals"), N_("What the cluster works for"))
    benefits: list[str] | None = about(N_("Benefits"), N_("What members gain"))
    invitation: str | None = about(N_("Invitation"), N_("Who is invited to join"), "text")
    contact: str | None = about(N_("Contact"), N_("The sentence before phone and e-mail"), "text")
    phone: str | None = about(N_("Phone"), N_("Phone number of the coordinator"), "phone")
    email: str | None = about(N_("E-mail"), N_("E-mail address of the coordinator"), "email")
    website: str | None = about(N_("Website"), N_("Address of the website"), "website")
    source: str | None = about(N_("Source"), N_("Where these facts come from"))
    en: Texts = Texts()


class Policy(Record, frozen=True, kw_only=True):
    """How soon the cluster answers, how long it keeps personal data, and other rules of its own."""

    answer_within_days: int | None = about(N_("Answer within days"), N_("Days in which a new inquiry is answered (14)"))
    retention_months: int | None = about(
        N_("Retention in months"), N_("Months for which a closed inquiry is kept (24)")
    )
    contact_retention_months: int | None = about(
        N_("Contacts kept in months"), N_("Months for which the contacts of a former member are kept (24)")
    )
    confirm_months: int | None = about(
        N_("Confirmed within months"), N_("Months after which the facts of a member are to be confirmed (12)")
    )
    lawful_basis: str | None = about(N_("Lawful basis"), N_("Why the data of a new inquiry may be kept (GDPR, Art. 6)"))
    autosave: bool | None = about(N_("Save at once"), N_("Whether every change is saved in git at once (no)"))
    ignore: list[str] | None = about(N_("Ignored findings"), N_("Codes of warnings and notes that are left out here"))


class Sector(Record, frozen=True, kw_only=True):
    """A sector of the registry's own vocabulary."""

    pl: str | None = about(N_("Polish label"), N_("Label in Polish"), required=True)
    en: str | None = about(N_("English label"), N_("Label in English"), required=True)

    @property
    def labels(self) -> dict[str, str]:
        """Its labels by language: every field of a sector is named after the language of that label."""
        return {language: label for language in fields(Sector) if (label := getattr(self, language))}

    def label(self, language: str) -> str:
        """Return its label in a language, or its id if it has none."""
        return self.labels.get(language) or self.id


class Member(Record, frozen=True, kw_only=True):
    """A member of the cluster, current or former."""

    name: str | None = about(N_("Name"), N_("Full name"), required=True)
    short_name: str | None = about(N_("Short name"), N_("Short name or acronym"))
    sector: str | None = about(
        N_("Sector"), N_('Its sector, by id or label; "pkes sectors" lists them'), "sector", required=True
    )
    legal_form: str | None = about(N_("Legal form"), N_("Legal form, in words"), shared=True)
    social_enterprise: bool | None = about(
        N_("Social enterprise"), N_("Whether it has the status of a social enterprise")
    )
    social_enterprise_since: datetime.date | None = about(
        N_("Social enterprise since"), N_("Day it got the status of a social enterprise"), past=True
    )
    social_enterprise_decision: str | None = about(
        N_("Social enterprise decision"), N_("Number of the voivode's decision on that status")
    )
    joined: PartialDate | None = about(N_("Joined"), N_("Day, month or year of joining"))
    declared: datetime.date | None = about(
        N_("Declared"), N_("Day its declaration of membership was signed"), past=True
    )
    left: PartialDate | None = about(N_("Left"), N_("Day, month or year of leaving"))
    street: str | None = about(N_("Street"), N_("Street and number"))
    postal_code: str | None = about(N_("Postal code"), N_("Postal code, NN-NNN"), "postal-code")
    town: str | None = about(N_("Town"), N_("Town or village"), shared=True)
    municipality: str | None = about(N_("Municipality"), N_("Municipality (gmina)"), shared=True)
    county: str | None = about(N_("County"), N_("County (powiat)"), shared=True)
    voivodeship: str | None = about(N_("Voivodeship"), N_("Voivodeship (województwo)"), shared=True)
    contact_person: str | None = about(N_("Contact person"), N_("Person to ask for"), personal=True)
    email: str | None = about(N_("E-mail"), N_("E-mail address"), "email", personal=True)
    phone: str | None = about(N_("Phone"), N_("Phone number"), "phone", personal=True)
    public_contact: bool | None = about(N_("Public contact"), N_("Whether its e-mail and phone may be published (no)"))
    website: str | None = about(N_("Website"), N_("Address of the website"), "website")
    krs: str | None = about(N_("KRS"), N_("Number in the court register (KRS), ten digits"), "krs")
    nip: str | None = about(N_("NIP"), N_("Tax number (NIP), ten digits"), "nip")
    regon: str | None = about(N_("REGON"), N_("Statistical number (REGON)"), "regon")
    employees: int | None = about(N_("Employees"), N_("Number of people it employs"))
    employees_on: datetime.date | None = about(N_("Employees on"), N_("Day that number was true on"), past=True)
    offers: list[str] | None = about(N_("Offers"), N_("What it offers; may be repeated"), shared=True)
    needs: list[str] | None = about(N_("Needs"), N_("What it needs; may be repeated"), shared=True)
    tags: list[str] | None = about(N_("Tags"), N_("Words to find it by; may be repeated"), shared=True)
    inquiry: str | None = about(N_("Inquiry"), N_("Id of the inquiry it came from"), "inquiry", by_command=True)
    source: str | None = about(N_("Source"), N_("Where these facts come from"))
    confirmed: datetime.date | None = about(N_("Confirmed"), N_("Day these facts were last confirmed"), past=True)
    note: str | None = about(N_("Note"), N_("Anything else"), "text", personal=True)
    notes: list[str] | None = about(N_("Notes"), N_("What was talked about"), personal=True)
    reminders: list[str] | None = about(N_("Reminders"), N_("What to come back to, and from which day"), personal=True)
    erased: datetime.date | None = about(N_("Erased"), N_("Day the personal data was erased"), by_command=True)


class Inquiry(Record, frozen=True, kw_only=True):
    """A request that somebody made to the cluster."""

    received: datetime.date | None = about(N_("Received"), N_("Day it came in (today)"), required=True, past=True)
    informed: datetime.date | None = about(
        N_("Informed"), N_("Day the person was told how the data is used (GDPR, Art. 13 or 14)"), past=True
    )
    name: str | None = about(N_("Name"), N_("Name of the organisation"), personal=True)
    person: str | None = about(N_("Person"), N_("Person who asks"), personal=True)
    email: str | None = about(N_("E-mail"), N_("E-mail address"), "email", personal=True)
    phone: str | None = about(N_("Phone"), N_("Phone number"), "phone", personal=True)
    channel: str | None = about(N_("Channel"), N_("How it came in (email)"), required=True, choices=CHANNELS)
    topic: str | None = about(N_("Topic"), N_("What it is about (join)"), required=True, choices=TOPICS)
    sector: str | None = about(N_("Sector"), N_("The sector, by id or label"), "sector")
    town: str | None = about(N_("Town"), N_("Town or village"), personal=True)
    message: str | None = about(N_("Message"), N_("What was asked"), "text", personal=True)
    status: str | None = about(N_("Status"), N_("Where it stands"), required=True, by_command=True, choices=STATUSES)
    assigned_to: str | None = about(N_("Assigned to"), N_("Who answers it"), personal=True)
    answered: datetime.date | None = about(N_("Answered"), N_("Day of the answer"), past=True)
    closed: datetime.date | None = about(N_("Closed"), N_("Day it was closed"), past=True)
    reason: str | None = about(N_("Reason"), N_("Why it was closed"), personal=True)
    member: str | None = about(N_("Member"), N_("Id of the member it became"), "member", by_command=True)
    lawful_basis: str | None = about(N_("Lawful basis"), N_("Why the data may be kept (GDPR, Art. 6)"))
    erased: datetime.date | None = about(N_("Erased"), N_("Day the personal data was erased"), by_command=True)
    notes: list[str] | None = about(N_("Notes"), N_("What happened since"), personal=True)


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


class Kind(Struct, frozen=True):
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
            found |= {f"{name}.{field.name}": structs.replace(field, name=f"{name}.{field.name}") for field in inner}
            continue
        kind = next(_TYPES[part] for part in annotation.__args__ if part in _TYPES)
        found[name] = struct.described[name](name=name, type=kind)
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
    return _getter(field)(record)


_getter = cache(attrgetter)


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


@cache
def _unlike_json(struct: type[Record]) -> tuple[list[str], list[str]]:
    """Return the fields of which a record holds something else than its JSON: the lists, and the partial dates."""
    own = fields(struct).values()
    return [one.name for one in own if one.type == "list"], [one.name for one in own if one.type == "partial-date"]


def as_json(record: Record) -> dict[str, Any]:
    """Return a record as the flat object of `--json`: `id`, every field (absent: null, lists `[]`), unknown keys.

    A nested table becomes an object and comes last. Dates are left to the encoder, which writes them as `YYYY-MM-DD`.
    """
    shown: dict[str, Any] = {"id": record.id} if kind_of(record).keyed else {}
    lists, dates = _unlike_json(type(record))
    shown.update(zip(fields(type(record)), _values(type(record))(record), strict=True))
    for name in lists:
        shown[name] = shown[name] or []
    for name in dates:
        shown[name] = toml_value(shown[name])
    shown.update((key, value) for key, value in record.extra.items() if key != "id")
    for table in tables(type(record)):
        inner = [name for name in shown if name.startswith(f"{table}.")]
        shown[table] = {name.removeprefix(f"{table}."): shown.pop(name) for name in inner}
    return shown
