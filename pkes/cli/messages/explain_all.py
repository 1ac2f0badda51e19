"""The explanation of every code, found by the code."""

from collections.abc import Mapping

from pkes.cli.messages.explain_explanation import Explanation
from pkes.cli.messages.explain_files import FILES
from pkes.cli.messages.explain_inquiries import INQUIRIES
from pkes.cli.messages.explain_records import RECORDS
from pkes.cli.messages.explain_values import VALUES
from pkes.registry.selection import known

EXPLANATIONS: Mapping[str, Explanation] = FILES | RECORDS | VALUES | INQUIRIES


def find(code: str) -> tuple[str, Explanation]:
    """Return a code as it is spelled, and its explanation. Raises `UnknownName` with the nearest codes."""
    code = known("code", code, EXPLANATIONS)
    return code, EXPLANATIONS[code]
