"""Random pairs of branches of a registry: as edits of one text, and as three texts of three layouts."""

import random
from typing import Any

from pkes.toml.scan import comment_spans
from tests.layouts import lay_out
from tests.merge.editable_text import EditableText, canonical
from tests.merge.edits import IDS, POOLS, edit, record, set_on_all, value
from tests.merge.merge_faults import Versions


def data(rng: random.Random) -> dict[str, Any]:
    """Return the data of a small registry."""
    made: dict[str, Any] = {"format": 1}
    made |= {key: value(rng, "", key) for key in POOLS[""] if rng.random() < 0.15}
    made["cluster"] = record(rng, "cluster", "")
    if rng.random() < 0.5:
        made["policy"] = record(rng, "policy", "")
    for table, chance in (("sectors", 0.7), ("members", 0.7), ("inquiries", 0.5)):
        held = {id: record(rng, table, id) for id in IDS[table] if rng.random() < chance}
        if held:
            made[table] = held
    return made


def draft(rng: random.Random) -> EditableText:
    """Return a small registry in canonical or random layout."""
    made = data(rng)
    return canonical(made) if rng.random() < 0.5 else laid_out(made, rng.randrange(2**32))


def laid_out(made: dict[str, Any], seed: int, first: int = 1) -> EditableText:
    """Return data in random layout; its comments are numbered from `first`, so that no two are the same."""
    lines = lay_out(made, seed).lines
    text = "\n".join(line for line, _ in lines)
    for number, (_, end) in reversed(list(enumerate(comment_spans(text, 0, len(text)), first))):
        text = f"{text[:end].rstrip()} ({number}){text[end:]}"
    return EditableText(zip(text.split("\n"), (owner for _, owner in lines), strict=True), made)


def pair(seed: int) -> Versions:
    """Return the base, ours and theirs of a seed: edits of each side, edits of both, a field that both set."""
    rng = random.Random(seed)
    base = draft(rng)
    sides = [base.copy(), base.copy()]
    for _ in range(rng.choice((0, 0, 1, 2))):
        number = rng.randrange(2**32)
        for side in sides:
            edit(number, side)
    if rng.random() < 0.4:
        set_on_all(rng, sides)
    for side in sides:
        for _ in range(rng.randint(0, 8)):
            edit(rng.randrange(2**32), side)
    if rng.random() < 0.2:
        sides = [
            laid_out(side.data, rng.randrange(2**32), first) for side, first in zip(sides, (500, 900), strict=True)
        ]
    newline = rng.choice(("\n", "\n", "\n", "\r\n"))
    return Versions(*(_written(rng, newline, one) for one in (base, *sides)))


def _written(rng: random.Random, newline: str, draft: EditableText) -> str:
    other = rng.choice(("\n", "\r\n")) if rng.random() < 0.1 else newline
    return draft.text(other, final=rng.random() < 0.85)
