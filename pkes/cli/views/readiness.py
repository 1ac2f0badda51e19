"""The criteria of published schemes, and how far the cluster is from them: a table for each scheme."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter

from rich import box
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from pkes.cli.views import cells
from pkes.i18n import N_, _
from pkes.model.records import Registry
from pkes.registry.readiness import Labels, Verdict

_MEASURES = {
    "members": N_("Members"),
    "declared-members": N_("Members with a signed declaration"),
    "member-types": N_("Types of members (sectors)"),
    "years": N_("Whole years since the founding"),
    "coordination-posts": N_("Posts for the coordination"),
    "english-website": N_("Website in English"),
}
_WHY_UNKNOWN = {
    "declared-members": N_('The field "declared" is set for no member.'),
    "years": N_('The field "founded" of the cluster is not set, or not exact enough.'),
    "coordination-posts": N_("The registry does not hold who works for the coordination."),
    "english-website": N_("The registry does not hold in which languages the website is."),
}


def page(verdicts: Sequence[Verdict], registry: Registry, language: str) -> Iterator[RenderableType]:
    """Yield the schemes with their criteria; `language` is that of their names and notes, and of labels of sectors."""
    for number, (scheme, held) in enumerate(groupby(verdicts, attrgetter("scheme"))):
        of_scheme = list(held)
        if number:
            yield Text("")
        yield cells.text(getattr(scheme, language), "bold")
        yield _table(of_scheme)
        for verdict in of_scheme:
            yield from (cells.text(note, "dim") for note in _notes(verdict, registry, language))
        if scheme.note:
            yield cells.text(_label(scheme.note, language), "dim")
        source = _label(scheme.source, language)
        yield cells.text(_("Source: {source}, read in {date}").format(source=source, date=scheme.date), "dim")


def _table(verdicts: Sequence[Verdict]) -> Table:
    made = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0), header_style="dim")
    made.add_column(Text(_("Criterion")), overflow="fold")
    for title in (_("Needed"), _("On record")):
        made.add_column(Text(title), justify="right", no_wrap=True)
    made.add_column("", overflow="fold")
    for verdict in verdicts:
        have = verdict.measured.have
        shown = "" if have is None else str(have)
        criterion = verdict.criterion
        made.add_row(Text(_title(criterion.measure)), Text(cells.number(criterion.need)), Text(shown), _said(verdict))
    return made


def _said(verdict: Verdict) -> Text:
    if verdict.met is None:
        return Text(_("unknown"), style="yellow")
    if verdict.met:
        return Text(_("met"), style="green")
    return Text(_("short by {count}").format(count=cells.number(verdict.short_by)), style="bold red")


def _notes(verdict: Verdict, registry: Registry, language: str) -> Iterator[str]:
    """Yield which records were counted, which were not, and other notes on a criterion."""
    measure, measured = verdict.criterion.measure, verdict.measured
    title = _title(measure)
    if verdict.met is None:
        yield f"{title}: {_(_WHY_UNKNOWN[measure])}"
    if measured.ids:
        yield f"{title}: {_named(measured.ids, measure, registry, language)}"
    if measured.without and not verdict.met:
        without = _named(measured.without, measure, registry, language)
        yield _("{criterion}: not on record for {names}").format(criterion=title, names=without)
    if verdict.criterion.note and not verdict.met:
        yield f"{title}: {_label(verdict.criterion.note, language)}"


def _named(ids: Sequence[str], measure: str, registry: Registry, language: str) -> str:
    """Return the names of the members that a measure counts, or the labels of the sectors."""
    if measure == "member-types":
        return cells.listed([registry.sectors[id].label(language) for id in ids])
    return cells.members(ids, registry)


def _title(measure: str) -> str:
    return _(_MEASURES[measure])


def _label(labels: Labels, language: str) -> str:
    return str(getattr(labels, language))
