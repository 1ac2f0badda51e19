"""A page as plain text is what rich makes of it without colours."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pkes.cli.terminal import output
from pkes.cli.views import outline
from pkes.cli.views.outline import Grid, Piece

CELLS = st.lists(
    st.builds(Piece, st.text("aż -,é", min_size=1, max_size=6), st.sampled_from(["", "bold red"])), max_size=2
)
GRIDS = st.builds(Grid, st.lists(st.lists(CELLS, min_size=1, max_size=3), max_size=3))


def laid_out(parts):
    return output.rendered(*outline.laid_out(parts))


@given(st.lists(st.one_of(CELLS, GRIDS), max_size=4))
def test_plain_text_is_as_rich_would_lay_it_out(parts):
    assert outline.plain(parts, 80) == laid_out(parts)


def test_a_line_is_as_long_as_it_is():
    line = [Piece("word " * 40 + "end", "bold")]
    assert outline.plain([line], 80) == laid_out([line]) == "word " * 40 + "end\n"


@pytest.mark.parametrize("text", ["x" * 77, "日本", "e\u0301"], ids=["too-wide", "wide", "combining"])
def test_what_does_not_simply_fit_is_left_to_rich(text):
    rows = Grid([[[Piece("ab")], [Piece(text)]]])
    assert outline.plain([rows], 80) is None


def test_rows_may_be_as_wide_as_the_room():
    rows = Grid([[[Piece("ab")], [Piece("x" * 76)]]])
    assert outline.plain([rows], 80) == laid_out([rows])
