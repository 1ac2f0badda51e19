"""A table that is taken as it stands is the one that would be written anew."""

from unittest.mock import patch

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pkes.toml import canonical as canonical_module
from pkes.toml import reading
from pkes.toml.canonical import canonical
from pkes.toml.plain import plain
from pkes.toml.scan import sections

HEADERS = (
    "[members.a]", "[members.b]", "[members.a.web]", "[sectors.s]", "[zzz.q]", "[cluster.en]", "[members]",
    "[ members.c ]", '[members."d"]', "[[members.f]]",
)  # fmt: skip
KEYS = ("name", "short_name", "sector", "employees", "offers", "note", "zip-code", "web.site")
PIECES = (
    "a", "ż", "#", "'", "=", "]", "\t", "\x00", "\x7f", "\x85", '"', "\\n", "\\", "\\u0061", "\\e", "\n", "\r",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=3).map("".join)
SCALARS = st.one_of(
    st.builds("{0}{1}{0}".format, st.sampled_from(('"', '"', "'", '"""', "'''")), TEXTS),
    st.builds("{0}\n{1}{0}".format, st.sampled_from(('"""', "'''")), TEXTS),
    st.sampled_from((
        "0", "-0", "+1", "+1", "-1", "1_000", "0x1F", "9223372036854775807", "1.0", "1e3", "nan", "true", "2026-07-01",
        "0999-01-01", "2026-07-01T10:00:00Z", "10:00:00", "{a = 1}",
    )),
)  # fmt: skip
ARRAYS = st.one_of(
    st.sampled_from(("[]", "[ ]", "[\n]", '["a"]', '[\n    "a"\n]', '[\n  "a",\n]', "[\n    {a = 1},\n]")),
    st.lists(SCALARS, max_size=2).map(lambda items: "[\n" + "".join(f"    {item},\n" for item in items) + "]"),
)
CANONICAL_VALUES = st.sampled_from(
    ('"ą\t"', '"# [b]"', "7", "true", "2026-07-01", '"""\nc\n#"""', '[\n    "d",\n    "]",\n]', "[]")
)
LINES = st.one_of(
    st.builds("{} = {}\n".format, st.sampled_from(KEYS), CANONICAL_VALUES),
    st.builds("{} = {}\n".format, st.sampled_from(KEYS), CANONICAL_VALUES),
    st.builds("{} = {}\n".format, st.sampled_from(KEYS), SCALARS | ARRAYS),
    st.sampled_from(
        ("\n", '"town" = 1\n', "name  = 1\n", "name = 1 \n", " name = 1\n", "name = 1 # c\n", "# c\n", "\n# c\n\n")
    ),
)


@st.composite
def texts(draw):
    """Draw a text in canonical form or near it; what would make it no TOML is left out."""
    text = ""
    for header in draw(st.lists(st.sampled_from(HEADERS), min_size=1, max_size=2)):
        for part in [f"{header}\n", *draw(st.lists(LINES, min_size=1, max_size=3)), "\n"]:
            if reading.is_toml(text + part):
                text += part
    with_crlf = text.replace("\n", "\r\n")
    return with_crlf if reading.is_toml(with_crlf) and not draw(st.integers(0, 7)) else text


@given(text=texts())
@example(text='[members.a]\nnote = """\n\nx"""\nname = "a"\n')
@settings(max_examples=400)
def test_what_is_taken_as_it_stands_is_as_it_would_be_written(text):
    with patch.object(canonical_module, "plain", lambda text, section: None):
        written = canonical(text)
    assert canonical(text) == written


CANONICAL = (
    "name = \"Ą # 'b' [c]\"\nemployees = 0\nsocial_enterprise = true\njoined = 2026-07-01\n",
    'offers = [\n    "druk",\n    "szkolenia",\n]\nneeds = []\n',
    'note = """\nOne.\n\n# Two = [3]"""\n',
    "employees = -12\n",
    "",
)


@pytest.mark.parametrize("body", CANONICAL)
def test_a_table_in_canonical_form_is_taken_as_it_stands(body):
    text = f"\n[members.a-1]\n{body}\n\n[members.b]\n"
    assert plain(text, [*sections(text)][1]) == f"[members.a-1]\n{body}"


OTHERWISE = (
    "name = 'a'\n", 'name = "\\n"\n', 'name="a"\n', 'name = "a" \n', 'name = "a"\r\n', '"name" = "a"\n', "a.b = 1\n",
    'name = "a" # c\n', 'name = "a"\n# c\n', 'name = "a"\n\n# c\n', 'name = "a"\n\nphone = "1"\n', "n = 1_0\n",
    'offers = ["a"]\n', 'offers = [\n  "a",\n]\n', 'offers = [\n    "a"\n]\n', 'note = """a\nb"""\n', "n = -0\n",
    "n = 1.50\n", 'name = """\na"""\n', 'note = """\n\ta\n"""\n', 'note = """\na\r\nb"""\n', "n = {}\n", "n = +1\n",
)  # fmt: skip


@pytest.mark.parametrize("body", OTHERWISE)
def test_a_table_that_may_be_written_in_another_way_is_not(body):
    text = f"[members.a]\n{body}\n[members.b]\n"
    assert plain(text, [*sections(text)][1]) is None
