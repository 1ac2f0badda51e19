"""Faults of texts and values in words: what an error says of one, a check says of it too."""

from collections.abc import Iterable, Mapping
from typing import Any

from pkes.i18n import N_, _
from pkes.model import KINDS, Field, fields

FAULTS = {
    "id": N_("an id has only a-z, 0-9 and dashes"),
    "email": N_("not an e-mail address"),
    "phone": N_("not a phone number"),
    "postal-code": N_("not a postal code (NN-NNN)"),
    "website": N_("not the address of a website"),
    "krs": N_("not a KRS number (ten digits)"),
    "nip": N_("not a NIP (ten digits, the last one a check digit)"),
    "regon": N_("not a REGON (nine or fourteen digits, the last one a check digit)"),
    "date": N_("not a date (YYYY-MM-DD)"),
    "partial-date": N_("not a date (YYYY-MM-DD, YYYY-MM or YYYY)"),
    "number": N_("not a whole number from 0"),
    "boolean": N_("neither true nor false"),
    "choice": N_("not one of {choices}"),
    "character": N_("the character {name} is not text"),
    "line-break": N_("a line end does not belong here"),
    "unnormalised": N_("characters are not in their composed form (NFC)"),
    "spaces": N_("spaces at an end"),
    "empty": N_("empty"),
}

MALFORMED = {
    "encoding": N_("not UTF-8"),
    "syntax": N_("not TOML: {what}"),
    "merge-marker": N_("a merge marker that git left: {marker}"),
    "format": N_("format {found} is not one that this program knows (up to {known})"),
    "nesting": N_("nested deeper than {deepest} levels"),
    "missing": N_('"{key}" is missing: {expected} belongs there'),
    "shape": N_('"{key}" is of the wrong type: {found} instead of {expected}'),
}


def malformed(code: str, detail: Mapping[str, Any]) -> str:
    """Return what keeps a text from being a registry."""
    missing = code == "shape" and detail["found"] == "nothing"
    return _(MALFORMED["missing" if missing else code]).format(**detail)


def fault(code: str, detail: Mapping[str, Any], field: str | None) -> str:
    """Return what is wrong with the value of a field; the value itself is not named, for it may be personal."""
    if code == "date" and any(one.type == "partial-date" for one in _fields_named(field)):
        code = "partial-date"
    known = {name: ", ".join(held) if isinstance(held, list | tuple) else held for name, held in detail.items()}
    return _(FAULTS[code]).format(**known) + did_you_mean(detail.get("suggestions", ()))


def _fields_named(name: str | None) -> list[Field]:
    return [known[name] for kind in KINDS if name in (known := fields(kind.struct))]


def did_you_mean(suggestions: Iterable[str]) -> str:
    """Return a question about the nearest known words, a space before it; "" where there are none."""
    *others, last = [f'"{word}"' for word in suggestions] or [""]
    if not last:
        return ""
    words = _("{others} or {last}").format(others=", ".join(others), last=last) if others else last
    return " " + _("(did you mean {words}?)").format(words=words)
