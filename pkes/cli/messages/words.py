"""What is said of an error."""

from typing import NamedTuple


class Words(NamedTuple):
    """One line that says what is wrong, and lines below it: the way out, where there is one."""

    what: str
    below: tuple[str, ...] = ()
