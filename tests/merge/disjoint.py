"""Random pairs of branches that touch different things in a registry of thirteen members: nothing of it conflicts."""

import datetime
import random
import tomllib
from collections.abc import Callable, Hashable, Iterator
from functools import cache, partial
from pathlib import Path as File
from typing import Any, NamedTuple

from tests.merge import oracle
from tests.merge.editable_text import EditableText, Path, canonical
from tests.merge.merge_faults import Versions

SHIPPED = File(__file__).parents[2] / "registry.toml"
NAMES = ("Arkadia", "Cisowy Dwór", "Echo", "Iskra", "Kuźnia", "Nadzieja", "Promyk", "Sto Pociech", "Tęcza", "Zagroda")
WORDS = ("catering", "druk", "księgowość", "ogrody", "opieka", "remonty", "sprzątanie", "szkolenia", "transport")
REMARKS = ("sprawdzić telefon", "od 2024", "potwierdzone", "zob. strona", "zapytać o KRS")
FIELDS = ("short_name", "street", "postal_code", "county", "email", "phone", "website", "joined", "note", "town")
EDITS = (4, 8)
ADDED = ("member", "member", "inquiry")

Step = Callable[[EditableText], None]


class Pair(NamedTuple):
    """The three texts of a pair of branches, and what both together make of the data."""

    versions: Versions
    union: dict[str, Any]


@cache
def base() -> EditableText:
    """Return the shipped registry in its own layout, with made-up contacts, lists and remarks; edit only a copy."""
    data = tomllib.loads(SHIPPED.read_text(encoding="utf-8"))
    rng = random.Random(13)
    for number, (id, record) in enumerate(data["members"].items()):
        source = record.pop("source")
        record["email"] = f"{id}@example.org"
        record["phone"] = f"+48 17 850 {number:02} 00"
        record["offers"] = rng.sample(WORDS, 2)
        record["source"] = source
    data["inquiries"] = {f"2024-0{month}-01-abc": _inquiry(month, "Jan Próbny") for month in (2, 5)}
    draft = canonical(data)
    for number, path in enumerate(rng.sample(draft.records("members"), 5)):
        draft.comment_above(path, None, f"# uwaga {number}")
        draft.comment_behind(path, "phone", f"# dzwonić po {number + 8}")
    return draft


def _inquiry(month: int, person: str) -> dict[str, Any]:
    return {
        "received": datetime.date(2024, month, 1), "person": person, "email": "jan@example.org", "channel": "email",
        "topic": "join", "status": "new",
    }  # fmt: skip


def pair(seed: int) -> Pair:
    """Return the pair of branches of a seed, each of several edits."""
    rng = random.Random(seed)
    start = base()
    steps = _steps(rng, start)
    taken: set[Hashable] = set()
    chosen = [[_next(steps, taken) for _ in range(rng.randint(*EDITS))] for _ in range(2)]
    sides = []
    for own in chosen:
        sides.append(start.copy())
        for step in own:
            step(sides[-1])
    union = sides[0].copy()
    for step in chosen[1]:
        step(union)
    return Pair(Versions(start.text(), sides[0].text(), sides[1].text()), union.data)


def _next(steps: Iterator[tuple[Hashable, Step]], taken: set[Hashable]) -> Step:
    target, step = next((target, step) for target, step in steps if target not in taken)
    taken.add(target)
    return step


def _steps(rng: random.Random, draft: EditableText) -> Iterator[tuple[Hashable, Step]]:
    """Yield edits without end, each with what it touches."""
    kinds = (_field, _field, _field, _item, _item, _record, _record, _comment, _comment)
    while True:
        yield rng.choice(kinds)(rng, draft)


def _field(rng: random.Random, draft: EditableText) -> tuple[Hashable, Step]:
    path = rng.choice([*draft.records("members"), ("cluster",)])
    key = rng.choice(FIELDS) if len(path) > 1 else rng.choice(("phone", "website", "region", "contact", "source"))
    value = f"{key} {rng.randrange(1000)}"
    return (path, key), lambda to: to.set(path, key, value)


def _item(rng: random.Random, draft: EditableText) -> tuple[Hashable, Step]:
    path, key = rng.choice([*((path, "offers") for path in draft.records("members")), (("cluster",), "goals")])
    items = draft.record(path)[key]
    if rng.random() < 0.3:
        item = rng.choice(items)
        return (path, key, item), lambda to: to.remove_item(path, key, item)
    item = f"{rng.choice(WORDS)} {rng.randrange(1000)}"
    return (path, key, item), lambda to: to.add_item(path, key, item)


def _record(rng: random.Random, draft: EditableText) -> tuple[Hashable, Step]:
    path: Path
    if rng.choice(ADDED) == "member":
        name = rng.choice(NAMES)
        path = ("members", name.lower().replace(" ", "-").translate(str.maketrans("ęóźć", "eozc")))
        record = {"name": name, "sector": "social-economy", "town": "Rzeszów", "offers": rng.sample(WORDS, 2)}
    else:
        month = rng.randint(1, 9)
        path = ("inquiries", f"2024-0{month}-02-{rng.choice('abcdefgh')}{rng.randint(22, 99)}")
        record = _inquiry(month, f"Osoba {rng.randrange(1000)}")
    return path, lambda to: to.add(path, record)


def _comment(rng: random.Random, draft: EditableText) -> tuple[Hashable, Step]:
    path = rng.choice([*draft.records("members", "sectors", "inquiries"), ("cluster",)])
    text = f"# {rng.choice(REMARKS)} {rng.randrange(10**6)}"
    plain = [key for key, value in draft.record(path).items() if not isinstance(value, list)]
    key = rng.choice(plain)
    what = rng.choice(("header", "above", "behind", "array"))
    if what == "header":
        return ("comment", path), lambda to: to.comment_above(path, None, text)
    if what == "array" and "offers" in draft.record(path):
        return ("comment", path, "offers"), lambda to: to.comment_within(path, "offers", text)
    if what == "behind" and not draft.is_remarked(path, key):
        return ("comment", path, key), lambda to: to.comment_behind(path, key, text)
    return ("comment above", path, key), partial(EditableText.comment_above, path=path, key=key, comment=text)


def is_union(text: str, union: dict[str, Any]) -> bool:
    """Whether a text holds the edits of both sides, lists in whatever order."""
    try:
        return in_any_order(tomllib.loads(text)) == in_any_order(union)
    except tomllib.TOMLDecodeError:
        return False


def in_any_order(value: Any) -> str:
    """Return a value as a text that it shares with those whose lists of strings differ in their order alone."""
    if isinstance(value, dict):
        return repr(sorted((repr(key), in_any_order(held)) for key, held in value.items()))
    return oracle.frozen(sorted(value) if oracle.is_list(value) else value)
