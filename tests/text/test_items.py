"""A list as one cell, and a cell as a list."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pkes.text.characters import strip
from pkes.text.items import join, split

ITEMS = st.lists(st.text(st.one_of(st.sampled_from("\\; ab"), st.characters()), min_size=1).filter(str.strip))


@pytest.mark.parametrize(
    ("items", "cell"),
    [([], ""), (["a"], "a"), (["a", "b"], "a; b"), (["a;b", "c\\"], r"a\;b; c\\")],
    ids=repr,
)
def test_join(items: list[str], cell: str) -> None:
    assert join(items) == cell
    assert split(cell) == items


@given(ITEMS)
def test_a_cell_loses_nothing(items: list[str]) -> None:
    stripped = [item for item in map(strip, items) if item]
    assert split(join(stripped)) == stripped


@given(st.text(st.sampled_from("\\; ab\n")))
def test_a_cell_is_joined_again_to_mean_the_same(text: str) -> None:
    assert split(join(split(text))) == split(text)
