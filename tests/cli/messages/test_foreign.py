"""What the parser says of a text that is not TOML, in both languages."""

import pytest

from pkes.cli.messages import foreign
from pkes.errors import Malformed
from pkes.i18n import use_language
from pkes.toml import reading

BROKEN = {
    "key": "a\n",
    "value": "a =\n",
    "sign": "a = = 1\n",
    "bare": "a = b\n",
    "twice": "a = 1\na = 2\n",
    "two on a line": "a = 1 b = 2\n",
    "quote": 'a = "b\n',
    "apostrophe": "a = 'b\n",
    "lines": 'a = """b\n',
    "escape": 'a = "\\q"\n',
    "unicode": 'a = "\\u12"\n',
    "control": 'a = "\x01"\n',
    "comment": "# \x01\n",
    "return": "a = 1\rb = 2\n",
    "array": "a = [1, 2\n",
    "array comma": "a = [1 2]\n",
    "array commas": "a = [1,,2]\n",
    "table": "[a\n",
    "tables": "[[a]\n",
    "table twice": "[a]\n[a]\n",
    "table of a value": "a = 1\n[a.b]\n",
    "inline": "a = {b = 1\n",
    "inline comma": "a = {b = 1 c = 2}\n",
    "inline end": "a = {b = 1,}\n",
    "inline lines": "a = {b = 1,\nc = 2}\n",
    "letters": "ą = 1\n",
    "no key": "= 1\n",
    "boolean": "a = True\n",
    "zero": "a = 012\n",
    "score": "a = 1__2\n",
    "hexadecimal": "a = 0xg\n",
    "float": "a = 1.\n",
    "date": "a = 2025-1-2\n",
    "month": "a = 2025-13-02\n",
    "day": "a = 2025-02-32\n",
    "time": "a = 25:00:00\n",
    "offset": "a = 2025-01-02T10:00:00+1\n",
}
"""What people get wrong."""


@pytest.fixture
def polish():
    use_language("pl")
    yield
    use_language("en")


def said(text: str) -> str:
    """Return the parser's own words."""
    with pytest.raises(Malformed) as error:
        reading.loads(text)
    assert error.value.code == "syntax"
    return error.value.detail["what"]


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_the_usual_words_are_translated(polish, text):
    words = foreign.words(said(text))
    assert words not in (said(text), foreign.words("a word of tomorrow's parser"))
    assert "expected" not in words


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_in_english_they_are_the_parsers_own(text):
    assert foreign.words(said(text)) == said(text)


def test_signs_stay_and_words_around_them_are_translated(polish):
    assert foreign.words(said("a = [1\n")) == "niezamknięta tablica; możliwe w tym miejscu: `]`"
    assert foreign.words("invalid date, expected `-` (MM-DD)") == "błędna data; możliwe w tym miejscu: `-` (MM-DD)"
    assert foreign.words("invalid time, expected `T` between date and time").endswith("`T` między datą a godziną")


@pytest.mark.parametrize(
    "what",
    [
        pytest.param("invalid integer '1_0'", id="with a value"),
        pytest.param("duplicate key, expected patience", id="unknown expectation"),
    ],
)
def test_what_is_not_known_becomes_a_general_sentence(what, polish):
    assert foreign.words(what) == "niezgodne ze składnią TOML"


def test_what_is_not_known_stays_in_english():
    assert foreign.words("invalid integer '1_0'") == "invalid integer '1_0'"
