"""Three texts of a registry become one: both sides' data, comments and layout."""

import pytest

from pkes.errors import CannotEdit, Malformed
from pkes.merge.records import Conflict
from pkes.merge.text import merge
from pkes.registry.parsing import parse

BASE = """\
# the registry
format = 1

[cluster]
name = "K"
coordinator = "nitka" # a member

[sectors.ngo]
pl = "organizacje"
en = "NGOs"

# about Igła
[members.igla]
name = "Igła"
sector = "ngo"
tags = [
    "szycie", # sewing
    "hafty",
]

# nobody's

[members.nitka]
name = "Nitka"
sector = "ngo"
town = "Jasło" # since 2020
# end of nitka
"""


def edited(*replacements, text=BASE):
    for old, new in replacements:
        assert text.count(old) == 1
        text = text.replace(old, new)
    return text


ZOLW = '# about Żółw\n[members.zolw]\nname = "Żółw" # new\nsector = "ngo"\n# end of zolw\n'


@pytest.mark.parametrize(
    "theirs",
    [
        pytest.param([('town = "Jasło"', 'town = "Krosno"')], id="a value"),
        pytest.param([('town = "Jasło" # since', "town = 'Krosno' # from")], id="a value, its quotes and comment"),
        pytest.param([('"Jasło" # since 2020', '"Jasło"')], id="a comment behind a value goes"),
        pytest.param([('name = "Nitka"', 'name = "Nitka" # sic')], id="a comment behind a value comes"),
        pytest.param([('name = "Nitka"', '# sic\nname = "Nitka"')], id="a comment above a key"),
        pytest.param([("[members.nitka]", "# about Nitka\n[members.nitka]")], id="a comment above a header"),
        pytest.param([("[members.nitka]", "[members.nitka] # 2")], id="a comment behind a header"),
        pytest.param([("# about Igła\n", "")], id="a comment above a header goes"),
        pytest.param([("# about Igła\n", "# on\n# Igła\n")], id="a block is written anew"),
        pytest.param([("# nobody's\n", "# somebody's\n")], id="a free block is written anew"),
        pytest.param([("# nobody's\n\n", "")], id="a free block goes"),
        pytest.param([("[members.nitka]\n", "# free\n\n[members.nitka]\n")], id="a free block comes"),
        pytest.param([("# end of nitka\n", "# the end\n")], id="the tail is written anew"),
        pytest.param([("# end of nitka\n", "# end of nitka\n\n# the end\n")], id="a block comes at the end"),
        pytest.param([('    "hafty",\n', '    # fine\n    "hafty",\n')], id="a comment in an array"),
        pytest.param([('"szycie", # sewing', '"szycie",')], id="a comment in an array goes"),
        pytest.param([('    "hafty",\n', '    "hafty",\n    "druk", # print\n')], id="an item with its comment"),
        pytest.param([("# end of nitka\n", "# end of nitka\n\n" + ZOLW)], id="a record with its comments"),
        pytest.param([('town = "Jasło" # since 2020\n', "")], id="a field goes with the comment behind it"),
        pytest.param([('[members.nitka]\nname = "Nitka"', "[members.nitka]\nname = 'Nitka'")], id="only its quotes"),
    ],
)  # fmt: skip
def test_what_theirs_alone_changed_is_in_ours_as_theirs_wrote_it(theirs):
    # Ours changes another place, so that neither side is the base.
    of_ours = ('pl = "organizacje"', 'pl = "organizacje pozarządowe" # ours')
    merged = merge(BASE, edited(of_ours), edited(*theirs))
    assert merged[:3] == (edited(of_ours, *theirs), (), ())


def test_a_free_block_comes_above_the_block_of_a_field():
    base = edited(("town = ", "\n# above\ntown = "))
    of_ours, of_theirs = ('"organizacje"', '"fundacje"'), ("# above", "# free\n\n# above")
    merged = merge(base, edited(of_ours, text=base), edited(of_theirs, text=base))
    assert merged[:3] == (edited(of_ours, of_theirs, text=base), (), ())


def test_a_change_of_spaces_alone_is_left_to_gits_own_merge():
    of_ours = ('pl = "organizacje"', 'pl = "organizacje pozarządowe"')
    spaced = edited(("[cluster]\n", "\n[cluster]\n"))
    assert merge(BASE, edited(of_ours), spaced).text == edited(of_ours)
    textual = edited(of_ours, text=spaced)
    assert merge(BASE, edited(of_ours), spaced, textual).text == textual


@pytest.mark.parametrize(
    "textual",
    [
        pytest.param(edited(("Jasło", "Krosno")), id="other data"),
        pytest.param(BASE + "<<<<<<< ours\n", id="no TOML"),
        pytest.param("", id="no registry"),
    ],
)
def test_gits_own_merge_does_not_stand_where_it_says_something_else(textual):
    merged = merge(BASE, BASE, BASE, textual)
    assert merged[:3] == (BASE, (), ())


