"""Text as Markdown: whatever the registry holds is text there, and readable as it is in the source, too.

Only what GitHub would act on is escaped: markup, HTML, mentions, numbers of issues, emoji and formulas. To make links
of addresses is left to it.
"""

import re
from urllib.parse import quote

from pkes.text.characters import safe

_SPACES = re.compile(" {2,}")
_MARKUP = (
    # What stands between two spaces, or inside a word, begins and ends nothing.
    r"[`|]|(?<!\s)\*|\*(?!\s)|(?<!\s)~|~(?!\s)|(?<![^\W_])_|_(?![^\W_])"
    r"|\](?=[(\[:])|<(?=[A-Za-z/!?])|&(?=\#?\w+;)|\\(?=[!-/:-@\[-`{-~]|GH-|$)"
)
_MEANS = re.compile(
    r"(?P<address>(?:https?://|\bwww\.)(?:[\w.~:/?#@!$'()+,;=%-]|&(?!\#?\w+;))*)"
    # GitHub makes links of these when Markdown is done with them: no backslash helps, but it lets code be.
    r"|(?P<called>(?<!\w)@\w[\w/-]*|\#\d+|\bGH-\d+)"
    # In a tag these are no part of an emoji or a formula.
    r"|(?P<apart>\$|(?<!\d):(?=[\w+-]+:))"
    rf"|{_MARKUP}",
    re.IGNORECASE,
)
_BEGINS = re.compile(r"[-+*=_~](?=[-+*=_~\s]|$)|\#(?=\#*(?:\s|$))|>")
_NUMBER = re.compile(r"(\d{1,9})(?=[.)](?:\s|$))")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


def text(value: str) -> str:
    """Return a text as Markdown that shows it as it is, on one line."""
    return "<br>".join(map(line, value.replace("\r\n", "\n").split("\n")))


def line(value: str) -> str:
    """Return a text of one line as Markdown."""
    shown = _MEANS.sub(_as_text, safe(value.replace("\t", " ")))
    # A browser makes one space of several.
    return _SPACES.sub(lambda found: "&nbsp;" * len(found[0]), shown)


def block(value: str) -> str:
    """Return a text as Markdown that can begin a paragraph or an item; its e-mail addresses are links.

    Not every reader of Markdown makes these itself, as GitHub does.
    """
    if begun := _BEGINS.match(value):
        return rf"\{begun[0]}{_linked(value[1:])}"
    if number := _NUMBER.match(value):
        return rf"{number[0]}\{_linked(value[number.end() :])}"
    return _linked(value)


def _linked(value: str) -> str:
    """Return what `block` does of a text that begins nothing."""
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
