"""Every call of a write to the system fails in turn, by strace: the file is old or new, and what is said is true.

Without strace, `test_failing_calls.py` does as much at Python's border.
"""

import compileall
import os
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from py_compile import PycInvalidationMode
from typing import NamedTuple

import pytest

from tests.proof import faults, tracing, writes
from tests.proof.tracing import Call, Traced
from tests.proof.warm import ROOT, Warm
from tests.proof.writes import NAME, Kind, States

pytestmark = pytest.mark.skipif(bool(tracing.why_not()), reason=tracing.why_not() or "strace is here")

EDIT = writes.BY_NAME["edit"]
NOTHING = "NOTHING"
"""A write that writes nothing and calls it a success."""
HOW = {faults.KILL: "signal=KILL", NOTHING: "retval=0"}
TRIES = 3
FEWER = 4
"""In the short form one in so many."""


class Place(NamedTuple):
    """A folder with a registry somewhere in it, the command that edits it, and where the program is."""

    program: Path
    folder: Path
    path: Path
    arguments: tuple[str, ...]

    def links(self) -> list[tuple[str, str]]:
        """Return the links in the folder and where they lead."""
        found = [path for path in self.folder.rglob("*") if path.is_symlink()]
        return sorted((path.name, os.readlink(path)) for path in found)


class Trial(NamedTuple):
    """A call by its number among those tried, and how it fails."""

    number: int
    fault: str


def plain(program: Path, folder: Path) -> Place:
    """Return the registry under its own name."""
    folder.mkdir()
    path = writes.lay_out(EDIT, folder)
    return Place(program, folder, path, ("-r", os.fspath(path), *EDIT.arguments))


def linked(program: Path, folder: Path) -> Place:
    """Return a registry to which a chain of relative links leads, through a linked folder."""
    for name in ("near", "far/deep"):
        (folder / name).mkdir(parents=True)
    path = writes.lay_out(EDIT, folder / "far" / "deep")
    (folder / NAME).symlink_to("near/link.toml")
    (folder / "near" / "link.toml").symlink_to("../over/deep/registry.toml")
    (folder / "over").symlink_to("far")
    return Place(program, folder, path, ("-r", os.fspath(folder / NAME), *EDIT.arguments))


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    """A folder with a copy of the package, compiled."""
    made = tmp_path_factory.mktemp("program")
    shutil.copytree(ROOT / "pkes", made / "pkes", ignore=shutil.ignore_patterns("__pycache__"))
    compileall.compile_dir(made, quiet=1, invalidation_mode=PycInvalidationMode.UNCHECKED_HASH)
    return made


@pytest.fixture(params=[plain, linked])
def places(request, program, folder):
    """Two of the same, for two cores."""
    return [request.param(program, folder / name) for name in ("one", "two")]


def test_a_call_that_fails_leaves_the_old_file_or_the_new_one(places, pair, is_short, say, request):
    states = writes.states(EDIT, places[0].path, pair[0])
    calls = tried_calls(traced(places[0]), places[0])
    full = "plain" in request.node.name and not is_short
    # In the short form it is for the stand-in at Python's border to let the others fail.
    trials = [*planned(calls, places[0], full)][:: FEWER if is_short else 1]
    with ThreadPoolExecutor() as pool:
        halves = [(place, states, trials[at::2], pair[at]) for at, place in enumerate(places)]
        wrong = [fault for half in pool.map(lambda half: [*tried(*half)], halves) for fault in half]
    name = request.node.callspec.id
    say(f"edit, {name}: {len(calls)} system calls, {len(trials)} failures by strace: {len(wrong)} wrong")
    assert wrong == [], "\n".join(map(str, wrong))


def traced(place: Place, *inject: str) -> Traced:
    writes.reset(EDIT, place.path)
    return tracing.trace(place.program, place.folder, place.arguments, *inject)


def tried_calls(one: Traced, place: Place) -> list[Call]:
    """Return the calls that concern the folder, and all after the rename: by then the file is new."""
    assert one.done.status == 0, one.done.err
    (rename,) = [at for at, call in enumerate(one.calls) if call.name.startswith("rename")]
    return [call for at, call in enumerate(one.calls) if at > rename or call.concerns(place.folder)]


def planned(calls: list[Call], place: Place, full: bool) -> Iterator[Trial]:
    """Yield the trials. Every call fails once; in the full form what concerns the folder does in every way."""
    for number, call in enumerate(calls):
        in_turn = faults.ERRORS[number % len(faults.ERRORS)]
        if not call.concerns(place.folder):
            yield Trial(number, in_turn)
            continue
        kills = (faults.KILL,) if full or ".tmp" in call.given else ()
        for fault in (*(faults.ERRORS if full else (in_turn,)), *kills, *((NOTHING,) if call.name == "write" else ())):
            yield Trial(number, fault)


def tried(place: Place, states: States, trials: list[Trial], warm: Warm) -> Iterator[tuple[object, ...]]:
    """Yield what is wrong with each of some trials."""
    calls = tried_calls(traced(place), place)
    links = place.links()
    for trial in trials:
        call, done = calls[trial.number], None
        for _ in range(TRIES):
            one = traced(place, f"{call.name}:{HOW.get(trial.fault, f'error={trial.fault}')}:when={call.number}")
            if has_hit(one, call):
                done = one.done
                break
            writes.reset(EDIT, place.path)
            call = tried_calls(traced(place), place)[trial.number]
        if done is None:
            yield trial, call, "it could not be made to fail"
            continue
        yield from ((trial, call, one, done.err) for one in faults.judge(done, states, place.path, trial.fault))
        if place.links() != links:
            yield trial, call, "a link is gone"
        if trial.fault == faults.KILL and not faults.is_tidy_after_next_write(EDIT, place.path, warm):
            yield trial, call, "the next write does not tidy up"


def has_hit(one: Traced, call: Call) -> bool:
    """Whether it was the call meant that failed, or that the process was killed at."""
    hit = next((found for found in one.calls if found.is_injected), one.calls[-1])
    return hit.is_as(call)


@pytest.mark.parametrize("kind", writes.KINDS, ids=lambda kind: kind.name)
def test_the_file_is_on_the_disk_before_its_name_and_the_name_before_success_is_told(kind, program, folder, say):
    writes.lay_out(kind, folder)
    one = tracing.trace(program, folder, inside(kind, folder))
    assert one.done.status == 0, one.done.err
    steps = [step for call in one.calls if (step := step_of(call, folder))]
    order = faults.order_of(steps)
    say(f"{kind.name}, system calls: {order}")
    assert order, steps


def inside(kind: Kind, folder: Path) -> tuple[str, ...]:
    """Return the command of a kind for a folder that is not the working one."""
    files = {".": folder, **{name: folder / name for name in (NAME, kind.target, *kind.beside)}}
    arguments = tuple(str(files.get(argument, argument)) for argument in kind.arguments)
    return arguments if kind.before is None else ("-r", str(folder / NAME), *arguments)


def step_of(call: Call, folder: Path) -> str:
    """Return what a call is to the making of a file, or ""."""
    if call.name == "fsync" and call.is_of(folder):
        return "fsync of the folder"
    if call.name in ("write", "fsync", "link", "rename", "unlink") and ".pkes-" in call.given:
        return call.name
    return ""
