"""TOML texts to begin with, and random changes of them that tend to stay TOML."""

import random
from collections.abc import Callable

from tests.conftest import SHIPPED
from tests.merge import branches

LAYOUTS = 60
ODD = """\
format=1
alien = {p = 1, q.r = [1, 2]} # one
"quoted key" = 'x'
[ cluster ] # two
name="K" # three

# nobody's

goals = [ # four
  'a', "b", # five
  # six
  '''c
d''',
]
[sectors]
ngo = {pl = "p", en = "e"}
[members]
a.name = "A"
a.sector = "ngo"
[members."b"]
name = \"\"\"
B \\
  more\"\"\"
joined = 2014-10-07
[members.b.deep.deeper]
x = 1_000
[[members.b.many]]
y = [[1], ["#"], []]
[[members.b.many]]
[inquiries.2025-01-02-abc]
received = 2025-01-02 # seven
message = "one\\r\\ntwo"
notes = []
"""

VALUES = (
    '""', '"x"', "'x'", '"#"', "'#'", '"\\""', "'''a\nb'''", '"""\na\nb\n"""', '"""a \\\n  b"""', "''''a'''''", "1",
    "0x1F", "1_000", "-0.0", "inf", "nan", "1e3", "true", "2025-01-02", "2025-01-02T03:04:05Z", "03:04:05", "[]",
    "[1, 2]", '["a"]', "[\n]", '[\n  "a",\n]', '[\n  "a", # c\n  "b"\n  , # d\n]', '["a", "b",]', "[[]]",
    "[ [1], # c\n [2] ]", "{}", "{a = 1}", "{a = {b = [1]}, c.d = '#'}", '[{a = 1}, {b = "]"}]', '"\\u0105"',
    '"ą\\tę"', '"[x]"', "'= 1'",
)  # fmt: skip
KEYS = (
    "name", "sector", "note", "tags", "offers", "joined", "phone", "colour", '"name"', "'note'", "a.b", ' "a b" . c',
    '""', "'#'", "1", "2025-01-02", "pl", "en", "id", "received", "message", "notes", "goals", "[x]",
)  # fmt: skip
HEADERS = (
    "[members.x]", "[ members . 'y' ]", '["members"."z"]', "[members.a.b]", "[[members.a.c]]", "[alien]", "[alien.p]",
    "[[alien.q]]", "[sectors.s]", "[inquiries.2025-01-02-xyz]", "[policy]", "[cluster.inner]", "[members]", '[""]',
    "['#']",
)  # fmt: skip
PIECES = (
    "#", " # c", "# [x]", "# '''", '# """', "", "  ", "\t", ",", "[", "]", "{", "}", "=", '"', "'", "\\", "\r",
    "\x0b", "\x85", "\u2028", "é", "\ufeff",
)  # fmt: skip


def seeds() -> list[str]:
    """Return texts to begin with."""
    shipped = SHIPPED.read_text(encoding="utf-8")
    laid = [text for number in range(LAYOUTS) for text in branches.pair(number)[:2]]
    return [ODD, ODD.replace("\n", "\r\n"), shipped, "format = 1\n[cluster]\n", *laid]


def mutate(text: str, rng: random.Random, others: list[str]) -> str:
    """Return a text that is changed in a few places."""
    for _ in range(rng.choice((1, 1, 1, 2, 3, 5))):
        text = rng.choice(_CHANGES)(text, rng, others)
    return text


def _line_taken(text: str, rng: random.Random, _: list[str]) -> str:
    lines = text.splitlines(keepends=True)
    if lines:
        del lines[rng.randrange(len(lines))]
    return "".join(lines)


def _line_moved(text: str, rng: random.Random, _: list[str]) -> str:
    lines = text.splitlines(keepends=True)
    if lines:
        lines.insert(rng.randrange(len(lines)), lines.pop(rng.randrange(len(lines))))
    return "".join(lines)


def _line_put_in(text: str, rng: random.Random, others: list[str]) -> str:
    lines = text.splitlines(keepends=True)
    new = rng.choice(
        (
            lambda: f"{rng.choice(KEYS)} = {rng.choice(VALUES)}",
            lambda: rng.choice(HEADERS),
            lambda: rng.choice(PIECES),
            lambda: rng.choice(rng.choice(others).splitlines() or [""]),
        )
    )()
    lines.insert(
        rng.randint(0, len(lines)), rng.choice(("", "", " ", "\t")) + new + rng.choice(("\n", "\n", "\r\n", " # c\n"))
    )
    return "".join(lines)


def _value_changed(text: str, rng: random.Random, _: list[str]) -> str:
    lines = text.splitlines(keepends=True)
    places = [number for number, line in enumerate(lines) if "=" in line]
    if places:
        number = rng.choice(places)
        start, _, rest = lines[number].partition("=")
        end = "\r\n" if rest.endswith("\r\n") else "\n"
        lines[number] = f"{start}={rng.choice(('', ' '))}{rng.choice(VALUES)}{rng.choice(('', ' ', ' # c'))}{end}"
    return "".join(lines)


def _piece_put_in(text: str, rng: random.Random, _: list[str]) -> str:
    at = rng.randint(0, len(text))
    return text[:at] + rng.choice(PIECES) + text[at:]


def _piece_taken(text: str, rng: random.Random, _: list[str]) -> str:
    at = rng.randint(0, len(text))
    return text[:at] + text[at + rng.choice((1, 1, 2, 10)) :]


def _tables_swapped(text: str, rng: random.Random, others: list[str]) -> str:
    """Put tables of another text behind those of this one."""
    own, other = text.split("\n[") or [""], rng.choice(others).split("\n[")
    own.insert(rng.randint(0, len(own)), rng.choice(other))
    return "\n[".join(own)


def _line_ends_changed(text: str, rng: random.Random, _: list[str]) -> str:
    text = text.replace("\r\n", "\n")
    return rng.choice((text.removesuffix("\n"), text.replace("\n", "\r\n"), text, text + "\n"))


_CHANGES: tuple[Callable[[str, random.Random, list[str]], str], ...] = (
    _line_taken, _line_moved, _line_put_in, _line_put_in, _value_changed, _value_changed, _piece_put_in, _piece_taken,
    _tables_swapped, _line_ends_changed,
)  # fmt: skip
