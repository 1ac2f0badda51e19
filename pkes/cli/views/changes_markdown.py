"""Changes as Markdown for a pull request: their number, the most important ones, and then each record."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple, cast

from pkes.cli.messages.values import KIND_WORDS, named
from pkes.cli.views import changes as views
from pkes.cli.views import differences
from pkes.cli.views.differences import pair, visible_lines
from pkes.cli.views.markdown import line as _line
from pkes.cli.views.markdown import text
from pkes.i18n import N_, _, ngettext
from pkes.model.records import KIND, Member, Registry, Sector, records
from pkes.registry.changes import Change

MOST = 60_000
"""The maximum size of a page in bytes, and so in characters: GitHub limits comments to 65,536."""

_FOR_THE_REST = 500
_TOO_LITTLE = 200
"""With fewer bytes left, hardly any record would fit: thousands need not be rendered to find out."""

_MOST_NAMED = 20
"""The maximum number of records named for each reason to look at them first."""

_ACTIONS = {
    "added": N_("added"),
    "removed": N_("removed"),
    "changed": N_("changed"),
    "renamed": N_("renamed from {old}"),
}
_COUNTED = {
    "removed": N_("removed: {count}"),
    "left": N_("left the cluster: {count}"),
    "added": N_("added: {count}"),
    "renamed": N_("with another id: {count}"),
    "changed": N_("changed: {count}"),
}
"""The actions on records, the most serious first."""


class Sides(NamedTuple):
    """The compared registries, and the language of the sectors' labels."""

    before: Registry
    after: Registry
    language: str


def page(changes: Sequence[Change], sides: Sides, *, is_same_text: bool) -> Iterator[str]:
    """Yield the lines of a page about changes between two registries, at most `MOST` bytes.

    Records that do not fit are counted at the end. If nothing changed, `is_same_text` says whether the form did.
    """
    if not changes:
        yield _("Nothing changed.") if is_same_text else _("No data changed: only comments, or the form of the file.")
        return
    groups = [*views.by_record(changes, (sides.before, sides.after))]
    yield f"**{_counted(groups)}**"
    left = MOST - _FOR_THE_REST
    for lines in _matters(groups, sides):
        if (size := _size(lines)) <= left:
            left -= size
            yield from lines
    rest = []
    for group in groups:
        lines = ["", *_section(group, sides)] if left > _TOO_LITTLE else []
        if lines and (size := _size(lines)) <= left:
            left -= size
            yield from lines
        else:
            rest.append(group)
    if rest:
        yield ""
        yield _("There is no room here for {what}.").format(what=_counted(rest))


def _size(lines: Iterable[str]) -> int:
    return sum(len(line.encode()) + 1 for line in lines)


def _counted(groups: Sequence[Sequence[Change]]) -> str:
    """Return the number of records, in total and by action."""
    count = Counter(map(_fate, groups))
    kinds = ", ".join(_(said).format(count=count[fate]) for fate, said in _COUNTED.items() if count[fate])
    whole = ngettext("{count} record", "{count} records", len(groups)).format(count=len(groups))
    return f"{whole} ({kinds})"


def _fate(group: Sequence[Change]) -> str:
    has_left = any(change.kind == "member" and change.field == "left" and change.new is not None for change in group)
    return "left" if has_left else group[0].action


def _matters(groups: Sequence[Sequence[Change]], sides: Sides) -> Iterator[list[str]]:
    """Yield what matters most: removed or former members, a new coordinator, changes of sectors."""
    reasons = (
        [_heading(group[0], sides) for group in groups if _fate(group) == "removed"],
        [*_field_changes(groups, sides, "member", "left")],
        [*_field_changes(groups, sides, "cluster", "coordinator")],
        [_heading(group[0], sides) for group in groups if group[0].kind == "sector"],
        [*_field_changes(groups, sides, "member", "sector")],
    )
    is_first = True
    for lines in reasons:
        for line in lines[:_MOST_NAMED]:
            yield [""] * is_first + [f"- {line}"]
            is_first = False
        if (more := len(lines) - _MOST_NAMED) > 0:
            yield ["- " + _("… and {count} more").format(count=more)]


def _field_changes(groups: Sequence[Sequence[Change]], sides: Sides, kind: str, field: str) -> Iterator[str]:
    """Yield the old and the new value of a field, if it changed, with the name of its record."""
    for change in (change for group in groups for change in group if (change.kind, change.field) == (kind, field)):
        old, new = map(_value, pair(change.old, change.new))
        yield f"{_about(change, sides)}: {text(views.title(change, field))} {old} → {new}"


def _section(group: Sequence[Change], sides: Sides) -> Iterator[str]:
    yield f"### {_heading(group[0], sides)}"
    rows = [*_rows(group)]
    if rows:
        yield ""
        yield from rows


def _heading(change: Change, sides: Sides) -> str:
    return f"{_about(change, sides)}: {_(_ACTIONS[change.action]).format(old=text(named(str(change.old))))}"


def _about(change: Change, sides: Sides) -> str:
    """Return the heading of a record: its kind, its id, and its name."""
    record = _(KIND_WORDS[change.kind]) + ("" if change.id is None else f" {text(named(change.id))}")
    name = _name(change, sides)
    return f"{record} – {text(name)}" if name else record


def _name(change: Change, sides: Sides) -> str | None:
    """Return the name of a record, but None for an inquiry: a heading must not show persons."""
    if change.kind not in ("member", "sector"):
        return None
    kind = KIND[change.kind]
    record = records(sides.after, kind).get(change.id or "") or records(sides.before, kind)[change.id or ""]
    if isinstance(record, Sector):
        return record.labels.get(sides.language)
    return cast(Member, record).name


def _rows(group: Sequence[Change]) -> Iterator[str]:
    """Yield the table of a record, unless its heading says everything."""
    shown = [change for change in group if change.action != "renamed"]
    if shown and shown[0].field is None:
        yield from _head(_("Field"), _("Value"))
        for name, held in views.values(shown[0]):
            yield _row(text(views.title(shown[0], name)), _value(held))
    elif shown:
        yield from _head(_("Field"), _("Before"), _("After"))
        for change in shown:
            yield _row(text(views.title(change, change.field or "")), *_old_and_new(change))


def _head(*titles: str) -> Iterator[str]:
    yield _row(*titles)
    yield "|" + "---|" * len(titles)


def _row(*cells: str) -> str:
    return "".join(f"| {cell} " for cell in cells) + "|"


def _old_and_new(change: Change) -> tuple[str, str]:
    shown = visible_lines(change.old, change.new) if change.old and change.new else []
    if not shown:
        before, after = pair(change.old, change.new)
        return _value(before), _value(after)
    old, new = (
        "<br>".join(_marked(line, tag) for line in shown if line.sign in (sign, " "))
        for sign, tag in (("-", "del"), ("+", "ins"))
    )
    return old, new


def _marked(line: differences.Line, tag: str) -> str:
    return "".join(f"<{tag}>{_line(part.text)}</{tag}>" if part.differs else _line(part.text) for part in line.parts)


def _value(held: Any) -> str:
    if isinstance(held, list) and held:
        return "<br>".join(map(_value, held))
    return text(held) if held and isinstance(held, str) else text(views.value(held).plain)
