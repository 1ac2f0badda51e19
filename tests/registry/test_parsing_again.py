"""A text is parsed beside another one as it would be parsed alone."""

from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pkes.errors import Malformed
from pkes.model.records import Registry
from pkes.registry import parsing_again
from pkes.registry.parsing import parse
from pkes.registry.parsing_again import parse_near
from pkes.toml import reading

KNOWN = '''format = 1
odd = [1, 2]

[cluster]
name = "K"

[sectors.s]
pl = "S"

# the first
[members.a]
name = "A"
offers = [
    "x",
]

[members.a.web]
on = true

[members.b]
name = "B"
note = """
[members.x]
"""

[[members.b.rows]]
k = 1

[members."c d"]
name = "C"

[zzz.q]
k = 2
[members.e]
name = "E" # end
'''
LINES = (
    "[members]", "[members.b]", "[members.a.web]", "[members.new]", "[[members.a.web]]", "[[members.b.rows]]",
    "[[members]]", "[inquiries.i]", "[sectors]", "[sectors.s.x]", "[odd]", "[ members . a ]", '["members".b]', "[",
    "[[[[1", "[members.a", "name = 'N'", "name = 1", "a.name = 'dotted'", "members.a.name = 'top'", "a = {name = 'I'}",
    "members.z.name = 'Z'", "z = {name = 'Z'}", "sectors.t.pl = 'T'", 'note = """', "'''", "offers = [", "]", "[1]",
    "k = 1.0", "# comment", "\r", "x\ry = 1", "<<<<<<< ours", "\0", "",
)  # fmt: skip


@st.composite
def edited(draw):
    """Draw a text made of the known one by edits of its lines."""
    lines = KNOWN.splitlines()
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(lines)))
        match draw(st.integers(0, 3)):
            case 0:
                del lines[at : at + draw(st.integers(1, 3))]
            case 1:
                held = lines[at : at + 3]
                del lines[at : at + 3]
                to = draw(st.integers(0, len(lines)))
                lines[to:to] = held
            case _:
                lines.insert(at, draw(st.sampled_from(LINES)))
    ending = draw(st.sampled_from(("\n", "\n", "\n", "\r\n")))
    return ending.join(lines) + draw(st.sampled_from((ending, ending, "", "\r")))


def outcome(read) -> object:
    try:
        registry = read()
    except Malformed as error:
        return error.args, error.line, error.column
    kinds = registry.sectors, registry.members, registry.inquiries
    return registry, [[*records] for records in kinds]


@given(text=edited(), known=edited())
@settings(max_examples=300)
def test_it_holds_what_it_holds_alone(text, known):
    try:
        registry = parse(known)
    except Malformed:
        known, registry = KNOWN, parse(KNOWN)
    assert reading.same(
        *(repr(outcome(read)) for read in (lambda: parse(text), lambda: parse_near(text, known, registry)))
    )


def test_only_what_is_written_otherwise_is_parsed():
    registry = parse(KNOWN)
    text = KNOWN.replace('"A"', '"Z"')
    read = []

    def noted(piece: str) -> Registry:
        read.append(piece)
        return parse(piece)

    with patch.object(parsing_again, "parse", noted):
        found = parse_near(text, KNOWN, registry)
    assert found == parse(text)
    assert len(read) == 1
    assert "[members.a.web]" in read[0]
    assert "[members.b]" not in read[0]
    assert found.members["b"] is registry.members["b"]


@pytest.mark.parametrize(
    "text",
    [
        KNOWN.replace('"K"', '"L"'),  # what stands outside of records
        KNOWN.removesuffix("\n"),
        KNOWN.replace("[cluster]", '[members]\nz = {name = "Z"}\n\n[cluster]'),
    ],
)
def test_where_that_cannot_be_said_the_whole_text_is(text):
    assert parse_near(text, KNOWN, parse(KNOWN)) == parse(text)


@pytest.mark.parametrize("known", [KNOWN, KNOWN + '[members]\nz = {name = "Z"}\n'])
def test_a_record_without_a_header_keeps_its_place(known):
    text = known.replace('"A"', '"Z"')
    found = parse_near(text, known, parse(known))
    assert [*found.members] == [*parse(text).members]


def test_a_text_without_a_line_end_is_parsed_as_a_whole():
    text = KNOWN.replace('"B"', '"Z"') + "[members.a.more] # the last"
    found = parse_near(text, KNOWN, parse(KNOWN))
    assert found == parse(text)
    assert found.members["b"].name == "Z"
