"""The canonical form by examples: order, tables, values, spacing. What becomes of comments is told in its own file."""

import tomllib

import pytest

from pkes.toml import reading
from pkes.toml.canonical import canonical
from pkes.toml.edit import Document
from tests.conftest import SHIPPED
from tests.generated import toml_text
from tests.toml.examples import ORDER, text

TABLES = {
    "kinds-in-the-order-of-the-model": (
        """
        format = 1
        [inquiries.2025-03-01-abc]
        [members.x]
        [sectors.ngo]
        [policy]
        [cluster]
        """,
        """
        format = 1

        [cluster]

        [policy]

        [sectors.ngo]

        [members.x]

        [inquiries.2025-03-01-abc]
        """,
    ),
    "records-by-id-code-point-by-code-point": (
        '[members.b]\n[members."ą"]\n[members.a-1]\n[members.a1]\n[members.B]\n[members."a b"]\n',
        '[members.B]\n\n[members."a b"]\n\n[members.a-1]\n\n[members.a1]\n\n[members.b]\n\n[members."ą"]\n',
    ),
    "fields-in-the-order-of-the-model": (
        '[members.x]\ntown = "T"\nsector = "s"\nname = "N"\n',
        '[members.x]\nname = "N"\nsector = "s"\ntown = "T"\n',
    ),
    "unknown-fields-last-in-their-own-order": (
        "[members.x]\nzebra = 1\nname = 2\nalien = 3\nid = 4\n",
        "[members.x]\nname = 2\nzebra = 1\nalien = 3\nid = 4\n",
    ),
    "format-before-other-keys-of-the-top-level": (
        'zebra = 1\nalien = [1]\nformat = 1\n[cluster]\nname = "K"\n',
        'format = 1\nzebra = 1\nalien = [\n    1,\n]\n\n[cluster]\nname = "K"\n',
    ),
    "unknown-tables-last-in-their-own-order": (
        "[zebra]\na = 1\n[members.x]\n[alien]\nb = 2\n",
        "[members.x]\n\n[zebra]\na = 1\n\n[alien]\nb = 2\n",
    ),
    "tables-in-a-record-behind-it": (
        "[members.x.web]\na = 1\n[members.y]\n[members.x]\nname = 2\n",
        "[members.x]\nname = 2\n\n[members.x.web]\na = 1\n\n[members.y]\n",
    ),
    "a-record-without-a-header-of-its-own": (
        "[members.x.web]\na = 1\n",
        "[members.x]\n\n[members.x.web]\na = 1\n",
    ),
    "an-inline-record": (
        '[members]\nx = { sector = "s", name = "N", web = { a = 1 } }\n',
        '[members.x]\nname = "N"\nsector = "s"\n\n[members.x.web]\na = 1\n',
    ),
    "an-inline-kind": (
        'members = { y = { name = "Y" }, x = {} }\n',
        '[members.x]\n\n[members.y]\nname = "Y"\n',
    ),
    "dotted-keys": (
        'cluster.name = "K"\nmembers.x.sector = "s"\nmembers.x."name" = "N"\nmembers.x.web.a = 1\nformat = 1\n',
        'format = 1\n\n[cluster]\nname = "K"\n\n[members.x]\nname = "N"\nsector = "s"\n\n[members.x.web]\na = 1\n',
    ),
    "no-header-for-what-only-holds-records": ("[members]\n[members.x]\n", "[members.x]\n"),
    "a-kind-without-records-stays": ("[members]\n[inquiries]\n", "[members]\n\n[inquiries]\n"),
    "a-cluster-of-tables-only-has-its-header": ("[cluster.odd]\na = 1\n", "[cluster]\n\n[cluster.odd]\na = 1\n"),
    "an-array-of-tables": (
        "[[members.x.rows]]\na = 1\n[members.x.rows.in]\nb = 2\n[[members.x.rows]]\n",
        "[members.x]\n\n[[members.x.rows]]\na = 1\n\n[members.x.rows.in]\nb = 2\n\n[[members.x.rows]]\n",
    ),
    "an-array-of-inline-tables": (
        "[members.x]\nrows = [{ a = 1, b = {} }, {}]\nname = 2\n",
        "[members.x]\nname = 2\n\n[[members.x.rows]]\na = 1\n\n[members.x.rows.b]\n\n[[members.x.rows]]\n",
    ),
    "tables-among-other-items-stay-inline": (
        "[members.x]\nrows = [1, {a=[1,2]}, [{b=1}]]\n",
        "[members.x]\nrows = [\n    1,\n    { a = [1, 2] },\n    [{ b = 1 }],\n]\n",
    ),
    "headers-and-keys-in-their-plain-form": (
        "[ 'members' . \"x\" ]\n'name'=1\n\"q q\" = 2\n''=3\n",
        '[members.x]\nname = 1\n"q q" = 2\n"" = 3\n',
    ),
}


