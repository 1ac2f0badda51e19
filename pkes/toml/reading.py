"""TOML text to plain data, and where a text that is no TOML goes wrong."""

import re
from codecs import BOM_UTF8
from collections.abc import Iterator
from typing import Any, Final

import toml_rs

from pkes.errors import Malformed

VERSION: Final = "1.0.0"
"""The TOML that is read: the one of the standard library, so that scripts with tomllib read the same."""

SAFE_OPENINGS = 1_000
"""toml-rs takes about 5 KB of stack a level and dies of SIGSEGV at some thousands; below this it is safe."""

DEEPEST = 64
"""No registry nests deeper; what does is not of this shape."""

_ROW = b"=" * SAFE_OPENINGS
# Bytes that neither open nor close anything, nor begin or end a string or a comment.
_QUIET = bytes(set(range(256)) - set(b"[]{}\n#\"'\\,="))
# These patterns are compiled when they are first needed: most texts need none.
# An array of strings that closes for certain, with the quiet bytes gone: whatever the parser makes of the text, it sees
# this array whole, or is inside a string or a comment all along. No string of it holds a bracket or an escape.
_CLOSED = (
    rb"""\[\n(?:"",\n)*\]"""  # the usual one, which is quicker found so
    rb"""|\[(?:"[^"\\\[\]{}\n]*"(?!")|'[^'\[\]{}\n]*'(?!')|\#[^\[\]{}\n]*\n|[,\n])+\]"""
)

_PLACE = r"line (\d+), column (\d+)"
_MARKER = r"(?m)^(?:<{7}|\|{7}|>{7})(?: .*|\r)?$"


def line_end(text: str) -> str:
    """Return the line end of a text: that of its first line, LF where there is none."""
    return "\r\n" if "\r\n" in text[: text.find("\n") + 1] else "\n"


def line_end_before(text: str, at: int) -> str:
    """Return the line end of the line before a place, at the start of the text that of the first one."""
    end = text.rfind("\n", 0, at)
    end = end if end >= 0 else text.find("\n")
    return "\r\n" if text[end - 1 : end] == "\r" else "\n"


def last_line_end(text: str) -> str:
    """Return the line end of a text's last whole line, LF where there is none."""
    end = text.rfind("\n")
    return "\r\n" if text[end - 1 : end] == "\r" else "\n"


def decode(data: bytes) -> str:
    """Return a file's text without byte order mark; raise `Malformed` at the first byte that is not UTF-8."""
    data = data.removeprefix(BOM_UTF8)
    if data.startswith(BOM_UTF8):
        raise Malformed("syntax", 1, 1, what="a second byte order mark")
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        good = data[: error.start].decode()
        column = len(good) - (good.rfind("\n") + 1) + 1
        raise Malformed("encoding", good.count("\n") + 1, column) from None


def loads(text: str) -> dict[str, Any]:
    """Return the data of a TOML text without a BOM.

    Raises `Malformed`: `merge-marker` where git left its markers, `syntax` at another fault, `nesting` where the text
    nests deeper than any parser here can go.
    """
    if not _is_shallow(text):
        return _loads_deep(text)
    try:
        return toml_rs.loads(text, toml_version=VERSION)
    except toml_rs.TOMLDecodeError as error:
        # Its fields count bytes as characters; its words do not.
        line, column = map(int, re.findall(_PLACE, error.msg)[0])
        raise _fault(text, line, column, error.msg.rstrip().rpartition("\n")[2]) from None
    except ValueError:
        # TOML by its grammar, but no value of Python: the year 0, a leap second, a number of thousands of digits.
        return _loads_deep(text)


def positions(text: str) -> dict[str, Any]:
    """Return toml-rs's positions of the keys and values in a piece of a text that `loads` has read before.

    Raises `Malformed`, `nesting`, where it nests much deeper than a value may: toml-rs would die of it.
    """
    if is_deep(loads(text), 2 * DEEPEST):
        raise Malformed("nesting", deepest=DEEPEST)
    return toml_rs.load_with_metadata(text, toml_version=VERSION).meta["nodes"]


def is_toml(text: str) -> bool:
    """Whether a piece of text is TOML on its own."""
    try:
        loads(text)
    except Malformed:
        return False
    return True


def reads_as(text: str, value: Any) -> bool:
    """Whether a piece of text is a value on its own, and this one, its type included."""
    return is_toml(f"k = {text}\n") and same(loads(f"k = {text}\n")["k"], value)


def same(one: Any, other: Any) -> bool:
    """Whether two TOML values are the same: of one type, to the last digit, `nan` the same as `nan`."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(value, other[key]) for key, value in one.items())
    if isinstance(one, list):
        return len(one) == len(other) and all(map(same, one, other))
    return one is other or repr(one) == repr(other)


def is_deep(data: Any, deepest: int = DEEPEST) -> bool:
    """Whether tables and arrays nest too deep; level by level, as no recursion would bear every depth."""
    level = [data]
    for _ in range(deepest + 1):
        level = [inner for held in level for inner in _contents(held) if isinstance(inner, (dict, list))]
        if not level:
            return False
    return True


def _contents(held: dict[str, Any] | list[Any]) -> Any:
    return held.values() if isinstance(held, dict) else held


def markers(text: str) -> Iterator[tuple[int, str]]:
    """Yield the line, from 1, and the sign of every merge marker that git left; a row of `=` is one only inside."""
    inside = False
    for number, line in enumerate(text.split("\n"), 1):
        if re.fullmatch(_MARKER, line) or (inside and line.rstrip("\r") == "=" * 7):
            yield number, line[:7]
            inside = not line.startswith(">")


def _is_shallow(text: str) -> bool:
    """Whether no place of a text, TOML or not, can be nested so deep that toml-rs dies of it.

    Openings that do not certainly close are counted, which is an upper bound: the parser goes on after an error. It
    goes one level down at each sign of an unbroken row of `=`, too.
    """
    data = text.encode(errors="surrogatepass")
    if _ROW in data:
        return False
    signs = data.translate(None, _QUIET)
    openings = signs.count(b"[") + signs.count(b"{")
    if openings > SAFE_OPENINGS:
        if b"\r" in data and data.count(b"\r") != data.count(b"\r\n"):
            # A bare CR is no TOML; where the parser goes on behind it is its own affair.
            return False
        openings -= signs.count(b"[]") + len(re.findall(_CLOSED, signs))
    return openings <= SAFE_OPENINGS


def _loads_deep(text: str) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(text)
    except RecursionError:
        raise Malformed("nesting", deepest=DEEPEST) from None
    except tomllib.TOMLDecodeError as error:
        place = re.search(_PLACE, str(error))
        line, column = (int(place[1]), int(place[2])) if place else (text.count("\n") + 1, 0)
        raise _fault(text, line, column, str(error).partition(" (at ")[0]) from None
    except ValueError as error:
        raise Malformed("syntax", 1, 1, what=str(error).partition(";")[0]) from None


def _fault(text: str, line: int, column: int, what: str) -> Malformed:
    if marker := re.search(_MARKER, text):
        return _merge_marker(text, marker.start(), marker[0][:7])
    if text.split("\n", line)[line - 1].rstrip("\r") == "=" * 7:
        return Malformed("merge-marker", line, 1, marker="=" * 7)
    return Malformed("syntax", line, column, what=what)


def _merge_marker(text: str, start: int, marker: str) -> Malformed:
    return Malformed("merge-marker", text.count("\n", 0, start) + 1, 1, marker=marker)
