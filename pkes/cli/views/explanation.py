"""What a code means, for people: a paragraph a line, which a terminal wraps."""

from collections.abc import Iterator

from rich.text import Text

from pkes.checks.findings import SEVERITIES
from pkes.cli.messages.explain_explanation import Explanation
from pkes.cli.messages.values import SEVERITY_WORDS
from pkes.cli.views import cells
from pkes.cli.views.findings import STYLES
from pkes.i18n import _


def page(code: str, explanation: Explanation) -> Iterator[Text]:
    """Yield the explanation of a code, with empty lines between its parts."""
    severity = SEVERITIES[code]
    yield Text.assemble((code, "bold"), " (", (_(SEVERITY_WORDS[severity]), STYLES[severity]), ")")
    for paragraph in (explanation.means, explanation.matters):
        yield Text("\n" + _(paragraph))
    yield Text("")
    yield from _example(_("Wrong:"), explanation.wrong)
    yield from _example(_("Right:"), explanation.right)
    yield Text("\n" + _(explanation.mend))


def _example(title: str, lines: str) -> Iterator[Text]:
    yield Text(title, style="bold")
    # Words in an example are translated, too; most have none.
    for line in (_(lines) if lines else "").split("\n"):
        yield Text("    ") + (cells.text(line) if line else Text(_("(no line)"), style="dim"))
