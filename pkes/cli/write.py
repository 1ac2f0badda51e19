"""How every command writes: compute the change, refuse it or ask, write, and print what changed."""

import signal
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from functools import partial
from importlib import import_module
from inspect import Parameter, signature
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import typer
from msgspec.structs import replace

from pkes.checks import run
from pkes.checks.findings import Finding
from pkes.cli import options, questions
from pkes.cli.state import State, report_findings
from pkes.cli.terminal import output
from pkes.errors import Missing
from pkes.i18n import _, ngettext
from pkes.model.records import Registry
from pkes.storage import store

if TYPE_CHECKING:
    from pkes.registry.changes import Change, Key
    from pkes.toml.edit import Goes


def writing(
    app: typer.Typer, name: str, *, help: str, panel: str, asks: bool = False
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register a command that edits records, with the options common to all of them.

    These are --dry-run, --json and, if it `asks`, --yes; the command receives them in its `state`. The registered
    function has an attribute `writes`, unlike other commands.
    """
    flags = {"dry_run": options.DryRun, "as_json": options.Json} | ({"yes": options.Yes} if asks else {})

    def register(command: Callable[..., None]) -> Callable[..., None]:
        def registered(context: typer.Context, **arguments: Any) -> None:
            state: State = context.obj
            given = {name: arguments.pop(name) for name in flags}
            command(state=replace(state, **given), **arguments)

        own = [one for one in signature(command).parameters.values() if one.name != "state"]
        added = [
            Parameter(name, Parameter.POSITIONAL_OR_KEYWORD, default=False, annotation=option)
            for name, option in flags.items()
        ]
        fields = [one for one in own if one.kind is Parameter.KEYWORD_ONLY]
        context = signature(registered).parameters["context"]
        first = [one for one in own if one not in fields]
        shown = options.with_parameters(registered, command, [context, *first, *added, *fields])
        shown.writes = True  # type: ignore[attr-defined]
        return app.command(name, help=help, rich_help_panel=panel)(shown)

    return register


Question = Callable[[store.Written, Sequence[Finding]], str | None]
"""Returns the question before a write, given its result and the warnings it would add; None for no question."""


def write(
    state: State,
    command: store.Command,
    question: Question | None = None,
    *,
    without_comments: "Mapping[Key, Goes]" = MappingProxyType({}),
    new_text: Callable[[str], str] | None = None,
    shown: Callable[["Change"], "Change"] | None = None,
    report: Callable[..., object] | None = None,
    judge: Callable[[], Sequence[Finding]] | None = None,
    asked: bool = False,
) -> bool:
    """Let a command change the registry, and print the changes; return whether it was done, or would be.

    The records in `without_comments` lose the comments that its predicate selects; `new_text` makes the new text if
    `store.edit` should not. `shown` reduces a change to what may be shown of it; a user who is asked sees all of it.
    `report` receives the changes, and the registries before and after, instead of their being printed. `judge` returns
    the findings that the write adds, if the command knows them. If values were `asked` for, and there is no other
    question, the user is asked whether to save them; Enter alone means yes. Raises what `store.edit` raises,
    `WouldBreak` if the write would add an error, and `Missing` if there is a question and nobody to answer it.
    """
    # Before anything is saved: an import that fails later would claim that nothing was written.
    import_module("pkes.cli.messages.findings")

    warnings: list[Finding] = []

    def guard(before: Registry, after: Registry, changes: "tuple[Change, ...]") -> None:
        found = judge() if judge else run.added(before, after, changes, state.today)
        run.refuse_errors(found)
        warnings[:] = [finding for finding in found if finding.severity == "warning"]

    def visible(changes: "Sequence[Change]") -> "Sequence[Change]":
        return [shown(change) for change in changes] if shown else changes

    edit = partial(store.edit, state.path, command, guard=guard, without_comments=without_comments, new_text=new_text)
    agreed = preview = None
    if (question or asked) and not state.yes and not state.dry_run:
        preview = edit(dry_run=True)
        text = question(preview, warnings) if question else None
        by_enter = asked and text is None
        if by_enter:
            text = _("Save it?")
        if text:
            if not _agreed(preview, warnings, text, by_enter=by_enter):
                return False
            agreed = preview
    with interrupts() as let_wait:
        written = edit(expected=agreed, prepared=preview, dry_run=state.dry_run, before_replace=let_wait)
        with nullcontext() if state.dry_run else output.after_saving():
            shown_changes = visible(written.changes)
            (report or partial(print_changes, as_json=state.as_json))(shown_changes, written.before, written.registry)
        if agreed is None:
            _say(warnings)
            _say_what_goes_along(written.lost, is_done=not state.dry_run)
        _after(state, written, has_text=new_text is not None, is_reported=report is not None)
    return True


def _after(state: State, written: store.Written, *, has_text: bool, is_reported: bool) -> None:
    """Report what remains to be done after a write, and save it in git if the policy says so.

    A write that `has_text` of its own may change more than the changes say; `is_reported` says that the command reports
    them.
    """
    if written.changes or written.lost or has_text:
        if state.dry_run and output.is_terminal(sys.stderr):
            output.hint(_("a dry run: nothing was written"))
    elif not is_reported:
        say_nothing_changed(state)
    if written.changes and not (state.dry_run or is_reported):
        report_findings(written.registry, warnings=True)
    doubt(written.durable)
    if written.registry.policy.autosave and not state.dry_run:
        from pkes.cli import saving

        saving.at_once(state, written.registry)


def say_nothing_changed(state: State) -> None:
    """Say that a write changed nothing, or would change nothing."""
    would = _("nothing would be changed: it is so already")
    output.hint(would if state.dry_run else _("nothing is changed: it is so already"))


def doubt(durable: bool) -> None:
    """Warn about a write that is saved, but not confirmed by the system to be `durable`."""
    if not durable:
        output.warn(_("the changes are saved, but the system does not confirm that they would survive a power cut"))


def print_changes(changes: "Sequence[Change]", *registries: Registry, as_json: bool) -> None:
    """Print changes: for people on a terminal, else tab-separated lines, or JSON. Raises `CannotPrint`.

    The `registries` before and after contain the labels of sectors.
    """
    from pkes.registry.changes import Change, change_as_json

    if as_json:
        output.array(map(change_as_json, changes))
    elif changes and output.on_terminal():
        from pkes.cli.views import changes as views

        output.show(views.grouped(changes, registries))
    elif changes:
        output.rows(Change._fields, (change_as_json(change).values() for change in changes))


def _agreed(preview: store.Written, warnings: Sequence[Finding], text: str, *, by_enter: bool) -> bool:
    """Show what a write would do, and ask for confirmation."""
    if not questions.is_interactive():
        _say(warnings)
        raise Missing("--yes")
    from pkes.cli.views import changes as views

    output.message(output.rendered(*views.grouped(preview.changes, (preview.before, preview.registry))))
    _say(warnings)
    _say_what_goes_along(preview.lost, is_done=False)
    if not questions.confirm(text, default=by_enter):
        output.hint(_("nothing was changed"))
        return False
    return True


def _say(warnings: Sequence[Finding]) -> None:
    from pkes.cli.messages.findings import in_words

    for warning in warnings[: output.MOST_LISTED]:
        output.warn(in_words(warning))
    if (more := len(warnings) - output.MOST_LISTED) > 0:
        what = ngettext(
            '… and {count} more warning; "pkes check" lists them all',
            '… and {count} more warnings; "pkes check" lists them all',
            more,
        )
        output.hint(what.format(count=more))


def _say_what_goes_along(comments: Sequence[str], *, is_done: bool) -> None:
    """Report the comments that are removed with data. They may be about a person, so a log does not get their text."""
    count = len(comments)
    if count and not output.is_terminal(sys.stderr):
        done = ngettext("{count} comment was removed with it", "{count} comments were removed with it", count)
        would = ngettext("{count} comment would be removed with it", "{count} comments would be removed with it", count)
        output.hint((done if is_done else would).format(count=count))
        return
    said = (
        _("the comment was removed with it: {comment}")
        if is_done
        else _("the comment would be removed with it: {comment}")
    )
    for comment in comments:
        output.hint(said.format(comment=comment))


@contextmanager
def interrupts() -> Iterator[Callable[[], object]]:
    """Yield a function to call once a change counts as made: from then on, Ctrl-C neither hides nor stops it."""
    before = signal.getsignal(signal.SIGINT)
    try:
        yield partial(signal.signal, signal.SIGINT, signal.SIG_IGN)
    finally:
        signal.signal(signal.SIGINT, before)
