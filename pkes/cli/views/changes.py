"""Changes for people, record by record and field by field."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from msgspec.structs import replace
from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pkes.cli.messages.values import KIND_WORDS, malformed, named, word
from pkes.cli.views import cells, differences
from pkes.git.history import Step
from pkes.git.versions import SHORT
from pkes.i18n import _, language_in_use
from pkes.model.records import KIND, Field, Record, Registry, fields, toml_items
from pkes.registry.changes import Change
from pkes.text.characters import safe

_ACTIONS = {"added": ("+", "green"), "removed": ("-", "red"), "changed": ("~", "yellow"), "renamed": ("~", "yellow")}
_SIGNS = {"-": "red", "+": "green", " ": "dim"}


class _Shown(NamedTuple):
    """A part of a field's change: a line with its sign or, without one, one or two values."""

    sign: str
    text: Text


def grouped(changes: Sequence[Change], registries: Iterable[Registry]) -> Iterator[RenderableType]:
    """Yield changes below a heading for each record; the `registries` contain the labels of sectors."""
    for group in by_record(changes, registries):
        yield _heading(group[0])
        yield _grid(2, [(Text(f"    {title}", style="dim"), _laid_out(content)) for title, content in _rows(group)])


def lines(changes: Sequence[Change]) -> Iterator[str]:
    """Yield the same as lines of text, none of them cut or wrapped."""
    for group in by_record(changes):
        yield _heading(group[0]).plain
        for title, content in _rows(group):
            shown = [f"{sign} {line}" if sign else line for sign, text in content for line in text.plain.split("\n")]
            if len(shown) > 1 or content[0].sign:
                yield f"    {title}:"
                yield from (f"      {line}" for line in shown)
            else:
                yield f"    {title}: {shown[0]}"


def by_record(changes: Sequence[Change], registries: Iterable[Registry] = ()) -> Iterator[list[Change]]:
    """Yield the changes of each record with translated values; a rename comes first."""
    language = language_in_use()
    labels = {id: one.label(language) for registry in registries for id, one in registry.sectors.items()}
    for _same, group in groupby(changes, key=lambda change: (change.kind, change.id)):
        yield [_worded(change, labels) for change in group]


def _worded(change: Change, labels: Mapping[str, str]) -> Change:
    """Return a change with vocabulary words in the language of the user."""
    known = fields(KIND[change.kind].struct) if change.kind != "file" else {}
    chosen = {name: field for name, field in known.items() if field.choices or field.form == "sector"}
    if change.field is not None:
        field = chosen.get(change.field)
        if not field:
            return change
        old, new = (_word(held, field, labels) for held in (change.old, change.new))
        # A renamed sector keeps its label, and another sector may have the same label.
        return change if old == new else change._replace(old=old, new=new)
    if not chosen:
        return change
    old, new = (
        record
        and replace(record, **{name: _word(getattr(record, name), field, labels) for name, field in chosen.items()})
        for record in (change.old, change.new)
    )
    return change._replace(old=old, new=new)


def _word(held: Any, field: Field, labels: Mapping[str, str]) -> Any:
    return labels.get(held, held) if field.form == "sector" else word(held, field)


def values(change: Change) -> Iterator[tuple[str, Any]]:
    """Yield the fields of an added or removed record as visible TOML values."""
    record: Record = change.new if change.new is not None else change.old
    yield from ((name, differences.value(held)) for name, held in toml_items(record))


def title(change: Change, name: str) -> str:
    """Return the title of a field, or an unknown key itself."""
    known = fields(KIND[change.kind].struct) if change.kind != "file" else {}
    return _(known[name].title) if name in known else safe(named(name))


def _heading(change: Change) -> Text:
    sign, style = _ACTIONS[change.action]
    name = Text.assemble((sign, style), " ", _(KIND_WORDS[change.kind]))
    if change.action == "renamed":
        name.append_text(Text.assemble(" ", _id(change.old), " → ", _id(change.new)))
    elif change.id is not None:
        name.append_text(Text.assemble(" ", _id(change.id)))
    return name


def _id(id: str) -> Text:
    return cells.text(named(id), "cyan")


def _rows(group: Sequence[Change]) -> Iterator[tuple[str, list[_Shown]]]:
    """Yield the title of each changed field, with the (non-empty) parts of its change."""
    for change in group:
        if change.action == "renamed":
            continue
        if change.field is not None:
            yield title(change, change.field), _old_and_new(change)
        else:
            yield from ((title(change, name), [_Shown("", value(held))]) for name, held in values(change))


def _old_and_new(change: Change) -> list[_Shown]:
    if change.old is None and change.new is None:  # the old value may not be shown
        return [_Shown("", value(None))]
    shown = [_Shown(line.sign, _line(line)) for line in differences.visible_lines(change.old, change.new)]
    old, new = map(value, differences.pair(change.old, change.new))
    return shown or [_Shown("", Text.assemble(old, " → ", new))]


def _line(line: differences.Line) -> Text:
    style = _SIGNS[line.sign]
    return Text.assemble(*(cells.text(part.text, style if part.differs else "", keep="\t") for part in line.parts))


def _laid_out(content: Sequence[_Shown]) -> RenderableType:
    if not content[0].sign:
        return content[0].text
    return _grid(1, [(Text(sign, style=_SIGNS[sign]), text) for sign, text in content])


def _grid(gap: int, rows: Iterable[tuple[Text, RenderableType]]) -> Table:
    grid = Table.grid(padding=(0, gap, 0, 0))
    grid.add_column(overflow="fold")
    grid.add_column(overflow="fold")
    for row in rows:
        grid.add_row(*row)
    return grid


def value(held: Any) -> Text:
    """Return a TOML value, or a dash if it is absent."""
    if held is None:
        return Text("—", style="dim")
    if isinstance(held, str):
        return cells.text(held.replace("\r\n", "\n"), keep="\n\t")
    return cells.value(held, None, {})


_INDENT = 2


def laid_out(step: Step, registries: Iterable[Registry]) -> Iterator[RenderableType]:
    """Yield a revision with its changes below; the `registries` contain the labels of sectors."""
    yield _head(step)
    below = grouped(step.changes, registries) if step.changes else [Text(_instead(step), style="dim")]
    yield from (Padding.indent(view, _INDENT) for view in below)


def history_lines(step: Step) -> Iterator[str]:
    """Yield the same as lines of text, none of them cut or wrapped."""
    yield _head(step).plain
    for line in lines(step.changes) if step.changes else [_instead(step)]:
        yield " " * _INDENT + line


def _head(step: Step) -> Text:
    hash, date, author, subject, *_others = step.revision
    about = f": {subject}" if subject else ""
    return Text.assemble((hash[:SHORT], "yellow"), f" {date} ", cells.text(author, "bold"), cells.text(about))


def _instead(step: Step) -> str:
    """Return why there are no changes to show."""
    if step.changes is not None:
        return _("no record changed")
    if step.problem is None:
        return _("not known: this clone does not hold the file as it was")
    place = "".join(f"{number}:" for number in (step.problem.line, step.problem.column) if number)
    what = malformed(step.problem.code, step.problem.detail)
    return safe(_("cannot be read: {what}").format(what=f"{place} {what}".strip()))
