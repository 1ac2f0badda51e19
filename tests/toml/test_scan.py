"""Where the tables of a TOML text stand, told by a few patterns and agreeing with the parsers."""

import tomllib
from textwrap import dedent

import pytest
import toml_rs
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pkes.errors import NotVerified
from pkes.toml.scan import comments, header_path, sections
from tests.layouts import lay_out
from tests.random_registries import DATA

SEEDS = st.integers(0, 2**32)


def headers(text: str) -> list[tuple[int, tuple[str, ...]]]:
    """Return line and path of each section."""
    return [(text.count("\n", 0, section.start) + 1, section.path) for section in sections(text)]


def test_sections_are_the_top_level_and_the_tables():
    text = dedent(
        """\
        format = 1
        # above
        [cluster] # the first
        name = "X"

          [ members . "a.b" ]
        [[alien.many]]
        x = 1
        """
    )
    assert headers(text) == [(1, ()), (3, ("cluster",)), (6, ("members", "a.b")), (7, ("alien", "many"))]
    top, cluster, member, alien = sections(text)
    assert text[top.start : top.end] == "format = 1\n# above\n"
    assert text[cluster.start : cluster.body] == "[cluster] # the first\n"
    assert text[cluster.body : cluster.end] == 'name = "X"\n\n'
    assert (cluster.many, member.many, alien.many) == (False, False, True)
    assert alien.end == len(text)


@pytest.mark.parametrize("text", ["", "\n", "# [x]", "a = 1", "a=[[1]]"], ids=repr)
def test_a_text_without_tables_is_the_top_level(text):
    assert [(s.path, s.start, s.body, s.end) for s in sections(text)] == [((), 0, 0, len(text))]


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param('a = """\n[x]\n"""', id="multi-line-basic"),
        pytest.param("a = '''\n[x]\n'''", id="multi-line-literal"),
        pytest.param('a = """\\"""\n[x]\n"""', id="escaped-quotes"),
        pytest.param('a = """""x""\n[x]\n"""""', id="quotes-at-the-ends"),
        pytest.param("a = '''''x''\n[x]\n'''''", id="apostrophes-at-the-ends"),
        pytest.param('a = """\\\n[x]\n"""', id="escaped-line-end"),
        pytest.param("a = [\n[1],\n[2]\n]", id="nested-array"),
        pytest.param("a = [\n'[x]', # ]\n'#'\n]", id="array-with-comments"),
        pytest.param('a = ["""\n]\n[x]\n"""]', id="multi-line-in-an-array"),
        pytest.param("a = [[[\n[]\n, # ]\n[]\n]]]", id="deep-array"),
        pytest.param("a = [{b = [\n[]\n]}, {c = '}'}]", id="tables-in-an-array"),
        pytest.param("a = {b = '[x]', c = {d = [\n[1]\n]}}", id="inline-table"),
        pytest.param("a = 1 # [x]", id="comment"),
        pytest.param("# [x]\n  # '''", id="comment-lines"),
        pytest.param('\'[x]\' . "]\\"[" = [[1]]', id="quoted-keys"),
        pytest.param("'#' = 1\n'=' . a = '#'", id="signs-in-keys"),
        pytest.param("a = 1979-05-27 07:32:00Z\nb = -inf\nc = 0x1F\nd = 1e-3", id="bare-values"),
        pytest.param("a = ''\nb = \"\"\nc = []\nd = {}", id="empty-values"),
        pytest.param("a = '''\r\n[x]\r\n'''\r\nb = [\r\n[1]\r\n]\r", id="crlf"),
        pytest.param("\t \n  \n", id="blank-lines"),
    ],
)
def test_what_looks_like_a_header_is_none(statement):
    text = f"{statement}\n[y]\nz = 1\n"
    tomllib.loads(text)
    assert [section.path for section in sections(text)] == [(), ("y",)]
    assert text[[*sections(text)][1].start :] == "[y]\nz = 1\n"


