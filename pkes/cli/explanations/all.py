"""The explanation of every code, found by the code."""

from collections.abc import Mapping

from pkes.cli.explanations.explanation import Explanation
from pkes.cli.explanations.files import FILES
from pkes.cli.explanations.inquiries import INQUIRIES
from pkes.cli.explanations.records import RECORDS
from pkes.cli.explanations.values import VALUES
from pkes.selection import known

EXPLANATIONS: Mapping[str, Explanation] = FILES | RECORDS | VALUES | INQUIRIES


def find(code: str) -> tuple[str, Explanation]:
    """Return a code as it is spelled, and its explanation. Raises `UnknownName` with the nearest codes."""
    code = known("code", code, EXPLANATIONS)
    return code, EXPLANATIONS[code]
