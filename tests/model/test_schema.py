"""The JSON Schema: what is valid by it, and what is not, is so by `check` too."""

import copy
import datetime
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import tomli_w
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from pkes.checks import inspection
from pkes.checks.findings import Finding
from pkes.model.records import KINDS, fields, tables
from pkes.model.schema import DIALECT, schema
from pkes.model.spelling import CANONICAL
from tests.conftest import SHIPPED
from tests.random_registries import DATA

SCHEMA = schema(str)
TODAY = datetime.date(2025, 3, 1)

SAID = {
    "shape", "format", "id", "id-key", "unknown-sector", "choice", "required", "name-or-person", "email-or-phone",
    "postal-code", "krs", "date", "number",
}  # fmt: skip
"""The errors of `check` that the schema says as well."""

HALF_SAID = {"email", "phone", "website", "nip", "regon"}
"""Those of which it says some: what has neither check digits nor an area code is no number for it either."""

GOOD = tomllib.loads("""
format = 1

[cluster]
name = "Klaster"
coordinator = "igla"
founded = "2014-10"
declared_members = 1

[policy]
answer_within_days = 14

[sectors.ngo]
pl = "organizacje"
en = "NGOs"

[members.igla]
name = "Igła"
sector = "ngo"
joined = 2014-10-01
left = "2031"
postal_code = "35-001"
krs = "0000123456"
nip = "1234563218"
regon = "123456785"
offers = ["szycie"]

[inquiries.2025-01-02-abc]
received = 2025-01-02
person = "Anna Igielna"
email = "anna@example.org"
channel = "email"
topic = "join"
status = "new"
notes = ["2025-01-03 a letter"]

[inquiries.2024-01-02-xyz]
received = 2024-01-02
channel = "web"
topic = "information"
status = "declined"
closed = 2024-01-03
erased = 2025-01-01
""")
NEW, ERASED = "2025-01-02-abc", "2024-01-02-xyz"


def instance(value: Any) -> Any:
    """Return TOML data as editors see it: dates and times are the text that stands there."""
    if isinstance(value, dict):
        return {key: instance(held) for key, held in value.items()}
    if isinstance(value, list):
        return [instance(item) for item in value]
    return value.isoformat() if isinstance(value, datetime.date | datetime.time) else value


def faults(data: dict[str, Any]) -> list[str]:
    """Return what is wrong with a registry by the schema that names its own sectors."""
    held = data.get("sectors")
    valid = Draft202012Validator(schema(str, [*held] if isinstance(held, dict) else ()))
    return [fault.message for fault in valid.iter_errors(instance(data))]


def is_valid(data: dict[str, Any]) -> bool:
    return not faults(data)


def codes(data: dict[str, Any]) -> set[str]:
    """Return the codes of the errors that `check` finds."""
    return {finding.code for finding in found(data) if finding.severity == "error"}


def found(data: dict[str, Any]) -> list[Finding]:
    return [placed.finding for placed in inspection.inspect(tomli_w.dumps(data), TODAY).found]


def changed(*path_and_value: Any) -> dict[str, Any]:
    """Return the good registry with one value put in place, or, where it is None, taken away."""
    *path, name, value = path_and_value
    data = copy.deepcopy(GOOD)
    table = data
    for key in path:
        table = table[key]
    if value is None:
        del table[name]
    else:
        table[name] = value
    return data


def test_it_is_a_schema():
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == DIALECT


def test_the_shipped_registry_is_valid():
    assert faults(tomllib.loads(SHIPPED.read_text(encoding="utf-8"))) == []


def test_a_registry_with_every_type_is_valid():
    assert faults(GOOD) == []
    assert not codes(GOOD)


