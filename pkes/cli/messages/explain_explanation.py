"""What is said of a code."""

from typing import NamedTuple


class Explanation(NamedTuple):
    """What a code means, why that matters, wrong and right lines of the file, and how the ones become the others.

    The texts are English, and are translated where they are shown. `right` is "" where the line is to go.
    """

    means: str
    matters: str
    wrong: str
    right: str
    mend: str
