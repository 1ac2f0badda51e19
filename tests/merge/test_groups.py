"""Merges of files that free comments divide into groups: a new record comes to stand where its side has put it."""

import pytest

from pkes.merge.text import merge

HEAD = """\
format = 1

[cluster]
name = "K"
coordinator = "a"

[sectors.s]
pl = "p"
en = "e"
"""


def record(id, name=None):
    return f'\n[members.{id}]\nname = "{name or id}"\nsector = "s"\n'


def file(*parts):
    return HEAD + "".join(part if part.startswith("\n") else record(part) for part in parts)


X, Y, Z = "\n# X\n", "\n# Y\n", "\n# Z\n"


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "merged"),
    [
        pytest.param(("a", X, "c"), None, ("a", X, "c", "d"), ("a", X, "c", "d"), id="behind"),
        pytest.param(("a", X, "c"), None, ("a", "z", X, "c"), ("a", "z", X, "c"), id="in-the-first"),
        pytest.param(("a", X, "c"), None, ("a", X, "b", "c"), ("a", X, "b", "c"), id="in-front"),
        pytest.param(("a", X, "c"), ("a", X, "c", "e"), ("a", X, "c", "d"), ("a", X, "c", "d", "e"), id="both"),
        pytest.param(("a", X, "c"), None, ("a", Y, "z", X, "c"), ("a", Y, "z", X, "c"), id="with-its-banner"),
        pytest.param(
            ("a", X, "c"),
            None,
            ("a", Y, "z", Z, "b", X, "c"),
            ("a", Y, "z", Z, "b", X, "c"),
            id="two-groups-with-their-banners",
        ),
        pytest.param(("a", "c"), None, ("a", X, "aa", "c"), ("a", X, "aa", "c"), id="banner-and-record"),
        pytest.param(("a", "b", "c"), None, ("a", "b", X, "aa", "c"), ("a", "b", X, "aa", "c"), id="beside-its-group"),
        pytest.param(("a", "c"), ("a", X, "c"), ("a", "b", "c"), ("a", "b", X, "c"), id="ours-alone-has-groups"),
    ],
)
def test_a_new_record_stands_under_the_banner_of_its_side(base, ours, theirs, merged):
    mine = file(*(ours or base)).replace('"c"\nsector', '"edited"\nsector')
    done = merge(file(*base), mine, file(*theirs))
    assert (done.conflicts, done.lost) == ((), ())
    assert done.text == file(*merged).replace('"c"\nsector', '"edited"\nsector')


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "merged"),
    [
        pytest.param("abc", ("a", "c"), ("a", X, "b", "c"), ("a", X, "c"), id="new-on-what-ours-removed"),
        pytest.param("abc", ("a", "c"), ("a", X, Y, "b", Z, "c"), ("a", X, Y, Z, "c"), id="several"),
        pytest.param("abc", ("a", "b"), ("a", "b", X, "c"), ("a", "b", X), id="new-on-the-last"),
        pytest.param(("a", X, "b", "c"), None, ("a", X, "c"), ("a", X, "c"), id="left-by-theirs"),
        pytest.param(("a", X, "b", "c"), None, ("a", "c"), ("a", "c"), id="taken-away-by-theirs"),
        pytest.param(("a", X, "b", "c"), ("a", X, "c"), ("a", Y, "b", "c"), ("a", Y, "c"), id="changed-by-theirs"),
        pytest.param(("a", X, "b", "c"), ("a", Y, "c"), ("a", X, "b", "c", "d"), ("a", Y, "c", "d"), id="ours-changed"),
    ],
)
def test_a_free_comment_stays_where_it_is_when_the_record_behind_it_goes(base, ours, theirs, merged):
    mine = file(*(ours or base)).replace('name = "K"', 'name = "Klaster"')
    done = merge(file(*base), mine, file(*theirs))
    assert (done.conflicts, done.lost) == ((), ())
    assert done.text == file(*merged).replace('name = "K"', 'name = "Klaster"')