FAULTS = [
    pytest.param(("format", None), id="no format"),
    pytest.param(("format", 2), id="a newer format"),
    pytest.param(("format", "1"), id="a format of another type"),
    pytest.param(("cluster", None), id="no cluster"),
    pytest.param(("cluster", "name", None), id="no name of the cluster"),
    pytest.param(("cluster", "name", ""), id="an empty name of the cluster"),
    pytest.param(("cluster", "coordinator", None), id="no coordinator"),
    pytest.param(("sectors", "ngo", "pl", None), id="no label of a sector"),
    pytest.param(("members", "igla", "name", None), id="no name of a member"),
    pytest.param(("members", "igla", "sector", None), id="no sector of a member"),
    *(
        pytest.param(("inquiries", id, name, None), id=f"no {name} of an inquiry{' that is erased' * (id == ERASED)}")
        for name in ("received", "channel", "topic", "status")
        for id in (NEW, ERASED)
    ),
    pytest.param(("inquiries", NEW, "person", None), id="neither name nor person"),
    pytest.param(("inquiries", NEW, "person", ""), id="an empty person"),
    pytest.param(("inquiries", NEW, "email", None), id="neither e-mail nor phone"),
    pytest.param(("members", "igla", "id", "igla"), id="an id as a key"),
    pytest.param(("members", "Igla", {"name": "I", "sector": "ngo"}), id="an id with a capital"),
    pytest.param(("members", "igła", {"name": "I", "sector": "ngo"}), id="an id with a Polish letter"),
    pytest.param(("sectors", "", {"pl": "I", "en": "I"}), id="an empty id"),
    pytest.param(("members", "b", 1), id="a record that is no table"),
    pytest.param(("members", []), id="a kind that is no table"),
    pytest.param(("cluster", "K"), id="a cluster that is no table"),
    pytest.param(("policy", [{}]), id="a policy that is an array of tables"),
    pytest.param(("members", "igla", "name", 1), id="a number for a text"),
    pytest.param(("members", "igla", "name", ["I"]), id="a list for a text"),
    pytest.param(("members", "igla", "social_enterprise", "yes"), id="a text for a boolean"),
    pytest.param(("cluster", "declared_members", "14"), id="a text for a number"),
    pytest.param(("cluster", "declared_members", 1.5), id="a fraction for a number"),
    pytest.param(("cluster", "declared_members", True), id="a boolean for a number"),
    pytest.param(("cluster", "declared_members", -1), id="a negative number"),
    pytest.param(("members", "igla", "offers", "szycie"), id="a text for a list"),
    pytest.param(("cluster", "en", "X"), id="a text for the English texts"),
    pytest.param(("cluster", "en", {"name": 1}), id="a number for an English text"),
    pytest.param(("cluster", "en", {"goals": "a goal"}), id="a text for an English list"),
    pytest.param(("members", "igla", "offers", ["szycie", 1]), id="a list with other items"),
    pytest.param(("inquiries", NEW, "received", 2025), id="a number for a date"),
    pytest.param(("inquiries", NEW, "received", "2025-01"), id="a month for a date"),
    pytest.param(("inquiries", NEW, "received", datetime.datetime(2025, 1, 2, 10)), id="a date-time for a date"),
    pytest.param(("members", "igla", "joined", 2014), id="a number for a partial date"),
    pytest.param(("members", "igla", "joined", "2014-13"), id="a month that there is not"),
    pytest.param(("members", "igla", "joined", "October 2014"), id="a partial date in words"),
    pytest.param(("members", "igla", "joined", datetime.datetime(2014, 1, 2, 10)), id="a date-time for a partial date"),
    *(pytest.param(("inquiries", NEW, name, "fax"), id=f"no such {name}") for name in ("channel", "topic", "status")),
    pytest.param(("members", "igla", "postal_code", "35001x"), id="a wrong postal code"),
    pytest.param(("members", "igla", "krs", "000123"), id="a short KRS"),
    pytest.param(("members", "igla", "krs", "0000000000"), id="a KRS of zeros"),
    pytest.param(("members", "igla", "sector", "nauka"), id="a sector of another registry"),
    pytest.param(("inquiries", NEW, "sector", "nauka"), id="a sector of another registry in an inquiry"),
    *(
        pytest.param((*place, value), id=f"no {place[-1]}: {value}")
        for place, values in {
            ("cluster", "email"): ["biuro", "biuro@example", "a b@example.org"],
            ("cluster", "phone"): ["12 34", "none", "biuro@example.org"],
            ("cluster", "website"): ["example", "http:/example.org", "www.example.org and more"],
            ("members", "igla", "email"): ["igla.example.org", "igla@example.org, nitka@example.org"],
            ("members", "igla", "phone"): ["17 850", "+48 17 850 00 0x"],
            ("members", "igla", "website"): ["example.org:port", "igla@example.org"],
            ("members", "igla", "nip"): ["123456321", "12345632189", "PL 12345632 x"],
            ("members", "igla", "krs"): ["12345678901", "KRS"],
            ("members", "igla", "regon"): ["12345678", "1234567851", "123456785123456"],
            ("members", "igla", "postal_code"): ["35-01", "35-0011", "Rzeszów"],
            ("inquiries", NEW, "email"): ["anna@"],
            ("inquiries", NEW, "phone"): ["-"],
        }.items()
        for value in values
    ),
]


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_rejected_here_and_there(fault):
    data = changed(*fault)
    assert not is_valid(data)
    assert codes(data) & (SAID | HALF_SAID)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(("policy", None), id="no policy"),
        pytest.param(("members", None), id="no members"),
        pytest.param(("members", {}), id="an empty kind"),
        pytest.param(("inquiries", NEW, "name", "Igła"), id="name and person"),
        pytest.param(("inquiries", NEW, "town", ""), id="an empty text"),
        pytest.param(("members", "igla", "joined", "2014-10-01"), id="a date in quotes where part of one may stand"),
        pytest.param(("members", "igla", "joined", "2014"), id="a year"),
        pytest.param(("members", "igla", "note", "a\nb"), id="several lines"),
        pytest.param(("cluster", "coordinator", "nobody"), id="what only check can know"),
        pytest.param(("colour", "red"), id="an unknown key of the file"),
        pytest.param(("tables", {}), id="an unknown table"),
        pytest.param(("cluster", "en", {"name": "Cluster", "goals": [], "motto": "x"}), id="English texts"),
        *(
            pytest.param((*path, "sektor", "ngo"), id=f"an unknown key of {path[0]}")
            for path in (["cluster"], ["policy"], ["sectors", "ngo"], ["members", "igla"], ["inquiries", NEW])
        ),
        pytest.param(("inquiries", NEW, "sector", ""), id="an empty sector"),
        pytest.param(("members", "igla", "joined", " "), id="a blank partial date"),
    ],
)
def test_what_is_no_fault_of_the_shape_is_valid(change):
    assert is_valid(changed(*change))


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("email", "Igła+biuro@sub-1.example.org"), ("email", " igla@example.org "), ("email", ""),
        ("phone", "+48 17 850 00 00"), ("phone", "tel./fax: (17) 850-00-00 w. 12"), ("phone", "0178500000"),
        ("phone", "+44 20 7946 0958"), ("phone", "=\"178500000\""),
        ("website", "https://www.example.org/a?b#c"), ("website", "example.org"), ("website", "HTTP://192.0.2.1:80/"),
        ("website", "https://źródło.example"),
        ("postal_code", "35001"), ("postal_code", "35 – 001"),
        ("krs", "123456"), ("krs", "0000 123 456"),
        ("nip", "PL 123-456-32-18"), ("nip", "pl1234563218"),
        ("regon", "123-456-785"), ("regon", "12345678512347"), ("regon", "12345678500000"),
    ],
)  # fmt: skip
def test_what_can_be_read_is_valid_however_it_is_written(name, written):
    data = changed("members", "igla", name, written)
    assert not codes(data)
    assert faults(data) == []


