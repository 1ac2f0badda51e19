"""Changes as Markdown."""

from pkes.cli.views.changes_markdown import page
from pkes.registry.changes import compare
from pkes.registry.parsing import parse
from tests.registries import HEAD


def changed(before, after, language="en"):
    old, new = parse(HEAD + before), parse(HEAD + after)
    return list(page(compare(old, new), old, new, language))


def test_nothing_is_a_sentence():
    assert changed("", "") == ["Nothing changed."]


def test_what_is_added_or_removed_is_shown_whole():
    member = (
        '[members.a]\nname = "A | B"\nsocial_enterprise = true\ntags = ["x", "y; z"]\nnote = ""\ncolour = {b = 1}\n'
    )
    table = ["| Field | Value |", "|---|---|"]
    rows = [
        r"| Name | A \| B |",
        "| Social enterprise | yes |",
        "| Tags | x<br>y; z |",
        '| Note | "" |',
        '| colour | {"b":1} |',
    ]
    assert changed("", member) == [r"### member a – A \| B: added", "", *table, *rows]
    assert changed(member, "") == [r"### member a – A \| B: removed", "", *table, *rows]


def test_a_renamed_record_names_both_ids():
    before, after = '[members.a_b]\nname = "A"\n', '[members.c]\nname = "A"\n'
    assert changed(before, after) == ["### member c – A: renamed from a_b"]
    assert changed(before, after + 'town = "T"\n')[2:] == [
        "| Field | Before | After |",
        "|---|---|---|",
        "| Town | — | T |",
    ]


def test_a_field_is_told_by_what_went_and_came():
    words = "one two three four five six seven eight nine ten eleven twelve"
    before = f'[members.a]\ntags = ["x", "y"]\noffers = ["o"]\nphone = "1"\nnote = "{words}"\n'
    after = (
        f'[members.a]\ntags = ["y", "z"]\nphone = "2"\nnote = "{words.replace("seven ", "7 ")}"\nneeds = ["n", "m"]\n'
    )
    assert changed(before, after)[4:] == [
        "| Phone | 1 | 2 |",
        "| Offers | o | — |",
        "| Needs | — | n<br>m |",
        "| Tags | <del>x</del> | <ins>z</ins> |",
        "| Note | …three four five six <del>seven</del> eight nine ten eleven… "
        "| …three four five six <ins>7</ins> eight nine ten eleven… |",
    ]


def test_what_nobody_would_see_is_in_quotes():
    before = '[members.a]\nname = "A "\nshort_name = "A  B"\ntown = ""\noffers = []\ntags = ["x ", "y"]\n'
    after = '[members.a]\nname = "A"\nshort_name = "A B"\ntags = ["x", "y"]\n'
    assert changed(before, after)[4:] == [
        '| Name | "A " | "A" |',
        '| Short name | "A&nbsp;&nbsp;B" | "A B" |',
        '| Town | "" | — |',
        "| Offers | [] | — |",
        '| Tags | <del>"x "</del> | <ins>"x"</ins> |',
    ]


def test_records_stand_apart_and_a_sector_has_the_label_of_the_language():
    before, after = (f'[sectors.s]\npl = "{pl}"\nen = "E"\n[inquiries.i]\nperson = "{pl}"\n' for pl in "PQ")
    assert changed(before, after, "pl") == [
        "### sector s – Q: changed", "", "| Field | Before | After |", "|---|---|---|", "| Polish label | P | Q |", "",
        "### inquiry i: changed", "", "| Field | Before | After |", "|---|---|---|", "| Person | P | Q |",
    ]  # fmt: skip
    assert changed(before, after)[0] == "### sector s – E: changed"


def test_what_has_no_id():
    old, new = parse(HEAD + "x = 1\n"), parse('format = 1\ny = "|"\n[cluster]\nname = "L"\n')
    assert [line for line in page(compare(old, new), old, new, "en") if line.startswith("### ")] == [
        "### file: changed", "### cluster: changed",
    ]  # fmt: skip
