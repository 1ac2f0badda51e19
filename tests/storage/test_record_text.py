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
    spelled,
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
        pytest.param("note =", 'telefom = "x"\nnote =', (4, "unknown"), id="a key that is no field"),
        pytest.param("note =", "phone.x = 1\nnote =", (4, "shape"), id="a part of a field"),
        pytest.param("note =", "telefon.x = 1\nnote =", (4, "unknown"), id="a part of a title"),
        pytest.param("# still of it", "[members.igla.telefon]", (10, "unknown"), id="a table with a title"),
    ],
)
def test_judge(old, new, wrong):
    piece = IGLA.replace(old, new, 1)
    found = judge(piece, IGLA, NAME).wrong
    assert [one[:2] for one in found] == ([] if wrong is None else [wrong])


def test_judge_finds_all_that_is_wrong():
    piece = IGLA.replace('"Igła"', "1").replace("note =", 'telefom = "x"\nerased = 2025-01-01\nemial = "y"\nnote =')
    found = judge(piece, IGLA, NAME)
    assert [one[:2] for one in found.wrong] == [(3, "shape"), (4, "unknown"), (5, "by-command"), (6, "unknown")]
    assert [one.field for one in found.wrong] == ["name", "telefom", "erased", "emial"]
    assert (found.record.name, found.record.erased) == (None, None)


def test_nothing_but_comments_has_no_header():
    (wrong,) = judge("# only this\n", IGLA, NAME).wrong
    assert wrong[:2] == (1, "header")


def test_what_a_command_set_before_may_stand_there():
    piece = IGLA.replace("note =", 'inquiry = "x"\nnote =')
    assert judge(piece, piece, NAME).wrong == []
    (wrong,) = judge(IGLA, piece, NAME).wrong
    assert wrong[:2] == (2, "by-command")


def test_the_line_of_a_field():
    assert [line_of(IGLA, NAME, field) for field in ("name", "note", "town", None)] == [3, 4, 2, 2]


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        pytest.param('telefon = "1" # x', 'phone = "1" # x', id="title"),
        pytest.param("  Telefon='='", "  phone ='='", id="case and spaces"),
        pytest.param('"forma prawna" = "x"', 'legal_form = "x"', id="quoted"),
        pytest.param('forma prawna = "x"', 'legal_form = "x"', id="several words"),
        pytest.param('miejscowość = "x"\nforma prawna = "y"', 'town = "x"\nlegal_form = "y"', id="not of ASCII"),
        pytest.param('e-mail = "a"\ntags = [\n  "b",\n]', 'email = "a"\ntags = [\n  "b",\n]', id="beside a list"),
        pytest.param('nip = "1"', 'nip = "1"', id="a name"),
        pytest.param('kolor = "1"', 'kolor = "1"', id="no field"),
        pytest.param('identyfikator = "1"', 'identyfikator = "1"', id="the id"),
        pytest.param("telefon.x = 1", "telefon.x = 1", id="dotted"),
        pytest.param('# telefon = "', '# telefon = "', id="a comment"),
        pytest.param('telefon = "1', 'telefon = "1', id="no TOML"),
        pytest.param("no sign", "no sign", id="no statement"),
    ],
)
def test_a_title_is_spelled_as_the_name_of_its_field(typed, written):
    piece = IGLA.replace("note =", f"{typed}\nnote =")
    assert spelled(piece, IGLA, NAME) == IGLA.replace("note =", f"{written}\nnote =")


def test_a_key_that_was_there_is_not_spelled_otherwise():
    piece = IGLA.replace("note =", 'telefon = "1"\nnote =')
    assert spelled(piece, piece, NAME) == piece
    assert judge(piece, piece, NAME).wrong == []


def test_a_title_beside_its_field_is_there_twice():
    piece = spelled(IGLA.replace("note =", 'nazwa = "I"\nnote ='), IGLA, NAME)
    (wrong,) = judge(piece, IGLA, NAME).wrong
    assert wrong[:2] == (4, "syntax")


def test_without_its_header_nothing_is_spelled():
    assert spelled('telefon = "1"\n', IGLA, NAME) == 'telefon = "1"\n'


def test_the_english_texts_are_a_part_of_the_cluster():
    name = Name("cluster", None)
    text = TEXT.replace("# nobody's", '\n[cluster.en]\ngoals = ["g"]')
    piece = take(text, name)
    assert piece == '[cluster]\nname = "K"\n\n[cluster.en]\ngoals = ["g"]\n'
    assert put(text, name, piece) == text
    assert line_of(piece, name, "en.goals") == 5
    assert judge(piece, piece, name).wrong == []
    (wrong,) = judge(piece + "name = 1\n", piece, name).wrong
    assert (wrong.line, wrong.code, wrong.detail["key"]) == (6, "shape", "cluster.en.name")
    (unknown,) = judge(piece + "nme = 1\n", piece, name).wrong
    assert (unknown.line, unknown.code, unknown.detail["wanted"]) == (6, "unknown", "en.nme")
