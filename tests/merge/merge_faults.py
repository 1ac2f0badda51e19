"""What is wrong with a merge, held against the oracle and the laws that every merge keeps."""

import tomllib
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple, Protocol

from pkes.toml.scan import comments
from tests.merge import conflict_markers, oracle
from tests.merge.oracle import KEYED, REFERENCES, Conflict, Expected, Key, Records

CRLF = "\r\n"


class Versions(NamedTuple):
    """The three texts of a merge."""

    base: str
    ours: str
    theirs: str

    def swapped(self) -> "Versions":
        """Return them with the sides changed over."""
        return Versions(self.base, self.theirs, self.ours)


class Merged(Protocol):
    """What a merge gives."""

    text: str
    conflicts: tuple[Any, ...]
    lost: tuple[Any, ...]


class Fault(NamedTuple):
    """What is wrong: a word for its kind, and what one wants to see of it."""

    what: str
    detail: str


def expected(versions: Versions) -> Expected:
    """Return what the oracle says of three texts."""
    return oracle.expect(*map(tomllib.loads, versions))


def judge(merged: Merged, versions: Versions, textual: str | None = None) -> list[Fault]:
    """Return all that is wrong with a merge of three registries, which had git's clean text merge or None."""
    wanted = expected(versions)
    found = [(one.kind, one.id, one.field) for one in merged.conflicts]
    try:
        regions = conflict_markers.regions(merged.text)
        texts = {side: conflict_markers.take(merged.text, side) for side in ("ours", "theirs")}
    except conflict_markers.Ill as ill:
        return [Fault("markers", repr(ill))]
    faults = [*_judge_conflicts(found, wanted), *_judge_regions(regions, found)]
    if textual is not None and merged.text != textual and _is_right(textual, wanted):
        faults.append(Fault("textual", "git's text merge is right, but does not stand"))
    unsure = wanted.unsure | {(kind, id) for kind, id, field in set(found) - wanted.conflicts if field is None}
    for side, text in texts.items():
        faults += _judge_data(side, text, wanted._replace(unsure=unsure))
        faults += _judge_taken_ids(side, text, getattr(versions, side), wanted)
    faults += _judge_comments(texts, tuple(comment for comment, *_ in merged.lost), versions)
    if merged.text != textual:
        faults += _judge_line_ends(merged.text, versions)
    return faults


def _is_right(text: str, wanted: Expected) -> bool:
    return not wanted.conflicts and not any(_judge_data("ours", text, wanted))


def _judge_conflicts(found: list[Conflict], wanted: Expected) -> Iterator[Fault]:
    if len(set(found)) < len(found):
        yield Fault("conflicts", f"told twice: {found}")
    more = {conflict for conflict in set(found) - wanted.conflicts if not _may_follow(conflict, wanted.unsure)}
    if more:
        yield Fault("conflicts", f"needless: {sorted(more, key=str)}")
    if missing := wanted.conflicts - set(found):
        yield Fault("conflicts", f"not told: {sorted(missing, key=str)}")


def _may_follow(conflict: Conflict, unsure: set[Key]) -> bool:
    """Whether a conflict is of a record that no rule speaks of, or may come of a reference to one."""
    kind, id, field = conflict
    targets = [target for (of, key), target in REFERENCES.items() if of == kind and field in (key, None)]
    return (kind, id) in unsure or any(of in targets for of, _ in unsure)


def _judge_regions(regions: list[conflict_markers.Region], found: list[Conflict]) -> Iterator[Fault]:
    if len(regions) != len(found):
        yield Fault("markers", f"{len(regions)} regions, but conflicts {found}")
    for region in regions:
        named = [one for one in found if all(str(one[1] or one[0]) in label for label in region.labels)]
        if found and not named:
            yield Fault("labels", f"{region.labels} name none of {found}")
        elif not any(_is_alone(side, one) for one in named for side in [(region.ours, region.theirs)]):
            yield Fault("markers", f"not around the field alone: {region}")


