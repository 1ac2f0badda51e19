"""Findings for people: each with its line, a caret below the position, and the command that mends it."""

from collections.abc import Iterable, Iterator

from rich.cells import cell_len
from rich.text import Text

from pkes.checks.codes import CODES, Severity
from pkes.cli.messages.findings import Checked, line_parts
from pkes.cli.messages.mends import Mendable, command
from pkes.cli.messages.values import SEVERITY_WORDS
from pkes.cli.terminal import output
from pkes.cli.views import cells
from pkes.i18n import _
from pkes.text.characters import safe

STYLES = {"error": "bold red", "warning": "yellow", "note": "cyan"}
_INDENT = "    "


def page(checked: Checked, program: str, mendable: Mendable | None, width: int) -> Iterator[Text]:
    """Yield the findings in a file.

    `program` is how to call pkes for it, `mendable` what commands can do to it (None if it cannot be read).
    """
    lines = checked.text.replace("\r\n", "\n").split("\n")
    for placed in checked.found:
        finding = placed.finding
        yield _first_line(*line_parts(checked.path, placed))
        shown, before = excerpt(lines[placed.line - 1], placed.column, width - len(_INDENT))
        yield Text(_INDENT + shown, style="dim")
        yield Text(_INDENT + " " * before + "^", style=STYLES[finding.severity])
        mend = None if mendable is None else command(finding, mendable)
        if mend is not None:
            said = _("to mend it: {command}").format(command=f"{program} {mend}")
            yield cells.text(_INDENT + said)


def excerpt(line: str, column: int, width: int) -> tuple[str, int]:
    """Return the part of a line that fits a width around a column (in characters, from 1), and the cells before it.

    Characters that are not text, or cannot be shown, become escapes; a tab becomes a space. Dots mark omitted parts.
    """
    at = min(column - 1, len(line))
    # Only as many characters as there is room for are processed: a line can be as long as the file.
    before = [_shown(char) for char in line[max(0, at - width) : at]]
    behind = [_shown(char) for char in line[at : at + width]]
    more = "…" if output.can_show("…") else "..."
    room = width - max(1, min(_cells(behind), width // 2))
    if at > width or _cells(before) > room:
        before = [more, *reversed(_fitting(reversed(before), room - len(more)))]
    room = width - _cells(before)
    if len(line) > at + width or _cells(behind) > room:
        behind = [*_fitting(behind, room - len(more)), more]
    return "".join([*before, *behind]), _cells(before)


def _first_line(place: str, severity: Severity, code: str, said: str) -> Text:
    return Text.assemble(
        cells.text(place), " ", (_(SEVERITY_WORDS[severity]), STYLES[severity]), " ", code, " ", cells.text(said)
    )


def _shown(char: str) -> str:
    if char == "\t":
        return " "
    char = safe(char)
    return char if output.can_show(char) else char.encode("ascii", "backslashreplace").decode()


def _cells(shown: Iterable[str]) -> int:
    return sum(map(cell_len, shown))


def _fitting(shown: Iterable[str], room: int) -> list[str]:
    """Return the first characters, as many as there is room for."""
    taken = []
    for char in shown:
        room -= cell_len(char)
        if room < 0:
            break
        taken.append(char)
    return taken


def explanation_page(name: str) -> Iterator[Text]:
    """Yield the explanation of a code, with empty lines between its parts."""
    code = CODES[name]
    yield Text.assemble((name, "bold"), " (", (_(SEVERITY_WORDS[code.severity]), STYLES[code.severity]), ")")
    for paragraph in (code.means, code.matters):
        yield Text("\n" + _(paragraph))
    yield Text("")
    yield from _example(_("Wrong:"), code.wrong)
    yield from _example(_("Right:"), code.right)
    yield Text("\n" + _(code.mend))


def _example(title: str, lines: str) -> Iterator[Text]:
    yield Text(title, style="bold")
    # Examples are translated if they contain words; most do not.
    for line in (_(lines) if lines else "").split("\n"):
        yield Text("    ") + (cells.text(line) if line else Text(_("(no line)"), style="dim"))
