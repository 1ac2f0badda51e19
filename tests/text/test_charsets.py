"""Which charset bytes are read in, whatever a mail says of them."""

import pytest

from pkes.text.charsets import decode, undeclared

POLISH = "Zażółć gęślą jaźń"

RIGHT = {
    "UTF-8": (POLISH.encode(), "utf-8"),
    "UTF-8, in capitals": (POLISH.encode(), "UTF-8"),
    "UTF-8 with BOM": (POLISH.encode("utf-8-sig"), "utf-8"),
    "UTF-16": (POLISH.encode("utf-16"), "utf-16"),
    "ISO-8859-2": (POLISH.encode("iso8859-2"), "ISO-8859-2"),
    "Latin 2": (POLISH.encode("iso8859-2"), "latin2"),
    "Windows-1250": (POLISH.encode("cp1250"), "windows-1250"),
    "UTF-8 as ISO-8859-2": (POLISH.encode(), "iso-8859-2"),
    "UTF-8 as Windows-1252": (POLISH.encode(), "windows-1252"),
    "UTF-8 as ASCII": (POLISH.encode(), "us-ascii"),
    "UTF-8 as nothing": (POLISH.encode(), None),
    "UTF-8 as something unknown": (POLISH.encode(), "x-user-defined"),
}
GUESSED = {
    "Windows-1250 as nothing": (POLISH.encode("cp1250"), None),
    "Windows-1250 as ASCII": (POLISH.encode("cp1250"), "us-ascii"),
    "Windows-1250 as UTF-8": (POLISH.encode("cp1250"), "utf-8"),
    "Windows-1250 as ISO-8859-2": (POLISH.encode("cp1250"), "iso-8859-2"),
    "Windows-1250 as something unknown": (POLISH.encode("cp1250"), "x-unknown"),
    "Windows-1250 as UTF-16": (POLISH.encode("cp1250"), "utf-16"),
    "a charset that reads escapes": (POLISH.encode("cp1250"), "unicode_escape"),
    "a charset of host names": (POLISH.encode("cp1250"), "idna"),
    "a codec from bytes to bytes": (POLISH.encode("cp1250"), "hex"),
    "a charset with NUL": (POLISH.encode("cp1250"), "utf-8\0"),
    "a charset without end": (POLISH.encode("cp1250"), "x" * 5000),
    "a charset with Polish letters": (POLISH.encode("cp1250"), "łatin2"),
    "an empty charset": (POLISH.encode("cp1250"), ""),
}


@pytest.mark.parametrize(("data", "charset"), RIGHT.values(), ids=RIGHT)
def test_the_declared_charset_or_utf_8(data: bytes, charset: str | None) -> None:
    assert decode(data, charset) == (POLISH, None)


@pytest.mark.parametrize(("data", "charset"), GUESSED.values(), ids=GUESSED)
def test_windows_1250_where_all_else_is_wrong(data: bytes, charset: str | None) -> None:
    assert decode(data, charset) == (POLISH, "windows-1250")


def test_iso_8859_1_is_windows_1252_where_it_has_its_signs() -> None:
    assert decode("„Café” – 5 €".encode("cp1252"), "iso-8859-1") == ("„Café” – 5 €", None)


@pytest.mark.parametrize("charset", ["utf-8", None])
def test_a_letter_cut_in_two_does_not_change_the_charset(charset: str | None) -> None:
    assert decode("gęślą jaźń".encode()[:-1], charset) == ("gęślą jaź\ufffd", None)


def test_as_many_wrong_bytes_as_right_ones_are_no_utf_8() -> None:
    assert decode("ł ".encode() + b"\xb3", None) == ("Ĺ‚ ł", "windows-1250")


def test_bytes_of_a_charset_of_several_bytes_a_letter_may_look_like_utf_8() -> None:
    assert decode("艂".encode("gbk"), "gbk") == ("艂", None)


def test_ascii_is_the_same_in_all() -> None:
    assert decode(b"abc", "iso-8859-2") == ("abc", None)


@pytest.mark.parametrize(
    ("data", "text", "charset"),
    [
        ("Łąka 🚂".encode(), "Łąka 🚂", None),
        ("Łąka".encode("utf-8-sig"), "Łąka", None),
        ("Łąka „ż”".encode("cp1250"), "Łąka „ż”", "windows-1250"),
        ("Żółć".encode("cp1250") + b"\x81", "Żółć\ufffd", "windows-1250"),
        (b"\xed\xa0\x80", "í\u00a0€", "windows-1250"),
        (b"", "", None),
    ],
    ids=["UTF-8", "BOM", "Windows-1250", "undefined byte", "surrogate in UTF-8", "empty"],
)
def test_bytes_are_utf_8_wherever_they_can_be(data: bytes, text: str, charset: str | None) -> None:
    assert undeclared(data) == (text, charset)
