"""No two names are the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pkes.text.unique_names import distinct

NAMES = st.lists(st.sampled_from(["a", "a_2", "a_3", "b", ""]), max_size=6)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ([], []),
        (["a", "b"], ["a", "b"]),
        (["a", "a", "a"], ["a", "a_2", "a_3"]),
        (["a", "a", "a_2"], ["a", "a_3", "a_2"]),
        (["a_2", "a", "a"], ["a_2", "a", "a_3"]),
        (["", ""], ["", "_2"]),
    ],
)
def test_numbers_make_them_so(names, expected):
    assert list(distinct(names, "{name}_{number}")) == expected


@given(names=NAMES)
def test_they_differ_and_the_first_of_each_stays(names):
    made = list(distinct(names, "{name}_{number}"))
    assert len(set(made)) == len(made)
    assert all(made[names.index(name)] == name for name in names)
