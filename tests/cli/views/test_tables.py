"""Tables look as rich prints them, though rich does not lay out their rows, and come in blocks."""

from hypothesis import given
from hypothesis import strategies as st
from rich import box
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from rich.table import Table
from rich.text import Text

from pkes.cli.views import tables

STYLES = (None, Style(bold=True), Style(color="cyan"))
LINK = Style(link="mailto:a@example.org")

words = st.text(st.sampled_from("abcżółć123.,-@日本한e\u0301👩\ufe0f\u00a0"), max_size=40).map("a".__add__)
lines = st.lists(words, max_size=12).map(" ".join)
texts = st.one_of(lines, lines, st.lists(words, max_size=3).map("\n".join))
with_tabs = st.one_of(texts, st.just(" a \t b "))
numbers = st.integers().map(str)


@st.composite
def columns(draw, cells, most_rows=9):
    count = draw(st.integers(1, most_rows))
    return [
        tables.column(
            name,
            draw(st.sampled_from(["Id", "Forma prawna", "Name of the organisation"])),
            draw(st.lists(numbers if are_numbers else cells, min_size=count, max_size=count)),
            room=draw(st.sampled_from([0, 32])),
            style=draw(st.sampled_from(STYLES)),
            own_style=draw(st.sampled_from([lambda row: None, lambda row: LINK if row % 2 else None])),
            numbers=are_numbers,
            whole=draw(st.booleans()),
        )
        for name, are_numbers in draw(st.dictionaries(st.sampled_from("abcd"), st.booleans(), min_size=1)).items()
    ]


def looks(views, width):
    """Return what can be seen: lines of characters with their styles, but for spaces, which look alike."""
    console = Console(width=width, height=25, force_terminal=True, color_system="truecolor", legacy_windows=False)
    segments = [segment for view in views for segment in console.render(view)]
    return [
        _without_end(
            [
                (char, *((None, None) if char == " " else (str(segment.style or Style.null()), _link(segment))))
                for segment in line
                for char in segment.text
            ]
        )
        for line in Segment.split_and_crop_lines(segments, width, pad=False, include_new_lines=False)
    ]


def _link(segment):
    return segment.style.link if segment.style else None


def _without_end(line):
    while line and line[-1][0] == " ":
        line.pop()
    return line


def _cell(column, row, style=None):
    """Return a cell as rich wants it."""
    text = Text(column.texts[row])
    own = column.own_style(row)
    if own:
        text.stylize(own)
    elif style:
        text.stylize(style)
    return text


@given(columns(with_tabs), st.integers(20, 150), st.booleans(), st.data())
def test_the_blocks_are_one_table_of_rich(made, room, header, data):
    count = len(made[0].texts)
    rows = data.draw(st.lists(st.integers(0, count - 1), min_size=1, max_size=count))
    sizes = tables.widths(made, room) if tables.fits(made, room) else [room // len(made) or 1 for _ in made]
    whole = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0), show_header=header)
    for column, size in zip(made, sizes, strict=True):
        justify = "right" if column.numbers else "left"
        whole.add_column(Text(column.title), width=size, overflow="fold", header_style="dim", justify=justify)
    for row in rows:
        whole.add_row(*(_cell(column, row, column.style) for column in made))
    before, tables.BLOCK = tables.BLOCK, 3
    try:
        blocks = list(tables.table(made, sizes, rows, header=header))
    finally:
        tables.BLOCK = before
    assert len(blocks) == header + (len(rows) + 2) // 3
    assert looks(blocks, 1000) == looks([whole], 1000)


# Without tabs: rich measures them as nothing.
@given(columns(texts, most_rows=3), st.integers(20, 100))
def test_rows_below_one_another_are_grids_of_rich(made, room):
    count = len(made[0].texts)
    grids = []
    for row in range(count):
        grid = Table.grid(padding=(0, 2, 0, 0))
        grid.add_column(style="dim", overflow="fold")
        grid.add_column(overflow="fold")
        for column in made:
            grid.add_row(Text(column.title), _cell(column, row))
        grids += [grid, Text("")]
    assert looks(tables.stacked(made, count, room), room) == looks(grids, room)
