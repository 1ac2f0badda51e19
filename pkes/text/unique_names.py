"""Making the names of columns unique."""

from collections.abc import Iterable, Iterator
from itertools import count


def distinct(names: Iterable[str], form: str) -> Iterator[str]:
    """Yield each name; a repeated one gets the first number from 2 that makes it unique.

    `form` is the format of such a name, for example `{name}_{number}`.
    """
    given = list(names)
    kept = set(given)
    taken: set[str] = set()
    for name in given:
        unique = name
        if name in taken:
            numbered = (form.format(name=name, number=number) for number in count(2))
            unique = next(one for one in numbered if one not in taken | kept)
        taken.add(unique)
        yield unique
