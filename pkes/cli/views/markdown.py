"""Text as Markdown: whatever the registry holds is text there, and nothing else."""

import re

from pkes.text.characters import safe

_SPACES = re.compile(" {2,}")
_MARKUP = re.compile(r"[\\`*_~|<>&\[\]]")
_MEANS = re.compile(
    # GitHub makes links of these when Markdown is done with them: no backslash helps, but it lets code be.
    r"(?P<called>(?<!\w)@\w[\w/-]*|#\d+|\bGH-\d+)"
    # In a tag these are no part of an address, an emoji or a formula.
    r"|(?P<apart>[@#$]|:(?=//)|:(?=[\w+-]+:)|(?<=www)\.)"
    rf"|{_MARKUP.pattern}",
    re.IGNORECASE,
)


def text(value: str) -> str:
    """Return a text as Markdown that shows it as it is, on one line."""
    return "<br>".join(map(line, value.replace("\r\n", "\n").split("\n")))


def line(value: str) -> str:
    """Return a text of one line as Markdown."""
    shown = _MEANS.sub(_as_text, safe(value.replace("\t", " ")))
    # A browser makes one space of several.
    return _SPACES.sub(lambda found: "&nbsp;" * len(found[0]), shown)


def _as_text(found: re.Match[str]) -> str:
    if found.lastgroup == "called":
        return f"<code>{_MARKUP.sub(_backslashed, found[0])}</code>"
    return f"<span>{found[0]}</span>" if found.lastgroup == "apart" else _backslashed(found)


def _backslashed(found: re.Match[str]) -> str:
    return f"\\{found[0]}"
