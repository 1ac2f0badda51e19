"""Changes as Markdown: what the registry holds is text there. A parser of Markdown that is not ours says so."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from pkes.cli.views.markdown import text

MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
NOT_TEXT = re.compile(r"<(?:/?(?:span|code)|br)>")


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
