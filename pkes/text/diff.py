"""The difference of two texts as a unified diff, without quadratic time."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import Match, SequenceMatcher

_CONTEXT = 3


def diff(name: str, old: str, new: str) -> Iterator[str]:
    """Yield the lines of the diff of a file's two texts, without line ends; none if they are equal."""
    before, after = _lines(old), _lines(new)
    if before != after:
        yield from (f"--- {name}", f"+++ {name}")
        for group in _Anchored(before, after).get_grouped_opcodes(_CONTEXT):
            (_, first, _, first_new, _), (_, _, last, _, last_new) = group[0], group[-1]
            yield f"@@ -{_span(first, last)} +{_span(first_new, last_new)} @@"
            for tag, i1, i2, j1, j2 in group:
                if tag == "equal":
                    yield from _marked(" ", before[i1:i2])
                else:
                    yield from _marked("-", before[i1:i2])
                    yield from _marked("+", after[j1:j2])


class _Anchored(SequenceMatcher[str]):
    """Matches lines that are unique in both texts first, and then the parts between them.

    In a registry, nearly every header is such a line, so each record is compared with its own old version.
    """

    def __init__(self, old: Sequence[str], new: Sequence[str]) -> None:
        super().__init__()
        self.a, self.b = old, new
        self._matches: list[Match] = []

    def get_matching_blocks(self) -> list[Match]:
        """Return the runs of equal lines, as difflib does."""
        ends = len(self.a), len(self.b)
        i, j = 0, 0
        for anchor in [*_anchors(self.a, self.b), ends]:
            inner = SequenceMatcher(None, self.a[i : anchor[0]], self.b[j : anchor[1]], autojunk=False)
            for match in inner.get_matching_blocks():
                self._add(i + match.a, j + match.b, match.size)
            self._add(*anchor, int(anchor != ends))
            i, j = anchor[0] + 1, anchor[1] + 1
        return [*self._matches, Match(*ends, 0)]

    def _add(self, at: int, at_new: int, size: int) -> None:
        """Add a run, or extend the previous one if they are adjacent: difflib requires that."""
        last = self._matches[-1] if self._matches else Match(0, 0, 0)
        if size and (last.a + last.size, last.b + last.size) == (at, at_new) and last.size:
            self._matches[-1] = last._replace(size=last.size + size)
        elif size:
            self._matches.append(Match(at, at_new, size))


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Return the positions of lines that are unique in both: their longest sequence with the same order in both."""
    once = {line for line, count in Counter(old).items() if count == 1}
    once &= {line for line, count in Counter(new).items() if count == 1}
    there = {line: at for at, line in enumerate(new) if line in once}
    places = [(at, there[line]) for at, line in enumerate(old) if line in once]
    # For each length, the end of the sequence that ends first; and for each position, its predecessor.
    ends: list[int] = []
    last: list[int] = []
    before: list[int | None] = []
    for number, (_, at) in enumerate(places):
        length = bisect_left(ends, at)
        before.append(last[length - 1] if length else None)
        if length == len(ends):
            ends.append(at)
            last.append(number)
        else:
            ends[length], last[length] = at, number
    run = []
    at_end = last[-1] if last else None
    while at_end is not None:
        run.append(places[at_end])
        at_end = before[at_end]
    return run[::-1]


def _lines(text: str) -> list[str]:
    """Return the lines of a text with their line ends."""
    *lines, last = text.split("\n")
    return [*(f"{line}\n" for line in lines), *([last] if last else [])]


def _marked(mark: str, lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        yield mark + line.removesuffix("\n")
        if not line.endswith("\n"):
            yield "\\ No newline at end of file"


def _span(start: int, end: int) -> str:
    """Return a span of lines in the notation of hunk headers: the first line and the number of lines."""
    if end - start == 1:
        return str(start + 1)
    return f"{start + 1 if end > start else start},{end - start}"
