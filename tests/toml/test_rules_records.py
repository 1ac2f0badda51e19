"""The Rules of editing, one example each: records that come, go and get another id, and layouts that are refused."""

import pytest

from tests.toml.examples import TABLES, add, edit, refused, remove, rename, text, update

REGISTRY = """
    format = 1

    # nobody's

    # above b
    [members.b]
    # in b
    name = "B" # behind
    # tail of b

    # above d
    [members.d]
    name = "D"

    [members.d.colour] # red
    red = 1

    # nobody's either

    [members.f]
    name = "F"
    # above x
    [inquiries.x]
    name = "X"
"""
LINES = text(REGISTRY).splitlines(keepends=True)


def without(first: int, last: int) -> str:
    """Return the registry without some lines, numbered from 1."""
    return "".join(LINES[: first - 1] + LINES[last:])


def before_line(number: int, block: str) -> str:
    """Return the registry with a block in front of a line."""
    return "".join([*LINES[: number - 1], block, *LINES[number - 1 :]])


@pytest.mark.parametrize(
    ("id", "lines", "lost"),
    [
        pytest.param("b", (5, 10), ("# above b", "# in b", "# behind", "# tail of b"), id="block-above-and-comments"),
        pytest.param("d", (11, 17), ("# above d", "# red"), id="table-inside"),
        pytest.param("f", (20, 21), (), id="what-touches-the-next-header-stays"),
    ],
)
def test_removing_takes_the_block_above_and_the_comments_inside_along(id, lines, lost):
    edited = edit(REGISTRY, remove(id))
    assert edited.text == without(*lines)
    assert edited.lost == lost


def test_the_end_of_a_text_is_no_block_above():
    before = "[members.x]\nnote = '''\n# no comment'''\n[members.y]\n"
    edited = edit(before, remove("y"))
    assert (edited.text, edited.lost) == (before.removesuffix("[members.y]\n"), ())


def test_removing_neighbours_leaves_one_blank_line():
    edited = edit(REGISTRY, remove("b"), remove("d"))
    assert edited.text == without(5, 17)


def test_removing_all_leaves_what_is_nobodys():
    edited = edit(REGISTRY, remove("f"), remove("d"), remove("b"))
    assert edited.text == "format = 1\n\n# nobody's\n\n# nobody's either\n\n# above x\n[inquiries.x]\nname = \"X\"\n"
    assert edited.lost == ("# above b", "# in b", "# behind", "# tail of b", "# above d", "# red")


def test_removing_the_last_table_takes_the_blank_lines_before_it():
    before = '[members.x]\nname = "X"\n\n\n[members.y]\nname = "Y"\n\n'
    assert edit(before, remove("y")).text == '[members.x]\nname = "X"\n'
    assert edit(before.rstrip(), remove("y")).text == '[members.x]\nname = "X"'
    assert edit(before, remove("y"), remove("x")).text == ""


def test_removing_the_first_table_takes_the_blank_lines_behind_it():
    assert edit("[members.x]\n\n\n[members.y]\n", remove("x")).text == "[members.y]\n"


def test_removing_from_a_compact_file_leaves_it_compact():
    before = "format = 1\n[members.x]\n[members.y]\n[members.z]\n"
    assert edit(before, remove("y")).text == "format = 1\n[members.x]\n[members.z]\n"


def test_removing_between_blank_lines_keeps_those_before():
    before = "[members.x]\n\n\n[members.y]\n\n[members.z]\n"
    assert edit(before, remove("y")).text == "[members.x]\n\n\n[members.z]\n"


def test_removing_keeps_the_blank_lines_behind_where_none_are_before():
    before = "[members.x]\n[members.y]\n\n[members.z]\n"
    assert edit(before, remove("y")).text == "[members.x]\n\n[members.z]\n"


@pytest.mark.parametrize(
    ("id", "line", "block"),
    [
        pytest.param("a", 5, "[members.a]\nname = 1\n\n", id="before-the-first-and-its-block"),
        pytest.param("c", 10, "\n[members.c]\nname = 1\n", id="behind-a-tail-of-comments"),
        pytest.param("e", 17, "\n[members.e]\nname = 1\n", id="behind-a-table-inside"),
        pytest.param("g", 22, "\n[members.g]\nname = 1\n\n", id="before-what-touches-the-next-header"),
        pytest.param("c d", 10, '\n[members."c d"]\nname = 1\n', id="quoted-id"),
    ],
)
def test_a_new_record_stands_where_its_id_sorts(id, line, block):
    assert edit(REGISTRY, add(id, name=1)).text == before_line(line, block)


