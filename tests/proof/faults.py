"""What a write may leave behind when a call to the system failed: the old file or the new one, and a clear word."""

from collections.abc import Iterator
from pathlib import Path

from tests.proof import writes
from tests.proof.warm import Done, Warm
from tests.proof.writes import Kind, States

ERRORS = ("ENOSPC", "EIO", "EROFS", "EINTR")
KILL, SHORT, STAYS = "KILL", "short", "a file that cannot be removed"
FORESEEN = {1, 2, 3, 5}
"""The statuses of a write that was not made; 1 is that of a merge which left git's own merge."""
ORDERS = ("write, fsync, rename, fsync of the folder", "write, fsync, link, unlink, fsync of the folder")
"""What is done to make a file: it is on the disk before it has its name, and that is before success is told."""


def judge(done: Done, states: States, path: Path, fault: str) -> Iterator[str]:
    """Yield what is wrong with what a write did, whose call to the system met with a fault."""
    state, left = states.of(path), writes.leftovers(path)
    if state == "torn":
        yield "the file is neither old nor new"
    if fault == KILL:
        if done.status not in (-9, 0):
            yield f"exit {done.status} instead of a kill"
        if done.status == 0 and state != "new":
            yield f"it succeeded, but the file is {state}"
        if len(left) > 1:
            yield f"left {left}"
        return
    if (done.status == 0) != (state == "new"):
        yield f"exit {done.status}, but the file is {state}"
    if done.status and done.status not in FORESEEN:
        yield f"exit {done.status}"
    if left and fault != STAYS:
        yield f"left {left}"
    yield from judge_words(done)


def order_of(steps: list[str]) -> str:
    """Return the order in which a file, or one after the other, was made; "" where that is not safe."""
    for order in ORDERS:
        once = order.split(", ")
        count = len(steps) // len(once)
        if count and steps == count * once:
            return order + " (twice)" * (count > 1)
    return ""


def judge_words(done: Done) -> Iterator[str]:
    """Yield what is wrong with what a command says: one line, and lines below it that name the way out."""
    lines = done.err.splitlines()
    said = [line for line in lines if line.startswith("pkes: ")]
    if "Traceback" in done.err or (lines and not lines[0].startswith("pkes: ")):
        yield "no plain words"
    if done.status and len(said) != 1:
        yield f"{len(said)} lines"


def is_tidy_after_next_write(kind: Kind, path: Path, warm: Warm) -> bool:
    """Whether the next write succeeds, and leaves no temporary file of an earlier one.

    That is for what takes the lock to do: nothing else can know that nobody is at work.
    """
    writes.reset(kind, path)
    if not path.exists():
        assert warm.run(path.parent, *kind.arguments).status == 0
    done = warm.run(path.parent, "policy", "edit", "answer_within_days=9")
    if kind.target != writes.NAME:
        (path.parent / writes.NAME).write_text(writes.REGISTRY, encoding="utf-8")
        for left in writes.leftovers(path):
            (path.parent / left).unlink()
    return done.status == 0 and not writes.leftovers(path)
