"""What is shown, refused and cleaned, character by character."""

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pkes.text.characters import SPACES, clean, clean_lines, forbidden, is_tidy, safe, strip

NO_TEXT = {
    "NUL": ("\0", r"\x00"),
    "bell": ("\a", r"\x07"),
    "vertical tab": ("\v", r"\x0b"),
    "form feed": ("\f", r"\x0c"),
    "escape": ("\x1b", r"\x1b"),
    "unit separator": ("\x1f", r"\x1f"),
    "DEL": ("\x7f", r"\x7f"),
    "next line, C1": ("\x85", r"\x85"),
    "control sequence, C1": ("\x9b", r"\x9b"),
    "soft hyphen": ("\u00ad", r"\xad"),
    "grapheme joiner": ("\u034f", r"\u034f"),
    "Arabic letter mark": ("\u061c", r"\u061c"),
    "vowel separator": ("\u180e", r"\u180e"),
    "zero-width space": ("\u200b", r"\u200b"),
    "zero-width non-joiner": ("\u200c", r"\u200c"),
    "zero-width joiner": ("\u200d", r"\u200d"),
    "left-to-right mark": ("\u200e", r"\u200e"),
    "right-to-left mark": ("\u200f", r"\u200f"),
    "line separator": ("\u2028", r"\u2028"),
    "paragraph separator": ("\u2029", r"\u2029"),
    "left-to-right embedding": ("\u202a", r"\u202a"),
    "right-to-left override": ("\u202e", r"\u202e"),
    "word joiner": ("\u2060", r"\u2060"),
    "left-to-right isolate": ("\u2066", r"\u2066"),
    "end of isolate": ("\u2069", r"\u2069"),
    "filler": ("\u3164", r"\u3164"),
    "BOM": ("\ufeff", r"\ufeff"),
    "annotation": ("\ufff9", r"\ufff9"),
    "tag": ("\U000e0041", r"\U000e0041"),
    "surrogate": ("\udc9c", r"\udc9c"),
}
LINE_ENDS = {"tab": ("\t", r"\t"), "line feed": ("\n", r"\n"), "carriage return": ("\r", r"\r")}
TEXT = {
    "Polish": "Zażółć gęślą jaźń ŁÓDŹ",
    "decomposed": unicodedata.normalize("NFD", "ąćęóśźż"),
    "quotes and dashes": "„Nowa” – ‘Wspólna’ …",
    "no-break space": "sp. z\u00a0o.o.",
    "right to left": "שלום",
    "emoji with its variation selector": "❤️ 🚂",
    "markup": r"[bold]x[/bold] \x1b :smile:",
}


@pytest.mark.parametrize(("char", "shown"), (NO_TEXT | LINE_ENDS).values(), ids=NO_TEXT | LINE_ENDS)
def test_safe_shows_an_escape(char: str, shown: str) -> None:
    assert safe(f"a{char}b{char}") == f"a{shown}b{shown}"


@pytest.mark.parametrize("text", TEXT.values(), ids=TEXT)
def test_text_is_text(text: str) -> None:
    assert safe(text) == text
    assert forbidden(text, multiline=False) is None
    assert clean(text) == (text, False)


def test_safe_keeps_what_it_is_told_to() -> None:
    assert safe("a\tb\nc\rd\x1b", keep="\n\t") == "a\tb\nc\\rd\\x1b"


@given(st.text())
def test_safe_holds_no_control_format_or_surrogate_of_this_plane(text: str) -> None:
    # Arabic number signs and the like are of category Cf, but are seen and take room.
    seen = set(map(chr, [*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD]))
    left = {char for char in safe(text) if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")} - seen
    assert {char for char in left if not 0x13430 <= ord(char) <= 0x1345F} == set()


def test_safe_covers_every_bidirectional_control() -> None:
    controls = ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
    found = [char for char in map(chr, range(0x110000)) if unicodedata.bidirectional(char) in controls]
    assert len(found) == 9
    assert all(safe(char) != char for char in found)


@pytest.mark.parametrize("char", [char for char, _ in NO_TEXT.values()], ids=NO_TEXT)
@pytest.mark.parametrize("multiline", [False, True], ids=["one line", "lines"])
def test_a_field_refuses(char: str, multiline: bool) -> None:
    assert forbidden(f"abc{char}\ud800", multiline=multiline) == char


@pytest.mark.parametrize(("char", "refused"), [("\t", None), ("\n", None), ("\r", "\r")], ids=["TAB", "LF", "CR"])
def test_only_a_multiline_field_takes_line_ends_and_tabs(char: str, refused: str | None) -> None:
    assert forbidden(f"a{char}b", multiline=True) == refused
    assert forbidden(f"a{char}b", multiline=False) == char


def test_the_first_character_refused_is_named() -> None:
    assert forbidden("a\n\u202e\x1b", multiline=True) == "\u202e"


@pytest.mark.parametrize("char", [char for char, _ in NO_TEXT.values()], ids=NO_TEXT)
def test_cleaning_loses_what_is_not_text(char: str) -> None:
    assert clean(f"a{char}b\tc\n") == ("ab\tc", True)


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("a\r\nb\rc\n", "a\nb\nc"),
        (" \t\r\n a \n\n", "a"),
        ("\u00a0\u3000a\u2003", "a"),
        ("\r\n", ""),
        ("", ""),
    ],
    ids=["line ends", "ends", "wide spaces", "only a line end", "empty"],
)
def test_cleaning_line_ends_and_ends_is_no_loss(text: str, cleaned: str) -> None:
    assert clean(text) == (cleaned, False)


def test_lines_are_cleaned_with_their_ends() -> None:
    assert clean_lines(" a\r\n\x07b \n\n") == (" a\nb \n\n", True)
    assert clean_lines("\n a ") == ("\n a ", False)


@given(st.text(st.characters()))
def test_what_is_cleaned_is_what_a_multiline_field_takes(text: str) -> None:
    cleaned, lost = clean(text)
    assert forbidden(cleaned, multiline=True) is None
    assert clean(cleaned) == (cleaned, False)
    assert lost or set(cleaned) <= set(text) | {"\n"}


def test_spaces_are_all_that_is_space_and_may_stand_in_a_text() -> None:
    assert set(SPACES) == {char for char in map(chr, range(0x110000)) if unicodedata.category(char) == "Zs"} | set(
        "\t\n\r"
    )
    assert strip(f"{SPACES}a b{SPACES}") == "a b"
    assert strip("\x1fa\u2028") == "\x1fa\u2028"


def test_what_passes_unseen_is_every_character_that_is_printable_and_no_text():
    every = [chr(code) for code in range(sys.maxunicode + 1)]
    assert [
        char for char in every if char.isprintable() and safe(char) == char and forbidden(char, multiline=False)
    ] == []


@given(st.text(st.characters() | st.sampled_from(" \t\u00a0\u0301\u115f\u3164\u202eąz")))
def test_a_tidy_text_is_one_that_every_field_takes(text):
    if is_tidy(text):
        assert text
        assert strip(text) == text
        assert forbidden(text, multiline=False) is None
        assert unicodedata.is_normalized("NFC", text)


@pytest.mark.parametrize("text", ["x", "Słońce i spółka", "a b", "żółw 🐢", "ę", "𝒳"])
def test_what_is_tidy(text):
    assert is_tidy(text)


@pytest.mark.parametrize(
    "text", ["", " ", " x", "x ", "x\n", "a\tb", "a\u00a0b", "a\u202eb", "a\u3164b", "e\u0301", "a\u200bb", "\ud800"]
)
def test_what_is_not_tidy(text):
    assert not is_tidy(text)
