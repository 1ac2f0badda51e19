"""Finding a person's traces in a text: a name, an address or a number, however it is written.

Case, diacritics and composed forms are ignored. The words of a name may be separated by any white space and
punctuation, so that a name is found even if a line, a comment or a quoted mail wraps it; words match as a whole and in
order, on request also in the other forms that Polish gives to a name. A number matches by its digits, with or without a
country code. An e-mail address matches as a whole.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate
from typing import NamedTuple, TypeAlias

from pkes.text.collation import fold
from pkes.text.inflection import forms

Span: TypeAlias = tuple[int, int]
"""The start and end of a trace in a text, as in a slice."""

_NUMBER = re.compile(
    r"(?P<plus>\(?\+)?(?P<digits>\(?[0-9][0-9\s()./\u2010-\u2015\u2212-]*)"
    r"(?:[,;]?\s*(?:extn?|wewn?|x)[.:]?\s*[0-9]{1,7})?"
)
_GAP = r"[\s()./\u2010-\u2015\u2212-]{0,3}"
"""What may separate two digits of a number."""

_SHORTEST_NUMBER = 7
_LONGEST_LEAD = 16
_ESCAPE = re.compile(
    r"\\(?:u(?P<u>[0-9a-fA-F]{4})|U(?P<U>[0-9a-fA-F]{8})|x(?P<x>[0-9a-fA-F]{2})"
    r"|(?P<wrap>[ \t]*\r?\n\s*)|(?P<sign>[btnfre\"\\/]))"
)
_SIGNS = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", "e": "\x1b"}

# The size in bytes of the chunks that are searched, and their overlap: no trace is longer than that.
_PIECE = 16_384
_REACH = 1_024


class _Pattern(NamedTuple):
    """A pattern for folded text. If there is a `prefix`, it must match the text right before the pattern's match."""

    core: re.Pattern[str]
    prefix: re.Pattern[str] | None

    def spans(self, folded: str) -> Iterator[Span]:
        for found in self.core.finditer(folded):
            if self.prefix is None:
                yield found.span()
                continue
            before = max(0, found.start() - _LONGEST_LEAD)
            if prefix := self.prefix.search(folded[before : found.start()]):
                yield before + prefix.start(), found.end()


class Traces:
    """The traces of one person, or of any names, e-mail addresses and numbers.

    Texts without a letter or digit are ignored; if no text is left, nothing is found and the object is false. With
    `inflected`, the words of a name are also found in the forms of `pkes.text.inflection`: of Jan Kos, `Jana Kosa` too.
    """

    def __init__(self, texts: Iterable[str], *, inflected: bool = False) -> None:
        write = forms if inflected else re.escape
        made = (_pattern(text, write) for text in dict.fromkeys(fold(text).strip() for text in texts))
        self._patterns = [pattern for pattern in made if pattern]

    def __bool__(self) -> bool:
        return bool(self._patterns)

    def find(self, text: str) -> list[Span]:
        """Return the spans of traces in a text, in order; adjacent or overlapping ones are joined."""
        spans = sorted(span for pattern in self._patterns for span in pattern.spans(fold(text)))
        if not spans:
            return []
        # Each character is folded by itself, so that positions in the folded text can be mapped back.
        ends = list(accumulate(len(fold(char)) for char in text))
        merged: list[Span] = []
        for start, end in spans:
            if merged and start <= merged[-1][1]:
                merged[-1] = merged[-1][0], max(end, merged[-1][1])
            else:
                merged.append((start, end))
        return [
            (bisect_left(ends, start + 1), max(bisect_left(ends, end) + 1, bisect_left(ends, end + 1)))
            for start, end in merged
        ]

    def found_in(self, text: str) -> bool:
        """Return whether a text contains a trace."""
        folded = fold(text)
        return any(True for pattern in self._patterns for _ in pattern.spans(folded))

    def found_in_source(self, source: str) -> bool:
        r"""Return whether the source of a TOML or JSON text contains a trace, with or without escapes (`\u0142`).

        The source need not be complete or valid: escapes are recognised by their backslashes alone.
        """
        return self.found_in(source) or ("\\" in source and self.found_in(unescape(source)))

    def found_in_bytes(self, data: bytes) -> bool:
        """Return whether bytes contain a trace: `found_in_source` for UTF-8 and the older Polish encodings."""
        return any(map(self.found_in_source, _readings(data)))


