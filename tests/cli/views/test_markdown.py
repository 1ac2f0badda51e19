"""Changes as Markdown: what the registry holds is text there. A parser of Markdown that is not ours says so."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from pkes.cli.views.markdown import page, text
from pkes.registry.changes import compare
from pkes.registry.parsing import parse
from tests.registries import HEAD

MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
NOT_TEXT = re.compile(r"<(?:/?(?:span|code)|br)>")


def changed(before, after, language="en"):
    old, new = parse(HEAD + before), parse(HEAD + after)
    return list(page(compare(old, new), old, new, language))


def shown(markdown):
    """Return the texts of the cells and headings of a page, without the tags that may be there."""
    tokens = MARKDOWN.parse(markdown)
    for token in tokens:
        for child in token.children or ():
            assert child.type in ("text", "text_special", "html_inline"), child
            assert child.type != "html_inline" or NOT_TEXT.fullmatch(child.content), child
    inline = [token.children or [] for token in tokens if token.type == "inline"]
    return [
        "".join(
            "\n" if one.content == "<br>" else one.content
            for one in line
            if one.content == "<br>" or one.type != "html_inline"
        )
        for line in inline
    ]


SIGNS = [
    "|", "\\", "`", "*", "_", "~~", "<b>", "</td>", "<!--", "&amp;", "&#64;", "@user", "#12", "GH-3", ":+1:", "http://x.org/",
    "www.x.org", "a@example.org", "[x](y)", "![x](y)", "$x$", "- ", "# ", "> ", "1. ", "ł", " ", "a", "\n", "\u202e",
]  # fmt: skip


@settings(max_examples=80)
@given(parts=st.lists(st.sampled_from(SIGNS), min_size=1, max_size=8))
def test_any_text_is_shown_as_it_is(parts):
    value = "\n".join(line.strip() for line in re.sub(" +", " ", "".join(parts)).split("\n"))
    wanted = value.replace("\u202e", "\\u202e")
    heading, field, held = shown(f"### x{text(value)}x\n\n| {text('a|b')} |\n|---|\n| {text(value)} |")
    assert (heading, field, held.strip(" ")) == (f"x{wanted}x", "a|b", wanted.strip(" "))


@pytest.mark.parametrize(
    ("value", "written"),
    [
        pytest.param("call @user, @org/team", "call <code>@user</code>, <code>@org/team</code>", id="mentions"),
        pytest.param("#12 x/y#3 gh-4", "<code>#12</code> x/y<code>#3</code> <code>gh-4</code>", id="issues"),
        pytest.param("a_b@example.org", r"a\_b<span>@</span>example.org", id="e-mail"),
        pytest.param("https://x.org www.x.org", "https<span>:</span>//x.org www<span>.</span>x.org", id="links"),
        pytest.param(":thumbs_up: 10:30", r"<span>:</span>thumbs\_up: 10:30", id="emoji"),
        pytest.param("$1 # C#", "<span>$</span>1 <span>#</span> C<span>#</span>", id="formula"),
        pytest.param("a\r\nb\tc\x1b", r"a<br>b c\\x1b", id="line-end-and-control"),
        pytest.param("ul. 3 Maja 5/7 (parter) – Łańcut!", "ul. 3 Maja 5/7 (parter) – Łańcut!", id="as-it-is"),
    ],
)
def test_what_would_become_more_than_text(value, written):
    assert text(value) == written


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
    assert changed(before, after) == [r"### member c – A: renamed from a\_b"]
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
        r"| Offers | \[\] | — |",
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
