"""The canonical spelling of addresses and identifiers: what is typed goes in, None comes out where it is none.

The text that comes in is NFC, of one line and without spaces at its ends. What these functions return, they return
again when given it.
"""

import re
from collections.abc import Callable

# RFC 5321, 4.5.3.1: octets of the part before @, of the domain, and of a path without its angle brackets.
_LOCAL_MAX, _DOMAIN_MAX, _ADDRESS_MAX = 64, 253, 254

# Dot-atom of RFC 5322, with the letters of RFC 6531; other signs (a typographic quote, say) came along by mistake.
_LOCAL = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*")
_LABEL = re.compile(r"[^\W_](?:(?:[^\W_]|-){0,61}[^\W_])?")
_WEBSITE = re.compile(
    r"""(?:(?P<scheme>https?)://)?
        (?P<host>[^\s/?\#:@]+)
        (?P<port>:[0-9]{1,5})?
        (?P<path>(?:[/?\#][^\s<>"\\^`{|}]*)?)""",
    re.IGNORECASE | re.VERBOSE,
)
# The library itself would leave out, or dial as digits, words that stand around or inside a number.
_PHONE = re.compile(
    r"(?P<number>[+(]*[0-9][0-9\s()./‐‑–-]*)(?:[,;]?\s*(?:extn?|wewn?|x)[.:]?\s*(?P<extension>[0-9]{1,7}))?",
    re.IGNORECASE,
)


def email(text: str) -> str | None:
    """Return an e-mail address as it is. Quoted local parts and domains without a dot are none."""
    local, _, domain = text.rpartition("@")
    if len(text.encode()) > _ADDRESS_MAX or len(local.encode()) > _LOCAL_MAX:
        return None
    return text if _LOCAL.fullmatch(local) and _is_domain(domain) else None


def website(text: str) -> str | None:
    """Return an address of the web with its scheme, `https` where none is given."""
    found = _WEBSITE.fullmatch(text)
    if not found or not (_is_domain(found["host"]) or _is_ipv4(found["host"])):
        return None
    if found["port"] and not 0 < int(found["port"][1:]) < 2**16:
        return None
    return f"{(found['scheme'] or 'https').lower()}://{text[found.start('host') :]}"


def phone(text: str) -> str | None:
    """Return a valid phone number in international form, `+48 502 741 703`; without a country it is a Polish one."""
    from phonenumbers import NumberParseException, PhoneNumberFormat, format_number, is_valid_number, parse

    found = _PHONE.fullmatch(text)
    if not found:
        return None
    extension = f" ext. {found['extension']}" if found["extension"] else ""
    try:
        number = parse(found["number"] + extension, "PL")
    except NumberParseException:
        return None
    return str(format_number(number, PhoneNumberFormat.INTERNATIONAL)) if is_valid_number(number) else None


def postal_code(text: str) -> str | None:
    """Return a Polish postal code as NN-NNN."""
    found = re.fullmatch(r"([0-9]{2})\s*[‐‑–-]?\s*([0-9]{3})", text)
    return f"{found[1]}-{found[2]}" if found else None


def krs(text: str) -> str | None:
    """Return a number of the court register as its ten digits. Missing zeros are not guessed."""
    number = "".join(text.split())
    return number if re.fullmatch("[0-9]{10}", number) else None


def nip(text: str) -> str | None:
    """Return a tax number as its ten digits."""
    from stdnum.exceptions import ValidationError
    from stdnum.pl import nip

    try:
        return str(nip.validate(text))
    except ValidationError:
        return None


def regon(text: str) -> str | None:
    """Return a statistical number as its 9 or 14 digits."""
    from stdnum.exceptions import ValidationError
    from stdnum.pl import regon

    try:
        return str(regon.validate(text))
    except ValidationError:
        return None


CANONICAL: dict[str, Callable[[str], str | None]] = {
    "email": email, "phone": phone, "postal-code": postal_code, "website": website, "krs": krs, "nip": nip,
    "regon": regon,
}  # fmt: skip
"""The forms that have a spelling of their own, by the names that the model gives them."""


def _is_domain(text: str) -> bool:
    labels = text.split(".")
    if len(labels) < 2 or len(text.encode()) > _DOMAIN_MAX or labels[-1].isdigit():
        return False
    return all(map(_LABEL.fullmatch, labels))


def _is_ipv4(text: str) -> bool:
    return bool(re.fullmatch(r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}", text)) and all(int(n) < 256 for n in text.split("."))
