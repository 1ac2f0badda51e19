"""Help and notes beside a text in the editor."""

import pytest

from pkes.cli.editing import Note, annotated, help_for, mark_for, without

TEXT = "# of mine\n[members.a]\nname = 1\n"


def test_notes_stand_above_their_lines_and_go_again():
    notes = [Note(3, "second"), Note(1, "first"), Note(3, "another"), Note(9, "last\x1b")]
    shown = annotated(TEXT, "#pkes:", ["help", "more"], notes)
    assert shown == (
        "#pkes: help\n#pkes: more\n"
        "#pkes: the next line: first\n# of mine\n[members.a]\n"
        "#pkes: the next line: another\n#pkes: the next line: second\nname = 1\n"
        "#pkes: the end: last\\x1b\n"
    )
    assert without(shown.encode(), "#pkes:", ()) == TEXT


@pytest.mark.parametrize("mark", ["#pkes:", "##pkes:"])
def test_a_mark_is_no_line_of_the_text(mark):
    assert mark_for(TEXT) == "#pkes:"
    text = TEXT.replace("# of mine", f"{mark} of mine")
    shown = annotated(text, mark_for(text), ["help"], [Note(1, "x")])
    assert without(shown.encode(), mark_for(text), ()) == text


@pytest.mark.parametrize(
    ("left", "text"),
    [
        pytest.param(b"", "", id="nothing"),
        pytest.param(b"#pkes: help\n\n \t\n", "", id="only help"),
        pytest.param(b"\n\n a = 1", " a = 1\n", id="blank lines above, no line end"),
        pytest.param(b"a = 1\n\n# b\n\n\n", "a = 1\n\n# b\n", id="blank lines inside"),
        pytest.param(b"a = 1\r\n#pkes: x\r\nb = 2\r\n", "a = 1\nb = 2\n", id="CRLF"),
        pytest.param("\ufeffa = 1\n".encode(), "a = 1\n", id="BOM"),
    ],
)
def test_what_is_left_of_a_file(left, text, capsys):
    assert without(left, "#pkes:", ()) == text
    assert capsys.readouterr().err == ""


def test_what_has_to_be_done_to_it_is_said(capsys):
    assert without("a = 'ł\x07'\n".encode("cp1250"), "#pkes:", ()) == "a = 'ł'\n"
    assert capsys.readouterr().err == (
        "pkes: warning: the text: it is not UTF-8 and was read as Windows-1250; "
        "characters that are not text were left out\n"
    )


def test_what_is_known_is_not_cleaned(capsys):
    text = "a = '\u200b'\n"
    assert without(text.encode(), "#pkes:", (text,)) == text
    assert capsys.readouterr().err == ""


def test_help_names_the_fields_that_can_be_set():
    *first, sectors = help_for("inquiry", ["ngo", "public-administration"], "#x:")
    text = " ".join(first)
    assert "#x:" in text
    assert "lawful_basis" in text
    assert "status" not in text
    assert sectors == "Sectors: ngo, public-administration"
    assert not any(line.startswith("Sectors") for line in help_for("cluster", ["ngo"], "#x:"))
