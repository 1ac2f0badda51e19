"""Changes as Markdown."""

import pytest

from pkes.cli.views.changes_markdown import MOST, Sides, page
from pkes.registry.changes import compare
from pkes.registry.parsing import parse
from tests.registries import HEAD


def whole(before, after, language="en"):
    old, new = parse(before), parse(after)
    return list(page(compare(old, new), Sides(old, new, language), is_same_text=before == after))


def changed(before, after, language="en"):
    """Return the records of a page, without what stands before them."""
    lines = whole(HEAD + before, HEAD + after, language)
    return lines[next(number for number, line in enumerate(lines) if line.startswith("### ")) :]


def test_nothing_is_a_sentence():
    assert whole(HEAD, HEAD) == ["Nothing changed."]
    assert whole(HEAD, HEAD + "# more\n") == ["No data changed: only comments, or the form of the file."]


def member(id, name="", **fields):
    rows = "".join(f'{field} = "{value}"\n' for field, value in fields.items())
    return f'[members.{id}]\nname = "{name or id.upper()}"\n{rows}'


def test_the_counts_come_first_then_what_matters_then_the_records():
    before = (
        HEAD + '[sectors.s]\npl = "P"\nen = "E"\n' + member("a", sector="s") + member("b") + member("c") + member("f")
    )
    after = (
        HEAD.replace('"a"', '"c"')
        + '[sectors.t]\npl = "T"\nen = "T"\n'
        + member("a", sector="t", left="2025-03", town="T")
        + member("c", phone="1")
        + member("d")
        + member("e", "F")
    )
    lines = whole(before, after)
    assert lines[:10] == [
        "**8 records (removed: 2, left the cluster: 1, added: 2, with another id: 1, changed: 2)**",
        "",
        "- sector s – E: removed",
        "- member b – B: removed",
        "- member a – A: Left — → 2025-03",
        "- cluster: Coordinator a → c",
        "- sector s – E: removed",
        "- sector t – T: added",
        "- member a – A: Sector E → T",
        "",
    ]
    assert [line for line in lines if line.startswith("### ")] == [
        "### cluster: changed", "### sector s – E: removed", "### sector t – T: added", "### member a – A: changed",
        "### member b – B: removed", "### member c – C: changed", "### member d – D: added",
        "### member e – F: renamed from f",
    ]  # fmt: skip


def test_one_that_came_back_has_not_left():
    lines = whole(HEAD + member("a", left="2025-03"), HEAD + member("a"))
    assert lines[:3] == ["**1 record (changed: 1)**", "", "- member a – A: Left 2025-03 → —"]


def test_more_than_twenty_of_a_reason_are_counted():
    lines = whole(HEAD + "".join(member(f"m{number:02}") for number in range(23)), HEAD)
    assert lines[0] == "**23 records (removed: 23)**"
    assert lines[20:24] == ["- member m18 – M18: removed", "- member m19 – M19: removed", "- … and 3 more", ""]


@pytest.mark.parametrize(("length", "count"), [(1, 300), (200, 300), (3_000, 60), (25_000, 10)])
def test_a_page_is_never_too_long_and_counts_what_it_leaves_out(length, count):
    before = HEAD + "".join(member(f"m{number:03}") for number in range(count))
    after = HEAD + "".join(member(f"m{number:03}", note="@a " * length, left="2025") for number in range(1, count))
    after += member("new", "x" * length)
    lines = whole(before, after)
    text = "\n".join(lines) + "\n"
    assert len(text.encode()) <= MOST
    shown = sum(line.startswith("### ") for line in lines)
    assert (f"There is no room here for {count + 1 - shown} records (" in lines[-1]) == (shown <= count)
    assert shown > (250 if length == 1 else 0)
    assert lines[0] == f"**{count + 1} records (removed: 1, left the cluster: {count - 1}, added: 1)**"


def test_what_is_added_or_removed_is_shown_whole():
    added = '[members.a]\nname = "A | B"\nsocial_enterprise = true\ntags = ["x", "y; z"]\nnote = ""\ncolour = {b = 1}\n'
    table = ["| Field | Value |", "|---|---|"]
    rows = [
        r"| Name | A \| B |",
        "| Social enterprise | yes |",
        "| Tags | x<br>y; z |",
        '| Note | "" |',
        '| colour | {"b":1} |',
    ]
    assert changed("", added) == [r"### member a – A \| B: added", "", *table, *rows]
    assert changed(added, "") == [r"### member a – A \| B: removed", "", *table, *rows]


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
    lines = page(compare(old, new), Sides(old, new, "en"), is_same_text=False)
    assert [line for line in lines if line.startswith("### ")] == ["### file: changed", "### cluster: changed"]
