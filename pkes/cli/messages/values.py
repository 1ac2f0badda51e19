"""What is wrong with texts and values, in words shared by errors and checks."""

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from pkes.i18n import N_, _, language_in_use, ngettext
from pkes.model.records import KINDS, Field, KindName, fields
from pkes.text.collation import fold

if TYPE_CHECKING:
    from pkes.registry.near_misses import NearMiss

KEY = r"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*"
"""The pattern of a key that may be quoted."""

MOST_CHOICES = 12
"""The maximum number of words of a vocabulary that are listed."""

KIND_WORDS: dict[KindName, str] = {
    "file": N_("file"),
    "cluster": N_("cluster"),
    "policy": N_("policy"),
    "sector": N_("sector"),
    "member": N_("member"),
    "inquiry": N_("inquiry"),
}

# Lines for programs use them untranslated.
SEVERITY_WORDS: dict[str, str] = {"error": N_("error"), "warning": N_("warning"), "note": N_("note")}

_VARIANTS = {
    "partial-date": N_("not a date (YYYY-MM-DD, YYYY-MM or YYYY)"),
    "iso-date": N_("not a date (YYYY-MM-DD)"),
    "typed-date": N_("not a date (YYYY-MM-DD, D.M.YYYY, today, yesterday)"),
    "typed-partial-date": N_("not a date (YYYY-MM-DD, D.M.YYYY, MM.YYYY, YYYY, today, yesterday)"),
    "typed-date-future": N_("not a date (YYYY-MM-DD, D.M.YYYY, today, tomorrow)"),
    "typed-partial-date-future": N_("not a date (YYYY-MM-DD, D.M.YYYY, MM.YYYY, YYYY, yesterday, today, tomorrow)"),
    "future": N_("it is after today"),
    "after-the-end": N_("the period would end before it begins"),
    "boolean": N_("neither true nor false"),
    "missing": N_('"{key}" is missing: {expected} belongs there'),
    "one-key": N_('"{key}" is one key in quotation marks; a field is written without them'),
}
"""Texts for variants that have no finding code of their own."""

_REASONS = {
    "phone-several": N_("several phone numbers: one belongs here"),
    "phone-letter": N_("not a phone number: there is a letter in it"),
    "phone-area-code": N_("not a phone number: the area code is missing"),
    "email-several": N_("several e-mail addresses: one belongs here"),
    "email-at": N_("not an e-mail address: there is no @ in it"),
    "email-domain": N_("not an e-mail address: behind the @ there is no dot"),
    "email-space": N_("not an e-mail address: there is a space in it"),
    "krs-letter": N_("not a KRS number (ten digits): there is a letter in it"),
    "nip-letter": N_("not a NIP (ten digits): there is a letter in it"),
    "nip-check-digit": N_("not a NIP: the check digit does not fit the others"),
    "regon-letter": N_("not a REGON (nine or fourteen digits): there is a letter in it"),
    "regon-check-digit": N_("not a REGON: the check digit does not fit the others"),
}
"""Specific reasons why a value does not have its form."""


def _not_of_form(code: str, reason: str, count: int) -> str:
    """Return why a value does not have its form; `count` is its number of digits, if that is the reason."""
    if reason == "rounded":
        return _("a spreadsheet has rounded this number: format its column as text and type the number in again")
    if reason != "digits":
        return _(_REASONS[f"{code}-{reason}"])
    said = {
        "phone": ngettext(
            "not a phone number: it has {count} digit, and a Polish one has nine",
            "not a phone number: it has {count} digits, and a Polish one has nine",
            count,
        ),
        "krs": ngettext(
            "not a KRS number: it has {count} digit in place of ten",
            "not a KRS number: it has {count} digits in place of ten",
            count,
        ),
        "nip": ngettext(
            "not a NIP: it has {count} digit in place of ten", "not a NIP: it has {count} digits in place of ten", count
        ),
        "regon": ngettext(
            "not a REGON: it has {count} digit in place of nine or fourteen",
            "not a REGON: it has {count} digits in place of nine or fourteen",
            count,
        ),
    }
    return said[code].format(count=count)


_FILE_TYPES = (N_("a folder"), N_("a pipe"), N_("a socket"), N_("a device"))
"""Names in `pkes.storage.sources` for files that are not regular."""

_TYPES = (
    N_("nothing"), N_("boolean"), N_("integer"), N_("float"), N_("string"), N_("array"), N_("table"), N_("date-time"),
    N_("local date"), N_("local time"), N_("local date or string"), N_("array of strings"),
    N_("array with other items"),
)  # fmt: skip
"""Names in `pkes.registry.parsing` for the actual and expected types of values."""


def record(kind: KindName, id: str | None) -> str:
    """Return the name of a record for a sentence: its kind, and its id if it has one."""
    return _(KIND_WORDS[kind]) if id is None else f"{_(KIND_WORDS[kind])} {named(id)}"