LONG = edited(("# end of nitka\n", 'note = """\none\ntwo\nthree\nfour\n"""\n'))


@pytest.mark.parametrize(
    ("textual", "conflicts"),
    [
        pytest.param(edited(("one", "1"), ("four", "4"), text=LONG), 0, id="both sides' lines: it stands"),
        pytest.param(edited(("one", "1"), text=LONG), 1, id="ours only"),
        pytest.param(edited(("four", "4"), text=LONG), 1, id="theirs only"),
        pytest.param(edited(("one", "1"), ("four", "4"), ("Jasło", "Krosno"), text=LONG), 1, id="other data, too"),
        pytest.param(None, 1, id="git has a conflict elsewhere"),
    ],
)
def test_git_may_merge_the_lines_of_a_long_text(textual, conflicts):
    merged = merge(LONG, edited(("one", "1"), text=LONG), edited(("four", "4"), text=LONG), textual)
    assert len(merged.conflicts) == conflicts
    assert conflicts or merged.text == textual


def test_both_sides_add_records_side_by_side():
    ours = edited(("# end of nitka\n", '# end of nitka\n\n[members.osa]\nname = "Osa"\nsector = "ngo"\n'))
    merged = merge(BASE, ours, BASE + "\n" + ZOLW)
    assert merged[:3] == (ours + "\n" + ZOLW, (), ())


def test_neighbouring_lines_do_not_conflict():
    ours = edited(('name = "Nitka"', 'name = "Nitka II"'))
    theirs = edited(('sector = "ngo"\ntown = "Jasło"', 'sector = "ngo"\ntown = "Krosno"'))
    assert merge(BASE, ours, theirs).text == edited(("Jasło", "Krosno"), text=ours)


def test_ours_comments_are_kept_where_both_changed_a_block():
    ours = edited(("# about Igła\n", "# about Igła\n# ours\n"))
    theirs = edited(("# about Igła\n", "# theirs\n"))
    assert "# ours\n# theirs\n[members.igla]\n" in merge(BASE, ours, theirs).text


def test_two_comments_behind_one_value_stand_above_and_behind():
    ours, theirs = edited(("# since 2020", "# since 2021")), edited(("# since 2020", "# since 2022"))
    assert '# since 2022\ntown = "Jasło" # since 2021\n' in merge(BASE, ours, theirs).text


def test_a_comment_on_a_field_that_is_gone_goes_to_its_record():
    ours = edited(('town = "Jasło" # since 2020\n', ""))
    theirs = edited(("town =", "# why?\ntown ="))
    assert "# why?\n[members.nitka]\n" in merge(BASE, ours, theirs).text


def test_a_comment_on_a_record_that_is_gone_is_told():
    gone = BASE[BASE.index("# about Igła") : BASE.index("# nobody's")]
    ours = edited((gone, ""))
    theirs = edited(("# about Igła\n", "# about Igła\n# why?\n"), ('name = "Igła"', 'name = "Igła" # sic'))
    merged = merge(BASE, ours, theirs)
    assert (merged.text, sorted(merged.lost)) == (ours, [("# sic", "theirs", 15), ("# why?", "theirs", 13)])
    swapped = merge(BASE, theirs, ours)
    assert (swapped.text, sorted(swapped.lost)) == (ours, [("# sic", "ours", 15), ("# why?", "ours", 13)])


def test_comments_follow_a_rename():
    ours = edited(("[members.igla]", "[members.igielka]"))
    theirs = edited(('name = "Igła"', '# sic\nname = "Igła" # really'), ("# about Igła\n", "# on Igła\n"))
    merged = merge(BASE, ours, theirs)
    assert merged[:3] == (edited(("[members.igla]", "[members.igielka]"), text=theirs), (), ())
    assert merge(BASE, theirs, ours)[:3] == merged[:3]


def test_what_theirs_added_refers_to_the_new_id():
    ours = edited(("[members.nitka]", "[members.nic]"), ('coordinator = "nitka"', 'coordinator = "nic"'))
    inquiry = '\n[inquiries.2025-01-02-abc]\nperson = "P" # who\nmember = "nitka"\n'
    merged = merge(BASE, ours, BASE + inquiry)
    assert merged.text == ours + inquiry.replace("nitka", "nic")


def test_line_ends_are_those_of_ours():
    ours = edited(('name = "Nitka"', 'name = "Nić"')).replace("\n", "\r\n")
    theirs = edited(("Jasło", "Krosno"), ("# about Igła", "# on Igła"))
    assert merge(BASE, ours, theirs).text == edited(('name = "Nitka"', 'name = "Nić"'), text=theirs).replace(
        "\n", "\r\n"
    )


@pytest.mark.parametrize("added", ["", "\n[members.zolw]\nname = 'Żółw'\n"], ids=["a value", "a record at the end"])
def test_a_missing_last_line_end_stays_missing_unless_a_record_is_added(added):
    base = edited(("# end of nitka\n", ""))
    ours = base.removesuffix("\n")
    merged = merge(base, ours, edited(('Igła"', 'Igiełka"'), text=base) + added)
    assert merged.text == edited(('Igła"', 'Igiełka"'), text=base if added else ours) + added


