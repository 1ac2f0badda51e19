"""The law of the lossless formats: what `export --status all` wrote, `import` takes back as the same records."""

import datetime
import unicodedata
from typing import Any

import pytest
import tomli_w
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import pkes as api
from pkes import formats
from pkes.model.records import CHANNELS, TOPICS, Record, toml_items
from pkes.text.characters import clean
from tests.conftest import SHIPPED
from tests.formats.examples import HOSTILE

LOSSLESS = [format.name for format in formats.FORMATS if format.is_read]
WAYS = [
    *(pytest.param((name, "en", ()), id=name) for name in LOSSLESS),
    pytest.param(("xlsx", "en", ("--no-labels",)), id="xlsx without labels"),
    pytest.param(("xlsx", "pl", ()), id="xlsx in Polish"),
    pytest.param(("csv", "en", ("--labels",)), id="csv with labels"),
    pytest.param(("csv", "pl", ("--labels",)), id="csv with labels in Polish"),
]
"""How records go out: the format, the language, and the options."""
SUFFIXES = {format.name: format.suffixes[0] for format in formats.FORMATS if format.suffixes}
FIRST = datetime.date(2024, 1, 1)
DATA = {
    "format": 1,
    "cluster": {"name": "Klaster", "coordinator": "a"},
    "sectors": {"ngo": {"pl": "organizacje", "en": "NGOs"}, "science": {"pl": "nauka", "en": "science"}},
}


def text_of_a_field(text: str) -> str:
    return clean(unicodedata.normalize("NFC", text))[0]


TEXTS = (
    st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=12))
    .map(text_of_a_field)
    .filter(bool)
)
LINES = TEXTS.map(lambda text: " ".join(text.split())).map(text_of_a_field).filter(bool)
LISTS = st.lists(LINES, max_size=4)
MAYBE = st.one_of(st.just(""), LINES)


@st.composite
def members(draw: st.DrawFn) -> dict[str, dict[str, Any]]:
    """Draw members with every form of value, canonical as commands write it; some are former ones."""
    joined = draw(st.sampled_from([None, "2014", "2014-10", datetime.date(2014, 10, 1), datetime.date(1890, 2, 3)]))
    optional = {
        "short_name": MAYBE, "legal_form": LINES, "social_enterprise": st.booleans(), "left": st.just(FIRST),
        "street": MAYBE, "postal_code": st.just("05-001"), "town": MAYBE, "contact_person": LINES,
        "email": st.just("a@example.org"), "phone": st.just("+48 12 345 67 89"), "website": st.just("https://x.org/a;b"),
        "offers": LISTS, "needs": LISTS, "tags": LISTS, "source": MAYBE,
        "note": st.one_of(TEXTS, TEXTS.map(lambda text: f"{text}\n")), "inquiry": st.just("2025-01-02-abc"),
    }  # fmt: skip
    required = {"name": LINES, "sector": st.sampled_from(["ngo", "science"])}
    first = draw(st.fixed_dictionaries({**required, "krs": st.just("0000123456")}, optional=optional))
    if joined:
        first["joined"] = joined
    second = draw(
        st.fixed_dictionaries(
            {**required, "nip": st.just("5260250274"), "regon": st.just("000331501")}, optional=optional
        )
    )
    third = {"name": "Nazwa", "sector": "ngo"}
    return {"a": first, "b-2": second, "4hc": third}


@st.composite
def inquiries(draw: st.DrawFn) -> dict[str, dict[str, Any]]:
    """Draw inquiries, open, closed and erased ones."""
    common = {
        "received": st.just(FIRST), "channel": st.sampled_from(CHANNELS), "topic": st.sampled_from(TOPICS),
        "person": LINES, "email": st.just("a@example.org"),
    }  # fmt: skip
    optional = {
        "name": MAYBE, "phone": st.just("+48 12 345 67 89"), "sector": st.just("ngo"), "town": LINES, "message": TEXTS,
        "assigned_to": LINES, "lawful_basis": LINES, "notes": LISTS, "informed": st.just(FIRST),
    }  # fmt: skip
    new = draw(st.fixed_dictionaries({**common, "status": st.just("new")}, optional=optional))
    closed = draw(
        st.fixed_dictionaries({**common, "status": st.sampled_from(["declined", "withdrawn"])}, optional=optional)
    )
    later = FIRST + datetime.timedelta(days=draw(st.integers(0, 400)))
    closed |= {"received": FIRST, "phone": "+48 22 123 45 67", "answered": later, "closed": later}
    accepted = {
        "received": FIRST, "channel": "web", "topic": "join", "name": "A", "phone": "+48 17 123 45 67",
        "status": "accepted", "closed": later, "member": "a",
    }  # fmt: skip
    erased = {
        "received": FIRST, "channel": "web", "topic": "join", "status": "declined", "closed": later, "erased": later,
    }  # fmt: skip
    return {"2024-01-01-aaa": new, "2024-01-01-bbb": closed, "2024-01-01-ccc": accepted, "2024-01-01-ddd": erased}


def held(records: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return records as what they say: an absent value, an empty text and an empty list are one."""
    return {id: said(record) for id, record in records.items()}


def said(record: Record) -> dict[str, Any]:
    return {name: value for name, value in toml_items(record) if value not in ("", [])}


def there_and_back(write_registry, pkes, data: dict[str, Any], table: str, way: Any) -> None:
    format, language, options = way
    path = write_registry(tomli_w.dumps(data))
    before = held(getattr(api.load(path), table))
    file = f"out{SUFFIXES[format]}"
    assert pkes("export", table, "--status", "all", "-o", file, *options, PKES_LANG=language).status == 0
    write_registry(tomli_w.dumps({name: value for name, value in data.items() if name != table}))
    ran = pkes("import", file, "--as", table, "-y")
    assert ran.status == 0, ran.err
    assert held(getattr(api.load(path), table)) == before
    content = path.read_bytes()
    again = pkes("import", file, "--as", table, "-y", "--json")
    assert (again.status, again.out) == (0, "[]\n"), again.err
    assert path.read_bytes() == content


# The laws of importing try many more below the commands, at a tenth of the time.
examples = settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@pytest.mark.parametrize("way", WAYS)
@given(found=members())
@examples
def test_members_come_back(write_registry, pkes, way, found):
    found.get("a", {}).pop("left", None)  # it coordinates the cluster
    data = DATA | {"members": found, "inquiries": {"2025-01-02-abc": {"received": FIRST}}}
    there_and_back(write_registry, pkes, data, "members", way)


@pytest.mark.parametrize("way", WAYS)
@given(found=inquiries())
@examples
def test_inquiries_come_back(write_registry, pkes, way, found):
    data = DATA | {"members": {"a": {"name": "A", "sector": "ngo"}}, "inquiries": found}
    there_and_back(write_registry, pkes, data, "inquiries", way)


@pytest.mark.parametrize("way", WAYS)
def test_the_shipped_members_come_back(write_registry, pkes, way):
    import tomllib

    there_and_back(write_registry, pkes, tomllib.loads(SHIPPED.read_text(encoding="utf-8")), "members", way)
