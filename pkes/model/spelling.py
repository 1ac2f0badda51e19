"""The canonical spelling of addresses and identifiers; functions from typed text, None if it is invalid.

The text must be NFC, one line, and without spaces at its ends. The functions are idempotent.
"""

import re
from collections.abc import Callable
from functools import cache
from typing import Any, TypeAlias

Reason: TypeAlias = tuple[str, int] | None
"""Why a text is invalid, and a number.

`several`, `letter`, `rounded` (by a spreadsheet), `area-code` (missing), `at` (no @), `domain` (without a dot),
`space`, `check-digit`, or `digits`: their number is wrong and is the second item.
"""

# RFC 5321, 4.5.3.1: maximum octets of the local part, the domain, and a path without its angle brackets.
_LOCAL_MAX, _DOMAIN_MAX, _ADDRESS_MAX = 64, 253, 254

# Dot-atom of RFC 5322, with the letters of RFC 6531; other characters (such as a typographic quote) are mistakes.
_LOCAL = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*")
_LABEL = re.compile(r"[^\W_](?:(?:[^\W_]|-){0,61}[^\W_])?")
# A pattern that stands as text is compiled when it is first needed: the two long ones take 1 ms.
_WEBSITE = r"""(?ix)
        (?:(?P<scheme>https?)://)?
        (?P<host>[^\s/?\#:@]+)
        (?P<port>:[0-9]{1,5})?
        (?P<path>(?:[/?\#][^\s<>"\\^`{|}]*)?)"""
_POSTAL_CODE = re.compile(r"([0-9]{2})\s*[‐‑–-]?\s*([0-9]{3})")
# The library itself would ignore words around or inside a number, or convert them to digits.
_PHONE = r"""(?ix)
        (?:(?:nr|numer)\ )?(?:(?:tel(?:efon)?|kom(?:órka)?|mobile|phone)\b[.:/\s]*)*(?:(?<=[./:\s])fa(?:x|ks)\b[.:\s]*)?
        (?P<number>[+(]*[0-9][0-9\s()./‐‑–-]*?)
        (?:[\s,;(]*(?:nr\s)?(?:ext(?:n|ension)?|w(?:ewn?(?:ętrzny)?)?|x)[.:]*\s*(?P<extension>[0-9]{1,7})\)?)?"""
# As nearly every number is stored.
_POLISH_PHONE = re.compile(r"\+48 ?[1-9](?: ?[0-9]){8}")
# The 0 that was dialled before an area code until 2014, with or without the country code before it.
_TRUNK_PREFIX = r"((?:\+|00)48)?0(?=[1-9][0-9]{8}\Z)"
_BETWEEN_PHONES = r"[^0-9+(]+|(?<=[0-9])(?=[+(])"
# `17 850 00 01/02`: only the last digits of the second number are written.
_LAST_DIGITS = r"(?i).*[0-9]\s*(?:[/,;]|\b(?:i|lub|oraz|albo|and|or)\b)\s*[0-9]{1,6}"
# Longer than any field of numbers; a text of spaces would take quadratic time.
_PHONES_MAX = 100
_LOCAL_PHONE_DIGITS, _PHONE_DIGITS = 7, 9
_LOCAL_UNIT_DIGITS = 14
# As a spreadsheet shows a number for which a column is too narrow, and saves it: `5,25225E+09`.
_ROUNDED = r"(?i)\+?[0-9](?:[.,][0-9]*)?\s?E\s?\+?[0-9]{1,2}"
_SHOWN = re.compile(r"""=\s*"(?P<quoted>[^"]+)"|['’](?P<marked>[^'’]+)""")


def email(text: str) -> str | None:
    """Return an e-mail address as it is. Quoted local parts and domains without a dot are not accepted."""
    local, _, domain = text.rpartition("@")
    if len(text.encode()) > _ADDRESS_MAX or len(local.encode()) > _LOCAL_MAX:
        return None
    return text if _LOCAL.fullmatch(local) and _is_domain(domain) else None


def website(text: str) -> str | None:
    """Return a web address with its scheme, `https` by default."""
    found = re.fullmatch(_WEBSITE, text)
    if not found or not (_is_domain(found["host"]) or _is_ipv4(found["host"])):
        return None
    if found["port"] and not 0 < int(found["port"][1:]) < 2**16:
        return None
    return f"{(found['scheme'] or 'https').lower()}://{text[found.start('host') :]}"


@cache  # an import parses each number three times: as a cell, as a key and as a field
def phone(text: str) -> str | None:
    """Return a valid phone number in international form, `+48 502 741 703`; without a country code it is Polish.

    A label before it (`tel.`, `tel./fax`) is dropped; an extension (`w. 12`, `wew. 12`) is kept as `ext. 12`.
    """
    from phonenumbers import PhoneNumberFormat, format_number, is_valid_number

    number = _parsed_phone(text)
    is_right = number is not None and is_valid_number(number)
    return str(format_number(number, PhoneNumberFormat.INTERNATIONAL)) if is_right else None


def _parsed_phone(text: str) -> Any:
    """Return the `PhoneNumber` of a text, valid or not, or None if it is none."""
    from phonenumbers import NumberParseException, PhoneNumber, parse

    if _POLISH_PHONE.fullmatch(text):
        # What the library would parse it to; it takes as long as the check and the formatting together.
        return PhoneNumber(country_code=48, national_number=int(text[3:].replace(" ", "")))
    found = re.fullmatch(_PHONE, _shown(text)) if len(text) <= _PHONES_MAX else None
    if not found:
        return None
    dialled = re.sub("[^0-9+]", "", found["number"])
    number_text = re.sub(_TRUNK_PREFIX, r"\1", dialled) if re.match(_TRUNK_PREFIX, dialled) else found["number"]
    extension = f" ext. {found['extension']}" if found["extension"] else ""
    try:
        return parse(number_text + extension, "PL")
    except NumberParseException:
        return None


