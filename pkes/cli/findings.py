"""Findings in words."""

from collections.abc import Iterable

from pkes.cli.wording import MALFORMED, did_you_mean, fault, malformed
from pkes.findings import Finding
from pkes.i18n import N_, _, ngettext
from pkes.model import KIND, fields

WORDS = {
    "id-key": N_('a key "id" does not belong here: the id stands in the header'),
    "unknown-key": N_('unknown key "{field}"'),
    "unknown-sector": N_('unknown sector "{wanted}"'),
    "unknown-member": N_('no member "{wanted}" is on record'),
    "unknown-inquiry": N_('no inquiry "{wanted}" is on record'),
    "required": N_("it is required"),
    "name-or-person": N_("a name or a person is required"),
    "email-or-phone": N_("an e-mail address or a phone number is required"),
    "form": N_("right, but not in its usual form"),
    "conflict": N_("a conflict that git left stands in it"),
    "date-order": N_('it is before "{earlier}"'),
    "identifier-twice": N_('it is that of "{other}" too'),
    "name-twice": N_('"{other}" has the same name'),
    "email-twice": N_('"{other}" has the same e-mail address'),
    "erased-data": N_("the inquiry is erased, but this is left"),
    "unlinked": N_("it is accepted, but no member is named"),
    "undated": N_("the day is missing that goes with its status"),
    "lawful-basis": N_("it is not said why the data may be kept (GDPR, Art. 6)"),
    "overdue": N_("it has been waiting for an answer for {days} days"),
    "retention-due": N_("it has been kept for as long as it may be (GDPR, Art. 5(1)(e))"),
    "declared-members": N_("{declared} members are declared, {listed} are listed"),
}

MOST_KNOWN = 100
"""Among more words than these the nearest is not looked for: it would take long, and say little."""


def in_words(finding: Finding) -> str:
    """Return what a finding says: the record and field it is about, and what is wrong there."""
    if finding.code in MALFORMED:
        return malformed(finding.code, finding.detail)
    about = [finding.kind if finding.id is None else f"{finding.kind} {finding.id}"]
    if finding.field is not None and finding.code not in ("unknown-key", "id-key"):
        about.append(finding.field)
    return f"{', '.join(about)}: {_what(finding)}"


def counted(*, errors: int, warnings: int, notes: int | None = None) -> str:
    """Return how many findings there are of each kind; the notes may go unsaid."""
    said = [
        ngettext("{count} error", "{count} errors", errors).format(count=errors),
        ngettext("{count} warning", "{count} warnings", warnings).format(count=warnings),
    ]
    if notes is not None:
        said.append(ngettext("{count} note", "{count} notes", notes).format(count=notes))
    return ", ".join(said)


def _what(finding: Finding) -> str:
    if finding.code not in WORDS:
        return fault(finding.code, finding.detail, finding.field)
    said = _(WORDS[finding.code]).format(**{**finding.detail, "field": finding.field})
    return said + did_you_mean(_nearest(finding))


def _nearest(finding: Finding) -> Iterable[str]:
    from pkes.collation import nearest

    if finding.code == "unknown-key" and finding.kind != "file":
        return nearest(finding.field or "", fields(KIND[finding.kind].struct))
    if finding.code == "unknown-key":
        return nearest(finding.field or "", [kind.table for kind in KIND.values()])
    known = finding.detail.get("known", ())
    return nearest(finding.detail["wanted"], known) if 0 < len(known) <= MOST_KNOWN else ()