NUMBERS = st.from_regex(r"(?:PL|tel\. ?|\+48 ?)?[0-9](?:[ -]?[0-9]){4,13}(?: w\. [0-9]{1,3})?", fullmatch=True)
ADDRESSES = st.from_regex(
    r"(?:https?://)?[a-zł0-9.+]{1,6}@?[a-z.-]{1,9}\.[a-z0-9]{1,3}(?:/[a-z?#=]{0,4})?", fullmatch=True
)


@given(st.sampled_from(sorted(CANONICAL)), NUMBERS | ADDRESSES | st.text(max_size=12))
def test_what_has_a_canonical_spelling_is_valid(form, text):
    name = form.replace("-", "_")
    pattern = SCHEMA["$defs"]["member"]["properties"][name]["pattern"]
    if (canonical := CANONICAL[form](text)) is not None:
        assert re.search(pattern, canonical)
        assert re.search(pattern, text)


def test_a_registry_names_its_own_sectors():
    named = schema(str, ["ngo", "nauka"])["$defs"]
    assert named["member"]["properties"]["sector"]["enum"] == ["ngo", "nauka"]
    assert named["inquiry"]["properties"]["sector"]["enum"] == ["ngo", "nauka", ""]
    assert "enum" not in SCHEMA["$defs"]["member"]["properties"]["sector"]