def named(key: str) -> str:
    """Return an id or a key as shown to people: an empty one, which is possible, would be invisible."""
    return key or '""'


def field_name(name: str) -> str:
    """Return the name of a field for a sentence: its title or, in English, its own name, which is an English word.

    Anything else (the name of an option, or an unknown key) is returned unchanged.
    """
    title = next((field.title for field in _fields_named(name)), "")
    return _(title) if title and language_in_use() != "en" else name


def word(held: Any, field: Field) -> Any:
    """Return a word of a field's vocabulary in the language of the user; any other value is unchanged."""
    return _(held) if held in field.choices else held


def malformed(code: str, detail: Mapping[str, Any]) -> str:
    """Return why a text is not a registry."""
    if code == "syntax":
        from pkes.cli.messages import foreign

        detail = {"what": foreign.words(detail["what"])}
    elif code == "file-type":
        detail = {"found": _(detail["found"])}
    elif code == "shape":
        code = {detail["found"]: "missing", detail["expected"]: "one-key"}.get("nothing", code)
        words = {name: _(detail[name]) for name in ("expected", "found")}
        detail = {**detail, **words, "key": dotted(detail["key"])}
    return _(_template(code)).format(**detail)


def _template(code: str) -> str:
    from pkes.checks.codes import CODES

    return _VARIANTS[code] if code in _VARIANTS else CODES[code].says


def way_out(code: str, detail: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the ways to make a text a registry, one line each, if a simple correction is not enough."""
    from pkes.checks.codes import CODES

    is_older = code == "format" and detail["found"] < detail["known"]
    return (_(CODES[code].way_out),) if CODES[code].way_out and not is_older else ()


def dotted(key: str) -> str:
    """Return a dotted key as far as it may be quoted: a part that is not a plain word may be personal."""
    first, *others = key.split(".")
    if not re.fullmatch(KEY, first):
        return "…"
    return key if all(re.fullmatch(KEY, one) for one in others) else f"{first}.…"


def wrong_value(code: str, detail: Mapping[str, Any], field: str | None, *, is_typed: bool = False) -> str:
    """Return what is wrong with the value of a field; the value itself is not named, for it may be personal.

    One that `is_typed` may have more forms than one in the file.
    """
    if code == "date" and "reason" in detail:
        return _no_such_day(detail["reason"], detail["count"])
    if code == "date" and "may_be_partial" in detail:
        code = "partial-date"
    if is_typed and code in ("date", "partial-date"):
        code = f"typed-{code}" + ("-future" if "may_be_future" in detail else "")
    if "earlier" in detail:
        detail = {**detail, "earlier": field_name(detail["earlier"])}
    if "choices" in detail:
        detail = {**detail, "choices": labelled({one: one for one in detail["choices"]})}
    elif "reason" in detail:
        return _not_of_form(code, detail["reason"], detail["count"])
    elif code == "overdue":
        return _overdue(detail["days"])
    known = {name: ", ".join(held) if isinstance(held, list | tuple) else held for name, held in detail.items()}
    return _(_template(code)).format(**{**known, "field": field}) + did_you_mean(detail.get("suggestions", ()))


def _no_such_day(reason: str, count: int) -> str:
    """Return why a date does not exist; `count` is its month or, if the reason is the day, the days of its month."""
    if reason == "month":
        return _("there is no such date: a year has no month {count}").format(count=count)
    return ngettext(
        "there is no such date: that month has {count} day", "there is no such date: that month has {count} days", count
    ).format(count=count)


def _overdue(days: int) -> str:
    said = ngettext(
        "it has been waiting for an answer for {days} day", "it has been waiting for an answer for {days} days", days
    )
    return said.format(days=days)


def labelled(choices: Mapping[str, str]) -> str:
    """Return words of a vocabulary, each with its label in the user's language if that differs."""
    shown = ((word, _(label)) for word, label in choices.items())
    return ", ".join(word if fold(word) == fold(label) else f"{word} ({label})" for word, label in shown)


def _fields_named(name: str | None) -> list[Field]:
    return [known[name] for kind in KINDS if name in (known := fields(kind.struct))]


def near_miss(miss: "NearMiss") -> str:
    """Return a near miss in words, with its field's title. Its own value is not quoted: it may be personal."""
    title = fields(type(miss.record))[miss.field].title
    return f"{_(title)}: {wrong_value('near-miss', {'other': miss.other}, miss.field)}"


def quoted(word: str) -> str:
    """Return a word in quotation marks."""
    return _('"{word}"').format(word=word)


def did_you_mean(suggestions: Iterable[str]) -> str:
    """Return a question about the nearest known words, after a space, or "" if there are none."""
    *others, last = [*map(quoted, suggestions)] or [""]
    if not last:
        return ""
    words = _("{others} or {last}").format(others=", ".join(others), last=last) if others else last
    return " " + _("(did you mean {words}?)").format(words=words)
