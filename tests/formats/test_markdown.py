"""Markdown: an independent parser finds the same cells, and nothing but text in them."""

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from markdown_it import MarkdownIt
from markdown_it.token import Token

from pkes.formats.markdown import cell, link
from pkes.formats.records import texts
from pkes.model.records import Member
from pkes.text.characters import safe
from tests.formats.examples import HOSTILE, TEXTS, export, exports, hostile, shipped, written

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
ALLOWED = {"text", "softbreak", "text_special"}


def table(source: bytes) -> list[list[str]]:
    """Return the texts of the cells of the one table of a page."""
    tokens = PARSER.parse(source.decode())
    assert {token.type for token in tokens if token.level == 0} == {"table_open", "table_close"}
    rows: list[list[str]] = []
    for before, token in pairwise(tokens):
        if before.type == "tr_open":
            rows.append([])
        if token.type == "inline":
            rows[-1].append("".join(map(text, token.children or ())))
    return rows


def text(token: Token) -> str:
    if token.type == "html_inline":
        assert token.content == "<br>"
        return "\n"
    if token.type in ("link_open", "link_close"):
        assert token.info == "auto"
        return ""
    assert token.type in ALLOWED, token.type
    return token.content


def shown(written_text: str) -> str:
    """Return what a cell can show of a text."""
    return safe(written_text.replace("\r\n", "\n").replace("\r", "\n"), keep="\n\t")


def expected(held) -> list[list[str]]:
    return [list(held.columns), *([shown(one) for one in row] for row in texts(held))]


@pytest.mark.parametrize("held", [shipped(), hostile()], ids=["shipped", "hostile"])
def test_the_same_cells_come_back(held):
    assert table(written("markdown", held)) == expected(held)


@given(held=exports())
@settings(max_examples=60, deadline=None)
def test_any_cells_come_back(held):
    assert table(written("markdown", held)) == expected(held)


@given(one=TEXTS)
@settings(max_examples=100, deadline=None)
def test_a_cell_is_one_line(one):
    assert len(cell(one).splitlines()) <= 1


def test_a_table_whole():
    member = Member(
        id="a_b", legal_form="<b>|*x*", website="https://example.org/a_b?c=1", tags=["x;y", "z"], note="jeden\ndwa",
    )  # fmt: skip
    held = export([member], ("id", "legal_form", "website", "tags", "note"))
    assert written("markdown", held).decode() == (
        "| id | legal_form | website | tags | note |\n"
        "| --- | --- | --- | --- | --- |\n"
        r"| a_b | \<b\>\|\*x\* | <https://example.org/a_b?c=1> | x\\;y; z | jeden<br>dwa |" + "\n"
    )


@pytest.mark.parametrize("one", ["https://example.org/a|b", "https://łódź.example/", "javascript:x", "a\nb", ""])
def test_only_a_plain_address_is_a_link(one):
    assert link(one) == cell(one)


def test_in_no_cell_stands_what_a_terminal_obeys():
    source = written("markdown", hostile()).decode()
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\u2028]", source)
    assert len(source.split("\n")) == len(HOSTILE) + 3
