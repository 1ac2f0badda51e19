"""The Rules of editing, one example each: fields, the comments about them, and line ends."""

from itertools import permutations

import pytest

from tests.toml.examples import add, edit, remove, rename, text, update


def test_one_changed_value_is_one_changed_line():
    before = """
        # The registry.
        format=1
          [ members . "x" ]   # first

        name  =  'X'          # as registered
        "town"="T"
        # still to be asked
        website = "https://example.org"
        offers = [ 'a','b' ]
    """
    assert edit(before, update("x", town="U")).text == text(before).replace('"T"', '"U"')


def test_a_comment_behind_a_value_stays_behind_the_new_value():
    before = 'format = 1\n[members.x]\nname = "X"   # as registered\n'
    edited = edit(before, update("x", name="Y"))
    assert edited.text == 'format = 1\n[members.x]\nname = "Y"   # as registered\n'
    assert edited.lost == ()


@pytest.mark.parametrize(
    ("old", "new", "written"),
    [
        pytest.param("'one'", "two", '"two"', id="literal-to-basic"),
        pytest.param('"one"', "two\nthree", '"""\ntwo\nthree"""', id="to-several-lines"),
        pytest.param('"""\none\ntwo\n"""', "three\nfour\n", '"""\nthree\nfour\n"""', id="several-lines"),
        pytest.param("'''\none # [x]\n'''", "two", '"two"', id="to-one-line"),
        pytest.param('"one"', "a\r\nb", r'"a\r\nb"', id="cr-stays-on-one-line"),
        pytest.param('"one"', 'q"""\nq', '"""\nq\\"\\"\\"\nq"""', id="quotes-in-several-lines"),
    ],
)
def test_a_text_is_written_in_place_of_the_old_one(old, new, written):
    before = f'[members.x]\n# above\nnote = {old} # behind\nname = "X"\n'
    edited = edit(before, update("x", note=new))
    assert edited.text == f'[members.x]\n# above\nnote = {written} # behind\nname = "X"\n'
    assert edited.lost == ()


@pytest.mark.parametrize(
    "key", ["name", '"name"', "'name'", r'"na\u006De"', "  name", '\t"name" '], ids=lambda key: key.strip()
)
def test_a_key_keeps_its_spelling(key):
    assert edit(f'[members.x]\n{key}= "X"\n', update("x", name="Y")).text == f'[members.x]\n{key}= "Y"\n'


def test_a_new_field_goes_to_its_canonical_place_among_those_present():
    edited = edit(
        """
        [members.x]
        name = "X"
        # about the phone
        phone = "1" # asked
        note = "N"

        # about y
        [members.y]
        """,
        update("x", town="T", legal_form="L", krs="K", inquiry="I"),
    )
    assert edited.text == text(
        """
        [members.x]
        name = "X"
        legal_form = "L"
        town = "T"
        # about the phone
        phone = "1" # asked
        krs = "K"
        inquiry = "I"
        note = "N"

        # about y
        [members.y]
        """
    )


def test_a_first_field_goes_right_below_the_header():
    assert edit(
        """
        [members.x] # first
        # about the town
        town = "T"
        """,
        update("x", name="X"),
    ).text == text(
        """
        [members.x] # first
        name = "X"
        # about the town
        town = "T"
        """
    )


def test_fields_out_of_order_stay_where_they_are():
    assert edit(
        """
        [members.x]
        note = "N"
        town = "T"
        name = "X"
        """,
        update("x", short_name="S", phone="1"),
    ).text == text(
        """
        [members.x]
        note = "N"
        town = "T"
        phone = "1"
        name = "X"
        short_name = "S"
        """
    )


def test_a_field_without_a_canonical_place_comes_last():
    assert edit(
        """
        [members.x]
        name = "X"
        colour = "red"
        """,
        update("x", note="N", size="small", age="old"),
    ).text == text(
        """
        [members.x]
        name = "X"
        note = "N"
        colour = "red"
        size = "small"
        age = "old"
        """
    )


def test_clearing_takes_the_comments_about_the_field_and_no_other():
    edited = edit(
        """
        [members.x]
        name = "X"
        # about nothing

        # about the town
        town = "T" # moved
        phone = "1"
        """,
        update("x", town=None),
    )
    assert edited.text == text(
        """
        [members.x]
        name = "X"
        # about nothing

        phone = "1"
        """
    )
    assert edited.lost == ("# about the town", "# moved")


def test_clearing_takes_all_lines_of_the_field():
    edited = edit(
        """
        [members.x]
        name = "X"
        offers = [ # to be checked
            "a",
            # not yet
        ]
        note = '''
        # no comment
        [members.y]
        '''
        """,
        update("x", offers=None, note=None),
    )
    assert edited.text == '[members.x]\nname = "X"\n'
    assert edited.lost == ("# to be checked", "# not yet")


def test_clearing_what_is_not_there_changes_nothing():
    before = '[members.x]\nname = "X"\n'
    assert edit(before, update("x", town=None)).text == before


def test_clearing_an_unknown_table_takes_all_its_headers():
    edited = edit(
        """
        [members.x]
        name = "X"

        # about the colour
        [members.x.colour]
        red = 1

        [[members.x.colour.shades]] # light
        dark = 2

        [members.y]
        """,
        update("x", colour=None),
    )
    assert edited.text == '[members.x]\nname = "X"\n\n[members.y]\n'
    assert edited.lost == ("# about the colour", "# light")


