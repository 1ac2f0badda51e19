"""Where a table or a field stands with all that belongs to it, or that it is in no one place."""

import pytest

from pkes.toml import tree
from pkes.toml.tree import Layout

TEXT = """\
top = 1

# about a
[members.a] # header
name = "A" # name
hue.red = 1
deep = { x = 1 }

[members.a.colour]
red = 1
# the end

[members.b]
name = "B"

[[members.many]]
one = 1

[members.b.colour]
red = 2
"""
A = TEXT[TEXT.index("# about a") : TEXT.index("\n[members.b]")]


def taken(span):
    return span and (TEXT[span.start : span.end], span.is_table)


@pytest.mark.parametrize(
    ("path", "piece"),
    [
        pytest.param(("members", "a"), (A, True), id="with-comments-and-inner-tables"),
        pytest.param(("members", "a", "colour"), ("[members.a.colour]\nred = 1\n# the end\n", True), id="inner"),
        pytest.param(("members", "b"), None, id="in-two-places"),
        pytest.param(("members", "c"), None, id="not-there"),
        pytest.param(("members", "a", "deep"), None, id="inline"),
        pytest.param(("members",), None, id="without-a-header"),
        pytest.param(("members", "many"), None, id="an-array-of-tables"),
    ],
)
def test_a_table(path, piece):
    assert taken(tree.table(Layout(TEXT), path)) == piece


@pytest.mark.parametrize(
    ("path", "key", "piece"),
    [
        pytest.param((), "top", ("top = 1\n", False), id="top-level"),
        pytest.param(("members", "a"), "name", ('name = "A" # name\n', False), id="a-line"),
        pytest.param(("members", "a"), "deep", ("deep = { x = 1 }\n", False), id="inline"),
        pytest.param(("members", "a"), "colour", ("[members.a.colour]\nred = 1\n# the end\n", True), id="a-table"),
        pytest.param(("members", "a"), "hue", None, id="dotted"),
        pytest.param(("members", "a"), "absent", None, id="not-there"),
        pytest.param(("members", "many"), "one", None, id="in-an-array-of-tables"),
        pytest.param((), "members", None, id="a-table-without-a-header"),
    ],
)
def test_a_field(path, key, piece):
    assert taken(tree.field(Layout(TEXT), path, key)) == piece
