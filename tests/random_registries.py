"""Random registries, as plain data and as `Registry`, for the property tests."""

import datetime
from typing import Any

from hypothesis import strategies as st

from pkes.model.records import Registry
from pkes.registry.parsing import parse

LINES = st.one_of(
    st.sampled_from(
        ["ul. Rynek 1", "Łąka", "[members.x]", "# no comment", 'say "x"', "it's", "a\\b", "", "x = 1", "[]"]
    ),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=8),
)
TEXTS = st.one_of(LINES, st.sampled_from(["one\n\n[two]\n# three\n", "a\r\nb", "\n", 'q """ q\n', "'''\n"]))
IDS = st.sampled_from(["a", "b", "c-1", "d", "e-2", "zeta", "x", "4hc"])
DATES = st.dates(datetime.date(2010, 1, 1), datetime.date(2030, 12, 31))
PARTIAL = st.one_of(DATES, st.sampled_from(["2014", "2014-10", "no date"]))
LISTS = st.lists(LINES, max_size=4)
ALIEN = st.one_of(
    st.integers(-5, 5),
    st.booleans(),
    st.floats(),
    LINES,
    LISTS,
    st.lists(st.lists(st.integers(0, 3), max_size=2), max_size=3),
    st.dictionaries(st.sampled_from(["p", "q q", "r"]), st.one_of(st.integers(0, 3), LISTS), min_size=1, max_size=2),
)


def record(required: dict[str, st.SearchStrategy[Any]], optional: dict[str, st.SearchStrategy[Any]]) -> Any:
    alien = {"colour": ALIEN, "extra": ALIEN, "id": ALIEN}
    return st.fixed_dictionaries(required, optional=optional | alien)


MEMBERS = record(
    {"name": LINES},
    {
        "sector": LINES, "social_enterprise": st.booleans(), "joined": PARTIAL, "left": PARTIAL, "town": LINES,
        "nip": st.sampled_from(["1", "2"]), "offers": LISTS, "tags": LISTS, "note": TEXTS,
    },
)  # fmt: skip
INQUIRIES = record({}, {"received": DATES, "person": LINES, "message": TEXTS, "closed": DATES, "notes": LISTS})
SECTORS = record({}, {"pl": LINES, "en": LINES})
CLUSTERS = record({}, {"name": LINES, "declared_members": st.integers(0, 20), "description": TEXTS, "goals": LISTS})
POLICIES = record({}, {"answer_within_days": st.integers(0, 20)})

DATA = st.fixed_dictionaries(
    {"format": st.just(1), "cluster": CLUSTERS},
    optional={
        "policy": POLICIES,
        "sectors": st.dictionaries(IDS, SECTORS, min_size=1, max_size=3),
        "members": st.dictionaries(IDS, MEMBERS, min_size=1, max_size=4),
        "inquiries": st.dictionaries(IDS, INQUIRIES, min_size=1, max_size=3),
        "alien": st.dictionaries(st.sampled_from(["p", "q"]), st.integers(0, 3), min_size=1),
    },
)


def registry(data: dict[str, Any]) -> Registry:
    """Return plain data as a registry, by way of canonical TOML."""
    import tomli_w

    return parse(tomli_w.dumps(data))
