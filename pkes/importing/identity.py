"""Whether two members whose names differ at most in the legal form may be the same organisation."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from pkes.model.names import bare_name, legal_form
from pkes.text.collation import fold

FIELDS = ("name", "legal_form", "nip", "krs", "regon")
"""The fields by which organisations of one bare name are told apart."""

_WHOLE_REGON = 9
"""The digits of a REGON that a local unit shares with its organisation."""


class Identity(NamedTuple):
    """The folded name of a member, its legal form as far as it is known, and its identifiers; None for unknown."""

    name: str
    legal_form: str | None = None
    nip: str | None = None
    krs: str | None = None
    regon: str | None = None


def identity(values: Mapping[str, Any]) -> Identity:
    """Return the identity of a member with these values; its identifiers are in canonical spelling."""
    name = values.get("name") or ""
    form = legal_form(name) or legal_form(values.get("legal_form") or "")
    nip, krs, regon = (values.get(field) or None for field in ("nip", "krs", "regon"))
    return Identity(fold(name), form, nip, krs, regon[:_WHOLE_REGON] if regon else None)


def may_be_same(one: Identity, other: Identity) -> bool:
    """Return whether two members of the same bare name may be one organisation.

    They are two if an identifier of both differs, or if their names differ and they have different legal forms.
    """
    if any(_differ(getattr(one, field), getattr(other, field)) for field in ("nip", "krs", "regon")):
        return False
    return one.name == other.name or not _differ(one.legal_form, other.legal_form)


def is_correction(name: str, held: str, *, has_number: bool) -> bool:
    """Return whether the name in a row without an id corrects the one that its member has.

    One that only leaves out the legal form does not, nor one in other letters in a row that nothing but its name
    identifies: lists have short names, and the registry has the official one.
    """
    if bare_name(name) != bare_name(held):
        return True
    form, held_form = legal_form(name), legal_form(held)
    if form is None and held_form is not None:
        return False
    return has_number or form != held_form


def _differ(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one != other
