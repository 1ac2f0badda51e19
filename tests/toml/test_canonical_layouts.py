"""The canonical form of random layouts: the data, the comments and their owners stay, and there is one form only."""

import random
import tomllib
from collections import Counter
from collections.abc import Iterator
from typing import Any

import tomli_w
from hypothesis import event, given, settings
from hypothesis import strategies as st

from pkes.model.records import KINDS, fields
from pkes.registry import changes
from pkes.registry.parsing import parse
from pkes.toml import reading
from pkes.toml.canonical import canonical
from pkes.toml.edit import Document
from pkes.toml.scan import comments
from tests.layouts import Owner, Writer
from tests.marked import numbers
from tests.random_registries import DATA, registry
from tests.toml.spelled import spell

SEEDS = st.integers(0, 2**32)
KEYED = {kind.table for kind in KINDS if kind.keyed}
ORDER = {kind.table: list(fields(kind.struct)) for kind in KINDS}


@given(data=DATA, seed=SEEDS)
@settings(max_examples=60)
def test_the_data_and_the_comments_stay_and_twice_is_once(data, seed):
    text = spell(data, seed).text
    new = canonical(text)
    assert reading.same(tomllib.loads(new), tomllib.loads(text))
    assert Counter(comments(new)) == Counter(comments(text))
    assert canonical(new) == new
    assert "\r" not in new
    event(f"{min(len(comments(new)), 3)} comments")


@given(data=DATA, seed=SEEDS)
@settings(max_examples=60)
def test_a_comment_of_a_record_stays_with_it_and_nobodys_stays_so(data, seed):
    spelled = spell(data, seed)
    before, after = owners(spelled.text), owners(canonical(spelled.text))
    assert after == {number: owner or spelled.owners.get(number, ()) for number, owner in before.items()}


def owners(text: str) -> dict[int, Owner]:
    """Return whose each comment of a text is by its number: a record, or () for what is of no record."""
    found: dict[int, Owner] = {}
    for path, _, comment in Document(text).comments():
        depth = 2 if path and path[0] in KEYED else 1
        is_record = len(path) >= depth and path[0] in ORDER
        found[numbers([comment])[0]] = path[:depth] if is_record else ()
    return found


@given(before=DATA, after=DATA, seed=SEEDS)
def test_every_edit_can_be_made_afterwards(before, after, seed):
    new = canonical(spell(before, seed).text)
    target = registry(after)
    edited = changes.apply(new, changes.compare(parse(new), target), target)
    assert changes.compare(parse(edited.text), target) == ()
    assert Counter([*comments(edited.text), *edited.lost]) == Counter(comments(new))


class Bare(Writer):
    """A random layout without comments."""

    def put(self, line: str, owner: Owner) -> None:
        if not line.lstrip().startswith("#"):
            super().put(line, owner)

    def behind(self) -> str:
        return ""


@given(data=DATA, seed=SEEDS)
def test_without_comments_it_is_the_data_in_order_as_tomli_w_writes_it(data, seed):
    text = Bare(random.Random(seed)).write(data).text
    assert canonical(text) == "\n".join(tables((), tomllib.loads(text)))


def tables(path: Owner, held: dict[str, Any]) -> Iterator[str]:
    """Yield a table, and the tables in it after it; that of the records of a kind has no header of its own."""
    if path and path[0] in KEYED and len(path) == 1:
        for id in sorted(held):
            yield from tables((*path, id), held[id])
        return
    order = known_keys(path)
    keys = sorted(held, key=lambda key: order.index(key) if key in order else len(order))
    plain = [key for key in keys if not isinstance(held[key], dict)]
    header = f"[{'.'.join(path)}]\n" if path else ""
    yield header + "".join(statement(key, held[key]) for key in plain)
    for key in keys:
        if key not in plain:
            yield from tables((*path, key), held[key])


def known_keys(path: Owner) -> list[str]:
    """Return the keys that the model knows in a table, in its order."""
    if not path:
        return ["format", *ORDER]
    return ORDER.get(path[0], []) if len(path) == 1 + (path[0] in KEYED) else []


def statement(key: str, value: Any) -> str:
    if isinstance(value, list) and any(isinstance(item, list) for item in value):
        items = [", ".join(map(str, item)) for item in value]
        return f"{key} = [\n" + "".join(f"    [{item}],\n" for item in items) + "]\n"
    return tomli_w.dumps({key: value}, multiline_strings=isinstance(value, str) and "\r" not in value)
