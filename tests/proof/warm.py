"""A process that has imported all of pkes, and forks a child for each command.

A command so takes no longer than its own work: random moments fall into that, and many commands fit into a minute.
"""

import codecs
import gc
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path
from typing import IO, Any, NamedTuple, Self

from tests.conftest import environment

ROOT = Path(__file__).parents[2]
PATIENCE = 60
"""After so many seconds a command is taken for one that hangs."""

# filelock reads by it whose a lock is that another user has made; that user may not be able to import it.
codecs.lookup("ascii")

Job = dict[str, Any]
"""A command's folder and arguments, and what is to happen to it."""


class Done(NamedTuple):
    """What became of a command: its exit status, the negative number of the signal that ended it, what it wrote."""

    status: int
    out: str
    err: str
    seconds: float


class Warm:
    """The process, seen from a test. It is used as a context, and runs one command at a time."""

    def __enter__(self) -> Self:
        command = [sys.executable, "-m", "tests.proof.warm"]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, cwd=ROOT, env=environment({}), stdin=pipe, stdout=pipe, text=True)
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()

    def run(self, folder: Path, *arguments: str, **how: Any) -> Done:
        """Run a command in a folder.

        `kill_after` are seconds after which it is killed, `user` is the number of the user it runs as, `largest` the
        most bytes that it may write to a file, and `failing` what stands in for the system (`failing_calls.Orders`).
        """
        return self._ask({"folder": os.fspath(folder), "arguments": arguments, **how})

    def rehearse(self, folder: Path, *arguments: str) -> Done:
        """Run a command in the process itself, so that all it imports is there for the next."""
        return self._ask({"folder": os.fspath(folder), "arguments": arguments, "rehearsal": True})

    def _ask(self, job: Job) -> Done:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(job) + "\n")
        self._process.stdin.flush()
        return Done(*json.loads(self._process.stdout.readline()))


def serve() -> None:
    """Run commands until there are no more."""
    with os.fdopen(os.dup(0)) as jobs, os.fdopen(os.dup(1), "w") as answers:
        nothing = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1):
            os.dup2(nothing, stream)
        for line in jobs:
            job = json.loads(line)
            print(json.dumps(rehearse(job) if job.get("rehearsal") else carry_out(job)), file=answers, flush=True)


def rehearse(job: Job) -> Done:
    """Run a command in this process."""
    from pkes.cli import app

    kept = [os.dup(stream) for stream in (1, 2)]
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        os.dup2(out.fileno(), 1)
        os.dup2(err.fileno(), 2)
        os.chdir(job["folder"])
        try:
            status = app.main(job["arguments"])
        finally:
            os.chdir(ROOT)
            for stream, was in zip((1, 2), kept, strict=True):
                os.dup2(was, stream)
                os.close(was)
        return Done(status, _text(out), _text(err), 0.0)


def carry_out(job: Job) -> Done:
    """Run a command in a child."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        start = time.perf_counter()
        child = os.fork()
        if not child:
            _be_command(job, out.fileno(), err.fileno())
        if (moment := job.get("kill_after")) is not None:
            time.sleep(moment)
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        seconds = time.perf_counter() - start
        return Done(os.waitstatus_to_exitcode(status), _text(out), _text(err), seconds)


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode()


def _be_command(job: Job, out: int, err: int) -> None:
    """Become a command, and end as it does."""
    status = 99
    try:
        signal.alarm(PATIENCE)
        os.dup2(out, 1)
        os.dup2(err, 2)
        os.chdir(job["folder"])
        _restrict(job)
        gc.disable()
        from pkes.cli import app

        status = app.main(job["arguments"])
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)


def _restrict(job: Job) -> None:
    if largest := job.get("largest"):
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))
    if user := job.get("user"):
        os.setgroups([])
        os.setgid(user)
        os.setuid(user)
    if orders := job.get("failing"):
        from tests.proof import failing_calls

        failing_calls.stand_in(failing_calls.Orders(**orders))


if __name__ == "__main__":
    serve()
