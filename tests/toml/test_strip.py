"""Taking the comments of a table away: every position, what stays, and random layouts."""

import copy

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from pkes.errors import CannotEdit
from pkes.registry import changes
from pkes.registry.parsing import parse
from pkes.toml.edit import Document, every
from pkes.toml.scan import comments
from tests.marked import lay_out, numbers
from tests.random_registries import DATA, registry
from tests.toml.examples import edit, refused, remove, rename, update
from tests.toml.test_edits import is_subsequence, lines_of


def strip(id):
    return lambda document: document.remove_comments(("members", id))


WHERE = {
    "above-header": ("# C\n[members.x]\nname = 1\n", "[members.x]\nname = 1\n"),
    "several-above": ("# C\n # D\n[members.x]\n", "[members.x]\n"),
    "behind-header": ("[members.x]  # C\nname = 1\n", "[members.x]\nname = 1\n"),
    "below-header": ("[members.x]\n# C\nname = 1\n", "[members.x]\nname = 1\n"),
    "inside-with-blank-lines": ("[members.x]\na = 1\n\n# C\n\nb = 2\n", "[members.x]\na = 1\n\n\nb = 2\n"),
    "behind-a-value": ('[members.x]\nname = "# no"\t# C\n', '[members.x]\nname = "# no"\n'),
    "behind-a-text": ('[members.x]\nn = """\n# no\n""" # C\n', '[members.x]\nn = """\n# no\n"""\n'),
    "behind-a-literal": ("[members.x]\nn = '''\n'# no\n''' # C\n", "[members.x]\nn = '''\n'# no\n'''\n"),
    "behind-the-bracket": ("[members.x]\na = [ # C\n  1,\n]\n", "[members.x]\na = [\n  1,\n]\n"),
    "above-an-item": ("[members.x]\na = [\n  # C\n  1,\n]\n", "[members.x]\na = [\n  1,\n]\n"),
    "behind-an-item": ("[members.x]\na = [\n  1, # C\n  2 # D\n]\n", "[members.x]\na = [\n  1,\n  2\n]\n"),
    "below-the-items": ("[members.x]\na = [\n  1\n  # C\n] # D\n", "[members.x]\na = [\n  1\n]\n"),
    "in-an-empty-array": ("[members.x]\na = [\n# C\n]\n", "[members.x]\na = [\n]\n"),
    "in-an-inner-array": ("[members.x]\na = [[ # C\n1], # D\n]\n", "[members.x]\na = [[\n1],\n]\n"),
    "behind-the-record": ("[members.x]\na = 1\n# C\n\n[members.y]\n", "[members.x]\na = 1\n\n[members.y]\n"),
    "at-the-end": ("[members.x]\na = 1\n# C\n", "[members.x]\na = 1\n"),
    "in-a-subtable": (
        "[members.x]\n\n# C\n[members.x.odd] # D\na = 1 # E\n# F\n",
        "[members.x]\n\n[members.x.odd]\na = 1\n",
    ),
    "subtable-elsewhere": (
        "[members.x] # C\n[members.y] # no\n[members.x.odd] # D\n",
        "[members.x]\n[members.y] # no\n[members.x.odd]\n",
    ),
    "empty-comment": ("[members.x] #\n#\n", "[members.x]\n"),
    "looks-like-toml": ("# [members.y]\n[members.x] # a = 1\n", "[members.x]\n"),
    "none": ("[members.x]\na = 1\n", "[members.x]\na = 1\n"),
}


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize(("before", "after"), WHERE.values(), ids=WHERE.keys())
def test_a_comment_of_the_table_goes_and_is_named(before, after, newline):
    before, after = (f"format = 1\n\n{text}".replace("\n", newline) for text in (before, after))
    edited = edit(before, strip("x"))
    assert edited.text == after
    assert edited.lost == tuple(one for one in comments(before) if one != "# no")


@pytest.mark.parametrize(("before", "after"), WHERE.values(), ids=WHERE.keys())
def test_a_missing_final_newline_stays_missing(before, after):
    edited = edit(before.removesuffix("\n"), strip("x"))
    assert edited.text == after.removesuffix("\n")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("# top\n\n[members.x]\n", id="top-of-the-file"),
        pytest.param("format = 1\n# of format\n\n[members.x]\n", id="of-a-key-above"),
        pytest.param("format = 1 # of format\n[members.x]\n", id="behind-a-key-above"),
        pytest.param("[members.w]\na = 1\n# of w\n\n[members.x]\n", id="behind-the-record-above"),
        pytest.param("[members.x]\na = 1\n# of y\n[members.y]\n", id="above-the-next-header"),
        pytest.param("[members.x]\na = 1\n\n# nobody's\n\n[members.y]\n", id="nobodys"),
        pytest.param("[members.x]\na = 1\n\n# of y\n[members.y] # of y\nb = 1 # of y\n", id="of-the-next"),
        pytest.param("[members.x]\na = 1\n\n# last\n", id="nobodys-at-the-end"),
        pytest.param('[members.x]\na = "# no"\nb = \'# no\'\n"# c" = 1\nd = ["# no"]\n', id="in-texts-and-keys"),
        pytest.param("[members.xy] # of xy\n[members.x]\n[members.w.x] # of w\n", id="like-named"),
        pytest.param("[members.x]\n[[other]] # of other\n", id="of-another-kind"),
    ],
)
def test_what_is_not_the_tables_stays(text):
    edited = edit(text, strip("x"))
    assert edited == (text, ())


