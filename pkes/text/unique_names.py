"""Names of columns, of which no two may be the same."""

from collections.abc import Iterable, Iterator
from itertools import count


def distinct(names: Iterable[str], form: str) -> Iterator[str]:
    """Yield each name, one that was there before with the first number from 2 that makes it new.

    `form` says how that is written, `{name}_{number}` say.
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
