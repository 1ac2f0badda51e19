"""A TOML text as a registry, or what keeps it from being one and where."""

import datetime

import pytest

from pkes.errors import Malformed
from pkes.model.dates import PartialDate
from pkes.model.records import Inquiry, Member, Registry
from pkes.registry.parsing import ShapeFault, examine, parse

LEAST = "format = 1\n[cluster]\n"


def fault(text: str) -> tuple:
    """Return code, line, column and detail of what is wrong with a text."""
    with pytest.raises(Malformed) as caught:
        parse(text)
    error = caught.value
    return error.code, error.line, error.column, error.detail


def test_the_least_registry_is_empty():
    assert parse(LEAST) == Registry()


def test_a_registry_holds_what_the_text_holds():
    registry = parse(
        """
        format = 1
        colour = "red"
        [cluster]
        name = "C"
        founded = "2014-10"
        goals = ["g", ""]
        [policy]
        retention_months = 24
        [sectors.ngo]
        pl = "organizacje"
        [members.a]
        name = ""
        joined = 2014-10-05
        left = "soon"
        social_enterprise = false
        offers = []
        [inquiries.q]
        received = 2024-05-01
        [alien]
        x = 1
        """
    )
    assert (registry.cluster.name, registry.cluster.goals) == ("C", ["g", ""])
    assert registry.cluster.founded == PartialDate("2014-10")
    assert registry.policy.retention_months == 24
    assert registry.sectors["ngo"].pl == "organizacje"
    assert registry.members["a"] == Member(
        id="a", name="", joined=PartialDate(datetime.date(2014, 10, 5)), left=PartialDate("soon"),
        social_enterprise=False, offers=[],
    )  # fmt: skip
    assert registry.inquiries == {"q": Inquiry(id="q", received=datetime.date(2024, 5, 1))}
    assert registry.extra == {"colour": "red", "alien": {"x": 1}}


@pytest.mark.parametrize("table", ["cluster", "policy", "sectors.x", "members.x", "inquiries.x"])
def test_what_the_program_does_not_know_is_carried_along(table):
    kind, _, id = table.partition(".")
    cluster = "" if kind == "cluster" else "[cluster]\n"
    registry = parse(f'format = 1\n{cluster}[{table}]\nid = 7\nextra = {{ id = 1 }}\ncolour = "red"\n')
    held = getattr(registry, kind)
    record = held[id] if id else held
    assert (record.id, record.extra) == (id, {"id": 7, "extra": {"id": 1}, "colour": "red"})


@pytest.mark.parametrize(
    ("text", "line", "key", "expected", "found"),
    [
        pytest.param("", 1, "format", "integer", "nothing", id="empty"),
        pytest.param("\n[cluster]\n", 1, "format", "integer", "nothing", id="no-format"),
        pytest.param("[cluster]\n[format]\n", 2, "format", "integer", "table", id="format-table"),
        pytest.param("\nformat = '1'\n[cluster]\n", 2, "format", "integer", "string", id="format-string"),
        pytest.param("format = true\n[cluster]\n", 1, "format", "integer", "boolean", id="format-boolean"),
        pytest.param("format = 1", 1, "cluster", "table", "nothing", id="no-cluster"),
        pytest.param("format = 1\ncluster = 1", 2, "cluster", "table", "integer", id="cluster-integer"),
        pytest.param("format = 1\n[[cluster]]", 2, "cluster", "table", "array", id="cluster-array"),
        pytest.param(LEAST + "[[policy]]\n", 3, "policy", "table", "array", id="policy-array"),
        pytest.param(LEAST + "[[members]]\n", 3, "members", "table", "array", id="kind-array"),
        pytest.param(LEAST + "[members]\nx = 1\n", 4, "members.x", "table", "integer", id="record-integer"),
        pytest.param(LEAST + "[[sectors.x]]\n", 3, "sectors.x", "table", "array", id="record-array"),
        pytest.param(LEAST + "name = 1\n", 3, "cluster.name", "string", "integer", id="field"),
        pytest.param(LEAST + "[members]\nx = {name = 1}\n", 4, "members.x.name", "string", "integer", id="inline"),
    ],
)
def test_a_text_of_another_shape_is_refused_at_its_place(text, line, key, expected, found):
    column = text.splitlines()[line - 1].find("{") + 2 if "{" in text else 1
    assert fault(text) == ("shape", line, column, {"key": key, "expected": expected, "found": found})


@pytest.mark.parametrize("number", [0, -1, 2, 10**30])
def test_a_format_that_the_program_does_not_know_is_refused(number):
    assert fault(f"# c\nformat = {number}\n") == ("format", 2, 1, {"key": "format", "found": number, "known": 1})


