"""What must hold of any text at all: the laws that fuzzing tries to break, one function for each thing under test."""

import datetime
import random
import re
import tomllib
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from msgspec.structs import replace

from pkes.checks.inspection import inspect
from pkes.errors import CannotEdit, Malformed, NotTable, WrongInput
from pkes.merge.text import merge as merged
from pkes.model.records import KIND, KindName, Member, Registry, records
from pkes.registry import changes
from pkes.registry.parsing import parse
from pkes.toml import reading, scan
from pkes.toml.canonical import canonical
from tests.conftest import TODAY
from tests.merge import merge_faults
from tests.proof import fuzz_imports, fuzz_texts

Law = Callable[[str, random.Random], None]
TEXTS = ("", "x", "two\nlines", 'say "x"', "it's", "a\\b", "# no", "[x]", "\r\n", "ą", "a\tb", '"""', "'''", "\n", " ")


def read(text: str, _: random.Random) -> None:
    """What is read is what the standard library reads."""
    assert repr(reading.loads(text)) == repr(tomllib.loads(text))
    found = list(scan.sections(text))
    assert [section.end for section in found] == [*(section.start for section in found[1:]), len(text)]


def form(text: str, _: random.Random) -> None:
    """The canonical form has the same data and comments, and is its own canonical form."""
    new = canonical(text)
    assert reading.same(reading.loads(new), reading.loads(text))
    assert Counter(scan.comments(new)) == Counter(scan.comments(text))
    assert canonical(new) == new


def check(text: str, _: random.Random) -> None:
    """Whatever is wrong with a text can be told."""
    for one in inspect(text, datetime.date.fromisoformat(TODAY)).found:
        assert one.line is None or 1 <= one.line <= text.count("\n") + 1


def edit(text: str, rng: random.Random) -> None:
    """An edit leads to what was meant and can be taken back; no comment is lost that is not named."""
    before = parse(text)
    after = edited(before, rng)
    there = applied(text, before, after)
    applied(there, after, before)


def merge(text: str, rng: random.Random) -> None:
    """The merge of two changed texts is what the oracle says."""
    sides = [fuzz_texts.mutate(text, rng, [text]) for _ in range(2)]
    versions = merge_faults.Versions(*map(of_one_line_end, (text, *sides)))
    for one in versions:
        parse(one)
    faults = merge_faults.judge(merged(*versions), versions)
    assert not faults, sorted({fault.what for fault in faults})


def of_one_line_end(text: str) -> str:
    """Return a text without a byte order mark whose lines all end alike; of mixed ends the rules say nothing."""
    text = text.lstrip("\ufeff")
    return text if text.count("\r\n") == text.count("\n") else re.sub(r"\r+\n", "\n", text)


def applied(text: str, before: Registry, after: Registry) -> str:
    found = changes.compare(before, after)
    new = changes.apply(text, found, after)
    assert changes.compare(parse(new.text), after) == ()
    assert not Counter(scan.comments(text)) - Counter([*scan.comments(new.text), *new.lost])
    assert not Counter(scan.comments(new.text)) - Counter(scan.comments(text))
    return new.text


def edited(registry: Registry, rng: random.Random) -> Registry:
    """Return a registry with one or a few things changed."""
    for _ in range(rng.choice((1, 1, 1, 2, 4))):
        registry = rng.choice((_with_field, _with_field, _with_field, _with_record, _without, _renamed))(registry, rng)
    return registry


def _place(registry: Registry, rng: random.Random) -> tuple[KindName, str | None]:
    places: list[tuple[KindName, str | None]] = [("cluster", None), ("policy", None)]
    for name in ("sector", "member", "inquiry"):
        places += [(name, id) for id in records(registry, KIND[name])]
    return rng.choice(places)


def _with_field(registry: Registry, rng: random.Random) -> Registry:
    name, id = _place(registry, rng)
    kind = KIND[name]
    record = records(registry, kind)[id] if kind.keyed else getattr(registry, kind.table)
    field = rng.choice([*_values(rng), "extra"])
    if field in type(record).__struct_fields__ and field != "extra":
        new = replace(record, **{field: _values(rng)[field]})
    else:
        new = replace(record, extra=_extra(record.extra, rng))
    if not kind.keyed:
        return replace(registry, **{kind.table: new})
    return replace(registry, **{kind.table: {**records(registry, kind), id: new}})


def _values(rng: random.Random) -> dict[str, Any]:
    text = rng.choice((None, *TEXTS))
    items = rng.choice((None, [], [rng.choice(TEXTS) for _ in range(rng.randint(1, 4))]))
    number = rng.choice((None, 0, 14))
    values: dict[str, Any] = dict.fromkeys(("name", "note", "message", "pl", "description"), text)
    values |= dict.fromkeys(("tags", "offers", "goals", "notes"), items)
    values |= dict.fromkeys(("answer_within_days", "declared_members"), number)
    return values | {"social_enterprise": rng.choice((None, True))}


def _extra(extra: dict[str, Any], rng: random.Random) -> dict[str, Any]:
    """Return unknown keys with one changed, new, or gone."""
    key = rng.choice([*extra, "colour", "a b", "#", "x"])
    left = {name: value for name, value in extra.items() if name != key}
    new = rng.choice((None, 1, 1.0, True, rng.choice(TEXTS), [[1], []], {"p": 1}, {"p": {"q": ["#"]}}, [{"a": 1}], []))
    return left if new is None else {**extra, key: new}


def _with_record(registry: Registry, rng: random.Random) -> Registry:
    id = rng.choice(("0", "b", "m-1", "zz"))
    if id in registry.members:
        return registry
    member = Member(id=id, name=rng.choice(TEXTS), sector="ngo", offers=rng.choice((None, ["a"])))
    return replace(registry, members={**registry.members, id: member})


def _without(registry: Registry, rng: random.Random) -> Registry:
    name, id = _place(registry, rng)
    held = records(registry, KIND[name])
    if not KIND[name].keyed:
        return registry
    return replace(registry, **{KIND[name].table: {key: record for key, record in held.items() if key != id}})


def _renamed(registry: Registry, rng: random.Random) -> Registry:
    name, id = _place(registry, rng)
    new = rng.choice(("0", "new", "zz", "a b"))
    held = records(registry, KIND[name])
    if not KIND[name].keyed or new in held:
        return registry
    moved = {
        new if key == id else key: replace(record, id=new) if key == id else record for key, record in held.items()
    }
    return replace(registry, **{KIND[name].table: moved})


class Trial(NamedTuple):
    """A law, what may be raised of a text that is refused, and the texts to begin with."""

    law: Law
    refusals: tuple[type[Exception], ...]
    seeds: Callable[[], Sequence[str]] = fuzz_texts.seeds


NO_IMPORT = (NotTable, WrongInput)
LAWS = {
    "read": Trial(read, (Malformed,)),
    "form": Trial(form, (Malformed,)),
    "check": Trial(check, ()),
    "edit": Trial(edit, (Malformed, CannotEdit)),
    "merge": Trial(merge, (Malformed, CannotEdit)),
    "table": Trial(fuzz_imports.table, NO_IMPORT, fuzz_imports.seeds),
    "workbook": Trial(fuzz_imports.workbook, NO_IMPORT, fuzz_imports.sheets),
}
"""What is tried, by name."""