def test_fields_cleared_in_the_same_edit_take_their_comments_along():
    before = (
        "# C1\n[members.x] # C2\n# C3\nname = 1 # C4\ntown = 2 # C5\n"
        'offers = [ # C6\n  "a", # C7\n] # C8\nnote = """\n# no\n""" # C9\n# C10\n'
    )
    edited = edit(before, update("x", town=None, offers=None, note=None), strip("x"))
    assert edited.text == "[members.x]\nname = 1\n"
    assert edited.lost == tuple(f"# C{number}" for number in range(1, 11))


def test_fields_set_in_the_same_edit_lose_only_their_comments():
    before = '[members.x]\nname = "X" # C\noffers = [\n  "a", # D\n  "b", # E\n]\n'
    edited = edit(before, strip("x"), update("x", name="Y", town="T", offers=["b", "c"]))
    assert parse(f"format = 1\n[cluster]\n{edited.text}").members["x"].offers == ["b", "c"]
    assert sorted(edited.lost) == ["# C", "# D", "# E"]
    assert "#" not in edited.text


def test_a_whole_table_cleared_in_the_same_edit_names_each_comment_once():
    before = "[members.x]\nname = 1 # C\n\n# D\n[members.x.odd]\na = 1 # E\n\n[members.y]\n"
    edited = edit(before, update("x", odd=None), strip("x"))
    assert edited.text == "[members.x]\nname = 1\n\n[members.y]\n"
    assert edited.lost == ("# C", "# D", "# E")


def test_stripping_twice_is_stripping_once():
    edited = edit("[members.x] # C\na = 1 # D\n", strip("x"), strip("x"))
    assert edited == ("[members.x]\na = 1\n", ("# C", "# D"))


def test_neighbours_are_stripped_and_edited_in_one_go():
    before = "# C\n[members.x] # D\na = 1\n# E\n[members.y] # F\nb = 1 # G\n\n[members.z] # H\n"
    edited = edit(before, strip("x"), rename("y", "w"), strip("y"), remove("z"))
    assert edited.text == "[members.x]\na = 1\n[members.w]\nb = 1\n"
    assert edited.lost == ("# C", "# D", "# E", "# F", "# G", "# H")


def test_a_table_without_a_header_is_refused():
    assert refused('[members]\nx = {name = "X"} # C\n', strip("x")) == (2, "members.x")
    assert refused('format = 1\nmembers.x.name = "X" # C\n', strip("x")) == (2, "members.x")


# In random layouts.

MEMBERS = DATA.filter(lambda data: "members" in data)


@given(data=MEMBERS, seed=st.integers(0, 2**32), draw=st.data())
def test_only_the_comments_of_the_table_go(data, seed, draw):
    laid = lay_out(data, seed)
    path = ("members", draw.draw(st.sampled_from(sorted(data["members"])), label="id"))

    document = Document(laid.text)
    document.remove_comments(path)
    edited = document.edited()

    assert edited.text.split(laid.newline) == laid.bare(path) + [""] * laid.text.endswith("\n")
    assert changes.compare(parse(laid.text), parse(edited.text)) == ()
    assert set(numbers(edited.lost)) == laid.owned(path)
    event(f"{min(len(edited.lost), 3)} comments")


@given(data=MEMBERS, seed=st.integers(0, 2**32), draw=st.data())
def test_with_fields_cleared_or_set_no_comment_is_left_and_no_other_line_changed(data, seed, draw):
    laid = lay_out(data, seed)
    id = draw.draw(st.sampled_from(sorted(data["members"])), label="id")
    after = copy.deepcopy(data)
    member = after["members"][id]
    for field in draw.draw(st.sets(st.sampled_from(sorted(member))), label="cleared"):
        del member[field]
    member.update(draw.draw(st.sampled_from([{}, {"town": "Łańcut"}, {"offers": ["a", "Łąka"]}]), label="set"))
    target = registry(after)

    try:
        edited = changes.apply(laid.text, changes.compare(parse(laid.text), target), target, {("member", id): every})
    except CannotEdit:
        event("refused")
        return

    assert changes.compare(parse(edited.text), target) == ()
    assert sorted([*comments(edited.text), *edited.lost]) == sorted(comments(laid.text))
    assert set(numbers(edited.lost)) == laid.owned(("members", id))
    assert is_subsequence(laid.others(("members", id)), lines_of(edited.text))


KEPT = """\
# A
[members.x] # B
name = 1
# C
# D
email = 2 # E

# F

# G
phone = [ # H
  3,
]
[members.x.odd] # I
# J
email = 4
"""


@pytest.mark.parametrize(("key", "gone"), [("email", "CDE"), ("phone", "GH"), ("name", ""), (None, "ABFIJ")])
def test_comments_are_told_apart_by_the_key_they_belong_to(key, gone):
    def take(document):
        document.remove_comments(("members", "x"), lambda _comment, belongs_to: belongs_to == key)

    edited = edit(f"format = 1\n\n{KEPT}", take)
    assert edited.lost == tuple(f"# {one}" for one in gone)
