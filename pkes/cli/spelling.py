"""Near misses in typed values: a question on a terminal, a warning elsewhere."""

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec.structs import replace

from pkes.cli import questions
from pkes.cli.messages.values import near_miss
from pkes.cli.messages.values import record as record_in_words
from pkes.cli.state import State
from pkes.cli.terminal import output
from pkes.cli.write import Question, write
from pkes.i18n import _
from pkes.model.records import Field, Registry, fields, kind_of, records, with_record
from pkes.registry import near_misses
from pkes.registry.near_misses import NearMiss
from pkes.storage import store


def write_as_meant(
    state: State, command: store.Command, question: Question | None = None, *, asked: bool = False
) -> None:
    """Write a change as `write` does, with the intended spelling of new values.

    On a terminal, the user is asked, without holding the lock; otherwise, there is a warning after the write. Raises
    what `write` raises.
    """
    answers: dict[tuple[str, str], str] = {}
    missed: list[NearMiss] = []

    def as_meant(before: Registry) -> Registry:
        after = _corrected(before, command(before), answers)
        missed[:] = [one for one in near_misses.added(before, after) if (one.field, one.value) not in answers]
        return after

    if questions.is_interactive() and not (state.yes or state.dry_run):
        before = store.load(state.path).registry
        for one in near_misses.added(before, command(before)):
            if (one.field, one.value) not in answers:
                field = fields(type(one.record))[one.field]
                answers[one.field, one.value] = one.other if _is_meant(field, one.other) else one.value
    if write(state, as_meant, question, asked=asked):
        warn_of(missed)


def warn_of(missed: Iterable[NearMiss]) -> None:
    """Warn of near misses that were written."""
    for one in missed:
        output.warn(f"{record_in_words(kind_of(one.record).name, one.record.id)}, {near_miss(one)}")


def ask_meant(field: Field, value: Any, used: Mapping[str, int]) -> Any:
    """Return the value of a field, or the items of a list, each as intended if one in `used` is close to it."""
    if not isinstance(value, list):
        other = near_misses.meant(value, used)
        return other if other and _is_meant(field, other) else value
    return list(dict.fromkeys(ask_meant(field, item, used) for item in value))


def _is_meant(field: Field, other: str) -> bool:
    """Ask whether another value that is in use is meant."""
    question = _('{title}: "{other}" is in use. Is it meant?').format(title=_(field.title), other=other)
    return questions.confirm(question, default=True)


def _corrected(before: Registry, after: Registry, answers: Mapping[tuple[str, str], str]) -> Registry:
    """Return a registry with the intended values in place of the new ones."""
    for one in list(near_misses.added(before, after)) if answers else ():
        record = records(after, kind_of(one.record))[one.record.id]
        meant: Any = answers.get((one.field, one.value), one.value)
        if one.item is not None:
            items = near_misses.values(record, one.field)
            meant = list(dict.fromkeys(meant if item == one.value else item for item in items))
        after = with_record(after, replace(record, **{one.field: meant}))
    return after
