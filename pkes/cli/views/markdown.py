"""Text as Markdown: texts of the registry never act as markup, and stay readable in the source, too.

Only what GitHub would act on is escaped: markup, HTML, mentions, numbers of issues, emoji and formulas. GitHub itself
turns addresses into links.
"""

import re
from urllib.parse import quote

from pkes.text.characters import safe

_SPACES = re.compile(" {2,}")
_MARKUP = (
    # A character between two spaces, or inside a word, does not begin or end markup.
    r"[`|]|(?<!\s)\*|\*(?!\s)|(?<!\s)~|~(?!\s)|(?<![^\W_])_|_(?![^\W_])"
    r"|\](?=[(\[:])|<(?=[A-Za-z/!?])|&(?=\#?\w+;)|\\(?=[!-/:-@\[-`{-~]|GH-|$)"
)
_MEANS = re.compile(
    r"(?P<address>(?:https?://|\bwww\.)(?:[\w.~:/?#@!$'()+,;=%-]|&(?!\#?\w+;))*)"
    # GitHub turns these into links after Markdown processing: a backslash does not help, but it leaves code alone.
    r"|(?P<called>(?<!\w)@\w[\w/-]*|\#\d+|\bGH-\d+)"
    # Inside a tag, these are not part of an emoji or a formula.
    r"|(?P<apart>\$|(?<!\d):(?=[\w+-]+:))"
    rf"|{_MARKUP}",
    re.IGNORECASE,
)
_BEGINS = re.compile(r"[-+*=_~](?=[-+*=_~\s]|$)|\#(?=\#*(?:\s|$))|>")
_NUMBER = re.compile(r"(\d{1,9})(?=[.)](?:\s|$))")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


def text(value: str) -> str:
    """Return Markdown that shows a text unchanged, on one line."""
    return "<br>".join(map(line, value.replace("\r\n", "\n").split("\n")))


def line(value: str) -> str:
    """Return a text of one line as Markdown."""
    shown = _MEANS.sub(_as_text, safe(value.replace("\t", " ")))
    # A browser collapses several spaces into one.
    return _SPACES.sub(lambda found: "&nbsp;" * len(found[0]), shown)


def block(value: str) -> str:
    """Return a text as Markdown for the start of a paragraph or an item; its e-mail addresses are links.

    Not every Markdown program makes these links itself, as GitHub does.
    """
    if begun := _BEGINS.match(value):
        return rf"\{begun[0]}{_linked(value[1:])}"
    if number := _NUMBER.match(value):
        return rf"{number[0]}\{_linked(value[number.end() :])}"
    return _linked(value)


def _linked(value: str) -> str:
    """Return the same as `block`, for a text inside a line."""
    pieces, end = [], 0
    for found in _EMAIL.finditer(value):
        pieces += [text(value[end : found.start()]), f"[{text(found[0])}](mailto:{quote(found[0], safe='@+')})"]
        end = found.end()
    return "".join([*pieces, text(value[end:])])


def _as_text(found: re.Match[str]) -> str:
    if found.lastgroup == "address":
        return found[0]
    if found.lastgroup == "called":
        return f"<code>{re.sub(_MARKUP, _backslashed, found[0])}</code>"
    return f"<span>{found[0]}</span>" if found.lastgroup == "apart" else _backslashed(found)


def _backslashed(found: re.Match[str]) -> str:
    return f"\\{found[0]}"
