"""An editor that takes no lock saves while a command writes: its change is never overwritten, but in one window.

The window is between the command's last look at the file and its replacement. It is measured, and the figure printed.
"""

import os
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median, quantiles

import pytest

from tests.proof import failing_calls, faults, writes
from tests.proof.failing_calls import Call
from tests.proof.warm import Done, Warm

EDIT = writes.BY_NAME["edit"]
OURS, THEIRS = '"+48 14 681 00 00"', "# theirs\n"
ROUNDS, FEWER = 500, 30
MEASURED, LESS = 200, 30

KEPT = {0: "after the edit", 3: "read half saved and refused", 5: "refused"}
"""What became of an edit that is not in the file, while the editor's change is, by its exit status."""

Save = Callable[[Path, str], None]


def by_rename(path: Path, text: str) -> None:
    """Save as most editors do: the whole file under another name first."""
    path.with_name("theirs").write_text(text, encoding="utf-8")
    path.with_name("theirs").rename(path)


def in_place(path: Path, text: str) -> None:
    """Save as some editors do: into the file that is there."""
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def path(folder, warm):
    path = writes.lay_out(EDIT, folder)
    writes.states(EDIT, path, warm)
    return path


def run(warm: Warm, path: Path, **orders: object) -> tuple[Done, list[Call]]:
    """Run the edit behind a stand-in that keeps a log; return what became of it, and the calls."""
    log = path.parent.with_name("log")
    log.unlink(missing_ok=True)
    given = failing_calls.orders(path.parent, log=os.fspath(log), **orders)
    done = warm.run(path.parent, *EDIT.arguments, failing=given)
    return done, failing_calls.read_log(log)


def places(calls: list[Call]) -> tuple[int, int, int]:
    """Return the numbers of the calls that read the file, look at it for the last time, and replace it."""
    (replace,) = [number for number, call in enumerate(calls) if call.name == "replace"]
    first, *_, last = [number for number, call in enumerate(calls) if (call.name, call.file) == ("open", writes.NAME)]
    return first, last, replace


@pytest.mark.parametrize("save", [by_rename, in_place])
def test_what_is_saved_before_the_last_look_is_never_overwritten(path, warm, say, save):
    _, calls = run(warm, path)
    first, last, replace = places(calls)
    # Nothing is between the last look and the replacement but that what was opened is a regular file.
    assert [call.name for call in calls[last + 1 : replace]] == ["fstat"]
    # Between being opened and being read a file can still change, but no other can take its place.
    unread = first + (save is in_place)
    for number in range(last + 1):
        writes.reset(EDIT, path)
        text = THEIRS + path.read_text(encoding="utf-8")
        done = interrupted(warm, path, number, lambda text=text: save(path, text))
        held = path.read_text(encoding="utf-8")
        if number <= unread:
            assert (done.status, held.startswith(THEIRS), OURS in held) == (0, True, True), calls[number]
        else:
            assert (done.status, held) == (5, text), calls[number]
            assert "somebody else changed it" in done.err
            assert [*faults.judge_words(done)] == []
    say(f"an editor that saves {save.__name__.replace('_', ' ')} before each of {last + 1} calls: never overwritten")


def interrupted(warm: Warm, path: Path, number: int, act: Callable[[], None]) -> Done:
    """Run the edit, and do something when it comes to a call."""
    here, over = path.parent.with_name("here"), threading.Event()

    def wait() -> None:
        while not (here.exists() or over.is_set()):
            time.sleep(0.0005)
        act()
        here.unlink()

    waiting = threading.Thread(target=wait)
    waiting.start()
    done, _ = run(warm, path, number=number, fault="pause", here=os.fspath(here))
    over.set()
    waiting.join()
    return done


def test_the_window_is_measured(path, warm, is_short, say):
    before, during = [], []
    for _ in range(LESS if is_short else MEASURED):
        writes.reset(EDIT, path)
        done, calls = run(warm, path)
        assert done.status == 0
        _, last, replace = places(calls)
        before.append((calls[replace].start - calls[last].start) * 1000)
        during.append((calls[replace].end - calls[replace].start) * 1000)
    for what, times in (("from the last look to the replacement", before), ("the replacement itself", during)):
        most = f"95 % below {quantiles(times, n=20)[-1]:.2f} ms, longest of {len(times)} {max(times):.2f} ms"
        say(f"{what}: median {median(times):.2f} ms, {most}")


def test_an_editor_that_saves_at_random_moments(path, warm, is_short, seed, say):
    seen = Counter(saved_at_random(path, warm, random.Random(seed), FEWER if is_short else ROUNDS))
    told = ", ".join(f"{count} {what}" for what, count in seen.most_common())
    say(f"an editor that saves at {seen.total()} random moments of an edit: {told} (seed {seed})")
    assert seen.keys() <= {*KEPT.values(), "with both changes", "lost in the window"}


def saved_at_random(path: Path, warm: Warm, rng: random.Random, count: int) -> Iterator[str]:
    """Yield what became of the editor's change each time."""
    writes.reset(EDIT, path)
    seconds = run(warm, path)[0].seconds
    for _ in range(count):
        writes.reset(EDIT, path)
        text, saved = THEIRS + path.read_text(encoding="utf-8"), []
        given = path, text, rng.choice((by_rename, in_place)), rng.uniform(0, seconds), saved
        editor = threading.Thread(target=save_at, args=given)
        editor.start()
        done, calls = run(warm, path)
        editor.join()
        yield judged(done, calls, path.read_text(encoding="utf-8"), text, saved[0])


def save_at(path: Path, text: str, save: Save, moment: float, saved: list[float]) -> None:
    """Save after some seconds, and note when it is done."""
    time.sleep(moment)
    save(path, text)
    saved.append(time.perf_counter())


def judged(done: Done, calls: list[Call], held: str, text: str, saved: float) -> str:
    """Return what became of the editor's change, which was saved at a time of the same clock as the calls."""
    if held.startswith(THEIRS):
        if OURS in held:
            return "with both changes"
        return KEPT.get(done.status, f"exit {done.status}")
    _, last, _ = places(calls)
    return "lost in the window" if saved > calls[last].start else "lost outside of the window"
