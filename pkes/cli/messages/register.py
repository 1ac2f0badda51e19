"""Notices of the court register about a member, in words."""

from pkes.i18n import N_, _
from pkes.model.records import Member, fields
from pkes.registers.comparing import Notice

_NOTICES = {
    "liquidation": N_("in liquidation according to the court register"),
    "bankruptcy": N_("bankrupt according to the court register"),
    "dissolved": N_("dissolved or struck off according to the court register"),
    "not-current": N_("its entry in the court register is not marked as current"),
    "spelt": N_('{field}: the register writes in capitals; "{said}" is made by rule, please look it over'),
    "kept": N_('{field}: the register has "{said}"; what is on record stays'),
    "wrong": N_("{field}: what the register has there cannot be read, and is left out"),
}


def notice(one: Notice) -> str:
    """Return a notice in words."""
    field = _(fields(Member)[one.field].title) if one.field else ""
    return _(_NOTICES[one.code]).format(field=field, said=one.said)
