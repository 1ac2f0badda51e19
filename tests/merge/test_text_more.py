"""What a merge does with comments in rarer places, and with texts at the edge of what can be merged."""

import pytest

from pkes.errors import Malformed
from pkes.merge.records import Conflict
from pkes.merge.text import merge

HEAD = """\
format = 1

[cluster]
name = "K"
coordinator = "a"

"""
BASE = f"""\
{HEAD}# about a
[members.a]
name = "A"
town = "T"
phone = "1"
email = "a@example.org"
"""


def edited(*replacements, text=BASE):
    for old, new in replacements:
        assert text.count(old) == 1
        text = text.replace(old, new)
    return text


OURS = ('name = "K"', 'name = "Klaster"')


def assert_both(*theirs, base=BASE):
    """Assert that what theirs did is in the text of ours as theirs did it."""
    merged = merge(base, edited(OURS, text=base), edited(*theirs, text=base))
    assert merged[:3] == (edited(OURS, *theirs, text=base), (), ())


@pytest.mark.parametrize(
    "theirs",
    [
        pytest.param('# above\nphone = "1"', id="above"),
        pytest.param('\n# free\n\nphone = "1"', id="free"),
        pytest.param('\n# free\n\n# above\nphone = "1"', id="free and above"),
        pytest.param('\n# free\n\n# free, too\n\n# above\nphone = "1" # behind', id="all of them"),
    ],
)
def test_several_comments_on_one_key(theirs):
    assert_both(('phone = "1"', theirs))


def test_several_comments_between_two_tables():
    tail = 'coordinator = "a"\n# tail\n\n# free\n\n# free, too\n\n# above\n# about a\n'
    assert_both(('coordinator = "a"\n\n# about a\n', tail))


CLOSE = f'{HEAD}[members.a]\nname = "A"\n[members.b]\nname = "B"\n'


def test_a_tail_stays_apart_from_the_next_table():
    assert_both(('"A"\n', '"A"\n# end of a\n\n'), base=CLOSE)


def test_a_free_block_at_the_end_goes_with_the_blank_line_in_front():
    assert_both(("\n# the end\n", ""), base=BASE + "\n# the end\n")


@pytest.mark.parametrize(
    ("ours", "block", "end"),
    [
        pytest.param("# one\n# two\n# ours\n", "# two\n# ours\n# theirs\n", "", id="above: a line more"),
        pytest.param("# one\n# ours\n", "# ours\n# theirs\n", "", id="above: a line anew"),
        pytest.param("# one\n# two\n# ours\n", "# two\n# ours\n# theirs\n", "\n", id="free: a line more"),
        pytest.param("# one\n# ours\n", "# ours\n# theirs\n", "\n", id="free: a line anew"),
        pytest.param("# one\n# two\n\n# ours\n", "# two\n\n# ours\n# theirs\n", "\n", id="free: a block more"),
    ],
)
def test_no_line_is_repeated_where_both_changed_a_block(ours, block, end):
    texts = [edited(("# about a\n", one + end)) for one in ("# one\n# two\n", ours, "# theirs\n# two\n", block)]
    assert merge(*texts[:3])[:3] == (texts[3], (), ())


# Keys that theirs took away.

REMARKED = edited(('phone = "1"', '# once, on Fridays\nphone = "1" # behind'))


@pytest.mark.parametrize(
    "theirs",
    [
        pytest.param('# once, on Fridays\nphone = "1" # behind\n', id="with the block above"),
        pytest.param('phone = "1" # behind\n', id="without the block above"),
        pytest.param('# once, on Fridays\nphone = "1" # behind\nemail = "a@example.org"\n', id="the last ones"),
    ],
)
def test_a_key_goes_as_theirs_took_it_away(theirs):
    assert_both((theirs, ""), base=REMARKED)


def test_a_key_gives_way_to_another():
    assert_both(('phone = "1" # behind', 'website = "w"'), ('email = "a@example.org"\n', ""), base=REMARKED)


def test_a_block_that_ours_wrote_above_a_key_that_theirs_took_away_goes_with_it_and_is_named():
    merged = merge(BASE, edited(('phone = "1"', '# ours\nphone = "1"')), edited(('phone = "1"\n', "")))
    assert merged[:3] == (edited(('phone = "1"\n', "")), (), (("# ours", "ours", 11),))


# Tables and keys that the registry does not know.

DOTTED = edited(('phone = "1"\n', "# x\nweb.x = 1 # x\n# y\nweb.'y' = 2 # y\n"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("web.'y' = 2 # y", "web.'y' = 2 # z", id="behind the second"),
        pytest.param("web.x = 1 # x", "web.x = 1", id="behind the first"),
        pytest.param("# y\nweb", "# z\n# zz\nweb", id="above the second"),
        pytest.param("# x\nweb", "web", id="above the first"),
    ],
)
def test_comments_on_dotted_keys(old, new):
    assert_both((old, new), base=DOTTED)


ARRAY = f"{BASE}\n[[x]]\nn = 1\n[x.in]\nm = 1 # one\n[[x.s]]\n\n[[x]]\nn = 2\n[x.in]\nm = 2 # two\n[[x.s]]\n"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("m = 1 # one", "m = 1 # uno", id="in the first element"),
        pytest.param("m = 2 # two", "m = 2 # due\n# tail\n", id="in the second"),
        pytest.param(
            "[[x.s]]\n\n[[x]]", "# s\n[[x.s]]\n\n# two\n[[x]]", id="above a table in the first, and the second"
        ),
    ],
)
def test_comments_in_arrays_of_tables(old, new):
    assert_both((old, new), base=ARRAY)