def test_a_new_record_comes_right_behind_the_last_whose_id_sorts_before():
    before = "[members.m]\n\n[members.c]\n\n[members.x]\n\n[members.a]\n\n[members.z]\n"
    new = "\n[members.d]\nname = 1\n"
    assert edit(before, add("d", name=1)).text == before.replace("[members.a]\n", "[members.a]\n" + new)


def test_new_records_at_one_place_stand_in_order():
    edited = edit("[members.a]\n\n[members.z]\n", add("c", name=1), add("b", name=2))
    assert edited.text == "[members.a]\n\n[members.b]\nname = 2\n\n[members.c]\nname = 1\n\n[members.z]\n"


def test_a_new_record_is_apart_from_its_neighbours_in_a_compact_file():
    before = "format = 1\n[members.b]\n[members.d]\n"
    edited = edit(before, add("a", name=1), add("c", name=2))
    assert edited.text == "format = 1\n\n[members.a]\nname = 1\n\n[members.b]\n\n[members.c]\nname = 2\n\n[members.d]\n"


@pytest.mark.parametrize(
    ("path", "before", "behind"),
    [
        pytest.param(("policy",), "[cluster]|[members.a]", "[cluster]", id="policy-behind-the-cluster"),
        pytest.param(("policy",), "[sectors.s]", "format = 1", id="policy-without-a-cluster"),
        pytest.param(("sectors", "n"), "[cluster]|[members.a]", "[cluster]", id="sector-behind-the-cluster"),
        pytest.param(
            ("members", "n"), "[sectors.z]|[sectors.a]|[inquiries.a]", "[sectors.a]", id="member-behind-sectors"
        ),
        pytest.param(("members", "n"), "[members]|[inquiries.a]", "[members]", id="member-behind-the-bare-table"),
        pytest.param(("members", "n"), "[members.a.colour]|[cluster]", "[members.a.colour]", id="member-behind-a-part"),
        pytest.param(("inquiries", "n"), "[cluster]|[alien]", "[cluster]", id="inquiry-behind-the-nearest-kind"),
    ],
)
def test_the_first_of_a_kind_comes_behind_the_last_table_of_the_kind_before_it(path, before, behind):
    old = "format = 1\n\n" + "\n\n".join(before.split("|")) + "\n"
    edited = edit(old, lambda document: document.insert(path, [("name", "N")], TABLES))
    assert edited.text == old.replace(behind + "\n", f'{behind}\n\n[{".".join(path)}]\nname = "N"\n')


def test_a_new_record_takes_the_place_of_a_removed_one():
    assert edit("[members.a]\n\n# b\n[members.b]\n\n[members.d]\n", remove("b"), add("c", name=1)).text == text(
        """
        [members.a]

        [members.c]
        name = 1

        [members.d]
        """
    )


def test_a_new_record_sorts_by_the_new_ids():
    edited = edit("[members.a]\n\n[members.z]\n", rename("a", "n"), add("m", name=1))
    assert edited.text == "[members.m]\nname = 1\n\n[members.n]\n\n[members.z]\n"


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_a_record_added_at_the_end_brings_the_final_newline(newline):
    edited = edit(f"format = 1{newline}[members.a]", add("b", name=1))
    assert edited.text == newline.join(["format = 1", "[members.a]", "", "[members.b]", "name = 1", ""])


def test_a_record_added_before_the_end_leaves_the_final_newline_missing():
    assert edit("[members.b]", add("a", name=1)).text == "[members.a]\nname = 1\n\n[members.b]"


def test_a_new_record_is_written_a_field_a_line_and_an_item_a_line():
    edited = edit("[members.a]\n", add("b", name="B", offers=["o", "p"], needs=[], note="one\ntwo"))
    assert edited.text.removeprefix("[members.a]\n\n") == text(
        '''
        [members.b]
        name = "B"
        offers = [
            "o",
            "p",
        ]
        needs = []
        note = """
        one
        two"""
        '''
    )


