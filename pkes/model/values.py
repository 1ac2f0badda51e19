"""Values of fields: converting typed text into a value, and checking stored values.

Each form of text has one canonical spelling. `read` converts typed text to it; `faults` says if a stored value has
another spelling or is wrong. Both use the same codes, which include the names of the forms.
"""

import datetime
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import Any, TypeAlias

from pkes.errors import WrongValue
from pkes.i18n import YES_AND_NO
from pkes.model import dates, vocabulary
from pkes.model.dates import PartialDate
from pkes.model.records import Field
from pkes.text import characters
from pkes.text.collation import fold
from pkes.text.items import split

Value: TypeAlias = str | int | bool | datetime.date | PartialDate
ValueFault: TypeAlias = tuple[str, dict[str, Any]]
"""A code and its detail, never the value itself: it may be personal."""

_DAYS_FROM_TODAY = {
    "yesterday": -1, "wczoraj": -1, "today": 0, "dzis": 0, "dzisiaj": 0, "tomorrow": 1, "jutro": 1, "pojutrze": 2,
}  # fmt: skip

_BOOLEANS = {word: tuple(pair[place] for pair in YES_AND_NO.values()) for place, word in enumerate(("true", "false"))}


def read(field: Field, text: str) -> Value:
    """Return typed text as the value of a field, in canonical form; one item where the field is a list.

    Raises WrongValue. Its codes: `empty`, `line-break` (a line end in a one-line field), `character` (detail: `name`,
    such as U+202E), `number`, `boolean`, `date` (detail: `may_be_partial`, if a month or year is enough;
    `may_be_future`; `reason` and `count` from `dates.no_such_day`), `future` (a past event would be after today),
    `choice` (detail: `choices`, `suggestions`), and the form's own name: `email`, `phone`, `postal-code`, `website`,
    `krs`, `nip`, `regon` (detail: `reason` and `count` from `spelling.Reason`, if known).
    """
    if not characters.is_tidy(text):
        text = characters.strip(unicodedata.normalize("NFC", text))
        if found := _basic_fault(field, text):
            code, detail = found
            raise WrongValue(field.name, code, **detail)
    if field.type in _READERS:
        code, reader = _READERS[field.type]
        value = reader(text)
    elif field.form == "choice":
        code, value = "choice", vocabulary.meant(text, vocabulary.spellings(field.choices))
    else:
        code, value = field.form, _canonical(field, text)
    if value is None:
        raise WrongValue(field.name, code, **_detail(field, text))
    day = value.first if isinstance(value, PartialDate) else value
    if field.past and isinstance(day, datetime.date) and day > dates.today():
        raise WrongValue(field.name, "future")
    return value


def read_list(field: Field, text: str) -> list[str]:
    """Return typed text as the items of a list field, as `items.split` does. Raises WrongValue as `read` does."""
    items = split(text)
    if not items:
        raise WrongValue(field.name, "empty")
    return [str(read(field, item)) for item in items]


def faults(field: Field, column: Sequence[Any]) -> Iterator[tuple[int, int | None, ValueFault]]:
    """Yield the faults of the values that records have in a field; `column` has None for an absent value.

    Each comes with the position of its value and, in a list, where each item may have one, the index of the item;
    otherwise with None. A list without items is itself `empty`. The codes are those of `fault`.
    """
    held = chain.from_iterable(filter(None, column)) if field.type == "list" else column
    is_right = _quick_test(field)
    # Each text is judged once: towns, legal forms and offers repeat.
    doubtful = [one for one in set(held) - {None} if not (isinstance(one, str) and is_right(one))]
    wrong = {one: found for one in doubtful if (found := fault(field, one))}
    for number, value in enumerate(column) if wrong or [] in column else ():
        if value == []:
            yield number, None, ("empty", {})
        elif isinstance(value, list):
            yield from ((number, item, wrong[text]) for item, text in enumerate(value) if text in wrong)
        elif value in wrong:
            yield number, None, wrong[value]


def fault(field: Field, value: Value) -> ValueFault | None:
    """Return the fault of a stored value that is not a list, or None.

    The codes are those of `read`, and `spaces` (at the ends), `unnormalised` (not NFC) and `form` (right, but not in
    canonical form). A multi-line text may end with a line end, as most multi-line strings in TOML do.
    """
    if isinstance(value, str):
        return _text_fault(field, value)
    if isinstance(value, PartialDate):
        return _partial_date_fault(value)
    if isinstance(value, int) and not 0 <= value < 2**63:
        return "number", {}
    return None


