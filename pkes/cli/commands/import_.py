"""The command that imports records from a spreadsheet or a file of another program."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from pkes import formats
from pkes.cli import intake
from pkes.cli.messages import rows as words
from pkes.cli.messages.values import near_miss, quoted
from pkes.cli.state import State
from pkes.cli.terminal import output
from pkes.cli.terminal.progress import Progress
from pkes.cli.write import print_changes, say_nothing_changed, write, writing
from pkes.formats.rows import Choose, Rows, first
from pkes.i18n import N_, _, ngettext
from pkes.importing import columns
from pkes.importing.plan import Plan, Table, plan
from pkes.importing.rows import BadRows, RowPlace
from pkes.model.records import Kind, Registry
from pkes.registry.changes import compare
from pkes.registry.selection import known
from pkes.storage import store
from pkes.text import charsets

if TYPE_CHECKING:
    from pkes.checks.findings import Finding
    from pkes.registry.changes import Change

app = typer.Typer()

_DELIMITERS = {"\t": N_("tabs")}


@writing(app, "import", help=_("Take records in from a spreadsheet, csv or JSON."), panel=_("Exchange"), asks=True)
def import_file(
    state: State,
    file: Annotated[
        str,
        typer.Argument(
            metavar=_("FILE"), help=_("A spreadsheet (.xlsx, .xls, .ods …), csv, json or ndjson; - is stdin.")
        ),
    ],
    kind: Annotated[
        str | None,
        typer.Option("--as", metavar="members|inquiries", help=_("What its rows are; else its headers tell.")),
    ] = None,
    mapped: Annotated[
        list[str] | None,
        typer.Option("--map", metavar=_("COLUMN=FIELD"), help=_("Which field a column is; COLUMN= leaves it out.")),
    ] = None,
    skip_bad: Annotated[bool, typer.Option("--skip-bad", help=_("Leave bad rows out and take the rest."))] = False,
) -> None:
    """Import the rows of a file, all of them or none."""
    kinds = {one.table: one for one in columns.KINDS}
    chosen = None if kind is None else kinds[known("kind", kind, kinds)]
    said = [_read_mapping(text) for text in mapped or ()]
    with Progress(_("Importing")) as progress:
        data = intake.read_bytes(file)
        rows = formats.read(formats.of_content(file, data).name, data, _sheet(chosen, said))
        table = _table(rows, chosen, said)
        progress.stop()
        _say_what_was_read(rows, table)
        _Import(state, table, progress, skip_bad=skip_bad).write()


def _read_mapping(text: str) -> tuple[str, str]:
    column, sign, field = text.rpartition("=")
    if not sign:
        raise typer.BadParameter(_("it has to be COLUMN=FIELD"), param_hint="--map")
    return column.strip(), field.strip()


def _sheet(kind: Kind | None, mapped: Sequence[tuple[str, str]]) -> Choose:
    """Return what chooses the sheet to import: the one for a kind, the first where none is named."""
    return first if kind is None else partial(columns.sheet_of, kind, mapped)


def _table(rows: Rows, kind: Kind | None, mapped: Sequence[tuple[str, str]]) -> Table:
    found = kind or columns.kind_of(rows.headers, mapped, rows.sheet)
    return Table(found, columns.match(found, rows.headers, mapped), rows.rows)


def _say_what_was_read(rows: Rows, table: Table) -> None:
    """Report what was detected, which columns are ignored, and whether there is nothing to import."""
    guessed = []
    if rows.sheet is not None:
        guessed.append(_('read from the sheet "{title}"').format(title=rows.sheet))
    if rows.encoding in charsets.NAMES:
        guessed.append(_("read as {encoding}").format(encoding=charsets.NAMES[rows.encoding]))
    if rows.delimiter not in (None, ","):
        delimiter = _(_DELIMITERS[rows.delimiter]) if rows.delimiter in _DELIMITERS else quoted(rows.delimiter)
        guessed.append(_("columns divided by {delimiter}").format(delimiter=delimiter))
    if guessed:
        output.hint(", ".join(guessed))
    if rows.left_out:
        what = ngettext("a sheet is not imported: {names}", "sheets are not imported: {names}", len(rows.left_out))
        way_out = _("--as members or --as inquiries reads the sheet that holds these")
        output.warn(what.format(names=words.headers(rows.left_out)), way_out)
    if unknown := table.columns.unknown:
        what = ngettext("a column is not imported: {names}", "columns are not imported: {names}", len(unknown))
        way_out = _('--map "COLUMN=FIELD" says which field one is, --map "COLUMN=" that it is none')
        output.warn(what.format(names=words.headers(unknown)), way_out)
    if not rows.rows:
        output.hint(_("there are no rows in it"))


class _Import:
    """A running import: it keeps to its first plan."""

    def __init__(self, state: State, table: Table, progress: Progress, *, skip_bad: bool) -> None:
        self._state = state
        self._table = table
        self._progress = progress
        self._skip_bad = skip_bad
        self._plan: Plan | None = None
        self._made: tuple[Registry, Plan] | None = None
        self._has_said = False

    def write(self) -> None:
        """Write the registry with the imported rows. Raises `BadRows`, and what `write` raises."""

        def question(preview: store.Written, _warnings: object) -> str | None:
            self._say()
            return _question(preview.changes)

        def report(changes: "Sequence[Change]", *registries: Registry) -> None:
            self._say()
            print_changes(changes, *registries, as_json=self._state.as_json)
            if self._table.rows and not changes:
                say_nothing_changed(self._state)

        write(self._state, self._command, question, report=report, judge=self._judged)

    def _judged(self) -> "Sequence[Finding]":
        return self._made[1].findings if self._made else ()

    def _command(self, before: Registry) -> Registry:
        if self._made and not compare(self._made[0], before):
            # Nobody has written in between, so the earlier findings are still valid.
            return self._made[1].registry
        self._progress.start(len(self._table.rows))
        drawn = self._plan.new if self._plan else {}
        made = plan(before, self._table, self._state.today, drawn, self._progress.advance)
        if made.bad and not self._skip_bad:
            self._progress.stop()
            raise BadRows(made.bad, len(self._table.rows))
        self._plan = self._plan or made
        self._made = before, made
        return made.registry

    def _say(self) -> None:
        """Report once what was done to rows beyond the shown changes."""
        self._progress.stop()
        if self._plan is None or self._has_said:
            return
        self._has_said = True
        if bad := self._plan.bad:
            what = ngettext("{count} row is left out:", "{count} rows are left out:", len(bad))
            output.warn(what.format(count=len(bad)), *words.listed(bad))
        if lost := self._plan.lost:
            output.warn(_("{where}: characters that are not text were left out").format(where=_places(lost)))
        if unsplit := self._plan.unsplit:
            column = words.short(self._table.columns.header("street") or "")
            what = _(
                '{where}: the address in "{column}" could not be split into street, postal code and town,'
                " and was not imported"
            )
            output.warn(what.format(where=_places(unsplit), column=column))
        for place, id in self._plan.found[: output.MOST_LISTED]:
            what = _('{where}: its id is not on record; it was found to be "{id}"')
            output.hint(what.format(where=words.place(place), id=id))
        if near := self._plan.near:
            shown = [f"  {words.place(place)}, {near_miss(one)}" for place, one in near[: output.MOST_LISTED]]
            rest = len(near) - len(shown)
            more = ["  " + _("… and {count} more").format(count=rest)] if rest else []
            output.warn(_("spelled nearly as others are:"), *shown, *more)


def _places(rows: Sequence[RowPlace]) -> str:
    return ", ".join(map(words.place, rows[: output.MOST_LISTED])) + ", …" * (len(rows) > output.MOST_LISTED)


def _question(changes: "Sequence[Change]") -> str | None:
    """Return the question to ask before records are added or changed; None if nothing changes."""
    added = sum(change.action == "added" for change in changes)
    changed = len({change.id for change in changes if change.action == "changed"})
    if not added and not changed:
        return None
    return _("{added} to be added, {changed} to be changed. Import them?").format(added=added, changed=changed)
