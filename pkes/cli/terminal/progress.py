"""A bar on a terminal's stderr for what takes longer than a second, gone when it is done."""

import io
import sys
from threading import Event, Thread
from types import TracebackType
from typing import Self

from pkes.cli.terminal import output

PATIENCE = 1.0
"""Seconds that may pass without a word."""
_PAUSE = 0.1
"""Seconds between two looks at how far it is."""


class Progress:
    """How far something is that takes its time: `done` of `total`, 0 where nobody knows how much it will be.

    The bar is drawn by a thread of its own, since what takes long cannot say so while it does. `stop` it before
    anything is printed; from `start` on it shows again.
    """

    def __init__(self, what: str) -> None:
        self.what = what
        self.total = 0
        self.done = 0
        self._ended = Event()
        self._thread: Thread | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    def start(self, total: int = 0) -> None:
        """Begin to count from 0; a bar shows when it takes longer than `PATIENCE`."""
        self.stop()
        self.total, self.done = total, 0
        if output.is_terminal(sys.stderr):
            self._ended.clear()
            self._thread = Thread(target=self._show, daemon=True)
            self._thread.start()

    def advance(self) -> None:
        """Say that one more is done."""
        self.done += 1

    def stop(self) -> None:
        """Take the bar away."""
        if self._thread is not None:
            self._ended.set()
            self._thread.join()
            self._thread = None

    def _show(self) -> None:
        if self._ended.wait(PATIENCE):
            return
        from rich import progress
        from rich.console import Console

        columns = (progress.TextColumn("{task.description}"), progress.BarColumn(), progress.TaskProgressColumn())
        console = Console(file=_Stderr(), force_terminal=True, width=output.width(), markup=False, emoji=False)
        with progress.Progress(
            *columns,
            console=console,
            transient=True,
            auto_refresh=False,
            redirect_stdout=False,
            redirect_stderr=False,
        ) as shown:
            task = shown.add_task(self.what, total=None)
            while not self._ended.wait(_PAUSE):
                known = self.done < self.total
                shown.update(task, completed=self.done, total=self.total if known else None, refresh=True)


class _Stderr(io.StringIO):
    """What rich draws, handed to stderr as all messages are: rich itself would end the process on a failure."""

    def write(self, text: str) -> int:
        output.message(text)
        return len(text)
