"""Markdown: a table as GitHub shows it, for people to read; no text in a cell acts as markup."""

import re
from collections.abc import Iterable, Iterator

from pkes.formats.records import Export, headers, texts
from pkes.model.records import fields
from pkes.text.characters import safe

# Characters that could begin markup, including `_` unless it is inside a word.
_MARKUP = re.compile(r"[\\`*\[\]<>|~&#!$]|(?<![^\W_])_|_(?![^\W_])")
_SPACES = {" ": "&#32;", "\t": "&#9;", "\u00a0": "&nbsp;"}
_LINK = re.compile(r"https?://[A-Za-z0-9./?=&+:#~_-]+")


def write(export: Export) -> Iterator[bytes]:
    """Yield a table with a row for each record; line ends are `<br>`, addresses of websites links."""
    known = fields(export.kind.struct)
    websites = {number for number, name in enumerate(export.columns) if name in known and known[name].form == "website"}
    yield _row(map(cell, headers(export)))
    yield _row("---" for _ in export.columns)
    for row in texts(export):
        yield _row(link(text) if number in websites else cell(text) for number, text in enumerate(row))


def cell(text: str) -> str:
    """Return the source of a cell that shows a text. Characters that are not text become visible escapes."""
    text = safe(text.replace("\r\n", "\n").replace("\r", "\n"), keep="\n\t")
    lines = (_MARKUP.sub(r"\\\g<0>", line) for line in text.split("\n"))
    # Spaces at the ends of a cell or a line would be lost.
    return "<br>".join(re.sub("^[ \t\u00a0]+|[ \t\u00a0]+$", _kept, line) for line in lines)


def link(text: str) -> str:
    """Return the address of a website as a link, and anything else as a cell."""
    return f"<{text}>" if _LINK.fullmatch(text) else cell(text)


def _kept(spaces: "re.Match[str]") -> str:
    return "".join(_SPACES[space] for space in spaces[0])


def _row(cells: Iterable[str]) -> bytes:
    return f"| {' | '.join(cells)} |\n".encode()