class Versions:
    """Many versions of a file, searched for traces one after another.

    Only the part of a version that differs from an earlier one is searched: a registry of 1 MB takes a millisecond.
    """

    def __init__(self, traces: Traces) -> None:
        self._traces = traces
        self._clean = b""
        self._holding: bytes | None = None

    def hold(self, data: bytes) -> bool:
        """Return whether a version contains a trace, as `found_in_bytes` does."""
        if self._holding and self._holding in data:
            return True
        for piece in _pieces(data, *_differing(self._clean, data)):
            if self._traces.found_in_bytes(piece):
                self._holding = piece
                return True
        self._clean = data
        return False


def unescape(source: str) -> str:
    """Return the source of a TOML or JSON text with its escapes decoded, and lines ending in `\\` joined."""
    return _ESCAPE.sub(_unescape, source)


def _unescape(found: re.Match[str]) -> str:
    if found["wrap"]:
        return ""
    if sign := found["sign"]:
        return _SIGNS.get(sign, sign)
    code = int(found["u"] or found["U"] or found["x"], 16)
    return chr(code) if code < 0x110000 else found[0]


def _pattern(folded: str, write: Callable[[str], str]) -> _Pattern | None:
    """Return the pattern of a text, or None if it has no letter or digit; `write` gives that of a word of a name."""
    number = _NUMBER.fullmatch(folded)
    if number and len(re.findall("[0-9]", number["digits"])) >= _SHORTEST_NUMBER:
        return _number(number["digits"].replace("(0)", " "), international=number["plus"] is not None)
    if re.fullmatch(r"[^\s@]+@[^\s@]+", folded):
        address = re.escape(folded)
        return _Pattern(re.compile(rf"{address}(?<![\w.+-]{address})(?![\w-]|\.\w)"), None)
    words = re.findall(r"[^\W_]+", folded)
    if not words:
        return None
    rest = "".join(rf"[\W_]+{write(word)}" for word in words[1:])
    first = write(words[0])
    if first == words[0]:
        # The look-behind comes after the first word: `re` is many times faster if a pattern begins with a literal.
        return _Pattern(re.compile(rf"{first}(?<![^\W_]{first}){rest}(?![^\W_])"), None)
    return _Pattern(re.compile(rf"(?<![^\W_]){first}{rest}(?![^\W_])"), None)


def _number(written: str, *, international: bool) -> _Pattern:
    """Return the pattern of a number: its national digits, optionally after its own (or any) country code."""
    first, *groups = re.findall("[0-9]+", written)
    digits = "".join((first, *groups))
    if not international and re.match("00[1-9]", digits):
        digits, first, international = digits[2:], first[2:], True
    country = r"(?:(?:\+|00)[0-9]{1,3}|48)"
    if digits.startswith("48") and len(digits) == 11:
        digits = digits[2:]
    elif international and len(first) <= 3 and first != digits:
        country, digits = rf"(?:\+|00)?{first}", digits[len(first) :]
    elif re.match("0[1-9]", digits):
        digits = digits[1:]
    prefix = rf"(?<![0-9])(?:{country}{_GAP})?(?:\(?0\)?{_GAP})?\(?\Z"
    return _Pattern(re.compile(_GAP.join(digits) + "(?![0-9])"), re.compile(prefix))


def _readings(piece: bytes) -> Iterator[str]:
    """Yield the texts that bytes may stand for: UTF-8 and, if it is not quite valid, each older Polish encoding."""
    text = piece.decode(errors="replace")
    yield text
    if "\ufffd" in text:
        yield piece.decode("cp1250", "replace")
        yield piece.decode("iso-8859-2")


def _differing(base: bytes, data: bytes) -> Span:
    """Return the part of the data that differs from the base, extended by the longest trace on both sides."""
    shorter = min(len(base), len(data))
    start = _count_same(lambda low, high: base[low:high] == data[low:high], shorter)
    end = _count_same(
        lambda low, high: base[len(base) - high : len(base) - low] == data[len(data) - high : len(data) - low],
        shorter - start,
    )
    return max(0, start - _REACH), min(len(data), len(data) - end + _REACH)


def _count_same(same: Callable[[int, int], bool], most: int) -> int:
    """Return the length of the common part of two texts; `same` compares slices, which is fast."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if same(low, middle):
            low = middle
        else:
            high = middle - 1
    return low


def _pieces(data: bytes, start: int, end: int) -> Iterator[bytes]:
    """Yield a part of the data in chunks of whole lines, each extended at its end by the longest trace."""
    start = data.rfind(b"\n", 0, start) + 1
    while start < end:
        stop = _line_end(data, min(start + _PIECE, end))
        yield data[start : _line_end(data, stop + _REACH)]
        start = stop


def _line_end(data: bytes, place: int) -> int:
    return data.find(b"\n", place) + 1 or len(data)
