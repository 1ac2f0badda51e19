"""Free comments in the canonical form: boundaries of groups, which head the same records and fields as before."""

import re
from typing import NamedTuple

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pkes.toml.canonical import canonical
from tests.toml.examples import text

GROUPS = {
    "sorted-within": (
        "[members.z]\n[members.b]\n\n# NGO\n\n[members.y]\n[members.a]\n",
        "[members.b]\n\n[members.z]\n\n# NGO\n\n[members.a]\n\n[members.y]\n",
    ),
    "the-first-table-heads-all": (
        "# Members\n\n[members.z]\n[members.b]\n",
        "# Members\n\n[members.b]\n\n[members.z]\n",
    ),
    "several-in-one-place": (
        "[members.z]\n\n# X\n\n# Y\n\n[members.y]\n[members.a]\n",
        "[members.z]\n\n# X\n\n# Y\n\n[members.a]\n\n[members.y]\n",
    ),
    "of-one-kind-only": (
        "[members.z]\n\n# S\n\n[sectors.s]\n\n[members.a]\n",
        "# S\n\n[sectors.s]\n\n[members.a]\n\n[members.z]\n",
    ),
    "a-table-with-one-inside-stays": (
        "[members.z]\n[members.y]\n\n# Y\n\n[members.y.web]\n[members.a]\n",
        "[members.z]\n\n[members.y]\n\n# Y\n\n[members.y.web]\n\n[members.a]\n",
    ),
    "inline-records": (
        "[members]\nz = {}\nb = {}\n\n# NGO\n\ny = {}\na = {}\n",
        "[members.b]\n\n[members.z]\n\n# NGO\n\n[members.a]\n\n[members.y]\n",
    ),
    "tables-of-a-record": (
        "[cluster]\n[cluster.odd]\n\n# X\n\n[cluster.more]\n[cluster.en]\n[cluster.pl]\n",
        "[cluster]\n\n[cluster.odd]\n\n# X\n\n[cluster.en]\n\n[cluster.more]\n\n[cluster.pl]\n",
    ),
    "elements-of-an-array": (
        "[members.z]\n[[members.z.rows]]\n\n# X\n\n[[members.z.rows]]\n[members.a]\n",
        "[members.z]\n\n[[members.z.rows]]\n\n# X\n\n[[members.z.rows]]\n\n[members.a]\n",
    ),
    "in-front-of-a-table-that-moves-it-stays": (
        "[members.x]\n[members.y]\n\n# X\n\n[members.x.web]\n[members.a]\n",
        "[members.x]\n\n[members.x.web]\n\n[members.y]\n\n# X\n\n[members.a]\n",
    ),
    "with-nothing-left-it-touches-what-moves": (
        "[members.x]\n[members.a]\n\n# X\n\n[members.x.web]\n",
        "[members.a]\n\n[members.x]\n\n# X\n[members.x.web]\n",
    ),
    "on-a-header-that-goes-it-heads-what-that-held": (
        "[members.b]\n\n# X\n[members] # Y\n# Z\n\nd = {}\nc = {}\n# W\n",
        "[members.b]\n\n# X\n# Y\n\n# Z\n\n[members.c]\n# W\n\n[members.d]\n",
    ),
    "on-an-empty-header-that-goes-it-is-last": (
        "[members.b]\n\n# X\n[members]\n# Y\n\n[members.a]\n",
        "[members.a]\n\n[members.b]\n\n# X\n\n# Y\n",
    ),
    "in-front-of-a-header-that-goes": (
        "[members.b]\n\n# X\n\n[members]\nd = {}\nc = {}\n\n[members.a]\n",
        "[members.b]\n\n# X\n\n[members.a]\n\n[members.c]\n\n[members.d]\n",
    ),
    "in-front-of-an-empty-header-that-goes": (
        "[members.a]\n\n# X\n\n[members]\n",
        "[members.a]\n\n# X\n",
    ),
    "between-dotted-keys": (
        "[members]\nb.name = 1\na.name = 2\n\n# X\n\nb.town = 3\nc.name = 4\n",
        "[members.a]\nname = 2\n\n[members.b]\nname = 1\ntown = 3\n\n# X\n\n[members.c]\nname = 4\n",
    ),
}

FIELDS = {
    "each-side-in-order": (
        "[members.x]\ntown = 2\nsector = 3\n\n# X\n\nwebsite = 4\nname = 1\n",
        "[members.x]\nsector = 3\ntown = 2\n\n# X\n\nname = 1\nwebsite = 4\n",
    ),
    "the-head-heads-all": (
        "[members.x]\n# X\n\ntown = 2\nname = 1\n",
        "[members.x]\n# X\n\nname = 1\ntown = 2\n",
    ),
    "a-field-that-becomes-a-table-leaves-it-to-the-next": (
        "[members.x]\ntown = 2\n\n# X\n\nweb = {}\nname = 1\n",
        "[members.x]\ntown = 2\n\n# X\n\nname = 1\n\n[members.x.web]\n",
    ),
    "with-no-field-left-it-touches-the-table": (
        "[members.x]\ntown = 2\n\n# X\n\nrows = [{}]\nname.a = 1\n",
        "[members.x]\ntown = 2\n\n[members.x.name]\na = 1\n\n# X\n[[members.x.rows]]\n",
    ),
}