def _why_no_phone(text: str) -> Reason:
    if len(text) > _PHONES_MAX:
        return None
    if re.fullmatch(_ROUNDED, _shown(text)):
        return "rounded", 0
    long_enough = [part for part in re.split("[,;/]", text) if len(re.findall("[0-9]", part)) >= _LOCAL_PHONE_DIGITS]
    if len(long_enough) > 1 or _has_several_phones(text):
        return "several", 0
    if any(map(str.isalpha, text)):
        return "letter", 0
    number = re.sub(r"[^0-9+]", "", text)
    if number.startswith("+") and not number.startswith("+48"):
        return None
    digits = re.sub(r"^(?:\+|00)48", "", number)
    if len(digits) == _LOCAL_PHONE_DIGITS:
        return "area-code", 0
    return ("digits", len(digits)) if len(digits) != _PHONE_DIGITS else None


def _has_several_phones(text: str) -> bool:
    for gap in re.finditer(_BETWEEN_PHONES, text):
        before, after = text[: gap.start()], text[gap.end() :]
        if phone(before) and (phone(after) or _has_several_phones(after) or re.fullmatch(_LAST_DIGITS, text)):
            return True
    return False


def postal_code(text: str) -> str | None:
    """Return a Polish postal code as NN-NNN."""
    found = _POSTAL_CODE.fullmatch(_shown(text))
    return f"{found[1]}-{found[2]}" if found else None


def krs(text: str) -> str | None:
    """Return a number of the court register as its ten digits.

    Every number begins with zeros, and a spreadsheet drops all of them: a text that still begins with a zero must have
    ten digits, or a digit was lost.
    """
    number = "".join(_shown(text).split())
    if not re.fullmatch("[0-9]{10}|[1-9][0-9]{0,9}", number):
        return None
    return number.zfill(10) if number.strip("0") else None


@cache
def nip(text: str) -> str | None:
    """Return a tax number as its ten digits, without `PL`.

    The same digit ten times passes the checksum but is not a number.
    """
    from stdnum.exceptions import ValidationError
    from stdnum.pl import nip

    try:
        number = str(nip.validate(_shown(text)))
    except ValidationError:
        return None
    return number if len(set(number)) > 1 else None


@cache
def regon(text: str) -> str | None:
    """Return a REGON number as its 9 digits, or the 14 of a local unit.

    Five zeros after the nine digits, as in the court register, mean the whole organisation, not a unit.
    """
    from stdnum.exceptions import ValidationError
    from stdnum.pl import regon

    number = regon.compact(_shown(text))
    if len(number) == _LOCAL_UNIT_DIGITS:
        number = number.removesuffix("00000")
    try:
        return str(regon.validate(number)) if number.strip("0") else None
    except ValidationError:
        return None


def is_local_unit(regon: str) -> bool:
    """Return whether a REGON in canonical form is that of a local unit."""
    return len(regon) == _LOCAL_UNIT_DIGITS


def _why_no_email(text: str) -> Reason:
    if sum("@" in part for part in re.split(r"[\s,;/|]+", text)) > 1:
        return "several", 0
    if any(map(str.isspace, text)):
        return "space", 0
    if text.count("@") != 1:
        return ("several", 0) if "@" in text else ("at", 0)
    return None if "." in text.partition("@")[2] else ("domain", 0)


def _why_no_number(text: str, lengths: tuple[int, ...], *, has_check_digit: bool = True) -> Reason:
    number = re.sub(r"^PL|[\s-]", "", _shown(text))
    if re.fullmatch(_ROUNDED, number):
        return "rounded", 0
    if not (number.isascii() and number.isdigit()):
        return ("letter", 0) if any(map(str.isalpha, number)) else None
    if len(number) not in lengths:
        return "digits", len(number)
    return ("check-digit", 0) if has_check_digit and len(set(number)) > 1 else None


CANONICAL: dict[str, Callable[[str], str | None]] = {
    "email": email, "phone": phone, "postal-code": postal_code, "website": website, "krs": krs, "nip": nip,
    "regon": regon,
}  # fmt: skip
"""The forms with a canonical spelling, by their names in the model."""

WHY_NOT: dict[str, Callable[[str], Reason]] = {
    "email": _why_no_email,
    "phone": _why_no_phone,
    "krs": lambda text: _why_no_number(text, (10,), has_check_digit=False),
    "nip": lambda text: _why_no_number(text, (10,)),
    "regon": lambda text: _why_no_number(text, (9, 14)),
}
"""For some forms, a function that says why a text does not have the form."""


def _shown(text: str) -> str:
    """Return a cell's text as a spreadsheet shows it: `="012"` and `'012` are ways to keep digits as text."""
    found = _SHOWN.fullmatch(text)
    return (found["quoted"] or found["marked"]).strip() if found else text


@cache  # many addresses share one
def _is_domain(text: str) -> bool:
    labels = text.split(".")
    if len(labels) < 2 or len(text.encode()) > _DOMAIN_MAX or labels[-1].isdigit():
        return False
    return all(map(_LABEL.fullmatch, labels))


def _is_ipv4(text: str) -> bool:
    return bool(re.fullmatch(r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}", text)) and all(int(n) < 256 for n in text.split("."))