def _basic_fault(field: Field, text: str) -> ValueFault | None:
    """Return the fault of a text that does not depend on its form."""
    if not characters.strip(text):
        return "empty", {}
    char = characters.forbidden(text, multiline=field.form == "text")
    if char is None:
        return None
    if char in "\r\n" and field.form != "text":
        return "line-break", {}
    return "character", {"name": f"U+{ord(char):04X}"}


def _quick_test(field: Field) -> Callable[[str], bool]:
    """Return a test that nearly every right text of a field passes, and no wrong one."""
    from pkes.model.spelling import CANONICAL

    is_tidy, canonical = characters.is_tidy, CANONICAL.get(field.form)
    if field.form == "choice":
        return field.choices.__contains__
    return (lambda text: is_tidy(text) and canonical(text) == text) if canonical else is_tidy


def _text_fault(field: Field, text: str) -> ValueFault | None:
    if _quick_test(field)(text):
        return None
    if found := _basic_fault(field, text):
        return found
    # Errors come before spelling, or else mending the spelling would reveal an error.
    canonical = _canonical(field, characters.strip(unicodedata.normalize("NFC", text)))
    if canonical is None or (canonical != text and field.form == "choice"):
        return field.form, _detail(field, text)
    body = text.rstrip("\n") if field.form == "text" else text
    if characters.strip(body) != body:
        return "spaces", {}
    if not unicodedata.is_normalized("NFC", text):
        return "unnormalised", {}
    return ("form", {}) if field.form != "text" and canonical != text else None


def _canonical(field: Field, text: str) -> str | None:
    """Return the canonical spelling of a text, or None if it does not have the form of its field."""
    if field.form == "choice":
        folded = fold(text)
        return next((choice for choice in field.choices if fold(choice) == folded), None)
    if field.form in ("line", "text"):
        return text
    from pkes.model.spelling import CANONICAL

    canonical = CANONICAL.get(field.form)
    return canonical(text) if canonical else text


def _detail(field: Field, text: str) -> dict[str, Any]:
    """Return the detail of a fault in a field."""
    if field.type in ("date", "partial-date"):
        partial = {"may_be_partial": True} if field.type == "partial-date" else {}
        if missing := dates.no_such_day(text):
            return {"reason": missing[0], "count": missing[1], **partial}
        return partial if field.past else {"may_be_future": True, **partial}
    if not field.choices:
        from pkes.model.spelling import WHY_NOT

        found = WHY_NOT[field.form](text) if field.form in WHY_NOT else None
        return {"reason": found[0], "count": found[1]} if found else {}
    return {"choices": field.choices, "suggestions": vocabulary.suggestions(text, vocabulary.spellings(field.choices))}


def _partial_date_fault(value: PartialDate) -> ValueFault | None:
    if isinstance(value.value, datetime.date):
        return None
    if not characters.strip(value.value):
        return "empty", {}
    if value.first is None:
        return "date", {"may_be_partial": True}
    return ("form", {}) if _date(value.value) else None


def _number(text: str) -> int | None:
    return int(text) if re.fullmatch("[0-9]{1,18}", text) else None


def _boolean(text: str) -> bool | None:
    found = vocabulary.meant(text, _BOOLEANS)
    return None if found is None else found == "true"


def _date(text: str) -> datetime.date | None:
    # Python's own parser also accepts 20140101 and 2014-W01-1.
    if not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return None
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


def _typed_date(text: str) -> datetime.date | None:
    """Return the day for `2024-03-12`, `12.3.2024`, or a word for a day from yesterday to the day after tomorrow."""
    if (days := _DAYS_FROM_TODAY.get(fold(text))) is not None:
        return dates.today() + datetime.timedelta(days=days)
    found = re.fullmatch(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})", text)
    return _date(f"{found[3]}-{found[2]:0>2}-{found[1]:0>2}" if found else text)


def _partial_date(text: str) -> PartialDate | None:
    found = re.fullmatch(r"([0-9]{1,2})\.([0-9]{4})", text)
    partial = PartialDate(_typed_date(text) or (f"{found[2]}-{found[1]:0>2}" if found else text))
    return partial if partial.first else None


_READERS: dict[str, tuple[str, Callable[[str], Value | None]]] = {
    "int": ("number", _number),
    "bool": ("boolean", _boolean),
    "date": ("date", _typed_date),
    "partial-date": ("date", _partial_date),
}
