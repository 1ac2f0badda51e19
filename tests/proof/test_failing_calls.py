"""Every call of every kind of write fails in turn, by a stand-in at Python's border to the system."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.proof import failing_calls, faults, writes
from tests.proof.warm import Warm
from tests.proof.writes import KINDS, Kind, States


class Trial(NamedTuple):
    """A call, by its number and name, and how it fails."""

    number: int
    call: str
    fault: str


@pytest.fixture(params=KINDS, ids=[kind.name for kind in KINDS])
def kind(request, is_short):
    if is_short and request.param.name not in ("edit", "merge"):
        pytest.skip("not in the short form")
    return request.param


def test_a_call_that_fails_leaves_the_old_file_or_the_new_one(kind, pair, folder, is_short, say):
    calls = logged(kind, pair[0], folder / "log")
    trials = [*planned(calls, is_short or kind.name == "import")]
    halves = [(warm, trials[number::2], folder / str(number)) for number, warm in enumerate(pair)]
    with ThreadPoolExecutor() as pool:
        results = [*pool.map(lambda half: [*tried(kind, *half)], halves)]
    wrong = [fault for result in results for fault in result]
    say(f"{kind.name}: {len(calls)} calls, {len(trials)} failures at Python's border: {len(wrong)} wrong")
    assert wrong == [], "\n".join(map(str, wrong))


def logged(kind: Kind, warm: Warm, place: Path) -> list[failing_calls.Call]:
    """Return the calls of a write that does not fail."""
    place.mkdir()
    path = writes.lay_out(kind, place)
    writes.states(kind, path, warm)
    log = place.with_name("calls.log")
    done = warm.run(place, *kind.arguments, failing=failing_calls.orders(place, log=os.fspath(log)))
    assert done.status == 0, done.err
    calls = failing_calls.read_log(log)
    assert {"open", "write", "fsync", "fchmod", "close"} <= {call.name for call in calls}
    assert {"replace", "link"} & {call.name for call in calls}
    return calls


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_the_file_is_on_the_disk_before_its_name_and_the_name_before_success_is_told(kind, warm, folder, say):
    steps = [step for call in logged(kind, warm, folder / "log") if (step := step_of(call))]
    order = faults.order_of(steps)
    say(f"{kind.name}, at Python's border: {order}")
    assert order, steps


def step_of(call: failing_calls.Call) -> str:
    """Return what a call is to the making of a file, or ""."""
    if call.name == "fsync" and call.file == ".":
        return "fsync of the folder"
    if call.name in ("write", "fsync", "link", "replace", "unlink") and ".pkes-" in call.file:
        return "rename" if call.name == "replace" else call.name
    return ""


def planned(calls: list[failing_calls.Call], is_short: bool):
    """Yield the trials; in the short form, and of what takes long, each call fails once and is killed once."""
    for number, call in enumerate(calls):
        errors = faults.ERRORS[number % len(faults.ERRORS) :][:1] if is_short else faults.ERRORS
        for fault in (*errors, faults.KILL, *([faults.SHORT] if call.name == "write" else [])):
            yield Trial(number, call.name, fault)


def tried(kind: Kind, warm: Warm, trials: list[Trial], place: Path):
    """Yield what is wrong with each of some trials."""
    place.mkdir()
    path = writes.lay_out(kind, place)
    states: States = writes.states(kind, path, warm)
    for trial in trials:
        writes.reset(kind, path)
        done = warm.run(
            place, *kind.arguments, failing=failing_calls.orders(place, number=trial.number, fault=trial.fault)
        )
        # What cannot be removed stays.
        fault = faults.KILL if trial.fault == faults.KILL else faults.STAYS if trial.call == "unlink" else trial.fault
        yield from ((trial, one, done.err) for one in faults.judge(done, states, path, fault))
        if writes.leftovers(path) and not faults.is_tidy_after_next_write(kind, path, warm):
            yield trial, "the next write does not tidy up", done.err


def test_a_look_up_that_fails_does_not_make_a_file_of_a_link(warm, folder):
    kind = writes.BY_NAME["export"]
    path = writes.lay_out(kind, folder)
    (folder / "far").mkdir()
    real = path.rename(folder / "far" / "real.csv")
    path.symlink_to("far/real.csv")
    states = writes.states(kind, real, warm, folder)
    log = folder.with_name("calls.log")
    assert warm.run(folder, *kind.arguments, failing=failing_calls.orders(folder, log=os.fspath(log))).status == 0
    wrong = []
    for number, call in enumerate(failing_calls.read_log(log)):
        path.unlink()
        path.symlink_to("far/real.csv")
        writes.reset(kind, real)
        done = warm.run(folder, *kind.arguments, failing=failing_calls.orders(folder, number=number, fault="EIO"))
        found = [*faults.judge(done, states, real, "EIO"), *([] if path.is_symlink() else ["the link is gone"])]
        wrong += [(number, call.name, call.file, one) for one in found]
    assert wrong == [], "\n".join(map(str, wrong))