def test_an_unknown_table_becomes_one_line_where_its_value_changes():
    before = '[members.x]\ncolour.red = 1\ncolour.blue = 2\nname = "X"\n'
    edited = edit(before, update("x", colour={"red": 3, "b c": [1, {}]}))
    assert edited.text == '[members.x]\nname = "X"\ncolour = { red = 3, "b c" = [1, {}] }\n'


def test_comments_inside_a_value_that_is_written_anew_are_named():
    before = "[members.x]\ncolour = { shades = [ # light\n 1 ] } # behind\n"
    edited = edit(before, update("x", colour={"shades": [2]}))
    assert edited.text == "[members.x]\ncolour = { shades = [2] } # behind\n"
    assert edited.lost == ("# light",)


@pytest.mark.parametrize("quotes", ['"""', "'''"])
def test_what_looks_like_a_header_or_a_comment_in_a_text_is_none(quotes):
    before = (
        f'[members.x]\nnote = {quotes}\n# no comment\n[members.y]\nname = "no"\n\n{quotes}\nname = "X"\n\n'
        '[members.y]\nname = "Y"\n'
    )
    assert edit(before, update("y", name="Z")).text == before.replace('"Y"', '"Z"')
    assert edit(before, update("x", name="Z")).text == before.replace('"X"', '"Z"')


def test_new_lines_have_the_line_ends_of_the_file():
    before = '[members.x]\r\nname = "X"\r\ntags = [\r\n  "a",\r\n]\r\n'
    edited = edit(before, update("x", town="T", offers=["o"], tags=["a", "b"], note="one\ntwo"))
    assert edited.text == (
        '[members.x]\r\nname = "X"\r\ntown = "T"\r\noffers = [\r\n    "o",\r\n]\r\n'
        'tags = [\r\n  "a",\r\n  "b",\r\n]\r\nnote = """\r\none\r\ntwo"""\r\n'
    )


MIXED = '[members.x]\r\nname = "X"\r\nnote = "N"\n\n[members.z]\nname = "Z"\nnote = "N"\r\n'


@pytest.mark.parametrize(
    ("step", "old", "new"),
    [
        pytest.param(update("x", town="T"), 'X"\r\n', 'X"\r\ntown = "T"\r\n', id="behind-crlf"),
        pytest.param(update("z", town="T"), 'Z"\n', 'Z"\ntown = "T"\n', id="behind-lf"),
        pytest.param(update("x", note="a\nb"), 'note = "N"\n\n', 'note = """\na\nb"""\n\n', id="in-a-line-with-lf"),
        pytest.param(
            update("z", note="a\nb"), 'note = "N"\r\n', 'note = """\r\na\r\nb"""\r\n', id="in-a-line-with-crlf"
        ),
        pytest.param(add("y"), "[members.z]", '[members.y]\nname = "Y"\n\n[members.z]', id="a-record-behind-lf"),
        pytest.param(add("zz"), '"N"\r\n', '"N"\r\n\r\n[members.zz]\r\nname = "ZZ"\r\n', id="a-record-behind-crlf"),
    ],
)
def test_new_lines_in_a_mixed_file_have_the_line_ends_of_their_neighbours(step, old, new):
    assert MIXED.count(old) == 1
    assert edit(MIXED, step).text == MIXED.replace(old, new)


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize(
    ("values", "last"),
    [
        pytest.param({"name": "Y"}, 'name = "Y" # behind', id="changed"),
        pytest.param({"town": "T"}, 'name = "X" # behind|town = "T"', id="added"),
        pytest.param({"name": None, "town": "T"}, 'town = "T"', id="cleared"),
    ],
)
def test_a_missing_final_newline_stays_missing(values, last, newline):
    before = f'format = 1{newline}[members.x]{newline}name = "X" # behind'
    edited = edit(before, update("x", **values))
    assert edited.text == f"format = 1{newline}[members.x]{newline}{last.replace('|', newline)}"


def test_where_the_final_newline_is_missing_the_blank_lines_stay():
    before = '[members.x]\nname = "X"\n\n\ntown = "T"'
    assert edit(before, update("x", town=None)).text == '[members.x]\nname = "X"\n\n'
    assert edit("a = 1\r\n[members.x]\nname = 1", update("x", town="T")).text.endswith('name = 1\ntown = "T"')


def test_the_order_of_the_calls_does_not_matter():
    before = """
        [members.x]
        # about the town
        town = "T"
        offers = [
            "a", # asked
        ]

        [members.y] # Y
        """
    steps = [
        update("x", town="U", offers=["b"]),
        add("z"),
        remove("y"),
        rename("x", "w"),
        lambda document: document.remove_comments(("members", "x")),
    ]
    texts = {edit(before, *order) for order in permutations(steps)}
    assert [one.text for one in texts] == [
        '[members.w]\ntown = "U"\noffers = [\n    "b",\n]\n\n[members.z]\nname = "Z"\n'
    ]


def test_a_text_of_one_line_can_be_edited():
    assert edit("[members.x]", update("x", name="X")).text == '[members.x]\nname = "X"'


def test_fields_of_the_top_level_are_edited_above_the_first_table():
    edited = edit(
        """
        # about the format
        format = 1
        colour = "red"

        # about the cluster
        [cluster]
        """,
        lambda document: document.update((), {"format": 2, "colour": None, "size": 3}, ("format",)),
    )
    assert edited.text == text(
        """
        # about the format
        format = 2
        size = 3

        # about the cluster
        [cluster]
        """
    )


def test_a_new_field_is_indented_as_the_one_it_comes_behind():
    before = 'format = 1\n[members.x]\n  name = "X"\n  offers = []\n'
    assert edit(before, update("x", town="T")).text == before.replace('"X"\n', '"X"\n  town = "T"\n')