def test_what_is_no_toml_is_refused():
    code, line, _, detail = fault("format = 1\n= 1\n")
    assert (code, line, detail.keys()) == ("syntax", 2, {"what"})
    assert fault(LEAST + ">>>>>>> x\n") == ("merge-marker", 3, 1, {"marker": ">>>>>>>"})


VALUES = {
    "1": "integer", "1.5": "float", "true": "boolean", "'x'": "string", "'2024-05-01'": "string",
    "['x']": "array", "[1]": "array",
    "['x', 1]": "array", "{}": "table", "2024-05-01": "local date", "2024-05-01T10:00:00": "date-time",
    "2024-05-01T10:00:00Z": "date-time", "10:00:00": "local time",
}  # fmt: skip


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize(
    ("field", "expected", "right"),
    [
        pytest.param("cluster.declared_members", "integer", {"1"}, id="integer"),
        pytest.param("members.x.social_enterprise", "boolean", {"true"}, id="boolean"),
        pytest.param("members.x.name", "string", {"'x'", "'2024-05-01'"}, id="string"),
        pytest.param(
            "members.x.joined", "local date or string", {"'x'", "'2024-05-01'", "2024-05-01"}, id="partial-date"
        ),
        pytest.param("members.x.tags", "array of strings", {"['x']"}, id="list"),
        pytest.param("inquiries.x.received", "local date", {"2024-05-01"}, id="date"),
    ],
)
def test_a_field_is_of_one_type(field, expected, right, value):
    table, _, name = field.rpartition(".")
    text = f"format = 1\n[cluster]\n{'' if table == 'cluster' else f'[{table}]'}\n{name} = {value}\n"
    if value in right:
        parse(text)
        return
    found = VALUES[value]
    if name == "tags" and found == "array":
        found = "array with other items"
    assert fault(text) == ("shape", 4, 1, {"key": field, "expected": expected, "found": found})


def test_all_faults_are_found_and_the_rest_is_read():
    registry, faults = examine(
        """
        policy = 1
        [cluster]
        name = 1
        region = "R"
        [members]
        y = 2
        [members.x]
        name = "X"
        town = 3
        krs = 4
        [members.z]
        name = "Z"
        """
    )
    assert sorted(faults, key=lambda one: (one.path, one.key)) == [
        ShapeFault((), "format", "shape", {"expected": "integer", "found": "nothing"}),
        ShapeFault((), "policy", "shape", {"expected": "table", "found": "integer"}),
        ShapeFault(("cluster",), "name", "shape", {"expected": "string", "found": "integer"}),
        ShapeFault(("members",), "y", "shape", {"expected": "table", "found": "integer"}),
        ShapeFault(("members", "x"), "krs", "shape", {"expected": "string", "found": "integer"}),
        ShapeFault(("members", "x"), "town", "shape", {"expected": "string", "found": "integer"}),
    ]
    assert registry.cluster.region == "R"
    assert registry.members == {"x": Member(id="x", name="X"), "z": Member(id="z", name="Z")}


def nested(depth: int) -> str:
    return "[" * depth + "]" * depth


@pytest.mark.parametrize(
    ("before", "key", "line"),
    [
        pytest.param("format = 1\n{} \n[cluster]\n", "colour", 2, id="top-level"),
        pytest.param(LEAST + "{}\n", "cluster.colour", 3, id="cluster"),
        pytest.param(LEAST + "[members.x]\n\n{}\n", "members.x.colour", 5, id="member"),
    ],
)
def test_what_nests_too_deep_is_refused_near_its_place(before, key, line):
    parse(before.format(f"colour = {nested(60)}"))
    code, at, _, detail = fault(before.format(f"colour = {nested(70)}"))
    assert (code, detail) == ("nesting", {"key": key, "deepest": 64})
    # Where a value is too deep for the parser to tell its place, that of its table has to do.
    assert 1 <= at <= line


def test_another_fault_beside_what_nests_too_deep_is_told_too():
    _, faults = examine(f"{LEAST}[members.x]\nname = 1\ncolour = {nested(70)}\n")
    assert [(one.key, one.what) for one in faults] == [("colour", "nesting"), ("name", "shape")]


def test_what_nests_too_deep_in_a_known_field_is_of_another_type():
    assert fault(f"{LEAST}[members.x]\nname = {nested(70)}\n")[0] in ("shape", "nesting")


def test_a_table_that_nests_too_deep_has_its_place():
    code, line, column, detail = fault(f"{LEAST}\n[members.x{'.a' * 70}]\n")
    assert (code, line, column, detail["key"]) == ("nesting", 4, 1, "members.x.a")


def test_what_no_parser_can_read_is_refused():
    assert fault(f"{LEAST}colour = {nested(3000)}\n")[0] == "nesting"
