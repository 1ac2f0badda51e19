"""A page as plain text is what rich makes of it without colours, where there is room for all of it."""

from hypothesis import given
from hypothesis import strategies as st

from pkes.cli.terminal import output
from pkes.cli.views import outline
from pkes.cli.views.outline import Grid, Piece

TEXTS = st.lists(st.sampled_from([*"aż -,é„–", "日", "e\u0301"]), min_size=1, max_size=6).map("".join)
CELLS = st.lists(st.builds(Piece, TEXTS, st.sampled_from(["", "bold red"])), max_size=2)
GRIDS = st.builds(Grid, st.lists(st.lists(CELLS, min_size=1, max_size=3), max_size=3))


def laid_out(parts):
    return output.rendered(*outline.laid_out(parts))


@given(st.lists(st.one_of(CELLS, GRIDS), max_size=4))
def test_plain_text_is_as_rich_would_lay_it_out(parts):
    assert outline.plain(parts) == laid_out(parts)


def test_a_line_is_as_long_as_it_is():
    line = [Piece("word " * 40 + "end", "bold")]
    assert outline.plain([line]) == laid_out([line]) == "word " * 40 + "end\n"


def test_a_row_is_as_long_as_it_is():
    rows = [[[Piece("ab")], [Piece("x" * 100)]], [[Piece("abc")], [Piece("y")]]]
    assert outline.plain([Grid(rows)]) == f"ab   {'x' * 100}\nabc  y\n"
