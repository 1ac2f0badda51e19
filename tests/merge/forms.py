"""Random changes of form on the sides of a merge, and the form that a merge owes to each of them."""

import random
import re
from collections.abc import Callable, Iterator

from pkes.errors import PkesError
from pkes.merge.text import Merged, merge
from pkes.toml.canonical import canonical
from pkes.toml.scan import Path
from pkes.toml.tree import Layout
from tests.merge import branches, merge_faults
from tests.merge.merge_faults import Fault, Versions


def pair(seed: int) -> Versions:
    """Return the base, ours and theirs of a seed, of which one side or both have another form."""
    rng = random.Random(seed)
    base, *sides = branches.pair(seed)
    formed = [rng.choice(FORMS)(side) if side and rng.random() < 0.7 else side for side in sides]
    return Versions(base, *formed)


def merge_and_judge(seed: int) -> tuple[Merged | None, list[Fault]]:
    """Return the merge of a seed's branches, and what is wrong with it."""
    versions = pair(seed)
    try:
        merged = merge(*versions)
    except PkesError as error:
        return None, [Fault("refused", repr(error))]
    return merged, [*merge_faults.judge(merged, versions), *judge(merged, versions)]


def _spaced(text: str) -> str:
    return re.sub(r"(?m)^([a-z_]+) = ", r"\1  =  ", text)


def _reordered(text: str) -> str:
    """Return a text with its last two records changed about, where each follows a blank line."""
    parts = re.split(r"(?m)^(?=\[members\.)", text)
    if len(parts) < 3 or any(not re.fullmatch(r"[^#]*\n\r?\n", part) for part in parts[-3:-1]) or "#" in parts[-1]:
        return text
    newline = "\r\n" if parts[-1].endswith("\r\n") else "\n"
    return "".join([*parts[:-2], parts[-1].rstrip() + newline * 2, parts[-2].rstrip() + newline])


KINDS = {"cluster": "cluster", "policy": "policy", "members": "member", "sectors": "sector", "inquiries": "inquiry"}
FORMS: tuple[Callable[[str], str], ...] = (
    canonical,
    canonical,
    _spaced,
    _reordered,
    lambda text: text.replace("\r\n", "\n").replace("\n", "\r\n"),
)


def judge(merged: Merged, versions: Versions) -> Iterator[Fault]:
    """Yield where a clean merge has neither the form that one side alone gave nor names the record."""
    if merged.conflicts:
        return
    named = set(merged.unformed)
    texts = (*versions, merged.text)
    spellings, orders = zip(*map(_form, texts), strict=True)
    for key in spellings[3]:
        if any(key not in one for one in spellings) or _record(key[0]) in named:
            continue
        (before, was), (ours, mine), (theirs, other), (there, _) = (one[key] for one in spellings)
        # What a side has changed in data is written anew, and its form is its own; so is a table that is no record.
        if key[0] and key[0][0] not in KINDS and len({_values(one, key[0][0]) for one in spellings[:3]}) > 1:
            continue
        if theirs == before and was == mine and there != ours:
            yield Fault("form of ours", f"{key}: {there!r} for {ours!r}")
        if ours == before and was == other and there != theirs:
            yield Fault("form of theirs", f"{key}: {there!r} for {theirs!r}")
    common = set(orders[0]).intersection(*orders[1:])
    base, mine, other, held = ([path for path in order if path in common] for order in orders)
    if not named and held not in [side for side in (mine, other) if side != base] and not mine == other == base:
        yield Fault("order", f"{held} for {mine} and {other}")


def _values(spelled: dict[tuple[Path, str], tuple[str, str]], table: str) -> str:
    return repr([(key, value) for key, (_, value) in spelled.items() if key[0][:1] == (table,)])


def _record(path: Path) -> tuple[str, str | None]:
    if not path or path[0] not in KINDS:
        return "file", None
    return KINDS[path[0]], path[1] if len(path) > 1 else None


def _form(text: str) -> tuple[dict[tuple[Path, str], tuple[str, str]], list[Path]]:
    """Return how each key of a text is spelled up to its value, with that value, and its records in their order."""
    layout = Layout(text if text.endswith("\n") or not text else text + "\n")
    spelled = {}
    for section in layout.sections if text else ():
        for one in layout.body(section).statements if not section.many else ():
            if not one.dotted:
                value = repr(layout.value(section.path)[one.key])
                spelled[section.path, one.key] = layout.text[one.start : one.value], value
    return spelled, [one.path for one in layout.sections if len(one.path) == 2] if text else []