def _is_alone(sides: tuple[str, str], conflict: Conflict) -> bool:
    """Whether both sides of a region hold no more than what is in conflict."""
    kind, id, field = conflict
    table = KEYED.get(kind, kind)
    for text in sides:
        try:
            data = tomllib.loads(text)
        except tomllib.TOMLDecodeError:
            return False
        if id is not None and field is None:
            # Theirs may have renamed it, too.
            if data and (data.keys() != {table} or len(data[table]) != 1):
                return False
        elif data and data.keys() != {field}:
            inner = data.get(table, {})
            inner = inner.get(id, {}) if id is not None else inner
            if data.keys() != {table} or inner.keys() != {field}:
                return False
    return True


def _judge_data(side: str, text: str, wanted: Expected) -> Iterator[Fault]:
    try:
        found = oracle.flatten(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        told_twice = "Cannot declare" in str(error) or "overwrite" in str(error)
        yield Fault("duplicate" if told_twice else "syntax", f"{side}: {error}")
        return
    due: Records = getattr(wanted, side)
    for key in sorted({*found, *due} - wanted.unsure, key=str):
        if key not in found or key not in due:
            yield Fault("data", f"{side}: {key} {'is missing' if key in due else 'should not be there'}")
            continue
        for field in sorted({*found[key], *due[key]}):
            one, other = found[key].get(field), due[key].get(field)
            if not _is_right_value(key, field, one, other, wanted):
                yield Fault("data", f"{side}: {key} {field}: {one!r}, not {other!r}")


def _is_right_value(key: Key, field: str, found: Any, due: Any, wanted: Expected) -> bool:
    if (key, field) in wanted.in_any_order and oracle.is_list(found):
        return sorted(found) == sorted(due)
    target = REFERENCES.get((key[0], field), "")
    return oracle.same(found, due) or any((target, id) in wanted.unsure for id in (found, due) if isinstance(id, str))


def _judge_taken_ids(side: str, text: str, version: str, wanted: Expected) -> Iterator[Fault]:
    """Say what a side had under an id that two records came to, where that is nowhere any more."""
    try:
        found, held = (oracle.flatten(tomllib.loads(one)) for one in (text, version))
    except tomllib.TOMLDecodeError:
        return
    for kind, id, field in wanted.conflicts:
        if field is None and (kind, id) in wanted.unsure and (kind, id) in held and (kind, id) not in found:
            yield Fault("data", f"{side}: {kind} {id} is nowhere any more")


def _judge_comments(texts: dict[str, str], lost: tuple[str, ...], versions: Versions) -> Iterator[Fault]:
    held = _comments(texts["ours"]) | _comments(texts["theirs"])
    told = Counter(map(str.rstrip, lost))
    base, ours, theirs = map(_comments, versions)
    for one in base | ours | theirs:
        if held[one] + told[one] < _due(base[one], ours[one], theirs[one]):
            yield Fault("comment lost", repr(one))


def _due(base: int, ours: int, theirs: int) -> int:
    """Return how often, at the least, a merge must have a comment or name it as lost.

    Of comments that read the same, nobody knows which one a side has taken away or put elsewhere: one must be there.
    """
    here, there = ours - base, theirs - base
    count = max(0, base + (max(here, there) if min(here, there) >= 0 else here + there))
    return min(1, count) if max(base, ours, theirs) > 1 else count


def repeated(merged: Merged, versions: Versions) -> list[str]:
    """Return the comments that a clean merge has more often than any version: no loss, but untidy."""
    base, ours, theirs = map(_comments, versions)
    found = Counter() if merged.conflicts else _comments(merged.text)
    return [one for one, count in found.items() if count > 1 >= max(base[one], ours[one], theirs[one])]


def _comments(text: str) -> Counter[str]:
    return Counter(map(str.rstrip, comments(text)))


def _judge_line_ends(text: str, versions: Versions) -> Iterator[Fault]:
    """Find line ends that are neither those of ours nor those that theirs alone has given."""
    lines, windows = text.count("\n"), text.count(CRLF)
    base, ours, theirs = (CRLF in one for one in versions)
    allowed = {ours, theirs} if base == ours else {ours}
    if "\n" in versions.ours and windows not in {lines if one else 0 for one in allowed}:
        yield Fault("line ends", f"{windows} of {lines} are CRLF, and of ours {versions.ours.count(CRLF)}")
