"""A stand-in for the system at Python's border: the calls that concern a folder fail when it is their turn."""

import errno
import fcntl
import io
import json
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

CALLS = (
    "access", "chmod", "close", "fchmod", "fchown", "fstat", "fsync", "link", "listdir", "lstat", "open", "readlink",
    "rename", "replace", "scandir", "stat", "unlink", "write",
)  # fmt: skip
"""The functions of `os` that may concern a file."""


class Orders(NamedTuple):
    """What the stand-in does: it minds the calls that concern a folder, and lets one of them fail, by its number.

    `fault` is the name of an error number, or KILL; "short" lets a write, and all after it, write one byte at a time;
    "pause" makes the file `here` and waits until it is gone. All calls are written to the file `log` with the time.
    """

    folder: str
    number: int | None = None
    fault: str = ""
    log: str | None = None
    here: str | None = None


def orders(folder: Path, **given: Any) -> dict[str, Any]:
    """Return orders for a folder, as `Warm.run` hands them on."""
    return Orders(os.fspath(folder), **given)._asdict()


class Call(NamedTuple):
    """A call: its name, the name of the file in the folder that it concerns, and when it began and ended."""

    name: str
    file: str
    start: float
    end: float


def stand_in(orders: Orders) -> None:
    """Stand between this process and the system from here on."""
    calls = _FailingCalls(orders)
    for name in CALLS:
        setattr(os, name, calls.instead(name, getattr(os, name)))
    fcntl.flock = calls.instead("flock", fcntl.flock)
    io.open = calls.instead("open", io.open)


def read_log(path: Path) -> list[Call]:
    """Return the calls that were written to a log, in their order."""
    return [Call(*json.loads(line)) for line in path.read_text().splitlines()]


class _FailingCalls:
    def __init__(self, orders: Orders) -> None:
        self.orders = orders
        self.opened: dict[int, str] = {}
        self.count = 0
        self.is_short = False
        self.log = os.open(orders.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND) if orders.log else None
        self.write, self.exists = os.write, os.path.exists

    def instead(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        """Return what is called instead of a function of the system."""

        def called(*given: Any, **options: Any) -> Any:
            file = self.concerned(given)
            if file is None:
                return real(*given, **options)
            number, self.count = self.count, self.count + 1
            start = time.perf_counter()
            try:
                return self.turn(number, name, real, given, options)
            finally:
                self.note(Call(name, file, start, time.perf_counter()))

        return called

    def concerned(self, given: tuple[Any, ...]) -> str | None:
        """Return the name of the file in the folder that a call concerns, "." for the folder, None for none."""
        first = given[0] if given else None
        if isinstance(first, int):
            return self.opened.get(first)
        if not isinstance(first, (str, os.PathLike)):
            return None
        path = os.path.normpath(os.path.join(os.getcwd(), os.fspath(first)))
        if path != self.orders.folder and not path.startswith(self.orders.folder + os.sep):
            return None
        return os.path.relpath(path, self.orders.folder)

    def turn(self, number: int, name: str, real: Callable[..., Any], given: tuple[Any, ...], options: Any) -> Any:
        """Make a call, or let it fail."""
        if number == self.orders.number:
            if name == "access" and self.orders.fault in errno.errorcode.values():
                return False  # it never raises
            self.fail(name, real, given)
        if name == "write" and self.is_short:
            return real(given[0], given[1][:1])
        result = real(*given, **options)
        if name == "open" and isinstance(result, int):  # a file object is read and closed by itself
            self.opened[result] = self.concerned(given) or ""
        elif name == "close":
            self.opened.pop(given[0], None)
        return result

    def fail(self, name: str, real: Callable[..., Any], given: tuple[Any, ...]) -> None:
        """Do what was ordered: raise an error, or whatever else."""
        fault = self.orders.fault
        if fault == "KILL":
            os.kill(os.getpid(), signal.SIGKILL)
        elif fault == "short":
            self.is_short = True
        elif fault == "pause":
            self.pause()
        else:
            if name == "close":  # a descriptor is free, whatever the system says of the file
                real(*given)
            number = getattr(errno, fault)
            raise OSError(number, os.strerror(number))

    def pause(self) -> None:
        here = str(self.orders.here)
        with open(here, "x"):
            pass
        while self.exists(here):
            time.sleep(0.001)

    def note(self, call: Call) -> None:
        if self.log is not None:
            self.write(self.log, (json.dumps(call) + "\n").encode())
