"""Random edits of a draft, one at a time. The same numbers drawn make the same edit, on whichever branch.

An edit that a draft has no place for does nothing.
"""

import copy
import datetime
import random
from collections.abc import Callable
from typing import Any

from pkes.toml.scan import comments
from tests.merge import oracle
from tests.merge.editable_text import KEYED, EditableText, Path

Edit = Callable[[random.Random, EditableText], None]

DAY = datetime.date(2024, 5, 1)
LINES = ("Łąka", "Dębica", "ul. Rynek 1", 'say "x"', "# no comment", "[members.x]", "")
ITEMS = ("druk", "catering", "Łąka", "a, b", "# x", "]")
TEXTS = ("one\n\n[two]\n# three\n", "short", "zażółć\ngęślą", "<b>")
PLAIN: tuple[Any, ...] = (1, 1.0, True, "red", ["a"], ["a", "b"], [], [1, 2])
ALIEN_TABLES: tuple[Any, ...] = ({"p": 1}, {"p": 1, "q": ["a"]}, {"r": {"s": 2}})
ALIENS = PLAIN + ALIEN_TABLES
IDS = {
    "members": ("a", "b-1", "zeta", "4hc"),
    "sectors": ("s", "t"),
    "inquiries": ("2024-05-01-aaa", "2024-05-02-bbb"),
}
POOLS: dict[str, dict[str, tuple[Any, ...]]] = {
    "cluster": {
        "name": ("Klaster", "Klaster Próbny"), "coordinator": IDS["members"], "declared_members": (3, 4, 5),
        "description": TEXTS, "founded": ("2014", "2014-10", DAY), "goals": ((), ("druk",), ("druk", "catering")),
    },
    "policy": {"answer_within_days": (7, 14), "retention_months": (12, 24)},
    "sectors": {"pl": ("nauka", "biznes"), "en": ("science", "business")},
    "members": {
        "name": ("Zespół", "Ogród"), "sector": IDS["sectors"], "social_enterprise": (True, False), "town": LINES,
        "joined": ("2014", "2014-10", DAY), "email": ("x@example.org", "y@example.org"), "nip": ("1", "2"),
        "krs": ("1", "2"), "offers": ((), ("druk", "Łąka")), "tags": (("druk",), ("a, b", "]", "druk")),
        "inquiry": IDS["inquiries"], "note": TEXTS, "colour": ALIENS, "extra": ALIENS,
    },
    "inquiries": {
        "received": (DAY,), "person": ("P", "Q"), "email": ("p@example.org",), "town": LINES, "message": TEXTS,
        "status": ("new", "answered"), "member": IDS["members"], "sector": IDS["sectors"],
        "notes": (("2024-05-01 x",),), "colour": ALIENS,
    },
    "": {"colour": PLAIN, "alien": ALIEN_TABLES},
}  # fmt: skip
"""Values by table and field. They are few, so that branches meet."""


def value(rng: random.Random, table: str, key: str) -> Any:
    """Return a value of a field."""
    drawn = copy.deepcopy(rng.choice(POOLS[table][key]))
    return list(drawn) if isinstance(drawn, tuple) else drawn


def record(rng: random.Random, table: str, id: str) -> dict[str, Any]:
    """Return a record with some fields, in the order of the file."""
    pool = POOLS[table]
    first = {"members": {"name": f"Member {id}"}, "inquiries": {"person": f"Person {id}"}, "sectors": {"pl": f"P {id}"}}
    drawn = {key: value(rng, table, key) for key in pool if rng.random() < 0.5}
    drawn |= first.get(table, {})
    return {key: drawn[key] for key in pool if key in drawn}


def place(rng: random.Random, draft: EditableText) -> tuple[Path, str]:
    """Return the path of a table and the name of its pool."""
    paths: list[Path] = [("cluster",), *draft.records("members") * 3, *draft.records()]
    paths += [("policy",), ()] if rng.random() < 0.3 else []
    path = rng.choice(paths)
    return path, path[0] if path else ""


def set_field(rng: random.Random, draft: EditableText) -> None:
    """Give a field another value, or the same."""
    path, table = place(rng, draft)
    key = rng.choice(list(POOLS[table]))
    draft.set(path, key, value(rng, table, key))


def set_on_all(rng: random.Random, drafts: list[EditableText]) -> None:
    """Give one field of drafts that are still the same a value each."""
    path, table = place(rng, drafts[0])
    key = rng.choice(list(POOLS[table]))
    for draft in drafts:
        draft.set(path, key, value(rng, table, key))


def clear_field(rng: random.Random, draft: EditableText) -> None:
    """Take a field away."""
    path, table = place(rng, draft)
    key = rng.choice(list(POOLS[table]))
    if key in (draft.record(path) if path[0:1] != ("policy",) else draft.data.get("policy", {})):
        draft.clear(path, key)


def edit_list(rng: random.Random, draft: EditableText) -> None:
    """Put an item into a list, take one out, or change their order."""
    path, table = place(rng, draft)
    lists = [key for key, held in _held(draft, path).items() if oracle.is_list(held)]
    known = [key for key, pool in POOLS[table].items() if isinstance(pool[0], tuple)]
    if not lists + known:
        return
    key = rng.choice(sorted({*lists, *known}))
    items = _held(draft, path).get(key, [])
    what = rng.random()
    if not oracle.is_list(items):
        return
    if what < 0.55:
        draft.add_item(path, key, rng.choice(ITEMS))
    elif what < 0.9 and items:
        draft.remove_item(path, key, rng.choice(items))
    elif key in lists:
        draft.set(path, key, rng.sample(items, len(items)))


