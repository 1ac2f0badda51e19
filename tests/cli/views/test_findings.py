"""What of a line stands above the caret: as much as fits, with nothing in it that moves the caret away."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from pkes.cli.views.findings import excerpt
from pkes.text.characters import safe

LONG = "a" * 30 + "X" + "b" * 30


@pytest.mark.parametrize(
    ("line", "column", "width", "shown", "before"),
    [
        pytest.param('town = ""', 1, 40, 'town = ""', 0, id="whole"),
        pytest.param('  town = ""', 3, 40, '  town = ""', 2, id="indented"),
        pytest.param("\ta\tX", 4, 40, " a X", 3, id="tabs"),
        pytest.param("漢字X", 3, 40, "漢字X", 4, id="wide"),
        pytest.param("a\u0301X", 3, 40, "a\u0301X", 1, id="combining"),
        pytest.param("\u202e\x1bX", 3, 40, "\\u202e\\x1bX", 10, id="escapes"),
        pytest.param("", 1, 40, "", 0, id="empty"),
        pytest.param("town = ", 8, 40, "town = ", 7, id="end-of-the-line"),
        pytest.param("ab", 9, 40, "ab", 2, id="behind-the-line"),
        pytest.param("X" + "b" * 30, 1, 20, "X" + "b" * 18 + "…", 0, id="cut-behind"),
        pytest.param("a" * 30 + "X", 31, 20, "…" + "a" * 18 + "X", 19, id="cut-before"),
        pytest.param(LONG, 31, 20, "…aaaaaaaaaXbbbbbbbb…", 10, id="cut-on-both-sides"),
        pytest.param("a" * 20, 21, 20, "…" + "a" * 18, 19, id="room-for-the-caret"),
        pytest.param("漢" * 20 + "X", 21, 20, "…" + "漢" * 9 + "X", 19, id="wide-cut"),
        pytest.param("a" * 20, 1, 20, "a" * 20, 0, id="fits-just"),
    ],
)
def test_an_excerpt(line, column, width, shown, before):
    assert excerpt(line, column, width) == (shown, before)


@given(
    st.text(st.characters(codec="utf-8", exclude_characters="\n"), max_size=80), st.integers(1, 90), st.integers(16, 60)
)
def test_the_caret_stands_under_what_the_column_names(line: str, column: int, width: int) -> None:
    shown, before = excerpt(line, column, width)
    assert cell_len(shown) <= width
    assert before < width
    assert safe(shown) == shown
    parts = [shown[:at] for at in range(len(shown) + 1) if cell_len(shown[:at]) == before]
    behind = [shown.removeprefix(part) for part in parts]
    wanted = safe(line[column - 1 : column].replace("\t", " "))
    assert any(one.startswith((wanted, "…")) for one in behind)


def test_a_line_as_long_as_the_file_takes_no_time() -> None:
    line = "a" * 10_000_000
    assert cell_len(excerpt(line, 5_000_000, 76)[0]) == 76
