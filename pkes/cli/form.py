"""Forms: asking for the fields of a record one after the other; most of them are optional."""

from collections.abc import Callable, Sequence
from typing import Any

from pkes.cli import questions
from pkes.cli.terminal import output
from pkes.errors import NoEditor, WrongValue
from pkes.i18n import _
from pkes.model.records import Field, Registry
from pkes.model.values import read, read_list
from pkes.registry import near_misses
from pkes.text.characters import strip

EMPTY = "-"
"""The answer that leaves a field empty."""
_EDITOR = ("e", "editor", "edytor")
"""The answers that open the editor, in either language."""


def begin(what: str) -> None:
    """Print what a form is for, and how to answer."""
    output.hint(
        what,
        _('Enter takes what stands in brackets, or passes over; "-" leaves a field empty.'),
        _('"back" or Ctrl-C leaves, and nothing is written.'),
    )


def ask(field: Field, registry: Registry, proposed: str = "", *, judge: Callable[[Any], object] | None = None) -> Any:
    """Ask for the value of a field and, if it is close to one that is in use, whether that one is meant.

    An empty answer means `proposed`; a field left empty is None. `judge` may raise a `PkesError` for a value.
    """

    def parse(text: str) -> Any:
        if text in ("", EMPTY):
            if field.required:
                raise WrongValue(field.name, "empty")
            return None
        value = list(dict.fromkeys(read_list(field, text))) if field.type == "list" else read(field, text)
        if judge:
            judge(value)
        return value

    title = _("{title}, divided by ;").format(title=_(field.title)) if field.type == "list" else _(field.title)
    value = questions.ask(title, parse, proposed)
    if value is None or field.name not in near_misses.FIELDS:
        return value
    from pkes.cli.spelling import ask_meant

    return ask_meant(field, value, near_misses.in_use(registry.members.values(), field.name))


def ask_choice(field: Field, proposed: str) -> str:
    """Ask for one of the words of a field's vocabulary, by number, word or label."""
    choices: Sequence[tuple[str, str]] = [(choice, _(choice)) for choice in field.choices]
    return questions.choose(
        _("{title}, by number or name").format(title=_(field.title)),
        choices,
        lambda text: str(read(field, text)),
        default=_(proposed),
    )


def ask_text(field: Field) -> str | None:
    """Ask for lines, up to an empty one, or for a text in the editor; return None if there is none."""
    output.message(_('{title} (an empty line ends it; "e" opens the editor):').format(title=_(field.title)) + "\n")
    lines: list[str] = []
    while line := questions.ask_line("  "):
        if not lines and line == EMPTY:
            return None
        if not lines and line.lower() in _EDITOR:
            try:
                return _edited(field)
            except NoEditor as error:
                from pkes.cli.messages.errors import words

                said = words(error)
                output.fail(said.what, *said.below)
                continue
        lines.append(line)
    return _cleaned("\n".join(lines), None)


def _edited(field: Field) -> str | None:
    """Return the cleaned text from the editor, or None if it is empty. Raises `NoEditor`."""
    from pkes.cli.terminal import editor
    from pkes.text.charsets import undeclared

    chosen = editor.find()
    with editor.draft(f"{field.name}.txt") as draft:
        draft.write("")
        editor.run(chosen, draft.path)
        return _cleaned(*undeclared(draft.read()))


def _cleaned(text: str, charset: str | None) -> str | None:
    from pkes.cli import intake

    return strip(intake.typed(text, charset)) or None
