"""Why no record was found, or several. What was asked for among inquiries is not repeated: it may be a person."""

from collections.abc import Callable
from typing import Any

from pkes import errors
from pkes.cli.messages.values import did_you_mean
from pkes.cli.messages.words import Words
from pkes.cli.terminal.output import MOST_LISTED
from pkes.i18n import _, ngettext


def _not_found(error: errors.NotFound) -> Words:
    nearest = did_you_mean(error.suggestions)
    if error.kind == "inquiry":
        return Words(_("no such inquiry") + nearest, (_('"pkes inquiry list --status all" shows them all'),))
    if error.kind == "record":
        return Words(_("no such record, neither now nor in the history") + nearest)
    return Words(
        _('no member "{wanted}"').format(wanted=error.wanted) + nearest, (_('"pkes list --status all" shows them all'),)
    )


def _ambiguous(error: errors.Ambiguous) -> Words:
    count = len(error.candidates)
    if error.kind == "inquiry":
        what = ngettext(
            "{count} inquiry fits; an id names one of them:", "{count} inquiries fit; an id names one of them:", count
        )
    else:
        what = ngettext(
            '{count} member fits "{wanted}"; an id names one of them:',
            '{count} members fit "{wanted}"; an id names one of them:',
            count,
        )
    shown = error.candidates[:MOST_LISTED]
    longest = max((len(candidate[0]) for candidate in shown), default=0)
    below = [f"  {id.ljust(longest)}  {', '.join(filter(None, others))}" for id, *others in shown]
    if count > len(shown):
        below.append("  " + _("… and {count} more").format(count=count - len(shown)))
    return Words(what.format(wanted=error.wanted, count=count), tuple(below))


WORDS: dict[type, Callable[[Any], Words]] = {
    errors.NotFound: _not_found,
    errors.Ambiguous: _ambiguous,
}
