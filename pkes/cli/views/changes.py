"""Changes for people, record by record and field by field."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from pkes.changes import Change
from pkes.cli.views import cells
from pkes.i18n import N_, _
from pkes.model import KIND, Record, fields, toml_items

KINDS = {
    "file": N_("file"),
    "cluster": N_("cluster"),
    "policy": N_("policy"),
    "sector": N_("sector"),
    "member": N_("member"),
    "inquiry": N_("inquiry"),
}
_ACTIONS = {"added": ("+", "green"), "removed": ("-", "red"), "changed": ("~", "yellow"), "renamed": ("~", "yellow")}


def grouped(changes: Sequence[Change]) -> Iterator[RenderableType]:
    """Yield changes under a heading for each record."""
    for _same, group in groupby(changes, key=lambda change: (change.kind, change.id)):
        held = list(group)
        yield _heading(held[0])
        grid = Table.grid(padding=(0, 2, 0, 0))
        grid.add_column(style="dim", overflow="fold")
        grid.add_column(overflow="fold")
        for change in held:
            for title, content in _rows(change):
                grid.add_row(Text("    ") + title, content)
        yield grid


def _heading(change: Change) -> Text:
    sign, style = _ACTIONS[change.action]
    name = Text.assemble((sign, style), " ", _(KINDS[change.kind]))
    if change.action == "renamed":
        name.append_text(Text.assemble(" ", cells.text(change.old, "cyan"), " → ", cells.text(change.new, "cyan")))
    elif change.id is not None:
        name.append_text(Text.assemble(" ", cells.text(change.id, "cyan")))
    return name


def _rows(change: Change) -> Iterator[tuple[Text, Text]]:
    if change.action == "renamed":
        return
    if change.field is not None:
        yield _title(change, change.field), _old_and_new(change)
        return
    record: Record = change.new if change.new is not None else change.old
    for name, value in toml_items(record):
        yield _title(change, name), _value(value)


def _title(change: Change, name: str) -> Text:
    known = fields(KIND[change.kind].struct) if change.kind != "file" else {}
    return Text(_(known[name].title)) if name in known else cells.text(name)


def _old_and_new(change: Change) -> Text:
    if isinstance(change.old, list) or isinstance(change.new, list):
        old, new = change.old or [], change.new or []
        gone = [Text.assemble(("- ", "red"), _value(item)) for item in old if item not in new]
        come = [Text.assemble(("+ ", "green"), _value(item)) for item in new if item not in old]
        if gone or come:
            return Text("\n").join([*gone, *come])
    return Text.assemble(_value(change.old), " → ", _value(change.new))


def _value(value: Any) -> Text:
    if value is None or value in ("", []):
        return Text("—", style="dim")
    if isinstance(value, str):
        return cells.text(value.replace("\r\n", "\n"), keep="\n\t")
    return cells.value(value, None, {})