def test_an_empty_base_is_one_that_both_sides_added():
    ours, theirs = edited(("# nobody's\n\n", "")), edited(('town = "Jasło" # since 2020\n', ""))
    merged = merge("", ours, theirs)
    assert parse(merged.text) == parse(BASE)
    assert merged.conflicts == ()


# Conflicts.

JASLO = 'town = "Jasło" # since 2020\n'


@pytest.mark.parametrize("with_base", [False, True], ids=["merge", "diff3"])
def test_a_conflict_stands_around_its_field_alone(with_base):
    ours, theirs = edited(("Jasło", "Krosno"), ('Igła"', 'Ig"')), edited(("Jasło", "Dukla"), ('"hafty"', '"druk"'))
    merged = merge(BASE, ours, theirs, with_base=with_base)
    about = "member nitka town"
    base = f"||||||| base: {about}\n{JASLO}" if with_base else ""
    marked = (
        f"<<<<<<< ours: {about}\n{JASLO.replace('Jasło', 'Krosno')}{base}"
        f"=======\n{JASLO.replace('Jasło', 'Dukla')}>>>>>>> theirs: {about}\n"
    )
    assert merged.text == edited(('Igła"', 'Ig"'), ('"hafty"', '"druk"'), (JASLO, marked))
    assert merged.conflicts == (Conflict("member", "nitka", "town"),)


@pytest.mark.parametrize("swapped", [False, True], ids=["ours cleared", "theirs cleared"])
def test_a_field_cleared_against_one_changed(swapped):
    sides = [edited((JASLO, "")), edited(("Jasło", "Dukla"))]
    shown = ["", JASLO.replace("Jasło", "Dukla")]
    if swapped:
        sides.reverse()
        shown.reverse()
    about = "member nitka town"
    marked = f"<<<<<<< ours: {about}\n{shown[0]}=======\n{shown[1]}>>>>>>> theirs: {about}\n"
    assert merge(BASE, *sides).text == edited((JASLO, marked))


@pytest.mark.parametrize("swapped", [False, True], ids=["ours removed", "theirs removed"])
def test_a_record_removed_against_one_changed(swapped):
    piece = BASE[BASE.index("# about Igła") : BASE.index("\n# nobody's")]
    changed = piece.replace('name = "Igła"', 'name = "Ig" # sic')
    sides = [edited((piece + "\n", "")), edited((piece, changed))]
    shown = ["", changed]
    if swapped:
        sides.reverse()
        shown.reverse()
    merged = merge(BASE, *sides)
    about = "member igla"
    assert f"<<<<<<< ours: {about}\n{shown[0]}=======\n{shown[1]}>>>>>>> theirs: {about}\n" in merged.text
    assert merged.conflicts == (Conflict("member", "igla", None),)
    assert merged.lost == ()


def test_a_record_given_two_ids():
    merged = merge(BASE, edited(("members.igla", "members.ig")), edited(("members.igla", "members.iglica")))
    region = merged.text[merged.text.index("<<<<<<<") : merged.text.index(">>>>>>>")]
    ours, theirs = region.split("=======\n")
    assert "[members.ig]" in ours
    assert "[members.iglica]" in theirs
    assert merged.text.count("<<<<<<< ") == len(merged.conflicts) == 1


UNKNOWN = BASE + "\n[alien]\na = 1\n\n[alien.b]\nc = 1 # c\n"


def test_a_conflict_in_an_unknown_table_is_around_the_table():
    merged = merge(UNKNOWN, edited(("a = 1", "a = 2"), text=UNKNOWN), edited(("a = 1", "a = 3"), text=UNKNOWN))
    assert merged.text.endswith(
        "<<<<<<< ours: file alien\n[alien]\na = 2\n\n[alien.b]\nc = 1 # c\n"
        "=======\n[alien]\na = 3\n\n[alien.b]\nc = 1 # c\n>>>>>>> theirs: file alien\n"
    )


def test_an_unknown_table_is_edited_key_by_key():
    merged = merge(UNKNOWN, edited(("a = 1", "a = 2"), text=UNKNOWN), edited(("c = 1", "c = 3"), text=UNKNOWN))
    assert merged[:3] == (edited(("a = 1", "a = 2"), ("c = 1", "c = 3"), text=UNKNOWN), (), ())


def test_a_conflict_that_cannot_be_shown_is_refused():
    dotted = [edited((JASLO, f"web.a = {n}\nweb.b = 1\n")) for n in (1, 2, 3)]
    with pytest.raises(CannotEdit):
        merge(*dotted)


@pytest.mark.parametrize("side", [0, 1, 2], ids=["base", "ours", "theirs"])
def test_what_is_no_registry_cannot_be_merged(side):
    texts = [BASE, BASE, BASE]
    texts[side] = "format = 1\n"
    with pytest.raises(Malformed):
        merge(*texts)
