"""Registries in random layouts: the same data written with other quotes, orders, comments, spaces and line ends.

Every line is written together with its owner, so that a test knows by itself which lines an edit may touch.
"""

import random
from typing import Any, NamedTuple

import tomli_w

Owner = tuple[str, ...]
"""The table that a line belongs to, and the field where it is a field's; () where it is nobody's."""


class Laid(NamedTuple):
    """A text, and its lines without their ends, each with its owner."""

    text: str
    lines: list[tuple[str, Owner]]


COMMENT_TEXTS = ("zażółć", "[members.x]", "= 1", '"""', "'''", "a # b", "", "[", "],")


class Writer:
    """Writes one registry in one random layout."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.lines: list[tuple[str, Owner]] = []
        self.one_line_arrays = rng.random() < 0.3
        self.compact = rng.random() < 0.2

    def write(self, data: dict[str, Any]) -> Laid:
        rng = self.rng
        self.comments((), 0.3, blank=True)
        scalars = [(key, value) for key, value in data.items() if not isinstance(value, dict)]
        for key, value in scalars:
            self.field((), key, value)
        tables = [((kind,), held) for kind, held in data.items() if kind in ("cluster", "policy", "alien")]
        for kind in ("sectors", "members", "inquiries"):
            tables += [((kind, id), record) for id, record in data.get(kind, {}).items()]
        if rng.random() < 0.3:
            rng.shuffle(tables)
        for path, record in tables:
            self.table(path, record)
        if rng.random() < 0.3:
            self.blank()
            self.comments((), 1.0, blank=False)
        return self.finish()

    def finish(self) -> Laid:
        newline = "\r\n" if self.rng.random() < 0.25 else "\n"
        text = newline.join(line for line, _ in self.lines) + newline
        if self.rng.random() < 0.2:
            text = text.removesuffix(newline)
            while self.lines and not self.lines[-1][0]:
                self.lines.pop()
                text = text.removesuffix(newline)
        lines = [(line, owner) for whole, owner in self.lines for line in whole.split("\n")]
        return Laid(text.replace("\r\n", "\n").replace("\n", newline), lines)

    def put(self, line: str, owner: Owner) -> None:
        self.lines.append((line, owner))

    def blank(self) -> None:
        self.put(self.rng.choice(["", "", "", "  "]), ())

    def comments(self, owner: Owner, chance: float, *, blank: bool) -> None:
        if self.rng.random() < chance:
            for _ in range(self.rng.randint(1, 2)):
                self.put(self.rng.choice(["", " ", "\t"]) + "# " + self.rng.choice(COMMENT_TEXTS), owner)
            if blank:
                self.blank()

    def table(self, path: Owner, record: dict[str, Any]) -> None:
        rng = self.rng
        if not self.compact or rng.random() < 0.2:
            for _ in range(rng.randint(1, 2)):
                self.blank()
            self.comments((), 0.1, blank=True)
        self.comments((*path, "#"), 0.3, blank=False)
        name = rng.choice([".", ".", " . "]).join(self.key(part) for part in path)
        self.put(rng.choice(["", "", "  "]) + f"[{name}]" + self.behind(), (*path, "#"))
        items = list(record.items())
        if rng.random() < 0.2:
            rng.shuffle(items)
        subs = [(key, value) for key, value in items if isinstance(value, dict) and rng.random() < 0.7]
        for key, value in items:
            if (key, value) not in subs:
                blank = rng.random() < 0.3
                self.comments((*path, "#") if blank else (*path, key, "#"), 0.1, blank=blank)
                self.field(path, key, value)
        if rng.random() < 0.1:
            self.put("# tail", (*path, "#"))
            self.blank()
        for key, value in subs:
            self.table((*path, key), value)

    def key(self, name: str) -> str:
        plain = tomli_w.dumps({name: 0}).removesuffix(" = 0\n")
        return self.rng.choice([plain, plain, plain, f'"{name}"', f"'{name}'"])

    def behind(self) -> str:
        return self.rng.choice(["", "", "", "  ", " # " + self.rng.choice(COMMENT_TEXTS)])

    def field(self, path: Owner, key: str, value: Any) -> None:
        owner = (*path, key)
        start = self.rng.choice(["", "", "", " "]) + self.key(key) + self.rng.choice([" = ", " = ", "="])
        if isinstance(value, list) and value and not self.one_line_arrays and self.rng.random() < 0.7:
            self.array(start, value, owner)
        else:
            self.put(start + self.value(value) + self.behind(), owner)

    def array(self, start: str, value: list[Any], owner: Owner) -> None:
        rng = self.rng
        self.put(start + "[" + self.behind(), owner)
        pending: list[str] = []
        for index, item in enumerate(value):
            last = index == len(value) - 1
            if rng.random() < 0.2:
                self.put("  # " + rng.choice(COMMENT_TEXTS), owner)
            pending.append(self.value(item) + ("" if last and rng.random() < 0.3 else ","))
            if last or rng.random() < 0.85:
                self.put("  " + " ".join(pending) + self.behind(), owner)
                pending = []
        self.put("]" + self.behind(), owner)

    def value(self, value: Any) -> str:
        plain = self.inline(value)
        if not isinstance(value, str) or not value:
            return plain
        forms = [plain]
        if "'" not in value and value.isprintable():
            forms.append(f"'{value}'")
        if "\n" in value and not any(mark in value for mark in '"\\\r\0') and value.replace("\n", "").isprintable():
            forms += [f'"""\n{value}"""'] * 3
        return self.rng.choice(forms)

    def inline(self, value: Any) -> str:
        if isinstance(value, list):
            inner = ", ".join(self.inline(item) for item in value)
            return self.rng.choice([f"[{inner}]", f"[ {inner} ]"]) if value else "[]"
        if isinstance(value, dict):
            return "{" + ", ".join(f"{self.key(k)} = {self.inline(v)}" for k, v in value.items()) + "}"
        return tomli_w.dumps({"k": value})[4:-1]


def lay_out(data: dict[str, Any], seed: int) -> Laid:
    """Return plain registry data as a TOML text in the random layout of a seed."""
    return Writer(random.Random(seed)).write(data)
