"""Looking an organisation up in the court register: from a number to what it proposes."""

from collections.abc import Collection

from pkes.errors import RegisterFailed
from pkes.model.records import Member
from pkes.model.spelling import krs
from pkes.registers import extract
from pkes.registers.comparing import COMPARED, Comparison, compare
from pkes.registers.saved import Source


def look_up(number: str, source: Source, member: Member | None = None, only: Collection[str] = COMPARED) -> Comparison:
    """Return what the register says of the organisation with a KRS number, as it is typed.

    Without a member's record all that the register says is proposed, else what it says otherwise, in `only` these
    fields. `source` is `service.of_environment().answer`, or one of `saved`. Raises `RegisterFailed`.
    """
    digits = krs(number.strip())
    if digits is None:
        raise RegisterFailed("no-number")
    return compare(extract.read(source(digits), digits), member, only)
