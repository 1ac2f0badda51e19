"""Random layouts, some of which the editor refuses: kinds of record written inline or with dotted keys."""

import random
from typing import Any, NamedTuple

from tests.layouts import Owner, Writer
from tests.marked import lay_out

FIRST_ODD = 10_000
"""The comments of what the editor refuses are numbered from here on; those of the rest from 1."""


class Spelled(NamedTuple):
    """A text whose comments are numbered, and whose record each of those is that stand in what the editor refuses."""

    text: str
    owners: dict[int, Owner]


class _Odd(Writer):
    """Writes kinds of record without headers of the records."""

    def __init__(self, rng: random.Random) -> None:
        super().__init__(rng)
        self.number = FIRST_ODD
        self.owners: dict[int, Owner] = {}

    def comment(self, record: Owner) -> str:
        self.number += 1
        self.owners[self.number] = record
        return f"#{self.number}"

    def behind_of(self, record: Owner) -> str:
        return self.rng.choice(["", "", f" {self.comment(record)}"])

    def kind(self, kind: str, records: dict[str, Any]) -> tuple[list[str], list[str]]:
        """Return the lines of a kind for the top of the file, and those for its end."""
        form = self.rng.choice(["whole", "top", "under a header"])
        if form == "whole":
            return [f"{self.key(kind)} = {self.inline(records)}"], []
        prefix = f"{self.key(kind)}." if form == "top" else ""
        lines = [line for id, record in records.items() for line in self.record(prefix, (kind, id), record)]
        return (lines, []) if form == "top" else ([], [f"[{kind}]", *lines])

    def record(self, prefix: str, path: Owner, record: dict[str, Any]) -> list[str]:
        key = prefix + self.key(path[1])
        if not record or self.rng.random() < 0.5:
            return self.statement(key, record, path)
        return [
            line for name, value in record.items() for line in self.statement(f"{key}.{self.key(name)}", value, path)
        ]

    def statement(self, key: str, value: Any, path: Owner) -> list[str]:
        lines = [""] if self.rng.random() < 0.1 else []
        if self.rng.random() < 0.3:
            lines.append(self.comment(path))
        if isinstance(value, list) and value and self.rng.random() < 0.5:
            items = [f"  {self.inline(item)},{self.behind_of(path)}" for item in value]
            return [*lines, f"{key} = [{self.behind_of(path)}", *items, f"]{self.behind_of(path)}"]
        return [*lines, f"{key} = {self.value(value)}{self.behind_of(path)}"]


def spell(data: dict[str, Any], seed: int) -> Spelled:
    """Return plain registry data as a TOML text in the random layout of a seed."""
    rng = random.Random(seed)
    odd = _Odd(rng)
    kinds = [kind for kind in ("sectors", "members", "inquiries") if kind in data and rng.random() < 0.4]
    laid = lay_out({key: value for key, value in data.items() if key not in kinds}, seed)
    tops, ends = [], []
    for kind in kinds:
        top, end = odd.kind(kind, data[kind])
        tops += top
        ends += ["", *end] if end else []
    parts = [*tops, laid.text]
    if ends:
        parts[-1] = laid.text.removesuffix(laid.newline)
        parts += [*ends, ""]
    return Spelled(laid.newline.join(parts), odd.owners)
