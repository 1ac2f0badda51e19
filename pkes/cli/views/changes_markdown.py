"""Changes as Markdown, for a pull request."""

from collections.abc import Iterator, Sequence
from typing import Any, cast

from pkes.cli.messages.values import KIND_WORDS, named
from pkes.cli.views import changes as views
from pkes.cli.views import differences
from pkes.cli.views.differences import pair, visible_lines
from pkes.cli.views.markdown import line as _line
from pkes.cli.views.markdown import text
from pkes.i18n import N_, _
from pkes.model.records import KIND, Member, Registry, Sector, records
from pkes.registry.changes import Change

_ACTIONS = {
    "added": N_("added"),
    "removed": N_("removed"),
    "changed": N_("changed"),
    "renamed": N_("renamed from {old}"),
}


def page(changes: Sequence[Change], before: Registry, after: Registry, language: str) -> Iterator[str]:
    """Yield the lines of changes between two registries, under a heading for each record."""
    if not changes:
        yield _("Nothing changed.")
    for number, group in enumerate(views.by_record(changes)):
        if number:
            yield ""
        yield f"### {_heading(group[0], before, after, language)}"
        rows = [*_rows(group)]
        if rows:
            yield ""
            yield from rows


def _heading(change: Change, before: Registry, after: Registry, language: str) -> str:
    record = _(KIND_WORDS[change.kind]) + ("" if change.id is None else f" {text(named(change.id))}")
    name = _name(change, before, after, language)
    about = f"{record} – {text(name)}" if name else record
    return f"{about}: {_(_ACTIONS[change.action]).format(old=text(named(str(change.old))))}"


def _name(change: Change, before: Registry, after: Registry, language: str) -> str | None:
    """Return the name by which people know a record; that of an inquiry is nobody's business in a heading."""
    if change.kind not in ("member", "sector"):
        return None
    kind = KIND[change.kind]
    record = records(after, kind).get(change.id or "") or records(before, kind)[change.id or ""]
    if isinstance(record, Sector):
        return record.labels.get(language)
    return cast(Member, record).name


def _rows(group: Sequence[Change]) -> Iterator[str]:
    """Yield the table of a record, if there is more to tell than its heading does."""
    told = [change for change in group if change.action != "renamed"]
    if told and told[0].field is None:
        yield from _head(_("Field"), _("Value"))
        for name, held in views.values(told[0]):
            yield _row(text(views.title(told[0], name)), _value(held))
    elif told:
        yield from _head(_("Field"), _("Before"), _("After"))
        for change in told:
            yield _row(text(views.title(change, change.field or "")), *_old_and_new(change))


def _head(*titles: str) -> Iterator[str]:
    yield _row(*titles)
    yield "|" + "---|" * len(titles)


def _row(*cells: str) -> str:
    return "".join(f"| {cell} " for cell in cells) + "|"


def _old_and_new(change: Change) -> tuple[str, str]:
    told = visible_lines(change.old, change.new) if change.old and change.new else []
    if not told:
        before, after = pair(change.old, change.new)
        return _value(before), _value(after)
    old, new = (
        "<br>".join(_marked(line, tag) for line in told if line.sign in (sign, " "))
        for sign, tag in (("-", "del"), ("+", "ins"))
    )
    return old, new


def _marked(line: differences.Line, tag: str) -> str:
    return "".join(f"<{tag}>{_line(part.text)}</{tag}>" if part.differs else _line(part.text) for part in line.parts)


def _value(held: Any) -> str:
    if isinstance(held, list) and held:
        return "<br>".join(map(_value, held))
    return text(held) if held and isinstance(held, str) else text(views.value(held).plain)
