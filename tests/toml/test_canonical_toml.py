"""The canonical form of any TOML: tables and arrays of tables in each other, comments and blank lines everywhere."""

import re
import tomllib
from collections import Counter
from itertools import count

from hypothesis import given, settings
from hypothesis import strategies as st

from pkes.toml import reading
from pkes.toml.canonical import canonical
from pkes.toml.edit import Document
from pkes.toml.scan import comments

HEADERS = (
    "[cluster]", "[members]", "[members.a]", "[members.a.web]", "[members.a.web.deep]", "[[members.a.rows]]",
    "[members.a.rows.sub]", "[[members.a.rows.more]]", "[members.b]", '[members."b b"]', "[zzz]", "[zzz.q]",
    "[[zzz.list]]", "[[list]]", "[list.sub]", "[sectors.s]", "[policy.odd]",
)  # fmt: skip
STATEMENTS = (
    "name = 'N'", "format = 1", "k = 1", "x.y = 2", "x.z.y = 2", "members.c.name = 3", "c.name = 3", "c = {name = 4}",
    "web = {a = 1}", "t = {a = [1, #\n 2], b = {}}", "e = []", "e = [ #\n]", "e = [\n\n#\n]", "l = [1, 2 #\n, 3]",
    "l = [ #\n1, 2, #\n#\n\n 3 #\n #\n]", "l = [[1, #\n 2], #\n [3]]", "rows = [{a = 1}]",
    "rows = [ #\n #\n {a = 1}, #\n {b = [ #\n]} #\n #\n]", "list = [{a = {b = 1}}, {}]", "mixed = [{a = 1}, 2]",
    "note = '''\n# no\n\n'''",
)  # fmt: skip
GAPS = ("", "", "#\n", "\n#\n\n", "#\n\n", "\n#\n", "\n", "#\n\n#\n \n\t#\n#\n")
LINES = st.tuples(
    st.sampled_from(GAPS),
    st.one_of(st.sampled_from(HEADERS), st.sampled_from(STATEMENTS), st.sampled_from(STATEMENTS)),
    st.sampled_from(["", "", " #"]),
)


@st.composite
def texts(draw):
    """Draw a text whose comments are numbered; lines that would make it no TOML are left out."""
    text = ""
    for gap, line, behind in draw(st.lists(LINES, min_size=2, max_size=10)):
        added = f"{gap}{line}{behind}\n"
        if is_toml(text + added):
            text += added
    text += draw(st.sampled_from(GAPS))
    numbers = count(1)
    text = re.sub("#(?! no)", lambda _: f"#{next(numbers)}", text)
    return text if draw(st.booleans()) else text.replace("\n", "\r\n")


def is_toml(text: str) -> bool:
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return False
    return True


@given(text=texts())
@settings(max_examples=100)
def test_the_data_the_comments_and_their_records_stay_and_twice_is_once(text):
    new = canonical(text)
    assert reading.same(tomllib.loads(new), tomllib.loads(text))
    assert Counter(comments(new)) == Counter(comments(text))
    assert canonical(new) == new
    before, after = owners(text), owners(new)
    assert {comment: after[comment] for comment in before} == before


def owners(text: str) -> dict[str, tuple[str, ...]]:
    """Return the member or the other table that each comment belongs to, but for those of the file and a kind."""
    found = {comment: path for path, _, comment in Document(text).comments()}
    return {comment: path[:2] for comment, path in found.items() if path[:1] == ("members",) and len(path) > 1}
