"""The text of one record: taken out, judged and put back."""

import pytest

from pkes.errors import CannotEdit
from pkes.model.records import with_record
from pkes.registry.changes import compare
from pkes.registry.parsing import parse
from pkes.storage.record_text import (
    Name,
    judge,
    line_in_file,
    line_of,
    put,
    read,
    take,
)

IGLA = """\
# the first
[members.igla] # founder
name = "Igła"
note = \"\"\"
one
two\"\"\"

[members.igla.more] # unknown, but kept
a = 1
# still of it
"""
TEXT = f"""\
format = 1

[cluster]
name = "K"
# nobody's

{IGLA}
[members.zolw]
name = "Żółw"
"""
NAME = Name("member", "igla")


def test_what_is_taken_out_and_put_back_is_the_same():
    assert take(TEXT, NAME) == IGLA
    assert put(TEXT, NAME, IGLA) == TEXT
    assert line_in_file(TEXT, NAME) == 8


@pytest.mark.parametrize("name", [Name("cluster", None), Name("member", "zolw"), NAME])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("end", ["", "\n", "\n\n"], ids=["open", "closed", "blank line"])
def test_line_ends_and_the_end_of_the_file_stay(name, newline, end):
    text = (TEXT.removesuffix("\n") + end).replace("\n", newline)
    piece = take(text, name)
    assert "\r" not in piece
    assert piece.endswith("\n")
    assert put(text, name, piece) == text
    changed = put(text, name, piece.replace("name =", 'x = "1"\nname ='))
    assert changed.replace(f'x = "1"{newline}', "") == text
    meant = with_record(parse(text), read(piece.replace("name =", 'x = "1"\nname ='), name))
    assert compare(parse(changed), meant) == ()


def test_a_comment_at_the_end_does_not_become_that_of_the_next_record():
    text = 'format = 1\n[cluster]\n[members.a]\nname = "A"\n[members.b]\nname = "B"\n'
    name = Name("member", "a")
    assert put(text, name, '[members.a]\nname = "A"\n# mine\n') == text.replace('"A"\n', '"A"\n# mine\n\n')
    last = Name("member", "b")
    assert put(text, last, '[members.b]\nname = "B"\n# mine\n') == f"{text}# mine\n"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param('format = 1\n[cluster]\n[members]\nigla = { name = "I" }\n', 4, id="inline"),
        pytest.param('format = 1\n[cluster]\n[members]\nigla.name = "I"\n', 4, id="dotted"),
        pytest.param("format = 1\n[cluster]\n[members.igla.more]\na = 1\n", 3, id="implied"),
        pytest.param(f"{TEXT}\n[members.igla.other]\na = 1\n", 8, id="in two places"),
    ],
)
def test_what_is_not_one_piece(text, line):
    with pytest.raises(CannotEdit) as raised:
        take(text, NAME)
    assert (raised.value.line, raised.value.what) == (line, "members.igla")


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        pytest.param("", "", None, id="nothing"),
        pytest.param('"Igła"', "'Igła' # so", None, id="other words"),
        pytest.param("a = 1", "b = 2", None, id="unknown keys"),
        pytest.param('"Igła"', '"Igła', (3, "syntax"), id="no TOML"),
        pytest.param('two"""', "two", (10, "syntax"), id="a text that never ends"),
        pytest.param('"Igła"', "1", (3, "shape"), id="type"),
        pytest.param('"Igła"', '"Igła"\nname = "I"', (4, "syntax"), id="twice"),
        pytest.param("name =", "<<<<<<< ours\nname =", (3, "merge-marker"), id="marker"),
        pytest.param("a = 1", f"a = {'[' * 70}{']' * 70}", (8, "nesting"), id="nesting"),
        pytest.param("[members.igla] #", "[members.nic] #", (2, "header"), id="another id"),
        pytest.param("[members.igla] #", "[members] #", (2, "header"), id="the table of all"),
        pytest.param("[members.igla] #", "[sectors.igla] #", (2, "header"), id="another kind"),
        pytest.param("[members.igla] # founder\n", "", (2, "header"), id="no header"),
        pytest.param("# the first", "[policy]", (1, "header"), id="a table before it"),
        pytest.param("# the first", "x = 1", (1, "other"), id="a key before it"),
        pytest.param("# still of it", "[members.b]", (10, "other"), id="another record"),
        pytest.param("note =", 'inquiry = "x"\nnote =', (4, "by-command"), id="set by a command"),
    ],
)
def test_judge(old, new, wrong):
    piece = IGLA.replace(old, new, 1)
    found = judge(piece, IGLA, NAME)
    assert (found and found[:2]) == wrong


def test_nothing_but_comments_has_no_header():
    assert judge("# only this\n", IGLA, NAME)[:2] == (1, "header")


def test_what_a_command_set_before_may_stand_there():
    piece = IGLA.replace("note =", 'inquiry = "x"\nnote =')
    assert judge(piece, piece, NAME) is None
    assert judge(IGLA, piece, NAME)[:2] == (2, "by-command")


def test_the_line_of_a_field():
    assert [line_of(IGLA, NAME, field) for field in ("name", "note", "town", None)] == [3, 4, 2, 2]
