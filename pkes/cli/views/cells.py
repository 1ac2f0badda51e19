"""Values for people, each as a `Text` without markup or control characters."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from rich.style import Style
from rich.text import Text

from pkes.cli.messages.values import word
from pkes.cli.terminal import plain
from pkes.i18n import _, language_in_use
from pkes.model.dates import PartialDate
from pkes.model.records import Field, Registry
from pkes.text.characters import safe

MOST_NAMED = 20


def text(value: str, style: str = "", *, keep: str = "") -> Text:
    """Return a text of the registry; characters that are not text become visible escapes."""
    return Text(safe(value, keep=keep), style=style)


def value(held: Any, field: Field | None, labels: Mapping[str, str], *, separator: str = ", ") -> Text:
    """Return the value of a field in `words`, with its `link`."""
    shown = Text(words(held, field, labels, separator=separator))
    if target := link(held, field):
        shown.stylize(target)
    return shown


def words(held: Any, field: Field | None, labels: Mapping[str, str], *, separator: str = ", ") -> str:
    """Return the value of a field in words; `field` is None for an id or an unknown key.

    `labels` are those of the sectors, `separator` is the separator of list items.
    """
    if isinstance(held, str):
        return _said(held, field, labels)
    if held is None:
        return ""
    if isinstance(held, bool):
        return _("yes") if held else _("no")
    if isinstance(held, list):
        return separator.join(words(item, None, labels) for item in held)
    return safe(str(held) if isinstance(held, PartialDate | datetime.date | int | float) else plain.cell(held))


def _said(held: str, field: Field | None, labels: Mapping[str, str]) -> str:
    if field is not None and field.form == "sector":
        return safe(labels.get(held, held))
    if field is not None and field.choices:
        return safe(word(held, field))
    if field is not None and field.form == "text":
        return safe(held.replace("\r\n", "\n"), keep="\n\t")
    return safe(held)


def link(held: Any, field: Field | None) -> Style | None:
    """Return the style of a value that is an address: a link that terminals can open."""
    if field is None or field.form not in ("email", "website") or not isinstance(held, str):
        return None
    from pkes.model.spelling import CANONICAL

    # Only a valid address may get into the escape sequence of a link.
    if CANONICAL[field.form](held) != held:
        return None
    target = quote(held, safe=":/?#[]@!$&'()*+,;=%~")
    return Style(link=f"mailto:{target}" if field.form == "email" else target)


def number(held: float) -> str:
    """Return a number in the notation of the current language: Polish has a decimal comma."""
    return f"{held:.12g}".replace(".", "," if language_in_use() == "pl" else ".")


def listed(names: Sequence[str]) -> str:
    """Return names for a sentence: at most `MOST_NAMED` of them, then the number of the others."""
    shown = ", ".join(names[:MOST_NAMED])
    if len(names) <= MOST_NAMED:
        return shown
    return _("{names} and {count} more").format(names=shown, count=len(names) - MOST_NAMED)


def members(ids: Sequence[str], registry: Registry) -> str:
    """Return members for a sentence as `listed` does, each by its name, or its id if it has none."""
    return listed([registry.members[id].name or id for id in ids])
