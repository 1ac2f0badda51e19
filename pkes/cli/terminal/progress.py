"""A progress bar on stderr, if it is a terminal, for work that takes longer than a second."""

import io
import sys
from threading import Event, Thread
from types import TracebackType
from typing import Self

from pkes.cli.terminal import output

PATIENCE = 1.0
"""Seconds before the bar appears."""
_PAUSE = 0.1
"""Seconds between two updates."""


class Progress:
    """The progress of long work: `done` of `total`, which is 0 if unknown.

    The bar is drawn by its own thread, since the work itself cannot report while it is busy. Call `stop` before
    printing anything, and `start` to show it again.
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
        """Begin to count from 0; a bar appears after `PATIENCE` seconds."""
        self.stop()
        self.total, self.done = total, 0
        if output.is_terminal(sys.stderr):
            self._ended.clear()
            self._thread = Thread(target=self._show, daemon=True)
            self._thread.start()

    def advance(self) -> None:
        """Count one more as done."""
        self.done += 1

    def stop(self) -> None:
        """Remove the bar."""
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
    """Passes rich's drawing to stderr like all messages: rich itself would end the process on a failure."""

    def write(self, text: str) -> int:
        output.message(text)
        return len(text)