WEB = "# of a\n[members.a.web]\nk = 1 # one\n"


def test_comments_on_a_table_that_ours_gets_inline_stand_above_it():
    merged = merge(BASE, edited(OURS), BASE + "\n" + WEB)
    assert "\n# of a\n# one\nweb = { k = 1 }\n" in merged.text
    assert (merged.conflicts, merged.lost) == ((), ())


def test_a_conflict_of_tables_keeps_what_each_side_says_of_its_own():
    base = BASE + "\n" + WEB
    ours, theirs = (edited(("k = 1 # one", f"k = {n} # {n}"), text=base) for n in (2, 3))
    theirs = edited(("# of a", "# of A"), text=theirs)
    about = "member a web"
    marked = (
        f"<<<<<<< ours: {about}\n{ours[len(BASE) + 1 :]}=======\n{theirs[len(BASE) + 1 :]}>>>>>>> theirs: {about}\n"
    )
    merged = merge(base, ours, theirs)
    assert (merged.text, merged.lost) == (BASE + "\n" + marked, ())


# Arrays that both sides change.

TAGS = edited(('phone = "1"', 'tags = [ # open\n    "x", # on x\n    "y", # on y\n    "z",\n]'))


def test_a_comment_on_an_item_that_is_written_anew_is_kept():
    ours, theirs = edited(('"z"', '"zz"'), text=TAGS), edited(('"y"', '"yy"'), text=TAGS)
    merged = merge(TAGS, ours, theirs)
    assert '\n# on y\ntags = [ # open\n    "x", # on x\n    "zz",\n    "yy",\n]\n' in merged.text
    assert (merged.conflicts, merged.lost) == ((), ())


def test_a_comment_in_an_array_that_ours_took_away_does_not_come_back():
    ours, theirs = edited(('"y", # on y', '"y",'), text=TAGS), edited(('    "x", # on x\n', ""), text=TAGS)
    merged = merge(TAGS, ours, theirs)
    assert '\ntags = [ # open\n    "y",\n    "z",\n]\n' in merged.text
    assert (merged.conflicts, merged.lost) == ((), ())


# Whatever happens, no comment goes without a word.


def test_a_comment_on_an_item_that_the_other_side_took_out_is_told():
    base = edited(('phone = "1"', 'tags = [\n    "x",\n    "y",\n]'))
    ours, theirs = edited(('"x",', '"x", # why?'), text=base), edited(('    "x",\n', ""), text=base)
    assert merge(base, ours, theirs)[:3] == (theirs, (), (("# why?", "ours", 12),))


def test_a_comment_on_a_record_that_is_gone_goes_to_no_other_table():
    base = edited(("# about a\n", "[members]\n\n")) + '\n[members.b]\nname = "B"\n'
    ours, theirs = base[: base.index("\n[members.b]")], edited(('"B"', '"B" # why?'), text=base)
    assert merge(base, ours, theirs)[:3] == (ours, (), (("# why?", "theirs", 16),))


def test_a_comment_that_both_took_away_is_not_told():
    base = edited(('"T"', '"T" # x'), ('"1"', '"1" # x'))
    ours, theirs = edited(('"T" # x', '"U"'), text=base), edited(('"1" # x', '"2"'), text=base)
    assert merge(base, ours, theirs)[:3] == (edited(('"T"', '"U"'), ('"1"', '"2"')), (), ())


# What is empty.


@pytest.mark.parametrize("empty", ["", "\n"])
@pytest.mark.parametrize("side", [1, 2], ids=["ours", "theirs"])
def test_only_the_base_may_be_empty(side, empty):
    texts = ["", BASE, BASE]
    texts[side] = empty
    with pytest.raises(Malformed):
        merge(*texts)


def test_a_new_reference_follows_a_rename():
    base = BASE + '\n[members.b]\nname = "B"\n'
    ours = edited(("[members.b]", "[members.bb]"), text=base)
    theirs = edited(('coordinator = "a"', 'coordinator = "b"'), text=base)
    merged = edited(('coordinator = "a"', 'coordinator = "bb"'), text=ours), (), ()
    assert merge(base, ours, theirs)[:3] == merged
    assert merge(base, theirs, ours)[:3] == merged


@pytest.mark.parametrize("swapped", [False, True], ids=["ours removed", "theirs removed"])
def test_a_free_comment_above_a_record_in_conflict_is_no_part_of_it(swapped):
    base = BASE + '\n# about b\n[members.b]\nname = "B"\n'
    changed = edited(("# about b\n", "# free\n\n# about b\n"), ('name = "B"', 'name = "Bis"'), text=base)
    sides = (changed, BASE) if swapped else (BASE, changed)
    merged = merge(base, *sides)
    assert merged.conflicts == (Conflict("member", "b", None),)
    outside = merged.text.partition("<<<<<<< ")[0] + merged.text.partition(">>>>>>> ")[2]
    assert outside.count("# free\n") == 1
    assert merged.lost == ()


@pytest.mark.parametrize("block", ["# above\n", "\n# free\n\n"], ids=["above", "free"])
def test_a_comment_above_a_field_in_conflict_is_no_part_of_it(block):
    ours, theirs = (f'town = "{town}"\n' for town in ("Ours", "Theirs"))
    merged = merge(BASE, edited(('town = "T"\n', ours)), edited(('town = "T"\n', block + theirs)))
    about = "member a town"
    marked = f"{block}<<<<<<< ours: {about}\n{ours}=======\n{theirs}>>>>>>> theirs: {about}\n"
    assert merged[:3] == (edited(('town = "T"\n', marked)), (Conflict("member", "a", "town"),), ())