@pytest.mark.parametrize(
    "spelling",
    ['[ members . "x" ]', "[members.x]", "\t['members'.x]", r'["m\u0065mbers" . x ]', "  [members\t.\tx]"],
)
@pytest.mark.parametrize("behind", ["", " # c", " # ] c", "   "], ids=["bare", "comment", "bracket", "spaces"])
def test_a_renamed_record_stays_where_it_stands(spelling, behind):
    before = f'[members.y]\n\n# above\n{spelling}{behind}\nname = "X"\n\n[members.z]\n'
    start = spelling[: spelling.index("[")]
    assert edit(before, rename("x", "a")).text == before.replace(spelling, start + "[members.a]")


def test_headers_of_the_tables_inside_follow_a_rename():
    edited = edit(
        """
        [members.x.early]
        [members."x"] # first
        name = "X"
        [ members . x . "a ]" ] # second
        [[members.'x'.many]] # third
        [members.x.many.deep]
        [members.xy]
        """,
        rename("x", "new id"),
    )
    assert edited.text == text(
        """
        [members."new id".early]
        [members."new id"] # first
        name = "X"
        [members."new id"."a ]"] # second
        [[members."new id".many]] # third
        [members."new id".many.deep]
        [members.xy]
        """
    )


def test_a_table_can_be_renamed_edited_and_lose_a_table_at_once():
    before = '[members.x]\nname = "X"\n\n[members.x.colour]\nred = 1\n'
    edited = edit(before, rename("x", "y"), update("x", name="Y", colour=None))
    assert edited.text == '[members.y]\nname = "Y"\n'


INLINE = '[cluster]\n\n[members]\ny = {name = "Y"}\nx = { name = "X" } # inline\n'
DOTTED = 'format = 1\n[members]\ny.name = "Y"\nx.name = "X"\nx.town = "T"\n'
DOTTED_AT_TOP = 'format = 1\nmembers.x.name = "X"\n'
IMPLIED = "[cluster]\n\n# above\n[members.x.colour]\nred = 1\n"
REPEATED = "[cluster]\n\n[[members.x]]\n"
WHOLLY_INLINE = 'format = 1\n\nmembers = { x = { name = "X" } }\n'


@pytest.mark.parametrize(
    "step", [update("x", town="T"), remove("x"), rename("x", "z")], ids=["update", "remove", "rename"]
)
@pytest.mark.parametrize(
    ("before", "line"),
    [(INLINE, 5), (DOTTED, 4), (DOTTED_AT_TOP, 2), (IMPLIED, 4), (REPEATED, 3), (WHOLLY_INLINE, 3)],
    ids=["inline", "dotted", "dotted-at-top", "implied", "repeated", "wholly-inline"],
)
def test_a_record_without_a_header_of_its_own_is_refused_with_its_line(before, line, step):
    assert refused(before, step) == (line, "members.x")


@pytest.mark.parametrize(("before", "line"), [(DOTTED_AT_TOP, 2), (WHOLLY_INLINE, 3)], ids=["dotted", "inline"])
def test_a_record_of_a_kind_without_headers_is_refused_with_its_line(before, line):
    assert refused(before, add("n")) == (line, "members")


def test_records_with_headers_are_edited_beside_others_without():
    assert edit(INLINE, add("n", name=1)).text == INLINE + "\n[members.n]\nname = 1\n"


def test_where_nothing_is_asked_for_nothing_changes():
    assert edit(REGISTRY).text == text(REGISTRY)
    assert edit(REGISTRY.rstrip()).text == text(REGISTRY).rstrip()


def test_an_unknown_table_with_a_header_is_edited_key_by_key():
    before = '[members.x]\nname = "X"\n\n[members.x.colour] # c\nred = 1 # r\n# of the sea\nblue = 2\ngreen = 3\n'
    edited = edit(before, update("x", colour={"red": 9, "blue": 2, "new": {"a": 1}}))
    after = before.replace("red = 1", "red = 9").replace("green = 3", "new = { a = 1 }")
    assert (edited.text, edited.lost) == (after, ())