def rows(*items: str) -> str:
    """Return an array as it is written, one item a line."""
    return "[\n" + "".join(f"    {item},\n" for item in items) + "]"


VALUES = {
    "a-text": ("'it is \"it\"'", '"it is \\"it\\""'),
    "a-text-of-several-lines": ('"a\\nb\\n"', '"""\na\nb\n"""'),
    "a-text-with-CR-on-one-line": ('"a\\r\\nb"', '"a\\r\\nb"'),
    "a-text-over-lines-that-are-none": ('"""\\\n  a \\\n  b"""', '"a b"'),
    "a-text-with-quotes": ("'''\na\n\"\"\"'''", '"""\na\n\\"\\"\\""""'),
    "an-array": ("[ 'a','b' ]", rows('"a"', '"b"')),
    "an-empty-array": ("[\n]", "[]"),
    "an-array-in-an-array": ("[[1,\n2], []]", rows("[1, 2]", "[]")),
    "numbers": ("[0x1F, 1_000, +1, 1e3, -0.0, nan, -inf]", rows("31", "1000", "1", "1000.0", "-0.0", "nan", "-inf")),
    "days": ("[1979-05-27]", rows("1979-05-27")),
    "times": (
        "[1979-05-27T07:32:00Z, 1979-05-27t00:32:00.5-07:00, 1979-05-27 07:32:00, 07:32:00]",
        rows("1979-05-27 07:32:00+00:00", "1979-05-27 00:32:00.500000-07:00", "1979-05-27 07:32:00", "07:32:00"),
    ),
    "booleans": ("[true,false]", rows("true", "false")),
}


@pytest.mark.parametrize(("before", "after"), TABLES.values(), ids=TABLES.keys())
def test_tables_and_fields_stand_in_order(before, after):
    assert canonical(text(before)) == text(after)
    assert canonical(text(after)) == text(after)


@pytest.mark.parametrize(("before", "after"), VALUES.values(), ids=VALUES.keys())
def test_a_value_has_one_form(before, after):
    new = canonical(f"x = {before}\n")
    assert new == f"x = {after}\n"
    assert reading.same(tomllib.loads(new), tomllib.loads(f"x = {before}\n"))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            "\n\n[members.x]\n\n\nname = 1\n  \nsector = 2\n\n\n", "[members.x]\nname = 1\nsector = 2\n", id="in"
        ),
        pytest.param("format = 1\n[cluster]\n[policy]", "format = 1\n\n[cluster]\n\n[policy]\n", id="between"),
        pytest.param("  [members.x]\n\tname=1\n", "[members.x]\nname = 1\n", id="indents"),
        pytest.param("format = 1\r\n\r\n[cluster]\r\n", "format = 1\n\n[cluster]\n", id="CRLF"),
        pytest.param('x = """\r\na\r\nb"""\r\n', 'x = """\na\nb"""\n', id="CRLF-in-a-text"),
        pytest.param("format = 1", "format = 1\n", id="no-final-line-end"),
        pytest.param("", "", id="empty"),
        pytest.param("\n \n", "", id="blank"),
    ],
)
def test_spacing_has_one_form(before, after):
    assert canonical(before) == after


def test_the_shipped_registry_is_in_canonical_form():
    shipped = SHIPPED.read_bytes().decode()
    assert canonical(shipped) == shipped


def test_a_big_registry_that_a_script_wrote_is_in_canonical_form():
    assert canonical(toml_text(50)) == toml_text(50)


def test_a_record_that_the_editor_refuses_can_be_edited_afterwards():
    document = Document(canonical('[members]\nx = { name = "X" } # so they say\n'))
    document.update(("members", "x"), {"town": "Łąka"}, ORDER)
    assert document.edited().text == '[members.x] # so they say\nname = "X"\ntown = "Łąka"\n'
