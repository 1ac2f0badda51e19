"""Values for people, each as a `Text` without markup or control characters."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

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
    """Return the value of a field; `field` is None for an id or an unknown key.

    `labels` are those of the sectors, `separator` is the separator of list items.
    """
    if held is None:
        return Text("")
    if isinstance(held, bool):
        return Text(_("yes") if held else _("no"))
    if isinstance(held, list):
        return Text(separator).join(value(item, None, labels) for item in held)
    if isinstance(held, PartialDate | datetime.date | int | float):
        return text(str(held))
    if not isinstance(held, str):
        return text(plain.cell(held))
    if field is not None and field.form == "sector":
        return text(labels.get(held, held))
    if field is not None and field.choices:
        return text(word(held, field))
    if field is not None and field.form in ("email", "website"):
        return _linked(held, field)
    if field is not None and field.form == "text":
        return text(held.replace("\r\n", "\n"), keep="\n\t")
    return text(held)


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


def _linked(held: str, field: Field) -> Text:
    """Return a text, as a link that terminals can open if it is an address."""
    from pkes.model.spelling import CANONICAL

    shown = text(held)
    # Only a valid address may get into the escape sequence of a link.
    if CANONICAL[field.form](held) == held:
        target = quote(held, safe=":/?#[]@!$&'()*+,;=%~")
        shown.stylize(f"link mailto:{target}" if field.form == "email" else f"link {target}")
    return shown