def test_every_registry_that_check_passes_is_valid():
    found = [tomllib.loads(path.read_text(encoding="utf-8")) for path in Path(__file__).parents[1].rglob("*.toml")]
    passed = [data for data in found if not codes(data)]
    assert len(passed) > 1
    assert [faults(data) for data in passed] == [[]] * len(passed)


# Both judge alike.

RIGHT = {
    "str": st.sampled_from(["x", "Łąka", "a@example.org", "35-001", "0000123456", "1234563218", "join", "new", "web"]),
    "int": st.integers(0, 100),
    "bool": st.booleans(),
    "date": st.dates(datetime.date(2010, 1, 1), datetime.date(2030, 1, 1)),
    "partial-date": st.sampled_from(["2014", "2014-10", datetime.date(2014, 10, 1)]),
    "list": st.lists(st.sampled_from(["a", "b", ""]), max_size=2),
}
WRONG = st.sampled_from(
    ["", "no date", 7, -7, 1.5, True, ["a"], ["a", 1], [], {}, {"x": 1}, datetime.datetime(2025, 1, 2, 3), None]
) | st.dates(datetime.date(2010, 1, 1), datetime.date(2030, 1, 1))
PLACES = [
    (path, field)
    for kind in KINDS
    for path in ([kind.table] if not kind.keyed else [kind.table, id] for id in GOOD[kind.table])
    for field in fields(kind.struct).values()
]


@st.composite
def edited(draw):
    """The good registry with a few values changed, most of them rightly."""
    data = copy.deepcopy(GOOD)
    for path, field in draw(st.lists(st.sampled_from(PLACES), min_size=1, max_size=4)):
        table = data
        *around, name = (*path, *field.name.split("."))
        for key in around:
            table = table.setdefault(key, {})
        value = draw(WRONG if draw(st.integers(0, 3)) == 0 else RIGHT[field.type])
        if value is None:
            table.pop(name, None)
        elif not (field.type == "str" and isinstance(value, datetime.date)):  # editors show that as a text
            table[name] = value
    return data


@settings(max_examples=50)
@given(st.one_of(edited(), DATA))
def test_the_schema_says_what_check_finds(data):
    errors = codes(data)
    if errors & SAID:
        assert not is_valid(data), errors
    elif not errors & HALF_SAID:
        assert faults(data) == []


# For people.


def test_titles_and_descriptions_are_translated():
    translated = schema(lambda message: message.upper())
    assert translated["title"] == "THE REGISTRY OF A CLUSTER"
    assert translated["properties"]["format"]["description"] == "FORMAT OF THE FILE"
    assert translated["properties"]["members"]["description"] == "THE MEMBERS, CURRENT AND FORMER, BY ID"
    member = translated["$defs"]["member"]
    assert member["description"] == "A MEMBER"
    assert (member["properties"]["nip"]["title"], member["properties"]["town"]["description"]) == (
        "NIP", "TOWN OR VILLAGE"
    )  # fmt: skip


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_field_is_described_in_the_order_of_the_file(kind):
    record = SCHEMA["$defs"][kind.name] if kind.keyed else SCHEMA["properties"][kind.table]
    described = dict(record["properties"])
    for table in tables(kind.struct):
        inner = described.pop(table)
        assert inner["description"]
        described |= {f"{table}.{name}": one for name, one in inner["properties"].items()}
    assert list(described) == list(fields(kind.struct))
    assert all(one["title"] and one["description"] for one in described.values())
    # With one of these, Taplo would no longer see the fields beside it, and complete none.
    assert not record.keys() & {"allOf", "anyOf", "oneOf"}
