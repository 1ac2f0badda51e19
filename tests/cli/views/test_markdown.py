"""Changes as Markdown: what the registry holds is text there. A parser of Markdown that is not ours says so."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from pkes.cli.views.markdown import block, text

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
    "|", "\\", "`", "*", "_", "~~", "<b>", "</td>", "<!--", "&amp;", "&#64;", "@user", "#12", "GH-3",  ":+1:",
    "http://x.org/ ", "www.x.org ", "a@example.org", "[x](y)", "![x](y)", "$x$",
    "- ", "# ", "> ", "1. ", "ł", " ", "a", "\n", "\u202e",
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
        pytest.param("@_x_", r"<code>@\_x\_</code>", id="mention with markup"),
        pytest.param("#12 x/y#3 gh-4", "<code>#12</code> x/y<code>#3</code> <code>gh-4</code>", id="issues"),
        pytest.param("<b>x</b> <!-- x --> a < b > c", r"\<b>x\</b> \<!-- x --> a < b > c", id="HTML"),
        pytest.param("&amp; &#64; A & B; R&D", r"\&amp; \&<code>#64</code>; A & B; R&D", id="entities"),
        pytest.param(":thumbs_up: 10:30:15", "<span>:</span>thumbs_up: 10:30:15", id="emoji"),
        pytest.param("$1 # C#", "<span>$</span>1 # C#", id="formula"),
        pytest.param("*a* 5 * 3 __b__ a_b ~~c~~ `d`", r"\*a\* 5 * 3 \_\_b\_\_ a_b \~\~c\~\~ \`d\`", id="markup"),
        pytest.param("[w likwidacji] [x](y) [x]: y", r"[w likwidacji] [x\](y) [x\]: y", id="brackets"),
        pytest.param(r"C:\x \* \\", r"C:\x \\\* \\\\", id="backslashes"),
        pytest.param("a\r\nb\tc\x1b", r"a<br>b c\x1b", id="line-end-and-control"),
        *(
            pytest.param(value, value, id=value)
            for value in (
                "a_b+c@example.org", "https://x.org/a_b/~c?d=e&f=1#12", "www.x.org/@user", "ul. 3 Maja 5/7 (parter)!",
                "„Łąka” – 4HC Sp. z o.o.", "+48 17 850 00 00", "1. x", "- x", "# x",
            )
        ),
    ],
)  # fmt: skip
def test_what_would_become_more_than_text(value, written):
    assert text(value) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("1. x", r"1\. x"), ("2) x", r"2\) x"), ("- x", r"\- x"), ("* x", r"\* x"), ("## x", r"\## x"),
        ("> x", r"\> x"), ("---", r"\---"), ("===", r"\==="), ("~~~", r"\~\~\~"), ("1.5 x", "1.5 x"), ("-x", "-x"),
        ("#x", "#x"), ("", ""), ("+ a@example.org", r"\+ [a@example.org](mailto:a@example.org)"),
        ("a_b+c@example.org, ł@example.org.",
         "[a_b+c@example.org](mailto:a_b+c@example.org), [ł@example.org](mailto:%C5%82@example.org)."),
    ],
)  # fmt: skip
def test_a_block_begins_nothing_else_and_links_addresses(value, written):
    assert block(value) == written


@settings(max_examples=80)
@given(parts=st.lists(st.sampled_from(SIGNS), min_size=1, max_size=8))
def test_any_text_can_begin_a_block(parts):
    value = re.sub("[ \n]+", " ", "".join(parts)).strip().replace("a@example.org", "")
    assert shown(block(value)) == ([value.replace("\u202e", "\\u202e")] if value else [])