@pytest.mark.parametrize(
    ("line", "path", "many"),
    [
        ("[a]", ("a",), False),
        ("  [ a . 'b.c' . \"d]\" ] # [e]\n", ("a", "b.c", "d]"), False),
        (r'["\u0061"]', ("a",), False),
        ("[[a]]\r\n", ("a",), True),
        ("[[ a . b ]]", ("a", "b"), True),
        ("['']", ("",), False),
    ],
)
def test_a_header_is_read_by_the_parser(line, path, many):
    assert header_path(line) == (path, many)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a = 1 # one\n# two\n", ["# one", "# two"]),
        ('a = \'#\' # \'\nb = "\\"#" # "', ["# '", '# "']),
        ('a = """\n# no\n""" # yes\r\n', ["# yes"]),
        ("a = [ # one\n'#', # two\n]", ["# one", "# two"]),
        ("'#' = 1\n", []),
        ("#\n", ["#"]),
    ],
)
def test_comments_are_found_outside_of_strings(text, found):
    assert comments(text) == found


def merged(whole: dict, part: dict, many: bool, path: tuple[str, ...]) -> None:
    """Put a section, read by itself, into the tables read so far."""
    for key in path[:-1]:
        held = whole.setdefault(key, {})
        whole, part = held[-1] if isinstance(held, list) else held, part[key]
    if many:
        whole.setdefault(path[-1], []).extend(part[path[-1]])
    elif path:
        whole.setdefault(path[-1], {}).update(part[path[-1]])
    else:
        whole.update(part)


@given(data=DATA, seed=SEEDS)
def test_the_sections_of_any_layout_are_the_whole_text(data, seed):
    text = lay_out(data, seed).text
    found = list(sections(text))
    assert found[0].start == 0
    assert [section.end for section in found] == [*(section.start for section in found[1:]), len(text)]
    whole: dict = {}
    for section in found:
        merged(whole, tomllib.loads(text[section.start : section.end]), section.many, section.path)
    assert repr_sorted(whole) == repr_sorted(tomllib.loads(text))


@given(data=DATA, seed=SEEDS)
def test_no_value_of_any_layout_stands_outside_the_section_of_its_table(data, seed):
    text = lay_out(data, seed).text
    lines = headers(text)
    for path, line in value_lines(toml_rs.load_with_metadata(text, toml_version="1.0.0").meta["nodes"]):
        section = max(one for one in lines if one[0] <= line)[1]
        assert path[: len(section)] == section


def value_lines(nodes: dict, path: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], int]]:
    """Return the path of each value and the line of its key, as the parser tells them."""
    found = []
    for key, node in nodes.items():
        if isinstance(node.get("value_raw"), str):
            line = node["key_line"]
            found.append(((*path, key), line if isinstance(line, int) else line[0]))
        else:
            found += value_lines(node, (*path, key))
    return found


def repr_sorted(value: object) -> str:
    """Return data as a text that tells types and nan apart and knows no order of keys."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key!r}: {repr_sorted(value[key])}" for key in sorted(value)) + "}"
    return repr(value)


@pytest.mark.parametrize("text", ['"', 'a = 1\n[b]\n"', "a = [\n'"])
def test_what_is_no_toml_after_all_is_told(text):
    with pytest.raises(NotVerified) as caught:
        list(sections(text))
    assert caught.value.rule == "layout"


PIECES = st.sampled_from((
    "[a]\n", "[a.b] # c\n", "[[a.c]]\n", "[ 'a' ]\n", "x = 1\n", "x = 12\n", 'y = """\n[a]\n"""\n', "z = [\n[1],\n]\n",
    "# [a]\n", "\n", "\r\n", "ż = 'ż'\n",
))  # fmt: skip
EDITS = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 2), st.lists(PIECES, max_size=2)), max_size=2)


@given(pieces=st.lists(PIECES, max_size=12), edits=EDITS)
@example(pieces=["[a]\n"], edits=[(0, 0, ["[a]\n"])])
@example(pieces=["x = 1\n", "[a]\n"], edits=[(0, 1, [])])
@settings(max_examples=500)
def test_the_sections_of_a_text_are_the_same_beside_a_known_one(pieces, edits):
    known, new = "".join(pieces), [*pieces]
    for at, gone, put_in in edits:
        new[at : at + gone] = put_in
    text = "".join(new)
    assert [*sections(text, (known, [*sections(known)]))] == [*sections(text)]


def test_a_table_that_both_texts_have_is_not_looked_at_again():
    known = "[a]\n[b]\n[c]\n[d]\n"
    text = known.replace("[b]", "[bb]")
    there = [section._replace(path=("seen",)) for section in sections(known)]
    assert [section.path for section in sections(text, (known, there))] == [
        ("seen",),
        ("seen",),
        ("bb",),
        ("seen",),
        ("seen",),
    ]