def edit_alien(rng: random.Random, draft: EditableText) -> None:
    """Change one key in a table of an unknown key."""
    path, _ = place(rng, draft)
    tables = [
        key
        for key, held in _held(draft, path).items()
        if key in ("colour", "extra", "alien") and isinstance(held, dict)
    ]
    if not tables:
        return
    key, inner, new = rng.choice(tables), rng.choice("pqr"), rng.choice((1, 2, "x", ["a"], ["a", "c"]))
    held = _held(draft, path)[key]
    if draft.has_table((*path, key)) and not isinstance(held.get(inner), dict):
        draft.set((*path, key), inner, new)
    elif not draft.has_table((*path, key)):
        draft.set(path, key, {**held, inner: new})


def _held(draft: EditableText, path: Path) -> dict[str, Any]:
    return draft.data.get("policy", {}) if path == ("policy",) else draft.record(path)


def add_record(rng: random.Random, draft: EditableText) -> None:
    """Put in a record."""
    table = rng.choice(("members", "members", "inquiries", "sectors"))
    id = rng.choice(IDS[table])
    new = record(rng, table, id)
    if (table, id) not in draft.records(table):
        draft.add((table, id), new)


def remove_record(rng: random.Random, draft: EditableText) -> None:
    """Take a record away, mostly with what refers to it."""
    path = rng.choice(draft.records() or [()])
    if path:
        draft.remove(path)
        if rng.random() < 0.8:
            refer(draft, path, None)


def rename_record(rng: random.Random, draft: EditableText) -> None:
    """Give a record another id, with what refers to it."""
    path = rng.choice(draft.records("members") * 2 + draft.records() or [()])
    if path:
        new = rng.choice(IDS[path[0]] + ("new",) * 3)
        if (path[0], new) not in draft.records():
            draft.rename(path, new)
            refer(draft, path, new)


def refer(draft: EditableText, path: Path, new: str | None) -> None:
    """Let what refers to a record refer to its new id, or to nothing."""
    targets = {"member": "members", "sector": "sectors", "inquiry": "inquiries"}
    tables = {"cluster": "cluster", "member": "members", "inquiry": "inquiries"}
    for (kind, field), target in oracle.REFERENCES.items():
        if targets[target] == path[0]:
            table = tables[kind]
            for other in draft.records(table) if table in KEYED else [(table,)]:
                if draft.record(other).get(field) == path[1]:
                    if new is None:
                        draft.clear(other, field)
                    else:
                        draft.set(other, field, new)


def add_comment(rng: random.Random, draft: EditableText) -> None:
    """Write a comment: above a header or a key, behind one, in an array, or on its own."""
    comment = f"# {rng.choice(('sprawdzić', 'x = 1', '[members.x]', 'od'))} {rng.randrange(10**6)}"
    index = rng.randrange(len(draft.lines))
    line, owner = draft.lines[index]
    first = not index or draft.lines[index - 1][1] != owner
    last = index + 1 == len(draft.lines) or draft.lines[index + 1][1] != owner
    if not owner:
        draft.lines[index:index] = [("", ()), (comment, ()), ("", ())]
    elif rng.random() < 0.5 and first and last and not comments(line) and _is_statement(line):
        draft.lines[index] = (f"{line}  {comment}", owner)
    elif owner[-1] == "#" or first:
        draft.lines.insert(index, (comment, (*owner[:-1], "#") if len(owner) > 1 else ()))
    elif line.strip().startswith('"') and line.endswith(",") and rng.random() < 0.5:
        draft.lines[index] = (f"{line} {comment}", owner)
    elif line == "]":
        draft.lines.insert(index, (f"    {comment}", owner))


def _is_statement(line: str) -> bool:
    return line.lstrip().startswith("[") or line.rstrip()[-3:] not in ('"""', "'''")


def edit_comment(rng: random.Random, draft: EditableText) -> None:
    """Change or remove a comment that has a line of its own."""
    number, change = rng.randrange(10**6), rng.random() < 0.5
    found = [
        index
        for index, (line, owner) in enumerate(draft.lines)
        if line.lstrip().startswith("#") and (not owner or owner[-1] == "#")
    ]
    if found:
        index = rng.choice(found)
        line, owner = draft.lines[index]
        draft.lines[index : index + 1] = [(f"{line} {number}", owner)] if change else []


EDITS: tuple[tuple[Edit, int], ...] = (
    (set_field, 30), (clear_field, 8), (edit_list, 14), (edit_alien, 5), (add_record, 9), (remove_record, 6),
    (rename_record, 7), (add_comment, 15), (edit_comment, 6),
)  # fmt: skip


def edit(seed: int, draft: EditableText) -> None:
    """Make one edit."""
    rng = random.Random(seed)
    (chosen,) = rng.choices([edit for edit, _ in EDITS], [weight for _, weight in EDITS])
    chosen(rng, draft)