@pytest.mark.parametrize(
    ("before", "after"),
    [pytest.param(*example, id=name) for name, example in (GROUPS | FIELDS).items()],
)
def test_a_free_comment_is_a_boundary(before, after):
    assert canonical(text(before)) == after
    assert canonical(after) == after


class Banner(NamedTuple):
    """A free comment: what it speaks of is in front of the next such comment of its table, or of its kind."""

    table: str | None
    """The header of the table in whose body it stands; None between tables."""
    below: dict[str, list[str]]
    """What stands below it: the keys of the table, or the records by kind."""
    kind: str | None
    """The kind of what follows it at once."""


def banners(written: str, *, one_at_a_time: bool = False) -> dict[str, Banner]:
    """Return what each block of comments stands above, by its first comment; only lines are looked at.

    Of several free ones in a row each heads the same, or `one_at_a_time` the last of them alone.
    """
    lines = [*written.splitlines(), ""]
    found: dict[str, Banner] = {}
    for at, line in enumerate(lines):
        if line.startswith("#") and (at == 0 or not lines[at - 1].startswith("#")):
            found[line] = _banner(lines, at, one_at_a_time)
    return found


def is_free(lines: list[str], at: int) -> bool:
    """Whether a comment is the first of a block with blank lines on both sides."""
    end = next(number for number in range(at, len(lines)) if not lines[number].startswith("#"))
    return lines[at].startswith("#") and (at == 0 or not lines[at - 1]) and not lines[end]


def _next_code(lines: list[str], at: int) -> str:
    return next((line for line in lines[at:] if line and not line.startswith("#")), "")


def _kind(line: str) -> str:
    return re.split(r"[.\]]", line.strip("["))[0]


def _record(header: str) -> str:
    path = header.strip("[]").split(".")
    return ".".join(path[:1] if path[0] == "cluster" else path[:2])


def _banner(lines: list[str], at: int, one_at_a_time: bool) -> Banner:
    following = _next_code(lines, at)
    if following and not following.startswith("["):
        table = next((line for line in reversed(lines[:at]) if line.startswith("[")), "")
        keys: list[str] = []
        for number in range(at, len(lines)):
            if lines[number].startswith("[") or (keys and is_free(lines, number)):
                break
            keys += [lines[number].partition(" ")[0]] if "=" in lines[number] else []
        return Banner(table, {"": keys}, "")
    below: dict[str, list[str]] = {}
    closed = set()
    for number in range(at, len(lines)):
        line = lines[number]
        if (
            (below or (one_at_a_time and number > at))
            and is_free(lines, number)
            and _next_code(lines, number).startswith("[")
        ):
            closed.add(_kind(_next_code(lines, number)))
        if line.startswith("[") and _kind(line) not in closed:
            below.setdefault(_kind(line), []).append(_record(line))
    return Banner(None, below, _kind(following) if following else None)


IDS = (
    "members.a",
    "members.b",
    "members.c",
    "members.d",
    "sectors.s",
    "sectors.t",
    "inquiries.q",
    "cluster",
    "zebra.z",
)
KEYS = ("town", "name", "sector", "odd", "nip")


@st.composite
def texts(draw, *, is_split):
    """Draw a file of tables and fields in any order with comments between, each with its number."""
    parts: list[str] = []
    for id in draw(st.permutations(IDS))[: draw(st.integers(2, len(IDS)))]:
        tables = [f"[{id}]", *(f"[{id}.{sub}]" for sub in draw(st.sampled_from([(), ("web",), ("web", "odd_one")])))]
        body = []
        for header in tables:
            fields = [f"{key} = 1\n" for key in draw(st.permutations(KEYS))[: draw(st.integers(0, 4))]]
            body.append("".join(draw(GAPS) + line for line in [f"{header}\n", *fields]))
        parts += body if is_split else ["".join(body)]
    written = "".join(draw(st.permutations(parts)) if is_split else parts) + draw(GAPS)
    numbers = iter(range(10_000))
    return re.sub("#", lambda _: f"#{next(numbers)}", written)


GAPS = st.sampled_from(("", "", "", "#\n", "\n#\n\n", "\n#\n\n", "#\n\n", "\n#\n#\n\n#\n\n", "\n#\n\n#\n"))


@given(written=texts(is_split=True))
@settings(max_examples=300)
def test_no_comment_speaks_of_what_its_author_did_not_put_under_it(written):
    new = canonical(written)
    before, after = banners(written), banners(new, one_at_a_time=True)
    assert canonical(new) == new
    lines = new.splitlines()
    for number, banner in after.items():
        if not is_free([*lines, ""], lines.index(number)) or banner.kind is None:
            continue
        was = before[number]
        if banner.table == was.table:
            assert set(banner.below.get(banner.kind, ())) <= set(was.below.get(banner.kind, ()))


@given(written=texts(is_split=False))
@settings(max_examples=300)
def test_a_free_comment_between_tables_heads_just_what_it_headed(written):
    lines = [*written.splitlines(), ""]
    before, after = banners(written), banners(canonical(written))
    free = [number for number in before if is_free(lines, lines.index(number)) and before[number].table is None]
    assume(free)
    for number in free:
        was, banner = before[number], after.get(number)
        if banner is not None and was.kind is not None and was.kind == banner.kind:
            assert sorted(set(banner.below[was.kind])) == sorted(set(was.below[was.kind]))
